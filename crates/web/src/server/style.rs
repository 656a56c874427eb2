//! The one style sheet of the readers' site, and its address, which changes with its content.

use std::sync::LazyLock;

use askama::Template;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use crate::digest::rendered;

/// The highest sentence number whose mark shows its card by pointing; later ones open by a touch.
const CARDS: usize = 64;

#[derive(Template)]
#[template(path = "reader/site.css", escape = "none")]
struct Sheet {
    cards: Vec<usize>,
}

static SHEET: LazyLock<String> = LazyLock::new(|| rendered(&Sheet { cards: (0..=CARDS).collect() }));

/// Where the style sheet is.
pub(crate) static HREF: LazyLock<String> = LazyLock::new(|| {
    let hash = desk::article::sha256(SHEET.as_bytes());
    format!("/style-{}.css", &hash[..16])
});

static GZIP: LazyLock<Vec<u8>> = LazyLock::new(|| super::answer::gzip(SHEET.as_bytes()));

/// The style sheet. Its name with the hash is kept for ever by browsers.
pub(crate) async fn sheet(headers: HeaderMap) -> Response {
    let fixed = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    if super::answer::takes_gzip(&headers) {
        (fixed, [(header::CONTENT_ENCODING, "gzip")], GZIP.as_slice()).into_response()
    } else {
        (fixed, SHEET.as_str()).into_response()
    }
}
