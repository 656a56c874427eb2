//! What readers send: comments and reported errors.
//!
//! Everything works without a script and without an account. Who wrote a comment is known by a cookie that is set
//! with the first one, or by a link that its author keeps; where it came from is kept for a day as a keyed hash.

mod fields;
mod frame;
mod markdown;
mod moment;
mod own;
mod pace;
mod post;
mod report;
mod seal;
mod sender;
mod thread;
mod trap;
mod words;

#[cfg(test)]
pub(crate) mod seed;
#[cfg(test)]
mod tests;

use axum::Router;
use axum::routing::{get, post};

use crate::server::Site;

pub(crate) use fields::Fields;
pub(crate) use markdown::{Markdown, markdown};
pub(crate) use moment::Moment;
pub(crate) use pace::{DAY, HOUR, MINUTE, people};
pub(crate) use report::lines;
pub(crate) use seal::{cookie, hex, mac, random, same, set_cookie};
pub(crate) use sender::Sender;
pub(crate) use thread::section;
pub(crate) use trap::form_fields;
pub(crate) use words::{line, several};

pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/story/{id}/comment", post(post::comment))
        .route("/comment/{id}", get(own::show))
        .route("/comment/{id}/answer", get(post::answer))
        .route("/comment/{id}/edit", get(own::editing).post(own::edit))
        .route("/comment/{id}/delete", get(own::deleting).post(own::delete))
        .route("/story/{id}/report", post(report::report))
        .route("/story/{id}/reported", get(report::thanks))
        .route(&frame::style_path(), get(frame::style))
}
