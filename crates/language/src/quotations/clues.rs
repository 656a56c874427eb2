//! What speaks for and against a part's being the words or thoughts of somebody. Training and reading share this file.

use std::sync::LazyLock;

use super::parts::{Cue, Part};
use super::tree::Tree;
use super::verbs;
use crate::grammar::{Class, Relation, lexicon};

/// Bits of a clue that count.
pub const BITS: u32 = 13;

pub(super) static WEIGHTS: LazyLock<Vec<i16>> = LazyLock::new(|| {
    let bytes = include_bytes!("../../data/speech.bin");
    bytes.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()
});

/// The sum of what the clues weigh.
pub(super) fn score(weights: &[i16], clues: &[u32]) -> i32 {
    let mask = (1u32 << BITS) - 1;
    clues.iter().filter_map(|clue| weights.get((clue & mask) as usize)).map(|weight| i32::from(*weight)).sum()
}

/// Gathers clues as hashes.
struct Clues(Vec<u32>);

impl Clues {
    fn push(&mut self, parts: &[&str]) {
        let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
        let hash =
            bytes.fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        self.0.push((hash ^ hash >> 15).wrapping_mul(0x2c1b_3c6d) ^ hash >> 13);
    }
}

/// The clues of a part beside its cue.
pub(super) fn clues(tree: &Tree<'_>, cue: &Cue, part: Part) -> Vec<u32> {
    let mut out = Clues(Vec::with_capacity(40));
    let word = &tree.words[cue.at];
    let head = &tree.words[part.head];
    let relation = if part.above { word.relation.name() } else { head.relation.name() };
    let way = if part.above { "above" } else { "below" };
    let class = verbs::class(&word.lemma).unwrap_or("other");
    let field = field(tree, cue.at);
    let mark = tree.marker(part.head).unwrap_or("none");
    let order = if part.head < cue.at { "before" } else { "after" };
    let kind = word.class.name();
    let size = size(tree, part);
    let who = cue.source.map_or("nobody", |source| who(tree, source));
    let form = form(tree, cue.at);
    let company = company(tree, cue);
    out.push(&["way", kind, way, relation]);
    out.push(&["class", class, way, relation]);
    out.push(&["class mark", class, way, relation, mark]);
    out.push(&["class only", class, kind]);
    out.push(&["field", field, kind, way, relation]);
    out.push(&["lemma", &word.lemma, kind]);
    out.push(&["lemma relation", &word.lemma, way, relation]);
    out.push(&["mark", way, relation, mark]);
    out.push(&["order", way, relation, order]);
    out.push(&["size", way, relation, size]);
    out.push(&["who", who]);
    out.push(&["who class", who, class]);
    out.push(&["who relation", who, way, relation]);
    out.push(&["form", form, class]);
    out.push(&["form relation", form, way, relation]);
    out.push(&["company", company, way, relation]);
    out.push(&["company class", company, class, relation]);
    out.push(&["head", head.class.name(), way, relation]);
    out.push(&["head form", head.feature("VerbForm").unwrap_or("none"), way, relation]);
    out.push(&["cue relation", word.relation.name(), class]);
    out.push(&["lemma mark", &word.lemma, relation, mark]);
    let quoted = quoted(tree, part);
    out.push(&["quoted", quoted, way, relation]);
    out.push(&["quoted class", quoted, class]);
    out.push(&["head field", self::field(tree, part.head), class, relation]);
    for (at, name) in [
        (Relation::Aux, "aux"),
        (Relation::Advmod, "adverb"),
        (Relation::Mark, "mark"),
        (Relation::CompoundPrt, "particle"),
    ] {
        if let Some(found) = tree.dependent(cue.at, &[at]) {
            out.push(&["beside", name, &tree.words[found].lemma]);
            out.push(&["beside class", name, &tree.words[found].lemma, class]);
        }
    }
    out.0
}

/// Whether a quotation mark stands in a part.
pub(super) fn quoted(tree: &Tree<'_>, part: Part) -> &'static str {
    let without: Vec<usize> = part.without.into_iter().collect();
    let inside = tree.below(part.head, &without);
    let marks = (0..tree.words.len())
        .filter(|at| inside[*at] && matches!(&*tree.words[*at].lemma, "\"" | "“" | "”" | "''" | "``"));
    match marks.count() {
        0 => "no",
        1 => "one",
        _ => "two",
    }
}

const FIELDS: &[&str] = &[
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18",
    "19", "20", "21", "22", "23", "24", "25", "26",
];

/// The dictionary's field of a word.
fn field(tree: &Tree<'_>, at: usize) -> &'static str {
    let entry = lexicon::entry(&tree.words[at].lemma).map(|(entry, _)| entry);
    let number = entry
        .map_or(0, |entry| if tree.words[at].class == Class::Verb { entry.verb() } else { entry.noun() });
    FIELDS.get(usize::from(number)).copied().unwrap_or("more")
}

/// How many words a part has, roughly.
fn size(tree: &Tree<'_>, part: Part) -> &'static str {
    let without: Vec<usize> = part.without.into_iter().collect();
    match tree.below(part.head, &without).iter().filter(|inside| **inside).count() {
        0..=1 => "one",
        2..=3 => "few",
        4..=7 => "some",
        8..=15 => "many",
        _ => "most",
    }
}

/// What kind of source a word is.
fn who(tree: &Tree<'_>, at: usize) -> &'static str {
    const COMMUNICATION: u8 = 8;
    const GROUP: u8 = 12;
    const PERSON: u8 = 16;
    let word = &tree.words[at];
    match (word.class, word.lemma.as_str()) {
        (Class::Pron, "he" | "she") => "he",
        (Class::Pron, "they") => "they",
        (Class::Pron, "i" | "I" | "we" | "you") => "we",
        (Class::Pron, "who") => "who",
        (Class::Pron, _) => "it",
        (Class::Propn, _) => "name",
        (_, lemma) => match lexicon::entry(lemma).map_or(0, |(entry, _)| entry.noun()) {
            PERSON => "person",
            GROUP => "group",
            COMMUNICATION => "text",
            _ => "thing",
        },
    }
}

/// The form of a cue: its tense, or what kind of verb form it is.
fn form<'t>(tree: &'t Tree<'_>, at: usize) -> &'t str {
    let word = &tree.words[at];
    let passive = tree.dependent(at, &[Relation::AuxPass, Relation::NsubjPass]).is_some();
    match word.feature("VerbForm") {
        _ if passive => "passive",
        Some("Fin") => word.feature("Tense").unwrap_or("fin"),
        Some(form) => form,
        None => word.feature("Number").unwrap_or("none"),
    }
}

/// What other parts a cue has: a clause, an object, both or neither.
fn company(tree: &Tree<'_>, cue: &Cue) -> &'static str {
    let has = |relations: &[Relation]| tree.dependent(cue.at, relations).is_some();
    match (has(&[Relation::Ccomp]), has(&[Relation::Xcomp]), has(&[Relation::Obj, Relation::Iobj])) {
        (true, _, true) => "clause object",
        (true, _, false) => "clause",
        (false, true, true) => "xcomp object",
        (false, true, false) => "xcomp",
        (false, false, true) => "object",
        (false, false, false) => "nothing",
    }
}
