//! Here are articles: which of them report the same event?
//!
//! Articles are taken in publication order (undated ones in the order given, after the dated). Each becomes a
//! vector of weighted terms and joins the story that it is most like, or opens one. Likeness is half the
//! average over the story's members, which keeps stories from chaining, and half the nearest member, which
//! lets a development join; a third of it is decided by names and figures alone. An inverted index keeps the cost of one article down to the stories that share a
//! term with it.

mod copies;
mod vector;

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Article, sha256};
use crate::families::Families;

use vector::{Evidence, Vector, Vocabulary};

/// What the grouping may be told.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The least likeness (0 to 1) with which an article joins a story.
    pub threshold: f64,
    /// How many later articles a story waits for its next one before it closes.
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
    let vocabulary = Vocabulary::learn(articles);
    let mut stream = Stream { settings, ..Stream::default() };
    for (place, article) in order(articles).into_iter().enumerate() {
        stream.place(article, place, vocabulary.evidence(&articles[article]));
    }
    let rows = stream.stories.into_iter().map(|open| open.members);
    rows.map(|members| story(articles, families, members)).collect()
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
    let id = format!("s{}", &sha256(articles[all[0]].id.as_bytes())[..12]);
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

/// The share of the likeness that names and figures alone decide.
const NAMES: f64 = 0.3;
/// How many stories are compared member by member.
const NEAREST: usize = 4;

/// Scores are compared at six digits, so that every machine decides alike.
fn rounded(x: f64) -> f64 {
    (x * 1e6).round() / 1e6
}

/// The cosine of two vectors of length one, both in the order of their terms.
fn cosine(a: &Vector, b: &Vector) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// The stories that are open, and the index of their terms.
#[derive(Default)]
struct Stream {
    settings: Settings,
    stories: Vec<Open>,
    /// By term: the open stories that hold it, with the sum of their members' weights for it.
    index: Vec<BTreeMap<usize, f64>>,
    /// Stories by the place of their latest article, so that those past the window can be closed.
    waiting: BTreeSet<(usize, usize)>,
}

struct Open {
    members: Vec<(usize, f64)>,
    evidence: Vec<Evidence>,
    terms: BTreeSet<usize>,
    latest: usize,
}

impl Stream {
    fn place(&mut self, article: usize, place: usize, evidence: Evidence) {
        self.close(place);
        let (story, likeness) = match self.nearest(&evidence) {
            Some((story, likeness)) if likeness >= self.settings.threshold => (story, likeness),
            _ => {
                self.stories.push(Open {
                    members: Vec::new(),
                    evidence: Vec::new(),
                    terms: BTreeSet::new(),
                    latest: place,
                });
                (self.stories.len() - 1, 1.0)
            }
        };
        let open = &mut self.stories[story];
        self.waiting.remove(&(open.latest, story));
        open.latest = place;
        open.members.push((article, likeness));
        self.waiting.insert((place, story));
        for &(term, weight) in &evidence.terms {
            if self.index.len() <= term {
                self.index.resize_with(term + 1, BTreeMap::new);
            }
            *self.index[term].entry(story).or_default() += weight;
            open.terms.insert(term);
        }
        open.evidence.push(evidence);
    }

    fn nearest(&self, evidence: &Evidence) -> Option<(usize, f64)> {
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        for &(term, weight) in &evidence.terms {
            for (&story, &held) in self.index.get(term).into_iter().flatten() {
                *sums.entry(story).or_default() += weight * held;
            }
        }
        let size = |story: usize| self.stories[story].members.len() as f64;
        let mut averages: Vec<(usize, f64)> =
            sums.into_iter().map(|(story, sum)| (story, sum / size(story))).collect();
        averages.sort_by(|a, b| rounded(b.1).total_cmp(&rounded(a.1)).then(a.0.cmp(&b.0)));
        averages.truncate(NEAREST);
        let likeness = averages.into_iter().map(|(story, average)| {
            let members = &self.stories[story].evidence;
            let nearest =
                members.iter().map(|member| cosine(&evidence.terms, &member.terms)).fold(0.0, f64::max);
            let names: Vec<f64> =
                members.iter().map(|member| cosine(&evidence.names, &member.names)).collect();
            let named = names.iter().sum::<f64>() / names.len() as f64;
            let named = 0.5 * named + 0.5 * names.into_iter().fold(0.0, f64::max);
            (story, rounded((1.0 - NAMES) * (0.5 * average + 0.5 * nearest) + NAMES * named))
        });
        likeness.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    }

    /// Takes stories out of the index that have waited longer than the window.
    fn close(&mut self, place: usize) {
        while let Some(&(latest, story)) = self.waiting.first() {
            if latest + self.settings.window >= place {
                return;
            }
            self.waiting.pop_first();
            self.stories[story].evidence = Vec::new();
            for term in std::mem::take(&mut self.stories[story].terms) {
                self.index[term].remove(&story);
            }
        }
    }
}
