//! What is played: the examples' pages, each with the second at which it comes out, and the feeds that list them.

use std::collections::BTreeMap;

use desk::families;
use desk::read::feed;
use desk::read::page;
use url::Url;

use super::odd::{self, Answer};

macro_rules! example {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/", $path))
    };
}

macro_rules! pages {
    ($($path:literal at $second:literal),* $(,)?) => {
        [$(($second, example!($path))),*]
    };
}

/// Which outlets of the examples are one voice.
pub(super) const FAMILIES: &str =
    concat!(example!("ferry/families.tsv"), "\n", example!("lithium/families.tsv"));

/// The feeds of the examples: what each page is called, when it came out and what it is about.
const LISTS: [(&str, &str); 2] =
    [("World", example!("ferry/feed.xml")), ("Politics", example!("lithium/feed.xml"))];

/// The pages with the second at which each comes out. The first of both stories are there at once.
const PAGES: [(u64, &str); 26] = pages![
    "ferry/pages/10-daily-sextant-fleet-2025.html" at 0,
    "ferry/pages/01-selwick-courier-aground.html" at 0,
    "ferry/pages/04-lowmoor-post-wire-copy.html" at 0,
    "ferry/pages/03-meridian-wire-rescue.html" at 0,
    "ferry/pages/02-northern-ledger-rescue.html" at 0,
    "lithium/pages/greenmeridian-twelve-wells-2025.html" at 0,
    "lithium/pages/cna-parliament-passes-royalty.html" at 0,
    "lithium/pages/apr-lithium-law-explained.html" at 0,
    "lithium/pages/courier-lithium-bill-survives.html" at 0,
    "lithium/pages/harbourpost-lithium-law-scrapes-through.html" at 0,
    "ferry/pages/06-orrin-islander-hospital.html" at 0,
    "ferry/pages/05-daily-sextant-inquiry.html" at 30,
    "lithium/pages/observer-day-on-founders-square.html" at 40,
    "lithium/pages/courier-budget-passes-march.html" at 50,
    "lithium/pages/herald-cheers-and-silence.html" at 55,
    "lithium/pages/tessaly-press-release.html" at 65,
    "ferry/pages/12-gullhaven-echo-cargo-fire.html" at 70,
    "ferry/pages/07-capital-tribune-minister-paywalled.html" at 75,
    "lithium/pages/ledger-tessaly-shares-slide.html" at 85,
    "ferry/pages/08-harbour-and-deck-corrected.html" at 95,
    "ferry/pages/13-northern-ledger-fares.html" at 105,
    "lithium/pages/veldhaven-copper-mine-vote.html" at 110,
    "ferry/pages/09-tidewater-radio-service.html" at 125,
    "lithium/pages/statehouse-court-challenge.html" at 135,
    "ferry/pages/11-westerby-review-opinion.html" at 155,
    "lithium/pages/veldhaven-lithium-week.html" at 165,
];

/// How one page is corrected while one watches.
pub(super) struct Correction {
    /// The second at which it is.
    pub(super) second: u64,
    /// What its address ends with.
    page: &'static str,
    /// The words before and after.
    words: (&'static str, &'static str),
    /// The line that the note of the correction goes before, and the note.
    note: (&'static str, &'static str),
}

/// The agency gets the end of the rescue right.
pub(super) const CORRECTION: Correction = Correction {
    second: 115,
    page: "20260311-0905-halden-star",
    words: ("ended at 3:20 a.m.", "ended at 3:40 a.m."),
    note: ("<p>(Reporting by", include_str!("correction.html")),
};

/// A page as it is played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// Its address.
    pub(super) address: String,
    /// Its source.
    pub(super) html: String,
    /// The second at which it comes out.
    pub(super) second: u64,
    /// What the feed says of it.
    pub(super) entry: feed::Entry,
}

/// A feed of the demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Feed {
    /// The address that the newsroom is given.
    pub(super) address: String,
    /// The registrable domain of its outlet.
    pub(super) domain: String,
    /// Its outlet's name.
    pub(super) outlet: String,
    /// The section its articles count for.
    pub(super) section: &'static str,
    /// Whether its outlet is for subscribers.
    pub(super) paywalled: bool,
    /// What it answers instead of a list of pages.
    pub(super) odd: Option<Answer>,
}

/// Everything that is played.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Material {
    /// The pages, in the order in which they come out.
    pub(super) pages: Vec<Page>,
    /// The feeds.
    pub(super) feeds: Vec<Feed>,
}

