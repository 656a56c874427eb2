//! Asks for a feed again: only for what changed since, and with an ear for how long the server wants to be left alone.

use std::time::{Duration, Instant};

use ureq::Body;
use ureq::http::{Response, header};

use crate::http::{self, Client, Landed, Type, Wish};
use crate::refusal::{Cause, Refusal};
use crate::{Document, websub};

const ACCEPT: &str = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";

/// The longest that a server may send us away for, in milliseconds.
const LONGEST_WAIT: i64 = 24 * 3_600_000;

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ask<'a> {
    /// The feed's address.
    pub address: &'a str,
    /// The `ETag` it came with the last time.
    pub etag: Option<&'a str>,
    /// The `Last-Modified` it came with the last time.
    pub modified: Option<&'a str>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing changed since it came with these validators.
    Unchanged {
        /// The `ETag` to ask with the next time.
        etag: Option<String>,
        /// The `Last-Modified` to ask with the next time.
        modified: Option<String>,
        /// The address it moved to for good.
        moved_to: Option<String>,
        /// For how long it stays good, as the server says.
        max_age: Option<Duration>,
    },
    /// It came.
    Had(Box<Had>),
    /// It was not had.
    Refused {
        /// Why.
        refusal: Refusal,
        /// How long the server wants to be left alone.
        retry_after: Option<Wait>,
        /// The status it answered with, where it answered.
        status: Option<u16>,
    },
}

/// A feed that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Had {
    /// Its bytes.
    pub document: Document,
    /// The `ETag` to ask with the next time.
    pub etag: Option<String>,
    /// The `Last-Modified` to ask with the next time.
    pub modified: Option<String>,
    /// The address it moved to, where every redirect on the way was for good (301 or 308).
    pub moved_to: Option<String>,
    /// The WebSub hub that the `Link` headers name.
    pub hub: Option<String>,
    /// The topic at the hub that they name.
    pub topic: Option<String>,
    /// For how long it stays good, as the server says.
    pub max_age: Option<Duration>,
}

/// How long a server wants to be left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// So many milliseconds from now.
    For(i64),
    /// Until this moment, in milliseconds since 1970.
    Until(i64),
}

impl Wait {
    /// Until when: never before `now`, and at most a day after it.
    #[must_use]
    pub fn until(self, now: i64) -> i64 {
        let until = match self {
            Self::For(wait) => now.saturating_add(wait),
            Self::Until(until) => until,
        };
        until.clamp(now, now.saturating_add(LONGEST_WAIT))
    }

    /// Reads a `Retry-After`: seconds, or a date.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            // What is too large to be read is longer than anything that is granted.
            return Some(Self::For(text.parse::<i64>().unwrap_or(i64::MAX).saturating_mul(1000)));
        }
        let date = jiff::fmt::rfc2822::parse(text).ok()?;
        Some(Self::Until(date.timestamp().as_millisecond()))
    }
}

impl Client {
    /// Asks for a feed, with the same checks and limits as [`Client::get`].
    #[must_use]
    pub fn poll(&self, ask: &Ask<'_>) -> Answer {
        let mut status = None;
        self.polled(ask, &mut status).unwrap_or_else(|cause| {
            let refusal = http::refused(ask.address, &cause);
            Answer::Refused { retry_after: refusal.wait, refusal, status }
        })
    }

    fn polled(&self, ask: &Ask<'_>, seen: &mut Option<u16>) -> Result<Answer, Cause> {
        let wish = Wish { accept: Some(ACCEPT), etag: ask.etag, modified: ask.modified };
        let Landed { url, response, moved } = self.follow(ask.address, wish, Instant::now())?;
        let status = response.status().as_u16();
        *seen = Some(status);
        let moved_to = moved.then(|| url.as_str().to_owned());
        let (etag, modified) =
            (http::exact(&response, header::ETAG), http::exact(&response, header::LAST_MODIFIED));
        let max_age = max_age(&response);
        if status == 304 {
            if ask.etag.is_none() && ask.modified.is_none() {
                return Err(Cause::Unasked {});
            }
            let etag = etag.or_else(|| ask.etag.map(str::to_owned));
            let modified = modified.or_else(|| ask.modified.map(str::to_owned));
            return Ok(Answer::Unchanged { etag, modified, moved_to, max_age });
        }
        let links = response.headers().get_all(header::LINK).iter().filter_map(|value| value.to_str().ok());
        let websub::Links { hub, topic } = websub::Links::of_headers(links, &url);
        let document = self.take(ask.address, &url, response, Type::Hint)?;
        Ok(Answer::Had(Box::new(Had { document, etag, modified, moved_to, hub, topic, max_age })))
    }
}

fn max_age(response: &Response<Body>) -> Option<Duration> {
    let value = http::exact(response, header::CACHE_CONTROL)?.to_ascii_lowercase();
    let parts: Vec<&str> = value.split(',').map(str::trim).collect();
    if parts.iter().any(|part| matches!(*part, "no-cache" | "no-store")) {
        return None;
    }
    let seconds = parts.iter().find_map(|part| part.strip_prefix("max-age="))?;
    seconds.trim_matches('"').parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests;
