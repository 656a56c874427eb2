//! Whom and what the articles of a story name.

use std::collections::{BTreeMap, BTreeSet};

use language::Span;
use language::grammar::chains::{Chain, chains, merge};
use language::grammar::{self, Kind, Model, Sentence};
use language::names::{NameKind, names};

use super::opening;
use crate::article::Article;
use crate::group::Story;

/// How many of a kind are told.
const MOST: usize = 6;
/// In a story of so many articles, what only one of them names is left out.
const SEVERAL: usize = 4;

/// Somebody or something that articles of a story name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The fullest name, without titles.
    pub name: String,
    /// How many of the story's articles name it in the headline or the first sentences.
    pub articles: usize,
}

/// What a story names, kind by kind, what most articles name first.
#[derive(Default)]
pub(super) struct All {
    pub(super) people: Vec<Named>,
    pub(super) organisations: Vec<Named>,
    pub(super) places: Vec<Named>,
}

/// The first sentences of a member.
struct Opening<'a> {
    text: &'a str,
    is_english: bool,
}

/// One person, organisation or place, as it was found.
struct Found {
    kind: NameKind,
    /// The fullest name.
    name: String,
    /// The members that name it.
    members: BTreeSet<usize>,
}

pub(super) fn named(story: &Story, articles: &[Article]) -> All {
    let members = story.members.iter().map(|member| &articles[member.article]);
    let openings: Vec<Opening<'_>> =
        members.map(|article| Opening { text: opening(article), is_english: is_english(article) }).collect();
    let mut found = by_grammar(&openings);
    found.extend(by_form(&openings));
    found.sort_by_key(|found| found.members.first().copied());
    let least = if openings.len() >= SEVERAL { 2 } else { 1 };
    let mut found = joined(found);
    found.retain(|found| found.members.len() >= least);
    for found in &mut found {
        let held = openings.iter().enumerate().filter(|(_, opening)| holds(opening.text, found));
        let held: Vec<usize> = held.map(|(at, _)| at).collect();
        found.members.extend(held);
    }
    let of_kind = |kind: NameKind| -> Vec<Named> {
        let mut all: Vec<&Found> = found.iter().filter(|found| found.kind == kind).collect();
        all.sort_by_key(|found| std::cmp::Reverse(found.members.len()));
        let told = all.iter().take(MOST);
        told.map(|found| Named { name: found.name.clone(), articles: found.members.len() }).collect()
    };
    All {
        people: of_kind(NameKind::Person),
        organisations: of_kind(NameKind::Organization),
        places: of_kind(NameKind::Place),
    }
}

fn is_english(article: &Article) -> bool {
    article.lang == "en" || article.lang.starts_with("en-")
}

/// What English articles name, by their trees.
fn by_grammar(openings: &[Opening<'_>]) -> Vec<Found> {
    let english: Vec<(usize, &str)> = openings
        .iter()
        .enumerate()
        .filter(|(_, opening)| opening.is_english)
        .map(|(at, opening)| (at, opening.text))
        .collect();
    let words: Vec<Vec<Vec<Span>>> = english.iter().map(|(_, text)| grammar::words(text)).collect();
    let texts: Vec<(&str, &[Vec<Span>])> =
        english.iter().zip(&words).map(|((_, text), words)| (*text, &**words)).collect();
    let model = Model::english();
    let read = |((text, _), mut trees): (&(&str, &[Vec<Span>]), Vec<Sentence<'_>>)| {
        grammar::find_names(model, text, &mut trees);
        chains(text, &trees)
    };
    let of_texts: Vec<Vec<Chain>> =
        texts.iter().zip(grammar::trees_of_texts(model, &texts)).map(read).collect();
    let of_texts: Vec<&[Chain]> = of_texts.iter().map(Vec::as_slice).collect();
    let found = merge(&of_texts).into_iter().filter_map(|referent| {
        let kind = match referent.kind? {
            Kind::Person => NameKind::Person,
            Kind::Organization => NameKind::Organization,
            Kind::Place => NameKind::Place,
            _ => return None,
        };
        let members = referent.chains.iter().map(|(text, _)| english[*text].0).collect();
        Some(Found { kind, name: referent.name, members })
    });
    found.collect()
}

/// What articles in other languages name, by the form of the words.
fn by_form(openings: &[Opening<'_>]) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, &Opening { text, .. }) in openings.iter().enumerate().filter(|(_, opening)| !opening.is_english)
    {
        for name in names(text) {
            let Some(kind) = name.kind else { continue };
            let name = name.span.of(text).to_owned();
            found.push(Found { kind, name, members: BTreeSet::from([at]) });
        }
    }
    found
}

/// Joins what is called alike, then people who are called by the last word of one full name alone.
fn joined(found: Vec<Found>) -> Vec<Found> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut alike: Vec<Vec<Found>> = Vec::new();
    for found in found {
        let place = *places.entry(found.name.to_lowercase()).or_insert(alike.len());
        if place == alike.len() {
            alike.push(Vec::new());
        }
        let of_kind = alike[place].iter_mut().find(|known| known.kind == found.kind);
        match of_kind {
            Some(known) => known.members.extend(found.members),
            None => alike[place].push(found),
        }
    }
    let joined: Vec<Found> = alike.into_iter().filter_map(of_one_kind).collect();
    let mut full: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, found) in joined.iter().enumerate().filter(|(_, found)| found.kind == NameKind::Person) {
        if let Some((_, last)) = found.name.rsplit_once(' ') {
            full.entry(last.to_lowercase()).or_default().push(at);
        }
    }
    let mut out: Vec<Option<Found>> = joined.into_iter().map(Some).collect();
    for at in 0..out.len() {
        let Some(found) = out[at].as_ref().filter(|found| found.kind == NameKind::Person) else { continue };
        if let Some(&[of]) = full.get(&found.name.to_lowercase()).map(Vec::as_slice) {
            let members = out[at].take().map(|found| found.members).unwrap_or_default();
            out[of].iter_mut().for_each(|full| full.members.extend(&members));
        }
    }
    out.into_iter().flatten().collect()
}

/// One name that was taken for things of several kinds is of the kind that most articles speak for.
fn of_one_kind(mut alike: Vec<Found>) -> Option<Found> {
    alike.sort_by_key(|found| std::cmp::Reverse(found.members.len()));
    let mut alike = alike.into_iter();
    let mut first = alike.next()?;
    alike.for_each(|other| first.members.extend(other.members));
    Some(first)
}

/// Whether a text holds a name as it is written, for articles in which nothing was found of it. A person's one word may
/// be any word.
fn holds(text: &str, found: &Found) -> bool {
    let name = found.name.as_str();
    let is_short = found.kind == NameKind::Person && !name.contains(' ');
    let apart = |(at, _): (usize, &str)| {
        !text[..at].ends_with(char::is_alphanumeric)
            && !text[at + name.len()..].starts_with(char::is_alphanumeric)
    };
    !name.is_empty() && !is_short && text.match_indices(name).any(apart)
}
