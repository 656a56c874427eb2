//! How we check: the rules in plain words, the measured figures, the corrections.

use std::sync::LazyLock;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;
use store::VersionRow;

use super::hide::Hidden;
use crate::day::Day;
use crate::link;
use crate::plain::plain;
use crate::server::answer::Answer;
use crate::server::frame::{Frame, Link};
use crate::server::{Fault, Site};

/// The floors that the program is held to by its own tests.
static FLOORS: &str = include_str!("../../../../evals/floors.json");

/// How many corrections the log shows.
const LISTED: i64 = 200;

/// Figures that say something to a reader: where they stand among the floors, and what they mean.
const LABELS: [(&str, &str, &str, &str); 9] = [
    (
        "receipt",
        "stories/articles.jsonl",
        "sentences_cited",
        "Sentences of finished digests that carry a source",
    ),
    (
        "receipt",
        "stories/articles.jsonl",
        "receipts_hold",
        "Receipts that hold when they are checked again from outside",
    ),
    (
        "receipt",
        "stories/articles.jsonl",
        "flips_refused",
        "Planted reversals of meaning that the check refused",
    ),
    (
        "read",
        "publishers/gold.jsonl",
        "english.f1",
        "Article text told apart from the rest of the page (English publishers)",
    ),
    ("mark", "language/quotes.jsonl", "recall.direct", "Direct quotations found in an article"),
    ("mark", "language/dates.jsonl", "value_accuracy", "Dates in words that were turned into the right day"),
    ("group", "stories/articles.jsonl", "bcubed_f1", "Articles put together with those of the same event"),
    (
        "check",
        "support/cited.jsonl",
        "bacc",
        "Verdicts on other people’s claims that people agree with (hard cases, balanced)",
    ),
    ("cite", "references/mla.jsonl", "exact_mla9", "References printed exactly as the MLA Handbook has them"),
];

#[derive(Deserialize)]
struct Floor {
    stage: String,
    file: String,
    figure: String,
    floor: f64,
}

static FIGURES: LazyLock<Vec<Figure>> = LazyLock::new(|| {
    let floors: Vec<Floor> = serde_json::from_str(FLOORS).unwrap_or_default();
    let figures = LABELS.iter().filter_map(|&(stage, file, figure, label)| {
        let same = |floor: &&Floor| floor.stage == stage && floor.file == file && floor.figure == figure;
        let floor = floors.iter().find(same)?.floor;
        Some(Figure { label, percent: format!("{:.1}", floor * 100.0).trim_end_matches(".0").to_owned() })
    });
    figures.collect()
});

#[derive(Clone)]
struct Figure {
    label: &'static str,
    percent: String,
}

#[derive(Template)]
#[template(path = "reader/how.html")]
struct How {
    frame: Frame,
    figures: Vec<Figure>,
    corrections: Vec<Correction>,
}

#[derive(Template)]
#[template(path = "reader/corrections.html")]
struct Corrections {
    frame: Frame,
    corrections: Vec<Correction>,
}

struct Correction {
    link: Link,
    day: Day,
    words: String,
}

impl Correction {
    fn new(row: &VersionRow) -> Self {
        Self {
            link: Link::new(&row.headline, link::story(&row.story)),
            day: Day::at(row.published.unwrap_or(row.created)),
            words: plain(&row.correction),
        }
    }
}

/// How we check.
pub(super) async fn how(State(site): State<Site>, headers: HeaderMap) -> Result<Answer, Fault> {
    let corrections = site.store.corrections(5).await?;
    let frame =
        Frame::new(&site, "How we check", "/how").at("How we check").hiding(Hidden::of(&headers).len());
    let frame = frame.described("No sentence without a source: the rules, the figures, the corrections.");
    let corrections = corrections.iter().map(Correction::new).collect();
    Ok(Answer::page(&How { frame, figures: FIGURES.clone(), corrections }))
}

/// All corrections.
pub(super) async fn corrections(State(site): State<Site>, headers: HeaderMap) -> Result<Answer, Fault> {
    let rows = site.store.corrections(LISTED).await?;
    let frame =
        Frame::new(&site, "Corrections", "/corrections").at("Corrections").hiding(Hidden::of(&headers).len());
    let frame = frame.described("Published sentences that were changed, and why.");
    let corrections = rows.iter().map(Correction::new).collect();
    Ok(Answer::page(&Corrections { frame, corrections }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_its_figure() {
        assert_eq!(FIGURES.len(), LABELS.len());
        assert!(
            FIGURES
                .iter()
                .all(|figure| figure.percent.parse::<f64>().is_ok_and(|p| (0.0..=100.0).contains(&p)))
        );
    }
}
