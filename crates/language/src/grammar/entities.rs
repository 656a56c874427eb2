//! Named spans: which candidates are names, and of what kind, judged over a whole document.

use std::collections::BTreeMap;

use super::Sentence;
use super::bytes::Bytes;
use super::clues::{Candidate, candidates, clues};
use super::labels::{Class, Kind};
use super::model::Flaw;

/// A named span of a sentence: its words, counted from 0, and what kind of thing it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The word on which the others hang.
    pub head: usize,
    /// The first word.
    pub first: usize,
    /// The last word.
    pub last: usize,
    /// What it names.
    pub kind: Kind,
}

/// What speaks for each kind: a row of weights for each clue, no name first and then the kinds.
pub(super) struct Weights {
    rows: Vec<i16>,
    mask: u32,
}

/// No name, and the kinds.
const COLUMNS: usize = 1 + Kind::ALL.len();
/// For each kind, how much each of its columns weighs.
type Scores = [i64; COLUMNS];

impl Weights {
    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, Flaw> {
        let bits = bytes.u8()?;
        if bits > 20 {
            return Err(Flaw::Width);
        }
        Ok(Self { rows: bytes.i16s(COLUMNS << bits)?, mask: (1u32 << bits) - 1 })
    }

    fn scores(&self, clues: &[u32]) -> Scores {
        let mut scores = [0; COLUMNS];
        for clue in clues {
            let at = (clue & self.mask) as usize * COLUMNS;
            for (score, weight) in scores.iter_mut().zip(&self.rows[at..at + COLUMNS]) {
                *score += i64::from(*weight);
            }
        }
        scores
    }
}

/// Finds the names in the sentences of one document; what is written alike names alike, unless its place in the
/// sentence speaks strongly against it.
pub(super) fn mark(weights: &Weights, text: &str, sentences: &mut [Sentence<'_>]) {
    let mut found: Vec<(usize, Candidate, Scores)> = Vec::new();
    let mut gathered = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        for candidate in candidates(sentence) {
            clues(text, sentence, candidate, &mut gathered);
            found.push((number, candidate, weights.scores(&gathered)));
        }
    }
    let keys: Vec<(String, Option<String>)> =
        found.iter().map(|(number, candidate, _)| keys(text, &sentences[*number], *candidate)).collect();
    let mut sums: BTreeMap<&str, (Scores, i64)> = BTreeMap::new();
    for ((whole, last), (.., scores)) in keys.iter().zip(&found) {
        for key in [Some(whole), last.as_ref()].into_iter().flatten() {
            let (sum, count) = sums.entry(key).or_default();
            sum.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
            *count += 1;
        }
    }
    for ((whole, _), (number, candidate, scores)) in keys.iter().zip(&found) {
        let (sum, count) = sums[whole.as_str()];
        // What the place says counts as much as what all the places say on average.
        let score = |column: usize| scores[column] * count + sum[column];
        let best = (1..COLUMNS).fold(0, |best, at| if score(at) > score(best) { at } else { best });
        if let Some(kind) = best.checked_sub(1) {
            let Candidate { head, first, last } = *candidate;
            sentences[*number].entities.push(Entity { head, first, last, kind: Kind::ALL[kind] });
        }
    }
    for sentence in sentences {
        outermost(&mut sentence.entities);
    }
}

/// A name as it is written, without article and possessive, and its last word, if it has several.
fn keys(text: &str, sentence: &Sentence<'_>, candidate: Candidate) -> (String, Option<String>) {
    let mut proper = (candidate.first..=candidate.last)
        .map(|at| &sentence.words[at])
        .filter(|word| word.class == Class::Propn)
        .map(|word| word.span.of(text));
    let mut whole = proper.next().unwrap_or_default().to_owned();
    let mut last = None;
    for word in proper {
        whole.push(' ');
        whole.push_str(word);
        last = Some(word.to_owned());
    }
    (whole, last)
}

/// Keeps of persons, organisations and places, and of other kinds, what lies in no other of the same group.
fn outermost(entities: &mut Vec<Entity>) {
    let all = entities.clone();
    let group = |entity: &Entity| Kind::FIRST.contains(&entity.kind);
    entities.retain(|entity| {
        !all.iter().any(|other| {
            group(other) == group(entity)
                && other.first <= entity.first
                && other.last >= entity.last
                && (other.first, other.last) != (entity.first, entity.last)
        })
    });
    entities.sort_by_key(|entity| (!group(entity), entity.first, entity.last));
    entities.dedup_by_key(|entity| (group(entity), entity.first, entity.last));
}
