//! The first page of the desk: what waits, what is wrong, how much there is.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use store::{JobState, Stage};

use super::frame::{self, Frame, Notice};
use super::log::Row;
use super::seat::Seat;
use crate::server::{Fault, Site};

/// How many lines of the log are shown.
const LINES: i64 = 12;

#[derive(Template)]
#[template(path = "editors/overview.html")]
struct Page {
    frame: Frame,
    jobs: Vec<(&'static str, i64, i64, i64)>,
    dead: i64,
    /// Feeds that aren't well: how, how many, and what lists them.
    ill: Vec<(String, i64, String)>,
    log: Vec<Row>,
}

pub(super) async fn show(
    State(site): State<Site>,
    seat: Seat,
    Query(notice): Query<Notice>,
) -> Result<Response, Fault> {
    let counts = site.store.job_counts().await?;
    let count = |stage, state| {
        counts.iter().filter(|row| row.0 == stage && row.1 == state).map(|row| row.2).sum::<i64>()
    };
    let stages = [Stage::Read, Stage::Group, Stage::Write, Stage::Subscribe];
    let jobs: Vec<_> = stages
        .map(|stage| {
            let [waiting, leased, dead] =
                [JobState::Waiting, JobState::Leased, JobState::Dead].map(|state| count(stage, state));
            (super::jobs::stage(stage), waiting, leased, dead)
        })
        .to_vec();
    let now = site.clock.now();
    let entries = site.store.entries(None, LINES).await?;
    let frame = Frame::new(&site, seat, "The desk", "overview", &notice.done).await?;
    let well = |name: &str| matches!(name, "well" | "new");
    let page = Page {
        dead: jobs.iter().map(|row| row.3).sum(),
        jobs,
        ill: frame
            .tally
            .health
            .iter()
            .filter(|(name, count)| *count > 0 && !well(name))
            .map(listed)
            .collect(),
        log: entries.into_iter().map(|entry| Row::new(entry, now)).collect(),
        frame,
    };
    Ok(frame::page(StatusCode::OK, &page))
}

/// A health with what lists its feeds.
fn listed((name, count): &(String, i64)) -> (String, i64, String) {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("health", name).finish();
    (name.clone(), *count, query)
}
