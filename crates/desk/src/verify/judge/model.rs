//! From what was found to a score: a logistic model over named features, one setting for every use.
//!
//! The weights come from 5-fold fits over all development files together, each file and each label
//! weighing the same, so that no file's habits decide.

use super::align::Alignment;
use super::finding::{Code, Finding};
use super::lexicon::Relation;
use super::reading::{Kind, Token};

/// How many features the model reads.
pub const COUNT: usize = 13;

/// The features' names, for the record.
pub const NAMES: [&str; COUNT] = [
    "covered_one",
    "copied_run",
    "pieced",
    "whole",
    "names",
    "name_findings",
    "number_findings",
    "date_findings",
    "negation",
    "antonyms",
    "length",
    "uncovered",
    "number_apart",
];

/// The weights, in the order of [`NAMES`].
const WEIGHTS: [f64; COUNT] =
    [1.284, 1.977, -0.499, 0.112, 0.437, -0.618, -1.280, -1.221, -0.934, -0.657, 0.673, -0.832, -0.142];
const BIAS: f64 = -2.669;

/// What the model reads, and how much of the claim the picked sentences cover (for the verdict's second step).
pub(super) struct Reading {
    pub(super) features: [f64; COUNT],
    pub(super) covered: f64,
}

/// Reads the features off an alignment and its findings.
#[must_use]
pub(super) fn read(a: &Alignment, findings: &[Finding]) -> Reading {
    let content = a.content();
    let total: f64 = a.weights.iter().sum::<f64>().max(1e-9);
    let held = |at: usize| a.best[at].map_or(0.0, |(_, hit)| hit.quality);
    let share =
        |of: &dyn Fn(usize) -> f64| content.iter().map(|&at| a.weights[at] * of(at)).sum::<f64>() / total;
    let covered = share(&held);
    let names: Vec<usize> = content.iter().copied().filter(|&at| a.claim[at].kind == Kind::Name).collect();
    let named = if names.is_empty() {
        1.0
    } else {
        names.iter().map(|&at| held(at)).sum::<f64>() / names.len() as f64
    };
    let count = |codes: &[Code]| findings.iter().filter(|f| codes.contains(&f.code)).count().min(3) as f64;
    let features = [
        share(&|at| one(a, at)),
        (run(a, &content) - 0.5).max(0.0),
        pieced(a),
        f64::from(covered >= 0.95),
        named,
        count(&[Code::NameMissing, Code::NameDiffers]),
        count(&[Code::NumberMissing, Code::NumberDiffers]),
        count(&[Code::DateMissing, Code::DateDiffers]),
        count(&[Code::NegationAdded, Code::NegationLost]),
        count(&[Code::Antonym]),
        libm::log(content.len() as f64 + 1.0),
        (0.6 - covered).max(0.0),
        count(&[Code::NumberApart]),
    ];
    Reading { features, covered }
}

/// The share of the claim's words that stand in runs of at least three copied from the picked sentences.
fn pieced(a: &Alignment) -> f64 {
    const LEAST: usize = 3;
    let equal = |x: &Token, y: &Token| if x.stem.is_empty() { x.text == y.text } else { x.stem == y.stem };
    let (mut at, mut copied) = (0, 0);
    while at < a.claim.len() {
        let longest = a
            .picked
            .iter()
            .map(|&s| {
                let tokens = &a.sentences[s].tokens;
                (0..tokens.len())
                    .map(|from| {
                        a.claim[at..].iter().zip(&tokens[from..]).take_while(|(x, y)| equal(x, y)).count()
                    })
                    .max()
                    .unwrap_or(0)
            })
            .max()
            .unwrap_or(0);
        copied += if longest >= LEAST { longest } else { 0 };
        at += if longest >= LEAST { longest } else { 1 };
    }
    copied as f64 / a.claim.len().max(1) as f64
}

/// The quality of a claim token in the best sentence alone.
fn one(a: &Alignment, at: usize) -> f64 {
    let Some(&top) = a.picked.first() else { return 0.0 };
    a.sentences[top].hits.iter().filter(|hit| hit.claim == at).map(|hit| hit.quality).fold(0.0, f64::max)
}

/// The longest run of neighbouring words of the claim that stand side by side in a picked sentence, as a share.
fn run(a: &Alignment, content: &[usize]) -> f64 {
    if content.len() < 2 {
        return 1.0;
    }
    let (mut run, mut longest) = (0_usize, 0_usize);
    for pair in content.windows(2) {
        let close = a.picked.iter().map(|&s| together(a, s, pair[0], pair[1])).fold(0.0, f64::max);
        run = if close > 0.9 { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest as f64 / (content.len() - 1) as f64
}

/// How closely two words of the claim stand together in a sentence, in the claim's order: 1 for side by side.
fn together(a: &Alignment, s: usize, first: usize, second: usize) -> f64 {
    let sentence = &a.sentences[s];
    let good = |claim: usize| {
        sentence
            .hits
            .iter()
            .filter(move |hit| hit.claim == claim && hit.quality >= 0.7 && hit.relation != Relation::Wider)
    };
    let mut best = 0.0_f64;
    for f in good(first) {
        for s in good(second) {
            let (f, s) = (sentence.place[f.token], sentence.place[s.token]);
            best = best.max(match s.checked_sub(f) {
                Some(1) => 1.0,
                Some(2..=3) => 0.7,
                _ if s != f => 0.4,
                _ => 0.0,
            });
        }
    }
    best
}

/// The probability that the evidence supports the claim, rounded so that it prints alike everywhere.
pub(super) fn score(features: &[f64; COUNT]) -> f64 {
    let sum: f64 = BIAS + features.iter().zip(&WEIGHTS).map(|(value, weight)| value * weight).sum::<f64>();
    let score = 1.0 / (1.0 + libm::exp(-sum));
    (score * 1e6).round() / 1e6
}
