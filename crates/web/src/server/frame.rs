//! What stands around every page: head, masthead, sections, foot.

use serde_json::{Value, json};
use store::Millis;

use super::Site;
use super::style;
use crate::digest::language;
use crate::link;
use crate::plain::plain;
use crate::schema::{block, organisation};

/// How long a description for machines may be.
const DESCRIPTION: usize = 300;

/// What stands around a page.
pub(crate) struct Frame {
    pub(crate) site: String,
    pub(crate) tagline: String,
    pub(crate) lang: String,
    pub(crate) title: String,
    pub(crate) description: String,
    /// `website` or `article`, as OpenGraph has it.
    pub(crate) kind: &'static str,
    pub(crate) canonical: String,
    pub(crate) style: &'static str,
    pub(crate) sections: Vec<Link>,
    /// The section or page that is open.
    pub(crate) here: String,
    /// Feeds of this page: their address without the ending, and what they hold.
    pub(crate) feeds: Vec<Link>,
    pub(crate) schema: String,
    /// Whether search engines may list it.
    pub(crate) listed: bool,
    pub(crate) published: String,
    pub(crate) updated: String,
    /// How many outlets this reader hides.
    pub(crate) hidden: usize,
    pub(crate) demo: bool,
}

/// A name that leads somewhere on this site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) name: String,
    pub(crate) href: String,
}

impl Link {
    /// A link by its name.
    pub(crate) fn new(name: &str, href: String) -> Self {
        Self { name: plain(name), href }
    }
}

impl Link {
    /// The section of a story; the front page for one that has none.
    pub(crate) fn section(name: &str) -> Self {
        if name.is_empty() {
            return Self::new("News", "/".to_owned());
        }
        Self::new(name, link::section(name))
    }
}

impl Frame {
    /// The frame of the page at `path`, which begins with a slash and is written as addresses are.
    pub(crate) fn new(site: &Site, title: &str, path: &str) -> Self {
        let settings = &site.settings;
        let (name, title) = (plain(&settings.name), plain(title));
        let canonical = format!("{}{path}", settings.base);
        let sections = settings.sections.iter().map(|section| Link::section(section));
        Self {
            title: if title.is_empty() { name.clone() } else { format!("{title} · {name}") },
            tagline: plain(&settings.tagline),
            lang: language(&settings.lang),
            description: plain(&settings.tagline),
            kind: "website",
            style: style::HREF.as_str(),
            sections: sections.collect(),
            here: String::new(),
            feeds: vec![Link::new(&name, "/feed".to_owned())],
            schema: block(&website(site, &canonical)),
            listed: true,
            published: String::new(),
            updated: String::new(),
            hidden: 0,
            demo: settings.demo,
            site: name,
            canonical,
        }
    }

    /// The same with a description.
    pub(crate) fn described(mut self, words: &str) -> Self {
        let words = plain(words);
        self.description = words.chars().take(DESCRIPTION).collect();
        if self.description.len() < words.len() {
            self.description.push('…');
        }
        self
    }

    /// The same, with the section or page named that is open.
    pub(crate) fn at(mut self, here: &str) -> Self {
        self.here = plain(here);
        self
    }

    /// The same with one more feed: its address without the ending.
    pub(crate) fn feed(mut self, name: &str, href: String) -> Self {
        self.feeds.insert(0, Link::new(name, href));
        self
    }

    /// The same, kept out of search engines.
    pub(crate) fn unlisted(mut self) -> Self {
        self.listed = false;
        self
    }

    /// The same for an article.
    pub(crate) fn article(
        mut self,
        schema: String,
        published: Option<Millis>,
        updated: Option<Millis>,
    ) -> Self {
        self.kind = "article";
        self.schema = schema;
        self.published = published.map(crate::day::stamp).unwrap_or_default();
        self.updated = updated.map(crate::day::stamp).unwrap_or_default();
        self
    }

    /// The same for a reader who hides so many outlets.
    pub(crate) fn hiding(mut self, hidden: usize) -> Self {
        self.hidden = hidden;
        self
    }
}

fn website(site: &Site, page: &str) -> Value {
    let settings = &site.settings;
    let search = format!("{}/search?q={{search_term_string}}", settings.base);
    json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": plain(&settings.name),
        "description": plain(&settings.tagline),
        "url": format!("{}/", settings.base),
        "mainEntityOfPage": page,
        "inLanguage": language(&settings.lang),
        "publisher": organisation(&settings.name),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string"
        }
    })
}

/// What the look of a page depends on beside its content.
pub(crate) fn look() -> &'static str {
    style::HREF.as_str()
}
