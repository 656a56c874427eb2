//! Input for the benchmarks, made from the gold data: the same file goes to nutgraf and to its peer.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::{Value, json};

use crate::receipts::rows;

/// How many articles the big story has.
const STORY: usize = 50;

/// A file and how many records it holds.
type Made = (PathBuf, usize);

/// All gold pages.
pub(crate) fn pages(data: &Path, scratch: &Path) -> Result<Made> {
    let mut made = Vec::new();
    for (file, path) in [("pages/body.jsonl", "html"), ("publishers/gold.jsonl", "file")] {
        for row in rows(&data.join(file))? {
            made.push(json!({"id": row["id"], "url": row["url"], "file": row[path]}));
        }
    }
    write(scratch, "pages.jsonl", &made)
}

/// All gold articles with their whole texts, each once.
pub(crate) fn articles(data: &Path, scratch: &Path) -> Result<Made> {
    let mut made = Vec::new();
    for file in ["stories/articles.jsonl", "stories/keyfacts.jsonl", "stories/lookalikes.jsonl"] {
        for row in rows(&data.join(file))? {
            let sentences = row["sentences"].as_array().map_or(&[][..], Vec::as_slice);
            let sentences: Vec<&str> = sentences.iter().filter_map(Value::as_str).collect();
            let (title, text) = match sentences.split_first() {
                Some((title, rest)) => (json!(title), json!(rest.join(" "))),
                None => (row["title"].clone(), row["text"].clone()),
            };
            let date = row["date"].as_str().unwrap_or_default();
            let domain = row["domain"].as_str().or(row["publisher"].as_str()).unwrap_or_default();
            made.push(json!({"id": row["id"], "domain": domain, "date": date, "title": title, "text": text}));
        }
    }
    write(scratch, "articles.jsonl", &made)
}

/// Thousands of headlines, each an article of one line.
pub(crate) fn headlines(data: &Path, scratch: &Path) -> Result<Made> {
    let read = rows(&data.join("outlets/headlines_2026.jsonl"))?;
    let row = |(number, row): (usize, &Value)| {
        let id = format!("h{number}");
        json!({"id": id, "domain": row["outlet"], "date": row["date"], "title": row["headline"], "text": row["headline"]})
    };
    write(scratch, "headlines.jsonl", &read.iter().enumerate().map(row).collect::<Vec<_>>())
}

/// Fifty different real articles under one story's name, those of the largest events first. Copies of fewer
/// would be known as copies and save the work.
pub(crate) fn story(data: &Path, scratch: &Path) -> Result<Made> {
    let mut events: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for row in rows(&data.join("stories/articles.jsonl"))? {
        events.entry(row["event"].to_string()).or_default().push(row);
    }
    let mut events: Vec<Vec<Value>> = events.into_values().collect();
    events.sort_by_key(|rows| std::cmp::Reverse(rows.len()));
    let mut made: Vec<Value> = events.into_iter().flatten().take(STORY).collect();
    made.iter_mut().for_each(|row| row["story"] = json!("bench"));
    write(scratch, "story.jsonl", &made)
}

fn write(scratch: &Path, name: &str, rows: &[Value]) -> Result<Made> {
    let path = scratch.join(name);
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    std::fs::write(&path, lines.join("\n") + "\n")?;
    Ok((path, rows.len()))
}
