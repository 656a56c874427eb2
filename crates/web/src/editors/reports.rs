//! Reported errors: the sentence, the passages behind it, and the answer.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use store::{Millis, Report};

use super::edit;
use super::frame::{self, Frame, When};
use super::seat::{Posted, Seat};
use super::stories;
use super::story::{self, Passage};
use crate::plain::plain;
use crate::server::{Fault, Site};
use crate::talk;

/// How many reports are shown.
const REPORTS: i64 = 50;
/// The most characters of an answer.
const ANSWER: usize = 1000;

/// What is asked for.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    show: String,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "editors/reports.html")]
struct Page {
    frame: Frame,
    rows: Vec<Row>,
    closed: bool,
    most: i64,
}

/// A report in the list.
struct Row {
    id: i64,
    story: String,
    headline: String,
    version: i64,
    newer: Option<i64>,
    sentence: i64,
    quoted: String,
    words: String,
    contact: String,
    when: When,
    answer: String,
    passages: Vec<Passage>,
}

pub(super) async fn list(
    State(site): State<Site>,
    seat: Seat,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let closed = asked.show == "closed";
    let now = site.clock.now();
    let mut rows = Vec::new();
    for report in site.store.reports(!closed, REPORTS).await? {
        rows.push(row(&site, report, now).await?);
    }
    let frame = Frame::new(&site, seat, "Reported errors", "reports", &asked.done).await?;
    Ok(frame::page(StatusCode::OK, &Page { frame, rows, closed, most: REPORTS }))
}

pub(super) async fn close(
    State(site): State<Site>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Fault> {
    let answer = talk::line(posted.fields.get("answer"), ANSWER);
    if answer.is_empty() {
        return Err(Fault::Bad("Write down what came of the report. Go back and fill in the answer."));
    }
    site.store.close_report(id, &answer, site.clock.now()).await?;
    edit::log(&site, &posted, "close", &format!("report {id}"), &answer).await?;
    Ok(frame::back("/desk/reports", "close"))
}

async fn row(site: &Site, found: Report, now: Millis) -> Result<Row, Fault> {
    let report = found.report;
    let story = site.store.story(&report.story).await?;
    let digest = site.store.digest(&report.story, report.version).await?;
    let number = usize::try_from(report.sentence).unwrap_or(usize::MAX);
    let sentences = digest.map(|digest| story::sentences(&digest.receipt)).unwrap_or_default();
    let current = story.as_ref().and_then(|story| story.version);
    Ok(Row {
        id: found.id,
        headline: story.as_ref().map(stories::headline).unwrap_or_default(),
        story: report.story,
        version: report.version,
        newer: current.filter(|&version| version > report.version),
        sentence: report.sentence,
        quoted: plain(&report.quoted),
        words: talk::several(&report.words),
        contact: plain(&report.contact),
        when: When::at(found.created, now),
        answer: plain(&found.answer),
        passages: sentences
            .into_iter()
            .find(|sentence| sentence.number == number)
            .map(|s| s.passages)
            .unwrap_or_default(),
    })
}
