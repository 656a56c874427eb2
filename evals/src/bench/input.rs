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

/// All feeds in XML of the gold data, in the order of their paths; the peer reads no JSON.
pub(crate) fn feeds(data: &Path, scratch: &Path) -> Result<Made> {
    let mut paths = feed_files(data)?;
    paths.retain(|path| path.ends_with(".xml"));
    let row = |path: &String| json!({"file": path, "path": path, "base": "https://outlet.example/feed"});
    write(scratch, "feeds.jsonl", &paths.iter().map(row).collect::<Vec<_>>())
}

/// The paths of all files among the feeds, from the folder of gold data; also of the lists of answers beside them, which
/// are to be refused in words.
pub(crate) fn feed_files(data: &Path) -> Result<Vec<String>> {
    let mut folders = vec![data.join("feeds")];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(inner) = path.strip_prefix(data) {
                paths.push(inner.to_string_lossy().into_owned());
            }
        }
    }
    paths.sort();
    Ok(paths)
}

/// Twelve invented feeds of five hundred articles with their whole texts, RSS and Atom in turn: about 1 MB each.
pub(crate) fn large_feeds(scratch: &Path) -> Result<Made> {
    let sentence = |number: usize| {
        format!("The council of Vell heard report {number} on the harbour wall, its cost &amp; its end. ")
    };
    let paragraph =
        |number: usize| format!("<p>{}</p>", (0..6).map(|at| sentence(number + at)).collect::<String>());
    let text = |number: usize| (0..4).map(|at| paragraph(number * 10 + at)).collect::<String>();
    let mut made = Vec::new();
    for feed in 0..12 {
        let mut body = String::new();
        for number in 0..500 {
            let (day, link) = (1 + number % 28, format!("https://outlet.example/{feed}/{number}"));
            body += &if feed % 2 == 0 {
                format!(
                    "<item><title>Report {number}</title><link>{link}</link><guid>{link}</guid><category>Vell</category>\
                     <pubDate>{day:02} Mar 2026 07:40:00 +0100</pubDate><description>Rain &amp;amp; wind</description>\
                     <dc:creator>Ada Lund</dc:creator><content:encoded><![CDATA[{}]]></content:encoded></item>\n",
                    text(number)
                )
            } else {
                format!(
                    "<entry><title>Report {number}</title><link href=\"{link}\"/><id>{link}</id><category term=\"Vell\"/>\
                     <updated>2026-03-{day:02}T07:40:00+01:00</updated><author><name>Ada Lund</name></author>\
                     <content type=\"html\">{}</content></entry>\n",
                    text(number).replace('&', "&amp;").replace('<', "&lt;")
                )
            };
        }
        let whole = if feed % 2 == 0 {
            format!(
                "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
                 xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Outlet</title>{body}</channel></rss>"
            )
        } else {
            format!(
                "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Outlet</title>{body}</feed>"
            )
        };
        let name = format!("large-{feed}.xml");
        std::fs::write(scratch.join(&name), whole)?;
        made.push(json!({"file": name, "path": name, "base": "https://outlet.example/feed"}));
    }
    write(scratch, "large-feeds.jsonl", &made)
}

/// All gold articles with their whole texts, each once.
pub(crate) fn articles(data: &Path, scratch: &Path) -> Result<Made> {
    let mut made = Vec::new();
    for file in ["stories/articles.jsonl", "stories/keyfacts.jsonl", "stories/lookalikes.jsonl"] {
        made.extend(rows(&data.join(file))?.iter().map(article));
    }
    write(scratch, "articles.jsonl", &made)
}

/// The articles of one gold file.
pub(crate) fn gold(data: &Path, file: &str, scratch: &Path) -> Result<Made> {
    let made: Vec<Value> = rows(&data.join(file))?.iter().map(article).collect();
    write(scratch, &format!("gold-{}", file.replace('/', "-")), &made)
}

/// A gold article in the form that both sides read, without its answer. One that is given as sentences has no headline: the first
/// is one in half of them, and a sentence of the body in its place would be weighed as one.
fn article(row: &Value) -> Value {
    let sentences = row["sentences"].as_array().map_or(&[][..], Vec::as_slice);
    let sentences: Vec<&str> = sentences.iter().filter_map(Value::as_str).collect();
    let (title, text) = match sentences.is_empty() {
        true => (row["title"].clone(), row["text"].clone()),
        false => (json!(""), json!(sentences.join(" "))),
    };
    let date = row["date"].as_str().unwrap_or_default();
    let domain = row["domain"].as_str().or(row["publisher"].as_str()).unwrap_or_default();
    json!({"id": row["id"], "domain": domain, "date": date, "title": title, "text": text})
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
