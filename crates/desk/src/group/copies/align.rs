//! An article beside the one that it copies: which sentences are the same, changed, added and left out?

use std::collections::{BTreeMap, BTreeSet};

use language::{Span, sentences};

use super::words::words_of;
use crate::article::{Article, Role};

/// Sentences of an article that are compared; what stands behind them is neither the same nor new.
const MOST: usize = 600;
/// Of a hundred words of two sentences, those they must share for one to be the other lightly changed.
const ALIKE: usize = 60;

/// A copy beside its original, by sentences; all spans are bytes of the article's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aligned {
    /// Sentences of the copy with the original's from which they come, word for word, in the copy's order.
    pub same: Vec<(Span, Span)>,
    /// The same for sentences that were changed lightly.
    pub changed: Vec<(Span, Span)>,
    /// Sentences of the copy that stand nowhere in the original.
    pub added: Vec<Span>,
    /// Sentences of the original that stand nowhere in the copy.
    pub left_out: Vec<Span>,
}

impl Aligned {
    /// Where in the original the words of a span of the copy come from: from the first to the last of its sentences.
    /// Nothing where one of them was added, or where they don't follow each other in the original.
    #[must_use]
    pub fn origin(&self, span: Span) -> Option<Span> {
        if self.added.iter().any(|added| added.overlaps(span)) {
            return None;
        }
        let pairs = self.same.iter().chain(&self.changed).filter(|(copy, _)| copy.overlaps(span));
        let mut pairs: Vec<(Span, Span)> = pairs.copied().collect();
        pairs.sort_unstable();
        let (first, last) = (pairs.first()?.1, pairs.last()?.1);
        let whole = Span::new(first.start, last.end);
        let others =
            self.same.iter().chain(&self.changed).map(|(_, original)| original).chain(&self.left_out);
        let between = others.filter(|original| whole.overlaps(**original)).count();
        let rising = pairs.windows(2).all(|two| two[0].1.end <= two[1].1.start);
        (rising && between == pairs.len()).then_some(whole)
    }
}

/// Lays a copy beside its original.
#[must_use]
pub fn align(original: &Article, copy: &Article) -> Aligned {
    let (there, here) = (read(original), read(copy));
    let mut from: Vec<Option<usize>> = vec![None; here.len()];
    let mut used = vec![false; there.len()];
    equal(&there, &here, &mut from, &mut used);
    let exact: Vec<bool> = from.iter().map(Option::is_some).collect();
    alike(&there, &here, &mut from, &mut used);
    let mut aligned = Aligned::default();
    for ((sentence, from), exact) in here.iter().zip(from).zip(exact) {
        match from {
            Some(at) if exact => aligned.same.push((sentence.span, there[at].span)),
            Some(at) => aligned.changed.push((sentence.span, there[at].span)),
            None => aligned.added.push(sentence.span),
        }
    }
    let left = there.iter().zip(used).filter(|(_, used)| !used);
    aligned.left_out = left.map(|(sentence, _)| sentence.span).collect();
    aligned
}

/// A sentence with its words, and the same in rising order.
struct Sentence {
    span: Span,
    words: Vec<u32>,
    sorted: Vec<u32>,
}

fn read(article: &Article) -> Vec<Sentence> {
    let body = article.blocks.iter().filter(|block| !matches!(block.role, Role::Headline | Role::Caption));
    let parts =
        body.filter_map(|block| Some((block.span, article.text.get(block.span.start..block.span.end)?)));
    let spans = parts.flat_map(|(part, text)| {
        sentences::sentences(text, &article.lang).into_iter().map(move |span| span.shifted(part.start))
    });
    let sentence = |span: Span| {
        let words: Vec<u32> = words_of(&article.text, span).iter().map(|word| word.bare()).collect();
        let mut sorted = words.clone();
        sorted.sort_unstable();
        Sentence { span, words, sorted }
    };
    spans.take(MOST).map(sentence).filter(|sentence| !sentence.words.is_empty()).collect()
}

/// Pairs what is the same word for word, each with the first that is free.
fn equal(there: &[Sentence], here: &[Sentence], from: &mut [Option<usize>], used: &mut [bool]) {
    let mut places: BTreeMap<&[u32], BTreeSet<usize>> = BTreeMap::new();
    for (at, sentence) in there.iter().enumerate() {
        places.entry(&sentence.words).or_default().insert(at);
    }
    for (sentence, from) in here.iter().zip(from) {
        *from = places.get_mut(sentence.words.as_slice()).and_then(BTreeSet::pop_first);
        if let Some(at) = *from {
            used[at] = true;
        }
    }
}

/// Pairs what is most alike of the rest.
fn alike(there: &[Sentence], here: &[Sentence], from: &mut [Option<usize>], used: &mut [bool]) {
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (at, sentence) in here.iter().enumerate().filter(|(at, _)| from[*at].is_none()) {
        for (other, original) in there.iter().enumerate().filter(|(other, _)| !used[*other]) {
            let (one, two) = (sentence.sorted.len(), original.sorted.len());
            // What differs much in length can't be alike: most pairs end here.
            if 200 * one.min(two) < ALIKE * (one + two) {
                continue;
            }
            let shared = 200 * common(&sentence.sorted, &original.sorted) / (one + two);
            if shared >= ALIKE {
                pairs.push((shared, at, other));
            }
        }
    }
    pairs.sort_unstable_by_key(|&(shared, at, other)| (std::cmp::Reverse(shared), at, other));
    for (_, at, other) in pairs {
        if from[at].is_none() && !used[other] {
            (from[at], used[other]) = (Some(other), true);
        }
    }
}

/// How many words two sorted lists share, each as often as both have it.
fn common(one: &[u32], two: &[u32]) -> usize {
    let (mut at, mut other, mut count) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(at), two.get(other)) {
        count += usize::from(a == b);
        at += usize::from(a <= b);
        other += usize::from(b <= a);
    }
    count
}
