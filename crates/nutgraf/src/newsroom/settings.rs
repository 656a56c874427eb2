//! What the owner of a newsroom decides about its work.

use std::collections::BTreeSet;

use desk::families::Families;
use desk::group::Window;
use fetch::Limits;
use store::Millis;

/// What the owner of a newsroom decides about its work.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Who counts as one voice; what the store knows of its outlets goes before it.
    pub(crate) families: Families,
    /// How many independent families must carry a story before it is written.
    pub(crate) least_families: usize,
    /// About how many words a digest may have.
    pub(crate) words: usize,
    /// Sections whose digests an editor must approve.
    pub(crate) approval: BTreeSet<String>,
    /// How many feeds, and how many pages, are asked for at a time.
    pub(crate) fetchers: usize,
    /// How much of what is outside may come in.
    pub(crate) limits: Limits,
    /// The least time between two requests to one registrable domain.
    pub(crate) gap_ms: Millis,
    /// The least time between two requests for one feed.
    pub(crate) min_interval_ms: Millis,
    /// The most.
    pub(crate) max_interval_ms: Millis,
    /// How long after a change a story is written, so that what comes together is told together.
    pub(crate) settle_ms: Millis,
    /// How far back grouping looks.
    pub(crate) window: Window,
    /// The site's public address, for hubs that tell of changes; empty for no hubs.
    pub(crate) base: String,
    /// Whether pages are fetched where a feed gives only a teaser.
    pub(crate) full_text: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            families: Families::starter(),
            least_families: 2,
            words: 380,
            approval: BTreeSet::new(),
            fetchers: 8,
            limits: Limits::default(),
            gap_ms: 2_000,
            min_interval_ms: 5 * super::MINUTE,
            max_interval_ms: super::DAY,
            settle_ms: super::MINUTE,
            window: Window::default(),
            base: String::new(),
            full_text: true,
        }
    }
}
