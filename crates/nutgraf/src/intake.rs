//! SOURCEs → articles: brings documents in, tells what each is, reads it, and keeps count of what was refused.

mod items;
mod summary;

use std::collections::BTreeSet;

use anyhow::Result;
use desk::article::Article;
use desk::families::Families;
use desk::read::apart::{self, apart};
use desk::read::{feed, mail, page, record};
use fetch::{Client, Document};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde_json::Value;

use crate::cli::Limits;

pub(crate) use items::carried;
pub(crate) use summary::Summary;

/// How many documents are held in memory before they are read.
const CHUNK: usize = 64;

/// The code of a file in a folder that is no page, feed, record file, mail or archive.
pub(crate) const OTHER_KIND: &str = "unrecognised";

/// Everything that came in.
#[derive(Default)]
pub(crate) struct Intake {
    /// The articles, each once, in the order of the sources.
    pub(crate) articles: Vec<Article>,
    /// For articles that came as records: the record, by the article's place.
    pub(crate) records: Vec<Option<Value>>,
    /// What was read and refused.
    pub(crate) summary: Summary,
}

/// One article, and the record it came as.
type Found = (Article, Option<Value>);

/// What one document gave.
enum Reading {
    Articles(Vec<Found>, Vec<String>),
    Feed(Box<feed::Feed>),
    Refused(String),
}

/// Reads every source. A source that can't be opened is said on standard error and counted; where none can,
/// that is an error.
pub(crate) fn read(sources: &[String], limits: &Limits, families: &Families) -> Result<Intake> {
    let mut reader = Reader {
        intake: Intake::default(),
        seen: BTreeSet::new(),
        waiting: Vec::new(),
        feeds: Vec::new(),
        families,
        limits,
        client: None,
        bar: bar(),
    };
    let mut failures = Vec::new();
    for source in sources {
        let mut refusals = Vec::new();
        let mut stdin = std::io::stdin().lock();
        let mut each = |document: Result<Document, fetch::Refusal>| match document {
            Ok(document) => reader.take(document),
            Err(refusal) => refusals.push(refusal),
        };
        let done = fetch::documents(source, &limits.for_fetching(), &mut stdin, &mut each);
        reader.flush();
        for (document, feed) in std::mem::take(&mut reader.feeds) {
            reader.feed(&document, feed);
        }
        let is_folder = std::path::Path::new(source).is_dir();
        for refusal in refusals {
            if is_folder && refusal.code == OTHER_KIND {
                reader.intake.summary.passed_over += 1;
            } else {
                reader.intake.summary.refuse(&refusal.name, &refusal.reason);
            }
        }
        if let Err(error) = done {
            failures.push(error.to_string());
        }
    }
    reader.bar.finish_and_clear();
    let intake = reader.intake;
    if intake.articles.is_empty() && failures.len() == sources.len() {
        anyhow::bail!(failures.join("\n"));
    }
    failures.iter().for_each(|failure| eprintln!("nutgraf: {failure}"));
    Ok(intake)
}

struct Reader<'r> {
    intake: Intake,
    seen: BTreeSet<String>,
    waiting: Vec<Document>,
    /// Feeds wait for the pages of their source, which may be their items.
    feeds: Vec<(Document, feed::Feed)>,
    families: &'r Families,
    limits: &'r Limits,
    client: Option<Client>,
    bar: ProgressBar,
}

