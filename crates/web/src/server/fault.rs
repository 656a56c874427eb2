//! What a page answers when it can't: one error type that hides what is inside.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Site;
use super::answer::Answer;
use super::frame::Frame;

/// Why a page can't be shown.
#[derive(Debug)]
pub(crate) enum Fault {
    /// There is nothing at this address.
    Missing,
    /// The request makes no sense; what to do, for the reader.
    Bad(&'static str),
    /// Not without logging in, or not from that page.
    Forbidden(&'static str),
    /// Too much at once.
    Busy(&'static str),
    /// The store failed; the cause goes to the log, not to the reader.
    Store(store::Error),
}

/// The words of a fault, handed from where it arose to where the page around them is made.
#[derive(Clone, Copy, Debug)]
struct Words(&'static str);

impl From<store::Error> for Fault {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, words) = match self {
            Self::Missing => (StatusCode::NOT_FOUND, "There is nothing at this address."),
            Self::Bad(words) => (StatusCode::BAD_REQUEST, words),
            Self::Forbidden(words) => (StatusCode::FORBIDDEN, words),
            Self::Busy(words) => (StatusCode::TOO_MANY_REQUESTS, words),
            Self::Store(error) => {
                tracing::error!(%error, "the store failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "Something broke on our side. Try again in a moment.")
            }
        };
        let mut response = (status, words).into_response();
        response.extensions_mut().insert(Words(words));
        response
    }
}

#[derive(Template)]
#[template(path = "reader/fault.html")]
struct Page {
    frame: Frame,
    status: u16,
    heading: &'static str,
    words: &'static str,
}

/// Gives every error a page in the site's look. What is already a page of its own, or is for programs, stays.
pub(crate) async fn dressed(State(site): State<Site>, request: Request, next: Next) -> Response {
    let programs = request.uri().path().starts_with("/api/") || request.method() == Method::OPTIONS;
    let response = next.run(request).await;
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let finished = kind.is_some_and(|kind| !kind.starts_with("text/plain"));
    if programs || finished || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let words = response.extensions().get::<Words>().map_or_else(|| usual(status), |words| words.0);
    let frame = Frame::new(&site, heading(status), "/").unlisted();
    let page = Page { frame, status: status.as_u16(), heading: heading(status), words };
    let mut dressed = Answer::page(&page).status(status).into_response();
    for name in [header::ALLOW, header::RETRY_AFTER, header::SET_COOKIE] {
        if let Some(value) = response.headers().get(&name) {
            dressed.headers_mut().insert(name, value.clone());
        }
    }
    dressed
}

fn heading(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => "Not on this page",
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => "Not this way",
        StatusCode::TOO_MANY_REQUESTS => "A moment, please",
        _ if status.is_server_error() => "Stop the presses",
        _ => "That can’t be read",
    }
}

/// What is said where only the status is known.
fn usual(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "There is nothing at this address.",
        StatusCode::METHOD_NOT_ALLOWED => {
            "This address can’t be used in that way. Go back and follow a link."
        }
        StatusCode::PAYLOAD_TOO_LARGE => "What you sent is too long. Shorten it and send it again.",
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => {
            "It took too long. Try again in a moment."
        }
        _ if status.is_server_error() => "Something broke on our side. Try again in a moment.",
        _ => "The request makes no sense here. Go back and try again.",
    }
}
