//! Learns where names begin and end (one layer over hashed clues) and of what kind they are (a hidden layer), by AdaGrad.

use language::grammar::{
    Candidate, Class, Frame, Kind, NAMES_PLACES, NAMES_WIDTH, Relation, Sentence, Side, Word, clues,
};

use super::conllu;
use super::matrix::cross_entropy;
use super::random::Random;
use super::tag::laid_out;

/// Bits of a clue that count.
pub(crate) const BITS: u32 = 16;
const MASK: usize = (1 << BITS) - 1;
/// How long and how fast it learns, which share of clues it doesn't see at a time, in which share of cases it doesn't see
/// the words of the name, and what it forgets.
const EPOCHS: usize = 12;
const RATE: f32 = 0.05;
const EDGE_RATE: f32 = 0.1;
const DROP: f32 = 0.3;
const HIDDEN: f32 = 0.6;
const DECAY: f32 = 3e-4;
/// With what AdaGrad's sums begin.
const UNSEEN: f32 = 1e-3;
/// Networks that judge kinds together, and the width of each one's hidden layer.
const NETWORKS: usize = 2;
const WIDTH: usize = NAMES_WIDTH / NETWORKS;
/// No name, and the kinds.
const COLUMNS: usize = 1 + Kind::ALL.len();

/// What was learned: for each clue a row into the hidden layer, for each value of that a row of kinds, and for each clue
/// a weight for edges.
pub(crate) struct Names {
    pub(crate) clues: Vec<i16>,
    pub(crate) kinds: Vec<i16>,
    pub(crate) edges: Vec<i16>,
}

impl Names {
    /// Weights that say nothing.
    pub(crate) fn none() -> Self {
        Self {
            clues: vec![0; NAMES_WIDTH << BITS],
            kinds: vec![0; NAMES_WIDTH * COLUMNS],
            edges: vec![0; 1 << BITS],
        }
    }
}

/// A document with its names, and trees over it: its own, or those of a network that didn't learn from it.
pub(crate) struct Document<'d> {
    pub(crate) gold: &'d [conllu::Sentence],
    pub(crate) read: &'d [conllu::Sentence],
}

/// What is to be chosen among several, each with its clues.
struct Choice {
    clues: Vec<Vec<u32>>,
    right: usize,
}

