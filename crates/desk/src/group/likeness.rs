//! How likely two groups of articles report one event.

use super::profile::{PARTS, Parts};

/// What the parts of a profile weigh in the mean.
const MIX: Parts = [0.4, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0];
/// From how many pairs on what a group's own articles have in common says more than it doesn't.
const FEW: f64 = 3.0;
/// How many kinds of evidence there are.
pub const KINDS: usize = 11;
/// What the kinds of evidence are called.
pub const NAMES: [&str; KINDS] = [
    "always",
    "likeness",
    "leads",
    "headlines",
    "names and figures",
    "days",
    "quotations",
    "links",
    "shortfall",
    "days apart",
    "size",
];

/// What each kind of evidence weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights(pub [f64; KINDS]);

impl Default for Weights {
    /// As learned by `evals/fit/grouping.py`.
    fn default() -> Self {
        Self([-10.6603, 17.7788, 9.573, 32.1671, 3.6408, 2.0, 2.3205, 2.0, -10.0, -2.5, -1.2066])
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
    /// How alike its own articles are, each two of them added up.
    pub(super) within: f64,
}

impl Group {
    /// An article alone.
    pub(super) fn one(at: Option<i64>) -> Self {
        Self { size: 1, span: at.map(|at| (at, at)), within: 0.0 }
    }

    /// Both as one, given the sums of the products across.
    pub(super) fn with(self, other: Self, across: Parts) -> Self {
        let span = match (self.span, other.span) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (one, other) => one.or(other),
        };
        let within = self.within + other.within + mixed(across);
        Self { size: self.size + other.size, span, within }
    }

    /// How much less alike another is than its own articles are to each other; the more articles it has the more this says.
    fn shortfall(self, likeness: f64) -> Option<f64> {
        let pairs = (self.size * (self.size - 1) / 2) as f64;
        let own = if pairs > 0.0 { (self.within / pairs).sqrt() } else { return None };
        Some((own - likeness).max(0.0) * pairs / (pairs + FEW))
    }
}

fn mixed(parts: Parts) -> f64 {
    (0..PARTS).map(|part| MIX[part] * parts[part]).sum()
}

/// What speaks for two groups, kind by kind, as [`NAMES`] calls them.
pub type Evidence = [f64; KINDS];

/// What speaks for two groups being one, given the sums of the products across.
pub(super) fn evidence(a: Group, b: Group, across: Parts) -> Evidence {
    let pairs = (a.size * b.size) as f64;
    let mean = across.map(|sum| sum / pairs);
    let mix = mixed(mean);
    let apart = a.span.zip(b.span).map_or(0.0, |(a, b)| apart(a, b));
    let like = mix.sqrt();
    let short = match (a.shortfall(like), b.shortfall(like)) {
        (Some(a), Some(b)) => a.min(b),
        (one, other) => one.or(other).unwrap_or(0.0),
    };
    let size = a.size.min(b.size);
    let size = if size > 1 { libm::log(size as f64) } else { 0.0 };
    [
        1.0,
        like,
        mean[2].sqrt(),
        mean[3],
        mean[1].sqrt(),
        mean[4].sqrt(),
        mean[5].sqrt(),
        mean[6].sqrt(),
        short,
        apart,
        size,
    ]
}

/// How far two spans of time lie apart: 0 within a day, 1 from sixty days on.
fn apart(a: (i64, i64), b: (i64, i64)) -> f64 {
    let seconds = a.0.saturating_sub(b.1).max(b.0.saturating_sub(a.1)).max(0);
    let days = seconds as f64 / 86_400.0 - 1.0;
    if days > 0.0 { (libm::log(1.0 + days) / libm::log(60.0)).min(1.0) } else { 0.0 }
}

/// How many days apart, from the evidence; at most sixty.
pub(super) fn days(evidence: &Evidence) -> f64 {
    libm::exp(evidence[9] * libm::log(60.0))
}

/// How likely it is, from 0 to 1.
pub(super) fn likely(weighed: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-weighed))
}
