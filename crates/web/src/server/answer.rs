//! What is sent: a rendered page, feed or file with its validators.

use std::io::{Read as _, Write as _};

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::article::sha256;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use store::Millis;

use crate::digest::rendered;

/// A body shorter than this is not worth compressing.
const WORTH: usize = 1024;

/// A rendered page, feed or file.
pub(crate) struct Answer {
    body: Vec<u8>,
    kind: &'static str,
    status: StatusCode,
    tag: Option<String>,
    modified: Option<Millis>,
}

impl Answer {
    /// A page from its template.
    pub(crate) fn page(template: &impl Template) -> Self {
        Self::new("text/html; charset=utf-8", rendered(template))
    }

    /// Anything else.
    pub(crate) fn new(kind: &'static str, body: String) -> Self {
        Self { body: body.into_bytes(), kind, status: StatusCode::OK, tag: None, modified: None }
    }

    /// The same with another status.
    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The same with the time of its last real change.
    pub(crate) fn modified(mut self, at: Option<Millis>) -> Self {
        self.modified = at;
        self
    }

    /// The same, validated by what it was made of instead of by its bytes: for pages that hold a form, whose
    /// token is another one each time.
    pub(crate) fn tagged(mut self, made_of: &str) -> Self {
        self.tag = Some(format!("W/\"{}\"", &sha256(made_of.as_bytes())[..24]));
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let tag = self.tag.unwrap_or_else(|| format!("W/\"{}\"", &sha256(&self.body)[..24]));
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        if self.status == StatusCode::OK {
            let modified = self.modified.map(crate::day::http);
            for (name, value) in [(header::ETAG, Some(tag)), (header::LAST_MODIFIED, modified)] {
                if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
                    headers.insert(name, value);
                }
            }
        }
        response
    }
}

/// Whether the reader has the page already, by the validators of the request. A tag goes before a date.
pub(crate) fn is_known(request: &HeaderMap, answer: &HeaderMap) -> bool {
    let text = |headers: &HeaderMap, name| {
        headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).map(str::to_owned)
    };
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    if let Some(known) = text(request, header::IF_NONE_MATCH) {
        let Some(tag) = text(answer, header::ETAG) else { return false };
        return known.trim() == "*" || known.split(',').any(|one| bare(one) == bare(&tag));
    }
    let since = text(request, header::IF_MODIFIED_SINCE);
    since.is_some() && since == text(answer, header::LAST_MODIFIED)
}

/// Whether the reader's browser takes gzip.
pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    let Some(accepted) = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    accepted.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        named && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// The bytes compressed.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(4));
    // Writing to memory does not fail; if it did the page would go out as it is.
    out.write_all(bytes).and_then(|()| out.finish()).unwrap_or_default()
}

/// The bytes that were compressed by [`gzip`], at most so many.
pub(crate) fn gunzip(packed: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(packed.len() * 6);
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    // These are bytes of our own from memory; were they broken, the reader would see the page end early.
    _ = GzDecoder::new(packed).take(limit).read_to_end(&mut out);
    out
}

/// Whether a body of that length and kind is worth compressing.
pub(crate) fn is_worth(length: usize, kind: &str) -> bool {
    let text = ["text/", "application/atom", "application/rss", "application/feed+json", "application/xml"];
    let more = ["application/json", "image/svg", "text/x-opml"];
    length >= WORTH && text.iter().chain(&more).any(|start| kind.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(rows: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |&(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value));
        rows.iter().map(pair).collect()
    }

    #[test]
    fn a_reader_who_has_the_page_is_told_so() {
        let answer = headers(&[("etag", "W/\"a1\""), ("last-modified", "Tue, 10 Mar 2026 14:05:00 GMT")]);
        for (rows, expected) in [
            (&[("if-none-match", "W/\"a1\"")][..], true),
            (&[("if-none-match", "\"x\", \"a1\"")], true),
            (&[("if-none-match", "*")], true),
            (&[("if-none-match", "\"b\""), ("if-modified-since", "Tue, 10 Mar 2026 14:05:00 GMT")], false),
            (&[("if-modified-since", "Tue, 10 Mar 2026 14:05:00 GMT")], true),
            (&[("if-modified-since", "nonsense")], false),
            (&[], false),
        ] {
            assert_eq!(is_known(&headers(rows), &answer), expected, "{rows:?}");
        }
    }

    #[test]
    fn gzip_is_sent_to_those_who_ask() {
        for (value, expected) in
            [("gzip, br", true), ("br", false), ("GZIP;q=0.5", true), ("gzip;q=0", false), ("", false)]
        {
            assert_eq!(takes_gzip(&headers(&[("accept-encoding", value)])), expected, "{value}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
