//! The numbers printed behind sentences: given by first use, so that the reference list follows the text.

use std::collections::BTreeMap;

/// Gives each article a number at its first citation and the same number ever after.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    first: u32,
    numbers: BTreeMap<String, u32>,
    order: Vec<String>,
}

impl Marks {
    /// Marks that count from `first`, which is 0 in the specimen's form and 1 in most others.
    #[must_use]
    pub fn new(first: u32) -> Self {
        Self { first, ..Self::default() }
    }

    /// The number of an article, a new one at its first use.
    pub fn number(&mut self, article_id: &str) -> u32 {
        if let Some(&number) = self.numbers.get(article_id) {
            return number;
        }
        let used = u32::try_from(self.order.len()).unwrap_or(u32::MAX);
        let number = self.first.saturating_add(used);
        self.numbers.insert(article_id.to_owned(), number);
        self.order.push(article_id.to_owned());
        number
    }

    /// The articles in the order of their numbers: the order of the reference list.
    #[must_use]
    pub fn order(&self) -> &[String] {
        &self.order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fixed sequence that looks like chance, so that every run checks the same cases.
    fn uses(seed: u64, len: usize) -> Vec<String> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % 9
        };
        (0..len).map(|_| format!("article-{}", next())).collect()
    }

    #[test]
    fn numbers_are_dense_by_first_use_and_stable() {
        for seed in 0..200 {
            let first = u32::try_from(seed % 3).expect("a remainder is small");
            let ids = uses(seed, usize::try_from(seed).expect("a seed is small") % 40);
            let mut marks = Marks::new(first);
            let given: Vec<u32> = ids.iter().map(|id| marks.number(id)).collect();
            let mut next = first;
            for (id, &number) in ids.iter().zip(&given) {
                assert!(number <= next, "no number is left out");
                next = next.max(number + 1);
                assert_eq!(
                    &marks.order()[(number - first) as usize],
                    id,
                    "the list stands in the order of the numbers"
                );
            }
            assert_eq!((next - first) as usize, marks.order().len(), "every number is used");
            let again: Vec<u32> = ids.iter().map(|id| marks.number(id)).collect();
            assert_eq!(given, again, "a number never changes");
        }
    }

    #[test]
    fn the_highest_number_does_not_overflow() {
        let mut marks = Marks::new(u32::MAX);
        assert_eq!((marks.number("a"), marks.number("b")), (u32::MAX, u32::MAX));
    }
}
