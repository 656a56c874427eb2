//! The open stories and the terms they hold: which of them is an article most like?

use std::collections::{BTreeMap, VecDeque};

use super::vector::{Evidence, Vector};

/// The share of the likeness that names and figures alone decide.
const NAMES: f64 = 0.3;
/// How many stories are compared member by member.
const NEAREST: usize = 4;

/// The stories of the window. Each has a number that rises with its opening and is never used again.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// How many articles back it looks.
    size: usize,
    /// By number: what the members inside the window are grouped by, in the order in which they came.
    open: BTreeMap<usize, VecDeque<Evidence>>,
    /// The number of the next story.
    next: usize,
    /// By term: the open stories that hold it, with the sum of their members' weights and how many have it.
    terms: Vec<BTreeMap<usize, (f64, usize)>>,
    /// The story of each article inside the window, in the order in which they came.
    window: VecDeque<usize>,
}

impl Index {
    pub(super) fn new(size: usize) -> Self {
        Self { size, ..Self::default() }
    }

    /// Puts an article into the story that it is most like, or opens one if none reaches the threshold: the story's
    /// number and the likeness. What speaks against a story is taken off its likeness.
    pub(super) fn place(
        &mut self,
        evidence: Evidence,
        threshold: f64,
        against: impl Fn(usize) -> f64,
    ) -> (usize, f64) {
        let near = self.nearest(&evidence, against).filter(|&(_, likeness)| likeness >= threshold);
        let (story, likeness) = near.unwrap_or_else(|| (self.open(), 1.0));
        self.join(story, evidence);
        (story, likeness)
    }

    /// A number for a new story.
    pub(super) fn open(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    /// Puts an article into that story.
    pub(super) fn join(&mut self, story: usize, evidence: Evidence) {
        for &(term, weight) in &evidence.terms {
            if self.terms.len() <= term {
                self.terms.resize_with(term + 1, BTreeMap::new);
            }
            let (sum, count) = self.terms[term].entry(story).or_default();
            *sum += weight;
            *count += 1;
        }
        self.open.entry(story).or_default().push_back(evidence);
        self.window.push_back(story);
    }

    /// Lets go of the oldest article if the window is full: what it was grouped by, its story, and whether that
    /// was the story's last and it is closed now.
    pub(super) fn expire(&mut self) -> Option<(Evidence, usize, bool)> {
        if self.window.len() <= self.size {
            return None;
        }
        let story = self.window.pop_front()?;
        let members = self.open.get_mut(&story)?;
        let evidence = members.pop_front()?;
        let closed = members.is_empty();
        if closed {
            self.open.remove(&story);
        }
        for &(term, weight) in &evidence.terms {
            if let Some((sum, count)) = self.terms[term].get_mut(&story) {
                *sum -= weight;
                *count -= 1;
                if *count == 0 {
                    self.terms[term].remove(&story);
                }
            }
        }
        Some((evidence, story, closed))
    }

    /// The stories whose members are on average most like the article.
    fn averages(&self, evidence: &Evidence) -> Vec<(usize, f64)> {
        // Numbers of open stories lie close together, so that sums are kept by place and not looked up.
        let first = self.open.first_key_value().map_or(self.next, |(&number, _)| number);
        let mut sums = vec![0.0; self.next - first];
        let mut touched: Vec<usize> = Vec::new();
        for &(term, weight) in &evidence.terms {
            for (&story, &(held, _)) in self.terms.get(term).into_iter().flatten() {
                let sum = &mut sums[story - first];
                if *sum == 0.0 {
                    touched.push(story);
                }
                *sum += weight * held;
            }
        }
        touched.sort_unstable();
        touched.dedup();
        let average = |story: usize| (story, sums[story - first] / self.open[&story].len() as f64);
        best(touched.into_iter().map(average).collect())
    }

    fn nearest(&self, evidence: &Evidence, against: impl Fn(usize) -> f64) -> Option<(usize, f64)> {
        let averages = self.averages(evidence);
        let likeness = averages.into_iter().map(|(story, average)| {
            let members = &self.open[&story];
            let nearest =
                members.iter().map(|member| cosine(&evidence.terms, &member.terms)).fold(0.0, f64::max);
            let names: Vec<f64> =
                members.iter().map(|member| cosine(&evidence.names, &member.names)).collect();
            let named = names.iter().sum::<f64>() / names.len() as f64;
            let named = 0.5 * named + 0.5 * names.into_iter().fold(0.0, f64::max);
            let likeness = (1.0 - NAMES) * (0.5 * average + 0.5 * nearest) + NAMES * named;
            (story, rounded(likeness - against(story)))
        });
        likeness.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    }
}

/// The first ones by likeness, ties by number.
fn best(mut averages: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    let first =
        |a: &(usize, f64), b: &(usize, f64)| rounded(b.1).total_cmp(&rounded(a.1)).then(a.0.cmp(&b.0));
    if averages.len() > NEAREST {
        averages.select_nth_unstable_by(NEAREST - 1, first);
        averages.truncate(NEAREST);
    }
    averages.sort_by(first);
    averages
}

/// Scores are compared at six digits, so that every machine decides alike.
fn rounded(x: f64) -> f64 {
    (x * 1e6).round() / 1e6
}

/// The cosine of two vectors of length one, both in the order of their terms.
fn cosine(a: &Vector, b: &Vector) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}
