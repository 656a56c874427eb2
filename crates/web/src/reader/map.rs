//! The site's addresses for search engines, with what news search wants to know of the newest.

use askama::Template;
use axum::extract::{Path, State};
use store::{Millis, Story, StoryFilter};

use crate::day;
use crate::digest::{language, rendered};
use crate::link;
use crate::plain::plain;
use crate::server::answer::Answer;
use crate::server::{Fault, Site};

/// How many stories one file lists.
const FILE: i64 = 5000;
/// News search takes what is at most two days old.
const NEWS: Millis = 2 * 86_400_000;

#[derive(Template)]
#[template(path = "reader/sitemap.xml", escape = "html")]
struct Map {
    pages: Vec<String>,
    name: String,
    lang: String,
    rows: Vec<Row>,
}

struct Row {
    address: String,
    changed: String,
    /// When it was published, and its headline, where it is news.
    news: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "reader/sitemaps.xml", escape = "html")]
struct Index {
    files: Vec<String>,
}

/// All addresses, or where they are when there are many.
pub(super) async fn first(State(site): State<Site>) -> Result<Answer, Fault> {
    let total = site.store.count_stories(&filter(0)).await?;
    if total <= FILE {
        return file(&site, 1).await;
    }
    let base = &site.settings.base;
    let files = (1..=(total + FILE - 1) / FILE).map(|number| format!("{base}/sitemap/{number}.xml"));
    Ok(Answer::new("application/xml; charset=utf-8", rendered(&Index { files: files.collect() })))
}

/// One file of many.
pub(super) async fn page(State(site): State<Site>, Path(name): Path<String>) -> Result<Answer, Fault> {
    let number = name
        .strip_suffix(".xml")
        .and_then(|number| number.parse().ok())
        .filter(|number| (1..=1000).contains(number));
    file(&site, number.ok_or(Fault::Missing)?).await
}

fn filter(offset: i64) -> StoryFilter {
    StoryFilter { published: true, offset, limit: FILE, ..StoryFilter::default() }
}

async fn file(site: &Site, number: i64) -> Result<Answer, Fault> {
    let stories = site.store.stories(&filter((number - 1) * FILE)).await?;
    if stories.is_empty() && number > 1 {
        return Err(Fault::Missing);
    }
    let base = &site.settings.base;
    let mut pages = Vec::new();
    if number == 1 {
        let fixed = ["/", "/archive", "/outlets", "/how", "/corrections", "/about"].map(str::to_owned);
        let sections = site.store.sections().await?.into_iter().filter(|(name, _)| !name.is_empty());
        let sections = sections.map(|(name, _)| link::section(&name));
        pages = fixed.into_iter().chain(sections).map(|path| format!("{base}{path}")).collect();
    }
    let now = site.clock.now();
    let map = Map {
        pages,
        name: plain(&site.settings.name),
        lang: language(&site.settings.lang),
        rows: stories.iter().map(|story| row(base, story, now)).collect(),
    };
    let changed = stories.iter().filter_map(|story| story.updated).max();
    Ok(Answer::new("application/xml; charset=utf-8", rendered(&map)).modified(changed))
}

fn row(base: &str, story: &Story, now: Millis) -> Row {
    let published = story.published.unwrap_or(story.touched);
    let news = now - published <= NEWS;
    Row {
        address: format!("{base}{}", link::story(&story.id)),
        changed: day::stamp(story.updated.unwrap_or(published)),
        news: news.then(|| (day::stamp(published), plain(&story.headline))),
    }
}
