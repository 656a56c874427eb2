//! What a document turns out to be, what was met in it on the way, and what of that is said in words.

use super::Refused;
use super::name::Vocabulary;
use super::xml::{Element, Tree};

/// The family that a feed belongs to, by its root element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// RSS 0.9x and 2.0, and CDF, which is shaped like it.
    Rss,
    /// RSS 0.90 and 1.0, in RDF.
    Rdf,
    /// Atom 0.3 and 1.0.
    Atom,
    /// A sitemap.
    Sitemap,
}

/// What a root element makes of its document.
pub(super) fn format_of(local: &str) -> Option<Format> {
    Some(match local.to_ascii_lowercase().as_str() {
        "rss" | "channel" | "item" => Format::Rss,
        "rdf" => Format::Rdf,
        "feed" | "entry" => Format::Atom,
        "urlset" => Format::Sitemap,
        _ => return None,
    })
}

impl Format {
    /// Whether an element has the name of an entry.
    pub(super) fn is_item(self, vocabulary: Vocabulary, local: &str) -> bool {
        let (own, wanted) = match self {
            Self::Rss | Self::Rdf => (vocabulary == Vocabulary::Plain, "item"),
            Self::Atom => (matches!(vocabulary, Vocabulary::Plain | Vocabulary::Atom), "entry"),
            Self::Sitemap => (matches!(vocabulary, Vocabulary::Plain | Vocabulary::Sitemap), "url"),
        };
        own && local.eq_ignore_ascii_case(wanted)
    }
}

/// What was met on the way.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) format: Option<Format>,
    pub(super) root: Option<String>,
    pub(super) stopped: bool,
    pub(super) broken: bool,
    pub(super) cut: bool,
    pub(super) deep: bool,
    pub(super) large: bool,
    pub(super) given: usize,
    pub(super) left: usize,
    pub(super) beyond: usize,
}

/// What is left of a document when its entries have been handed out.
pub(super) struct Outcome<'a> {
    pub(super) tree: Tree<'a>,
    pub(super) findings: Findings,
}

impl Outcome<'_> {
    /// The feed's format and root element.
    pub(super) fn root(&self) -> Option<(Format, Element<'_>)> {
        let format = self.findings.format?;
        (self.tree.len() > 0).then(|| (format, self.tree.element(0)))
    }

    /// What the document is instead of a feed.
    pub(super) fn refusal(&self, text: &str) -> Refused {
        let Some(root) = &self.findings.root else {
            let page = text.get(..64).unwrap_or(text).to_ascii_lowercase().contains("<!doctype html");
            return if page { Refused::Page } else { Refused::Text };
        };
        match root.to_ascii_lowercase().as_str() {
            "html" | "head" | "body" => Refused::Page,
            "sitemapindex" => Refused::SitemapIndex,
            "opml" => Refused::FeedList,
            _ => Refused::Root(root.chars().take(60).collect()),
        }
    }

    /// What was mended and left out, in words.
    pub(super) fn notes(&self) -> Vec<String> {
        let found = &self.findings;
        let mut notes = Vec::new();
        if found.cut {
            notes.push("the feed is cut off: its last entry is incomplete and was left out".to_owned());
        } else if found.broken {
            notes.push("the feed's markup is broken and was mended".to_owned());
        }
        if found.left > 0 {
            notes.push(format!("{} entries beyond the first {} were left out", found.left, found.given));
        }
        if found.deep {
            notes.push("elements nested very deep were left out".to_owned());
        }
        if found.large {
            notes.push("parts of a very large entry were left out".to_owned());
        }
        notes
    }
}
