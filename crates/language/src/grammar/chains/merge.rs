//! Who is who across the articles of a story: chains of several documents that speak of one.

use std::collections::BTreeMap;

use super::called::{self, Called};
use super::pool::Pool;
use super::{Chain, Gender};
use crate::grammar::Kind;

/// Somebody or something of whom the documents of a story speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referent {
    /// The fullest name as it is written, without titles.
    pub name: String,
    /// All names as they are written, each once.
    pub names: Vec<String>,
    /// Titles and roles in small letters, each once.
    pub titles: Vec<String>,
    /// What kind of thing it is, if known.
    pub kind: Option<Kind>,
    /// Whether a man or a woman, if known.
    pub gender: Option<Gender>,
    /// Its chains: the place of the document and that of the chain in it, in order.
    pub chains: Vec<(usize, usize)>,
}

/// A chain with the names it goes by.
struct Named<'c> {
    place: (usize, usize),
    chain: &'c Chain,
    called: Vec<Called>,
}

/// Those who are named in the documents of a story, in the order in which they appear. Full names are joined first, then
/// surnames and short names, each only where one alone is meant: who shares a surname with another is joined by the
/// full name or not at all.
#[must_use]
pub fn merge(documents: &[&[Chain]]) -> Vec<Referent> {
    let named: Vec<Named<'_>> = documents
        .iter()
        .enumerate()
        .flat_map(|(document, chains)| {
            chains.iter().enumerate().filter(|(_, chain)| chain.name.is_some()).map(move |(at, chain)| {
                let called = chain.names.iter().map(|name| called::of_text(name, chain)).collect();
                Named { place: (document, at), chain, called }
            })
        })
        .collect();
    let mut sets = Sets {
        named: &named,
        pool: Pool::new(named.len()),
        members: (0..named.len()).map(|at| vec![at]).collect(),
    };
    sets.alike();
    sets.short();
    let Sets { members, .. } = sets;
    members.iter().filter(|members| !members.is_empty()).map(|members| referent(&named, members)).collect()
}

struct Sets<'n> {
    named: &'n [Named<'n>],
    pool: Pool,
    members: Vec<Vec<usize>>,
}

/// Members of a set, and sets under one word, that are compared.
const COMPARED: usize = 12;

impl Sets<'_> {
    /// Joins what has a full name in common.
    fn alike(&mut self) {
        let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, named) in self.named.iter().enumerate() {
            for called in &named.called {
                // A surname alone isn't a full name, but what an abbreviation or a town is called is.
                if called.words.len() < 2 && named.chain.kind == Some(Kind::Person) {
                    continue;
                }
                let near = index.entry(called.words.join(" ")).or_default();
                for other in near.clone() {
                    self.join(other, at);
                }
                if near.len() < COMPARED {
                    near.push(at);
                }
            }
        }
    }

    /// Joins surnames, abbreviations and names cut short where only one of the longer names goes with them.
    fn short(&mut self) {
        for round in 0..2 {
            let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (at, named) in self.named.iter().enumerate() {
                for key in named.called.iter().flat_map(|called| keys(called, round == 0)) {
                    let near = index.entry(key).or_default();
                    let set = self.pool.find(at);
                    if near.len() < COMPARED && !near.iter().any(|other| self.pool.find(*other) == set) {
                        near.push(at);
                    }
                }
            }
            for near in index.values().filter(|near| near.len() > 1 && near.len() < COMPARED) {
                self.only(near);
            }
        }
    }

    /// Joins each of those that share a word to the only other of a longer name that goes with it.
    fn only(&mut self, near: &[usize]) {
        let longest = |named: &Named<'_>| {
            let size =
                |called: &Called| (called.words.len(), called.words.iter().map(String::len).sum::<usize>());
            named.called.iter().map(size).max().unwrap_or_default()
        };
        for one in near {
            let longer: Vec<usize> = near
                .iter()
                .copied()
                .filter(|two| longest(&self.named[*two]) > longest(&self.named[*one]))
                .filter(|two| self.pool.find(*two) != self.pool.find(*one) && self.agree(*one, *two))
                .collect();
            let mut sets: Vec<usize> = longer.iter().map(|two| self.pool.find(*two)).collect();
            sets.sort_unstable();
            sets.dedup();
            if let [set] = sets[..] {
                self.join(set, *one);
            }
        }
        // Surnames that nobody's full name goes with are one's.
        let alone: Vec<usize> =
            near.iter().copied().filter(|one| longest(&self.named[*one]).0 == 1).collect();
        let full = near.iter().any(|one| longest(&self.named[*one]).0 > 1);
        if !full {
            alone.windows(2).for_each(|two| self.join(two[0], two[1]));
        }
    }

    fn join(&mut self, one: usize, two: usize) {
        if self.pool.find(one) == self.pool.find(two) || !self.agree(one, two) {
            return;
        }
        let (first, second) = self.pool.join(one, two);
        let moved = std::mem::take(&mut self.members[second]);
        self.members[first].extend(moved);
        self.members[first].sort_unstable();
    }

    /// Whether nothing speaks against two sets being one.
    fn agree(&mut self, one: usize, two: usize) -> bool {
        let (one, two) = (self.pool.find(one), self.pool.find(two));
        let some = |set: usize| self.members[set].iter().take(COMPARED).map(|at| &self.named[*at]);
        some(one).all(|a| some(two).all(|b| agree(a, b)))
    }
}

fn agree(one: &Named<'_>, two: &Named<'_>) -> bool {
    let (a, b) = (one.chain, two.chain);
    let differ = a.gender.is_some() && b.gender.is_some() && a.gender != b.gender;
    // Two chains of one document were held apart there.
    if differ || one.place.0 == two.place.0 || !super::links::kinds_agree(a.kind, b.kind) {
        return false;
    }
    let kind = a.kind.or(b.kind);
    let same = |a: &Called, b: &Called| match kind {
        Some(Kind::Person) => called::same_person(a, b),
        _ => called::same_body(a, b, kind == Some(Kind::Organization)),
    };
    one.called.iter().take(COMPARED).all(|a| two.called.iter().take(COMPARED).all(|b| same(a, b)))
}

/// The words by which a name may be found cut short.
fn keys(called: &Called, by_last: bool) -> Vec<String> {
    let of = |word: Option<&String>| word.cloned().into_iter();
    let mut keys: Vec<String> =
        if by_last { of(called.words.last()).collect() } else { of(called.words.first()).collect() };
    if by_last && called.words.len() > 1 {
        keys.extend(called::initials(called));
    }
    keys
}

fn referent(named: &[Named<'_>], members: &[usize]) -> Referent {
    let mut names: Vec<String> = Vec::new();
    let mut titles: Vec<String> = Vec::new();
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for named in members.iter().map(|at| &named[*at]) {
        names.extend(named.chain.names.iter().cloned());
        titles.extend(named.chain.titles.iter().cloned());
        if let Some(kind) = named.chain.kind {
            *kinds.entry(kind).or_default() += named.chain.mentions.len();
        }
    }
    once(&mut names);
    once(&mut titles);
    let words = |name: &&String| (name.split(' ').count(), name.len());
    Referent {
        name: names.iter().rev().max_by_key(words).cloned().unwrap_or_default(),
        names,
        titles,
        kind: kinds.iter().rev().max_by_key(|(_, count)| **count).map(|(kind, _)| *kind),
        gender: members.iter().find_map(|at| named[*at].chain.gender),
        chains: members.iter().map(|at| named[*at].place).collect(),
    }
}

/// Keeps the first of each.
fn once(all: &mut Vec<String>) {
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|one| seen.insert(one.clone()));
}
