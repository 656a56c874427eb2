//! Stories in lists: all of them with filters, and the versions that wait for a decision.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use store::{Search, Story, StoryFilter, VersionRow};

use super::frame::{self, Frame, Notice, Pages, ROWS, When};
use super::seat::Seat;
use crate::plain::plain;
use crate::server::{Fault, Site};
use crate::talk;

/// How many waiting versions are shown at once.
const WAITING: i64 = 200;
/// The last page that is looked up.
const LAST: usize = 10_000;

/// What is asked for.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    section: String,
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: String,
}

#[derive(Template)]
#[template(path = "editors/stories.html")]
struct Page {
    frame: Frame,
    rows: Vec<Row>,
    sections: Vec<String>,
    q: String,
    section: String,
    show: String,
    total: i64,
    pages: Pages,
}

#[derive(Template)]
#[template(path = "editors/waiting.html")]
struct Waiting {
    frame: Frame,
    rows: Vec<(VersionRow, When)>,
}

/// A story in a list.
struct Row {
    id: String,
    headline: String,
    section: String,
    state: &'static str,
    reason: String,
    version: i64,
    articles: i64,
    families: i64,
    touched: When,
}

pub(super) async fn list(
    State(site): State<Site>,
    seat: Seat,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let q = talk::line(&asked.q, 200);
    let named = if q.is_empty() || q.contains(' ') { None } else { site.store.story(&q).await? };
    if let Some(story) = named {
        return Ok(Redirect::to(&format!("/desk/story/{}", story.id)).into_response());
    }
    let number = asked.page.parse().unwrap_or(1usize).clamp(1, LAST);
    let offset = i64::try_from((number - 1) * ROWS).unwrap_or_default();
    let limit = i64::try_from(ROWS).unwrap_or(100);
    let section = Some(talk::line(&asked.section, 60)).filter(|name| !name.is_empty());
    let (stories, total) = if q.is_empty() {
        let filter = StoryFilter {
            section: section.clone(),
            published: asked.show == "published",
            offset,
            limit,
            ..StoryFilter::default()
        };
        (site.store.stories(&filter).await?, site.store.count_stories(&filter).await?)
    } else {
        let search =
            Search { words: q.clone(), section: section.clone(), offset, limit, ..Search::default() };
        let (found, total) = site.store.search_stories(&search).await?;
        let mut stories = Vec::with_capacity(found.len());
        for found in found {
            stories.extend(site.store.story(&found.id).await?);
        }
        (stories, total)
    };
    let now = site.clock.now();
    let page = Page {
        frame: Frame::new(&site, seat, "Stories", "stories", "").await?,
        rows: stories.into_iter().map(|story| Row::new(story, now)).collect(),
        sections: site.settings.sections.clone(),
        pages: Pages::new(
            number,
            usize::try_from(total).unwrap_or(0).div_ceil(ROWS).max(1),
            &[("q", &q), ("section", section.as_deref().unwrap_or_default()), ("show", &asked.show)],
        ),
        q,
        section: section.unwrap_or_default(),
        show: asked.show,
        total,
    };
    Ok(frame::page(StatusCode::OK, &page))
}

pub(super) async fn waiting(
    State(site): State<Site>,
    seat: Seat,
    Query(notice): Query<Notice>,
) -> Result<Response, Fault> {
    let now = site.clock.now();
    let rows = site.store.waiting_digests(WAITING).await?;
    let page = Waiting {
        frame: Frame::new(&site, seat, "Waiting versions", "waiting", &notice.done).await?,
        rows: rows.into_iter().map(|row| shown(row, now)).collect(),
    };
    Ok(frame::page(StatusCode::OK, &page))
}

fn shown(mut row: VersionRow, now: store::Millis) -> (VersionRow, When) {
    for text in [&mut row.headline, &mut row.change, &mut row.correction, &mut row.reason] {
        *text = plain(text);
    }
    let when = When::at(row.created, now);
    (row, when)
}

/// What is with a story, in a word.
pub(super) fn state(story: &Story) -> &'static str {
    match (story.held, story.version) {
        (true, _) => "held",
        (false, Some(_)) => "published",
        (false, None) if story.published.is_some() => "withdrawn",
        (false, None) => "not published",
    }
}

impl Row {
    fn new(story: Story, now: store::Millis) -> Self {
        Self {
            state: state(&story),
            headline: headline(&story),
            section: plain(&story.section),
            reason: plain(&story.reason),
            version: story.version.unwrap_or_default(),
            articles: story.articles,
            families: story.families,
            touched: When::at(story.touched, now),
            id: story.id,
        }
    }
}

/// The headline, or something to click on.
pub(super) fn headline(story: &Story) -> String {
    let headline = plain(&story.headline);
    if headline.is_empty() { "(no headline)".to_owned() } else { headline }
}
