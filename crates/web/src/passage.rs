//! The cards: what a reader sees of the passages behind one sentence.

use desk::verify::digest::{Cited, CitedPassage, Digest};

use crate::change::{Change, changes};
use crate::day::Day;
use crate::link;
use crate::plain::plain;

/// The card of one sentence.
pub(crate) struct Card {
    /// The sentence's number on the page; 0 is the headline.
    pub(crate) id: usize,
    /// What a screen reader calls it.
    pub(crate) label: String,
    /// The sentence itself, which a card in print repeats.
    pub(crate) sentence: String,
    /// The base passage first.
    pub(crate) passages: Vec<CardPassage>,
}

/// One passage on a card.
pub(crate) struct CardPassage {
    pub(crate) mark: u64,
    pub(crate) outlet: String,
    pub(crate) title: String,
    pub(crate) day: Option<Day>,
    pub(crate) paywalled: bool,
    pub(crate) words: String,
    /// The address that opens the page at the passage.
    pub(crate) link: Option<String>,
    /// Whether the sentence is made of this passage; the others say the same.
    pub(crate) base: bool,
    /// What was changed on the way from this passage to the sentence.
    pub(crate) changes: Vec<Change>,
}

impl Card {
    /// The card of sentence number `id`, marks counted from `first_mark`.
    pub(crate) fn new(digest: &Digest, cited: &Cited, id: usize, first_mark: u32) -> Self {
        let label = if id == 0 {
            "Passages behind the headline".into()
        } else {
            format!("Passages behind sentence {id}")
        };
        let passages = cited.passages().iter().enumerate();
        let passages = passages.filter_map(|(at, passage)| {
            let changes = if at == 0 { changes(&passage.text, cited.edits()) } else { Vec::new() };
            card_passage(digest, passage, first_mark, at == 0, changes)
        });
        Self { id, label, sentence: plain(cited.text()), passages: passages.collect() }
    }
}

fn card_passage(
    digest: &Digest,
    passage: &CitedPassage,
    first_mark: u32,
    base: bool,
    changes: Vec<Change>,
) -> Option<CardPassage> {
    let source = digest.sources().get(passage.source)?;
    let (start, end) = (passage.span.start, passage.span.end);
    let link = source.url.as_deref().and_then(|url| link::at_passage(url, &source.text, start, end));
    Some(CardPassage {
        mark: printed(passage.source, first_mark),
        outlet: plain(&source.outlet),
        title: plain(&source.title),
        day: source.published.as_ref().map(Day::of),
        paywalled: source.paywalled,
        words: plain(&passage.text),
        link,
        base,
        changes,
    })
}

/// The printed number of a source.
pub(crate) fn printed(source: usize, first_mark: u32) -> u64 {
    source as u64 + u64::from(first_mark)
}
