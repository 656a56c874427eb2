//! Finds what speaks of somebody or something: names, pronouns of the third person, groups of nouns, what “and” joins.

use std::collections::{BTreeMap, BTreeSet};

use super::called::{Called, DIRECTIONS, LESSER, called, initials, is_capitals};
use super::traits::{self, Gender, Number};
use super::tree::Tree;
use super::{Form, Mention};
use crate::grammar::{Class, Kind, LONGEST, Relation, Sentence, lexicon};
use crate::names;

/// A mention and what its words say of it.
pub(super) struct Found {
    pub(super) mention: Mention,
    pub(super) kind: Option<Kind>,
    pub(super) gender: Option<Gender>,
    pub(super) number: Option<Number>,
    pub(super) called: Option<Called>,
    /// The lemma of a description's head, and what stands before it.
    pub(super) noun: String,
    pub(super) modifiers: Vec<String>,
    pub(super) definite: bool,
    pub(super) pronoun: Option<Pronoun>,
    /// The relation by which it hangs in the clause; what “and” joins hangs as the first does.
    pub(super) role: Relation,
    /// Whether it stands in quotation marks.
    pub(super) quoted: bool,
    /// Whether it is only part of another name.
    inside: bool,
}

/// The pronouns by whom they speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pronoun {
    He,
    She,
    It,
    They,
    /// No pronoun, but as little said: “the company”.
    Body,
    /// “The man”.
    Person,
}

impl Pronoun {
    pub(super) fn gender(self) -> Option<Gender> {
        match self {
            Self::He => Some(Gender::Male),
            Self::She => Some(Gender::Female),
            _ => None,
        }
    }

    fn of(small: &str) -> Option<Self> {
        match small {
            "he" | "him" | "his" | "himself" => Some(Self::He),
            "she" | "her" | "hers" | "herself" => Some(Self::She),
            "it" | "its" | "itself" => Some(Self::It),
            "they" | "them" | "their" | "theirs" | "themselves" | "themself" => Some(Self::They),
            _ => None,
        }
    }
}

/// How words hang that are part of what others say.
const PARTS: &[Relation] = &[
    Relation::Compound,
    Relation::NmodDesc,
    Relation::Flat,
    Relation::Fixed,
    Relation::Goeswith,
    Relation::OblUnmarked,
    Relation::NmodUnmarked,
];
/// How words hang on a noun that don't describe it.
const APART: &[Relation] = &[
    Relation::Punct,
    Relation::Conj,
    Relation::Cc,
    Relation::Appos,
    Relation::Parataxis,
    Relation::Cop,
    Relation::Nsubj,
    Relation::Advmod,
    Relation::Aux,
    Relation::Mark,
    Relation::Advcl,
    Relation::Ccomp,
    Relation::Discourse,
    Relation::Expl,
];

