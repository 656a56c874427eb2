//! Comments at the desk: read before they show, answered, taken out.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use store::{Comment, CommentState, Millis, NewComment};

use super::edit;
use super::frame::{self, Frame, When};
use super::seat::{Posted, Seat};
use super::stories;
use crate::plain::plain;
use crate::server::{Fault, Site};
use crate::talk::{self, Markdown, markdown};

/// How many comments are shown.
const COMMENTS: i64 = 100;

/// What is asked for.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    show: String,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "editors/comments.html")]
struct Page {
    frame: Frame,
    rows: Vec<Row>,
    show: &'static str,
    most: i64,
}

/// A comment in the list.
struct Row {
    id: i64,
    story: String,
    headline: String,
    author: String,
    editor: bool,
    words: Markdown,
    when: When,
    edited: bool,
    answers: Option<String>,
}

pub(super) async fn list(
    State(site): State<Site>,
    seat: Seat,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (show, comments) = match asked.show.as_str() {
        "shown" => ("shown", site.store.recent_comments(COMMENTS).await?),
        "rejected" => ("rejected", site.store.comments_in(CommentState::Rejected, COMMENTS).await?),
        _ => ("waiting", site.store.comments_in(CommentState::Waiting, COMMENTS).await?),
    };
    let now = site.clock.now();
    let mut rows = Vec::with_capacity(comments.len());
    for comment in comments {
        rows.push(row(&site, comment, now).await?);
    }
    let frame = Frame::new(&site, seat, "Comments", "comments", &asked.done).await?;
    Ok(frame::page(StatusCode::OK, &Page { frame, rows, show, most: COMMENTS }))
}

/// Approves, rejects, deletes or answers a comment.
pub(super) async fn act(
    State(site): State<Site>,
    Path((id, action)): Path<(i64, String)>,
    posted: Posted,
) -> Result<Response, Fault> {
    let comment = site.store.comment(id).await?.ok_or(Fault::Missing)?;
    if comment.state == CommentState::Deleted {
        return Err(Fault::Bad("Its author deleted this comment in the meantime."));
    }
    let object = format!("comment {id} under story {}", comment.story);
    let done = match action.as_str() {
        "approve" => {
            site.store.set_comment_state(id, CommentState::Approved).await?;
            "approve"
        }
        "reject" => {
            site.store.set_comment_state(id, CommentState::Rejected).await?;
            "reject"
        }
        "delete" => {
            site.store.set_comment_state(id, CommentState::Deleted).await?;
            "delete"
        }
        "answer" => {
            answer(&site, &posted, &comment).await?;
            "answer"
        }
        _ => return Err(Fault::Missing),
    };
    edit::log(&site, &posted, done, &object, &talk::line(&comment.words, 200)).await?;
    let from = match posted.fields.get("from") {
        "shown" => "/desk/comments?show=shown&done=",
        "rejected" => "/desk/comments?show=rejected&done=",
        _ => "/desk/comments?done=",
    };
    Ok(axum::response::IntoResponse::into_response(axum::response::Redirect::to(&format!("{from}{done}"))))
}

/// An editor's answer shows at once, and so does what it answers.
async fn answer(site: &Site, posted: &Posted, comment: &Comment) -> Result<(), Fault> {
    let words = talk::several(posted.fields.get("words"));
    if words.is_empty() || words.chars().count() > site.settings.comments.length {
        return Err(Fault::Bad("The answer is empty or too long. Go back and write it again."));
    }
    if comment.state != CommentState::Approved {
        site.store.set_comment_state(comment.id, CommentState::Approved).await?;
    }
    let answer = NewComment {
        story: comment.story.clone(),
        parent: Some(comment.id),
        author: posted.seat.name.clone(),
        words,
        state: CommentState::Approved,
        editor: true,
        // No token opens it: an editor changes it here.
        token: String::new(),
        sender: format!("editor {}", posted.seat.editor),
    };
    site.store.put_comment(&answer, site.clock.now()).await?;
    Ok(())
}

async fn row(site: &Site, comment: Comment, now: Millis) -> Result<Row, Fault> {
    let story = site.store.story(&comment.story).await?;
    let answers = match comment.parent {
        Some(parent) => site.store.comment(parent).await?.map(|parent| plain(&parent.author)),
        None => None,
    };
    Ok(Row {
        id: comment.id,
        headline: story.as_ref().map(stories::headline).unwrap_or_default(),
        story: comment.story,
        author: plain(&comment.author),
        editor: comment.editor,
        words: markdown(&comment.words),
        when: When::at(comment.created, now),
        edited: comment.edited.is_some(),
        answers,
    })
}
