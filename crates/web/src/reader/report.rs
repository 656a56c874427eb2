//! The form with which a reader reports an error in a sentence.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;

use super::hide::Hidden;
use super::story::{known, receipt};
use crate::layout::Layout;
use crate::link;
use crate::passage::{Card, CardPassage};
use crate::plain::plain;
use crate::server::answer::Answer;
use crate::server::frame::Frame;
use crate::server::{Fault, Site};
use crate::talk::form_fields;

#[derive(Template)]
#[template(path = "reader/report.html")]
struct Page {
    frame: Frame,
    address: String,
    headline: String,
    version: i64,
    sentence: usize,
    quoted: String,
    passages: Vec<CardPassage>,
    token_name: &'static str,
    token: String,
    trap_name: &'static str,
}

/// Which sentence it is about.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    sentence: String,
}

/// The form.
pub(super) async fn form(
    State(site): State<Site>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Answer, Fault> {
    let story = known(&site, &id).await?;
    let Some(digest) = site.store.published(&id).await? else { return Err(Fault::Missing) };
    let number: usize = asked.sentence.parse().unwrap_or(0);
    let layout = Layout::new(&receipt(&digest)?, &std::collections::BTreeMap::new());
    let card: Card = layout.cards.into_iter().find(|card| card.id == number).ok_or(Fault::Missing)?;
    let fields = form_fields(&site, &story.id);
    let address = link::story(&id);
    let frame = Frame::new(&site, "Report an error", &format!("{address}/report")).unlisted();
    let page = Page {
        frame: frame.hiding(Hidden::of(&headers).len()),
        headline: plain(&story.headline),
        version: digest.row.version,
        sentence: card.id,
        quoted: card.sentence,
        passages: card.passages,
        token_name: fields.token_name,
        token: fields.token,
        trap_name: fields.trap_name,
        address,
    };
    Ok(Answer::page(&page))
}
