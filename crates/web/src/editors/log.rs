//! The audit log as editors read it.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use store::{Entry, Millis};

use super::frame::{self, Frame, When};
use super::seat::Seat;
use crate::plain::plain;
use crate::server::{Fault, Site};

/// How many lines a page has.
const LINES: i64 = 200;

/// What is asked for.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    before: String,
}

#[derive(Template)]
#[template(path = "editors/log.html")]
struct Page {
    frame: Frame,
    rows: Vec<Row>,
    older: Option<i64>,
}

/// A line of the log.
pub(super) struct Row {
    pub(super) when: When,
    pub(super) who: String,
    pub(super) action: String,
    pub(super) object: String,
    /// The page at the desk that the line is about.
    pub(super) link: Option<String>,
    pub(super) detail: String,
}

pub(super) async fn list(
    State(site): State<Site>,
    seat: Seat,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let now = site.clock.now();
    let entries = site.store.entries(asked.before.parse().ok(), LINES).await?;
    let full = i64::try_from(entries.len()).is_ok_and(|count| count == LINES);
    let page = Page {
        older: entries.last().filter(|_| full).map(|entry| entry.id),
        frame: Frame::new(&site, seat, "Log", "log", "").await?,
        rows: entries.into_iter().map(|entry| Row::new(entry, now)).collect(),
    };
    Ok(frame::page(StatusCode::OK, &page))
}

impl Row {
    pub(super) fn new(entry: Entry, now: Millis) -> Self {
        let story = entry.object.strip_prefix("story ").and_then(|rest| rest.split(' ').next());
        let sound = |id: &&str| {
            !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        Self {
            when: When::at(entry.at, now),
            link: story.filter(sound).map(|id| format!("/desk/story/{id}")),
            who: plain(&entry.who),
            action: plain(&entry.action),
            object: plain(&entry.object),
            detail: plain(&entry.detail),
        }
    }
}
