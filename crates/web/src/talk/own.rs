//! An author's own comment: seen while it waits, changed for a while, deleted at any time.
//!
//! A cookie holds one secret for a browser. What opens a comment is derived from it for each story, so that neither
//! the database nor a link says which comments under different stories have one author.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use desk::article::sha256;
use serde::Deserialize;
use store::{Comment, CommentState};

use super::fields::Fields;
use super::frame::{self, page};
use super::markdown::{Markdown, markdown};
use super::moment::Moment;
use super::{seal, thread, words};
use crate::plain::plain;
use crate::server::{Fault, Site};

const COOKIE: &str = "author";

/// The link with which an author opens a comment without the cookie.
#[derive(Deserialize)]
pub(super) struct Key {
    #[serde(default)]
    token: String,
}

/// A page about one's own comment.
#[derive(Template)]
#[template(path = "talk/own.html")]
struct Own<'p> {
    site: &'p str,
    lang: &'p str,
    style: &'static str,
    title: &'static str,
    step: Step,
    refusal: String,
    id: i64,
    story: String,
    headline: String,
    author: String,
    words: Markdown,
    typed: String,
    state: CommentState,
    when: Moment,
    editable: bool,
    minutes: u32,
    length: usize,
    token: String,
    link: String,
}

/// What is done on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Show,
    Edit,
    Delete,
}

/// The secret in a browser's cookie.
pub(super) fn secret(headers: &HeaderMap) -> Option<String> {
    let value = seal::cookie(headers, COOKIE)?;
    let sound = value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    sound.then(|| value.to_owned())
}

/// The header that keeps a secret in a browser for a year.
pub(super) fn set_secret(site: &Site, secret: &str) -> Option<HeaderValue> {
    let rest = "Path=/; Max-Age=31536000; SameSite=Lax";
    seal::set_cookie(COOKIE, secret, rest, site.settings.secure_cookies)
}

/// What opens the comments of a secret's owner under one story.
pub(super) fn derive(secret: &str, story: &str) -> String {
    seal::mac(secret.as_bytes(), "comment", story)
}

/// What is kept of it.
pub(super) fn hash(token: &str) -> String {
    sha256(token.as_bytes())
}

/// What opens the reader's own comments under a story.
pub(super) fn token(headers: &HeaderMap, story: &str) -> Option<String> {
    secret(headers).map(|secret| derive(&secret, story))
}

/// Shows an author the comment and what is done with it; sends everybody else to the thread.
pub(super) async fn show(
    State(site): State<Site>,
    Path(id): Path<i64>,
    Query(key): Query<Key>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let comment = site.store.comment(id).await?.ok_or(Fault::Missing)?;
    match opened(&comment, &key.token, &headers) {
        Some(token) => view(&site, &comment, token, Step::Show, StatusCode::OK, String::new()).await,
        None if comment.state == CommentState::Approved => Ok(to_thread(&comment)),
        None => Err(Fault::Missing),
    }
}

pub(super) async fn editing(
    State(site): State<Site>,
    Path(id): Path<i64>,
    Query(key): Query<Key>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    step(&site, id, &key, &headers, Step::Edit).await
}

pub(super) async fn deleting(
    State(site): State<Site>,
    Path(id): Path<i64>,
    Query(key): Query<Key>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    step(&site, id, &key, &headers, Step::Delete).await
}