impl Material {
    /// Reads the examples that the program carries.
    pub(super) fn read() -> Self {
        let mut listed: BTreeMap<String, (&'static str, feed::Entry)> = BTreeMap::new();
        for (section, list) in LISTS {
            let entries = feed::parse(list.as_bytes(), "").map(|feed| feed.entries).unwrap_or_default();
            let known = entries.into_iter().filter_map(|entry| Some((entry.link.clone()?, (section, entry))));
            listed.extend(known);
        }
        let mut material = Self::default();
        for (second, html) in PAGES {
            let (page, _) = page::read(html.as_bytes(), None);
            let Some(address) = page.canonical else { continue };
            let Some((section, entry)) = listed.remove(&address) else { continue };
            material.add_feed(&address, page.outlet.unwrap_or_default(), section, page.paywalled);
            material.pages.push(Page { address, html: html.to_owned(), second, entry });
        }
        material.feeds.extend(odd::feeds());
        material
    }

    /// Adds the feed of the outlet that a page belongs to, once.
    fn add_feed(&mut self, page: &str, outlet: String, section: &'static str, paywalled: bool) {
        let Some(host) = families::host(page) else { return };
        let domain = families::registrable(&host).unwrap_or_else(|| host.clone());
        match self.feeds.iter_mut().find(|feed| feed.domain == domain) {
            Some(feed) => feed.paywalled |= paywalled,
            None => {
                let path = if domain == odd::MOVED { odd::BEFORE } else { odd::FEED };
                let address = format!("https://{host}{path}");
                self.feeds.push(Feed { address, domain, outlet, section, paywalled, odd: None });
            }
        }
    }

    /// The pages of a host that have come out by a second, the newest first, as they stand then.
    pub(super) fn of_host(&self, host: &str, second: u64) -> Vec<Page> {
        let here =
            |page: &&Page| families::host(&page.address).as_deref() == Some(host) && page.second <= second;
        self.pages.iter().rev().filter(here).map(|page| standing(page, second)).collect()
    }

    /// The source of the page at a host and path, if it has come out by a second.
    pub(super) fn page(&self, host: &str, path: &str, second: u64) -> Option<String> {
        let found = self.of_host(host, second);
        let is_it = |page: &Page| Url::parse(&page.address).is_ok_and(|url| url.path() == path);
        found.into_iter().find(is_it).map(|page| page.html)
    }
}

/// A page as it stands at a second: corrected or not.
fn standing(page: &Page, second: u64) -> Page {
    let mut page = page.clone();
    let Correction { second: when, page: which, words: (before, after), note: (line, note) } = CORRECTION;
    if !page.address.ends_with(which) {
        return page;
    }
    if second < when {
        page.html = page.html.replace(after, before);
    } else {
        page.html = page.html.replace(line, &format!("{note}{line}"));
        let summary = page.entry.summary.unwrap_or_default();
        page.entry.summary = Some(format!("{summary} (Corrected)"));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_its_place_in_a_feed() {
        let material = Material::read();
        assert_eq!(material.pages.len(), PAGES.len(), "a page is missing in the examples' feeds");
        for feed in material.feeds.iter().filter(|feed| feed.odd.is_none()) {
            let host = families::host(&feed.address).expect("an address");
            assert!(!material.of_host(&host, 1000).is_empty(), "{host} lists nothing");
            assert!(!feed.outlet.is_empty(), "{host} has no name");
        }
        let now = material.pages.iter().filter(|page| page.second == 0).count();
        assert!((8..=PAGES.len() / 2).contains(&now), "{now} pages are there at once");
        assert!(material.pages.iter().all(|page| page.second < 180));
    }

    #[test]
    fn one_page_is_corrected() {
        let material = Material::read();
        let page =
            material.pages.iter().find(|page| page.address.ends_with(CORRECTION.page)).expect("it is there");
        assert!(page.second < CORRECTION.second);
        let (before, after) = (standing(page, CORRECTION.second - 1), standing(page, CORRECTION.second));
        let (wrong, right) = CORRECTION.words;
        assert!(before.html.contains(wrong) && !before.html.contains(right));
        assert!(
            after.html.contains(right)
                && !after.html.contains(wrong)
                && after.html.contains(CORRECTION.note.1)
        );
        assert_ne!(before.entry.summary, after.entry.summary, "the feed does not say so");
    }

    /// In whatever order the first pages come, they give the same two stories, and what tells of another event stays
    /// out of both.
    #[test]
    fn the_pages_are_two_stories_and_what_tells_of_other_events() {
        let material = Material::read();
        let families = desk::families::Families::starter();
        let article = |page: &Page| {
            let (read, _) = page::read(page.html.as_bytes(), Some(&page.address));
            desk::read::record::from_page(read, Some(&page.address), None, &families).expect("an article")
        };
        let first = material.pages.iter().filter(|page| page.second == 0).count();
        for turn in 0..first {
            let mut pages: Vec<&Page> = material.pages.iter().collect();
            pages[..first].rotate_left(turn);
            let mut stream = desk::group::Stream::new(desk::group::Settings::default());
            let mut stories: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for page in pages {
                let placed = stream.place(&article(page));
                stories.entry(placed.story).or_default().push(&page.address);
            }
            let with =
                |word: &str| stories.values().find(|pages| pages.iter().any(|page| page.contains(word)));
            for word in [
                "hospital-count",
                "inquiry-opens",
                "rudder-or-sand",
                "orrin-ferry-suspended",
                "ferry-statement",
            ] {
                assert!(with(word).is_some_and(|pages| pages.len() > 6), "{word} is alone");
            }
            for word in ["founders-square", "tessaly-shares", "challenge-announced", "cheers-and-silence"] {
                assert!(with(word).is_some_and(|pages| pages.len() > 6), "{word} is alone");
            }
            for word in ["cargo-ship-fire", "marrow-sound-fares", "budget-passes", "copper-senate"] {
                assert!(
                    with(word).is_some_and(|pages| pages.len() == 1),
                    "{word}, turn {turn}: {stories:#?}"
                );
            }
        }
    }
}
