//! What the pages of the desk share: the head with what waits, the notice after an action, the style sheet.

use std::sync::LazyLock;

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use desk::article::sha256;
use serde::Deserialize;
use store::{Millis, Tally};

use super::seat::Seat;
use crate::plain::plain;
use crate::server::{Fault, Site};
use crate::talk::Moment;

/// The longest name of an editor.
pub(super) const NAME: usize = 60;
/// How many rows a page of a list has.
pub(super) const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "editors/desk.css", escape = "none")]
struct Sheet;

static SHEET: LazyLock<String> = LazyLock::new(|| Sheet.render().unwrap_or_default());
static ADDRESS: LazyLock<String> =
    LazyLock::new(|| format!("/desk/style/{}.css", &sha256(SHEET.as_bytes())[..12]));

/// What every page of the desk shows around its own.
pub(super) struct Frame {
    pub(super) site: String,
    pub(super) lang: String,
    pub(super) style: &'static str,
    pub(super) title: String,
    /// Which part of the desk it is.
    pub(super) here: &'static str,
    pub(super) editor: String,
    pub(super) csrf: String,
    pub(super) notice: &'static str,
    pub(super) tally: Tally,
}

/// What was just done, said on the page that follows.
#[derive(Deserialize, Default)]
pub(super) struct Notice {
    #[serde(default)]
    pub(super) done: String,
}

impl Frame {
    pub(super) async fn new(
        site: &Site,
        seat: Seat,
        title: &str,
        here: &'static str,
        done: &str,
    ) -> Result<Self, Fault> {
        Ok(Self {
            site: plain(&site.settings.name),
            lang: site.settings.lang.clone(),
            style: style_address(),
            title: plain(title),
            here,
            editor: plain(&seat.name),
            csrf: seat.csrf,
            notice: notice(done),
            tally: site.store.tally().await?,
        })
    }

    /// Whether a part of the desk is the one shown.
    pub(super) fn is(&self, here: &str) -> bool {
        self.here == here
    }
}

/// What is said after an action; nothing for a word that isn't one of ours.
fn notice(done: &str) -> &'static str {
    match done {
        "publish" => "The version is published.",
        "pass" => "The version is turned away.",
        "withdraw" => "The version is withdrawn. Readers see why.",
        "hold" => "The story is held: new versions are kept and not shown.",
        "resume" => "The story is no longer held.",
        "section" => "The story stands in its new section.",
        "drop" => {
            "The sentence is dropped. The story is being written again without it; the new version comes with a correction."
        }
        "article-out" => "The article is withdrawn. Its story is being written again without it.",
        "article-in" => "The article is back. Its story is being written again.",
        "retry" => "The job will be tried again.",
        "feed" => "The feed is added and will be fetched now.",
        "feed-known" => "That feed is known already.",
        "feed-pause" => "The feed is paused.",
        "feed-wake" => "The feed is awake and will be fetched now.",
        "feed-remove" => "The feed is removed.",
        "feed-fetch" => "The feed will be fetched now.",
        "outlet" => "The outlet is added.",
        "outlet-change" => "The outlet is changed.",
        "outlet-pause" => "The outlet is paused, with its feeds.",
        "outlet-wake" => "The outlet is awake, with its feeds.",
        "outlet-remove" => {
            "The outlet is removed. Its articles are withdrawn, and what rested on them is being written again."
        }
        "approve" => "The comment is shown.",
        "reject" => "The comment is rejected.",
        "delete" => "The comment is deleted.",
        "answer" => "Your answer is shown.",
        "close" => "The report is closed.",
        "password" => "Your password is changed. Other sessions of yours have ended.",
        _ => "",
    }
}

/// Where to go after an action.
pub(super) fn back(to: &str, done: &str) -> Response {
    Redirect::to(&format!("{to}?done={done}")).into_response()
}

/// A page of the desk.
pub(super) fn page<T: Template>(status: StatusCode, template: &T) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page of the desk could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// What every answer of the desk carries: it is nobody else's, no cache keeps it, nothing runs on it.
pub(super) async fn harden(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let policy =
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The pages of a long list.
pub(super) struct Pages {
    pub(super) number: usize,
    pub(super) count: usize,
    /// What is asked for to see the page before.
    pub(super) before: Option<String>,
    /// What is asked for to see the page after.
    pub(super) after: Option<String>,
}

impl Pages {
    /// Page `number` of `count` of what `asked` finds.
    pub(super) fn new(number: usize, count: usize, asked: &[(&str, &str)]) -> Self {
        let query = |page: usize| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(asked.iter().filter(|(_, value)| !value.is_empty()));
            query.append_pair("page", &page.to_string()).finish()
        };
        Self {
            number,
            count,
            before: (number > 1).then(|| query(number - 1)),
            after: (number < count).then(|| query(number + 1)),
        }
    }
}

/// Where the style sheet is.
pub(super) fn style_address() -> &'static str {
    &ADDRESS
}

pub(super) async fn style(Path(name): Path<String>) -> Response {
    if !ADDRESS.ends_with(&format!("/{name}")) {
        return Fault::Missing.into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, SHEET.as_str()).into_response()
}

/// How long ago, or how soon: `3 min ago`, `in 2 h`.
pub(super) fn distance(at: Millis, now: Millis) -> String {
    let gap = at.saturating_sub(now);
    let minutes = gap.unsigned_abs() / 60_000;
    let words = match minutes {
        0 => return "now".to_owned(),
        1..=89 => format!("{minutes} min"),
        90..=2879 => format!("{} h", (minutes + 30) / 60),
        _ => format!("{} days", (minutes + 720) / 1440),
    };
    if gap < 0 { format!("{words} ago") } else { format!("in {words}") }
}

/// A moment as lists show it: how far away, and exactly.
pub(super) struct When {
    pub(super) words: String,
    pub(super) exact: Moment,
}

impl When {
    pub(super) fn at(at: Millis, now: Millis) -> Self {
        Self { words: distance(at, now), exact: Moment::at(at) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_told_in_the_fitting_unit() {
        let minute = 60_000;
        for (gap, expected) in [
            (0, "now"),
            (30_000, "now"),
            (-3 * minute, "3 min ago"),
            (100 * minute, "in 2 h"),
            (-3 * 1440 * minute, "3 days ago"),
        ] {
            assert_eq!(distance(1_000_000_000_000 + gap, 1_000_000_000_000), expected);
        }
    }
}
