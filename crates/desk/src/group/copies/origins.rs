//! What was found of many articles at once: whose copies they are, and for which family each counts.

use std::collections::BTreeMap;

use super::super::{COPIES, order};
use super::Copies;
use crate::article::Article;
use crate::families::Families;

/// Of each article what it copies and the family that it counts for.
#[derive(Debug)]
pub struct Origins {
    originals: Vec<Option<(usize, f64)>>,
    families: Vec<String>,
}

impl Origins {
    /// Compares the articles in the order of publication, each with the [`COPIES`] before it.
    #[must_use]
    pub fn new(articles: &[Article], families: &Families) -> Self {
        let order = order(articles);
        let mut copies = Copies::new(COPIES);
        let mut originals = vec![None; articles.len()];
        for &at in &order {
            originals[at] = copies.place(&articles[at]).map(|copy| (order[copy.of], copy.share));
        }
        let families = counted(articles, &order, &originals, families);
        Self { originals, families }
    }

    /// The family that an article counts for: its own, or that of what it copies.
    #[must_use]
    pub fn family(&self, article: usize) -> &str {
        &self.families[article]
    }

    /// The article that this one copies, and the share of its words that come from there.
    #[must_use]
    pub fn original(&self, article: usize) -> Option<(usize, f64)> {
        self.originals[article]
    }

    /// For each member of a story the earlier member that it copies. Where the original is in another story, the first
    /// member that copies it stands for it.
    pub(in crate::group) fn within(&self, members: &[usize]) -> Vec<Option<usize>> {
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        let copied = members.iter().map(|&member| {
            let original = self.originals[member].map_or(member, |(original, _)| original);
            let first = *first.entry(original).or_insert(member);
            (first != member).then_some(first)
        });
        copied.collect()
    }
}

/// An original and its copies have one origin. If one of them names an agency, that is the agency; else they count for
/// the original's family.
fn counted(
    articles: &[Article],
    order: &[usize],
    originals: &[Option<(usize, f64)>],
    families: &Families,
) -> Vec<String> {
    let original = |at: usize| originals[at].map_or(at, |(original, _)| original);
    let mut agency: BTreeMap<usize, String> = BTreeMap::new();
    for &at in order {
        if let Some(family) = families.agency_of(&articles[at]) {
            agency.entry(original(at)).or_insert(family);
        }
    }
    let family = |at: usize| {
        let original = original(at);
        agency.get(&original).cloned().unwrap_or_else(|| families.of(&articles[original]))
    };
    (0..articles.len()).map(family).collect()
}
