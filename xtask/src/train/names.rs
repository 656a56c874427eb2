//! Learns which candidates are names and of what kind: one layer over hashed clues, by AdaGrad.

use language::grammar::{Class, Kind, Relation, Sentence, Word, candidates, clues};

use super::conllu;
use super::matrix::cross_entropy;
use super::random::Random;
use super::tag::laid_out;

/// Bits of a clue that count.
pub(crate) const BITS: u32 = 16;
/// How long and how fast it learns, which share of clues it doesn't see at a time, and what it forgets.
const EPOCHS: usize = 12;
const RATE: f32 = 0.1;
const DROP: f32 = 0.3;
const DECAY: f32 = 3e-3;
/// No name, and the kinds.
const COLUMNS: usize = 1 + Kind::ALL.len();

/// The candidates of the sentences whose names are marked: their clues, and their column.
pub(crate) fn cases(sentences: &[conllu::Sentence]) -> Vec<(Vec<u32>, usize)> {
    let mut cases = Vec::new();
    for document in sentences.chunk_by(|_, next| !next.opens).filter(|document| document[0].named) {
        let (text, spans) = laid_out(document);
        for (gold, spans) in document.iter().zip(spans) {
            let sentence = sentence(gold, &spans);
            for candidate in candidates(&sentence) {
                let mut found = Vec::new();
                clues(&text, &sentence, candidate, &mut found);
                cases.push((found, column(gold, candidate.head)));
            }
        }
    }
    cases
}

/// The kind of the widest name that hangs on a word.
fn column(gold: &conllu::Sentence, head: usize) -> usize {
    let heads = |first: usize, last: usize| {
        (first..=last).contains(&head) && !(first + 1..=last + 1).contains(&gold.words[head].head)
    };
    let name =
        gold.names.iter().filter(|(first, last, _)| heads(*first, *last)).max_by_key(|name| name.1 - name.0);
    let kind = name.and_then(|(.., kind)| Kind::ALL.iter().position(|known| known.name() == kind));
    kind.map_or(0, |kind| kind + 1)
}

/// A gold sentence as it is after reading.
fn sentence<'s>(gold: &'s conllu::Sentence, spans: &[language::Span]) -> Sentence<'s> {
    let word = |(word, span): (&'s conllu::Word, &language::Span)| Word {
        span: *span,
        class: Class::named(&word.upos).unwrap_or(Class::X),
        features: &word.feats,
        lemma: word.lemma.clone(),
        head: word.head.checked_sub(1),
        relation: Relation::named(&word.relation).unwrap_or(Relation::Dep),
    };
    Sentence { words: gold.words.iter().zip(spans).map(word).collect(), entities: Vec::new() }
}

/// The weights, a row a clue.
pub(crate) fn learn(cases: &[(Vec<u32>, usize)], seed: u64) -> Vec<i16> {
    let mask = (1usize << BITS) - 1;
    let mut weights = vec![0.0f32; COLUMNS << BITS];
    let mut squares = vec![1e-3f32; COLUMNS << BITS];
    let mut random = Random::new(seed);
    let mut order: Vec<usize> = (0..cases.len()).collect();
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for at in &order {
            let (clues, column) = &cases[*at];
            let clues: Vec<u32> = clues.iter().copied().filter(|_| random.unit() > DROP).collect();
            let mut scores = [0.0f32; COLUMNS];
            for clue in &clues {
                let row = (*clue as usize & mask) * COLUMNS;
                scores
                    .iter_mut()
                    .zip(&weights[row..row + COLUMNS])
                    .for_each(|(score, weight)| *score += weight);
            }
            cross_entropy(&mut scores, *column, 1.0);
            for clue in &clues {
                let row = (*clue as usize & mask) * COLUMNS;
                for (place, slope) in (row..row + COLUMNS).zip(&scores) {
                    let slope = slope + DECAY * weights[place];
                    squares[place] += slope * slope;
                    weights[place] -= RATE * slope / squares[place].sqrt();
                }
            }
        }
    }
    weights.iter().map(|weight| (weight * 0.7 * 256.0).round().clamp(-32767.0, 32767.0) as i16).collect()
}
