//! A feed's bytes → a [`Feed`]: RSS 0.9x–2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, JSON Feed, CDF and news sitemaps.
//!
//! Feeds in the wild are broken more often than they are right, so nothing is refused for one odd field: what
//! can be read is read, what was repaired or left out is said in [`Feed::notes`], and only bytes that are
//! something else than a feed are [`Refused`], in words. Depth, size and the number of entries are bounded.

mod address;
mod atom;
mod builder;
mod clean;
mod construct;
mod elements;
mod encoding;
mod health;
mod images;
mod json;
pub(super) mod markup;
mod name;
mod outcome;
mod person;
mod repair;
mod rss;
mod scan;
mod sitemap;
mod time;
mod xml;

pub use health::{Health, Listed, Sight, judge};
pub(crate) use scan::Scan;
use serde::Serialize;

use address::Base;
use outcome::Format;

/// The most entries that are kept of one feed: the first ones, as feeds list the newest first.
pub const MAX_ITEMS: usize = 10_000;

/// The most bytes that [`parse`] reads of one feed.
pub const MAX_BYTES: usize = 64 << 20;

/// What a feed says, whatever its format.
///
/// `title`, `description`, `rights` and an entry's `title`, `summary` and `content` are fragments of HTML made
/// safe; where the feed gave plain text, only what would be taken for markup is escaped. Times are ISO 8601 in
/// UTC. Addresses are absolute where a base was known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// The feed's title.
    pub title: Option<String>,
    /// The page that the feed belongs to.
    pub link: Option<String>,
    /// What the feed is about.
    pub description: Option<String>,
    /// The language of its texts, as the feed gives it.
    pub language: Option<String>,
    /// Its permanent id.
    pub id: Option<String>,
    /// When it last changed.
    pub updated: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The copyright line.
    pub rights: Option<String>,
    /// The program that made it.
    pub generator: Option<String>,
    /// Who is named as its author or editor.
    pub authors: Vec<Person>,
    /// Its subjects.
    pub categories: Vec<String>,
    /// The articles it lists, in its order.
    pub entries: Vec<Entry>,
    /// What was repaired, guessed or left out, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// One article that a feed lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its permanent id, as given.
    pub id: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The article's address.
    pub link: Option<String>,
    /// A summary or the text that the feed calls its description.
    pub summary: Option<String>,
    /// The full text, where the feed carries it.
    pub content: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// When it was last changed.
    pub updated: Option<String>,
    /// The copyright line.
    pub rights: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Person>,
    /// Its subjects.
    pub categories: Vec<String>,
    /// Sound, film or pictures that come with it.
    pub enclosures: Vec<Enclosure>,
    /// Pictures that come with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// The outlet it was taken from, where the feed names one.
    pub source: Option<String>,
    /// The address of that outlet's feed or site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
}

/// Somebody named as an author.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The name as printed.
    pub name: Option<String>,
    /// An address for mail.
    pub email: Option<String>,
    /// A page about the person.
    pub uri: Option<String>,
}

/// A file that belongs to an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Enclosure {
    /// Where it is.
    pub url: Option<String>,
    /// Its media type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its size in bytes, as printed.
    pub length: Option<String>,
}

/// A picture that comes with an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Image {
    /// Where it is.
    pub url: String,
    /// What stands under it, as safe HTML.
    pub caption: Option<String>,
    /// Who made it, as safe HTML.
    pub credit: Option<String>,
}

/// Why bytes are not read as a feed: what they are instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No bytes, or nothing but white space.
    Empty,
    /// A page for people, such as a login or an error page.
    Page,
    /// A list of sitemaps.
    SitemapIndex,
    /// A list of feeds (OPML).
    FeedList,
    /// XML with another root element, whose name is given.
    Root(String),
    /// JSON without a list of items.
    Json,
    /// Neither markup nor JSON.
    Text,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("empty: the answer has no content"),
            Self::Page => f.write_str("an HTML page, not a feed"),
            Self::SitemapIndex => f.write_str("a sitemap index: add one of the sitemaps that it lists"),
            Self::FeedList => f.write_str("an OPML list of feeds: import it instead of adding it as a feed"),
            Self::Root(name) => write!(f, "not a feed: root element <{name}>"),
            Self::Json => f.write_str("not a feed: JSON without a list of items"),
            Self::Text => f.write_str("not a feed: neither markup nor JSON"),
        }
    }
}

