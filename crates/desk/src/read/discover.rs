//! A page → the feeds that it names: in the links of its head, and, where there are none, in links that look like one.

use url::Url;

use super::feed::Scan;
use crate::families::{host, registrable};

/// The most feeds that are told of one page.
const MOST: usize = 50;
/// How much of a page is looked at.
const BYTES: usize = 4 << 20;

/// How a page names a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Naming {
    /// As its own, in a `<link rel="alternate">`.
    Said,
    /// As its own, but for the comments of readers.
    Comments,
    /// By a link for readers whose address looks like a feed's.
    Linked,
}

/// A feed that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its address, absolute.
    pub address: String,
    /// What the page calls it; empty for nothing.
    pub title: String,
    /// How it is named.
    pub naming: Naming,
}

/// The feeds of a page found at `address`, each once: those that it says are its own in its order, those of comments
/// after them. Links for readers count only where it says none.
#[must_use]
pub fn feeds(page: &[u8], address: &str) -> Vec<Found> {
    let text = super::page::decode(&page[..page.len().min(BYTES)], None, None);
    let Ok(page_address) = Url::parse(address) else { return Vec::new() };
    let mut looked = Looked { own: page_address.clone(), base: page_address, found: Vec::new() };
    let mut scan = Scan::new(&text);
    while let Some(tag) = scan.tag() {
        match tag.name.as_str() {
            "base" => looked.rebase(tag.attribute("href")),
            "link" => looked.link(|name| tag.attribute(name)),
            "a" => looked.anchor(tag.attribute("href"), tag.attribute("title"), scan.words()),
            _ => {}
        }
    }
    let said = looked.found.iter().any(|found| found.naming != Naming::Linked);
    let mut found = looked.found;
    found.retain(|one| !said || one.naming != Naming::Linked);
    found.sort_by_key(|one| one.naming);
    found.truncate(MOST);
    found
}

struct Looked {
    own: Url,
    base: Url,
    found: Vec<Found>,
}

impl Looked {
    fn rebase(&mut self, href: Option<String>) {
        if let Some(base) = href.and_then(|href| self.own.join(href.trim()).ok()) {
            self.base = base;
        }
    }

    fn link(&mut self, attribute: impl Fn(&str) -> Option<String>) {
        let rel = attribute("rel").unwrap_or_default().to_ascii_lowercase();
        let rels = || rel.split_ascii_whitespace();
        if !rels().any(|rel| matches!(rel, "alternate" | "feed" | "service.feed"))
            || rels().any(|r| r == "stylesheet")
        {
            return;
        }
        let kind = attribute("type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let Some(address) = attribute("href").and_then(|href| self.resolve(&href)) else { return };
        let feed = match kind.as_str() {
            "application/rss+xml"
            | "application/atom+xml"
            | "application/rdf+xml"
            | "application/feed+json" => true,
            // Types that say only how it is written; the address must say the rest.
            "text/xml" | "application/xml" | "application/json" | "application/rss" | "application/atom" => {
                looks_like_feed_address(&address)
            }
            "" => rels().any(|rel| rel == "feed"),
            _ => false,
        };
        if feed {
            let title = attribute("title").map(|title| plain(&title)).unwrap_or_default();
            let naming = if is_of_comments(&address) { Naming::Comments } else { Naming::Said };
            self.take(address, title, naming);
        }
    }

    fn anchor(&mut self, href: Option<String>, title: Option<String>, words: String) {
        let Some(address) = href.and_then(|href| self.resolve(&href)) else { return };
        if self.is_of_same_site(&address) && looks_like_feed_address(&address) && !is_of_comments(&address) {
            let title = title.map(|title| plain(&title)).filter(|title| !title.is_empty());
            self.take(address, title.unwrap_or_else(|| plain(&words)), Naming::Linked);
        }
    }

    fn take(&mut self, address: String, title: String, naming: Naming) {
        // Twice the most, so that those for readers leave room for what a later link says.
        if self.found.len() < 4 * MOST && !self.found.iter().any(|found| found.address == address) {
            self.found.push(Found { address, title, naming });
        }
    }

    fn resolve(&self, href: &str) -> Option<String> {
        let href = href.trim();
        let href =
            href.strip_prefix("feed://").map_or_else(|| href.to_owned(), |rest| format!("https://{rest}"));
        let href = href.strip_prefix("feed:").unwrap_or(&href);
        if href.is_empty() || href.len() > 2048 {
            return None;
        }
        let mut url = self.base.join(href).ok()?;
        url.set_fragment(None);
        let asked = matches!(url.scheme(), "http" | "https") && url.username().is_empty();
        asked.then(|| url.into())
    }

    fn is_of_same_site(&self, address: &str) -> bool {
        let site = |address: &str| host(address).map(|host| registrable(&host).unwrap_or(host));
        site(address).is_some_and(|found| Some(found) == site(self.own.as_str()))
    }
}

/// Whether an address is written as those of feeds are: by the last words of its path, its ending, or a key of its
/// query.
#[must_use]
pub fn looks_like_feed_address(address: &str) -> bool {
    const NAMES: [&str; 12] = [
        "feed",
        "feeds",
        "rss",
        "rss2",
        "atom",
        "rdf",
        "rss.php",
        "feed.php",
        "index.xml",
        "feed.xml",
        "feed.json",
        "newsfeed",
    ];
    const ENDINGS: [&str; 4] = [".rss", ".atom", ".rdf", ".rss2"];
    let Ok(url) = Url::parse(address) else { return false };
    let path = url.path().trim_end_matches('/').to_ascii_lowercase();
    let mut words = path.rsplit('/');
    let last = words.next().unwrap_or_default();
    let before = words.next().unwrap_or_default();
    let named = NAMES.contains(&last) || ENDINGS.iter().any(|ending| last.ends_with(ending));
    let in_folder =
        matches!(before, "feed" | "feeds" | "rss" | "atom" | "rssfeeds") && !last.ends_with("html");
    let written = last.strip_suffix(".xml").or_else(|| last.strip_suffix(".json"));
    let of_words = written.is_some_and(|stem| {
        stem.split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| matches!(word, "rss" | "rss2" | "feed" | "atom"))
    });
    let asked = url.query_pairs().any(|(key, value)| {
        let value = value.to_ascii_lowercase();
        matches!(value.as_str(), "rss" | "rss2" | "atom" | "feed") && key.len() < 20
            || key == "feed" && !value.is_empty()
    });
    let kept_for_feeds =
        host(address).is_some_and(|host| host.starts_with("feeds.") || host.starts_with("rss."));
    named || in_folder || of_words || asked || (kept_for_feeds && !path.is_empty())
}

