//! A section's stories, the newest first, page by page.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use store::StoryFilter;

use super::hide::Hidden;
use super::item::Item;
use crate::link;
use crate::plain::plain;
use crate::server::answer::Answer;
use crate::server::frame::{Frame, Link};
use crate::server::{Fault, Site};

/// How many stories stand on a page.
pub(super) const PAGE: i64 = 30;
/// The last page that is shown.
pub(super) const LAST: i64 = 333;

#[derive(Template)]
#[template(path = "reader/list.html")]
struct Page {
    frame: Frame,
    heading: String,
    total: i64,
    items: Vec<Item>,
    pager: Pager,
    why: String,
    feed: String,
}

/// The pages before and after.
#[derive(Default)]
pub(super) struct Pager {
    pub(super) previous: Option<Link>,
    pub(super) next: Option<Link>,
    pub(super) words: String,
}

/// Which page is asked for.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    page: String,
}

impl Pager {
    /// The pages around `page` of `total` things; `address` gets the number behind it.
    pub(super) fn new(page: i64, total: i64, address: &str) -> Self {
        let pages = ((total + PAGE - 1) / PAGE).clamp(1, LAST);
        let to = |number: i64, name: &str| Link::new(name, format!("{address}page={number}"));
        Self {
            previous: (page > 1).then(|| to(page - 1, "Newer")),
            next: (page < pages).then(|| to(page + 1, "Older")),
            words: if pages > 1 { format!("Page {page} of {pages}") } else { String::new() },
        }
    }
}

/// The number of a page as asked for; the first where it is none.
pub(super) fn number(asked: &str) -> i64 {
    asked.parse().unwrap_or(1).clamp(1, LAST)
}

/// A section's stories.
pub(super) async fn section(
    State(site): State<Site>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Answer, Fault> {
    let page = number(&asked.page);
    let filter = StoryFilter {
        section: Some(name.clone()),
        published: true,
        offset: (page - 1) * PAGE,
        limit: PAGE,
        ..StoryFilter::default()
    };
    let total = site.store.count_stories(&filter).await?;
    if total == 0 && !site.settings.sections.contains(&name) {
        return Err(Fault::Missing);
    }
    let hidden = Hidden::of(&headers);
    let found = site.store.stories(&filter).await?;
    let (before, changed) = (found.len(), found.iter().filter_map(|story| story.updated).max());
    let stories = hidden.left(&site, found).await?;
    let why = match (total, before > stories.len()) {
        (0, _) => {
            "No story of this section has been published yet. A digest is written when enough independent publishers report one event."
        }
        (_, true) => "Stories that rest on outlets you hide alone are left out.",
        _ => "",
    };
    let address = link::section(&name);
    let frame = Frame::new(&site, &name, &address).at(&name).hiding(hidden.len());
    let frame = frame.described(&format!("{}: the stories of this section.", plain(&name)));
    let frame = frame.feed(&format!("{} – {}", site.settings.name, name), format!("{address}/feed"));
    let page = Page {
        frame: if page > 1 { frame.unlisted() } else { frame },
        heading: plain(&name),
        total,
        items: Item::all(&stories),
        pager: Pager::new(page, total, &format!("{address}?")),
        why: why.to_owned(),
        feed: format!("{address}/feed.atom"),
    };
    Ok(Answer::page(&page).modified(changed))
}
