//! Here is a story: what is it about, and how did it grow?

mod named;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use language::sentences::sentences;
use language::words;

use super::{Member, Story};
use crate::article::{Article, Kind};
use crate::stamp::Stamp;

pub use named::Named;

/// How many bytes of a text behind its headline say what it is about.
const OPENING: usize = 600;

/// What a story is about, as plain values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// The headline that says best what all its articles report; empty where none has a headline.
    pub title: String,
    /// The people whom most articles name, at most six.
    pub people: Vec<Named>,
    /// The organisations that most articles name, at most six.
    pub organisations: Vec<Named>,
    /// The places that most articles name, at most six.
    pub places: Vec<Named>,
    /// How it grew, day by day. Background and what has no date is left out.
    pub days: Vec<Day>,
    /// When its first article was published, background left out.
    pub first: Option<Stamp>,
    /// When its last article was published, background left out.
    pub last: Option<Stamp>,
    /// How many independent families report it, background left out.
    pub families: usize,
    /// How many of its articles copy another.
    pub copies: usize,
    /// How many of its articles tell the background.
    pub background: usize,
}

/// A day on which articles of a story were published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day, as the publishers print it.
    pub day: Date,
    /// How many articles were published on it.
    pub articles: usize,
    /// How many families first reported the story on it.
    pub families: usize,
    /// How many articles there were at its end.
    pub articles_so_far: usize,
    /// How many families there were at its end.
    pub families_so_far: usize,
    /// The first headline of the day; empty where no article has one.
    pub headline: String,
}

/// Says what a story is about. `articles` is the slice that was grouped.
#[must_use]
pub fn about(story: &Story, articles: &[Article]) -> About {
    let named = named::named(story, articles);
    let news = || story.members.iter().filter(|member| !member.background);
    let stamps = || news().filter_map(|member| articles[member.article].published);
    About {
        title: title(story, articles),
        people: named.people,
        organisations: named.organisations,
        places: named.places,
        days: days(story, articles),
        first: stamps().min_by_key(Stamp::seconds),
        last: stamps().max_by_key(Stamp::seconds),
        families: story.families(),
        copies: story.members.iter().filter(|member| member.copy_of.is_some()).count(),
        background: story.members.iter().filter(|member| member.background).count(),
    }
}

/// The headline of the article that says best what all report: whose words stand in the headlines and openings of most
/// others. Each word that more than a quarter of the others has speaks for it, any other against it. Of two that are
/// equal the earlier one is taken.
#[must_use]
pub fn title(story: &Story, articles: &[Article]) -> String {
    let Some(rank) = story.members.iter().map(|member| rank(member, articles)).max() else {
        return String::new();
    };
    let stems: Vec<BTreeSet<String>> = story
        .members
        .iter()
        .map(|member| stems(opening(&articles[member.article]), member, articles))
        .collect();
    let mut holders: BTreeMap<&str, i64> = BTreeMap::new();
    for stem in stems.iter().flatten() {
        *holders.entry(stem).or_default() += 1;
    }
    let others = story.members.len() as i64 - 1;
    let score = |member: &Member| -> i64 {
        let headline = stems_of_title(member, articles);
        // The article itself holds each word of its headline.
        let held = |stem: &String| holders.get(stem.as_str()).map_or(0, |holders| holders - 1);
        headline.iter().map(|stem| 4 * held(stem) - others).sum()
    };
    let candidates = story.members.iter().filter(|member| self::rank(member, articles) == rank);
    let best = candidates.enumerate().max_by_key(|(at, member)| (score(member), std::cmp::Reverse(*at)));
    best.map(|(_, member)| articles[member.article].title.clone()).unwrap_or_default()
}

/// How fit an article is to give a story its title: a headline above all; news before background, an own text before a
/// copy, a report before a live blog or an opinion.
fn rank(member: &Member, articles: &[Article]) -> (bool, bool, bool, bool) {
    let article = &articles[member.article];
    let reports = article.kind.speaks_for_itself() && article.kind != Kind::LiveBlog;
    (!article.title.is_empty(), !member.background, member.copy_of.is_none(), reports)
}

fn stems_of_title(member: &Member, articles: &[Article]) -> BTreeSet<String> {
    stems(&articles[member.article].title, member, articles)
}

fn stems(text: &str, member: &Member, articles: &[Article]) -> BTreeSet<String> {
    words::content(text, &articles[member.article].lang).into_iter().map(|(_, stem)| stem).collect()
}

/// The headline and the first sentences of the body.
fn opening(article: &Article) -> &str {
    let text = article.text.as_str();
    let mut end = text.len().min(article.title.len() + OPENING);
    if end == text.len() {
        return text;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // A sentence that is cut short may end within a name.
    let whole = sentences(&text[..end], &article.lang);
    let last = whole.len().checked_sub(2).map(|at| whole[at].end);
    &text[..last.filter(|last| *last > article.title.len()).unwrap_or(end)]
}

/// How a story grew: an entry for each day that has an article, in order.
fn days(story: &Story, articles: &[Article]) -> Vec<Day> {
    let mut members: BTreeMap<Date, Vec<&Member>> = BTreeMap::new();
    for member in story.members.iter().filter(|member| !member.background) {
        if let Some(stamp) = articles[member.article].published {
            members.entry(stamp.day).or_default().push(member);
        }
    }
    let mut families: BTreeSet<&str> = BTreeSet::new();
    let mut days: Vec<Day> = Vec::new();
    for (day, members) in members {
        let before = families.len();
        families.extend(members.iter().map(|member| member.family.as_str()));
        let mut headlines = members.iter().map(|member| articles[member.article].title.as_str());
        days.push(Day {
            day,
            articles: members.len(),
            families: families.len() - before,
            articles_so_far: days.last().map_or(0, |last| last.articles_so_far) + members.len(),
            families_so_far: families.len(),
            headline: headlines.find(|title| !title.is_empty()).unwrap_or_default().to_owned(),
        });
    }
    days
}
