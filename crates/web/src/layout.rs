//! A receipt laid out for a page: sentences with their marks, the list of references, a card for each sentence.
//!
//! The standalone page and the story page show the same thing; both are made of this.

use std::collections::BTreeMap;

use desk::receipt::{Line, Origin, Receipt};
use desk::stamp::Stamp;

use crate::day;
use crate::link;
use crate::passage::{Card, Library};
use crate::plain::plain;

/// A receipt laid out for a page.
pub(crate) struct Layout {
    pub(crate) headline: String,
    pub(crate) headline_marks: Vec<u32>,
    pub(crate) paragraphs: Vec<Vec<Sentence>>,
    pub(crate) cards: Vec<Card>,
    /// The days of the articles cited.
    pub(crate) days: String,
    /// How many articles are cited.
    pub(crate) articles: usize,
    /// How many independent families they count for.
    pub(crate) families: usize,
}

/// A sentence ready to print; its last word is kept on one line with the marks.
pub(crate) struct Sentence {
    /// Its number in reading order, from 1.
    pub(crate) id: usize,
    pub(crate) body: String,
    pub(crate) last: String,
    pub(crate) marks: Vec<u32>,
}

/// An entry of the reference list.
pub(crate) struct Reference {
    pub(crate) number: u32,
    pub(crate) parts: Vec<Part>,
}

/// A piece of an entry.
pub(crate) struct Part {
    pub(crate) kind: PartKind,
    pub(crate) text: String,
    pub(crate) link: Option<String>,
}

/// How a piece of a reference is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// As it is.
    Text,
    /// In italics: the name of a publication.
    Italic,
    /// An address; linked where it is an ordinary web address.
    Link,
}

impl Layout {
    /// Lays a receipt out. `texts` are the stored texts of its articles by hash, for links into their pages.
    pub(crate) fn new(receipt: &Receipt, texts: &BTreeMap<String, String>) -> Self {
        let library = Library::new(&receipt.sources, texts);
        let mut numbers = 1..;
        let paragraphs = receipt.paragraphs.iter().map(|paragraph| {
            paragraph.iter().zip(&mut numbers).map(|(line, id)| Sentence::new(line, id)).collect()
        });
        let paragraphs = paragraphs.collect();
        let lines = std::iter::once(&receipt.headline).chain(receipt.paragraphs.iter().flatten()).enumerate();
        let cards = lines.map(|(id, line)| Card::new(&library, line, id));
        let stamps: Vec<Stamp> =
            receipt.sources.iter().filter_map(|source| Stamp::parse(source.published.as_deref()?)).collect();
        Self {
            headline: plain(&receipt.headline.text),
            headline_marks: receipt.headline.marks.clone(),
            paragraphs,
            cards: cards.filter(|card| !card.passages.is_empty()).collect(),
            days: day::range(stamps.iter()).unwrap_or_default(),
            articles: receipt.sources.len(),
            families: families(receipt),
        }
    }

    /// Leaves out the sentences for which `shown` says no, with their cards; how many those were.
    pub(crate) fn keep(&mut self, shown: impl Fn(usize) -> bool) -> usize {
        let count = |layout: &Self| layout.paragraphs.iter().map(Vec::len).sum::<usize>();
        let before = count(self);
        for paragraph in &mut self.paragraphs {
            paragraph.retain(|sentence| shown(sentence.id));
        }
        self.paragraphs.retain(|paragraph| !paragraph.is_empty());
        self.cards.retain(|card| card.id == 0 || shown(card.id));
        before - count(self)
    }
}

/// How many independent families a receipt rests on.
pub(crate) fn families(receipt: &Receipt) -> usize {
    let families = receipt.sources.iter().map(|source| source.family.as_str());
    families.collect::<std::collections::BTreeSet<_>>().len()
}

