//! Which spans of a sentence may be names, and what speaks for one kind or another.
//!
//! A name is what hangs on a proper noun. What it names is told by its words, by the words around it, and by what the
//! dictionary says of both. Training and reading share this file; a change to it needs a new model.

use super::labels::{Class, Relation};
use super::{Sentence, lexicon};
use crate::names;

/// A span that may be a name: the word on which the others hang, the first and the last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The word on which the others hang.
    pub head: usize,
    /// The first word.
    pub first: usize,
    /// The last word.
    pub last: usize,
}

/// The candidates of a sentence, in the order of their heads.
#[must_use]
pub fn candidates(sentence: &Sentence<'_>) -> Vec<Candidate> {
    let words = &sentence.words;
    let spans = spans(sentence);
    (0..words.len())
        .filter(|at| words[*at].class == Class::Propn && !is_part(sentence, *at))
        .map(|at| {
            let (mut first, mut last) = (at, at);
            for child in (0..words.len())
                .filter(|child| words[*child].head == Some(at) && belongs(sentence, *child, at))
            {
                first = first.min(spans[child].0);
                last = last.max(spans[child].1);
            }
            Candidate { head: at, first, last }
        })
        .collect()
}

/// Whether a proper noun is only a part of the name of another.
fn is_part(sentence: &Sentence<'_>, at: usize) -> bool {
    let word = &sentence.words[at];
    let of_name = word.head.is_some_and(|head| sentence.words[head].class == Class::Propn);
    match word.relation {
        Relation::Flat | Relation::Goeswith | Relation::Fixed => true,
        Relation::Compound => of_name,
        _ => false,
    }
}

/// Whether what hangs on a name belongs to it.
fn belongs(sentence: &Sentence<'_>, child: usize, head: usize) -> bool {
    let word = &sentence.words[child];
    match word.relation {
        // The possessive ending is counted, a preposition isn't.
        Relation::Case => child == head + 1 || child > head && word.class == Class::Part,
        // "Springfield, Illinois", but not "June 5, 2020".
        Relation::NmodUnmarked => word.class == Class::Propn,
        Relation::Nmod => {
            let mut cases = sentence
                .words
                .iter()
                .filter(|case| case.head == Some(child) && case.relation == Relation::Case);
            cases.next().is_none_or(|case| match case.lemma.as_str() {
                "of" | "for" | "at" => true,
                "in" => word.class == Class::Propn,
                _ => false,
            })
        }
        Relation::Compound
        | Relation::Flat
        | Relation::FlatForeign
        | Relation::Goeswith
        | Relation::Fixed
        | Relation::Amod
        | Relation::Det
        | Relation::DetPredet
        | Relation::NmodPoss
        | Relation::NmodDesc
        | Relation::Nummod
        | Relation::AclRelcl => true,
        _ => false,
    }
}

/// The first and the last word of what hangs on each word.
fn spans(sentence: &Sentence<'_>) -> Vec<(usize, usize)> {
    let words = &sentence.words;
    let mut spans: Vec<(usize, usize)> = (0..words.len()).map(|at| (at, at)).collect();
    let mut waiting = vec![0usize; words.len()];
    for head in words.iter().filter_map(|word| word.head) {
        waiting[head] += 1;
    }
    let mut ready: Vec<usize> = (0..words.len()).filter(|at| waiting[*at] == 0).collect();
    while let Some(at) = ready.pop() {
        let Some(head) = words[at].head else { continue };
        spans[head] = (spans[head].0.min(spans[at].0), spans[head].1.max(spans[at].1));
        waiting[head] -= 1;
        if waiting[head] == 0 {
            ready.push(head);
        }
    }
    spans
}

/// Gathers clues as hashes.
struct Clues<'o>(&'o mut Vec<u32>);

impl Clues<'_> {
    fn push(&mut self, kind: u8, text: &str) {
        self.pair(kind, text, "");
    }

    fn pair(&mut self, kind: u8, one: &str, two: &str) {
        let bytes = [kind].into_iter().chain(one.bytes()).chain([0]).chain(two.bytes());
        let hash =
            bytes.fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        self.0.push((hash ^ hash >> 15).wrapping_mul(0x2c1b_3c6d) ^ hash >> 13);
    }

    fn number16(&mut self, kind: u8, number: u16) {
        let [low, high] = number.to_le_bytes();
        self.pair(kind, char::from(low).encode_utf8(&mut [0; 4]), char::from(high).encode_utf8(&mut [0; 4]));
        (0..16).filter(|bit| number >> bit & 1 == 1).for_each(|bit| self.number(kind + 1, bit));
    }

    fn number(&mut self, kind: u8, number: u8) {
        self.push(kind, char::from(number).encode_utf8(&mut [0; 4]));
    }
}

