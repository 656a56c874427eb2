//! A story as a line in a list.

use store::Story;

use crate::day::{self, Day};
use crate::link;
use crate::plain::{plain, titled};
use crate::server::frame::Link;

/// A change so soon after publication is not worth a line of its own.
const SOON: i64 = 30 * 60 * 1000;

/// A story as a line in a list.
pub(super) struct Item {
    pub(super) href: String,
    pub(super) headline: String,
    pub(super) lead: String,
    pub(super) section: Link,
    pub(super) day: Day,
    /// When it last really changed; empty where that was right after it was published.
    pub(super) updated: String,
    pub(super) families: i64,
    pub(super) articles: i64,
    pub(super) comments: i64,
}

impl Item {
    /// A story as a line.
    pub(super) fn new(story: &Story) -> Self {
        let published = story.published.unwrap_or(story.touched);
        let updated = story.updated.filter(|&at| at - published > SOON);
        Self {
            href: link::story(&story.id),
            headline: titled(&story.headline),
            lead: plain(&story.lead),
            section: Link::section(&story.section),
            day: Day::at(published),
            updated: updated.map(day::minute).unwrap_or_default(),
            families: story.families,
            articles: story.articles,
            comments: story.comments,
        }
    }

    /// Stories as lines, in their order.
    pub(super) fn all(stories: &[Story]) -> Vec<Self> {
        stories.iter().map(Self::new).collect()
    }
}
