//! Named spans: which candidates are names, and of what kind, judged over a whole document.

use std::collections::BTreeMap;

use super::Sentence;
use super::bodies;
use super::bytes::Bytes;
use super::clues::{Candidate, clues};
use super::edges::Side;
use super::frame::Frame;
use super::labels::{Class, Kind};
use super::lexicon;
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

/// What a model knows of names: a row of weights for each clue into a hidden layer, one for each value of
/// that layer into the kinds, and for edges a weight for each clue.
pub(super) struct Weights {
    clues: Vec<i16>,
    kinds: Vec<i16>,
    edges: Vec<i16>,
    mask: u32,
}

/// No name, and the kinds.
const COLUMNS: usize = 1 + Kind::ALL.len();
/// Width of the hidden layer that judges kinds.
pub const NAMES_WIDTH: usize = 48;
/// Binary places of the weights of that layer.
pub const NAMES_PLACES: u32 = 12;
/// How many times a full name counts for its last word alone and for its first letters.
const INTRODUCED: i64 = 3;
/// How much speaks for no name, and for each kind.
type Scores = [i64; COLUMNS];

impl Weights {
    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, Flaw> {
        let bits = bytes.u8()?;
        if bits > 20 {
            return Err(Flaw::Width);
        }
        Ok(Self {
            clues: bytes.i16s(NAMES_WIDTH << bits)?,
            kinds: bytes.i16s(NAMES_WIDTH * COLUMNS)?,
            edges: bytes.i16s(1 << bits)?,
            mask: (1u32 << bits) - 1,
        })
    }

    /// Bytes in the model's file.
    pub(super) fn size(&self) -> usize {
        1 + 2 * (self.clues.len() + self.kinds.len() + self.edges.len())
    }

    fn scores(&self, clues: &[u32]) -> Scores {
        let mut scores = [0; COLUMNS];
        // A sentence has too few clues for these to leave 32 bits.
        let mut hidden = [0i32; NAMES_WIDTH];
        for clue in clues {
            let at = (clue & self.mask) as usize * NAMES_WIDTH;
            for (sum, weight) in hidden.iter_mut().zip(&self.clues[at..at + NAMES_WIDTH]) {
                *sum += i32::from(*weight);
            }
        }
        for (sum, weights) in hidden.iter().zip(self.kinds.chunks_exact(COLUMNS)) {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += (i64::from(*sum.max(&0)) * i64::from(*weight)) >> NAMES_PLACES;
            }
        }
        scores
    }

    /// The likeliest edge of a name.
    fn edge(&self, frame: &Frame<'_, '_>, head: usize, side: Side, gathered: &mut Vec<u32>) -> usize {
        let mut best = (i64::MIN, head);
        for at in frame.edges(head, side) {
            frame.edge_clues(head, side, at, gathered);
            let score = gathered.iter().map(|clue| i64::from(self.edges[(clue & self.mask) as usize])).sum();
            if score > best.0 {
                best = (score, at);
            }
        }
        best.1
    }
}

