//! The short lists: outlets, feeds and how they are, days, sections, corrections, how much there is.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Outlet, State as Used};

use super::answer::{self, Answer, maybe, moment};
use super::stories;
use crate::link;
use crate::server::Site;

/// How far back days are listed.
const DAYS: i64 = 3660;
/// The most corrections.
const CORRECTIONS: (i64, i64) = (50, 500);

/// The description of the API, written by hand and held to it by a test.
static DESCRIPTION: &str = include_str!("../../../../docs/openapi.json");

/// What is asked for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    limit: String,
}

pub(super) async fn description(headers: HeaderMap) -> Response {
    answer::text(&headers, DESCRIPTION.to_owned())
}

pub(super) async fn status(State(site): State<Site>, headers: HeaderMap) -> Answer {
    let tally = site.store.tally().await?;
    let health: BTreeMap<&str, i64> =
        tally.health.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    let body = json!({
        "name": site.settings.name,
        "url": site.settings.base,
        "lang": site.settings.lang,
        "demo": site.settings.demo,
        "outlets": tally.outlets,
        "feeds": tally.feeds,
        "health": health,
        "articles": tally.articles,
        "stories": tally.stories,
        "published": tally.published,
        "versions": tally.versions,
        "comments": tally.comments,
    });
    Ok(answer::json(&headers, &body))
}

pub(super) async fn outlets(State(site): State<Site>, headers: HeaderMap) -> Answer {
    let outlets = site.store.outlets().await?;
    let rows = outlets.iter().filter(|outlet| outlet.state != Used::Removed).map(|outlet| {
        json!({
            "domain": outlet.domain,
            "name": outlet.name,
            "family": outlet.family,
            "country": outlet.country,
            "paywalled": outlet.paywalled,
            "state": used(outlet.state),
        })
    });
    let rows: Vec<Value> = rows.collect();
    Ok(answer::json(&headers, &json!({ "outlets": rows })))
}

pub(super) async fn feeds(State(site): State<Site>, headers: HeaderMap) -> Answer {
    let outlets = site.store.outlets().await?;
    let domains: BTreeMap<i64, &Outlet> = outlets.iter().map(|outlet| (outlet.id, outlet)).collect();
    let feeds = site.store.feeds().await?;
    let rows = feeds.iter().filter(|feed| feed.state != Used::Removed).map(|feed| {
        json!({
            "id": feed.id,
            "address": link::web(&feed.address),
            "title": feed.title,
            "outlet": domains.get(&feed.outlet).map(|outlet| outlet.domain.as_str()),
            "section": feed.section,
            "state": used(feed.state),
            "health": feed.health.name(),
            "note": feed.note,
            "interval": feed.interval / 1000,
            "next": moment(feed.next),
            "fetched": maybe(feed.fetched),
            "succeeded": maybe(feed.succeeded),
            "failures": feed.failures,
            "newest": maybe(feed.newest),
            "offered": feed.offered,
        })
    });
    let rows: Vec<Value> = rows.collect();
    Ok(answer::json(&headers, &json!({ "feeds": rows })))
}

pub(super) async fn days(State(site): State<Site>, headers: HeaderMap) -> Answer {
    let days = site.store.days(DAYS).await?;
    let day = |number: i64| moment(number.saturating_mul(86_400_000)).chars().take(10).collect::<String>();
    let rows: Vec<Value> =
        days.iter().map(|&(number, count)| json!({ "day": day(number), "stories": count })).collect();
    Ok(answer::json(&headers, &json!({ "days": rows })))
}

pub(super) async fn sections(State(site): State<Site>, headers: HeaderMap) -> Answer {
    let sections = site.store.sections().await?;
    let rows: Vec<Value> =
        sections.iter().map(|(name, count)| json!({ "name": name, "stories": count })).collect();
    Ok(answer::json(&headers, &json!({ "sections": rows })))
}

pub(super) async fn corrections(
    State(site): State<Site>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Answer {
    let limit = answer::limit(&asked.limit, CORRECTIONS.0, CORRECTIONS.1)?;
    let corrections = site.store.corrections(limit).await?;
    let rows: Vec<Value> = corrections.iter().map(stories::version_row).collect();
    Ok(answer::json(&headers, &json!({ "corrections": rows })))
}

fn used(state: Used) -> &'static str {
    match state {
        Used::Active => "active",
        Used::Paused => "paused",
        Used::Removed => "removed",
    }
}
