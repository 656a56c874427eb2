//! What people see: the pages of a digest and an audit as single files, and the newsroom's whole site.
//!
//! A file (`digest`, `audit`, `stories`) is made from values alone and asks for nothing else: no script, no font, no image,
//! one style sheet whose hash stands in the page's content policy. The site (`server`, `reader`, `talk`,
//! `editors`, `api`) shows what the store holds, rendered here, and works without a script. HTML is written only
//! in `templates/`; every text that came from an article goes through `plain` and the templates' escaping, every
//! address through `link`.

mod api;
mod audit;
mod change;
mod day;
mod digest;
mod editors;
mod grammar;
mod layout;
mod link;
mod passage;
mod plain;
mod policy;
mod reader;
mod schema;
mod server;
mod stories;
mod talk;

#[cfg(test)]
mod tests;

pub use api::measured;
pub use audit::{AuditPassage, AuditSentence, AuditView, Verdict, audit_page};
pub use digest::{PageOptions, ReferenceView, digest_page};
pub use editors::{fresh_password, hash_password};
pub use grammar::{
    GrammarChain, GrammarReferent, GrammarSentence, GrammarSpan, GrammarText, GrammarView, GrammarWord,
    grammar_page,
};
pub use layout::PartKind;
pub use server::{Comments, Settings, Site, router};
pub use stories::{StoriesView, StoryArticle, StoryDay, StoryName, StoryNear, StoryView, stories_page};