/// The mentions of a document in the order in which they begin, wider ones first, and the trees of its sentences.
pub(super) fn found(text: &str, sentences: &[Sentence<'_>]) -> (Vec<Found>, Vec<Tree>) {
    let trees: Vec<Tree> = sentences.iter().map(Tree::new).collect();
    let mut all = Vec::new();
    let mut quotes = Quotes::default();
    for (number, (sentence, tree)) in sentences.iter().zip(&trees).enumerate() {
        let place = Place { text, sentence, tree, number };
        let quoted = quotes.marks(text, sentence);
        let mut here = place.all();
        here.sort_by_key(|found| (found.mention.first, std::cmp::Reverse(found.mention.last)));
        here.iter_mut().for_each(|found| found.quoted = quoted[found.mention.head]);
        all.extend(here);
    }
    agree(&mut all);
    // Within other names only what is known from elsewhere counts.
    all.retain(|found| !found.inside || found.kind.is_some());
    (all, trees)
}

/// Names that are written alike are of the kind of most of them, and a surname alone is a person's once somebody was
/// named in full.
fn agree(all: &mut [Found]) {
    let mut kinds: BTreeMap<String, BTreeMap<Kind, usize>> = BTreeMap::new();
    for found in all.iter() {
        if let (Some(kind), Some(called)) = (found.kind, &found.called) {
            *kinds.entry(called.words.join(" ")).or_default().entry(kind).or_default() += 1;
        }
    }
    let most = |counts: &BTreeMap<Kind, usize>| {
        counts.iter().rev().max_by_key(|(_, count)| **count).map(|(kind, _)| *kind)
    };
    let mut surnames: BTreeSet<String> = BTreeSet::new();
    let mut others: BTreeSet<String> = BTreeSet::new();
    let mut short: BTreeMap<String, Kind> = BTreeMap::new();
    for found in all.iter_mut() {
        let Some(called) = &mut found.called else { continue };
        found.kind = kinds.get(&called.words.join(" ")).and_then(most);
        match called.words.as_slice() {
            [word] if is_capitals(called) && short.contains_key(word) => {
                found.kind = short.get(word).copied()
            }
            [word] if called.article && short.contains_key(&format!("the {word}")) => {
                found.kind = short.get(&format!("the {word}")).copied();
            }
            [word] if surnames.contains(word) => found.kind = Some(Kind::Person),
            [word] => {
                others.insert(word.clone());
            }
            [_, .., surname] if found.kind == Some(Kind::Person) && !others.contains(surname) => {
                surnames.insert(surname.clone());
            }
            [first, _, ..] => {
                if let Some(kind) = found.kind.filter(|kind| *kind != Kind::Person) {
                    initials(called).into_iter().for_each(|letters| {
                        short.insert(letters, kind);
                    });
                    short.insert(format!("the {first}"), kind);
                }
            }
            _ => {}
        }
        if found.kind != Some(Kind::Person) {
            found.number = None;
        }
    }
}

struct Place<'p> {
    text: &'p str,
    sentence: &'p Sentence<'p>,
    tree: &'p Tree,
    number: usize,
}

