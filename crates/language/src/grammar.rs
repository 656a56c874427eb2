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
mod reading;
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

use reading::{Form, Reader, Reading};

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

/// The words of each sentence of an English text.
#[must_use]
pub fn words(text: &str) -> Vec<Vec<Span>> {
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
    trees_of_texts(model, &[(text, sentences)]).into_iter().flatten().collect()
}

/// The trees over the words of several documents, which are read together: sooner than one after another.
#[must_use]
pub fn trees_of_texts<'m>(model: &'m Model, texts: &[(&str, &[Vec<Span>])]) -> Vec<Vec<Sentence<'m>>> {
    let pieces: Vec<(usize, &[Span])> = texts
        .iter()
        .enumerate()
        .flat_map(|(text, (_, sentences))| sentences.iter().map(move |words| (text, words)))
        .flat_map(|(text, words)| words.chunks(LONGEST).map(move |words| (text, words)))
        .collect();
    // Sentences of like length are read side by side.
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(pieces[*at].1.len()));
    let mut trees: Vec<Sentence<'m>> = vec![Sentence::default(); pieces.len()];
    let mut reader = Reader::new(model, pieces.iter().map(|(_, words)| words.len()).sum());
    for together in order.chunks(TOGETHER) {
        let pieces = || together.iter().map(|at| (texts[pieces[*at].0].0, pieces[*at].1));
        let forms: Vec<Form<'_>> = pieces().flat_map(|(text, words)| forms(text, words)).collect();
        let lengths: Vec<usize> = pieces().map(|(_, words)| words.len()).collect();
        let reading = reader.read(&forms, &lengths);
        let mut start = 0;
        for (at, (text, words)) in together.iter().zip(pieces()) {
            trees[*at] = tree(model, text, words, &reading, start);
            start += words.len();
        }
    }
    let mut trees = trees.into_iter();
    let mut of_text = vec![0; texts.len()];
    pieces.iter().for_each(|(text, _)| of_text[*text] += 1);
    of_text.into_iter().map(|count| trees.by_ref().take(count).collect()).collect()
}

/// The words of a sentence as they are read.
fn forms<'t>(text: &'t str, words: &'t [Span]) -> impl Iterator<Item = Form<'t>> {
    let case = features::case(words.iter().map(|word| word.of(text)));
    words.iter().enumerate().map(move |(at, word)| (word.of(text), case, at == 0))
}

/// The tree of a sentence whose words were read from `start` on.
fn tree<'m>(model: &'m Model, text: &str, words: &[Span], reading: &Reading, start: usize) -> Sentence<'m> {
    let word = |(at, span): (usize, &Span)| {
        let (tag, head, relation) = (reading.tags[at], reading.heads[at], reading.relations[at]);
        let (class, features) = model.tag(tag);
        let (head, relation) = match head.checked_sub(1) {
            Some(head) if relation == Relation::Root => (Some(head), Relation::Dep),
            Some(head) => (Some(head), relation),
            None => (None, Relation::Root),
        };
        Word { span: *span, class, features, lemma: model.lemma(span.of(text), tag), head, relation }
    };
    Sentence { words: (start..).zip(words).map(word).collect(), entities: Vec::new() }
}
