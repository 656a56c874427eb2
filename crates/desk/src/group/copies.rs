//! Which members of a story copy an earlier one: wire reports under other titles, trimmed or retitled.

use std::collections::{BTreeMap, BTreeSet};

use language::words;

use crate::article::Article;

/// Words in a row that make one shingle.
const SHINGLE: usize = 6;
/// The share of the shorter text's shingles that must stand in the other for a copy.
const SHARE: f64 = 0.5;
/// Shingles that a text must have before it can be called a copy.
const FEWEST: usize = 12;

/// For each member, the earliest one whose text it repeats.
pub(super) fn copies(articles: &[Article], members: &[usize]) -> Vec<Option<usize>> {
    let mut seen: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut sizes: Vec<usize> = Vec::new();
    let mut found: Vec<Option<usize>> = Vec::new();
    for (place, &member) in members.iter().enumerate() {
        let own = shingles(&articles[member]);
        let mut shared = vec![0usize; place];
        for shingle in &own {
            for &earlier in seen.get(shingle).into_iter().flatten() {
                shared[earlier] += 1;
            }
        }
        let copied = |&earlier: &usize| {
            let shorter = own.len().min(sizes[earlier]);
            shorter >= FEWEST && shared[earlier] as f64 >= SHARE * shorter as f64
        };
        let first = (0..place).find(copied);
        found.push(first.map(|earlier| found[earlier].unwrap_or(members[earlier])));
        for &shingle in &own {
            seen.entry(shingle).or_default().push(place);
        }
        sizes.push(own.len());
    }
    found
}

fn shingles(article: &Article) -> BTreeSet<u64> {
    let body = &article.text[article.title.len().min(article.text.len())..];
    let words: Vec<u64> = words::words(body).iter().map(|word| fnv(word.span.of(body))).collect();
    words
        .windows(SHINGLE)
        .map(|run| run.iter().fold(0, |hash: u64, word| hash.rotate_left(7) ^ word))
        .collect()
}

/// FNV-1a of the word in lower case.
fn fnv(word: &str) -> u64 {
    let lower = word.chars().flat_map(char::to_lowercase);
    lower.fold(0xcbf2_9ce4_8422_2325, |hash, c| (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3))
}
