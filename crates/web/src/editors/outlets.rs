//! Outlets: whom we read, whose family they count for, and taking one out.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::families;
use serde::Deserialize;
use store::{NewOutlet, Outlet, State as Used};

use super::edit;
use super::feeds::Row as FeedRow;
use super::frame::{self, Frame, Notice, Pages, ROWS};
use super::seat::{Posted, Seat};
use crate::plain::plain;
use crate::server::{Fault, Site};
use crate::talk;

/// What is asked for.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: String,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "editors/outlets.html")]
struct List {
    frame: Frame,
    rows: Vec<Row>,
    q: String,
    show: String,
    total: usize,
    pages: Pages,
}

#[derive(Template)]
#[template(path = "editors/outlet.html")]
struct Page {
    frame: Frame,
    outlet: Row,
    feeds: Vec<FeedRow>,
}

/// An outlet in the list.
struct Row {
    domain: String,
    name: String,
    family: String,
    country: String,
    paywalled: bool,
    state: Used,
}

pub(super) async fn list(
    State(site): State<Site>,
    seat: Seat,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let q = talk::line(&asked.q, 200);
    let words = q.to_lowercase();
    let wanted = |outlet: &Outlet| {
        let fits = match asked.show.as_str() {
            "removed" => outlet.state == Used::Removed,
            "paused" => outlet.state == Used::Paused,
            _ => outlet.state != Used::Removed,
        };
        fits && (words.is_empty()
            || format!("{} {}", outlet.domain, outlet.name).to_lowercase().contains(&words))
    };
    let outlets: Vec<Outlet> = site.store.outlets().await?.into_iter().filter(wanted).collect();
    let pages = outlets.len().div_ceil(ROWS).max(1);
    let number = asked.page.parse().unwrap_or(1usize).clamp(1, pages);
    let total = outlets.len();
    let list = List {
        frame: Frame::new(&site, seat, "Outlets", "outlets", &asked.done).await?,
        rows: outlets.into_iter().skip((number - 1) * ROWS).take(ROWS).map(Row::new).collect(),
        pages: Pages::new(number, pages, &[("q", &q), ("show", &asked.show)]),
        q,
        show: asked.show,
        total,
    };
    Ok(frame::page(StatusCode::OK, &list))
}

pub(super) async fn show(
    State(site): State<Site>,
    seat: Seat,
    Path(domain): Path<String>,
    Query(notice): Query<Notice>,
) -> Result<Response, Fault> {
    let outlet = site.store.outlet(&domain).await?.ok_or(Fault::Missing)?;
    let now = site.clock.now();
    let names = BTreeMap::from([(outlet.id, (outlet.name.clone(), outlet.domain.clone()))]);
    let feeds = site.store.feeds().await?.into_iter().filter(|feed| feed.outlet == outlet.id);
    let page = Page {
        frame: Frame::new(&site, seat, &outlet.name, "outlets", &notice.done).await?,
        feeds: feeds.map(|feed| FeedRow::new(feed, &names, now)).collect(),
        outlet: Row::new(outlet),
    };
    Ok(frame::page(StatusCode::OK, &page))
}

pub(super) async fn add(State(site): State<Site>, posted: Posted) -> Result<Response, Fault> {
    let typed = talk::line(posted.fields.get("domain"), 253).to_lowercase();
    let host = families::host(&typed).or_else(|| families::host(&format!("https://{typed}")));
    let domain = host.as_deref().and_then(families::registrable);
    let odd = Fault::Bad("That is no domain of an outlet. Go back and give one like post.example.");
    let Some(domain) = domain else { return Err(odd) };
    let mut outlet = described(&posted, &domain);
    if outlet.name.is_empty() {
        outlet.name = families::Families::starter().name(&domain).unwrap_or(&domain).to_owned();
    }
    site.store.put_outlet(&outlet, site.clock.now()).await?;
    edit::log(&site, &posted, "add", &format!("outlet {domain}"), &outlet.name).await?;
    Ok(frame::back(&format!("/desk/outlet/{domain}"), "outlet"))
}

/// Changes, pauses, wakes or removes an outlet.
pub(super) async fn act(
    State(site): State<Site>,
    Path((domain, action)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Fault> {
    let outlet = site.store.outlet(&domain).await?.ok_or(Fault::Missing)?;
    let now = site.clock.now();
    let mut detail = String::new();
    let done = match action.as_str() {
        "change" => {
            let mut changed = described(&posted, &outlet.domain);
            if changed.name.is_empty() {
                changed.name = outlet.name.clone();
            }
            let paid = if changed.paywalled { ", for subscribers" } else { "" };
            detail = format!(
                "name {}, family {}, country {}{paid}",
                changed.name, changed.family, changed.country
            );
            site.store.change_outlet(outlet.id, &changed).await?;
            "outlet-change"
        }
        "pause" => {
            site.store.set_outlet_state(outlet.id, Used::Paused, now).await?;
            "outlet-pause"
        }
        "wake" => {
            site.store.set_outlet_state(outlet.id, Used::Active, now).await?;
            "outlet-wake"
        }
        "remove" => {
            site.store.set_outlet_state(outlet.id, Used::Removed, now).await?;
            "outlet-remove"
        }
        _ => return Err(Fault::Missing),
    };
    edit::log(&site, &posted, &action, &format!("outlet {}", outlet.domain), &detail).await?;
    Ok(frame::back(&format!("/desk/outlet/{}", outlet.domain), done))
}

/// The outlet as the form describes it.
fn described(posted: &Posted, domain: &str) -> NewOutlet {
    let country = talk::line(posted.fields.get("country"), 2).to_lowercase();
    NewOutlet {
        domain: domain.to_owned(),
        name: talk::line(posted.fields.get("name"), 120),
        family: talk::line(posted.fields.get("family"), 120),
        country: Some(country)
            .filter(|code| code.bytes().all(|byte| byte.is_ascii_lowercase()))
            .unwrap_or_default(),
        paywalled: posted.fields.get("paywalled") == "yes",
    }
}

impl Row {
    fn new(outlet: Outlet) -> Self {
        Self {
            domain: plain(&outlet.domain),
            name: plain(&outlet.name),
            family: plain(&outlet.family),
            country: plain(&outlet.country),
            paywalled: outlet.paywalled,
            state: outlet.state,
        }
    }
}
