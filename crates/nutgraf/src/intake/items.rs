//! The items of a feed: fetched where they have an address, read from the feed where it gives them whole.

use desk::article::Article;
use desk::families::Families;
use desk::read::{feed, page, record};
use desk::stamp::Stamp;
use fetch::{Client, Document};

use super::{Reader, Reading, reading};

/// Words that an item's own text must have to stand as an article.
const WHOLE: usize = 80;

impl Reader<'_> {
    /// Takes a feed's items in. A feed that was itself fetched has its items fetched; of a feed file only the
    /// text that it carries is used, and items that were read as pages already are known by their address.
    pub(super) fn feed(&mut self, document: &Document, feed: feed::Feed) {
        let live = document.fetched.is_some();
        let mut teasers = 0;
        for note in &feed.notes {
            eprintln!("nutgraf: {}: {note}", document.name);
        }
        for entry in feed.entries.iter().take(self.limits.items) {
            let known = entry.link.as_ref().is_some_and(|link| self.seen.contains(&format!("url {link}")));
            if known {
                self.intake.summary.repeated += 1;
            } else if let Some(article) = self.whole(entry, &feed, document) {
                self.add(article, None);
            } else if let Some(link) = entry.link.as_deref().filter(|_| live) {
                self.fetch(link);
            } else {
                teasers += 1;
            }
        }
        let left = feed.entries.len().saturating_sub(self.limits.items);
        if left > 0 {
            let reason = format!(
                "{left} items beyond the first {} were left out. Raise it with --items",
                self.limits.items
            );
            self.intake.summary.refuse(&document.name, &reason);
        }
        if teasers > 0 {
            let reason = format!(
                "{teasers} items are teasers without their text. Give the pages too, or the feed's address so that they are fetched"
            );
            self.intake.summary.refuse(&document.name, &reason);
        }
    }

    /// The article that an item carries whole.
    fn whole(&self, entry: &feed::Entry, feed: &feed::Feed, document: &Document) -> Option<Article> {
        let (mut article, words) = carried(entry, feed.title.as_deref(), self.families)?;
        article.fetched.clone_from(&document.fetched);
        (words >= WHOLE).then_some(article)
    }

    fn fetch(&mut self, link: &str) {
        let limits = self.limits.for_fetching();
        let client = self.client.get_or_insert_with(|| Client::new(&limits));
        match client.get(link) {
            Err(refusal) => self.intake.summary.refuse(&refusal.name, &refusal.reason),
            Ok(page) => match reading(&page, self.families) {
                Reading::Articles(found, _) => {
                    found.into_iter().for_each(|(article, row)| self.add(article, row))
                }
                Reading::Feed(_) => self.intake.summary.refuse(link, "an item of the feed is a feed itself"),
                Reading::Refused(reason) => self.intake.summary.refuse(link, &reason),
            },
        }
        self.bar.inc(1);
    }
}

/// What an item of a feed carries of its article, and how many words that are; nothing where it has no running text.
pub(crate) fn carried(
    entry: &feed::Entry,
    outlet: Option<&str>,
    families: &Families,
) -> Option<(Article, usize)> {
    let html = entry.content.as_deref().or(entry.summary.as_deref())?;
    let title = entry.title.as_deref().unwrap_or_default();
    let wrapped = format!("<!doctype html><meta charset=utf-8><article><h1>{title}</h1>{html}</article>");
    let (mut page, _) = page::read(wrapped.as_bytes(), entry.link.as_deref());
    let words: usize = page.blocks.iter().map(|(_, text)| language::words::words(text).len()).sum();
    page.published = entry.published.as_deref().or(entry.updated.as_deref()).and_then(Stamp::parse);
    // What an agency wrote and another outlet prints is the outlet's article, and the agency's copy.
    let agency = entry.source.clone().filter(|source| families.is_agency(source));
    let source = if agency.is_some() && outlet.is_some() { None } else { entry.source.clone() };
    page.outlet = source.or_else(|| outlet.map(str::to_owned));
    page.agency = page.agency.or(agency);
    page.authors = entry.authors.iter().filter_map(|person| person.name.clone()).collect();
    let article = record::from_page(page, entry.link.as_deref(), None, families)?;
    Some((article, words))
}
