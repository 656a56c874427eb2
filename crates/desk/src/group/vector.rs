//! An article as weighted terms: what it speaks of, the headline and the lead before the rest.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use language::words;

use crate::article::Article;

/// Terms with their weights, by term, of length one.
pub(super) type Vector = Vec<(usize, f64)>;

/// How much more an occurrence in the headline weighs than one in the body.
const TITLE: f64 = 4.0;
/// The same for the first characters of the body.
const LEAD: f64 = 2.0;
/// Articles that are thought to have been seen before the pool, none with any of its terms: in a pool of one
/// event, what all its articles share must not look like common words.
const UNSEEN: usize = 30;
/// How many bytes of the body count as its lead.
const LEAD_BYTES: usize = 400;
/// How many bytes of a text are looked at; an event is told well before that.
const MOST_BYTES: usize = 40_000;

/// Every term of the articles that are known, its number and in how many of them it stands.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Only looked up, never gone through: its order is nobody's.
    numbers: HashMap<Arc<str>, usize>,
    /// By number: the term, and how many articles hold it.
    terms: Vec<(Arc<str>, usize)>,
    /// Numbers whose term was forgotten.
    free: Vec<usize>,
    articles: usize,
}

impl Vocabulary {
    /// Counts the terms of one more article.
    pub(super) fn learn(&mut self, counts: &BTreeMap<String, f64>) {
        self.articles += 1;
        for term in counts.keys() {
            if let Some(&number) = self.numbers.get(term.as_str()) {
                self.terms[number].1 += 1;
                continue;
            }
            let term: Arc<str> = Arc::from(term.as_str());
            let entry = (Arc::clone(&term), 1);
            let number = self.free.pop().unwrap_or(self.terms.len());
            match self.terms.get_mut(number) {
                Some(place) => *place = entry,
                None => self.terms.push(entry),
            }
            self.numbers.insert(term, number);
        }
    }

    /// Takes an article's terms out of the count. A term that no article holds any more gives its number away.
    pub(super) fn forget(&mut self, evidence: &Evidence) {
        self.articles = self.articles.saturating_sub(1);
        for &(number, _) in &evidence.terms {
            let (term, held) = &mut self.terms[number];
            *held = held.saturating_sub(1);
            if *held == 0 {
                self.numbers.remove(term);
                self.free.push(number);
            }
        }
    }

    /// The terms dampened by frequency and weighed up by rarity, and the names and figures alone. Terms that were
    /// never learned are left out.
    pub(super) fn evidence(&self, counts: &BTreeMap<String, f64>) -> Evidence {
        let (mut terms, mut names) = (Vector::with_capacity(counts.len()), Vector::new());
        for (term, &count) in counts {
            let Some(&number) = self.numbers.get(term.as_str()) else { continue };
            let held = self.terms[number].1;
            let rare = libm::log(1.0 + (self.articles + UNSEEN) as f64 / held as f64);
            if term.starts_with('#') {
                names.push((number, rare));
                terms.push((number, rare));
            } else {
                terms.push((number, (1.0 + libm::log(count)) * rare));
            }
        }
        Evidence { terms: unit(terms), names: unit(names) }
    }

    /// How little is known of what is rare: 1 in the beginning, towards 0 with each article.
    pub(super) fn unknown(&self) -> f64 {
        UNSEEN as f64 / (self.articles + UNSEEN) as f64
    }

    /// How many terms are known.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.numbers.len()
    }
}

/// What an article is grouped by.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// All terms.
    pub(super) terms: Vector,
    /// Names and figures alone: look-alike events differ in these first.
    pub(super) names: Vector,
}

/// The vector in the order of its terms, of length one.
fn unit(mut vector: Vector) -> Vector {
    vector.sort_by_key(|&(term, _)| term);
    let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    vector.iter_mut().for_each(|(_, weight)| *weight /= length.max(f64::MIN_POSITIVE));
    vector
}

/// Stems of the text with their weighted counts, and its names and figures as terms of their own.
pub(super) fn occurrences(article: &Article) -> BTreeMap<String, f64> {
    let mut cut = article.text.len().min(MOST_BYTES);
    while !article.text.is_char_boundary(cut) {
        cut -= 1;
    }
    let text = &article.text[..cut];
    let body = article.title.len();
    let mut counts: BTreeMap<String, f64> = BTreeMap::new();
    for (span, stem) in words::content(text, &article.lang) {
        let more = if span.start < body {
            TITLE
        } else if span.start < body + LEAD_BYTES {
            LEAD
        } else {
            0.0
        };
        *counts.entry(stem).or_default() += 1.0 + more;
    }
    for mark in marks(text) {
        counts.insert(mark, 1.0);
    }
    counts
}

/// Capitalised words inside sentences, and figures.
fn marks(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut opens = true;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let first = bare.chars().next();
        let named = !opens && first.is_some_and(char::is_uppercase) && bare.chars().nth(1).is_some();
        if named || first.is_some_and(|c| c.is_ascii_digit()) {
            found.insert(format!("#{}", bare.to_lowercase()));
        }
        opens = word.ends_with(['.', '!', '?', '"', '“', ':']);
    }
    found
}
