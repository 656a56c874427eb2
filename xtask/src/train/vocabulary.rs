//! What the network knows by number: features, tags, relations.

use std::collections::BTreeMap;
use std::ops::Range;

use language::grammar::Class;
use language::grammar::features::{case, features};

use super::conllu::Sentence;

/// How often a feature must be seen to be known.
const SEEN: usize = 2;

pub(crate) struct Vocabulary {
    /// Row of each feature in the table of features; row 0 is of the unknown word.
    pub(crate) rows: BTreeMap<u32, u32>,
    /// How often the feature of each row was seen.
    pub(crate) counts: Vec<usize>,
    /// `UPOS` and features, joined by a tab.
    pub(crate) tags: Vec<String>,
    pub(crate) relations: Vec<String>,
    /// Each class, and where its tags lie.
    pub(crate) classes: Vec<(String, Range<usize>)>,
}

/// A sentence in numbers.
pub(crate) struct Example {
    /// For each word its rows, that of the form first.
    pub(crate) rows: Vec<Vec<u32>>,
    pub(crate) classes: Vec<usize>,
    pub(crate) tags: Vec<Option<usize>>,
    pub(crate) heads: Vec<usize>,
    pub(crate) relations: Vec<Option<usize>>,
}

impl Vocabulary {
    pub(crate) fn new(sentences: &[Sentence]) -> Self {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let mut tags: BTreeMap<String, usize> = BTreeMap::new();
        let mut relations: BTreeMap<String, usize> = BTreeMap::new();
        let mut found = Vec::new();
        for sentence in sentences {
            let case = case(sentence.words.iter().map(|word| word.form.as_str()));
            for (at, word) in sentence.words.iter().enumerate() {
                features(&word.form, case, at == 0, &mut found);
                for feature in &found {
                    *counts.entry(*feature).or_default() += 1;
                }
                *tags.entry(tag(&word.upos, &word.feats)).or_default() += 1;
                *relations.entry(word.relation.clone()).or_default() += 1;
            }
        }
        counts.retain(|_, count| *count >= SEEN);
        tags.retain(|_, count| *count >= 3);
        relations.retain(|_, count| *count >= 3);
        let rows = counts.keys().zip(1..).map(|(feature, row)| (*feature, row)).collect();
        let counts = [0].into_iter().chain(counts.into_values()).collect();
        let tags: Vec<String> = tags.into_keys().collect();
        let of = |class: &Class| {
            let has = |tag: &&String| tag.split('\t').next() == Some(class.name());
            let first = tags.iter().position(|tag| has(&tag)).unwrap_or(0);
            (class.name().to_owned(), first..first + tags.iter().filter(has).count())
        };
        let classes = Class::ALL.iter().map(of).collect();
        Self { rows, counts, tags, relations: relations.into_keys().collect(), classes }
    }

    pub(crate) fn example(&self, sentence: &Sentence) -> Example {
        let case = case(sentence.words.iter().map(|word| word.form.as_str()));
        let mut found = Vec::new();
        let place = |of: &[String], name: &str| of.binary_search_by(|known| known.as_str().cmp(name)).ok();
        let mut example = Example {
            rows: Vec::new(),
            classes: Vec::new(),
            tags: Vec::new(),
            heads: Vec::new(),
            relations: Vec::new(),
        };
        for (at, word) in sentence.words.iter().enumerate() {
            features(&word.form, case, at == 0, &mut found);
            let mut rows = vec![self.rows.get(&found[0]).copied().unwrap_or(0)];
            rows.extend(found[1..].iter().filter_map(|feature| self.rows.get(feature)));
            example.rows.push(rows);
            example.classes.push(self.classes.iter().position(|(name, _)| *name == word.upos).unwrap_or(0));
            example.tags.push(place(&self.tags, &tag(&word.upos, &word.feats)));
            example.heads.push(word.head);
            example.relations.push(place(&self.relations, &word.relation));
        }
        example
    }
}

pub(crate) fn tag(upos: &str, feats: &str) -> String {
    format!("{upos}\t{feats}")
}