impl Sentence {
    fn new(line: &Line, id: usize) -> Self {
        let text = plain(&line.text);
        let cut = text.rfind(' ').map_or(0, |at| at + 1);
        let (body, last) = text.split_at(cut);
        // A last word too long for a narrow screen must be free to break.
        let (body, last) = if last.chars().count() > 24 { (&*text, "") } else { (body, last) };
        Self { id, body: body.to_owned(), last: last.to_owned(), marks: line.marks.clone() }
    }
}

impl Reference {
    /// An entry from its pieces.
    pub(crate) fn new(number: u32, parts: &[(PartKind, String)]) -> Self {
        let parts = parts.iter().map(|(kind, text)| {
            let link = if *kind == PartKind::Link { link::web(text) } else { None };
            Part { kind: *kind, text: pieces(text), link }
        });
        Self { number, parts: parts.collect() }
    }

    /// The entry of a source as it stands in its receipt: the outlet's name in italics, the address at the end
    /// linked.
    pub(crate) fn sealed(source: &Origin) -> Self {
        let entry = source.reference.as_str();
        let address = source.url.as_deref().filter(|url| !url.is_empty());
        let at = address.and_then(|url| entry.rfind(url).map(|at| (at, at + url.len())));
        let (head, tail) = at.map_or((entry, None), |(start, end)| (&entry[..start], Some((start, end))));
        let mut parts = Vec::new();
        let outlet = Some(source.outlet.as_str()).filter(|name| !name.is_empty());
        match outlet.and_then(|name| head.rfind(name).map(|at| (at, at + name.len()))) {
            Some((start, end)) => {
                parts.push((PartKind::Text, head[..start].to_owned()));
                parts.push((PartKind::Italic, head[start..end].to_owned()));
                parts.push((PartKind::Text, head[end..].to_owned()));
            }
            None => parts.push((PartKind::Text, head.to_owned())),
        }
        if let Some((start, end)) = tail {
            parts.push((PartKind::Link, entry[start..end].to_owned()));
            parts.push((PartKind::Text, entry[end..].to_owned()));
        }
        parts.retain(|(_, text)| !text.is_empty());
        Self::new(source.number, &parts)
    }
}

/// A piece of a reference without hidden characters; the blanks at its ends part it from its neighbours.
fn pieces(text: &str) -> String {
    let inner = plain(text);
    let blank = |yes: bool| if yes { " " } else { "" };
    if inner.is_empty() {
        return blank(!text.is_empty()).to_owned();
    }
    let before = blank(text.starts_with(char::is_whitespace));
    let after = blank(text.ends_with(char::is_whitespace));
    format!("{before}{inner}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_entry_is_set_again_in_its_pieces() {
        let entry =
            "Tolland, Maeve. “The Lantern Speaks.” The Lantern, 12 Mar. 2026, https://lantern.example/a.";
        let source = Origin {
            number: 2,
            article: "a".into(),
            title: "The Lantern speaks".into(),
            outlet: "The Lantern".into(),
            family: "lantern.example".into(),
            authors: Vec::new(),
            published: None,
            url: Some("https://lantern.example/a".into()),
            fetched: None,
            paywalled: false,
            hash: String::new(),
            length: 0,
            reference: entry.into(),
        };
        let reference = Reference::sealed(&source);
        let joined: String = reference.parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(joined, entry);
        let italic: Vec<&Part> =
            reference.parts.iter().filter(|part| part.kind == PartKind::Italic).collect();
        assert_eq!(italic.len(), 1);
        assert_eq!(reference.parts[0].text, "Tolland, Maeve. “The Lantern Speaks.” ");
        assert!(reference.parts.iter().any(|part| part.link.as_deref() == Some("https://lantern.example/a")));
        let odd = Origin {
            url: Some("javascript:alert(1)".into()),
            reference: "x javascript:alert(1)".into(),
            ..source
        };
        assert!(Reference::sealed(&odd).parts.iter().all(|part| part.link.is_none()));
    }
}
