//! Here are articles: which of them report the same event?
//!
//! Articles are taken in publication order (undated ones in the order given, after the dated). Each becomes a
//! `profile`: weighted terms, names and figures, lead, headline. An inverted `index` finds the stories that share
//! rare terms with it; `likeness` weighs what speaks for each; the article joins the likeliest, or opens one. As a
//! story grows its articles and those near it are gathered anew (`gather`), so that what was put together for want of
//! knowledge comes apart, and what belongs together is merged.
//!
//! A [`Stream`] takes one article after another as they come; [`group`] puts all articles through one.

mod about;
mod background;
mod copies;
mod explain;
mod gather;
mod index;
mod likeness;
mod marks;
mod open;
mod profile;
mod stream;
mod table;
mod terms;
mod trace;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Article, Passage, sha256};

pub use about::{About, Day, Named, about, title};
pub use copies::{Aligned, Copies, Copy, Origins, align};
pub use explain::{Explained, Shared, Weighed, explain, reason};
pub use likeness::{Evidence, KINDS, NAMES, Weights};
pub use stream::{Moved, Placed, Stream};
pub use trace::{Traced, trace};

/// What the grouping may be told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// What the kinds of evidence weigh.
    pub weights: Weights,
    /// How far back it looks.
    pub window: Window,
    /// Whether [`group`] looks for the stories that are nearly one with each.
    pub near: bool,
}

/// How far back grouping looks: an article is compared with the stories that one of these joined.
///
/// Time is that of the newest article so far, so that an old one that comes late stays as long as another.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Articles leave after so many days,
    pub days: u16,
    /// but of the newest so many stay: where little is published, or dates are wrong, nothing is lost by a date.
    pub least: usize,
    /// At most so many are held.
    pub most: usize,
}

impl Default for Window {
    fn default() -> Self {
        Self { days: 7, least: 10_000, most: 500_000 }
    }
}

/// How many articles back copies are looked for at most: a copy comes within days of its original, and words cost more
/// memory than terms do.
pub const COPIES: usize = 100_000;

/// The articles that report one event.
#[derive(Clone, Debug)]
pub struct Story {
    /// Made from the id of its first article: stable while that one stays.
    pub id: String,
    /// Its articles in publication order.
    pub members: Vec<Member>,
    /// The stories that are nearly one with it, each with how likely that is: an event that looks alike, or an earlier
    /// phase of the same affair. Empty where the input itself named the stories, or where it was not asked for.
    pub near: Vec<(String, f64)>,
}

/// One article's place in a story.
#[derive(Clone, Debug)]
pub struct Member {
    /// Index of the article in the slice that was grouped.
    pub article: usize,
    /// The family it counts for: its own, or that of the article it copies.
    pub family: String,
    /// The earlier member that it copies, as an index into the slice that was grouped. Where the original is in
    /// another story, the first member that copies it stands for it.
    pub copy_of: Option<usize>,
    /// Whether it tells the background, not the news: it was published long before the rest, or says so itself.
    pub background: bool,
    /// How it came into the story.
    pub placed: Place,
}

/// How an article came into a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// How likely it belonged there when it came, from 0 to 1; 1 for the first one.
    pub likeness: f64,
    /// What spoke for it, kind by kind as [`NAMES`] calls them; nothing for the first one, or where the input itself named
    /// the stories.
    pub evidence: Option<Evidence>,
    /// The story that was the next likely one then, and how likely.
    pub next: Option<(String, f64)>,
    /// The story that it was put into when it came, where later articles showed that it belongs here.
    pub first: Option<String>,
}

impl Story {
    /// How many independent families report it, background left out.
    #[must_use]
    pub fn families(&self) -> usize {
        let news = self.members.iter().filter(|member| !member.background);
        news.map(|member| member.family.as_str()).collect::<BTreeSet<_>>().len()
    }

