//! A story written out, each sentence naming its passages; not yet checked.

use language::Span;

use crate::article::{Article, Passage};

/// A story written out and not yet checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The id of the story.
    pub story: String,
    /// The headline, cited like any sentence.
    pub headline: Sentence,
    /// The paragraphs in order; the first is the lead.
    pub paragraphs: Vec<Vec<Sentence>>,
}

/// One sentence with the passages that support it and what was done to the first of them to get it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// What is printed.
    pub text: String,
    /// The base passage, whose words the sentence is made of, then passages of other articles that say the
    /// same.
    pub passages: Vec<Passage>,
    /// What was done to the base passage, in the order of their spans, which do not overlap.
    pub edits: Vec<Edit>,
}

/// A stretch of the base passage that was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Why.
    pub kind: EditKind,
    /// Bytes of the base passage's text; empty for an insertion.
    pub span: Span,
    /// What stands there instead; empty for a deletion.
    pub text: String,
}

/// The closed list of things that may be done to a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EditKind {
    /// Words are left out: a dateline, an opening connective, an aside in brackets, the sentence before that
    /// is in the passage only because it names the person.
    Drop,
    /// A relative day, week, month or year is written out from the article's own publication date.
    Date,
    /// A pronoun is replaced by the name that it means, as the passage gives it.
    Name,
    /// The outlet that says so is named.
    Attribution,
    /// Letters change between lower and upper case, nothing else.
    Case,
    /// Punctuation and white space change, no letter or figure does.
    Punctuation,
}

impl EditKind {
    /// Every kind, in the order of the receipt's schema.
    pub const ALL: [Self; 6] =
        [Self::Drop, Self::Date, Self::Name, Self::Attribution, Self::Case, Self::Punctuation];

    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::Date => "date",
            Self::Name => "name",
            Self::Attribution => "attribution",
            Self::Case => "case",
            Self::Punctuation => "punctuation",
        }
    }
}

/// The sentence that the edits make of a passage's text; nothing where they overlap, run backwards or leave
/// the passage.
#[must_use]
pub fn replay(passage: &str, edits: &[Edit]) -> Option<String> {
    let mut out = String::with_capacity(passage.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(passage.get(at..edit.span.start)?);
        passage.get(edit.span.start..edit.span.end)?;
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(passage.get(at..)?);
    Some(out)
}

impl Sentence {
    /// The sentence that `passage` gives with `edits`, which must be in order. Nothing where they are not.
    #[must_use]
    pub fn edited(articles: &[Article], passage: Passage, edits: Vec<Edit>) -> Option<Self> {
        let text = replay(passage.text(articles), &edits)?;
        Some(Self { text, passages: vec![passage], edits })
    }
}

impl Draft {
    /// All sentences but the headline, in reading order.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.paragraphs.iter().flatten()
    }
}
