//! What is promised of digests and receipts, on every story of the gold articles: a digest for every event
//! that several outlets report, no sentence without a mark, receipts that hold, that fail on any changed byte,
//! and the same bytes in every run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::places::Places;
use crate::process;

/// The gold file that the digests are made from.
pub(crate) const FILE: &str = "stories/articles.jsonl";
/// How many bytes of each receipt are changed, one at a time.
const FLIPS: usize = 5;
/// How many sentences a digest should have.
const SENTENCES: usize = 8;

/// Writes the digests and receipts and counts what holds; every figure is a share.
pub(crate) fn measure(places: &Places, program: &PathBuf) -> Result<Value> {
    let scratch = places.scratch("receipts")?;
    let input = places.data.join(FILE);
    let digest = |arguments: &[&str]| {
        let mut command = Command::new(program);
        command.arg("digest").arg(&input).arg("--all").args(arguments);
        command
    };
    let digests = scratch.join("digests.jsonl");
    process::into_file(&mut digest(&["--format", "json"]), &digests)?;
    let digests = rows(&digests)?;
    let folders = [scratch.join("first"), scratch.join("second")];
    for (folder, threads) in folders.iter().zip(["2", "1"]) {
        // What an earlier run left would count as written by this one.
        std::fs::remove_dir_all(folder).or_else(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        })?;
        process::output(digest(&["--format", "receipt", "--threads", threads, "--out"]).arg(folder))?;
    }
    let [first, second] = [read(&folders[0])?, read(&folders[1])?];
    let mut figures = coverage(&rows(&input)?, &digests);
    for (name, value) in sentences(&digests).into_iter().chain(checks(program, &scratch, &first)?) {
        figures[name] = value;
    }
    figures["same_bytes"] = json!(share(usize::from(first == second), 1));
    println!("receipt    {figures}");
    Ok(figures)
}

/// Which gold events with two or more outlets got a digest: one whose cited articles are mostly the event's.
fn coverage(articles: &[Value], digests: &[Value]) -> Value {
    let text = |row: &Value, key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (mut event_of, mut outlets) = (BTreeMap::new(), BTreeMap::<String, BTreeSet<String>>::new());
    for row in articles {
        let domain = text(row, "domain");
        let outlet = domain.strip_prefix("www.").unwrap_or(&domain).to_owned();
        outlets.entry(text(row, "event")).or_default().insert(outlet);
        event_of.insert(text(row, "id"), text(row, "event"));
    }
    let mut written = BTreeSet::new();
    for digest in digests {
        let mut votes = BTreeMap::<&String, usize>::new();
        for reference in list(digest, "references") {
            if let Some(event) = event_of.get(&text(reference, "article")) {
                *votes.entry(event).or_default() += 1;
            }
        }
        written.extend(votes.into_iter().max_by_key(|&(_, count)| count).map(|(event, _)| event.clone()));
    }
    let wanted: Vec<&String> = outlets.iter().filter(|(_, names)| names.len() >= 2).map(|(e, _)| e).collect();
    let got = wanted.iter().filter(|event| written.contains(**event)).count();
    for event in wanted.iter().filter(|event| !written.contains(**event)) {
        println!("receipt    no digest for the event {event}");
    }
    json!({"events": wanted.len(), "digests": digests.len(), "events_with_digest": share(got, wanted.len())})
}

/// How many sentences carry a mark, and how many digests are long enough.
fn sentences(digests: &[Value]) -> Vec<(&'static str, Value)> {
    let sentences: Vec<&Value> = digests.iter().flat_map(|digest| list(digest, "sentences")).collect();
    let cited = sentences.iter().filter(|sentence| !list(sentence, "citations").is_empty()).count();
    let long = digests.iter().filter(|digest| list(digest, "sentences").len() >= SENTENCES).count();
    vec![
        ("sentences", json!(sentences.len())),
        ("sentences_cited", json!(share(cited, sentences.len()))),
        ("eight_sentences", json!(share(long, digests.len()))),
    ]
}

/// Whether each receipt holds as it is, and none with a changed byte.
fn checks(program: &Path, scratch: &Path, receipts: &Receipts) -> Result<Vec<(&'static str, Value)>> {
    let (mut hold, mut flips, mut refused) = (0, 0, 0);
    let file = scratch.join("changed.json");
    let ends = |bytes: &[u8]| -> Result<Option<i32>> {
        std::fs::write(&file, bytes)?;
        process::status(Command::new(program).arg("receipt").arg(&file))
    };
    for (name, bytes) in receipts {
        match ends(bytes)? {
            Some(0) => hold += 1,
            code => println!("receipt    {name} does not hold: status {code:?}"),
        }
        for turn in 0..FLIPS.min(bytes.len()) {
            let at = (bytes.len() - 1) * (2 * turn + 1) / (2 * FLIPS);
            let mut changed = bytes.clone();
            // A letter's case and its neighbour in the alphabet, in turn.
            changed[at] ^= if turn % 2 == 0 { 0x01 } else { 0x20 };
            flips += 1;
            match ends(&changed)? {
                Some(1) => refused += 1,
                code => println!("receipt    {name} with byte {at} changed: status {code:?}"),
            }
        }
    }
    Ok(vec![
        ("receipts", json!(receipts.len())),
        ("receipts_hold", json!(share(hold, receipts.len()))),
        ("flips", json!(flips)),
        ("flips_refused", json!(share(refused, flips))),
    ])
}

/// The receipts of one run: bytes by file name.
type Receipts = BTreeMap<String, Vec<u8>>;

fn read(folder: &Path) -> Result<Receipts> {
    let mut receipts = Receipts::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        receipts.insert(entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path())?);
    }
    Ok(receipts)
}

/// The objects of a JSON Lines file.
pub(crate) fn rows(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_counts_when_a_digest_cites_mostly_its_articles() {
        let article =
            |id: &str, event: &str, domain: &str| json!({"id": id, "event": event, "domain": domain});
        let articles = [
            article("a", "flood", "www.one.example"),
            article("b", "flood", "two.example"),
            article("c", "vote", "one.example"),
            article("d", "vote", "www.one.example"),
            article("e", "fire", "one.example"),
            article("f", "fire", "two.example"),
        ];
        let digest = json!({"references": [{"article": "a"}, {"article": "b"}, {"article": "e"}]});
        let figures = coverage(&articles, &[digest]);
        assert_eq!(figures["events"], 2, "the vote has one outlet under two spellings");
        assert_eq!(figures["events_with_digest"], 0.5);
    }
}