/// Finds the names in the sentences of one document; what is written alike names alike, unless its place in the
/// sentence speaks strongly against it.
pub(super) fn mark(weights: &Weights, text: &str, sentences: &mut [Sentence<'_>]) {
    let on_game = bodies::on_game(sentences.iter().flat_map(|sentence| &sentence.words));
    let mut found: Vec<(usize, Candidate, Scores, bool)> = Vec::new();
    let mut gathered = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let frame = Frame::new(text, sentence);
        for head in frame.heads() {
            let first = weights.edge(&frame, head, Side::First, &mut gathered);
            let last = weights.edge(&frame, head, Side::Last, &mut gathered);
            let candidate = Candidate { head, first, last };
            clues(&frame, candidate, &mut gathered);
            let acts = bodies::acts(&frame, candidate, on_game);
            found.push((number, candidate, weights.scores(&gathered), acts));
        }
    }
    let keys: Vec<(String, Option<String>, Option<String>)> =
        found.iter().map(|(number, candidate, ..)| keys(text, &sentences[*number], *candidate)).collect();
    let mut sums: BTreeMap<&str, (Scores, i64)> = BTreeMap::new();
    for ((whole, last, initials), (_, _, scores, _)) in keys.iter().zip(&found) {
        for (key, times) in [(Some(whole), 1), (last.as_ref(), INTRODUCED), (initials.as_ref(), INTRODUCED)] {
            let Some(key) = key else { continue };
            let (sum, count) = sums.entry(key).or_default();
            sum.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score * times);
            *count += times;
        }
    }
    let mut chosen: Vec<Vec<(i64, Entity)>> = vec![Vec::new(); sentences.len()];
    for ((whole, ..), (number, candidate, scores, acts)) in keys.iter().zip(&found) {
        let (sum, count) = sums[whole.as_str()];
        // What the place says counts half as much as what all the places say on average.
        let score = |column: usize| scores[column] * count / 2 + sum[column];
        // A country is a name, whatever stands around it.
        let least = usize::from(lexicon::is_country(whole));
        let best = (1..COLUMNS).fold(least, |best, at| if score(at) > score(best) { at } else { best });
        if let Some(kind) = best.checked_sub(1) {
            let Candidate { head, first, last } = *candidate;
            let margin = (score(best) - score(0)) / count;
            let kind = match Kind::ALL[kind] {
                Kind::Place if *acts => Kind::Organization,
                kind => kind,
            };
            chosen[*number].push((margin, Entity { head, first, last, kind }));
        }
    }
    for (sentence, chosen) in sentences.iter_mut().zip(chosen) {
        sentence.entities = outermost(chosen);
    }
}

/// A name as it is written, without article and possessive; and if it has several words, the last, and the first letters.
fn keys(
    text: &str,
    sentence: &Sentence<'_>,
    candidate: Candidate,
) -> (String, Option<String>, Option<String>) {
    let words = || (candidate.first..=candidate.last).map(|at| &sentence.words[at]);
    let proper: Vec<&str> =
        words().filter(|word| word.class == Class::Propn).map(|word| word.span.of(text)).collect();
    let whole = match proper.as_slice() {
        [] => sentence.words[candidate.head].span.of(text).to_owned(),
        proper => proper.join(" "),
    };
    let last = proper.last().filter(|_| proper.len() > 1).map(|word| (*word).to_owned());
    let capitals =
        words().filter_map(|word| word.span.of(text).chars().next()).filter(|letter| letter.is_uppercase());
    let initials: String = capitals.collect();
    let several = initials.chars().nth(1).is_some() && proper.len() > 1;
    (whole, last, Some(initials).filter(|_| several))
}

/// Keeps of persons, organisations and places, and of other kinds, what lies in no other of the same group; of two that
/// cross the likelier.
fn outermost(mut chosen: Vec<(i64, Entity)>) -> Vec<Entity> {
    let group = |entity: &Entity| Kind::FIRST.contains(&entity.kind);
    chosen.sort_by_key(|(margin, entity)| (std::cmp::Reverse(*margin), entity.first, entity.last));
    let mut kept: Vec<Entity> = Vec::new();
    for (_, entity) in chosen {
        let crosses = |other: &Entity| {
            let (one, two) = if entity.first <= other.first { (&entity, other) } else { (other, &entity) };
            let apart = one.last < two.first;
            let nested = one.last >= two.last || one.first == two.first;
            (one.first, one.last) == (two.first, two.last) || !apart && !nested
        };
        if !kept.iter().any(|other| group(other) == group(&entity) && crosses(other)) {
            kept.push(entity);
        }
    }
    let all = kept.clone();
    kept.retain(|entity| {
        !all.iter().any(|other| {
            group(other) == group(entity)
                && other.first <= entity.first
                && other.last >= entity.last
                && (other.first, other.last) != (entity.first, entity.last)
        })
    });
    kept.sort_by_key(|entity| (!group(entity), entity.first, entity.last));
    kept
}
