//! What is to be done and what failed.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use store::{Job, JobState, Millis, Stage};

use super::edit;
use super::frame::{self, Frame, Notice, When};
use super::seat::{Posted, Seat};
use crate::plain::plain;
use crate::server::{Fault, Site};

/// How many jobs are shown.
const JOBS: i64 = 200;

#[derive(Template)]
#[template(path = "editors/jobs.html")]
struct Page {
    frame: Frame,
    rows: Vec<Row>,
    most: i64,
}

/// A job in the list.
struct Row {
    id: i64,
    stage: &'static str,
    key: String,
    link: Option<String>,
    state: &'static str,
    dead: bool,
    attempts: i64,
    due: When,
    error: String,
}

pub(super) async fn list(
    State(site): State<Site>,
    seat: Seat,
    Query(notice): Query<Notice>,
) -> Result<Response, Fault> {
    let now = site.clock.now();
    let jobs = site.store.jobs(JOBS).await?;
    let page = Page {
        frame: Frame::new(&site, seat, "Jobs", "jobs", &notice.done).await?,
        rows: jobs.into_iter().map(|job| Row::new(job, now)).collect(),
        most: JOBS,
    };
    Ok(frame::page(StatusCode::OK, &page))
}

pub(super) async fn retry(
    State(site): State<Site>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Fault> {
    site.store.retry_job(id, site.clock.now()).await?;
    edit::log(&site, &posted, "retry", &format!("job {id}"), "").await?;
    Ok(frame::back("/desk/jobs", "retry"))
}

/// A stage by its name.
pub(super) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "read",
        Stage::Group => "group",
        Stage::Write => "write",
        Stage::Subscribe => "subscribe",
    }
}

impl Row {
    fn new(job: Job, now: Millis) -> Self {
        Self {
            id: job.id,
            stage: stage(job.stage),
            link: (job.stage == Stage::Write).then(|| format!("/desk/story/{}", job.key)),
            key: plain(&job.key),
            state: match job.state {
                JobState::Waiting => "waits",
                JobState::Leased => "runs",
                JobState::Dead => "given up",
            },
            dead: job.state == JobState::Dead,
            attempts: job.attempts,
            due: When::at(job.due, now),
            error: plain(&job.error),
        }
    }
}
