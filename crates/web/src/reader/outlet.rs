//! Outlets: whom the newsroom reads, and what each of them gave.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use desk::article::Article;
use desk::families::Families;
use store::{ArticleFilter, ArticleRow, Feed, Health, Outlet, State as Use, StoryFilter};

use super::hide::Hidden;
use super::item::Item;
use super::source::family;
use crate::day::{self, Day};
use crate::link;
use crate::plain::{plain, titled};
use crate::server::answer::Answer;
use crate::server::frame::{Frame, Link};
use crate::server::{Fault, Site};

/// How many articles and stories an outlet's page lists.
const LISTED: i64 = 40;

#[derive(Template)]
#[template(path = "reader/outlet.html")]
struct Page {
    frame: Frame,
    name: String,
    domain: String,
    home: Option<String>,
    family: String,
    country: String,
    paywalled: bool,
    resting: bool,
    removed: bool,
    is_hidden: bool,
    back: String,
    feeds: Vec<Source>,
    articles: Vec<Row>,
    stories: Vec<Item>,
}

struct Source {
    title: String,
    address: Option<String>,
    health: &'static str,
    well: bool,
    note: String,
    had: String,
}

struct Row {
    title: String,
    href: String,
    day: Option<Day>,
    story: Option<String>,
    paywalled: bool,
    revisions: i64,
    withdrawn: bool,
}

#[derive(Template)]
#[template(path = "reader/outlets.html")]
struct Outlets {
    frame: Frame,
    rows: Vec<Line>,
    hidden: usize,
    back: String,
}

struct Line {
    link: Link,
    domain: String,
    family: String,
    paywalled: bool,
    resting: bool,
    feeds: usize,
    unwell: usize,
    is_hidden: bool,
}

/// All outlets.
pub(super) async fn outlets(State(site): State<Site>, headers: HeaderMap, uri: Uri) -> Result<Answer, Fault> {
    let hidden = Hidden::of(&headers);
    let feeds = site.store.feeds().await?;
    let outlets = site.store.outlets().await?;
    let rows = outlets.iter().filter(|outlet| outlet.state != Use::Removed).map(|outlet| {
        let own = || feeds.iter().filter(|feed| feed.outlet == outlet.id && feed.state == Use::Active);
        Line {
            link: Link::new(&outlet.name, link::outlet(&outlet.domain)),
            domain: plain(&outlet.domain),
            family: family_of(outlet, &site.settings.families),
            paywalled: outlet.paywalled,
            resting: outlet.state == Use::Paused,
            feeds: own().count(),
            unwell: own().filter(|feed| !is_well(feed.health)).count(),
            is_hidden: hidden.holds(&outlet.domain),
        }
    });
    let rows: Vec<Line> = rows.collect();
    let frame = Frame::new(&site, "Outlets", "/outlets").at("Outlets").hiding(hidden.len());
    let frame = frame.described("Whom this newsroom reads, and who belongs to whom.");
    Ok(Answer::page(&Outlets { frame, rows, hidden: hidden.len(), back: uri.path().to_owned() }))
}

/// One outlet.
pub(super) async fn outlet(
    State(site): State<Site>,
    Path(domain): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Answer, Fault> {
    if domain.len() > 253 {
        return Err(Fault::Missing);
    }
    let known = site.store.outlet(&domain).await?;
    let filter = ArticleFilter { domain: Some(domain.clone()), limit: LISTED, ..ArticleFilter::default() };
    let articles = site.store.articles(&filter).await?;
    let name = known.as_ref().map(|outlet| outlet.name.clone());
    let Some(name) = name.or_else(|| articles.first().map(|article| article.outlet.clone())) else {
        return Err(Fault::Missing);
    };
    let filter = StoryFilter {
        domain: Some(domain.clone()),
        published: true,
        limit: LISTED,
        ..StoryFilter::default()
    };
    let hidden = Hidden::of(&headers);
    let stories = hidden.left(&site, site.store.stories(&filter).await?).await?;
    let feeds = match &known {
        Some(outlet) => feeds_of(&site, outlet.id).await?,
        None => Vec::new(),
    };
    let state = known.as_ref().map(|outlet| outlet.state);
    let frame = Frame::new(&site, &name, &link::outlet(&domain)).at("Outlets").hiding(hidden.len());
    let words = format!("What {} gave to this newsroom, and the stories that cite it.", plain(&name));
    let page = Page {
        frame: frame.described(&words),
        name: plain(&name),
        domain: plain(&domain),
        home: link::web(&format!("https://{domain}/")),
        family: known.as_ref().map_or_else(
            || listed(&domain, &name, &site.settings.families),
            |outlet| family_of(outlet, &site.settings.families),
        ),
        country: known.as_ref().map(|outlet| plain(&outlet.country)).unwrap_or_default(),
        paywalled: known.as_ref().is_some_and(|outlet| outlet.paywalled),
        resting: state == Some(Use::Paused),
        removed: state == Some(Use::Removed),
        is_hidden: hidden.holds(&domain),
        back: uri.path().to_owned(),
        feeds,
        articles: articles.iter().map(Row::new).collect(),
        stories: Item::all(&stories),
    };
    Ok(Answer::page(&page))
}

async fn feeds_of(site: &Site, outlet: i64) -> Result<Vec<Source>, Fault> {
    let feeds = site.store.feeds().await?.into_iter();
    Ok(feeds
        .filter(|feed| feed.outlet == outlet && feed.state != Use::Removed)
        .map(|feed| Source::new(&feed))
        .collect())
}

impl Source {
    fn new(feed: &Feed) -> Self {
        let title = if feed.title.is_empty() { &feed.address } else { &feed.title };
        Self {
            title: plain(title),
            address: link::web(&feed.address),
            health: if feed.state == Use::Paused { "resting" } else { feed.health.name() },
            well: is_well(feed.health),
            note: plain(&feed.note),
            had: feed.succeeded.map(day::minute).unwrap_or_default(),
        }
    }
}

impl Row {
    fn new(article: &ArticleRow) -> Self {
        Self {
            title: titled(&article.title),
            href: link::article(&article.id),
            day: article.published.map(Day::at),
            story: article.story.as_deref().map(link::story),
            paywalled: article.paywalled,
            revisions: article.revisions,
            withdrawn: article.withdrawn,
        }
    }
}

fn is_well(health: Health) -> bool {
    matches!(health, Health::Well | Health::New | Health::Moved)
}

/// The family that an outlet counts for: the one set by hand, else the one of the lists.
fn family_of(outlet: &Outlet, families: &Families) -> String {
    if outlet.family.is_empty() {
        listed(&outlet.domain, &outlet.name, families)
    } else {
        family(&outlet.family, &outlet.domain)
    }
}

fn listed(domain: &str, name: &str, families: &Families) -> String {
    let mut article = Article::bare("");
    article.domain = Some(domain.to_owned());
    article.outlet = name.to_owned();
    family(&families.of(&article), domain)
}
