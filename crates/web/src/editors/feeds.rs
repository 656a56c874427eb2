//! Feeds: how each is, and adding, pausing and removing them.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::families;
use serde::Deserialize;
use store::{Feed, Health, Millis, NewFeed, NewOutlet, State as Used};

use super::edit;
use super::frame::{self, Frame, Pages, ROWS, When};
use super::seat::{Posted, Seat};
use crate::link;
use crate::plain::plain;
use crate::server::{Fault, Site};
use crate::talk;

/// What is asked for.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    health: String,
    #[serde(default)]
    page: String,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "editors/feeds.html")]
struct Page {
    frame: Frame,
    rows: Vec<Row>,
    sections: Vec<String>,
    healths: Vec<String>,
    q: String,
    health: String,
    total: usize,
    pages: Pages,
}

/// A feed in the list.
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) title: String,
    pub(super) address: String,
    pub(super) link: Option<String>,
    pub(super) outlet: String,
    pub(super) domain: String,
    pub(super) section: String,
    pub(super) state: Used,
    pub(super) health: &'static str,
    pub(super) good: bool,
    pub(super) note: String,
    pub(super) next: When,
    pub(super) fetched: Option<When>,
    pub(super) interval: String,
    pub(super) failures: i64,
    pub(super) offered: i64,
    pub(super) moved_from: String,
    pub(super) hub: bool,
}

pub(super) async fn list(
    State(site): State<Site>,
    seat: Seat,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let now = site.clock.now();
    let q = talk::line(&asked.q, 200);
    let outlets: BTreeMap<i64, (String, String)> = site
        .store
        .outlets()
        .await?
        .into_iter()
        .map(|outlet| (outlet.id, (outlet.name, outlet.domain)))
        .collect();
    let words = q.to_lowercase();
    let wanted = |feed: &Feed| {
        let fits = match asked.health.as_str() {
            "" => feed.state != Used::Removed,
            "removed" => feed.state == Used::Removed,
            "paused" => feed.state == Used::Paused,
            health => feed.health.name() == health && feed.state != Used::Removed,
        };
        fits && (words.is_empty()
            || format!("{} {}", feed.address, feed.title).to_lowercase().contains(&words))
    };
    let feeds: Vec<Feed> = site.store.feeds().await?.into_iter().filter(wanted).collect();
    let pages = feeds.len().div_ceil(ROWS).max(1);
    let number = asked.page.parse().unwrap_or(1usize).clamp(1, pages);
    let total = feeds.len();
    let here = feeds.into_iter().skip((number - 1) * ROWS).take(ROWS);
    let page = Page {
        frame: Frame::new(&site, seat, "Feeds", "feeds", &asked.done).await?,
        rows: here.map(|feed| Row::new(feed, &outlets, now)).collect(),
        sections: site.settings.sections.clone(),
        healths: Health::ALL.map(|health| health.name().to_owned()).to_vec(),
        pages: Pages::new(number, pages, &[("q", &q), ("health", &asked.health)]),
        q,
        health: asked.health,
        total,
    };
    Ok(frame::page(StatusCode::OK, &page))
}

/// Adds a feed; its outlet is that of its registrable domain, made where it is new.
pub(super) async fn add(State(site): State<Site>, posted: Posted) -> Result<Response, Fault> {
    let typed = posted.fields.get("address").trim();
    let odd = Fault::Bad(
        "That is no address of a feed. Go back and give one that begins with https:// or http://.",
    );
    let Some(address) = link::web(typed) else { return Err(odd) };
    let host = families::host(&address).unwrap_or_default();
    let domain = families::registrable(&host).unwrap_or(host);
    let section = posted.fields.get("section");
    let section = site.settings.sections.iter().find(|name| *name == section).cloned().unwrap_or_default();
    let now = site.clock.now();
    let known = site.store.outlet(&domain).await?;
    let outlet = match known {
        Some(outlet) => outlet.id,
        None => {
            let starter = families::Families::starter();
            let name = starter.name(&domain).unwrap_or(&domain).to_owned();
            site.store
                .put_outlet(&NewOutlet { domain: domain.clone(), name, ..NewOutlet::default() }, now)
                .await?
        }
    };
    let feed = NewFeed {
        address: address.clone(),
        outlet,
        title: talk::line(posted.fields.get("title"), 120),
        section,
    };
    let (id, new) = site.store.add_feed(&feed, now).await?;
    if new {
        edit::log(
            &site,
            &posted,
            "add",
            &format!("feed {address}"),
            &format!("number {id}, outlet {domain}"),
        )
        .await?;
    }
    Ok(frame::back("/desk/feeds", if new { "feed" } else { "feed-known" }))
}

/// Pauses, wakes, removes a feed, or has it fetched now.
pub(super) async fn act(
    State(site): State<Site>,
    Path((id, action)): Path<(i64, String)>,
    posted: Posted,
) -> Result<Response, Fault> {
    let feed = site.store.feed(id).await?.ok_or(Fault::Missing)?;
    let now = site.clock.now();
    let done = match action.as_str() {
        "pause" => {
            site.store.set_feed_state(id, Used::Paused, now).await?;
            "feed-pause"
        }
        "wake" => {
            site.store.set_feed_state(id, Used::Active, now).await?;
            "feed-wake"
        }
        "remove" => {
            site.store.set_feed_state(id, Used::Removed, now).await?;
            "feed-remove"
        }
        "fetch" => {
            site.store.nudge_feed(id, now).await?;
            "feed-fetch"
        }
        _ => return Err(Fault::Missing),
    };
    edit::log(&site, &posted, &action, &format!("feed {}", feed.address), "").await?;
    Ok(frame::back("/desk/feeds", done))
}

impl Row {
    pub(super) fn new(feed: Feed, outlets: &BTreeMap<i64, (String, String)>, now: Millis) -> Self {
        let (outlet, domain) = outlets.get(&feed.outlet).cloned().unwrap_or_default();
        let address = plain(&feed.address);
        Self {
            id: feed.id,
            title: Some(plain(&feed.title))
                .filter(|title| !title.is_empty())
                .unwrap_or_else(|| address.clone()),
            link: link::web(&feed.address),
            address,
            outlet: plain(&outlet),
            domain: plain(&domain),
            section: plain(&feed.section),
            state: feed.state,
            health: feed.health.name(),
            good: matches!(feed.health, Health::Well | Health::New | Health::Moved),
            note: plain(&feed.note),
            next: When::at(feed.next, now),
            fetched: feed.fetched.map(|at| When::at(at, now)),
            interval: rhythm(feed.interval),
            failures: feed.failures,
            offered: feed.offered,
            moved_from: plain(&feed.moved_from),
            hub: feed.lease.is_some_and(|until| until > now),
        }
    }
}

/// How often a feed is fetched, in words; nothing before that is known.
fn rhythm(interval: Millis) -> String {
    if interval < talk::MINUTE {
        String::new()
    } else {
        frame::distance(interval, 0).replacen("in ", "every ", 1)
    }
}
