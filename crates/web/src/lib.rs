//! The pages that people read: a digest with its passages at hand, and an audit sentence by sentence.
//!
//! A page is made from values alone and comes out as one HTML file that asks for nothing else: no script, no
//! font, no image, one style sheet whose hash stands in the page's content policy. HTML is written only in
//! `templates/`; every text that came from an article goes through `plain` and the templates'
//! escaping, every address through `link`.

mod audit;
mod change;
mod day;
mod digest;
mod link;
mod passage;
mod plain;
mod policy;
mod schema;

#[cfg(test)]
mod tests;

pub use audit::{AuditPassage, AuditSentence, AuditView, Verdict, audit_page};
pub use digest::{PageOptions, PartKind, ReferenceView, digest_page};
