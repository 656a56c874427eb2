//! A filled archive: invented reports, the digests that nutgraf writes of them, and the snapshot that holds both.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::invent::{Event, OUTLETS, outlet};
use crate::process;

/// How many reports of each story go through the desk.
pub(super) const TOLD: usize = 6;

/// How many stories are written by one run of the program.
const CHUNK: usize = 1000;

const DAY: i64 = 86_400_000;

/// What is to be filled, and where.
pub(super) struct Archive<'a> {
    pub(super) stories: usize,
    pub(super) articles: usize,
    pub(super) program: &'a Path,
    pub(super) scratch: &'a Path,
}

/// The id of story number so and so.
pub(super) fn id(number: usize) -> String {
    format!("s{number:012x}")
}

impl Archive<'_> {
    /// The folder of the newsroom's data, filled if it is not yet.
    pub(super) fn filled(&self) -> Result<PathBuf> {
        let data = super::data(self.scratch);
        if data.join("complete").is_file() {
            return Ok(data);
        }
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        fs::create_dir_all(&data)?;
        let receipts = self.receipts()?;
        let snapshot = self.scratch.join("snapshot.jsonl");
        self.snapshot(&receipts, &snapshot)?;
        let mut command = Command::new(self.program);
        command.arg("import").arg("--data").arg(&data).stdin(File::open(&snapshot)?);
        let done = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?.wait_with_output()?;
        ensure!(done.status.success(), "the import failed:\n{}", String::from_utf8_lossy(&done.stderr));
        fs::remove_file(&snapshot)?;
        fs::write(data.join("complete"), "")?;
        Ok(data)
    }

    /// A folder with the receipt of each story.
    fn receipts(&self) -> Result<PathBuf> {
        let folder = self.scratch.join("receipts");
        fs::create_dir_all(&folder)?;
        for first in (0..self.stories).step_by(CHUNK) {
            let past = (first + CHUNK).min(self.stories);
            let file = self.scratch.join("articles.jsonl");
            let mut out = BufWriter::new(File::create(&file)?);
            for number in first..past {
                let event = Event::new(number);
                for at in 0..TOLD {
                    let mut record = event.report(at);
                    record["story"] = id(number).into();
                    writeln!(out, "{record}")?;
                }
            }
            out.flush()?;
            let mut command = Command::new(self.program);
            command.args(["digest", "--all", "--story-field", "story", "--format", "receipt", "--out"]);
            process::output(command.arg(&folder).arg(&file))?;
        }
        Ok(folder)
    }

    fn snapshot(&self, receipts: &Path, file: &Path) -> Result<()> {
        let mut out = BufWriter::new(File::create(file)?);
        let mut line = |value: Value| writeln!(out, "{value}");
        line(json!({"format": "nutgraf snapshot", "version": 1, "schema": 1, "public": false}))?;
        for number in 0..OUTLETS {
            let (domain, name) = outlet(number);
            line(json!({"table": "outlets", "id": number + 1, "domain": domain, "name": name, "family": "",
                "country": "", "paywalled": 0, "state": "active", "added": 0}))?;
        }
        let each = self.articles / self.stories;
        let (mut stories, mut members, mut digests) = (Vec::new(), Vec::new(), Vec::new());
        for number in 0..self.stories {
            let event = Event::new(number);
            for at in 0..each {
                let key = (number * each + at + 1) as i64;
                for row in article(&event, number, at, key) {
                    line(row)?;
                }
                members.push(json!({"table": "members", "story": id(number), "article": event.report_id(at),
                    "family": event.domain(at), "copy_of": null, "background": 0, "likeness": 0.5}));
            }
            let path = receipts.join(format!("{}.json", id(number)));
            let receipt = fs::read_to_string(&path).ok();
            let (story, digest) = story(&event, number, each, receipt)?;
            stories.push(story);
            digests.extend(digest);
        }
        let written = digests.len();
        for row in stories.into_iter().chain(members).chain(digests) {
            line(row)?;
        }
        out.flush()?;
        ensure!(written == self.stories, "{written} of {} stories have a digest", self.stories);
        Ok(())
    }
}

/// The rows of one article: its text, itself, its revision.
fn article(event: &Event, number: usize, at: usize, key: i64) -> [Value; 3] {
    let report = event.report(at);
    let text_of = |field: &str| report[field].as_str().unwrap_or_default().to_owned();
    let (title, body) = (text_of("title"), text_of("text"));
    let mut blocks = vec![json!([0, title.len(), "headline"])];
    let mut text = title.clone();
    for part in body.split("\n\n") {
        text.push_str("\n\n");
        let start = text.len();
        text.push_str(part);
        blocks.push(json!([start, text.len(), "paragraph"]));
    }
    let hash: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let (domain, time) = (event.domain(at), event.day * DAY + (6 + at as i64 % 16) * 3_600_000);
    let (day, clock) =
        text_of("date").split_once('T').map(|(d, c)| (d.to_owned(), c.to_owned())).unwrap_or_default();
    let record = json!({"url": report["url"], "domain": domain, "outlet": report["outlet"], "title": title,
        "published": {"day": day, "time": clock.trim_end_matches('Z'), "offset": 0}, "lang": "en", "kind": "news",
        "paywalled": false, "reserved": false, "blocks": blocks});
    [
        json!({"table": "texts", "hash": hash, "length": text.len(), "body": text}),
        json!({"table": "articles", "number": key, "id": report["id"], "address": report["url"], "domain": domain,
            "outlet": report["outlet"], "title": title, "published": time, "paywalled": 0, "revision": 1,
            "story": id(number), "likeness": 0.5, "withdrawn": 0, "grouped": 1, "added": time}),
        json!({"table": "revisions", "article": key, "number": 1, "hash": hash, "title": title,
            "record": record.to_string(), "at": time}),
    ]
}

/// The rows of one story and its digest.
fn story(
    event: &Event,
    number: usize,
    each: usize,
    receipt: Option<String>,
) -> Result<(Value, Option<Value>)> {
    let time = event.day * DAY + 20 * 3_600_000 + (number as i64 % 3000) * 1000;
    let mut row = json!({"table": "stories", "number": number + 1, "id": id(number), "headline": "", "lead": "",
        "section": event.section, "created": time, "touched": time, "written": time, "published": null,
        "updated": null, "version": null, "articles": each, "families": each, "words": 0, "held": 0, "reason": "",
        "comments": 0});
    let Some(receipt) = receipt else { return Ok((row, None)) };
    let parsed: Value = serde_json::from_str(&receipt).context("a receipt is JSON")?;
    let lead: Vec<&str> = parsed["paragraphs"][0]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|line| line["text"].as_str())
        .collect();
    let domains: Vec<String> = parsed["sources"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|source| source["url"].as_str()?.split('/').nth(2).map(str::to_owned))
        .collect();
    let (headline, lead) = (parsed["headline"]["text"].clone(), lead.join(" "));
    let words = receipt.split_whitespace().count() / 8;
    row["headline"] = headline.clone();
    row["lead"] = lead.clone().into();
    for (field, value) in [("published", time), ("updated", time), ("version", 1), ("words", words as i64)] {
        row[field] = value.into();
    }
    let digest = json!({"table": "digests", "story": id(number), "version": 1, "state": "published",
        "input": format!("i{number}"), "seal": parsed["seal"], "headline": headline, "lead": lead, "words": words,
        "sentences": 8, "families": domains.len(), "domains": domains.join(" "), "refused": 0, "change": "",
        "correction": "", "reason": "", "created": time, "published": time, "receipt": receipt});
    Ok((row, Some(digest)))
}
