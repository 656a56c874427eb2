//! Here are articles: which of them report the same event?
//!
//! Articles are taken in publication order (undated ones in the order given, after the dated). Each becomes a
//! vector of weighted terms and joins the story that it is most like, or opens one. Likeness is half the
//! average over the story's members, which keeps stories from chaining, and half the nearest member, which
//! lets a development join; a third of it is decided by names and figures alone. An inverted index keeps the
//! cost of one article down to the stories that share a term with it.
//!
//! [`group`] knows all articles from the beginning; a [`Stream`] takes one after another as they come.

mod copies;
mod index;
mod stream;
mod vector;

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Article, sha256};
use crate::families::Families;

use index::Index;
use vector::{Vocabulary, occurrences};

pub use stream::{Placed, Stream};

/// What the grouping may be told.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The least likeness (0 to 1) with which an article joins a story.
    pub threshold: f64,
    /// How many articles back the grouping looks: an article is compared with stories that one of these joined.
    pub window: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { threshold: 0.14, window: 50_000 }
    }
}

/// The articles that report one event.
#[derive(Clone, Debug)]
pub struct Story {
    /// Made from the id of its first article: stable while that one stays.
    pub id: String,
    /// Its articles in publication order.
    pub members: Vec<Member>,
}

/// One article's place in a story.
#[derive(Clone, Debug)]
pub struct Member {
    /// Index of the article in the slice that was grouped.
    pub article: usize,
    /// The family it counts for: its own, or that of the article it copies.
    pub family: String,
    /// The earlier member that it copies, as an index into the slice that was grouped.
    pub copy_of: Option<usize>,
    /// Whether it was published so long before the rest that it tells the background, not the news.
    pub background: bool,
    /// Its likeness to the story when it came; 1 for the first.
    pub likeness: f64,
}

impl Story {
    /// How many independent families report it, background left out.
    #[must_use]
    pub fn families(&self) -> usize {
        let news = self.members.iter().filter(|member| !member.background);
        news.map(|member| member.family.as_str()).collect::<BTreeSet<_>>().len()
    }
}

/// Groups articles into stories, in the order of each story's first article.
#[must_use]
pub fn group(articles: &[Article], families: &Families, settings: Settings) -> Vec<Story> {
    let counts: Vec<BTreeMap<String, f64>> = articles.iter().map(occurrences).collect();
    let mut vocabulary = Vocabulary::default();
    counts.iter().for_each(|counts| vocabulary.learn(counts));
    let mut index = Index::new(settings.window);
    let mut stories: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    for article in order(articles) {
        while index.expire().is_some() {}
        let (story, likeness) =
            index.place(vocabulary.evidence(&counts[article]), settings.threshold, |_| 0.0);
        stories.entry(story).or_default().push((article, likeness));
    }
    stories.into_values().map(|members| story(articles, families, members)).collect()
}

/// The stories that the input itself names: articles with the same label are one story.
#[must_use]
pub fn by_label(articles: &[Article], labels: &[String], families: &Families) -> Vec<Story> {
    let mut named: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
    for article in order(articles) {
        named.entry(&labels[article]).or_default().push((article, 1.0));
    }
    let made = named
        .into_iter()
        .map(|(label, members)| Story { id: label.to_owned(), ..story(articles, families, members) });
    made.collect()
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

fn story(articles: &[Article], families: &Families, members: Vec<(usize, f64)>) -> Story {
    let all: Vec<usize> = members.iter().map(|&(article, _)| article).collect();
    let copies = copies::copies(articles, &all);
    let background = background(articles, &all);
    let mut own: BTreeMap<usize, String> = BTreeMap::new();
    let members = members.into_iter().zip(copies).map(|((article, likeness), copy_of)| {
        let family = copy_of.and_then(|first| own.get(&first).cloned());
        let family = family.unwrap_or_else(|| families.of(&articles[article]));
        own.insert(article, family.clone());
        Member { article, family, copy_of, background: background.contains(&article), likeness }
    });
    let id = story_id(&articles[all[0]].id);
    Story { id, members: members.collect() }
}

/// Members published more than sixty days before the story's middle article.
fn background(articles: &[Article], members: &[usize]) -> BTreeSet<usize> {
    const SIXTY_DAYS: i64 = 60 * 86_400;
    let seconds = |&article: &usize| articles[article].published.map(|stamp| (stamp.seconds(), article));
    let mut dated: Vec<(i64, usize)> = members.iter().filter_map(seconds).collect();
    dated.sort_unstable();
    let Some(&(middle, _)) = dated.get(dated.len() / 2) else {
        return BTreeSet::new();
    };
    dated.into_iter().filter(|&(at, _)| at < middle - SIXTY_DAYS).map(|(_, article)| article).collect()
}
