//! Articles: what is known of each, never its text.

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{ArticleFilter, ArticleRow};

use super::answer::{self, Answer, maybe, moment};
use super::cursor::Cursor;
use crate::link;
use crate::server::{Fault, Site};

/// How many articles a page has, as a rule and at most.
const PAGE: (i64, i64) = (50, 200);

/// What is asked for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    outlet: String,
    limit: String,
    cursor: String,
}

pub(super) async fn list(State(site): State<Site>, Query(asked): Query<Asked>, headers: HeaderMap) -> Answer {
    let limit = answer::limit(&asked.limit, PAGE.0, PAGE.1)?;
    let cursor = Cursor::read(&asked.cursor)?;
    let listed = cursor.map_or(0, |cursor| cursor.listed);
    let filter = ArticleFilter {
        domain: Some(asked.outlet).filter(|domain| !domain.is_empty()),
        before: cursor.map(|cursor| cursor.at.saturating_add(1)),
        limit: limit + listed,
    };
    let rows = site.store.articles(&filter).await?;
    let rows = rows.get(usize::try_from(listed).unwrap_or(usize::MAX)..).unwrap_or_default();
    let moments: Vec<_> = rows.iter().map(|article| article.added).collect();
    let next = Cursor::next(cursor, &moments, limit).map(Cursor::write);
    let rows: Vec<Value> = rows.iter().filter(|article| !article.withdrawn).map(row).collect();
    Ok(answer::json(&headers, &json!({ "articles": rows, "next": next })))
}

pub(super) async fn article(State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    let held = site.store.article(&id).await?.filter(|held| !held.withdrawn).ok_or(Fault::Missing)?;
    let revisions = site.store.revisions(&id).await?;
    let article = held.article;
    let revisions: Vec<Value> = revisions
        .iter()
        .map(
            |row| json!({ "number": row.number, "title": row.title, "hash": row.hash, "at": moment(row.at) }),
        )
        .collect();
    let body = json!({
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "domain": article.domain,
        "url": article.url.as_deref().and_then(link::web),
        "authors": article.authors,
        "agency": article.agency,
        "published": article.published.map(|stamp| stamp.to_string()),
        "modified": article.modified.map(|stamp| stamp.to_string()),
        "added": moment(held.added),
        "fetched": article.fetched,
        "lang": article.lang,
        "kind": article.kind.name(),
        "section": article.section,
        "paywalled": article.paywalled,
        "reserved": article.reserved,
        "story": held.story,
        "hash": article.hash(),
        "length": article.text.chars().count(),
        "revisions": revisions,
    });
    Ok(answer::json(&headers, &body))
}

/// An article as it stands in lists.
pub(super) fn row(article: &ArticleRow) -> Value {
    json!({
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "domain": article.domain,
        "url": article.url.as_deref().and_then(link::web),
        "published": maybe(article.published),
        "added": moment(article.added),
        "paywalled": article.paywalled,
        "story": article.story,
        "revisions": article.revisions,
    })
}