/// Learns from documents.
pub(crate) fn learn(documents: &[Document<'_>], seed: u64) -> Names {
    let choices = edges(documents);
    let edges = learn_edges(&choices, seed);
    let (clues, kinds) = learn_kinds(&cases(documents, &edges), seed);
    Names { clues, kinds, edges }
}

/// Each sentence of the documents whose words are those of its tree.
fn each(documents: &[Document<'_>], mut visit: impl FnMut(&conllu::Sentence, &Frame<'_, '_>)) {
    for document in documents {
        let (text, spans) = laid_out(document.gold);
        for ((gold, read), spans) in document.gold.iter().zip(document.read).zip(spans) {
            if gold.words.len() == read.words.len() {
                let sentence = sentence(read, &spans);
                visit(gold, &Frame::new(&text, &sentence));
            }
        }
    }
}

/// The places of edges to choose from.
fn edges(documents: &[Document<'_>]) -> Vec<Choice> {
    let mut choices = Vec::new();
    each(documents, |gold, frame| {
        for head in frame.heads() {
            let Some((first, last, _)) = name(gold, frame, head) else { continue };
            for (side, right) in [(Side::First, *first), (Side::Last, *last)] {
                let places = frame.edges(head, side);
                let Some(right) = places.iter().position(|place| *place == right) else { continue };
                let clues = places.iter().map(|place| edge_clues(frame, head, side, *place)).collect();
                choices.push(Choice { clues, right });
            }
        }
    });
    choices
}

fn edge_clues(frame: &Frame<'_, '_>, head: usize, side: Side, at: usize) -> Vec<u32> {
    let mut found = Vec::new();
    frame.edge_clues(head, side, at, &mut found);
    found
}

/// The widest name that hangs on a word in the tree that was read.
fn name<'g>(gold: &'g conllu::Sentence, frame: &Frame<'_, '_>, head: usize) -> Option<&'g conllu::Name> {
    let upper = frame.head(head);
    let heads = |first: usize, last: usize| {
        (first..=last).contains(&head) && upper.is_none_or(|upper| !(first..=last).contains(&upper))
    };
    gold.names.iter().filter(|(first, last, _)| heads(*first, *last)).max_by_key(|name| name.1 - name.0)
}

/// The candidates: their clues, and their column.
fn cases(documents: &[Document<'_>], edges: &[i16]) -> Vec<(Vec<u32>, usize)> {
    let mut cases = Vec::new();
    each(documents, |gold, frame| {
        for head in frame.heads() {
            let best = |side: Side| {
                let places = frame.edges(head, side);
                let score = |place: &usize| -> i64 {
                    let clues = edge_clues(frame, head, side, *place);
                    clues.iter().map(|clue| i64::from(edges[*clue as usize & MASK])).sum()
                };
                let best = places.iter().rev().copied().max_by_key(score);
                (best.unwrap_or(head), places)
            };
            let ((mut first, before), (mut last, behind)) = (best(Side::First), best(Side::Last));
            let mut column = 0;
            if let Some((from, to, kind)) = name(gold, frame, head) {
                if !before.contains(from) || !behind.contains(to) {
                    continue;
                }
                (first, last) = (*from, *to);
                column = Kind::ALL.iter().position(|known| known.name() == kind).map_or(0, |kind| kind + 1);
            }
            let mut found = Vec::new();
            clues(frame, Candidate { head, first, last }, &mut found);
            cases.push((found, column));
        }
    });
    cases
}

/// A sentence of a treebank as it is after reading.
pub(crate) fn sentence<'s>(read: &'s conllu::Sentence, spans: &[language::Span]) -> Sentence<'s> {
    let word = |(word, span): (&'s conllu::Word, &language::Span)| Word {
        span: *span,
        class: Class::named(&word.upos).unwrap_or(Class::X),
        features: &word.feats,
        lemma: word.lemma.clone(),
        head: word.head.checked_sub(1),
        relation: Relation::named(&word.relation).unwrap_or(Relation::Dep),
    };
    Sentence { words: read.words.iter().zip(spans).map(word).collect(), entities: Vec::new() }
}

fn learn_edges(choices: &[Choice], seed: u64) -> Vec<i16> {
    let mut weights = vec![0.0f32; 1 << BITS];
    let mut squares = vec![UNSEEN; 1 << BITS];
    let mut random = Random::new(seed);
    let mut order: Vec<usize> = (0..choices.len()).collect();
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for at in &order {
            let choice = &choices[*at];
            // What is left out is left out for all places.
            let salt = random.next() as u32;
            let seen =
                |clue: &u32| (clue ^ salt).wrapping_mul(0x9e37_79b1) >> 8 > (DROP * (1 << 24) as f32) as u32;
            let mut scores: Vec<f32> = choice
                .clues
                .iter()
                .map(|clues| {
                    clues.iter().filter(|clue| seen(clue)).map(|clue| weights[*clue as usize & MASK]).sum()
                })
                .collect();
            cross_entropy(&mut scores, choice.right, 1.0);
            for (clues, slope) in choice.clues.iter().zip(&scores) {
                for clue in clues.iter().filter(|clue| seen(clue)) {
                    let place = *clue as usize & MASK;
                    let slope = slope + DECAY * weights[place];
                    squares[place] += slope * slope;
                    weights[place] -= EDGE_RATE * slope / squares[place].sqrt();
                }
            }
        }
    }
    small(&weights)
}

