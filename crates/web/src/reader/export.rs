//! Files to take away: a digest's receipt, text and Markdown; the feeds that the newsroom reads.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use desk::receipt::Receipt;
use store::{DigestRow, Outlet, State as Use};

use super::story::{known, receipt as parsed};
use crate::digest::rendered;
use crate::link;
use crate::plain::{plain, visible};
use crate::server::answer::Answer;
use crate::server::{Fault, Site};

#[derive(Template)]
#[template(path = "reader/digest.md", escape = "none")]
struct Markdown {
    headline: String,
    paragraphs: Vec<String>,
    references: Vec<(u32, String)>,
}

#[derive(Template)]
#[template(path = "reader/outlets.opml", escape = "html")]
struct List {
    name: String,
    groups: Vec<(String, Vec<Entry>)>,
}

struct Entry {
    title: String,
    address: String,
    page: String,
}

/// The receipt in its canonical bytes.
pub(super) async fn receipt(State(site): State<Site>, Path(id): Path<String>) -> Result<Answer, Fault> {
    let digest = published(&site, &id).await?;
    Ok(Answer::new("application/json", digest.receipt).modified(digest.row.published))
}

/// The digest as plain text.
pub(super) async fn text(State(site): State<Site>, Path(id): Path<String>) -> Result<Answer, Fault> {
    let digest = published(&site, &id).await?;
    let text = parsed(&digest)?.text;
    Ok(Answer::new("text/plain; charset=utf-8", visible(&text)).modified(digest.row.published))
}

/// The digest as Markdown with footnotes.
pub(super) async fn markdown(State(site): State<Site>, Path(id): Path<String>) -> Result<Answer, Fault> {
    let digest = published(&site, &id).await?;
    let text = markdown_of(&parsed(&digest)?);
    Ok(Answer::new("text/markdown; charset=utf-8", text).modified(digest.row.published))
}

async fn published(site: &Site, id: &str) -> Result<DigestRow, Fault> {
    known(site, id).await?;
    site.store.published(id).await?.ok_or(Fault::Missing)
}

fn markdown_of(receipt: &Receipt) -> String {
    let paragraph = |lines: &Vec<desk::receipt::Line>| {
        let marked = lines.iter().map(|line| {
            let marks: String = line.marks.iter().map(|mark| format!("[^{mark}]")).collect();
            format!("{}{marks}", escaped(&line.text))
        });
        marked.collect::<Vec<_>>().join(" ")
    };
    rendered(&Markdown {
        headline: escaped(&receipt.headline.text),
        paragraphs: receipt.paragraphs.iter().map(paragraph).collect(),
        references: receipt
            .sources
            .iter()
            .map(|source| (source.number, escaped(&source.reference)))
            .collect(),
    })
}

/// Characters that Markdown would take as its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The feeds that the newsroom reads, by section, for other readers of feeds.
pub(super) async fn outlets(State(site): State<Site>) -> Result<Answer, Fault> {
    let outlets: BTreeMap<i64, Outlet> = site.store.outlets().await?.into_iter().map(|o| (o.id, o)).collect();
    let mut groups: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for feed in site.store.feeds().await?.into_iter().filter(|feed| feed.state == Use::Active) {
        let Some(address) = link::web(&feed.address) else { continue };
        let outlet = outlets.get(&feed.outlet);
        let title =
            if feed.title.is_empty() { outlet.map_or("", |outlet| &outlet.name) } else { &feed.title };
        let page = outlet.map(|outlet| format!("https://{}/", outlet.domain)).unwrap_or_default();
        let entry = Entry { title: plain(title), address, page: link::web(&page).unwrap_or_default() };
        groups.entry(plain(&feed.section)).or_default().push(entry);
    }
    let list = List { name: plain(&site.settings.name), groups: groups.into_iter().collect() };
    Ok(Answer::new("text/x-opml; charset=utf-8", rendered(&list)))
}
