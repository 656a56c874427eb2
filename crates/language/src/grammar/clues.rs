//! Which spans of a sentence may be names, and what speaks for one kind or another.
//!
//! A name is what hangs on a proper noun. What it names is told by its words, by the words around it, and by what the
//! dictionary says of both. Training and reading share this file; a change to it needs a new model.

use super::frame::Frame;
use super::labels::{Class, Relation};
use super::lexicon;
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

/// Gathers clues as hashes.
pub(super) struct Clues<'o>(pub(super) &'o mut Vec<u32>);

impl Clues<'_> {
    pub(super) fn push(&mut self, kind: u8, text: &str) {
        self.pair(kind, text, "");
    }

    pub(super) fn pair(&mut self, kind: u8, one: &str, two: &str) {
        self.parts(kind, &[one, two]);
    }

    /// A clue of several parts.
    pub(super) fn parts(&mut self, kind: u8, parts: &[&str]) {
        let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let hash =
            parts.iter().fold(step(0x811c_9dc5, kind), |hash, part| step(part.bytes().fold(hash, step), 0));
        self.0.push(((hash ^ hash >> 15).wrapping_mul(0x2c1b_3c6d) ^ hash >> 13) & !1);
    }

    /// A clue that is the word itself, which training often hides: most names of a text were never seen before.
    pub(super) fn word(&mut self, kind: u8, text: &str) {
        self.push(kind, text);
        self.0.last_mut().into_iter().for_each(|clue| *clue |= 1);
    }

    fn number16(&mut self, kind: u8, number: u16) {
        let [low, high] = number.to_le_bytes();
        self.pair(kind, char::from(low).encode_utf8(&mut [0; 4]), char::from(high).encode_utf8(&mut [0; 4]));
        (0..16).filter(|bit| number >> bit & 1 == 1).for_each(|bit| self.number(kind + 1, bit));
    }

    pub(super) fn number(&mut self, kind: u8, number: u8) {
        self.push(kind, char::from(number).encode_utf8(&mut [0; 4]));
    }
}

/// Puts what speaks for a kind of the candidate into `into`, emptied before.
pub fn clues(frame: &Frame<'_, '_>, candidate: Candidate, into: &mut Vec<u32>) {
    into.clear();
    let mut clues = Clues(into);
    clues.push(0, "");
    inside(&mut clues, frame, candidate);
    let Candidate { head, first, last } = candidate;
    clues.word(5, &frame.small[head]);
    clues.push(6, &shape(frame.form(head)));
    clues.number(7, (last - first).min(6) as u8);
    clues.word(8, &frame.small[first]);
    whole(&mut clues, frame, candidate);
    let before = first.checked_sub(1).map_or("^", |at| frame.small[at].as_str());
    clues.push(10, before);
    let behind = frame.small.get(last + 1).map_or("$", String::as_str);
    clues.push(11, behind);
    around(&mut clues, frame, head);
}

/// What each word of the name says.
fn inside(clues: &mut Clues<'_>, frame: &Frame<'_, '_>, candidate: Candidate) {
    /// Words of a name that are looked at.
    const MOST: usize = 13;
    for at in (candidate.first..=candidate.last).take(MOST) {
        let (word, small) = (&frame.words[at], frame.small[at].as_str());
        clues.word(1, small);
        if word.class != Class::Propn && word.class != Class::Noun {
            continue;
        }
        let kind = if at == candidate.head { 20 } else { 30 };
        of_word(clues, kind, small);
        if small.len() > 3 {
            clues.push(kind + 5, &small[small.ceil_char_boundary(small.len() - 3)..]);
        }
        if at < candidate.head && word.class == Class::Noun {
            clues.push(4, &word.lemma);
        }
    }
}

/// What the lists say of the name as a whole, and whether it looks like a person's.
fn whole(clues: &mut Clues<'_>, frame: &Frame<'_, '_>, candidate: Candidate) {
    let proper = || {
        (candidate.first..=candidate.last)
            .filter(|at| frame.words[*at].class == Class::Propn)
            .map(|at| frame.small[at].as_str())
    };
    let count = proper().count();
    clues.number(9, count.min(5) as u8);
    let whole = proper().take(8).collect::<Vec<_>>().join(" ");
    clues.number16(50, lexicon::named(&whole));
    clues.word(52, &whole);
    if count > 1 {
        let given = proper().next().map_or(0, |word| lexicon::named(word) & 1);
        let surname = lexicon::named(&frame.small[candidate.head]) & 3;
        clues.number(53, (given * 4 + surname) as u8);
    }
}

/// What the words say on which the name hangs or that hang on it.
fn around(clues: &mut Clues<'_>, frame: &Frame<'_, '_>, head: usize) {
    let words = frame.words;
    let word = &words[head];
    clues.push(12, word.relation.name());
    clues.push(19, word.class.name());
    if let Some(over) = word.head {
        let over = &words[over];
        clues.pair(13, word.relation.name(), &over.lemma);
        clues.pair(14, word.relation.name(), over.class.name());
        if let Some((entry, _)) = lexicon::entry(&over.lemma) {
            let field = if over.class == Class::Verb { entry.verb() + 32 } else { entry.noun() };
            clues.pair(15, word.relation.name(), char::from(field).encode_utf8(&mut [0; 4]));
        }
    }
    for child in frame.children[head].iter().map(|child| &words[*child]) {
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
