//! One story at the desk: its versions, the digest sentence by sentence, its articles, what was done to it.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::receipt::Receipt;
use serde::Deserialize;
use store::{DigestRow, DigestState, MemberRow, Millis, Story, VersionRow};

use super::frame::{self, Frame, When};
use super::log::Row as Line;
use super::seat::Seat;
use super::stories;
use crate::link;
use crate::plain::plain;
use crate::server::{Fault, Site};
use crate::talk;

/// How far back the log is looked through for lines on a story.
const LINES: i64 = 500;

/// What is asked for.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    version: Option<String>,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "editors/story.html")]
struct Page {
    frame: Frame,
    id: String,
    headline: String,
    state: &'static str,
    section: String,
    sections: Vec<String>,
    reason: String,
    held: bool,
    comments: i64,
    shown: Option<i64>,
    digest: Option<Digest>,
    versions: Vec<Version>,
    members: Vec<Member>,
    dropped: usize,
    log: Vec<Line>,
}

/// A version in the list.
struct Version {
    number: i64,
    state: &'static str,
    current: bool,
    can_publish: bool,
    can_withdraw: bool,
    headline: String,
    created: When,
    words: i64,
    families: i64,
    refused: i64,
    change: String,
    correction: String,
    reason: String,
}

/// The version looked at.
struct Digest {
    version: i64,
    state: &'static str,
    current: bool,
    waits: bool,
    sentences: Vec<Sentence>,
}

/// A sentence with its passages.
pub(super) struct Sentence {
    pub(super) number: usize,
    pub(super) text: String,
    pub(super) marks: Vec<u32>,
    pub(super) passages: Vec<Passage>,
    pub(super) opens: bool,
}

/// What a sentence stands on.
pub(super) struct Passage {
    pub(super) outlet: String,
    pub(super) title: String,
    pub(super) link: Option<String>,
    pub(super) text: String,
}

/// An article of the story.
struct Member {
    id: String,
    title: String,
    outlet: String,
    domain: String,
    link: Option<String>,
    published: Option<When>,
    family: String,
    copy: bool,
    background: bool,
    paywalled: bool,
    withdrawn: bool,
    revisions: i64,
    likeness: String,
}

pub(super) async fn show(
    State(site): State<Site>,
    seat: Seat,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let story = site.store.story(&id).await?.ok_or(Fault::Missing)?;
    let now = site.clock.now();
    let versions = site.store.versions(&id).await?;
    let wanted = asked.version.and_then(|number| number.parse().ok());
    let wanted = wanted.or(story.version).or(versions.first().map(|row| row.version));
    let digest = match wanted {
        Some(number) => site.store.digest(&id, number).await?,
        None => None,
    };
    let members = site.store.members(&id).await?;
    let page = Page {
        frame: Frame::new(&site, seat, &story.headline, "stories", &asked.done).await?,
        headline: stories::headline(&story),
        state: stories::state(&story),
        section: plain(&story.section),
        sections: site.settings.sections.clone(),
        reason: plain(&story.reason),
        held: story.held,
        comments: story.comments,
        shown: story.version,
        digest: digest.map(|digest| Digest::new(&story, &digest)),
        versions: versions.into_iter().map(|row| Version::new(&story, row, now)).collect(),
        members: members.into_iter().map(|member| Member::new(member, now)).collect(),
        dropped: site.store.dropped(&id).await?.len(),
        log: lines(&site, &id, now).await?,
        id: story.id,
    };
    Ok(frame::page(StatusCode::OK, &page))
}

/// What the log says of a story, the newest first.
async fn lines(site: &Site, id: &str, now: Millis) -> Result<Vec<Line>, Fault> {
    let entries = site.store.entries(None, LINES).await?;
    let object = format!("story {id}");
    let ours = |found: &str| {
        found.strip_prefix(&*object).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    Ok(entries.into_iter().filter(|entry| ours(&entry.object)).map(|entry| Line::new(entry, now)).collect())
}

/// What is done with a version, in a word.
pub(super) fn state(state: DigestState) -> &'static str {
    match state {
        DigestState::Held => "waits",
        DigestState::Published => "published",
        DigestState::Withdrawn => "withdrawn",
        DigestState::Passed => "passed over",
    }
}

/// A receipt's sentences with their passages, the headline first.
pub(super) fn sentences(receipt: &str) -> Vec<Sentence> {
    let Ok(receipt) = serde_json::from_str::<Receipt>(receipt) else { return Vec::new() };
    let mut first = std::iter::once(1).chain(receipt.paragraphs.iter().scan(1, |at, paragraph| {
        *at += paragraph.len();
        Some(*at)
    }));
    let mut next = first.next();
    let mut out = Vec::new();
    for (number, line) in talk::lines(&receipt).enumerate() {
        let opens = number > 0 && next.is_some_and(|at| at == number);
        if opens {
            next = first.next();
        }
        let passages = line.passages.iter().map(|passage| {
            let source = receipt.sources.iter().find(|source| source.number == passage.source);
            Passage {
                outlet: source.map(|source| plain(&source.outlet)).unwrap_or_default(),
                title: source.map(|source| plain(&source.title)).unwrap_or_default(),
                link: source.and_then(|source| link::web(source.url.as_deref()?)),
                text: plain(&passage.text),
            }
        });
        out.push(Sentence {
            number,
            text: plain(&line.text),
            marks: line.marks.clone(),
            passages: passages.collect(),
            opens,
        });
    }
    out
}

impl Digest {
    fn new(story: &Story, digest: &DigestRow) -> Self {
        Self {
            version: digest.row.version,
            state: state(digest.row.state),
            current: story.version == Some(digest.row.version),
            waits: digest.row.state == DigestState::Held,
            sentences: sentences(&digest.receipt),
        }
    }
}

impl Version {
    fn new(story: &Story, row: VersionRow, now: Millis) -> Self {
        let current = story.version == Some(row.version);
        Self {
            number: row.version,
            state: if current { "shown" } else { state(row.state) },
            current,
            can_publish: !current,
            can_withdraw: current || row.state == DigestState::Held,
            headline: plain(&row.headline),
            created: When::at(row.created, now),
            words: row.words,
            families: row.families,
            refused: row.refused,
            change: plain(&row.change),
            correction: plain(&row.correction),
            reason: plain(&row.reason),
        }
    }
}

impl Member {
    fn new(member: MemberRow, now: Millis) -> Self {
        let article = member.article;
        Self {
            title: Some(plain(&article.title))
                .filter(|title| !title.is_empty())
                .unwrap_or_else(|| "(no headline)".to_owned()),
            outlet: plain(&article.outlet),
            domain: plain(&article.domain),
            link: article.url.as_deref().and_then(link::web),
            published: article.published.map(|at| When::at(at, now)),
            family: plain(&member.family),
            copy: member.copy_of.is_some(),
            background: member.background,
            paywalled: article.paywalled,
            withdrawn: article.withdrawn,
            revisions: article.revisions,
            likeness: format!("{:.2}", member.likeness),
            id: article.id,
        }
    }
}