impl Place<'_> {
    /// The proper nouns on which others hang, with the first and the last word of what belongs to them: names perhaps
    /// of which it isn't known what they name.
    fn proper(&self) -> BTreeMap<usize, (usize, usize)> {
        let words = &self.sentence.words;
        let is_proper = |at: usize| words[at].class == Class::Propn;
        let is_part = |at: usize| match words[at].relation {
            Relation::Flat | Relation::Goeswith | Relation::Fixed => true,
            Relation::Compound => words[at].head.is_some_and(is_proper),
            _ => false,
        };
        let heads = (0..words.len()).filter(|at| is_proper(*at) && !is_part(*at));
        let mut spans: BTreeMap<usize, (usize, usize)> = heads.map(|at| (at, (at, at))).collect();
        for (at, word) in words.iter().enumerate() {
            let belongs = match word.relation {
                // The possessive ending is counted, a preposition isn't.
                Relation::Case => word.head.is_some_and(|head| head + 1 == at),
                Relation::Compound
                | Relation::Flat
                | Relation::FlatForeign
                | Relation::Goeswith
                | Relation::Fixed
                | Relation::Amod
                | Relation::Det
                | Relation::NmodPoss
                | Relation::NmodDesc
                | Relation::Nummod => true,
                _ => false,
            };
            if let Some(span) = word.head.filter(|_| belongs).and_then(|head| spans.get_mut(&head)) {
                *span = (span.0.min(at), span.1.max(at));
            }
        }
        spans
    }

    fn all(&self) -> Vec<Found> {
        let count = self.sentence.words.len();
        let mut kinds: BTreeMap<usize, (usize, usize, Option<Kind>)> = BTreeMap::new();
        let mut heads = self.sentence.words.iter().filter_map(|word| word.head);
        if count <= 2 * LONGEST && heads.all(|head| head < count) {
            for (at, span) in self.proper() {
                kinds.insert(at, (span.0, span.1, None));
            }
        }
        for name in self.sentence.entities.iter().rev() {
            if name.first <= name.head && name.head <= name.last && name.last < count {
                kinds.insert(name.head, (name.first, name.last, Some(name.kind)));
            }
        }
        let mut here = Vec::new();
        for (at, word) in self.sentence.words.iter().enumerate() {
            let found = match (kinds.get(&at), word.class) {
                (Some((first, last, kind)), _) => self.name((*first, at, *last), *kind),
                (None, Class::Pron | Class::Det) => self.pronoun(at),
                (None, Class::Noun) => self.description(at),
                (None, Class::Propn) if word.relation == Relation::Compound => self.part(at),
                _ => None,
            };
            let Some(found) = found else { continue };
            if let Some(mut group) = self.group(at) {
                group.kind = found.kind;
                here.push(group);
            }
            here.push(found);
        }
        here
    }

    fn plain(&self, (first, head, last): (usize, usize, usize), form: Form) -> Found {
        Found {
            mention: Mention { sentence: self.number, first, last, head, form },
            kind: None,
            gender: None,
            number: None,
            called: None,
            noun: String::new(),
            modifiers: Vec::new(),
            definite: false,
            pronoun: None,
            role: self.role(head),
            quoted: false,
            inside: false,
        }
    }

    fn role(&self, mut at: usize) -> Relation {
        let words = &self.sentence.words;
        for _ in 0..8 {
            let word = &words[at];
            match word.head {
                Some(head) if word.relation == Relation::Conj && head < words.len() => at = head,
                _ => break,
            }
        }
        words[at].relation
    }

    fn number(&self, at: usize) -> Option<Number> {
        match self.sentence.words[at].feature("Number") {
            Some("Sing") => Some(Number::One),
            Some("Plur" | "Ptan") => Some(Number::Several),
            _ => None,
        }
    }

    fn name(&self, span: (usize, usize, usize), kind: Option<Kind>) -> Option<Found> {
        let called = called(self.text, self.sentence, self.tree, span, kind);
        // “Secretary of State Ada Quill” may hang on the title, too.
        let in_full = called.words.len() > 1
            && !called.titles.is_empty()
            && called.words.first().is_some_and(|given| lexicon::named(given) & 1 == 1);
        if called.is_person && !in_full && self.is_title(span.1) {
            let found = self.description(span.1)?;
            return Some(Found { definite: true, ..found });
        }
        if called.words.is_empty() {
            return None;
        }
        let mut found = self.plain(span, Form::Name);
        found.kind = kind;
        // “The United Nations” is one.
        found.number = self.number(span.1).filter(|_| kind == Some(Kind::Person));
        found.gender = called.gender;
        found.called = Some(called);
        Some(found)
    }

    /// What may be a name within another: “United Nations” in that of its secretary-general.
    fn part(&self, at: usize) -> Option<Found> {
        let (first, last) = self.tree.spans[at];
        let called = called(self.text, self.sentence, self.tree, (first, at, last), Some(Kind::Organization));
        let mut found = self.plain((first, at, last), Form::Name);
        let is_name = called
            .words
            .iter()
            .any(|word| lexicon::named(word) & 1 == 0 && !DIRECTIONS.contains(&word.as_str()));
        found.called = Some(called).filter(|_| is_name);
        found.inside = true;
        found.called.is_some().then_some(found)
    }

    /// Whether a title stands without a name: “the Secretary of State”.
    fn is_title(&self, at: usize) -> bool {
        let small = self.sentence.words[at].span.of(self.text).to_lowercase();
        let is_title =
            names::known(&small) & 1 == 1 || traits::is_person(&small) && lexicon::named(&small) & 3 == 0;
        is_title
            && self.number(at) == Some(Number::One)
            && self.tree.by(self.sentence, at, Relation::Flat).next().is_none()
    }

    fn pronoun(&self, at: usize) -> Option<Found> {
        let word = &self.sentence.words[at];
        let pronoun = Pronoun::of(&word.span.of(self.text).to_lowercase())?;
        if word.relation == Relation::Expl {
            return None;
        }
        let mut found = self.plain((at, at, at), Form::Pronoun);
        found.pronoun = Some(pronoun);
        (found.gender, found.number, found.kind) = match pronoun {
            Pronoun::He => (Some(Gender::Male), Some(Number::One), Some(Kind::Person)),
            Pronoun::She => (Some(Gender::Female), Some(Number::One), Some(Kind::Person)),
            Pronoun::It => (None, Some(Number::One), None),
            _ => (None, None, None),
        };
        Some(found)
    }

    fn description(&self, at: usize) -> Option<Found> {
        let word = &self.sentence.words[at];
        if PARTS.contains(&word.relation) {
            return None;
        }
        let mut found = self.plain((at, at, at), Form::Description);
        let (mut first, mut last, mut says_the) = (at, at, false);
        for child in &self.tree.children[at] {
            let child = *child;
            let below = &self.sentence.words[child];
            match below.relation {
                relation if APART.contains(&relation) => continue,
                Relation::Case if child < at => continue,
                Relation::Det => {
                    let small = below.span.of(self.text).to_lowercase();
                    says_the |= matches!(small.as_str(), "the" | "this" | "that" | "these" | "those");
                }
                Relation::NmodPoss => {
                    found.definite = true;
                    found.modifiers.push(below.lemma.to_lowercase());
                }
                Relation::Amod | Relation::Compound | Relation::Nmod | Relation::Nummod => {
                    found.modifiers.push(below.lemma.to_lowercase());
                }
                _ => {}
            }
            first = first.min(self.tree.spans[child].0);
            last = last.max(self.tree.spans[child].1);
        }
        // A comma that closes a clause inside is none of its words.
        while last > at && self.sentence.words[last].class == Class::Punct {
            last -= 1;
        }
        (found.mention.first, found.mention.last) = (first, last);
        found.definite |= says_the;
        found.noun = word.lemma.to_lowercase();
        found.kind = traits::kind(&found.noun);
        found.gender = traits::gender(&found.noun);
        found.number = self.number(at);
        if says_the && found.number == Some(Number::One) {
            found.pronoun = match found.kind {
                Some(Kind::Person) => Some(Pronoun::Person),
                Some(Kind::Organization) => Some(Pronoun::Body),
                _ => None,
            };
        }
        if let Some(lesser) = found.modifiers.iter().find(|word| LESSER.contains(&word.as_str())) {
            found.noun = format!("{lesser} {}", found.noun);
        }
        Some(found)
    }

    /// What “and” joins to the word.
    fn group(&self, at: usize) -> Option<Found> {
        let parts: Vec<usize> = self.tree.by(self.sentence, at, Relation::Conj).collect();
        let last = *parts.last()?;
        let is_and =
            self.tree.by(self.sentence, last, Relation::Cc).any(|cc| self.sentence.words[cc].lemma == "and");
        let nominal = |part: &usize| {
            matches!(self.sentence.words[*part].class, Class::Noun | Class::Propn | Class::Pron)
        };
        if !is_and || !parts.iter().all(nominal) {
            return None;
        }
        let first = self.tree.spans[at].0;
        let mut found = self.plain((first, at, self.tree.spans[last].1), Form::Group);
        found.number = Some(Number::Several);
        found.definite = true;
        Some(found)
    }
}

/// Whether what is read stands in double quotation marks; what isn't closed ends after a while.
#[derive(Default)]
struct Quotes {
    open: bool,
    since: usize,
}

impl Quotes {
    fn marks(&mut self, text: &str, sentence: &Sentence<'_>) -> Vec<bool> {
        /// Sentences after which what was opened counts as closed.
        const LONGEST: usize = 8;
        self.since += 1;
        if self.since > LONGEST {
            self.open = false;
        }
        let mut marks = Vec::with_capacity(sentence.words.len());
        for word in &sentence.words {
            let before = self.open;
            match word.span.of(text) {
                "\u{201c}" | "``" => self.open = true,
                "\u{201d}" | "''" => self.open = false,
                "\"" => self.open = !self.open,
                _ => {}
            }
            if self.open && !before {
                self.since = 0;
            }
            marks.push(self.open);
        }
        marks
    }
}
