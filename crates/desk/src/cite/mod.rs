//! The reference list: what a mark in a digest leads to, in the styles that writers use.

pub mod export;
pub mod marks;
pub mod parse;
mod repair;
pub mod source;
pub mod style;

pub use export::{bibtex, csl, ris};
pub use marks::Marks;
pub use parse::{Parsed, parse_reference};
pub use source::{Author, Source};
pub use style::{Part, Style, reference, reference_parts};
pub use language::title::title_case;

use serde_json::{Value, json};

/// Reads an item of CSL-JSON, or a record `{csl, accessed?}` around one.
#[must_use]
pub fn from_csl(record: &Value) -> Source {
    Source::from_csl(record)
}

/// The output record of the `cite` command: the entry without and with the day of access.
#[must_use]
pub fn record(source: &Source, style: Style) -> Value {
    let bare = Source { accessed: None, ..source.clone() };
    json!({"id": source.id, "text": reference(&bare, style), "text_accessed": reference(source, style)})
}
