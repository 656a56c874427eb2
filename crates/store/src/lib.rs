//! Keeps everything that a newsroom has: outlets, feeds, articles with all their revisions, stories, digests with
//! all their versions, comments, reports, jobs, editors and what they did.
//!
//! One set of functions and one SQL text serve SQLite and PostgreSQL. Times are milliseconds since 1970 in UTC and
//! come in as arguments: the store has no clock of its own but the [`Clock`] it hands out. Every function that
//! writes is one transaction, and says so where it also wakes a later stage.

mod article;
mod clock;
mod comment;
mod digest;
mod editor;
mod error;
mod excerpt;
mod feed;
mod filter;
mod index;
mod job;
mod log;
mod member;
mod offer;
mod open;
mod outlet;
mod prose;
mod query;
mod record;
mod report;
mod restore;
mod row;
mod schema;
mod search;
mod snapshot;
mod story;
mod table;
mod tally;

pub use article::{ArticleFilter, ArticleRow, Held, Put, RevisionRow};
pub use clock::Clock;
pub use comment::{Comment, CommentState, NewComment};
pub use desk::read::feed::Health;
pub use digest::{DigestRow, DigestState, NewDigest, VersionRow};
pub use editor::{Editor, Session};
pub use error::{Error, Result};
pub use feed::{Feed, Fetched, NewFeed};
pub use job::{Job, JobState, Stage};
pub use log::Entry;
pub use member::MemberRow;
pub use offer::{Offer, OfferRow};
pub use open::{Kind, Store};
pub use outlet::{NewOutlet, Outlet, State};
pub use report::{NewReport, Report};
pub use search::{Found, Search};
pub use snapshot::Counts;
pub use story::{Assigned, Story, StoryFilter};
pub use tally::Tally;

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;
