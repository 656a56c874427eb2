//! The site as a service: what every page shares, and which address leads where.

pub(crate) mod answer;
mod fault;
pub(crate) mod frame;
mod guard;
mod kept;
mod settings;
mod shelf;
mod style;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use store::{Clock, Store};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::services::ServeDir;
use tower_http::timeout::TimeoutLayer;

pub use settings::{Comments, Settings};

pub(crate) use fault::Fault;

/// The most bytes that a reader or an editor may send.
const FORM: usize = 64 << 10;
/// The most bytes that a program may send: a hub sends whole feeds.
const POSTED: usize = 1 << 20;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What every page shares. Clones are cheap.
#[derive(Clone, Debug)]
pub struct Site {
    /// Where everything is kept.
    pub store: Store,
    /// What time it is in the newsroom.
    pub clock: Clock,
    /// What the owner decided.
    pub settings: Arc<Settings>,
    /// The newsroom's own key, for signing: 32 bytes.
    pub key: Arc<[u8; 32]>,
}

/// Every address of the newsroom: the readers' site, the comments, the editors' desk, the API.
pub fn router(site: Site) -> Router {
    let kept = Arc::new(kept::Kept::default());
    let readers = crate::reader::routes()
        .layer(from_fn_with_state((site.clone(), Arc::clone(&kept)), kept::kept))
        .route(style::HREF.as_str(), get(style::sheet));
    let readers = match &site.settings.files {
        Some(folder) => {
            readers.nest_service("/files", ServeDir::new(folder).append_index_html_on_directories(false))
        }
        None => readers,
    };
    let people = readers
        .merge(crate::talk::routes())
        .merge(crate::editors::routes())
        .layer(from_fn_with_state(site.clone(), guard::at_home))
        .layer(RequestBodyLimitLayer::new(FORM));
    let programs = crate::api::routes().layer(RequestBodyLimitLayer::new(POSTED));
    Router::new()
        .merge(people)
        .merge(programs)
        .fallback(async || Fault::Missing)
        .layer(DefaultBodyLimit::max(POSTED))
        .layer(from_fn_with_state(kept, kept::noticed))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(from_fn(guard::guarded))
        .layer(from_fn_with_state(site.clone(), fault::dressed))
        .layer(from_fn(guard::sealed))
        .with_state(site)
}
