//! How rare a term is among the articles inside the window.

use super::terms::{Table, Term};

/// Articles that are thought to have been seen before the first, none with any of its terms: while few are known, what
/// all of them share must not look like common words.
const UNSEEN: f64 = 30.0;

/// In how many of the articles that are known each term stands.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    held: Table<u32, u32>,
    articles: u32,
}

impl Vocabulary {
    /// Counts the terms of one more article.
    pub(super) fn learn(&mut self, terms: &[Term]) {
        self.articles += 1;
        for term in terms {
            *self.held.entry(term.hash).or_default() += 1;
        }
    }

    /// Takes an article's terms out of the count.
    pub(super) fn forget(&mut self, terms: &[Term]) {
        self.articles = self.articles.saturating_sub(1);
        for term in terms {
            if let Some(held) = self.held.get_mut(&term.hash) {
                *held -= 1;
                if *held == 0 {
                    self.held.remove(&term.hash);
                }
            }
        }
    }

    /// Notes in terms how rare they are now: each tells the more the rarer it is.
    pub(super) fn rate(&self, terms: &mut [Term]) {
        let all = f64::from(self.articles) + UNSEEN;
        for term in terms {
            let held = self.held.get(&term.hash).copied().unwrap_or(0).max(1);
            term.rate(libm::log(1.0 + all / f64::from(held)));
        }
    }

    /// How little is known of what is rare: 1 in the beginning, towards 0 with each article.
    pub(super) fn unknown(&self) -> f64 {
        UNSEEN / (f64::from(self.articles) + UNSEEN)
    }

    /// How many terms are known.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.held.len()
    }
}
