//! Which article copies an earlier one: wire reports under other titles, trimmed, reordered, lightly reworded.
//!
//! Each article of the window leaves fingerprints: hashes of four words in a row, one in five of them, chosen by
//! the hash alone (Manber 1994; Schleimer, Wilkerson and Aiken 2003). The few articles that share most of them with
//! a new one are compared word by word. Counted is what stands in both in runs of three words: outside of
//! quotations, which everybody prints alike, and not in sentences that have a name or a figure that the other
//! text hasn't: reports made from one template differ in just these. All is done in integers.

use std::collections::VecDeque;

use crate::article::Article;

mod align;
mod origins;
mod prints;
mod share;
#[cfg(test)]
mod tests;
mod words;

pub use align::{Aligned, align};
pub use origins::Origins;
use prints::{Prints, prints};
use share::{Runs, Shared};
use words::{Word, words};

/// How many articles are compared word by word.
const NEAREST: usize = 6;
/// One that shares so many times fewer fingerprints than the nearest isn't.
const FAR: usize = 8;
/// Of so many fingerprints of a copy more than one stands in its original, however it was reworded.
const FEW: usize = 25;
/// Words that both texts must have before one can be called a copy.
const FEWEST: usize = 20;
/// Of a hundred words of an article, those that stand in the other when it is a copy of it;
const OWN: usize = 45;
/// or these, when nearly all of the other stands in it: a report with paragraphs put around it.
const AROUND: (usize, usize) = (30, 65);
/// The same for two articles of one outlet, which prints its own background again below the news: a copy begins as the
/// other does, or the other stands in it nearly whole.
const SAME_OUTLET: usize = 75;
/// Of the words that two texts share, one in so many may stand beside other names or figures.
const APART: usize = 3;
/// From so many of a hundred words on an article is the original over again, and isn't kept beside it.
const WHOLE: usize = 90;

/// What an article copies.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// The original, by its number in the order of arrival, from 0; it may have left the window since.
    pub of: usize,
    /// The original's id.
    pub id: String,
    /// The share of the article's words, quotations left out, that stand in the article it was taken from.
    pub share: f64,
}

/// The articles of the window, by what copies of them are told by. The same articles in the same order give the same
/// answers.
#[derive(Debug, Default)]
pub struct Copies {
    /// How many articles back it looks.
    window: usize,
    /// The number of the oldest article of the window.
    first: usize,
    /// The articles of the window in the order in which they came; none where one was forgotten or is kept by its
    /// original.
    kept: VecDeque<Option<Kept>>,
    prints: Prints,
}

#[derive(Debug)]
struct Kept {
    words: Box<[Word]>,
    id: Box<str>,
    outlet: Box<str>,
    /// The number and id of what it copies itself.
    original: Option<(usize, Box<str>)>,
}

impl Copies {
    /// An index that has seen nothing yet and looks so many articles back.
    #[must_use]
    pub fn new(window: usize) -> Self {
        Self { window, ..Self::default() }
    }

    /// Takes one more article in, and says what it copies.
    pub fn place(&mut self, article: &Article) -> Option<Copy> {
        while self.kept.len() >= self.window.max(1) {
            self.expire();
        }
        let number = self.first + self.kept.len();
        let words = words(article);
        let prints = prints(&words);
        let found = self.nearest(&words, &prints, outlet(article));
        let copy = found.map(|(earlier, shared)| self.copy(earlier, shared));
        if words.len() < FEWEST || found.is_some_and(|(_, shared)| reaches(shared.own, WHOLE)) {
            self.kept.push_back(None);
            return copy;
        }
        // What stands in the original is found there: a report that all print is held once.
        let prints = match found {
            Some((earlier, _)) => self.new_in(&prints, earlier),
            None => prints,
        };
        self.prints.add(&prints, number as u32);
        let original = copy.as_ref().map(|copy| (copy.of, copy.id.as_str().into()));
        let (id, outlet) = (article.id.as_str().into(), outlet(article).into());
        self.kept.push_back(Some(Kept { words: words.into(), id, outlet, original }));
        copy
    }

