//! Here is an article: in which section of the newsroom does its story stand?

use std::collections::BTreeMap;
use std::sync::LazyLock;

use url::Url;

static SHIPPED: &str = include_str!("../data/sections.tsv");
static WORDS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = SHIPPED.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t')).collect()
});

/// Where a story stands of which nothing else is known.
pub const DEFAULT: &str = "World";

/// How many parts of an address may name a section, and how long each may be.
const PARTS: usize = 4;
const LONGEST: usize = 40;

/// The section of an article: what its feed counts for, else what the page calls its section, else what the folders
/// of its address say. The feed's own word stays where it is no known one: it is what the owner wrote.
#[must_use]
pub fn of(feed: &str, page: Option<&str>, address: Option<&str>) -> String {
    let feed = feed.trim();
    if !feed.is_empty() {
        return named(feed).map_or_else(|| feed.to_owned(), str::to_owned);
    }
    let called = page.and_then(|page| named(page).or_else(|| page.split(PARTING).find_map(named)));
    let found = called.or_else(|| address.and_then(in_address));
    found.unwrap_or(DEFAULT).to_owned()
}

/// What parts the words of a section: `World / Europe`, `Business & Money`.
const PARTING: [char; 8] = ['/', ',', '>', '|', ':', ';', '&', ' '];

/// The section of a word, however it is written: `Climate Change` is looked up as `climate-change`.
fn named(word: &str) -> Option<&'static str> {
    if word.len() > LONGEST {
        return None;
    }
    let word: Vec<String> = word.split_whitespace().map(str::to_lowercase).collect();
    WORDS.get(word.join("-").as_str()).copied()
}

/// The section that an address's folders name: `/sport/football/selwick-win`. Its last part is the article's own name.
fn in_address(address: &str) -> Option<&'static str> {
    let url = Url::parse(address).ok()?;
    let parts: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).take(PARTS + 1).collect();
    let folders = &parts[..parts.len().saturating_sub(1).min(PARTS)];
    let host = url.host_str().and_then(|host| host.split('.').next());
    folders.iter().copied().chain(host).find_map(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feed_goes_before_the_page_before_the_address() {
        for (feed, page, address, wanted) in [
            ("Sports", Some("World"), "https://a.example/health/1", "Sport"),
            ("Islands", Some("World"), "https://a.example/health/1", "Islands"),
            ("", Some("Climate Change"), "https://a.example/sport/1", "Science"),
            ("", Some("News / Business"), "https://a.example/sport/1", "Business"),
            ("", Some("Letters"), "https://a.example/news/sport/1", "Sport"),
            ("", None, "https://sport.a.example/2026/03/selwick-win", "Sport"),
            ("", None, "https://a.example/sport", "World"),
            ("", None, "https://a.example/", "World"),
            ("", None, "no address", "World"),
        ] {
            assert_eq!(of(feed, page, Some(address)), wanted, "{feed} {page:?} {address}");
        }
    }

    #[test]
    fn the_table_names_no_section_but_the_default_ones() {
        let known = ["World", "Politics", "Business", "Technology", "Science", "Health", "Culture", "Sport"];
        for (word, section) in WORDS.iter() {
            assert!(known.contains(section), "{word}: {section}");
            assert_eq!(*word, word.to_lowercase(), "{word}");
        }
        assert!(known.iter().all(|section| WORDS.values().any(|value| value == section)));
    }
}
