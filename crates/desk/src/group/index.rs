//! Which articles of the window hold a term: what an article is to be compared with is found without going through all.

use std::collections::VecDeque;

use super::profile::Profile;
use super::table::touch;
use super::terms::Table;

/// How many terms of an article can be found, the weightiest.
const FOUND: usize = 32;
/// How many entries are read for one article, those of the rarest terms first.
pub(super) const READ: usize = 4_000;

/// How many entries a line of memory holds.
const LINE: usize = 8;

/// An article and the weight of the term in it.
type Entry = (u32, f32);

/// By term, the articles that hold it, oldest first, with its weight in each.
#[derive(Debug, Default)]
pub(super) struct Index {
    held: Table<u32, VecDeque<Entry>>,
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
    pub(super) fn meet<'a>(&'a self, terms: &[(u32, f32)], mut met: impl FnMut(u32, f32)) {
        let held = terms.iter().filter_map(|(term, weight)| Some((self.held.get(term)?, *term, *weight)));
        let mut lists: Vec<_> = held.collect();
        lists.sort_unstable_by_key(|(list, term, _)| (list.len(), *term));
        let mut left = READ;
        let mut newest = |list: &'a VecDeque<Entry>| {
            let (older, newer) = list.as_slices();
            let newer = &newer[newer.len().saturating_sub(left)..];
            left -= newer.len();
            let older = &older[older.len().saturating_sub(left)..];
            left -= older.len();
            [newer, older]
        };
        let lists: Vec<_> = lists.iter().map(|(list, _, weight)| (newest(list), *weight)).collect();
        // One entry of each line of memory, so that all are under way before the first is needed.
        let lines =
            lists.iter().flat_map(|(parts, _)| parts.iter().flat_map(|part| part.iter().step_by(LINE)));
        touch(lines.map(|(article, _)| *article));
        for (parts, weight) in lists {
            for (article, held) in parts.iter().flat_map(|part| part.iter().rev()) {
                met(*article, weight * held);
            }
        }
    }
}