fn is_of_comments(address: &str) -> bool {
    address
        .split(['/', '?', '=', '&', '-', '.'])
        .any(|word| matches!(word, "comments" | "comment" | "kommentare"))
}

fn plain(text: &str) -> String {
    let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &[(&str, &str)]) {
        let found = feeds(page.as_bytes(), "https://www.orrin.example/news/today.html");
        let found: Vec<_> = found.iter().map(|one| (one.address.as_str(), one.title.as_str())).collect();
        assert_eq!(found, expected, "{page}");
    }

    #[test]
    fn feeds_that_a_page_says_are_its_own() {
        check(
            "<!doctype html><head><!-- <link rel=alternate type=application/rss+xml href=/old> -->\
             <script>document.write('<link rel=alternate type=application/rss+xml href=/x>')</script>\
             <LINK REL='alternate nofollow' TYPE=\"application/rss+xml; charset=utf-8\" title='News &amp; more' HREF='/rss.xml#a'>\
             <link rel=alternate type=application/atom+xml href=//feeds.orrin.example/a>\
             <link rel=alternate type=application/feed+json href=feed.json>\
             <link rel=alternate type=application/json href=/wp-json/posts/1>\
             <link rel=alternate type=application/json+oembed href=/oembed?feed=1>\
             <link rel=alternate hreflang=de href=/de/>\
             <link rel='alternate stylesheet' type=text/css href=/feed.css>\
             <a href=/sport/rss>Sport</a>",
            &[
                ("https://www.orrin.example/rss.xml", "News & more"),
                ("https://feeds.orrin.example/a", ""),
                ("https://www.orrin.example/news/feed.json", ""),
            ],
        );
        check(
            "<base href=https://cdn.example/x/><link rel=alternate type=application/rss+xml href=/comments/feed/ title=C>\
             <link rel=alternate type=application/rss+xml href=f><link rel=alternate type=application/rss+xml href=./f>",
            &[("https://cdn.example/x/f", ""), ("https://cdn.example/comments/feed/", "C")],
        );
        check(
            "<link rel=alternate type=application/rss+xml href='javascript:x'><link rel=alternate type=application/rss+xml>",
            &[],
        );
    }

    #[test]
    fn links_for_readers_are_the_second_choice() {
        check(
            "<body><a href='/rss/world.xml'>World <b>news</b></a><a href=/about>About</a><a href=https://reader.example/feed>Read</a>\
             <a href=https://feeds.orrin.example/top title=Top><img></a><a href=/feed/how-we-work.html>Feed</a><a href=?format=rss>RSS</a>",
            &[
                ("https://www.orrin.example/rss/world.xml", "World news"),
                ("https://feeds.orrin.example/top", "Top"),
                ("https://www.orrin.example/news/today.html?format=rss", "RSS"),
            ],
        );
        check("<p>No feed at all, <a href=/news/feedback>write</a>", &[]);
        assert!(feeds(b"<link rel=feed href=/x>", "no address").is_empty());
    }

    #[test]
    fn addresses_of_feeds_are_told_from_those_of_pages() {
        for (path, expected) in [
            ("/feed/", true),
            ("/rss", true),
            ("/index.xml", true),
            ("/world/europe/rss.xml", true),
            ("/arc/outboundfeeds/rss/?outputType=xml", true),
            ("/news.rss", true),
            ("/?feed=rss2", true),
            ("/blog?alt=rss", true),
            ("/feeds/posts/default", false),
            ("/sitemap.xml", false),
            ("/data.json", false),
            ("/feedback", false),
            ("/2026/03/10/feed-the-birds", false),
            ("/", false),
        ] {
            assert_eq!(looks_like_feed_address(&format!("https://orrin.example{path}")), expected, "{path}");
        }
    }
}
