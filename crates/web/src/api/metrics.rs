//! Metrics in the text format of Prometheus, for those in the same network.

use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use store::{JobState, Stage};

use super::measure::{BOUNDS, MEASURED};
use crate::server::{Fault, Site};
use crate::talk::Sender;

pub(super) async fn metrics(
    State(site): State<Site>,
    sender: Sender,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    // A proxy that we were not told of sits in our own network and asks for anybody.
    let unknown = site.settings.trusted_hops == 0;
    let proxied = unknown && (headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded"));
    if proxied || !sender.address.is_some_and(is_near) {
        return Err(Fault::Forbidden("Metrics are answered within the newsroom’s own network only."));
    }
    let mut page = Page::default();
    requests(&mut page);
    amounts(&mut page, &site).await?;
    jobs(&mut page, &site).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], page.text).into_response())
}

/// Whether an address is in a network of our own.
fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

/// What is written.
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.text, "# HELP nutgraf_{name} {help}\n# TYPE nutgraf_{name} {kind}");
    }

    /// A line; labels are names of our own, with nothing to be escaped.
    fn line(&mut self, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
        let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.text, "nutgraf_{name}{labels} {value}");
    }
}

#[expect(clippy::cast_precision_loss, reason = "seconds are rounded anyway")]
fn seconds(micros: u64) -> f64 {
    micros as f64 / 1e6
}

fn requests(page: &mut Page) {
    page.family("http_requests_total", "counter", "Answers by the hundreds of their status.");
    for (class, count) in (1..).zip(&MEASURED.classes) {
        page.line("http_requests_total", &[("status", &format!("{class}xx"))], count.load(Ordering::Relaxed));
    }
    page.family("http_request_seconds", "histogram", "How long answers took.");
    let mut sum = 0;
    for (at, count) in MEASURED.durations.iter().enumerate() {
        sum += count.load(Ordering::Relaxed);
        let bound = BOUNDS.get(at).map_or("+Inf".to_owned(), |&bound| seconds(bound).to_string());
        page.line("http_request_seconds_bucket", &[("le", &bound)], sum);
    }
    page.line("http_request_seconds_sum", &[], seconds(MEASURED.micros.load(Ordering::Relaxed)));
    page.line("http_request_seconds_count", &[], sum);
}

async fn amounts(page: &mut Page, site: &Site) -> Result<(), Fault> {
    let tally = site.store.tally().await?;
    for (name, help, count) in [
        ("outlets", "Outlets in use.", tally.outlets),
        ("feeds", "Feeds in use.", tally.feeds),
        ("articles", "Articles kept.", tally.articles),
        ("article_revisions", "Revisions of articles kept.", tally.revisions),
        ("stories", "Stories.", tally.stories),
        ("stories_published", "Stories with a published digest.", tally.published),
        ("digest_versions", "Versions of digests.", tally.versions),
        ("digests_waiting", "Versions that wait for an editor.", tally.waiting_digests),
        ("comments", "Comments shown.", tally.comments),
        ("comments_waiting", "Comments that wait for an editor.", tally.waiting_comments),
        ("reports_open", "Open reports of errors.", tally.open_reports),
    ] {
        page.family(name, "gauge", help);
        page.line(name, &[], count);
    }
    page.family("feeds_by_health", "gauge", "Feeds in use by how they are.");
    for health in store::Health::ALL {
        let count =
            tally.health.iter().find(|(name, _)| name == health.name()).map_or(0, |(_, count)| *count);
        page.line("feeds_by_health", &[("health", health.name())], count);
    }
    Ok(())
}

async fn jobs(page: &mut Page, site: &Site) -> Result<(), Fault> {
    let counts = site.store.job_counts().await?;
    page.family("jobs", "gauge", "Jobs by stage and state.");
    for (stage, name) in [
        (Stage::Read, "read"),
        (Stage::Group, "group"),
        (Stage::Write, "write"),
        (Stage::Subscribe, "subscribe"),
    ] {
        for (state, word) in
            [(JobState::Waiting, "waiting"), (JobState::Leased, "leased"), (JobState::Dead, "dead")]
        {
            let count: i64 =
                counts.iter().filter(|row| (row.0, row.1) == (stage, state)).map(|row| row.2).sum();
            page.line("jobs", &[("stage", name), ("state", word)], count);
        }
    }
    Ok(())
}
