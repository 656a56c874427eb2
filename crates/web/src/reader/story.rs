//! The page of a story: its digest with a card for each sentence, all its sources, how it was made, what
//! readers say.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use desk::receipt::Receipt;
use store::{DigestRow, DigestState, Story, VersionRow};

use super::hide::Hidden;
use super::source::Source;
use super::version::Step;
use super::waiting;
use crate::change::Change;
use crate::day::{self, Day};
use crate::digest::language;
use crate::layout::{Layout, PartKind, Reference, Sentence};
use crate::link;
use crate::passage::Card;
use crate::plain::plain;
use crate::schema::{Publication, article};
use crate::server::answer::Answer;
use crate::server::frame::{Frame, Link};
use crate::server::{Fault, Site};

#[derive(Template)]
#[template(path = "reader/story.html")]
pub(super) struct Page {
    frame: Frame,
    lang: String,
    address: String,
    section: Link,
    published: Day,
    /// When it last really changed; empty for a first version.
    updated: String,
    headline: String,
    headline_marks: Vec<u32>,
    paragraphs: Vec<Vec<Sentence>>,
    references: Vec<Reference>,
    cards: Vec<Card>,
    days: String,
    cited: usize,
    families: usize,
    words: i64,
    /// What changed since the version before; empty for a first one.
    change: String,
    corrections: Vec<Note>,
    sources: Vec<Source>,
    versions: Vec<Version>,
    version: i64,
    refused: i64,
    read: usize,
    /// How many sentences rest on hidden outlets alone and are left out.
    withheld: usize,
    /// Whether the headline itself does.
    headline_withheld: bool,
    /// Where errors are reported; empty where they can't be.
    report: String,
    /// The comments and their form, as the module for them wrote it.
    comments: String,
    /// Set where this is not the version that is shown.
    earlier: Option<Earlier>,
}

/// What an earlier version says of itself.
pub(super) struct Earlier {
    pub(super) steps: Vec<Step>,
    pub(super) before: Option<i64>,
}

struct Note {
    day: Day,
    words: String,
}

struct Version {
    number: i64,
    href: String,
    when: String,
    iso: String,
    change: String,
    current: bool,
}

