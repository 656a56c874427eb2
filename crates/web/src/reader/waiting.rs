//! The page of a story without a published digest: why there is none, and what has been read about it.

use askama::Template;
use axum::http::StatusCode;
use store::{DigestState, Story, VersionRow};

use super::source::Source;
use crate::link;
use crate::plain::{plain, titled};
use crate::server::answer::Answer;
use crate::server::frame::{Frame, Link};
use crate::server::{Fault, Site};

#[derive(Template)]
#[template(path = "reader/waiting.html")]
struct Waiting {
    frame: Frame,
    headline: String,
    section: Link,
    why: String,
    sources: Vec<Source>,
}

/// The page of a story without a published digest: why there is none, and what it would be made from.
pub(super) async fn page(site: &Site, story: &Story) -> Result<Answer, Fault> {
    let versions = site.store.versions(&story.id).await?;
    let newest = versions.first();
    let reason = |row: &VersionRow| match plain(&row.reason) {
        words if words.is_empty() => ".".to_owned(),
        words => format!(": {}.", words.trim_end_matches('.')),
    };
    let (status, why) = match newest {
        Some(row) if row.state == DigestState::Withdrawn => {
            (StatusCode::GONE, format!("An editor took this digest back{}", reason(row)))
        }
        Some(row) if row.state == DigestState::Held || story.held => {
            (StatusCode::NOT_FOUND, "Its digest waits for an editor’s approval. Come back later.".to_owned())
        }
        _ if !story.reason.is_empty() => {
            let reason = plain(&story.reason);
            (
                StatusCode::NOT_FOUND,
                format!("There is no digest of it yet: {}.", reason.trim_end_matches('.')),
            )
        }
        _ => (
            StatusCode::NOT_FOUND,
            "There is no digest of it yet. One is written when enough independent publishers report it."
                .to_owned(),
        ),
    };
    let members = if status == StatusCode::GONE { Vec::new() } else { site.store.members(&story.id).await? };
    let headline = if status == StatusCode::GONE { "This digest was withdrawn" } else { &story.headline };
    let page = Waiting {
        frame: Frame::new(site, headline, &link::story(&story.id)).unlisted(),
        headline: titled(headline),
        section: Link::section(&story.section),
        why,
        sources: Source::all(&members, None),
    };
    Ok(Answer::page(&page).status(status))
}
