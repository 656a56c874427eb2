//! How the API answers: JSON with a tag that tells whether it changed, and problems as RFC 9457 has them.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::article::sha256;
use desk::stamp::Stamp;
use serde_json::{Value, json};
use store::Millis;

use crate::server::Fault;
use crate::talk::Moment;

/// What the functions of the API give.
pub(super) type Answer = Result<Response, Problem>;

/// Why there is no answer.
#[derive(Debug)]
pub(super) struct Problem(Fault);

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self(fault)
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, detail) = match self.0 {
            Fault::Missing => {
                (StatusCode::NOT_FOUND, "There is nothing at this address, or nothing that is published.")
            }
            Fault::Bad(words) => (StatusCode::BAD_REQUEST, words),
            Fault::Forbidden(words) => (StatusCode::FORBIDDEN, words),
            Fault::Busy(words) => (StatusCode::TOO_MANY_REQUESTS, words),
            Fault::Store(error) => {
                tracing::error!(%error, "the store failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "Something broke on our side. Try again in a moment.")
            }
        };
        let title = status.canonical_reason().unwrap_or_default();
        let body =
            json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail });
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
    }
}

/// JSON, or 304 where the asker has it.
pub(super) fn json(headers: &HeaderMap, body: &Value) -> Response {
    text(headers, body.to_string())
}

/// JSON that is written out already.
pub(super) fn text(headers: &HeaderMap, body: String) -> Response {
    let tag = format!("\"{}\"", &sha256(body.as_bytes())[..32]);
    let asked = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    let known = asked.flat_map(|line| line.split(',')).any(|found| {
        let found = found.trim();
        found == "*" || found.strip_prefix("W/").unwrap_or(found) == tag
    });
    let kept = [(header::ETAG, tag), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if known {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    (kept, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// Any page may use what the API answers: it is public, and no cookie is looked at.
pub(super) async fn open(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("etag"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// What isn't one of the API's addresses.
pub(super) async fn missing() -> Problem {
    Problem(Fault::Missing)
}

/// A moment as the API writes it.
pub(super) fn moment(at: Millis) -> String {
    Moment::at(at).iso
}

/// A moment where there is one.
pub(super) fn maybe(at: Option<Millis>) -> Option<String> {
    at.map(moment)
}

/// A day or moment as somebody asks for it; none where nothing was given.
pub(super) fn asked(text: &str) -> Result<Option<Millis>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    let stamp = Stamp::parse(text)
        .ok_or(Fault::Bad("`from` and `to` are days or moments like 2026-03-11 or 2026-03-11T14:05:00Z."))?;
    Ok(Some(stamp.seconds().saturating_mul(1000)))
}

/// How many rows are asked for.
pub(super) fn limit(text: &str, usual: i64, most: i64) -> Result<i64, Problem> {
    if text.is_empty() {
        return Ok(usual);
    }
    let number: Result<i64, _> = text.parse();
    let number = number.map_err(|_| Fault::Bad("`limit` is a number of rows."))?;
    Ok(number.clamp(1, most))
}