/// The hidden layers of several networks that learn alone, side by side: for each clue a row, for each place a column.
fn learn_kinds(cases: &[(Vec<u32>, usize)], seed: u64) -> (Vec<i16>, Vec<i16>) {
    let networks: Vec<Network> =
        (0..NETWORKS as u64).map(|number| Network::learned(cases, seed + number)).collect();
    let fixed = |weight: f32, scale: f32| (weight * scale).round().clamp(-32767.0, 32767.0) as i16;
    let one = (1u32 << NAMES_PLACES) as f32 * (1.0 - DROP);
    let row = |clue: usize| {
        let rows = networks.iter().map(move |network| &network.clues[clue * WIDTH..(clue + 1) * WIDTH]);
        rows.flatten().map(|weight| fixed(*weight, one)).collect::<Vec<_>>()
    };
    let top = networks.iter().flat_map(|network| &network.kinds);
    ((0..1 << BITS).flat_map(row).collect(), top.map(|weight| fixed(*weight, 256.0)).collect())
}

/// A network of one hidden layer over clues.
struct Network {
    clues: Vec<f32>,
    clue_squares: Vec<f32>,
    kinds: Vec<f32>,
    kind_squares: Vec<f32>,
}

impl Network {
    fn learned(cases: &[(Vec<u32>, usize)], seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut network = Self {
            clues: (0..WIDTH << BITS).map(|_| random.around(0.03)).collect(),
            clue_squares: vec![UNSEEN; WIDTH << BITS],
            kinds: (0..WIDTH * COLUMNS).map(|_| random.around(0.3)).collect(),
            kind_squares: vec![UNSEEN; WIDTH * COLUMNS],
        };
        let mut order: Vec<usize> = (0..cases.len()).collect();
        for _ in 0..EPOCHS {
            random.shuffle(&mut order);
            for at in &order {
                let (clues, column) = &cases[*at];
                let hidden = random.unit() < HIDDEN;
                let clues: Vec<usize> = clues
                    .iter()
                    .filter(|clue| random.unit() > DROP && !(hidden && *clue & 1 == 1))
                    .map(|clue| *clue as usize & MASK)
                    .collect();
                let mask = random.mask(WIDTH, DROP);
                network.step(&clues, *column, &mask);
            }
        }
        // A clue that was never seen says nothing.
        let untouched = network.clue_squares.iter().map(|square| *square == UNSEEN);
        network
            .clues
            .iter_mut()
            .zip(untouched)
            .filter(|(_, untouched)| *untouched)
            .for_each(|(weight, _)| *weight = 0.0);
        network
    }

    /// Learns from one case, its clues given as rows.
    fn step(&mut self, clues: &[usize], column: usize, mask: &[f32]) {
        let mut layer = [0.0f32; WIDTH];
        for clue in clues {
            let row = &self.clues[clue * WIDTH..(clue + 1) * WIDTH];
            layer.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
        }
        let mut scores = [0.0f32; COLUMNS];
        for ((sum, mask), row) in layer.iter_mut().zip(mask).zip(self.kinds.chunks_exact(COLUMNS)) {
            *sum = sum.max(0.0) * mask;
            scores.iter_mut().zip(row).for_each(|(score, weight)| *score += *sum * weight);
        }
        cross_entropy(&mut scores, column, 1.0);
        let mut slopes = [0.0f32; WIDTH];
        for (at, sum) in layer.iter().enumerate().filter(|(_, sum)| **sum > 0.0) {
            for (column, slope) in scores.iter().enumerate() {
                let place = at * COLUMNS + column;
                slopes[at] += slope * self.kinds[place] * mask[at];
                descend(&mut self.kinds[place], &mut self.kind_squares[place], slope * sum);
            }
        }
        for clue in clues {
            for (place, slope) in (clue * WIDTH..).zip(&slopes) {
                let slope = slope + DECAY * self.clues[place];
                descend(&mut self.clues[place], &mut self.clue_squares[place], slope);
            }
        }
    }
}

/// A step of AdaGrad.
fn descend(weight: &mut f32, square: &mut f32, slope: f32) {
    *square += slope * slope;
    *weight -= RATE * slope / square.sqrt();
}

/// Weights in whole numbers, less by the share of clues that learning didn't see.
fn small(weights: &[f32]) -> Vec<i16> {
    weights
        .iter()
        .map(|weight| (weight * (1.0 - DROP) * 256.0).round().clamp(-32767.0, 32767.0) as i16)
        .collect()
}
