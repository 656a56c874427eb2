//! Logging in and out.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use desk::article::sha256;
use serde::Deserialize;
use store::Millis;

use super::seat::{self, Posted, Seat};
use super::{frame, password, tries};
use crate::server::{Fault, Site};
use crate::talk::{self, Fields, HOUR, MINUTE, Sender, people};

/// How long a session lasts.
const SESSION: Millis = 12 * HOUR;
/// How long failures count.
const WINDOW: Millis = 15 * MINUTE;
/// A longer password is none that we made or took.
pub(super) const LONGEST: usize = 200;

/// The page to log in on.
#[derive(Template)]
#[template(path = "editors/login.html")]
struct Login<'p> {
    site: &'p str,
    lang: &'p str,
    style: &'static str,
    to: &'p str,
    name: &'p str,
    refusal: &'p str,
}

/// Where to go on after logging in.
#[derive(Deserialize)]
pub(super) struct Aim {
    #[serde(default)]
    to: String,
}

pub(super) async fn show(
    State(site): State<Site>,
    Query(aim): Query<Aim>,
    seat: Result<Seat, seat::Denied>,
) -> Response {
    let to = seat::local(&aim.to).unwrap_or("/desk");
    if seat.is_ok() {
        return Redirect::to(to).into_response();
    }
    view(&site, StatusCode::OK, to, "", "")
}

/// Opens a session under a new token, so that one that somebody else put into the browser is worth nothing.
pub(super) async fn login(
    State(site): State<Site>,
    sender: Sender,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Fault> {
    let to = seat::local(fields.get("to")).unwrap_or("/desk");
    let name = talk::line(fields.get("name"), frame::NAME);
    let now = site.clock.now();
    let window = people(&site.clock, WINDOW);
    let keys = [
        (talk::mac(&*site.key, "login from", &sender.hash), tries::FROM_ONE),
        (talk::mac(&*site.key, "login as", &name.to_lowercase()), tries::FOR_ONE),
    ];
    if !keys.iter().all(|(key, most)| tries::may(key, *most, now, window)) {
        let words = "Too many tries failed. Wait a quarter of an hour and try again.";
        return Ok(view(&site, StatusCode::TOO_MANY_REQUESTS, to, &name, words));
    }
    // Counted before it is checked: tries that run at the same time would all slip through otherwise.
    keys.iter().for_each(|(key, _)| tries::failed(key, now, window));
    let editor = site.store.editor(&name).await?;
    let typed: String = fields.get("password").chars().take(LONGEST + 1).collect();
    let fits = password::fits(typed, editor.as_ref().map(|editor| editor.password.clone())).await;
    let Some(editor) = editor.filter(|_| fits) else {
        tracing::warn!("a login at the desk failed");
        let words = "Name or password is wrong. Try again; the first password was printed when the newsroom was opened.";
        return Ok(view(&site, StatusCode::FORBIDDEN, to, &name, words));
    };
    keys.iter().for_each(|(key, _)| tries::forget(key));
    if let Some(old) = seat::session_hash(&headers) {
        site.store.close_session(&old).await?;
    }
    let mut response = Redirect::to(to).into_response();
    open(&site, editor.id, &mut response).await?;
    site.store.log(&editor.name, "log in", "desk", "", now).await?;
    Ok(response)
}

/// Opens a session for an editor and puts its cookie into the answer.
pub(super) async fn open(site: &Site, editor: i64, response: &mut Response) -> Result<(), Fault> {
    let now = site.clock.now();
    let token = talk::random();
    let until = now.saturating_add(people(&site.clock, SESSION));
    site.store.open_session(editor, &sha256(token.as_bytes()), until, now).await?;
    let rest = "Path=/desk; Max-Age=43200; SameSite=Strict";
    if let Some(cookie) = talk::set_cookie(seat::COOKIE, &token, rest, site.settings.secure_cookies) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(())
}

pub(super) async fn logout(State(site): State<Site>, posted: Posted) -> Result<Response, Fault> {
    site.store.close_session(&posted.seat.session).await?;
    let mut response = Redirect::to("/desk/login").into_response();
    if let Some(cookie) = talk::set_cookie(
        seat::COOKIE,
        "",
        "Path=/desk; Max-Age=0; SameSite=Strict",
        site.settings.secure_cookies,
    ) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn view(site: &Site, status: StatusCode, to: &str, name: &str, refusal: &str) -> Response {
    let login = Login {
        site: &site.settings.name,
        lang: &site.settings.lang,
        style: frame::style_address(),
        to,
        name,
        refusal,
    };
    frame::page(status, &login)
}
