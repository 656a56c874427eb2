//! Feeds that are broken in one way each, so that the desk shows every health.

use super::material::Feed;

/// Where a feed of the demonstration is.
pub(super) const FEED: &str = "/feed.json";
/// Where the feed that moves was before.
pub(super) const BEFORE: &str = "/rss";
/// The outlet whose feed moves.
pub(super) const MOVED: &str = "tidewaterradio.example";

/// What a broken feed answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is gone for good.
    Gone,
    /// It turns everybody away.
    Forbidden,
    /// A page that asks to log in.
    Login,
    /// Its server fails.
    Failing,
    /// A list without articles.
    Empty,
    /// A list whose articles have no day.
    Undated,
    /// A list that nothing was added to for a year.
    Silent,
}

/// One feed for each answer, of outlets that exist nowhere.
pub(super) fn feeds() -> impl Iterator<Item = Feed> {
    let feed = |(domain, outlet, odd): (&str, &str, Answer)| Feed {
        address: format!("https://{domain}{FEED}"),
        domain: domain.to_owned(),
        outlet: outlet.to_owned(),
        section: "World",
        paywalled: false,
        odd: Some(odd),
    };
    [
        ("brackwaterbugle.example", "Brackwater Bugle", Answer::Gone),
        ("oxmoorexaminer.example", "Oxmoor Examiner", Answer::Forbidden),
        ("fennickdispatch.example", "The Fennick Dispatch", Answer::Login),
        ("saltreachtimes.example", "Saltreach Times", Answer::Failing),
        ("pellinggazette.example", "Pelling Gazette", Answer::Empty),
        ("presswatch.example", "Averland Press Watch", Answer::Undated),
        ("tarrowalmanac.example", "The Tarrow Almanac", Answer::Silent),
    ]
    .into_iter()
    .map(feed)
}
