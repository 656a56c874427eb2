//! Which words are what, and what depends on what: tokens, tags, lemmas, trees and named spans of English.
//!
//! A model that was trained in this repository (`cargo xtask train`) reads one sentence at a time; it calculates in
//! whole numbers, so that a text has the same trees on every machine. It knows English only.

mod bodies;
mod bytes;
pub mod chains;
mod clues;
pub mod conllu;
mod edges;
mod entities;
pub mod features;
mod fixed;
mod frame;
mod keys;
mod labels;
pub mod lemmas;
pub mod lexicon;
mod model;
mod product;
#[cfg(test)]
mod tests;
mod tokens;
pub mod tree;

pub use bytes::checksum;
pub use clues::{Candidate, clues};
pub use edges::Side;
pub use entities::{Entity, NAMES_PLACES, NAMES_WIDTH};
pub use fixed::{CURVE, FRACTION, GATE};
pub use frame::Frame;
pub use labels::{Class, Kind, Relation};
pub use model::{Flaw, MAGIC, Model, VERSION};
pub use tokens::tokens;

use std::collections::HashMap;

use crate::{Span, sentences};

/// Words that are read together; a longer sentence is read as several, so that no text takes long.
pub const LONGEST: usize = 160;
/// Sentences that are read side by side.
const TOGETHER: usize = 12;

/// A word in its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'m> {
    /// Where it stands in the text.
    pub span: Span,
    /// What kind of word it is.
    pub class: Class,
    /// Its features as the treebanks write them: `Number=Sing|Person=3`, or `_`.
    pub features: &'m str,
    /// Its dictionary form.
    pub lemma: String,
    /// The place of its head among the words of the sentence, or `None` for the root.
    pub head: Option<usize>,
    /// How it depends on its head.
    pub relation: Relation,
}

impl Word<'_> {
    /// The value of a feature: `Plur` for `Number`.
    #[must_use]
    pub fn feature(&self, name: &str) -> Option<&str> {
        self.features
            .split('|')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }
}

/// A sentence with its tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence<'m> {
    /// Its words in order.
    pub words: Vec<Word<'m>>,
    /// Persons, organisations and places, then named things of other kinds, each in order; only between the two
    /// groups may spans overlap.
    pub entities: Vec<Entity>,
}

/// The sentences of an English text with their trees.
#[must_use]
pub fn read<'m>(model: &'m Model, text: &str) -> Vec<Sentence<'m>> {
    read_words(model, text, &words(text))
}

/// The same without names, which take another look at the whole text.
#[must_use]
pub fn trees<'m>(model: &'m Model, text: &str) -> Vec<Sentence<'m>> {
    trees_of_words(model, text, &words(text))
}

/// The words of each sentence.
fn words(text: &str) -> Vec<Vec<Span>> {
    sentences::sentences(text, "en").into_iter().map(|span| tokens(text, span)).collect()
}

/// The trees over the words of a document's sentences, given as spans of its text. A sentence of more than [`LONGEST`]
/// words comes back as several.
#[must_use]
pub fn read_words<'m>(model: &'m Model, text: &str, sentences: &[Vec<Span>]) -> Vec<Sentence<'m>> {
    let mut sentences = trees_of_words(model, text, sentences);
    find_names(model, text, &mut sentences);
    sentences
}

/// Finds the names in the sentences of a document that have their trees.
pub fn find_names(model: &Model, text: &str, sentences: &mut [Sentence<'_>]) {
    entities::mark(&model.names, text, sentences);
}

/// The same without names.
#[must_use]
pub fn trees_of_words<'m>(model: &'m Model, text: &str, sentences: &[Vec<Span>]) -> Vec<Sentence<'m>> {
    let pieces: Vec<&[Span]> = sentences.iter().flat_map(|words| words.chunks(LONGEST)).collect();
    // Sentences of like length are read side by side.
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(pieces[*at].len()));
    let mut trees: Vec<Option<Sentence<'m>>> = vec![None; pieces.len()];
    let mut known = Known::default();
    for together in order.chunks(TOGETHER) {
        let words: Vec<&[Span]> = together.iter().map(|at| pieces[*at]).collect();
        for (at, tree) in together.iter().zip(trees_together(model, text, &words, &mut known)) {
            trees[*at] = Some(tree);
        }
    }
    trees.into_iter().flatten().collect()
}

/// What the words of a text are to the first layer, for when they come again.
#[derive(Default)]
struct Known<'t> {
    places: HashMap<(&'t str, features::Case, bool), usize>,
    x: Vec<i16>,
    found: Vec<u32>,
    rows: Vec<u32>,
}

impl<'t> Known<'t> {
    /// Adds what a word is to the first layer to `into`.
    fn add(&mut self, model: &Model, word: (&'t str, features::Case, bool), into: &mut Vec<i16>) {
        let start = *self.places.entry(word).or_insert_with(|| {
            features::features(word.0, word.1, word.2, &mut self.found);
            self.rows.clear();
            model.rows(&self.found, &mut self.rows);
            model.embed(&self.rows, &mut self.x);
            self.x.len() - model.width()
        });
        into.extend_from_slice(&self.x[start..start + model.width()]);
    }
}

/// The trees of some sentences, the longest first.
fn trees_together<'m, 't>(
    model: &'m Model,
    text: &'t str,
    sentences: &[&[Span]],
    known: &mut Known<'t>,
) -> Vec<Sentence<'m>> {
    let mut x = Vec::new();
    for words in sentences {
        let case = features::case(words.iter().map(|word| word.of(text)));
        for (at, word) in words.iter().enumerate() {
            known.add(model, (word.of(text), case, at == 0), &mut x);
        }
    }
    let lengths: Vec<usize> = sentences.iter().map(|words| words.len()).collect();
    let readings = model.read(&x, &lengths);
    sentences.iter().zip(readings).map(|(words, reading)| tree(model, text, words, reading)).collect()
}

fn tree<'m>(model: &'m Model, text: &str, words: &[Span], reading: model::Reading) -> Sentence<'m> {
    let found = reading.tags.iter().zip(reading.heads).zip(reading.relations);
    let word = |(span, ((tag, head), relation)): (&Span, ((&usize, usize), Relation))| {
        let (class, features) = model.tag(*tag);
        let (head, relation) = match head.checked_sub(1) {
            Some(head) if relation == Relation::Root => (Some(head), Relation::Dep),
            Some(head) => (Some(head), relation),
            None => (None, Relation::Root),
        };
        Word { span: *span, class, features, lemma: model.lemma(span.of(text), *tag), head, relation }
    };
    Sentence { words: words.iter().zip(found).map(word).collect(), entities: Vec::new() }
}