    /// Forgets an article by its number: what was withdrawn is nobody's original.
    pub fn forget(&mut self, number: usize) {
        let at = number.checked_sub(self.first);
        if let Some(kept) = at.and_then(|at| self.kept.get_mut(at)).and_then(Option::take) {
            self.prints.remove(&prints(&kept.words), number as u32);
        }
    }

    /// Forgets the oldest article.
    fn expire(&mut self) {
        self.forget(self.first);
        self.kept.pop_front();
        self.first += 1;
    }

    fn get(&self, number: usize) -> Option<&Kept> {
        self.kept.get(number.checked_sub(self.first)?)?.as_ref()
    }

    /// The article from which most of these words are taken, if they are a copy; of several the earliest.
    fn nearest(&self, words: &[Word], prints: &[u32], outlet: &str) -> Option<(usize, Shared)> {
        let mut holders = self.prints.holders(prints);
        holders.sort_unstable();
        let mut near: Vec<(usize, u32)> =
            holders.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0])).collect();
        near.sort_unstable_by_key(|&(count, number)| (std::cmp::Reverse(count), number));
        if near.is_empty() {
            return None;
        }
        let runs = Runs::new(words);
        let mut best: Option<(usize, Shared)> = None;
        let least = (near[0].0 / FAR).max(prints.len() / FEW);
        for &(_, number) in near.iter().take(NEAREST).filter(|(count, _)| *count > least) {
            // The nearest come first: behind one that is taken over whole nothing better comes.
            if best.is_some_and(|(_, shared)| reaches(shared.own, WHOLE)) {
                break;
            }
            let number = number as usize;
            let Some(kept) = self.get(number) else { continue };
            let shared = runs.shared(&kept.words);
            let same_outlet = !outlet.is_empty() && *kept.outlet == *outlet;
            let better = best.is_none_or(|(earlier, old)| {
                (shared.own.1, std::cmp::Reverse(number)) > (old.own.1, std::cmp::Reverse(earlier))
            });
            if better && is_copy(shared, same_outlet) {
                best = Some((number, shared));
            }
        }
        best
    }

    fn copy(&self, earlier: usize, shared: Shared) -> Copy {
        let (all, taken) = shared.own;
        let share = (taken as f64 / all.max(1) as f64 * 1e6).round() / 1e6;
        let kept = self.get(earlier);
        let (of, id) = match kept.and_then(|kept| kept.original.as_ref()) {
            Some((of, id)) => (*of, id.to_string()),
            None => (earlier, kept.map(|kept| kept.id.to_string()).unwrap_or_default()),
        };
        Copy { of, id, share }
    }

    /// The fingerprints that an earlier article hasn't.
    fn new_in(&self, all: &[u32], earlier: usize) -> Vec<u32> {
        let held = self.get(earlier).map(|kept| prints(&kept.words)).unwrap_or_default();
        all.iter().copied().filter(|print| held.binary_search(print).is_err()).collect()
    }
}

fn is_copy(shared: Shared, same_outlet: bool) -> bool {
    let Shared { own, other, apart, begins } = shared;
    if own.0.min(other.0) < FEWEST || apart * APART > own.1 + apart {
        return false;
    }
    if same_outlet {
        return begins && reaches(own, SAME_OUTLET) || reaches(own, OWN) && reaches(other, SAME_OUTLET);
    }
    reaches(own, OWN) || reaches(own, AROUND.0) && reaches(other, AROUND.1)
}

/// Whether of a hundred words so many are taken.
fn reaches((all, taken): (usize, usize), of_hundred: usize) -> bool {
    taken * 100 >= all * of_hundred
}

fn outlet(article: &Article) -> &str {
    article.domain.as_deref().unwrap_or(&article.outlet)
}
