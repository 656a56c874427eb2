//! Joins mentions, the surest ways first: names, what the tree says is the same, descriptions.

use std::collections::BTreeMap;

use super::Form;
use super::called::{Called, initials, is_capitals, same_body, same_person};
use super::mentions::{Found, Pronoun};
use super::pool::Pool;
use super::traits::{Gender, Number};
use super::tree::Tree;
use crate::grammar::{Kind, Relation, Sentence};

/// What is known of those who are joined.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) gender: Option<Gender>,
    pub(super) number: Option<Number>,
    /// For each kind, how many mentions are of it.
    kinds: [u32; Kind::ALL.len()],
    /// Mentions with names that differ.
    pub(super) names: Vec<usize>,
    /// What stands before the nouns that were used.
    modifiers: Vec<String>,
    pub(super) size: usize,
}

impl Known {
    /// The kind of most.
    pub(super) fn kind(&self) -> Option<Kind> {
        let counted = Kind::ALL.iter().zip(self.kinds).filter(|(_, count)| *count > 0);
        counted.rev().max_by_key(|(_, count)| *count).map(|(kind, _)| *kind)
    }
}

/// Mentions in sets.
pub(super) struct Links<'f> {
    pub(super) found: &'f [Found],
    pub(super) pool: Pool,
    pub(super) known: Vec<Known>,
    /// Where a mention hangs on a word.
    at: BTreeMap<(usize, usize), usize>,
}

/// Names, and words before nouns, that are kept of one set.
const KEPT: usize = 8;
/// Mentions with the same word that are looked at.
const LOOKED: usize = 6;

impl<'f> Links<'f> {
    pub(super) fn new(found: &'f [Found]) -> Self {
        let known = found.iter().enumerate().map(|(at, found)| Known {
            gender: found.gender,
            number: found.number,
            kinds: std::array::from_fn(|at| u32::from(found.kind == Some(Kind::ALL[at]))),
            names: found.called.iter().map(|_| at).collect(),
            modifiers: found.modifiers.iter().take(KEPT).cloned().collect(),
            size: 1,
        });
        let places = found.iter().enumerate().filter(|(_, found)| found.mention.form != Form::Group);
        let at = places.map(|(at, found)| ((found.mention.sentence, found.mention.head), at)).collect();
        Self { found, pool: Pool::new(found.len()), known: known.collect(), at }
    }

    /// As what a mention asks who is meant: a pronoun, or a description that nothing before is called by.
    pub(super) fn asks(&mut self, at: usize) -> Option<Pronoun> {
        let found = &self.found[at];
        let is_open = found.mention.form == Form::Pronoun
            || self.pool.find(at) == at && self.known[at].names.is_empty();
        found.pronoun.filter(|_| is_open)
    }

    /// Joins two sets if nothing speaks against it.
    pub(super) fn join(&mut self, one: usize, two: usize) -> bool {
        let (one, two) = (self.pool.find(one), self.pool.find(two));
        if one == two {
            return true;
        }
        if self.agree(one, two) {
            self.unite(one, two);
            return true;
        }
        false
    }

    /// Joins two sets in any case.
    pub(super) fn unite(&mut self, one: usize, two: usize) {
        let (one, two) = (self.pool.find(one), self.pool.find(two));
        if one == two {
            return;
        }
        let (first, second) = self.pool.join(one, two);
        let other = std::mem::take(&mut self.known[second]);
        let known = &mut self.known[first];
        known.gender = known.gender.or(other.gender);
        known.number = known.number.or(other.number);
        known.size += other.size;
        known.kinds.iter_mut().zip(other.kinds).for_each(|(count, more)| *count += more);
        known.names.extend(other.names);
        known.names.sort_unstable();
        let mut seen: Vec<&[String]> = Vec::new();
        known.names.retain(|name| {
            let words = self.found[*name].called.as_ref().map_or(&[][..], |called| &called.words);
            let is_new = !seen.contains(&words) && seen.len() < KEPT;
            seen.push(words);
            is_new
        });
        known.modifiers.extend(other.modifiers);
        known.modifiers.truncate(KEPT * 2);
    }

    fn agree(&self, one: usize, two: usize) -> bool {
        let (one, two) = (&self.known[one], &self.known[two]);
        let differ = |one: Option<Gender>, two: Option<Gender>| one.is_some() && two.is_some() && one != two;
        let several = one.number.is_some() && two.number.is_some() && one.number != two.number;
        let body = [one.kind(), two.kind()].contains(&Some(Kind::Organization));
        if differ(one.gender, two.gender) || several && !body || !kinds_agree(one.kind(), two.kind()) {
            return false;
        }
        let kind = one.kind().or(two.kind());
        one.names.iter().all(|one| two.names.iter().all(|two| self.same(*one, *two, kind)))
    }

    /// Whether two names may be one's.
    fn same(&self, one: usize, two: usize, kind: Option<Kind>) -> bool {
        let (Some(a), Some(b)) = (&self.found[one].called, &self.found[two].called) else { return true };
        match kind {
            Some(Kind::Person) => same_person(a, b),
            _ => same_body(a, b, kind == Some(Kind::Organization)),
        }
    }

