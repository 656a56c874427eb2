//! Feeds: the newest stories, those of a section or a search, the versions of one story, its comments.

use askama::Template;
use axum::extract::{Path, Query, State};
use serde_json::{Value, json};
use store::{Millis, Search, Story, StoryFilter};

use super::search::Asked;
use super::story::{known, shown};
use crate::day;
use crate::digest::{language, rendered};
use crate::link;
use crate::plain::plain;
use crate::server::answer::Answer;
use crate::server::{Fault, Site};

/// How many entries a feed holds.
const ENTRIES: i64 = 40;

/// How a feed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// RFC 4287.
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// Every format.
    pub(super) const ALL: [Self; 3] = [Self::Atom, Self::Rss, Self::Json];

    /// How addresses of such feeds end.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Atom => "atom",
            Self::Rss => "rss",
            Self::Json => "json",
        }
    }
}

/// A feed before it has a format.
struct Feed {
    title: String,
    /// The page that it follows.
    page: String,
    /// Its own address without the ending.
    own: String,
    /// What stands after the ending: nothing, or a query.
    query: String,
    publisher: String,
    lang: String,
    entries: Vec<Entry>,
    updated: Option<Millis>,
}

struct Entry {
    id: String,
    title: String,
    address: String,
    words: String,
    author: String,
    section: String,
    published: Millis,
    updated: Millis,
}

#[derive(Template)]
#[template(path = "reader/feed.atom", escape = "html")]
struct Atom<'f> {
    feed: &'f Feed,
    address: String,
}

#[derive(Template)]
#[template(path = "reader/feed.rss", escape = "html")]
struct Rss<'f> {
    feed: &'f Feed,
    address: String,
}

/// The newest stories of all sections.
pub(super) async fn all(State(site): State<Site>, format: Format) -> Result<Answer, Fault> {
    let title = plain(&site.settings.name);
    stories(&site, StoryFilter::default(), &title, "/", "/feed").await.map(|feed| feed.answer(format))
}

/// The newest stories of a section.
pub(super) async fn section(
    State(site): State<Site>,
    Path(name): Path<String>,
    format: Format,
) -> Result<Answer, Fault> {
    let (title, page) = (format!("{} – {}", site.settings.name, name), link::section(&name));
    let filter = StoryFilter { section: Some(name.clone()), ..StoryFilter::default() };
    let feed = stories(&site, filter, &title, &page, &format!("{page}/feed")).await?;
    if feed.entries.is_empty() && !site.settings.sections.contains(&name) {
        return Err(Fault::Missing);
    }
    Ok(feed.answer(format))
}

/// What a search finds, the newest first.
pub(super) async fn search(
    State(site): State<Site>,
    Query(asked): Query<Asked>,
    format: Format,
) -> Result<Answer, Fault> {
    let words: String = plain(&asked.q).chars().take(200).collect();
    if words.is_empty() {
        return Err(Fault::Bad(
            "A feed of a search needs words to look for. Add them to the address as ?q=…",
        ));
    }
    let search = Search { words: words.clone(), newest: true, limit: ENTRIES, ..Search::default() };
    let (found, _) = site.store.search_stories(&search).await?;
    let mut rows = Vec::new();
    for found in &found {
        rows.extend(site.store.story(&found.id).await?);
    }
    let query = format!("?q={}", link::segment(&words));
    let title = format!("{} – {words}", site.settings.name);
    let mut feed = Feed::new(&site, &title, &format!("/search{query}"), "/search/feed", &rows);
    feed.query = query;
    Ok(feed.answer(format))
}

/// The versions of one story: what changed, and when.
pub(super) async fn story(
    State(site): State<Site>,
    Path(id): Path<String>,
    format: Format,
) -> Result<Answer, Fault> {
    let story = known(&site, &id).await?;
    if story.version.is_none() {
        return Err(Fault::Missing);
    }
    let versions = site.store.versions(&id).await?;
    let page = link::story(&id);
    let mut feed = Feed::new(&site, &story.headline, &page, &format!("{page}/feed"), &[]);
    let entries = shown(&versions).take(usize::try_from(ENTRIES).unwrap_or(40)).map(|row| {
        let at = row.published.unwrap_or(row.created);
        let words =
            [row.correction.as_str(), row.change.as_str()].into_iter().filter(|words| !words.is_empty());
        let words = plain(&words.collect::<Vec<_>>().join(" "));
        Entry {
            id: format!("{}{page}/version/{}", site.settings.base, row.version),
            title: format!("{} (version {})", plain(&row.headline), row.version),
            address: format!("{}{page}", site.settings.base),
            words: if words.is_empty() { "First published.".to_owned() } else { words },
            author: feed.publisher.clone(),
            section: plain(&story.section),
            published: at,
            updated: at,
        }
    });
    feed.entries = entries.collect();
    feed.updated = feed.entries.iter().map(|entry| entry.updated).max();
    Ok(feed.answer(format))
}

