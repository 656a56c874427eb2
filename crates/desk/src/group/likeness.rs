//! How likely two groups of articles report one event.

use super::profile::{PARTS, Parts};

/// What the parts of a profile weigh in the mean.
const MIX: Parts = [0.4, 0.4, 0.2, 0.0];
/// How many kinds of evidence there are.
pub const KINDS: usize = 7;
/// What the kinds of evidence are called.
pub const NAMES: [&str; KINDS] =
    ["always", "likeness", "headlines", "names and figures", "days apart", "size", "little known"];

/// What each kind of evidence weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights(pub [f64; KINDS]);

impl Default for Weights {
    /// As learned by `evals/fit/grouping.py`.
    fn default() -> Self {
        Self([-9.8333, 25.899, 35.5066, 2.7969, -2.5, -1.2107, -3.0])
    }
}

impl Weights {
    /// The evidence weighed: above 0 if one event is likelier than two.
    pub(super) fn weigh(&self, evidence: &Evidence) -> f64 {
        let sum: f64 = self.0.iter().zip(evidence).map(|(weight, kind)| weight * kind).sum();
        // Compared at six digits, so that every machine decides alike.
        (sum * 1e6).round() / 1e6
    }
}

/// A group of articles as far as its likeness to others goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Group {
    /// How many articles it has.
    pub(super) size: usize,
    /// When the first and the last dated one were published, in seconds.
    pub(super) span: Option<(i64, i64)>,
}

impl Group {
    /// An article alone.
    pub(super) fn one(at: Option<i64>) -> Self {
        Self { size: 1, span: at.map(|at| (at, at)) }
    }

    /// Both as one.
    pub(super) fn with(self, other: Self) -> Self {
        let span = match (self.span, other.span) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (one, other) => one.or(other),
        };
        Self { size: self.size + other.size, span }
    }
}

fn mixed(parts: Parts) -> f64 {
    (0..PARTS).map(|part| MIX[part] * parts[part]).sum()
}

/// What speaks for two groups, kind by kind, as [`NAMES`] calls them.
pub type Evidence = [f64; KINDS];

/// What speaks for two groups being one, given the sums of the products across and how little is known of what is rare.
pub(super) fn evidence(a: Group, b: Group, across: Parts, unknown: f64) -> Evidence {
    let pairs = (a.size * b.size) as f64;
    let mean = across.map(|sum| sum / pairs);
    let mix = mixed(mean);
    let apart = a.span.zip(b.span).map_or(0.0, |(a, b)| apart(a, b));
    let size = libm::log(a.size.min(b.size) as f64);
    [1.0, mix.sqrt(), mean[3], mean[1].sqrt(), apart, size, unknown]
}

/// How far two spans of time lie apart: 0 within a day, 1 from sixty days on.
fn apart(a: (i64, i64), b: (i64, i64)) -> f64 {
    let seconds = a.0.saturating_sub(b.1).max(b.0.saturating_sub(a.1)).max(0);
    let days = (seconds as f64 / 86_400.0 - 1.0).max(0.0);
    (libm::log(1.0 + days) / libm::log(60.0)).min(1.0)
}

/// How likely it is, from 0 to 1.
pub(super) fn likely(weighed: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-weighed))
}