/// The page of a story.
pub(super) async fn story(
    State(site): State<Site>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Answer, Fault> {
    let story = known(&site, &id).await?;
    let Some(digest) = site.store.published(&id).await? else { return waiting::page(&site, &story).await };
    let comments = crate::talk::section(&site, &story, &headers).await?;
    let made_of = made_of(&site, &story).await?;
    let hidden = Hidden::of(&headers);
    let mut page = laid_out(&site, &story, &digest, &hidden).await?;
    page.comments = comments;
    page.report = format!("{}/report", page.address);
    Ok(Answer::page(&page).modified(story.updated).tagged(&made_of))
}

/// The story of an id that may come from anywhere.
pub(super) async fn known(site: &Site, id: &str) -> Result<Story, Fault> {
    if id.is_empty()
        || id.len() > 64
        || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    {
        return Err(Fault::Missing);
    }
    site.store.story(id).await?.ok_or(Fault::Missing)
}

/// The receipt that a version is.
pub(super) fn receipt(digest: &DigestRow) -> Result<Receipt, Fault> {
    serde_json::from_str(&digest.receipt).map_err(|error| {
        let what = format!("the receipt of story {} version {}", digest.row.story, digest.row.version);
        Fault::Store(store::Error::Corrupt { what, cause: error.to_string() })
    })
}

/// Everything that the page shows beside the form, in one text: what its validator stands for.
async fn made_of(site: &Site, story: &Story) -> Result<String, Fault> {
    let comments = site.store.comments(&story.id).await?;
    let comments: Vec<_> =
        comments.iter().map(|comment| (comment.id, comment.state, comment.edited)).collect();
    let settings = (&site.settings.name, &site.settings.base, crate::server::frame::look());
    Ok(format!("{story:?} {comments:?} {settings:?}"))
}

/// One version laid out, without what stands only under the version that is shown.
pub(super) async fn laid_out(
    site: &Site,
    story: &Story,
    digest: &DigestRow,
    hidden: &Hidden,
) -> Result<Page, Fault> {
    let receipt = receipt(digest)?;
    let hashes: Vec<String> = receipt.sources.iter().map(|source| source.hash.clone()).collect();
    let texts = site.store.texts(&hashes).await?;
    let (members, versions) = (site.store.members(&story.id).await?, site.store.versions(&story.id).await?);
    let mut layout = Layout::new(&receipt, &texts);
    let lines: Vec<_> = receipt.paragraphs.iter().flatten().collect();
    let withheld = layout.keep(|id| !lines.get(id - 1).is_some_and(|line| hidden.covers(&receipt, line)));
    let address = link::story(&story.id);
    let row = &digest.row;
    let published = story.published.unwrap_or(row.created);
    let lang = language(&site.settings.lang);
    Ok(Page {
        frame: frame(site, story, row, &receipt, hidden),
        lang,
        section: Link::section(&story.section),
        published: Day::at(published),
        updated: story.updated.filter(|&at| at > published).map(day::minute).unwrap_or_default(),
        headline: layout.headline,
        headline_marks: layout.headline_marks,
        paragraphs: layout.paragraphs,
        references: receipt.sources.iter().map(Reference::sealed).collect(),
        cards: layout.cards,
        days: layout.days,
        cited: layout.articles,
        families: layout.families,
        words: row.words,
        change: plain(&row.change),
        corrections: corrections(&versions, row.version),
        sources: Source::all(&members, Some(&receipt)),
        versions: shown(&versions).map(|version| Version::new(&address, version, story.version)).collect(),
        version: row.version,
        refused: row.refused,
        read: members.len().max(receipt.sources.len()),
        withheld,
        headline_withheld: hidden.covers(&receipt, &receipt.headline),
        report: String::new(),
        comments: String::new(),
        earlier: None,
        address,
    })
}

impl Page {
    /// The page of a version that is no longer the one shown.
    pub(super) fn earlier(mut self, earlier: Earlier, canonical: bool) -> Self {
        self.frame = self.frame.unlisted();
        self.frame.title = format!("Version {} · {}", self.version, self.frame.title);
        if !canonical {
            self.earlier = Some(earlier);
        }
        self
    }
}

fn frame(site: &Site, story: &Story, row: &VersionRow, receipt: &Receipt, hidden: &Hidden) -> Frame {
    let address = link::story(&story.id);
    let published = story.published.unwrap_or(row.created);
    let page = format!("{}{address}", site.settings.base);
    let publication = Publication {
        name: &site.settings.name,
        base: &site.settings.base,
        page: &page,
        published: day::stamp(published),
        updated: day::stamp(story.updated.unwrap_or(published)),
        section: &story.section,
        words: row.words,
        comments: story.comments,
    };
    let schema = article(receipt, &language(&site.settings.lang), Some(&publication));
    let lead: Vec<&str> =
        receipt.paragraphs.iter().take(1).flatten().map(|line| line.text.as_str()).collect();
    Frame::new(site, &receipt.headline.text, &address)
        .described(&lead.join(" "))
        .at(&story.section)
        .article(schema, Some(published), story.updated)
        .feed("Changes of this story", format!("{address}/feed"))
        .hiding(hidden.len())
}

/// The versions that were ever shown, the newest first.
pub(super) fn shown(versions: &[VersionRow]) -> impl Iterator<Item = &VersionRow> {
    versions.iter().filter(|version| version.state == DigestState::Published)
}

fn corrections(versions: &[VersionRow], until: i64) -> Vec<Note> {
    let corrected =
        shown(versions).filter(|version| version.version <= until && !version.correction.is_empty());
    let note = |version: &VersionRow| Note {
        day: Day::at(version.published.unwrap_or(version.created)),
        words: plain(&version.correction),
    };
    corrected.map(note).collect()
}

impl Version {
    fn new(address: &str, row: &VersionRow, current: Option<i64>) -> Self {
        let at = row.published.unwrap_or(row.created);
        Self {
            number: row.version,
            href: format!("{address}/version/{}", row.version),
            when: day::minute(at),
            iso: day::stamp(at),
            change: plain(&row.change),
            current: Some(row.version) == current,
        }
    }
}