/// A story's comments, the newest first.
pub(super) async fn comments(State(site): State<Site>, Path(id): Path<String>) -> Result<Answer, Fault> {
    let story = known(&site, &id).await?;
    if story.version.is_none() {
        return Err(Fault::Missing);
    }
    let page = link::story(&id);
    let title = format!("Comments: {}", story.headline);
    let mut feed = Feed::new(&site, &title, &page, &format!("{page}/comments"), &[]);
    let mut rows = site.store.comments(&id).await?;
    rows.retain(|comment| comment.state == store::CommentState::Approved);
    rows.reverse();
    rows.truncate(usize::try_from(ENTRIES).unwrap_or(40));
    let entries = rows.iter().map(|comment| Entry {
        id: format!("{}{page}#comment-{}", site.settings.base, comment.id),
        title: format!("{} on {}", plain(&comment.author), plain(&story.headline)),
        address: format!("{}{page}#comment-{}", site.settings.base, comment.id),
        words: plain(&comment.words),
        author: plain(&comment.author),
        section: String::new(),
        published: comment.created,
        updated: comment.edited.unwrap_or(comment.created),
    });
    feed.entries = entries.collect();
    feed.updated = feed.entries.iter().map(|entry| entry.updated).max().or(story.published);
    Ok(feed.answer(Format::Atom))
}

async fn stories(
    site: &Site,
    filter: StoryFilter,
    title: &str,
    page: &str,
    own: &str,
) -> Result<Feed, Fault> {
    let filter = StoryFilter { published: true, limit: ENTRIES, ..filter };
    let rows = site.store.stories(&filter).await?;
    Ok(Feed::new(site, title, page, own, &rows))
}

impl Feed {
    fn new(site: &Site, title: &str, page: &str, own: &str, stories: &[Story]) -> Self {
        let base = &site.settings.base;
        let publisher = plain(&site.settings.name);
        let entries: Vec<Entry> = stories.iter().map(|story| Entry::new(base, &publisher, story)).collect();
        Self {
            title: plain(title),
            page: format!("{base}{page}"),
            own: format!("{base}{own}"),
            query: String::new(),
            lang: language(&site.settings.lang),
            updated: entries.iter().map(|entry| entry.updated).max(),
            publisher,
            entries,
        }
    }

    fn answer(&self, format: Format) -> Answer {
        let address = format!("{}.{}{}", self.own, format.ending(), self.query);
        let answer = match format {
            Format::Atom => {
                Answer::new("application/atom+xml; charset=utf-8", rendered(&Atom { feed: self, address }))
            }
            Format::Rss => {
                Answer::new("application/rss+xml; charset=utf-8", rendered(&Rss { feed: self, address }))
            }
            Format::Json => Answer::new("application/feed+json", self.json(&address).to_string()),
        };
        answer.modified(self.updated)
    }

    fn json(&self, address: &str) -> Value {
        let items = self.entries.iter().map(|entry| {
            json!({
                "id": entry.id,
                "url": entry.address,
                "title": entry.title,
                "content_text": entry.words,
                "date_published": day::stamp(entry.published),
                "date_modified": day::stamp(entry.updated),
                "authors": [{"name": entry.author}],
                "tags": if entry.section.is_empty() { Vec::new() } else { vec![entry.section.clone()] },
            })
        });
        json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            "home_page_url": self.page,
            "feed_url": address,
            "language": self.lang,
            "authors": [{"name": self.publisher}],
            "items": items.collect::<Vec<_>>(),
        })
    }

    /// When anything in it last changed; a feed without entries is as old as time.
    fn changed(&self) -> String {
        day::stamp(self.updated.unwrap_or(0))
    }
}

impl Entry {
    fn new(base: &str, publisher: &str, story: &Story) -> Self {
        let address = format!("{base}{}", link::story(&story.id));
        let published = story.published.unwrap_or(story.touched);
        Self {
            id: address.clone(),
            title: plain(&story.headline),
            address,
            words: plain(&story.lead),
            author: publisher.to_owned(),
            section: plain(&story.section),
            published,
            updated: story.updated.unwrap_or(published),
        }
    }

    fn published(&self) -> String {
        day::stamp(self.published)
    }

    fn updated(&self) -> String {
        day::stamp(self.updated)
    }

    fn dated(&self) -> String {
        day::http(self.published)
    }
}
