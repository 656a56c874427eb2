//! Who may sit at the desk.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::frame::{self, Frame, Notice};
use super::seat::{Posted, Seat};
use super::{edit, login, password};
use crate::plain::plain;
use crate::server::{Fault, Site};
use crate::talk;

/// A shorter password can be guessed.
const SHORTEST: usize = 12;

#[derive(Template)]
#[template(path = "editors/editors.html")]
struct Page {
    frame: Frame,
    names: Vec<String>,
    /// Somebody who was just added, with the password that is shown this once.
    added: Option<(String, String)>,
    shortest: usize,
}

pub(super) async fn list(
    State(site): State<Site>,
    seat: Seat,
    Query(notice): Query<Notice>,
) -> Result<Response, Fault> {
    view(&site, seat, &notice.done, None).await
}

/// Adds an editor. The password is made here, shown once and kept as a hash only.
pub(super) async fn add(State(site): State<Site>, posted: Posted) -> Result<Response, Fault> {
    let name = talk::line(posted.fields.get("name"), frame::NAME);
    if name.is_empty() {
        return Err(Fault::Bad("The name is empty. Go back and give one to log in with."));
    }
    if site.store.editors().await?.iter().any(|editor| editor.name.to_lowercase() == name.to_lowercase()) {
        return Err(Fault::Bad("An editor of that name is there already. Go back and choose another name."));
    }
    let fresh = password::fresh_password();
    let hash = hashed(fresh.clone()).await?;
    site.store.put_editor(&name, &hash, site.clock.now()).await?;
    edit::log(&site, &posted, "add", &format!("editor {name}"), "").await?;
    view(&site, posted.seat, "", Some((name, fresh))).await
}

/// Changes one's own password; all sessions end and this one goes on under a new token.
pub(super) async fn change(State(site): State<Site>, posted: Posted) -> Result<Response, Fault> {
    let new = posted.fields.get("new");
    let length = new.chars().count();
    if !(SHORTEST..=login::LONGEST).contains(&length) {
        return Err(Fault::Bad("A password has 12 to 200 characters. Go back and choose another one."));
    }
    let editor = site.store.editor(&posted.seat.name).await?.ok_or(Fault::Missing)?;
    let old: String = posted.fields.get("old").chars().take(login::LONGEST + 1).collect();
    if !password::fits(old, Some(editor.password)).await {
        return Err(Fault::Forbidden(
            "The old password is wrong. Nothing was changed; go back and try again.",
        ));
    }
    let hash = hashed(new.to_owned()).await?;
    site.store.put_editor(&editor.name, &hash, site.clock.now()).await?;
    edit::log(&site, &posted, "password", &format!("editor {}", editor.name), "").await?;
    let mut response = Redirect::to("/desk/editors?done=password").into_response();
    login::open(&site, editor.id, &mut response).await?;
    Ok(response)
}

async fn hashed(password: String) -> Result<String, Fault> {
    password::hashed(password)
        .await
        .ok_or(Fault::Busy("The password could not be kept. Try again in a moment."))
}

async fn view(
    site: &Site,
    seat: Seat,
    done: &str,
    added: Option<(String, String)>,
) -> Result<Response, Fault> {
    let editors = site.store.editors().await?;
    let page = Page {
        frame: Frame::new(site, seat, "Editors", "editors", done).await?,
        names: editors.iter().map(|editor| plain(&editor.name)).collect(),
        added,
        shortest: SHORTEST,
    };
    Ok(frame::page(StatusCode::OK, &page))
}