    /// Joins names: written alike, abbreviated, surname or given name alone.
    pub(super) fn names(&mut self) {
        let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for at in 0..self.found.len() {
            let found = &self.found[at];
            let Some(called) = &found.called else { continue };
            let [asked, kept] = keys(called, found.kind);
            for key in &asked {
                let near = index.get(key).map_or(&[][..], Vec::as_slice);
                if near.iter().rev().any(|other| !self.is_within(*other, at) && self.join(*other, at)) {
                    break;
                }
            }
            for key in kept {
                let near = index.entry(key).or_default();
                let set = self.pool.find(at);
                near.retain(|other| self.pool.find(*other) != set);
                near.push(at);
                if near.len() > LOOKED {
                    near.remove(0);
                }
            }
        }
    }

    /// Whether a mention lies within another, or the reverse.
    fn is_within(&self, one: usize, two: usize) -> bool {
        let (one, two) = (&self.found[one].mention, &self.found[two].mention);
        one.sentence == two.sentence && one.first <= two.last && two.first <= one.last
    }

    /// Joins what the tree puts together: “Ada Quill, the mayor”, “Quill is the mayor and a painter”.
    pub(super) fn trees(&mut self, sentences: &[Sentence<'_>], trees: &[Tree]) {
        for (number, (sentence, tree)) in sentences.iter().zip(trees).enumerate() {
            for (at, word) in sentence.words.iter().enumerate() {
                let Some(one) = self.at.get(&(number, at)).copied() else { continue };
                // What “and” joins to a role is another of the same person.
                let base =
                    word.head.filter(|head| word.relation == Relation::Conj && *head < sentence.words.len());
                let base = base.filter(|_| self.is_role(one)).unwrap_or(at);
                let two = match sentence.words[base].relation {
                    Relation::Appos => sentence.words[base].head,
                    _ if self.is_role(one) => subject(sentence, tree, base),
                    _ => None,
                };
                if let Some(two) = two.and_then(|two| self.at.get(&(number, two)).copied()) {
                    self.join(two, one);
                }
            }
        }
    }

    /// Whether a mention describes a person or body.
    fn is_role(&self, at: usize) -> bool {
        self.found[at].mention.form == Form::Description && self.found[at].kind.is_some()
    }

    /// Joins descriptions to those who were called so before: “the mayor”, “the council”.
    pub(super) fn descriptions(&mut self) {
        let mut index: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in 0..self.found.len() {
            let found = &self.found[at];
            if found.mention.form == Form::Description && found.definite {
                let near = index.get(found.noun.as_str()).map_or(&[][..], Vec::as_slice);
                for other in near.iter().rev() {
                    if self.described(*other, at) && self.join(*other, at) {
                        break;
                    }
                }
            }
            for noun in nouns(found) {
                let near = index.entry(noun).or_default();
                near.push(at);
                if near.len() > LOOKED {
                    near.remove(0);
                }
            }
        }
    }

    /// Whether a description may speak of a set with the same noun.
    fn described(&mut self, other: usize, at: usize) -> bool {
        let (found, before) = (&self.found[at], &self.found[other]);
        let words: Vec<&String> = self.of_names(other);
        let known = &self.known[self.pool.find(other)];
        !self.is_within(other, at)
            && (before.called.is_some() || found.number == before.number)
            && found.modifiers.iter().all(|word| known.modifiers.contains(word) || words.contains(&word))
    }

    fn of_names(&mut self, at: usize) -> Vec<&'f String> {
        let set = self.pool.find(at);
        let names = self.known[set].names.iter().filter_map(|name| self.found[*name].called.as_ref());
        names.flat_map(|called| &called.words).collect()
    }
}

/// Of whom a noun is said: the subject of “is the mayor”.
fn subject(sentence: &Sentence<'_>, tree: &Tree, at: usize) -> Option<usize> {
    tree.by(sentence, at, Relation::Cop).next()?;
    let is_within = tree.by(sentence, at, Relation::Case).next().is_some();
    let is_not = tree.by(sentence, at, Relation::Advmod).any(|not| sentence.words[not].lemma == "not");
    tree.by(sentence, at, Relation::Nsubj).next().filter(|_| !is_within && !is_not)
}

/// Whether what is of one kind may be of another: a country may act as a body.
pub(super) fn kinds_agree(one: Option<Kind>, two: Option<Kind>) -> bool {
    match (one, two) {
        (Some(one), Some(two)) => {
            let acts = |kind| matches!(kind, Kind::Organization | Kind::Place);
            one == two || acts(one) && acts(two)
        }
        _ => true,
    }
}

/// The nouns by which a mention may be called again.
fn nouns(found: &Found) -> Vec<&str> {
    let Some(called) = &found.called else {
        return (!found.noun.is_empty()).then_some(found.noun.as_str()).into_iter().collect();
    };
    let titles = called.titles.iter().map(|title| title.split(" of ").next().unwrap_or_default());
    titles
        .chain(called.words.last().filter(|_| found.kind != Some(Kind::Person)).map(String::as_str))
        .collect()
}

/// Under which keys a name is looked for, and kept.
fn keys(called: &Called, kind: Option<Kind>) -> [Vec<String>; 2] {
    let whole = called.words.join(" ");
    let (Some(first), Some(last)) = (called.words.first(), called.words.last()) else {
        return Default::default();
    };
    let mut asked = vec![format!("={whole}")];
    let mut kept = asked.clone();
    if called.words.len() == 1 {
        if is_capitals(called) {
            asked.push(format!("+{whole}"));
        }
    } else if kind != Some(Kind::Person) {
        for letters in initials(called) {
            asked.push(format!("={letters}"));
            kept.push(format!("+{letters}"));
        }
    }
    if kind.is_some() {
        asked.extend([format!(">{last}"), format!("<{first}")]);
        kept.extend([format!(">{last}"), format!("<{first}")]);
    }
    [asked, kept]
}
