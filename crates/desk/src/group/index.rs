//! Which articles of the window hold a term: what an article is to be compared with is found without going through all.

use std::collections::VecDeque;

use super::profile::Profile;
use super::terms::Table;

/// How many terms of an article can be found, the weightiest.
const FOUND: usize = 32;
/// How many entries are read for one article, those of the rarest terms first.
pub(super) const READ: usize = 4_000;

/// By term, the articles that hold it, oldest first, with its weight in each.
#[derive(Debug, Default)]
pub(super) struct Index {
    held: Table<u32, VecDeque<(u32, f32)>>,
}

impl Index {
    /// The terms by which an article can be found, with their weights, in the order of the terms.
    pub(super) fn terms(profile: &Profile) -> Vec<(u32, f32)> {
        let mut terms: Vec<(u32, f32)> = profile.iter().filter(|entry| entry.0 & 7 == 0).copied().collect();
        if terms.len() > FOUND {
            terms.select_nth_unstable_by(FOUND - 1, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            terms.truncate(FOUND);
            terms.sort_unstable_by_key(|entry| entry.0);
        }
        terms
    }

    /// Adds an article by its terms. Numbers of articles rise.
    pub(super) fn add(&mut self, article: u32, terms: &[(u32, f32)]) {
        for &(term, weight) in terms {
            self.held.entry(term).or_default().push_back((article, weight));
        }
    }

    /// Lets go of the oldest article, given the terms it was added by.
    pub(super) fn remove_oldest(&mut self, article: u32, terms: impl Iterator<Item = u32>) {
        for term in terms {
            let Some(held) = self.held.get_mut(&term) else { continue };
            if held.front().is_some_and(|(oldest, _)| *oldest == article) {
                held.pop_front();
            }
            if held.is_empty() {
                self.held.remove(&term);
            } else if held.capacity() > 8 * held.len() {
                held.shrink_to_fit();
            }
        }
    }

    /// Calls `met` with every article that shares one of the terms, and the product of the weights. Of very common terms
    /// only as many entries are read as there is time for, the newest.
    pub(super) fn meet(&self, terms: &[(u32, f32)], mut met: impl FnMut(u32, f32)) {
        let mut lists: Vec<(usize, u32, f32)> = terms
            .iter()
            .filter_map(|(term, weight)| Some((self.held.get(term)?.len(), *term, *weight)))
            .collect();
        lists.sort_unstable_by_key(|list| (list.0, list.1));
        let mut left = READ;
        for (length, term, weight) in lists {
            let entries = self.held[&term].iter().rev().take(left);
            entries.for_each(|(article, held)| met(*article, weight * held));
            left = left.saturating_sub(length);
            if left == 0 {
                break;
            }
        }
    }
}
