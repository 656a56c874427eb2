//! The rules that make a dictionary form of a word, counted over the treebanks.

use std::collections::BTreeMap;

use language::grammar::lemmas::{Rule, ends, key, tag_key};

use super::conllu::Sentence;

/// Rules, and the key of each case in which one of them holds, rising.
pub(crate) struct Lemmas {
    pub(crate) rules: Vec<Rule>,
    pub(crate) keys: BTreeMap<u32, u16>,
}

/// Takes from the treebanks which rule holds for which ends, and leaves out what a shorter end says as well.
pub(crate) fn learn(sentences: &[Sentence]) -> Lemmas {
    let mut words: BTreeMap<(u32, &str, Rule), usize> = BTreeMap::new();
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        if word.lemma != "_" && word.relation != "goeswith" {
            let tag = tag_key(&word.upos, &word.feats);
            *words.entry((tag, &word.form, rule(&word.form, &word.lemma))).or_default() += 1;
        }
    }
    let mut counts: BTreeMap<(usize, u32), BTreeMap<&Rule, usize>> = BTreeMap::new();
    for ((tag, form, rule), count) in &words {
        let small = form.to_lowercase();
        for (end, whole) in ends(&small) {
            let length = if whole { usize::MAX } else { end.chars().count() };
            // Each different word speaks once for an end, so that frequent words, mostly irregular, don't decide.
            *counts.entry((length, key(*tag, end, whole))).or_default().entry(rule).or_default() +=
                if whole { *count } else { 1 };
        }
    }
    let best: BTreeMap<(usize, u32), (&Rule, usize)> = counts
        .iter()
        .filter_map(|(key, rules)| {
            let (rule, count) =
                rules.iter().max_by_key(|(rule, count)| (**count, std::cmp::Reverse(**rule)))?;
            Some((*key, (*rule, *count)))
        })
        .collect();
    let mut rules: Vec<Rule> = best.values().map(|(rule, _)| (*rule).clone()).collect();
    rules.sort();
    rules.dedup();
    let mut keys = BTreeMap::new();
    for (tag, form, _) in words.keys() {
        let small = form.to_lowercase();
        let all: Vec<_> = ends(&small)
            .map(|(end, whole)| (if whole { usize::MAX } else { end.chars().count() }, key(*tag, end, whole)))
            .collect();
        for (at, place) in all.iter().enumerate() {
            let says = best[place].0;
            let shorter = all.get(at + 1).map(|place| best[place].0);
            if shorter != Some(says) {
                let number = rules.binary_search(says).expect("every best rule is in the list");
                keys.insert(place.1, number as u16);
            }
        }
    }
    Lemmas { rules, keys }
}

/// The shortest rule that makes the lemma of the form.
fn rule(form: &str, lemma: &str) -> Rule {
    let as_written = lemma.chars().any(char::is_uppercase);
    let base = if as_written { form.to_owned() } else { form.to_lowercase() };
    let same = base.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
    let drop = base.chars().count() - same;
    Rule { as_written, drop: drop.min(255) as u8, add: lemma.chars().skip(same).collect() }
}
