//! How rare a term is among the articles inside the window.

use std::sync::LazyLock;

use super::table::Numbers;
use super::terms::{Term, stem_term};

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
    held: Numbers<u32>,
    articles: u32,
}

impl Default for Vocabulary {
    fn default() -> Self {
        let mut held = Numbers::default();
        for (term, count) in BASE.iter() {
            *held.entry(*term) += count;
        }
        Self { held, articles: BEFORE }
    }
}

impl Vocabulary {
    /// Counts the terms of one more article, and notes in them how rare they are now.
    pub(super) fn learn(&mut self, terms: &mut [Term]) {
        self.articles += 1;
        self.fetch(terms);
        for term in terms {
            let held = self.held.entry(term.hash);
            *held += 1;
            term.rate(rarity(self.articles, *held));
        }
    }

    /// Takes an article's terms out of the count.
    pub(super) fn forget(&mut self, terms: &[Term]) {
        self.articles = self.articles.saturating_sub(1);
        self.fetch(terms);
        for term in terms {
            let held = self.held.entry(term.hash);
            *held = held.saturating_sub(1);
        }
    }

    /// Notes in terms how rare they are now: each tells the more the rarer it is.
    pub(super) fn rate(&self, terms: &mut [Term]) {
        self.fetch(terms);
        for term in terms {
            let held = self.held.get(term.hash).max(1);
            term.rate(rarity(self.articles, held));
        }
    }

    fn fetch(&self, terms: &[Term]) {
        self.held.fetch(terms.iter().map(|term| term.hash));
    }

    /// How many terms were learned and not forgotten.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.held.len() - Self::default().held.len()
    }
}

/// How rare a term is that stands in so many of all articles: the logarithm of one and their ratio, from a table, to
/// about the digit in which it is kept.
fn rarity(all: u32, held: u32) -> f64 {
    /// Bits of the fraction that are looked up.
    const BITS: u32 = 12;
    static FRACTIONS: LazyLock<Vec<f64>> = LazyLock::new(|| {
        let size = 1 << BITS;
        (0..size).map(|at| libm::log(1.0 + (f64::from(at) + 0.5) / f64::from(size))).collect()
    });
    let bits = (1.0 + f64::from(all) / f64::from(held)).to_bits();
    let exponent = (bits >> 52) as i32 - 1023;
    let fraction = bits >> (52 - BITS) & ((1 << BITS) - 1);
    f64::from(exponent) * std::f64::consts::LN_2 + FRACTIONS[fraction as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rarity_is_the_logarithm_to_the_digit_that_is_kept() {
        for (all, held) in [(1, 1), (301, 1), (301, 300), (10_000, 3), (500_300, 77), (u32::MAX, 1)] {
            let wanted = libm::log(1.0 + f64::from(all) / f64::from(held));
            assert!((rarity(all, held) - wanted).abs() < 1.3e-4, "{all} {held}");
        }
    }
}
