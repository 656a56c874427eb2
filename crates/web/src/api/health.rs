//! Whether the newsroom is up, for whatever watches over it.

use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::server::Site;

/// A store that takes longer does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether the process runs and its store answers.
pub(super) async fn health(State(site): State<Site>) -> Response {
    let well = matches!(tokio::time::timeout(PATIENCE, site.store.next_job()).await, Ok(Ok(_)));
    answer(well, &json!({ "status": if well { "ok" } else { "the store does not answer" } }))
}

/// Whether requests can be sent here; how much there is to show.
pub(super) async fn ready(State(site): State<Site>) -> Response {
    match tokio::time::timeout(PATIENCE, site.store.tally()).await {
        Ok(Ok(tally)) => {
            answer(true, &json!({ "status": "ok", "published": tally.published, "feeds": tally.feeds }))
        }
        _ => answer(false, &json!({ "status": "the store does not answer" })),
    }
}

fn answer(well: bool, body: &serde_json::Value) -> Response {
    let status = if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}