impl std::error::Error for Refused {}

/// The text of a feed or of a list of feeds: by its mark, its XML declaration, or a guess.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    encoding::decode(bytes).0.trim_start_matches('\u{feff}').to_owned()
}

/// Reads a feed of at most [`MAX_BYTES`]. `base` is the address it came from, for relative links.
///
/// # Errors
/// Says what the bytes are where they are no feed.
pub fn parse(bytes: &[u8], base: &str) -> Result<Feed, Refused> {
    parse_within(bytes, base, MAX_BYTES)
}

/// Reads at most the first `limit` bytes of a feed; a longer one counts as cut off there.
///
/// # Errors
/// Says what the bytes are where they are no feed.
pub fn parse_within(bytes: &[u8], base: &str, limit: usize) -> Result<Feed, Refused> {
    let mut notes = Vec::new();
    if bytes.len() > limit {
        notes.push(format!("only the first {limit} of {} bytes were read", bytes.len()));
    }
    let (text, note) = encoding::decode(&bytes[..bytes.len().min(limit)]);
    notes.extend(note);
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    if start.is_empty() {
        return Err(Refused::Empty);
    }
    let mut feed =
        if start.starts_with('{') { json::read(start, &Base::new(base))? } else { read(start, base)? };
    notes.append(&mut feed.notes);
    feed.notes = notes;
    Ok(feed)
}

/// Reads a feed in XML, once more from where it seems to begin if junk stands before it.
fn read(text: &str, base: &str) -> Result<Feed, Refused> {
    let refused = match attempt(text, base) {
        Err(refused) if refused != Refused::Page => refused,
        done => return done,
    };
    let Some(Ok(mut feed)) = begin(text).map(|at| attempt(&text[at..], base)) else { return Err(refused) };
    feed.notes.push("what stood before the feed was left out".to_owned());
    Ok(feed)
}

fn attempt(text: &str, base: &str) -> Result<Feed, Refused> {
    let mut entries = Vec::new();
    let outcome = repair::read(text, base, MAX_ITEMS, &mut |format, item| {
        entries.push(match format {
            Format::Atom => atom::entry(item),
            Format::Sitemap => sitemap::entry(item),
            Format::Rss | Format::Rdf => rss::entry(item),
        });
    });
    let Some((format, root)) = outcome.root() else {
        return Err(outcome.refusal(text));
    };
    let mut feed = match format {
        Format::Atom => atom::feed(root),
        Format::Sitemap => {
            Feed { title: entries.first().and_then(|entry| entry.source.clone()), ..Feed::default() }
        }
        Format::Rss | Format::Rdf => rss::feed(root),
    };
    feed.entries = entries;
    feed.notes = outcome.notes();
    Ok(feed)
}

/// Where a feed begins behind junk with tags in it, such as a warning that the server's program printed.
fn begin(text: &str) -> Option<usize> {
    let head = &text[..text.floor_char_boundary(1 << 16)];
    let after = head.find('<')? + 1;
    let starts = ["<rss", "<feed", "<rdf:RDF", "<urlset"];
    starts.iter().filter_map(|start| head[after..].find(start)).min().map(|at| after + at)
}

/// Whether bytes look like a feed, from their beginning alone. Cheap, and wrong at times: [`parse`] decides.
#[must_use]
pub fn looks_like_feed(bytes: &[u8]) -> bool {
    let head: Vec<u8> =
        bytes.iter().take(8192).filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).take(4096).collect();
    let head = String::from_utf8_lossy(&head);
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{fffd}');
    if head.starts_with('{') {
        return head.contains("jsonfeed.org") || (head.contains("\"items\"") && head.contains("\"title\""));
    }
    markup::first_tag(head).is_some_and(|tag| {
        let local = tag.rsplit(':').next().unwrap_or(tag);
        matches!(local, "rss" | "rdf" | "feed" | "channel" | "urlset")
    })
}

#[cfg(test)]
mod tests;
