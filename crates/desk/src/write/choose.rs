//! Which sentences are printed: as much of what the families agree on as the words allow, from many outlets.

use std::collections::BTreeSet;

use super::candidate::{Candidate, Pool};
use super::{Settings, fitness};

/// The most sentences of a digest.
const MOST: usize = 24;

/// Indices of the chosen candidates, the opening sentence first, the rest in the order of their gain.
pub(super) fn choose(pool: &Pool, settings: Settings) -> Vec<usize> {
    let mut choice = Choice::new(pool, settings);
    while let Some(next) = choice.best() {
        choice.take(next);
    }
    choice.chosen
}

/// How many sentences at the head of an article may open a digest.
const OPENING: usize = 3;
/// The share of a sentence that may be told already.
const REPEATS: f64 = 0.5;

struct Choice<'p> {
    pool: &'p Pool,
    settings: Settings,
    chosen: Vec<usize>,
    covered: BTreeSet<usize>,
    facts: BTreeSet<usize>,
    words: usize,
    by_source: Vec<usize>,
    /// Only sentences before this place of their article may open the digest.
    opening: usize,
}

impl<'p> Choice<'p> {
    fn new(pool: &'p Pool, settings: Settings) -> Self {
        Self {
            pool,
            settings,
            chosen: Vec::new(),
            covered: BTreeSet::new(),
            facts: BTreeSet::new(),
            words: 0,
            by_source: vec![0; pool.sources.len()],
            opening: pool
                .candidates
                .iter()
                .map(|candidate| candidate.place + 1)
                .min()
                .unwrap_or(0)
                .max(OPENING),
        }
    }

    fn best(&self) -> Option<usize> {
        if self.chosen.len() >= MOST {
            return None;
        }
        let free = (0..self.pool.candidates.len()).filter(|&at| self.fits(at));
        let scored = free.map(|at| (self.gain(at), at)).filter(|&(gain, _)| gain > 0.0);
        scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, at)| at)
    }

    fn fits(&self, at: usize) -> bool {
        let candidate = &self.pool.candidates[at];
        let opening = !self.chosen.is_empty() || candidate.place < self.opening;
        // With few words to spend, one outlet's budget must still leave room for one sentence.
        let fair = self.settings.words as f64 * self.settings.share.max(1.0 / self.outlets() as f64);
        let spent = self.by_source[candidate.source] + candidate.words;
        let within = spent as f64 <= fair.max(45.0);
        let room = self.words + candidate.words <= self.settings.words;
        opening
            && within
            && (room || self.chosen.is_empty())
            && !self.facts.contains(&candidate.fact)
            && !self.repeats(candidate)
    }

    fn outlets(&self) -> usize {
        self.by_source.len().max(1)
    }

    /// Whether most of it is told already.
    fn repeats(&self, candidate: &Candidate) -> bool {
        let told = |&at: &usize| {
            let other = &self.pool.candidates[at].stems;
            self.pool.share(&candidate.stems, other) > REPEATS
                || self.pool.share(other, &candidate.stems) > REPEATS
        };
        self.chosen.iter().any(told)
    }

    /// What it tells that isn't told yet, by the word, more where it stands early, where more families state
    /// it and where its outlet has not spoken.
    fn gain(&self, at: usize) -> f64 {
        let candidate = &self.pool.candidates[at];
        let fresh = candidate.stems.difference(&self.covered);
        let fresh: f64 = fresh.map(|&stem| self.pool.worth(stem)).sum();
        let length = (candidate.words as f64 + 6.0).sqrt();
        let early = 1.0 + 0.3 * (1.0 - candidate.depth) + 1.5 / (1.0 + candidate.place as f64);
        let agreed = 1.0 + 0.25 * (self.pool.told[candidate.fact].min(5) as f64 - 1.0);
        let breadth = if self.by_source[candidate.source] == 0 { 1.3 } else { 1.0 };
        // The opening sentence tells what most headlines tell.
        let told =
            if self.chosen.is_empty() { fresh.sqrt() * self.titled(candidate) } else { fresh / length };
        let score = told * early * agreed * breadth;
        (score * 1e6).round() / 1e6
    }

    /// How much of what several headlines name a sentence holds, and how far the other families echo it.
    fn titled(&self, candidate: &Candidate) -> f64 {
        let shared = |stem: usize| self.pool.titled[stem].saturating_sub(1) as f64;
        let held: f64 = candidate.stems.iter().map(|&stem| shared(stem)).sum();
        let most: f64 = (0..self.pool.titled.len()).map(shared).sum();
        // A short remark is echoed easily; the opening must carry the event, not somebody's words about it.
        let whole = candidate.words.min(20) as f64 / 20.0;
        let spoken = if fitness::reports_speech(&candidate.sentence.text) { 0.5 } else { 1.0 };
        (0.05 + held / most.max(1.0)) * (0.2 + self.pool.echo(candidate)) * whole * spoken
    }

    fn take(&mut self, at: usize) {
        let candidate = &self.pool.candidates[at];
        self.covered.extend(&candidate.stems);
        self.facts.insert(candidate.fact);
        self.words += candidate.words;
        self.by_source[candidate.source] += candidate.words;
        self.chosen.push(at);
    }
}