impl Reader<'_> {
    fn take(&mut self, document: Document) {
        self.waiting.push(document);
        if self.waiting.len() >= CHUNK {
            self.flush();
        }
    }

    /// Reads what waits, on all cores, and takes it in in order.
    fn flush(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let families = self.families;
        let read: Vec<Reading> = waiting.par_iter().map(|document| reading(document, families)).collect();
        for (document, reading) in waiting.into_iter().zip(read) {
            self.bar.inc(1);
            self.intake.summary.documents += 1;
            match reading {
                Reading::Articles(found, refused) => {
                    found.into_iter().for_each(|(article, record)| self.add(article, record));
                    refused.iter().for_each(|reason| self.intake.summary.refuse(&document.name, reason));
                }
                Reading::Feed(feed) => self.feeds.push((document, *feed)),
                Reading::Refused(reason) => self.intake.summary.refuse(&document.name, &reason),
            }
        }
    }

    /// Takes an article in unless its address, id or text came before.
    fn add(&mut self, mut article: Article, record: Option<Value>) {
        let address = article.url.as_deref().map(|url| format!("url {}", apart::key(url)));
        let text = format!("text {} {}", article.outlet, article.hash());
        if address.as_ref().is_some_and(|address| self.seen.contains(address)) || self.seen.contains(&text) {
            self.intake.summary.repeated += 1;
            return;
        }
        if self.seen.contains(&format!("id {}", article.id)) {
            article.id = format!("{}-{}", article.id, &article.hash()[..8]);
        }
        self.seen.extend(address.into_iter().chain([text, format!("id {}", article.id)]));
        self.intake.articles.push(article);
        self.intake.records.push(record);
    }
}

fn reading(document: &Document, families: &Families) -> Reading {
    let bytes = &document.bytes;
    let start = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf));
    if matches!(start, Some(b'{' | b'[')) && !feed::looks_like_feed(bytes) {
        return records(document, families);
    }
    if feed::looks_like_feed(bytes) {
        let base = document.url.as_deref().unwrap_or("");
        return match feed::parse(bytes, base) {
            Ok(feed) => Reading::Feed(Box::new(feed)),
            Err(refused) => {
                Reading::Refused(format!("{refused}. Give the address or file of an RSS, Atom or JSON feed"))
            }
        };
    }
    if mail::looks_like_mail(bytes) {
        return letters(document, families);
    }
    let (page, _) = page::read_sent(bytes, document.url.as_deref(), document.content_type.as_deref());
    match record::from_page(page, document.url.as_deref(), None, families) {
        Some(mut article) => {
            article.fetched.clone_from(&document.fetched);
            article.reserved |= document.reserved;
            let items = apart(article).into_iter().map(|article| (article, None));
            Reading::Articles(items.collect(), Vec::new())
        }
        None => Reading::Refused("no article was found on the page. Give the address of an article, not of a front page or a video".into()),
    }
}

/// The articles of a mail.
fn letters(document: &Document, families: &Families) -> Reading {
    let (mut articles, notes) = mail::read(&document.bytes, families);
    if articles.is_empty() {
        return Reading::Refused(format!("{}. Give a newsletter, or the page itself", notes.join("; ")));
    }
    for article in &mut articles {
        article.fetched.clone_from(&document.fetched);
        article.reserved |= document.reserved;
    }
    let items = articles.into_iter().flat_map(apart).map(|article| (article, None));
    Reading::Articles(items.collect(), Vec::new())
}

/// JSON Lines of articles, or one JSON array of them.
fn records(document: &Document, families: &Families) -> Reading {
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    let mut take = |place: String, row: Result<Value, serde_json::Error>| match row {
        Ok(row) => match record::article(&row, families) {
            Some(article) => found.push((article, Some(row))),
            None => refused.push(format!("{place}: the record has no text, paragraphs or sentences")),
        },
        Err(error) => refused.push(format!("{place}: not JSON ({error})")),
    };
    if let Ok(Value::Array(rows)) = serde_json::from_slice::<Value>(&document.bytes) {
        rows.into_iter().enumerate().for_each(|(at, row)| take(format!("record {}", at + 1), Ok(row)));
    } else {
        let lines = document.bytes.split(|&byte| byte == b'\n').enumerate();
        let filled = lines.filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace));
        filled.for_each(|(at, line)| take(format!("line {}", at + 1), serde_json::from_slice(line)));
    }
    if found.is_empty() && refused.len() > 3 {
        let first = refused[0].clone();
        return Reading::Refused(format!(
            "none of its {} lines is an article ({first}). Give one JSON object a line with id, url, date, title and text",
            refused.len()
        ));
    }
    Reading::Articles(found, refused)
}

/// A progress bar on a terminal, nothing in a pipe.
fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("reading {pos} documents {spinner} {elapsed}");
    let bar = ProgressBar::no_length();
    bar.with_style(style.expect("the template is fixed"))
}
