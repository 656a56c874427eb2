//! Which other articles say the same as a chosen sentence, and in which passage.

use std::collections::{BTreeMap, BTreeSet};

use language::{Span, names, numbers};

use crate::article::{Article, PASSAGE_LIMIT, Passage};

use super::candidate::{Candidate, Plain, Pool};
use super::draft::Sentence;

/// The most marks of one sentence.
const MARKS: usize = 4;
/// The share of the sentence's weighted stems that a passage must hold to say the same.
const SAYS_THE_SAME: f64 = 0.66;

/// The candidate's sentence with the passages of other families that say the same after its own, in the order
/// of the sources. The check judges each of them again.
pub(super) fn corroborated(pool: &Pool, at: usize, articles: &[Article]) -> Sentence {
    let candidate = &pool.candidates[at];
    let mut sentence = candidate.sentence.clone();
    let mut families: BTreeMap<&str, (f64, Passage)> = BTreeMap::new();
    let own = pool.sources[candidate.source].family.as_str();
    let wanted = Wanted::of(&sentence.text);
    for (source, plain) in pool.sources.iter().zip(&pool.plain) {
        if source.family == own {
            continue;
        }
        if let Some((share, passage)) = best(pool, candidate, plain, articles, &wanted) {
            let held = families.get(source.family.as_str());
            if held.is_none_or(|&(before, _)| share > before) {
                families.insert(&source.family, (share, passage));
            }
        }
    }
    let mut found: Vec<(f64, Passage)> = families.into_values().collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(MARKS - 1);
    sentence.passages.extend(found.into_iter().map(|(_, passage)| passage));
    sentence
}

/// The names and figures of a sentence, each of which a passage must hold.
struct Wanted {
    names: BTreeSet<String>,
    figures: Vec<f64>,
    quotes: Vec<String>,
}

impl Wanted {
    fn of(text: &str) -> Self {
        let last = |span: Span| span.of(text).split(' ').next_back().unwrap_or("").to_lowercase();
        Self {
            names: names::names(text).into_iter().map(|name| last(name.span)).collect(),
            figures: numbers::numbers(text).into_iter().map(|number| number.value).collect(),
            quotes: text.split('“').skip(1).filter_map(|rest| rest.split('”').next()).map(letters).collect(),
        }
    }

    fn stand_in(&self, passage: &str) -> bool {
        let lower = passage.to_lowercase();
        let figures: Vec<f64> = numbers::numbers(passage).into_iter().map(|number| number.value).collect();
        let held = letters(passage);
        self.names.iter().all(|name| lower.contains(name.trim_end_matches(['.', '’', '\''])))
            && self.figures.iter().all(|figure| figures.iter().any(|other| (other - figure).abs() < 1e-9))
            && self.quotes.iter().all(|quote| held.contains(quote))
    }
}

/// Letters and digits in lower case, so that quotation marks and spacing don't tell quotations apart.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn best(pool: &Pool, candidate: &Candidate, plain: &[Plain], articles: &[Article], wanted: &Wanted) -> Option<(f64, Passage)> {
    let mut found: Option<(f64, Passage)> = None;
    for (place, sentence) in plain.iter().enumerate() {
        let mut stems = sentence.stems.clone();
        let mut passage = sentence.passage;
        for length in 0..2 {
            if length == 1 {
                let Some(next) = plain.get(place + 1).filter(|next| next.block == sentence.block) else { break };
                passage.span.end = next.passage.span.end;
                stems.extend(&next.stems);
            }
            let share = pool.share(&candidate.stems, &stems) - 0.05 * length as f64;
            let text = passage.text(articles);
            let better = found.is_none_or(|(before, _)| share > before);
            if share >= SAYS_THE_SAME && better && text.chars().count() <= PASSAGE_LIMIT && wanted.stand_in(text) {
                found = Some((share, passage));
            }
        }
    }
    found
}
