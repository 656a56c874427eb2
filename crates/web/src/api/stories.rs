//! Stories and their digests.

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use desk::receipt::Receipt;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{CommentState, DigestRow, DigestState, MemberRow, Story, StoryFilter, VersionRow};

use super::answer::{self, Answer, Problem, maybe, moment};
use super::cursor::Cursor;
use crate::link;
use crate::server::{Fault, Site};

/// How many stories a page has, as a rule and at most.
const PAGE: (i64, i64) = (30, 100);

/// What is asked for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    section: String,
    outlet: String,
    from: String,
    to: String,
    limit: String,
    cursor: String,
}

pub(super) async fn list(State(site): State<Site>, Query(asked): Query<Asked>, headers: HeaderMap) -> Answer {
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let limit = answer::limit(&asked.limit, PAGE.0, PAGE.1)?;
    let cursor = Cursor::read(&asked.cursor)?;
    let to = answer::asked(&asked.to)?;
    let until = cursor.map(|cursor| cursor.at.saturating_add(1));
    let filter = StoryFilter {
        section: some(asked.section),
        domain: some(asked.outlet),
        from: answer::asked(&asked.from)?,
        until: until.or(to),
        published: true,
        offset: cursor.map_or(0, |cursor| cursor.listed),
        limit,
    };
    let stories = site.store.stories(&filter).await?;
    let moments: Vec<_> = stories.iter().map(|story| story.published.unwrap_or_default()).collect();
    let next = Cursor::next(cursor, &moments, limit).map(Cursor::write);
    let rows: Vec<Value> = stories.iter().map(|story| summary(&site, story)).collect();
    Ok(answer::json(&headers, &json!({ "stories": rows, "next": next })))
}

pub(super) async fn story(State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    let story = shown(&site, &id).await?;
    let digest = site.store.published(&story.id).await?.ok_or(Fault::Missing)?;
    let versions = site.store.versions(&story.id).await?;
    let members = site.store.members(&story.id).await?;
    let mut body = summary(&site, &story);
    body["digest"] = digested(&digest)?;
    body["versions"] = versions.iter().filter(|row| is_public(row)).map(version_row).collect();
    body["sources"] = members.iter().filter(|member| !member.article.withdrawn).map(source).collect();
    Ok(answer::json(&headers, &body))
}

pub(super) async fn version(
    State(site): State<Site>,
    Path((id, number)): Path<(String, i64)>,
    headers: HeaderMap,
) -> Answer {
    let story = shown(&site, &id).await?;
    let digest = site.store.digest(&story.id, number).await?.filter(|digest| is_public(&digest.row));
    let digest = digest.ok_or(Fault::Missing)?;
    let mut body = digested(&digest)?;
    body["story"] = json!(story.id);
    body["current"] = json!(story.version == Some(number));
    Ok(answer::json(&headers, &body))
}

pub(super) async fn receipt(State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    let story = shown(&site, &id).await?;
    let digest = site.store.published(&story.id).await?.ok_or(Fault::Missing)?;
    Ok(answer::text(&headers, digest.receipt))
}

pub(super) async fn comments(State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    let story = shown(&site, &id).await?;
    let comments = site.store.comments(&story.id).await?;
    let rows = comments.iter().map(|comment| {
        let deleted = comment.state == CommentState::Deleted;
        json!({
            "id": comment.id,
            "parent": comment.parent,
            "author": if deleted { "" } else { &comment.author },
            "editor": comment.editor,
            "words": if deleted { "" } else { &comment.words },
            "deleted": deleted,
            "created": moment(comment.created),
            "edited": maybe(comment.edited),
        })
    });
    let rows: Vec<Value> = rows.collect();
    Ok(answer::json(&headers, &json!({ "story": story.id, "count": story.comments, "comments": rows })))
}

/// A story as it stands in lists.
pub(super) fn summary(site: &Site, story: &Story) -> Value {
    json!({
        "id": story.id,
        "url": format!("{}/story/{}", site.settings.base, story.id),
        "headline": story.headline,
        "lead": story.lead,
        "section": story.section,
        "published": maybe(story.published),
        "updated": maybe(story.updated),
        "version": story.version,
        "words": story.words,
        "articles": story.articles,
        "families": story.families,
        "comments": story.comments,
    })
}

/// A version as it stands in lists.
pub(super) fn version_row(row: &VersionRow) -> Value {
    json!({
        "story": row.story,
        "version": row.version,
        "headline": row.headline,
        "created": moment(row.created),
        "published": maybe(row.published),
        "words": row.words,
        "sentences": row.sentences,
        "families": row.families,
        "refused": row.refused,
        "change": row.change,
        "correction": row.correction,
    })
}

/// A version with its sentences, passages and sources.
fn digested(digest: &DigestRow) -> Result<Value, Problem> {
    let receipt: Receipt = serde_json::from_str(&digest.receipt).map_err(|cause| {
        let what = format!("the receipt of story {} version {}", digest.row.story, digest.row.version);
        store::Error::Corrupt { what, cause: cause.to_string() }
    })?;
    let mut body = version_row(&digest.row);
    body["headline_sentence"] = json!(receipt.headline);
    body["paragraphs"] = json!(receipt.paragraphs);
    body["references"] = json!(receipt.sources);
    body["text"] = json!(receipt.text);
    body["seal"] = json!(receipt.seal);
    Ok(body)
}

/// An article of a story, cited or not.
fn source(member: &MemberRow) -> Value {
    let mut body = super::articles::row(&member.article);
    body["family"] = json!(member.family);
    body["copy_of"] = json!(member.copy_of);
    body["background"] = json!(member.background);
    body["url"] = json!(member.article.url.as_deref().and_then(link::web));
    body
}

/// Whether readers see a version, or saw it.
fn is_public(row: &VersionRow) -> bool {
    row.state == DigestState::Published && row.published.is_some()
}

async fn shown(site: &Site, id: &str) -> Result<Story, Problem> {
    let story = site.store.story(id).await?.filter(|story| story.version.is_some());
    Ok(story.ok_or(Fault::Missing)?)
}
