//! The editors' desk: everything that a person decides in the newsroom, behind a login.
//!
//! Every page takes a `Seat`, every action a `Posted` form; neither can be had without a session, nor the second
//! without the session's signature. Each action writes a line of the audit log right after the change.

mod comments;
mod edit;
mod feeds;
mod frame;
mod jobs;
mod log;
mod login;
mod outlets;
mod overview;
mod password;
mod reports;
mod seat;
mod staff;
mod stories;
mod story;
mod tries;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::middleware::map_response;
use axum::routing::{MethodRouter, get, post};

use crate::server::Site;

pub use password::{fresh_password, hash_password};

pub(crate) fn routes() -> Router<Site> {
    let router = table().into_iter().fold(Router::new(), |router, (path, method)| router.route(path, method));
    router.layer(map_response(frame::harden))
}

/// Every address of the desk.
fn table() -> Vec<(&'static str, MethodRouter<Site>)> {
    vec![
        ("/desk", get(overview::show)),
        ("/desk/login", get(login::show).post(login::login)),
        ("/desk/logout", post(login::logout)),
        ("/desk/style/{name}", get(frame::style)),
        ("/desk/stories", get(stories::list)),
        ("/desk/waiting", get(stories::waiting)),
        ("/desk/story/{id}", get(story::show)),
        ("/desk/story/{id}/hold", post(edit::hold)),
        ("/desk/story/{id}/resume", post(edit::resume)),
        ("/desk/story/{id}/section", post(edit::section)),
        ("/desk/story/{id}/publish", post(edit::publish)),
        ("/desk/story/{id}/withdraw", post(edit::withdraw)),
        ("/desk/story/{id}/drop", post(edit::drop_sentence)),
        ("/desk/story/{id}/article", post(edit::article)),
        ("/desk/jobs", get(jobs::list)),
        ("/desk/job/{id}/retry", post(jobs::retry)),
        ("/desk/feeds", get(feeds::list)),
        ("/desk/feeds/add", post(feeds::add)),
        ("/desk/feed/{id}/{action}", post(feeds::act)),
        ("/desk/outlets", get(outlets::list)),
        ("/desk/outlets/add", post(outlets::add)),
        ("/desk/outlet/{domain}", get(outlets::show)),
        ("/desk/outlet/{domain}/{action}", post(outlets::act)),
        ("/desk/comments", get(comments::list)),
        ("/desk/comment/{id}/{action}", post(comments::act)),
        ("/desk/reports", get(reports::list)),
        ("/desk/report/{id}/close", post(reports::close)),
        ("/desk/editors", get(staff::list)),
        ("/desk/editors/add", post(staff::add)),
        ("/desk/editors/password", post(staff::change)),
        ("/desk/log", get(log::list)),
    ]
}
