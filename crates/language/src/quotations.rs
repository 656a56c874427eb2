//! Who said what: speech inside quotation marks and reported speech.

use crate::Span;

/// A piece of speech.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The words said, with their quotation marks; for indirect speech the clause.
    pub span: Span,
    /// Whether the words stand in quotation marks.
    pub direct: bool,
    /// Who said them.
    pub speaker: Option<Span>,
    /// The verb of saying.
    pub cue: Option<Span>,
}

/// The quotations of a text, in order.
#[must_use]
pub fn quotations(text: &str) -> Vec<Quotation> {
    let _ = text;
    Vec::new()
}
