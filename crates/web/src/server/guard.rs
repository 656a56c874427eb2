//! What is turned away before any page is made, and the headers that every answer carries.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Fault, Site};

/// The longest address that is looked at, in bytes.
const LONGEST: usize = 2048;

/// No page may run or load anything but our style sheet and pictures, or be framed, or send a form elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; manifest-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-cache"),
];

/// Refuses addresses that no page of ours has, and sends those with a slash too many to the right place.
pub(crate) async fn guarded(request: Request, next: Next) -> Response {
    if !sound(request.uri()) {
        return Fault::Missing.into_response();
    }
    match bare(request.method(), request.uri()) {
        Some(to) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response(),
        None => next.run(request).await,
    }
}

fn sound(uri: &Uri) -> bool {
    let path = uri.path();
    let query = uri.query().unwrap_or_default();
    let lower = path.to_ascii_lowercase();
    let tricks = ["..", "//", "\\", "%2e", "%5c", "%00", "%0a", "%0d"];
    path.len() + query.len() <= LONGEST && !tricks.iter().any(|trick| lower.contains(trick))
}

/// The same address without the slashes at its end, where it has some.
fn bare(method: &Method, uri: &Uri) -> Option<HeaderValue> {
    let path = uri.path();
    if path == "/" || !path.ends_with('/') || !matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    let path = path.trim_end_matches('/');
    let to = uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    HeaderValue::from_str(&to).ok()
}

/// Refuses what a page of another site has a reader's or an editor's browser send. Whatever changes something for a
/// person goes through here; a signed form is asked for besides at the desk and for one's own comments.
pub(crate) async fn at_home(State(site): State<Site>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || from_here(request.headers(), &site.settings.base) {
        return next.run(request).await;
    }
    let words =
        "This form was sent from another site. Nothing was changed: open the page here and send it again.";
    Fault::Forbidden(words).into_response()
}

/// Whether a request was made by a page of this site, as far as the browser says. It may say nothing, or "null"
/// where a page tells nobody where it is; a form with a signature remains.
fn from_here(headers: &HeaderMap, base: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let Some(origin) = text(header::ORIGIN).filter(|origin| *origin != "null") else { return true };
    let authority =
        |address: &str| address.parse::<Uri>().ok()?.authority().map(|found| found.as_str().to_lowercase());
    let Some(origin) = authority(origin) else { return false };
    let host = text(header::HOST).map(str::to_lowercase);
    host.as_deref() == Some(&*origin) || authority(base).as_deref() == Some(&*origin)
}

/// Puts the headers on that every answer carries, unless it brings its own.
pub(crate) async fn sealed(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let page = kind.is_none_or(|kind| kind.starts_with("text/html"));
    let resource = if page { "same-origin" } else { "cross-origin" };
    let fixed = HEADERS.into_iter().chain([("cross-origin-resource-policy", resource)]);
    let headers = response.headers_mut();
    for (name, value) in fixed {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &'static str) -> Uri {
        Uri::from_static(address)
    }

    #[test]
    fn tricks_with_paths_lead_nowhere() {
        for address in [
            "/../etc/passwd",
            "/a/%2e%2e/b",
            "/a%00b",
            "//evil.example/",
            "/a\\b",
            "/x%0d%0aSet-Cookie:a",
            "/%5C",
        ] {
            assert!(address.parse::<Uri>().is_err() || !sound(&at(address)), "{address}");
        }
        assert!(sound(&at("/search?q=..%2F")) && sound(&at("/day/2026-03-11")));
    }

    #[test]
    fn a_slash_too_many_is_taken_off() {
        let to =
            |address| bare(&Method::GET, &at(address)).and_then(|to| to.to_str().map(str::to_owned).ok());
        assert_eq!(to("/archive/").as_deref(), Some("/archive"));
        assert_eq!(to("/search/?q=a").as_deref(), Some("/search?q=a"));
        assert_eq!(to("/"), None);
        assert_eq!(to("/archive"), None);
        assert_eq!(bare(&Method::POST, &at("/hide/")), None);
    }
    #[test]
    fn requests_from_elsewhere_are_told_apart() {
        for (fetch, origin, good) in [
            (Some("same-origin"), None, true),
            (Some("cross-site"), Some("http://news.example"), false),
            (Some("same-site"), None, false),
            (None, Some("http://news.example"), true),
            (None, Some("https://public.example"), true),
            (None, Some("http://evil.example"), false),
            (None, Some("http://news.example.evil.example"), false),
            (None, Some("null"), true),
            (None, None, true),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "news.example".parse().expect("a header"));
            if let Some(fetch) = fetch {
                headers.insert("sec-fetch-site", fetch.parse().unwrap());
            }
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            assert_eq!(from_here(&headers, "https://public.example"), good, "{fetch:?} {origin:?}");
        }
    }
}
