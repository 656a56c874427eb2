//! The few pages that belong to what readers send, and their style sheet.

use std::sync::LazyLock;

use askama::Template;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use desk::article::sha256;

use crate::server::Fault;

#[derive(Template)]
#[template(path = "talk/page.css", escape = "none")]
struct Sheet;

static SHEET: LazyLock<String> = LazyLock::new(|| Sheet.render().unwrap_or_default());
static ADDRESS: LazyLock<String> =
    LazyLock::new(|| format!("/talk/style-{}.css", &sha256(SHEET.as_bytes())[..12]));

/// Where the style sheet is, on every page of this module.
pub(super) fn style_address() -> &'static str {
    &ADDRESS
}

/// The route of the style sheet.
pub(super) fn style_path() -> String {
    "/talk/{style}".to_owned()
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

/// A page of this module. It is about one reader and is kept by no cache.
pub(super) fn page<T: Template>(status: StatusCode, template: &T) -> Response {
    match template.render() {
        Ok(html) => (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
