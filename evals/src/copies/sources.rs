//! The real reports that copies are made of: English, of at least eighty words.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::change::Report;
use crate::receipts::rows;

/// Words of a report that is worth copying.
const LEAST: usize = 80;

/// The reports of all gold sets, in the order of the files.
pub(super) fn reports(data: &Path) -> Result<Vec<Report>> {
    let mut all = Vec::new();
    for (file, parting) in [("stories/articles.jsonl", "\n"), ("language/quotes.jsonl", "\n\n")] {
        all.extend(rows(&data.join(file))?.iter().map(|row| report(row, parting)));
    }
    all.extend(news(&data.join("grammar/gum"))?);
    all.retain(|report| report.words() >= LEAST && is_english(report));
    Ok(all)
}

/// Reports of events that look like others, of every other topic; of the topics between them one report an event, which
/// one by the seed: those are nobody's copies.
pub(super) fn lookalikes(data: &Path, seed: u64) -> Result<(Vec<Report>, Vec<Report>)> {
    let (mut all, mut alone) = (Vec::new(), BTreeMap::<String, Vec<Report>>::new());
    for row in rows(&data.join("stories/lookalikes.jsonl"))? {
        let report = report(&row, "\n");
        let topic = row.get("topic").and_then(Value::as_u64).unwrap_or_default();
        if report.words() < LEAST {
            continue;
        }
        match topic % 2 {
            0 => all.push(report),
            _ => alone.entry(row["event"].to_string()).or_default().push(report),
        }
    }
    let one = |mut reports: Vec<Report>| reports.swap_remove(seed as usize % reports.len());
    Ok((all, alone.into_values().map(one).collect()))
}

fn report(row: &Value, parting: &str) -> Report {
    let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let sentences = row.get("sentences").and_then(Value::as_array).into_iter().flatten();
    let sentences = sentences.filter_map(Value::as_str).map(str::to_owned);
    let body = text("text");
    let paragraphs = body.split(parting).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned);
    let paragraphs = paragraphs.chain(sentences).collect();
    Report { id: text("id"), title: text("title"), paragraphs }
}

/// The news of the treebank, put together from its sentences.
fn news(folder: &Path) -> Result<Vec<Report>> {
    let files =
        std::fs::read_dir(folder).with_context(|| format!("{}: can't be listed", folder.display()))?;
    let mut paths = files.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if !name.contains("_news_") {
            continue;
        }
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let mut report = Report { id: name, ..Report::default() };
        for line in text.lines() {
            if line.starts_with("# newpar") || report.paragraphs.is_empty() {
                report.paragraphs.push(String::new());
            }
            if let (Some(sentence), Some(last)) =
                (line.strip_prefix("# text = "), report.paragraphs.last_mut())
            {
                last.push_str(sentence);
                last.push(' ');
            }
        }
        report.paragraphs.retain(|paragraph| !paragraph.is_empty());
        all.push(report);
    }
    Ok(all)
}

/// Whether one word in twenty is an English article or “of”, “to”, “and”.
fn is_english(report: &Report) -> bool {
    let words = report.paragraphs.iter().flat_map(|paragraph| paragraph.split_whitespace());
    let common = words.filter(|word| ["the", "a", "of", "to", "and", "in"].contains(word)).count();
    common * 20 >= report.words()
}
