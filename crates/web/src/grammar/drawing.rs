//! Where the words and arcs of a tree stand on the page, in the units of its drawing.

use super::{GrammarSentence, GrammarWord};
use crate::plain::plain;

/// How wide a letter is, about.
const LETTER: usize = 9;
/// How wide a letter of a label is.
const SMALL: usize = 7;
/// What lies between two words.
const GAP: usize = 14;
/// How much higher an arc lies than those below it.
const STEP: usize = 24;
/// What is free on all sides.
const EDGE: usize = 10;

/// A tree as it is drawn.
pub(super) struct Drawing {
    pub(super) width: usize,
    pub(super) height: usize,
    /// The line on which the words stand, and that of their classes.
    pub(super) line: usize,
    pub(super) words: Vec<Placed>,
    pub(super) arcs: Vec<Arc>,
}

/// A word in its place: the middle, and what it says.
pub(super) struct Placed {
    pub(super) x: usize,
    pub(super) form: String,
    pub(super) class: String,
    /// Dictionary form and features, for whoever rests on it.
    pub(super) more: String,
}

/// An arc from a head to a word: its path, the tip of its arrow, and its label.
pub(super) struct Arc {
    pub(super) path: String,
    pub(super) tip: String,
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) label: String,
}

/// Lays a sentence out: short arcs below, those over them higher.
pub(super) fn draw(sentence: &GrammarSentence) -> Drawing {
    let words = &sentence.words;
    let middles = middles(words);
    let levels = levels(words);
    let line = EDGE + STEP * (levels.iter().max().copied().unwrap_or(0) + 1) + 18;
    let width = middles.last().zip(words.last()).map_or(0, |(x, word)| x + breadth(word) / 2) + EDGE;
    let placed = words.iter().zip(&middles).map(|(word, x)| Placed {
        x: *x,
        form: plain(&word.form),
        class: plain(&word.class),
        more: plain(&format!("{} {}", word.lemma, word.features.replace('|', " "))),
    });
    let arc = |(at, word): (usize, &GrammarWord)| arc(word, &middles, at, levels[at], line - 18);
    Drawing {
        width,
        height: line + 26,
        line,
        words: placed.collect(),
        arcs: words.iter().enumerate().map(arc).collect(),
    }
}

/// The arc to the word in place `at`; for the root a line from above.
fn arc(word: &GrammarWord, middles: &[usize], at: usize, level: usize, foot: usize) -> Arc {
    let to = middles[at];
    let top = foot - STEP * level;
    let tip = format!("M{} {}h8l-4 7z", to - 4, foot - 7);
    let label = plain(&word.relation);
    let Some(from) = word.head.and_then(|head| middles.get(head).copied()) else {
        return Arc {
            path: format!("M{to} {EDGE}V{}", foot - 6),
            tip,
            x: to + 4 + label.len() * SMALL / 2,
            y: EDGE + 8,
            label,
        };
    };
    // Arcs leave their head on the side to which they go, beside the one that comes to it.
    let right = to > from;
    let from = if right { from + 5 } else { from.saturating_sub(5) };
    let (near, far) = if right { (from + 5, to.saturating_sub(5)) } else { (from.saturating_sub(5), to + 5) };
    let path = format!(
        "M{from} {foot}V{}Q{from} {top} {near} {top}H{far}Q{to} {top} {to} {}V{}",
        top + 5,
        top + 5,
        foot - 6
    );
    Arc { path, tip, x: usize::midpoint(from, to), y: top - 4, label }
}

/// The middle of each word: words far enough apart that the labels between neighbours fit.
fn middles(words: &[GrammarWord]) -> Vec<usize> {
    let mut middles: Vec<usize> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let half = breadth(word) / 2;
        let middle = match (middles.last(), at.checked_sub(1).map(|before| &words[before])) {
            (Some(before), Some(last)) => {
                let labels = [(word, at - 1), (last, at)].map(|(word, head)| {
                    if word.head == Some(head) { letters(&word.relation) * SMALL + 18 } else { 0 }
                });
                before + (breadth(last) / 2 + GAP + half).max(labels[0]).max(labels[1])
            }
            _ => EDGE + half,
        };
        middles.push(middle);
    }
    middles
}

/// How wide a word is, with its class below it.
fn breadth(word: &GrammarWord) -> usize {
    (letters(&word.form) * LETTER).max(letters(&word.class) * SMALL)
}

/// How many letters wide, those of Chinese, Japanese and Korean counted double.
fn letters(text: &str) -> usize {
    text.chars().map(|letter| if u32::from(letter) >= 0x2e80 { 2 } else { 1 }).sum()
}

/// How high the arc to each word lies: above all that begin and end below it. The root has none.
fn levels(words: &[GrammarWord]) -> Vec<usize> {
    let ends = |at: usize| {
        words[at].head.filter(|head| *head < words.len()).map(|head| (at.min(head), at.max(head)))
    };
    let mut order: Vec<usize> = (0..words.len()).filter(|at| ends(*at).is_some()).collect();
    order.sort_by_key(|at| (ends(*at).map(|(first, last)| last - first), *at));
    let mut levels = vec![0; words.len()];
    // The highest arc so far over each gap between neighbours.
    let mut over = vec![0; words.len()];
    for at in order {
        let Some((first, last)) = ends(at) else { continue };
        let level = over[first..last].iter().max().copied().unwrap_or(0) + 1;
        over[first..last].fill(level);
        levels[at] = level;
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(words: &[(&str, Option<usize>)]) -> GrammarSentence {
        let word = |(form, head): &(&str, Option<usize>)| GrammarWord {
            form: (*form).to_owned(),
            head: *head,
            relation: "obj".to_owned(),
            ..GrammarWord::default()
        };
        GrammarSentence { words: words.iter().map(word).collect(), names: Vec::new() }
    }

    #[test]
    fn arcs_lie_above_those_that_they_span() {
        let tree = sentence(&[("a", Some(1)), ("b", Some(3)), ("c", Some(1)), ("d", None), ("e", Some(0))]);
        assert_eq!(levels(&tree.words), [1, 2, 1, 0, 3]);
        let drawing = draw(&tree);
        assert!(drawing.words.is_sorted_by(|one, two| one.x < two.x));
        assert!(drawing.arcs.iter().all(|arc| arc.y < drawing.line && arc.x < drawing.width));
    }

    #[test]
    fn heads_that_are_none_are_passed_over() {
        let drawing = draw(&sentence(&[("a", Some(usize::MAX)), ("b", Some(1))]));
        assert_eq!(drawing.arcs.len(), 2);
        assert_eq!(draw(&sentence(&[])).words.len(), 0);
    }
}