/// Takes changed words. What opens the comment must be in the form itself: a cookie alone could be used by a page
/// from elsewhere.
pub(super) async fn edit(
    State(site): State<Site>,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Fault> {
    let mut comment = owned(&site, id, &fields).await?;
    let token = fields.get("token").to_owned();
    let rules = &site.settings.comments;
    if !thread::editable(&site, &comment) {
        let why = "The time to change this comment is over. You can still delete it.".to_owned();
        return view(&site, &comment, token, Step::Show, StatusCode::FORBIDDEN, why).await;
    }
    let typed = words::several(fields.get("words"));
    let length = typed.chars().count();
    if length == 0 || length > rules.length {
        let why = format!(
            "A comment has between 1 and {} characters, and this one has {length}. It was not changed.",
            rules.length
        );
        comment.words = typed;
        return view(&site, &comment, token, Step::Edit, StatusCode::BAD_REQUEST, why).await;
    }
    let state = if rules.approve { CommentState::Waiting } else { comment.state };
    site.store.edit_comment(id, &typed, state, site.clock.now()).await?;
    Ok(Redirect::to(&format!("/comment/{id}?token={token}")).into_response())
}

/// Deletes a comment for good; its place stays where it has answers.
pub(super) async fn delete(
    State(site): State<Site>,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Fault> {
    let comment = owned(&site, id, &fields).await?;
    site.store.set_comment_state(id, CommentState::Deleted).await?;
    site.store
        .log("a reader", "delete", &format!("comment {id}"), "Its author deleted it.", site.clock.now())
        .await?;
    Ok(Redirect::to(&format!("/story/{}#comments", comment.story)).into_response())
}

async fn step(site: &Site, id: i64, key: &Key, headers: &HeaderMap, step: Step) -> Result<Response, Fault> {
    let comment = site.store.comment(id).await?.ok_or(Fault::Missing)?;
    let token = opened(&comment, &key.token, headers).ok_or(Fault::Missing)?;
    if step == Step::Edit && !thread::editable(site, &comment) {
        let why = "The time to change this comment is over. You can still delete it.".to_owned();
        return view(site, &comment, token, Step::Show, StatusCode::FORBIDDEN, why).await;
    }
    view(site, &comment, token, step, StatusCode::OK, String::new()).await
}

/// The comment, if the form holds what opens it.
async fn owned(site: &Site, id: i64, fields: &Fields) -> Result<Comment, Fault> {
    let comment = site.store.comment(id).await?.ok_or(Fault::Missing)?;
    let token = fields.get("token");
    let mine =
        !comment.editor && comment.state != CommentState::Deleted && seal::same(&hash(token), &comment.token);
    if mine { Ok(comment) } else { Err(Fault::Forbidden("This comment can be changed by its author only.")) }
}

/// What opens the comment, from the link or from the cookie.
fn opened(comment: &Comment, token: &str, headers: &HeaderMap) -> Option<String> {
    let fits = |token: &String| seal::same(&hash(token), &comment.token);
    let open = !comment.editor && comment.state != CommentState::Deleted;
    let keys = [Some(token.to_owned()), self::token(headers, &comment.story)];
    keys.into_iter().flatten().find(fits).filter(|_| open)
}

fn to_thread(comment: &Comment) -> Response {
    Redirect::to(&format!("/story/{}#comment-{}", comment.story, comment.id)).into_response()
}

async fn view(
    site: &Site,
    comment: &Comment,
    token: String,
    step: Step,
    status: StatusCode,
    refusal: String,
) -> Result<Response, Fault> {
    let story = site.store.story(&comment.story).await?.ok_or(Fault::Missing)?;
    let own = Own {
        site: &site.settings.name,
        lang: &site.settings.lang,
        style: frame::style_address(),
        title: match step {
            Step::Show => "Your comment",
            Step::Edit => "Change your comment",
            Step::Delete => "Delete your comment",
        },
        step,
        refusal,
        id: comment.id,
        headline: plain(&story.headline),
        story: story.id,
        author: plain(&comment.author),
        words: markdown(&comment.words),
        typed: comment.words.clone(),
        state: comment.state,
        when: Moment::at(comment.created),
        editable: thread::editable(site, comment),
        minutes: site.settings.comments.edit_minutes,
        length: site.settings.comments.length,
        link: format!("{}/comment/{}?token={token}", site.settings.base, comment.id),
        token,
    };
    Ok(page(status, &own))
}