    /// The passage that this one copies, where its article is a copy and the passage comes from the original.
    #[must_use]
    pub fn origin(&self, passage: Passage, articles: &[Article]) -> Option<Passage> {
        let copy = self.members.iter().find(|member| member.article == passage.article)?;
        let article = copy.copy_of?;
        let span = align(&articles[article], &articles[passage.article]).origin(passage.span)?;
        Some(Passage { article, span })
    }
}

/// Groups articles into stories, in the order of each story's first article.
#[must_use]
pub fn group(articles: &[Article], origins: &Origins, settings: Settings) -> Vec<Story> {
    let order = order(articles);
    let mut stream = Stream::new(settings);
    let mut stories: Vec<(String, Place)> = Vec::with_capacity(order.len());
    // Articles of one id are told apart by where they stand, so that what moves is known by it.
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, &article) in order.iter().enumerate() {
        places.entry(&articles[article].id).or_default().push(at);
        let Placed { story, likeness, evidence, next, moved, .. } = stream.place(&articles[article]);
        stories.push((story, Place { likeness, evidence, next, first: None }));
        move_all(&moved, &places, &mut stories);
    }
    move_all(&stream.settle(), &places, &mut stories);
    let mut by_story: BTreeMap<String, Vec<(usize, Place)>> = BTreeMap::new();
    for ((story, place), &article) in stories.into_iter().zip(&order) {
        let first = place.first.filter(|first| *first != story);
        by_story.entry(story).or_default().push((article, Place { first, ..place }));
    }
    let position: BTreeMap<usize, usize> =
        order.iter().enumerate().map(|(at, article)| (*article, at)).collect();
    let mut made: Vec<(usize, Story)> = by_story
        .into_iter()
        .map(|(id, members)| {
            let near = if settings.near { stream.nearest(&id) } else { Vec::new() };
            (position[&members[0].0], Story { id, near, ..story(articles, origins, members) })
        })
        .collect();
    made.sort_by_key(|(first, _)| *first);
    made.into_iter().map(|(_, story)| story).collect()
}

fn move_all(moved: &[Moved], places: &BTreeMap<&str, Vec<usize>>, stories: &mut [(String, Place)]) {
    for moved in moved {
        for &at in places.get(moved.article.as_str()).into_iter().flatten() {
            let (story, place) = &mut stories[at];
            if *story == moved.from {
                let from = std::mem::replace(story, moved.to.clone());
                place.first.get_or_insert(from);
            }
        }
    }
}

/// The stories that the input itself names: articles with the same label are one story.
#[must_use]
pub fn by_label(articles: &[Article], labels: &[String], origins: &Origins) -> Vec<Story> {
    let mut named: BTreeMap<&str, Vec<(usize, Place)>> = BTreeMap::new();
    for article in order(articles) {
        let place = Place { likeness: 1.0, ..Place::default() };
        named.entry(&labels[article]).or_default().push((article, place));
    }
    let made = named.into_iter();
    made.map(|(label, members)| Story { id: label.to_owned(), ..story(articles, origins, members) }).collect()
}

/// Indices of the articles in publication order, undated ones last in the order given.
fn order(articles: &[Article]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by_key(|&at| (articles[at].published.map_or(i64::MAX, |stamp| stamp.seconds()), at));
    order
}

/// The id of the story that an article opens, from the article's own.
fn story_id(article: &str) -> String {
    format!("s{}", &sha256(article.as_bytes())[..12])
}

fn story(articles: &[Article], origins: &Origins, members: Vec<(usize, Place)>) -> Story {
    let all: Vec<usize> = members.iter().map(|(article, _)| *article).collect();
    let background = background::background(articles, &all);
    let members = members.into_iter().zip(origins.within(&all)).map(|((article, placed), copy_of)| Member {
        article,
        family: origins.family(article).to_owned(),
        copy_of,
        background: background.contains(&article),
        placed,
    });
    let id = story_id(&articles[all[0]].id);
    Story { id, members: members.collect(), near: Vec::new() }
}