/// Puts what speaks for a kind of the candidate into `into`, emptied before.
pub fn clues(text: &str, sentence: &Sentence<'_>, candidate: Candidate, into: &mut Vec<u32>) {
    into.clear();
    let mut clues = Clues(into);
    clues.push(0, "");
    inside(&mut clues, text, sentence, candidate);
    let words = &sentence.words;
    let small = |at: usize| words[at].span.of(text).to_lowercase();
    let Candidate { head, first, last } = candidate;
    clues.push(5, &small(head));
    clues.push(6, &shape(words[head].span.of(text)));
    clues.number(7, (last - first).min(6) as u8);
    clues.push(8, &small(first));
    whole(&mut clues, text, sentence, candidate);
    clues.push(10, &first.checked_sub(1).map_or_else(|| "^".to_owned(), small));
    if last + 1 < words.len() {
        clues.push(11, &small(last + 1));
    }
    around(&mut clues, sentence, head);
}

/// What each word of the name says.
fn inside(clues: &mut Clues<'_>, text: &str, sentence: &Sentence<'_>, candidate: Candidate) {
    /// Words of a name that are looked at.
    const MOST: usize = 13;
    let words = sentence.words.iter().enumerate().take(candidate.last + 1).skip(candidate.first);
    for (at, word) in words.take(MOST) {
        let small = word.span.of(text).to_lowercase();
        clues.push(1, &small);
        if word.class != Class::Propn && word.class != Class::Noun {
            continue;
        }
        let kind = if at == candidate.head { 20 } else { 30 };
        of_word(clues, kind, &small);
        if small.len() > 3 {
            clues.push(kind + 5, &small[small.ceil_char_boundary(small.len() - 3)..]);
        }
        if at < candidate.head && word.class == Class::Noun {
            clues.push(4, &word.lemma);
        }
    }
}

/// What the lists say of the name as a whole, and whether it looks like a person's.
fn whole(clues: &mut Clues<'_>, text: &str, sentence: &Sentence<'_>, candidate: Candidate) {
    let proper = || {
        let words = &sentence.words[candidate.first..=candidate.last];
        words.iter().filter(|word| word.class == Class::Propn).map(|word| word.span.of(text).to_lowercase())
    };
    let count = proper().count();
    clues.number(9, count.min(5) as u8);
    let whole = proper().take(8).collect::<Vec<_>>().join(" ");
    clues.number16(50, lexicon::named(&whole));
    clues.push(52, &whole);
    if count > 1 {
        let given = proper().next().map_or(0, |word| lexicon::named(&word) & 1);
        let surname = lexicon::named(&sentence.words[candidate.head].span.of(text).to_lowercase()) & 3;
        clues.number(53, (given * 4 + surname) as u8);
    }
}

/// What the words say on which the name hangs or that hang on it.
fn around(clues: &mut Clues<'_>, sentence: &Sentence<'_>, head: usize) {
    let words = &sentence.words;
    let word = &words[head];
    clues.push(12, word.relation.name());
    if let Some(over) = word.head {
        let over = &words[over];
        clues.pair(13, word.relation.name(), &over.lemma);
        clues.pair(14, word.relation.name(), over.class.name());
        if let Some((entry, _)) = lexicon::entry(&over.lemma) {
            let field = if over.class == Class::Verb { entry.verb() + 32 } else { entry.noun() };
            clues.pair(15, word.relation.name(), char::from(field).encode_utf8(&mut [0; 4]));
        }
    }
    for child in words.iter().filter(|child| child.head == Some(head)) {
        clues.pair(16, child.relation.name(), &child.lemma);
        if matches!(
            child.relation,
            Relation::Appos | Relation::Nmod | Relation::Compound | Relation::NmodDesc
        ) && let Some((entry, _)) = lexicon::entry(&child.lemma)
        {
            clues.pair(17, child.relation.name(), char::from(entry.noun()).encode_utf8(&mut [0; 4]));
        }
        clues.push(18, child.relation.name());
    }
}

/// What the dictionary and the lists say of a word of the name.
fn of_word(clues: &mut Clues<'_>, kind: u8, small: &str) {
    if let Some((entry, _)) = lexicon::entry(small) {
        clues.number(kind, entry.names());
        clues.number(kind + 1, entry.noun());
    } else {
        clues.number(kind + 2, 0);
    }
    clues.number16(kind + 6, lexicon::named(small));
    let known = names::known(small);
    if known > 0 {
        clues.number(kind + 3, known);
    }
}

/// The shape of a form, runs cut at two.
fn shape(form: &str) -> String {
    let mut shape = String::new();
    for letter in form.chars().take(24) {
        let class = match letter {
            _ if letter.is_uppercase() => 'X',
            _ if letter.is_alphabetic() => 'x',
            _ if letter.is_numeric() => 'd',
            _ => letter,
        };
        if !shape.ends_with([class; 2].iter().collect::<String>().as_str()) {
            shape.push(class);
        }
    }
    shape
}
