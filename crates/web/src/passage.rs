//! The cards: what a reader sees of the passages behind one sentence.

use std::collections::BTreeMap;

use desk::receipt::{Change as Sealed, Excerpt, Line, Origin};
use desk::stamp::Stamp;
use desk::write::draft::{Edit, EditKind};
use language::Span;
use language::text::CodePoints;

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
    pub(crate) mark: u32,
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

/// The articles that a receipt cites, with their stored texts where those are known.
pub(crate) struct Library<'r> {
    sources: BTreeMap<u32, (&'r Origin, Option<Text<'r>>)>,
}

/// A stored text, and where each of its code points stands.
struct Text<'r> {
    words: &'r str,
    points: CodePoints,
}

impl<'r> Library<'r> {
    /// The sources by number; `texts` are by hash.
    pub(crate) fn new(sources: &'r [Origin], texts: &'r BTreeMap<String, String>) -> Self {
        let rows = sources.iter().map(|source| {
            let text = texts.get(&source.hash).map(|words| Text { words, points: CodePoints::new(words) });
            (source.number, (source, text))
        });
        Self { sources: rows.collect() }
    }

    /// The address that opens a source's page at a passage; without the source's text, the page.
    pub(crate) fn link(&self, passage: &Excerpt) -> Option<String> {
        let (source, text) = self.sources.get(&passage.source)?;
        let address = source.url.as_deref()?;
        let span = text.as_ref().and_then(|text| {
            let (start, end) = (text.points.byte(passage.start)?, text.points.byte(passage.end)?);
            Some((text.words, start, end))
        });
        match span {
            Some((words, start, end)) => link::at_passage(address, words, start, end),
            None => link::web(address),
        }
    }
}

impl Card {
    /// The card of sentence number `id`.
    pub(crate) fn new(library: &Library<'_>, line: &Line, id: usize) -> Self {
        let label = if id == 0 {
            "Passages behind the headline".into()
        } else {
            format!("Passages behind sentence {id}")
        };
        let passages = line.passages.iter().enumerate();
        let passages = passages.filter_map(|(at, passage)| {
            let changes = if at == 0 { changes(&passage.text, &edits(line)) } else { Vec::new() };
            card_passage(library, passage, at == 0, changes)
        });
        Self { id, label, sentence: plain(&line.text), passages: passages.collect() }
    }
}

fn card_passage(
    library: &Library<'_>,
    passage: &Excerpt,
    base: bool,
    changes: Vec<Change>,
) -> Option<CardPassage> {
    let (source, _) = library.sources.get(&passage.source)?;
    let published = source.published.as_deref().and_then(Stamp::parse);
    Some(CardPassage {
        mark: passage.source,
        outlet: plain(&source.outlet),
        title: plain(&source.title),
        day: published.as_ref().map(Day::of),
        paywalled: source.paywalled,
        words: plain(&passage.text),
        link: library.link(passage),
        base,
        changes,
    })
}

/// The edits of a line in bytes of its base passage. One of an unknown kind or outside the passage is passed over.
fn edits(line: &Line) -> Vec<Edit> {
    let points = CodePoints::new(line.passages.first().map_or("", |base| base.text.as_str()));
    let edit = |sealed: &Sealed| {
        let kind = EditKind::ALL.into_iter().find(|kind| kind.name() == sealed.kind)?;
        let (start, end) = (points.byte(sealed.start)?, points.byte(sealed.end)?);
        (start <= end).then(|| Edit { kind, span: Span::new(start, end), text: sealed.text.clone() })
    };
    line.edits.iter().filter_map(edit).collect()
}
