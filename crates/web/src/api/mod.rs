//! The API: JSON for everything that the site shows, its description, metrics, health, and the hubs' callback.
//!
//! It is for anybody and knows nobody: no cookie is read, every answer may be used from any page.

mod answer;
mod articles;
mod cursor;
mod health;
mod lists;
mod measure;
mod metrics;
mod search;
mod stories;
mod websub;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::map_response;
use axum::routing::{MethodRouter, get};

use crate::server::Site;

pub use measure::measured;

/// The most bytes that a hub may send; what it says is not read, only whether it is signed.
const PUSHED: usize = 1024 * 1024;

pub(crate) fn routes() -> Router<Site> {
    let api = table().into_iter().fold(Router::new(), |router, (path, method)| router.route(path, method));
    let api = api.route("/api/{*rest}", get(answer::missing)).layer(map_response(answer::open));
    api.route("/metrics", get(metrics::metrics))
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .route("/websub/{feed}", get(websub::verify).post(websub::push).layer(DefaultBodyLimit::max(PUSHED)))
}

/// Every address of the API.
fn table() -> Vec<(&'static str, MethodRouter<Site>)> {
    vec![
        ("/api/v1/openapi.json", get(lists::description)),
        ("/api/v1/status", get(lists::status)),
        ("/api/v1/stories", get(stories::list)),
        ("/api/v1/stories/{id}", get(stories::story)),
        ("/api/v1/stories/{id}/versions/{version}", get(stories::version)),
        ("/api/v1/stories/{id}/receipt", get(stories::receipt)),
        ("/api/v1/stories/{id}/comments", get(stories::comments)),
        ("/api/v1/articles", get(articles::list)),
        ("/api/v1/articles/{id}", get(articles::article)),
        ("/api/v1/outlets", get(lists::outlets)),
        ("/api/v1/feeds", get(lists::feeds)),
        ("/api/v1/search", get(search::search)),
        ("/api/v1/days", get(lists::days)),
        ("/api/v1/sections", get(lists::sections)),
        ("/api/v1/corrections", get(lists::corrections)),
    ]
}
