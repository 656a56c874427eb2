//! What the judge has to say: findings with public codes and plain words.

use language::Span;

/// The public code of a finding; the names are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A number of the claim stands nowhere in the evidence.
    NumberMissing,
    /// The evidence gives another number in the same place.
    NumberDiffers,
    /// The number stands in the evidence, but with other things.
    NumberApart,
    /// A name of the claim stands nowhere in the evidence.
    NameMissing,
    /// The evidence gives another name in the same place.
    NameDiffers,
    /// A day, month or year of the claim stands nowhere in the evidence.
    DateMissing,
    /// The evidence gives another day, month or year in the same place.
    DateDiffers,
    /// A quotation stands in the evidence in other words.
    QuoteAltered,
    /// A quotation stands nowhere in the evidence.
    QuoteMissing,
    /// The evidence denies what the claim says.
    NegationLost,
    /// The claim denies what the evidence says.
    NegationAdded,
    /// The evidence says with reserve what the claim says without.
    HedgeLost,
    /// The words are said by somebody else in the evidence.
    SpeakerChanged,
    /// Who did it and whom it was done to have changed places.
    RolesSwapped,
    /// The evidence has the opposite word.
    Antonym,
    /// The evidence has a word of another meaning in the same place.
    WordDiffers,
    /// A word of the claim has no equal in the evidence.
    WordMissing,
    /// The words stand in the evidence, but scattered or in another order.
    Scattered,
    /// There is no evidence to check against.
    NoEvidence,
    /// The claim says nothing that could be checked.
    NothingToCheck,
    /// An edit between passage and sentence is not what it says it is, or the edits don't lead there.
    EditUnsound,
    /// A passage is not one to three sentences, or is too long.
    PassageUnsound,
    /// A past event is dated after the article that is cited for it.
    DateImpossible,
    /// The sentence names no passage.
    Uncited,
}

impl Code {
    /// The public name in kebab case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NumberMissing => "number-missing",
            Self::NumberDiffers => "number-differs",
            Self::NumberApart => "number-apart",
            Self::NameMissing => "name-missing",
            Self::NameDiffers => "name-differs",
            Self::DateMissing => "date-missing",
            Self::DateDiffers => "date-differs",
            Self::QuoteAltered => "quote-altered",
            Self::QuoteMissing => "quote-missing",
            Self::NegationLost => "negation-lost",
            Self::NegationAdded => "negation-added",
            Self::HedgeLost => "hedge-lost",
            Self::SpeakerChanged => "speaker-changed",
            Self::RolesSwapped => "roles-swapped",
            Self::Antonym => "antonym",
            Self::WordDiffers => "word-differs",
            Self::WordMissing => "word-missing",
            Self::Scattered => "scattered",
            Self::NoEvidence => "no-evidence",
            Self::NothingToCheck => "nothing-to-check",
            Self::EditUnsound => "edit-unsound",
            Self::PassageUnsound => "passage-unsound",
            Self::DateImpossible => "date-impossible",
            Self::Uncited => "uncited",
        }
    }

    /// Whether the finding keeps a sentence out of print whatever the verdict: quotations are letter by letter.
    #[must_use]
    pub fn blocks(self) -> bool {
        matches!(self, Self::QuoteAltered | Self::QuoteMissing)
    }

    /// Whether the finding says that the evidence tells it otherwise, not just that it is silent.
    #[must_use]
    pub fn contradicts(self) -> bool {
        matches!(
            self,
            Self::NumberDiffers
                | Self::NameDiffers
                | Self::DateDiffers
                | Self::NegationLost
                | Self::NegationAdded
                | Self::Antonym
                | Self::RolesSwapped
                | Self::SpeakerChanged
        )
    }
}

/// One thing that the judge noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its public code.
    pub code: Code,
    /// Where in the claim, in bytes.
    pub span: Option<Span>,
    /// In plain words: what is in the claim, what the source says.
    pub note: String,
}

impl Finding {
    /// A finding about a whole sentence.
    #[must_use]
    pub fn whole(code: Code, note: &str) -> Self {
        Self { code, span: None, note: note.to_owned() }
    }

    pub(super) fn new(code: Code, span: Option<Span>, note: String) -> Self {
        Self { code, span, note }
    }
}
