//! How rare a term is among the articles inside the window.

use std::sync::LazyLock;

use super::terms::{Table, Term, stem_term};

/// English stems and in how many of 1,000 texts each stands, as `cargo xtask common` counted them.
const COMMON: &str = include_str!("../../data/common.tsv");
/// As many articles are thought to have been seen before the first: common words stand in them as often as they do, all
/// others in none. So what the first articles share is held for rare only if it is.
const BEFORE: u32 = 300;

/// Common terms with the number of articles before the first that held them.
static BASE: LazyLock<Vec<(u32, u32)>> = LazyLock::new(|| {
    let lines = COMMON.lines().filter_map(|line| {
        let (stem, share) = line.split_once('\t')?;
        let share: u32 = share.parse().ok()?;
        Some((stem_term(stem, "en"), (share * BEFORE + 500) / 1000))
    });
    lines.collect()
});

/// In how many of the articles that are known each term stands.
#[derive(Debug)]
pub(super) struct Vocabulary {
    held: Table<u32, u32>,
    articles: u32,
}

impl Default for Vocabulary {
    fn default() -> Self {
        let mut held = Table::<u32, u32>::default();
        for (term, count) in BASE.iter() {
            *held.entry(*term).or_default() += count;
        }
        Self { held, articles: BEFORE }
    }
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
        let all = f64::from(self.articles);
        for term in terms {
            let held = self.held.get(&term.hash).copied().unwrap_or(0).max(1);
            term.rate(libm::log(1.0 + all / f64::from(held)));
        }
    }

    /// How many terms were learned and not forgotten.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.held.len() - Self::default().held.len()
    }
}
