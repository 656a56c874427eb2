//! Our record of a source: what it is, what changed in it, which passages of it we cite. Never its text.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use desk::receipt::Receipt;
use desk::stamp::Stamp;
use store::{Held, RevisionRow};

use super::hide::Hidden;
use super::story::receipt;
use crate::day::{self, Day};
use crate::link;
use crate::plain::{plain, titled};
use crate::server::answer::Answer;
use crate::server::frame::{Frame, Link};
use crate::server::{Fault, Site};

/// The longest id of an article.
const LONGEST: usize = 300;

#[derive(Template)]
#[template(path = "reader/article.html")]
struct Page {
    frame: Frame,
    title: String,
    outlet: Link,
    authors: String,
    agency: String,
    day: Option<Day>,
    kind: &'static str,
    lang: String,
    paywalled: bool,
    reserved: bool,
    withdrawn: bool,
    fetched: String,
    added: String,
    words: usize,
    link: Option<String>,
    story: Option<Link>,
    passages: Vec<Passage>,
    revisions: Vec<Revision>,
}

/// A passage of it that a sentence of ours cites.
struct Passage {
    words: String,
    sentence: String,
    href: String,
    base: bool,
    link: Option<String>,
}

struct Revision {
    number: i64,
    title: String,
    hash: String,
    at: String,
}

/// Our record of a source.
pub(super) async fn article(
    State(site): State<Site>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Answer, Fault> {
    if id.is_empty() || id.len() > LONGEST || id.contains(char::is_control) {
        return Err(Fault::Missing);
    }
    let held = site.store.article(&id).await?.ok_or(Fault::Missing)?;
    let story = match &held.story {
        Some(story) => site.store.story(story).await?,
        None => None,
    };
    let digest = match &story {
        Some(story) => site.store.published(&story.id).await?,
        None => None,
    };
    let passages = match (&story, digest) {
        (Some(story), Some(digest)) => passages(&receipt(&digest)?, &held, &link::story(&story.id)),
        _ => Vec::new(),
    };
    let frame = Frame::new(&site, &titled(&held.article.title), &link::article(&id)).unlisted();
    let story = story.map(|story| Link::new(&story.headline, link::story(&story.id)));
    let revisions = site.store.revisions(&id).await?;
    Ok(Answer::page(&page(frame.hiding(Hidden::of(&headers).len()), &held, story, passages, &revisions)))
}

fn page(
    frame: Frame,
    held: &Held,
    story: Option<Link>,
    passages: Vec<Passage>,
    revisions: &[RevisionRow],
) -> Page {
    let article = &held.article;
    Page {
        frame,
        title: titled(&article.title),
        outlet: Link::new(&article.outlet, link::outlet(article.domain.as_deref().unwrap_or_default())),
        authors: article.authors.iter().map(|name| plain(name)).collect::<Vec<_>>().join(", "),
        agency: article.agency.as_deref().map(plain).unwrap_or_default(),
        day: article.published.as_ref().map(Day::of),
        kind: article.kind.name(),
        lang: plain(&article.lang),
        paywalled: article.paywalled,
        reserved: article.reserved,
        withdrawn: held.withdrawn,
        fetched: article
            .fetched
            .as_deref()
            .and_then(Stamp::parse)
            .map(|at| day::minute(at.seconds().saturating_mul(1000)))
            .unwrap_or_default(),
        added: day::minute(held.added),
        words: article.text.split_whitespace().count(),
        link: article.url.as_deref().and_then(link::web),
        story,
        passages,
        revisions: revisions.iter().map(Revision::new).collect(),
    }
}

impl Revision {
    fn new(row: &RevisionRow) -> Self {
        Self { number: row.number, title: plain(&row.title), hash: plain(&row.hash), at: day::minute(row.at) }
    }
}

/// The passages of an article that a digest cites, in reading order.
fn passages(receipt: &Receipt, held: &Held, story: &str) -> Vec<Passage> {
    let Some(source) = receipt.sources.iter().find(|source| source.article == held.article.id) else {
        return Vec::new();
    };
    let texts = std::collections::BTreeMap::from([(held.article.hash(), held.article.text.clone())]);
    let library = crate::passage::Library::new(&receipt.sources, &texts);
    let lines = std::iter::once(&receipt.headline).chain(receipt.paragraphs.iter().flatten()).enumerate();
    let cited = lines.flat_map(|(id, line)| {
        line.passages.iter().enumerate().map(move |(at, passage)| (id, line, at, passage))
    });
    let own = cited.filter(|(_, _, _, passage)| passage.source == source.number);
    let passage =
        |(id, line, at, passage): (usize, &desk::receipt::Line, usize, &desk::receipt::Excerpt)| Passage {
            words: plain(&passage.text),
            sentence: plain(&line.text),
            href: if id == 0 { story.to_owned() } else { format!("{story}#s{id}") },
            base: at == 0,
            link: library.link(passage),
        };
    own.map(passage).collect()
}
