//! Checks a receipt again, from its bytes alone.

use std::collections::BTreeMap;

use language::Span;
use language::text::CodePoints;
use serde::Deserialize;

use super::{Change, Excerpt, Line, Receipt, VERSION};
use crate::article::{PASSAGE_LIMIT, sha256};
use crate::print;
use crate::write::draft::{Edit, EditKind, replay};

/// One thing that is wrong with a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// A public code: `not-a-receipt`, `version`, `bytes`, `seal`, `text`, `span`, `hash`, `edit`, `replay`,
    /// `mark`, `source`.
    pub code: &'static str,
    /// Where, in words: `sentence 3, passage 2`.
    pub place: String,
    /// What is wrong.
    pub note: String,
}

/// Everything that is wrong with a receipt; empty where it holds.
#[must_use]
pub fn check(bytes: &[u8]) -> Vec<Fault> {
    let fault = |code, note: String| vec![Fault { code, place: "the receipt".into(), note }];
    // The version comes first: another version may have other fields.
    match serde_json::from_slice::<Version>(bytes).map(|read| read.receipt) {
        Ok(VERSION) => {}
        Ok(other) => {
            return fault("version", format!("it is of version {other}, this program checks {VERSION}"));
        }
        Err(error) => return fault("not-a-receipt", format!("it can't be read: {error}")),
    }
    let receipt: Receipt = match serde_json::from_slice(bytes) {
        Ok(receipt) => receipt,
        Err(error) => return fault("not-a-receipt", format!("it can't be read: {error}")),
    };
    if receipt.first_mark > 1 {
        return fault("mark", format!("its first mark is {}; marks begin at 0 or 1", receipt.first_mark));
    }
    let mut faults = Vec::new();
    if receipt.to_json().as_bytes() != bytes {
        faults.extend(fault("bytes", "its bytes are not the canonical form of what it says".into()));
    }
    let unsealed = Receipt { seal: String::new(), ..receipt.clone() };
    if sha256(unsealed.to_json().as_bytes()) != receipt.seal {
        faults.extend(fault("seal", "the seal is not the hash of the rest: something was changed".into()));
    }
    sources(&receipt, &mut faults);
    for (at, line) in receipt.paragraphs.iter().flatten().enumerate() {
        check_line(&receipt, line, &format!("sentence {}", at + 1), &mut faults);
    }
    check_line(&receipt, &receipt.headline, "the headline", &mut faults);
    first_use(&receipt, &mut faults);
    printed(&receipt, &mut faults);
    faults
}

/// The one field that every version has.
#[derive(Deserialize)]
struct Version {
    receipt: u32,
}

fn sources(receipt: &Receipt, faults: &mut Vec<Fault>) {
    for (number, source) in (receipt.first_mark..).zip(&receipt.sources) {
        if source.number != number {
            let note = format!("it has the number {}, its place gives {number}", source.number);
            faults.push(Fault { code: "source", place: format!("source {}", source.number), note });
        }
    }
}

fn check_line(receipt: &Receipt, line: &Line, place: &str, faults: &mut Vec<Fault>) {
    let mut say =
        |code, note: &str| faults.push(Fault { code, place: place.to_owned(), note: note.to_owned() });
    let Some(base) = line.passages.first() else {
        return say("source", "it has no passage");
    };
    for passage in &line.passages {
        if let Some((code, note)) = excerpt_fault(receipt, passage) {
            say(code, note);
        }
    }
    let mut numbers: Vec<u32> = line.passages.iter().map(|passage| passage.source).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers != line.marks {
        say("mark", "its marks are not the numbers of its passages' sources");
    }
    let points = CodePoints::new(&base.text);
    match line.edits.iter().map(|change| edit(change, &points)).collect::<Option<Vec<Edit>>>() {
        None => say("edit", "an edit has a kind or a span that does not exist"),
        Some(edits) if replay(&base.text, &edits).as_deref() != Some(&line.text) => {
            say("replay", "its edits do not lead from its first passage to it");
        }
        Some(_) => {}
    }
}

fn excerpt_fault(receipt: &Receipt, passage: &Excerpt) -> Option<(&'static str, &'static str)> {
    let source = receipt.sources.iter().find(|source| source.number == passage.source);
    let Some(source) = source else { return Some(("source", "a passage names a source that is not listed")) };
    let length = passage.text.chars().count();
    if passage.end.checked_sub(passage.start) != Some(length) || passage.end > source.length {
        return Some(("span", "a passage's span is not as long as its text, or leaves its article"));
    }
    if length > PASSAGE_LIMIT {
        return Some(("span", "a passage is longer than 600 characters"));
    }
    (sha256(passage.text.as_bytes()) != passage.hash)
        .then_some(("hash", "a passage's hash is not that of its text"))
}

fn edit(change: &Change, points: &CodePoints) -> Option<Edit> {
    let kind = EditKind::ALL.into_iter().find(|kind| kind.name() == change.kind)?;
    let span = Span::new(points.byte(change.start)?, points.byte(change.end)?);
    (span.start <= span.end).then(|| Edit { kind, span, text: change.text.clone() })
}

/// Marks are numbered by first use in the running text; only the headline may bring in a source after that.
fn first_use(receipt: &Receipt, faults: &mut Vec<Fault>) {
    let mut seen: BTreeMap<u32, ()> = BTreeMap::new();
    let lines = receipt.paragraphs.iter().flatten().chain([&receipt.headline]);
    for passage in lines.flat_map(|line| &line.passages) {
        let next = receipt.first_mark.saturating_add(u32::try_from(seen.len()).unwrap_or(u32::MAX));
        if seen.insert(passage.source, ()).is_none() && passage.source != next {
            let note = format!("source {} is used before source {next}", passage.source);
            faults.push(Fault { code: "mark", place: "the receipt".into(), note });
            return;
        }
    }
    if seen.len() != receipt.sources.len() {
        let note = "a source is listed that no sentence uses".into();
        faults.push(Fault { code: "source", place: "the receipt".into(), note });
    }
}

fn printed(receipt: &Receipt, faults: &mut Vec<Fault>) {
    let lines = receipt.paragraphs.iter();
    let body: Vec<Vec<(&str, Vec<u32>)>> =
        lines.map(|p| p.iter().map(|line| (line.text.as_str(), line.marks.clone())).collect()).collect();
    let references: Vec<String> = receipt.sources.iter().map(|source| source.reference.clone()).collect();
    if print::compose(&receipt.headline.text, &body, receipt.first_mark, &references) != receipt.text {
        let note = "the printed text is not what its parts make".into();
        faults.push(Fault { code: "text", place: "the receipt".into(), note });
    }
}
