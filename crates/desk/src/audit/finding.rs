//! What an audit has to say of a sentence: the judge's findings and its own, with public codes.

use crate::verify::judge;

/// The public code of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// What the judge noticed when it laid the sentence on its evidence.
    Judged(judge::Code),
    /// The sentence has no mark.
    Uncited,
    /// A mark has no entry in the list.
    MarkWithoutReference,
    /// A cited article is not among those given.
    SourceMissing,
    /// A cited article stands behind a paywall, and only its beginning was read.
    SourceCut,
    /// The sentence tells of a day after the cited article was published.
    DateImpossible,
    /// The sentence names a day that only the day of publication would explain, and the text gives none.
    DayUndated,
    /// Another article says what the cited ones don't.
    Elsewhere,
    /// One cited article says otherwise while another supports the sentence.
    Disagreement,
}

impl Code {
    /// The public name in kebab case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Judged(code) => code.name(),
            Self::Uncited => "uncited",
            Self::MarkWithoutReference => "mark-without-reference",
            Self::SourceMissing => "source-missing",
            Self::SourceCut => "source-cut",
            Self::DateImpossible => "date-impossible",
            Self::DayUndated => "day-undated",
            Self::Elsewhere => "elsewhere",
            Self::Disagreement => "disagreement",
        }
    }
}

/// One thing that an audit noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its public code.
    pub code: Code,
    /// In plain words.
    pub note: String,
}

impl Finding {
    /// A finding of the audit's own.
    pub(super) fn new(code: Code, note: impl Into<String>) -> Self {
        Self { code, note: note.into() }
    }
}

impl From<&judge::Finding> for Finding {
    fn from(finding: &judge::Finding) -> Self {
        Self::new(Code::Judged(finding.code), finding.note.clone())
    }
}
