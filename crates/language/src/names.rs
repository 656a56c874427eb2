//! Names of people, places and organisations, found by their shape.

use crate::Span;

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its bytes in the text, without the title before it and the possessive ending.
    pub span: Span,
    /// What it seems to name.
    pub kind: Option<NameKind>,
    /// The title written before it (`Mr.`, `President`).
    pub title: Option<Span>,
}

/// What a name seems to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// A place.
    Place,
    /// An organisation.
    Organization,
}

/// The names of a text, in order.
#[must_use]
pub fn names(text: &str) -> Vec<Name> {
    let _ = text;
    Vec::new()
}
