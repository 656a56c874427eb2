//! Which words are what, and what depends on what: tokens, tags, lemmas, trees and named spans of English.
//!
//! A model that was trained in this repository (`cargo xtask train`) reads one sentence at a time; it calculates in
//! whole numbers, so that a text has the same trees on every machine. It knows English only.

mod bytes;
mod clues;
mod entities;
pub mod features;
mod fixed;
mod labels;
pub mod lemmas;
pub mod lexicon;
mod model;
#[cfg(test)]
mod tests;
mod tokens;
pub mod tree;

pub use bytes::checksum;
pub use clues::{Candidate, candidates, clues};
pub use entities::Entity;
pub use fixed::{CURVE, FRACTION, GATE};
pub use labels::{Class, Kind, Relation};
pub use model::{Flaw, MAGIC, Model, VERSION};
pub use tokens::tokens;

use crate::{Span, sentences};

/// Words that are read together; a longer sentence is read as several, so that no text takes long.
pub const LONGEST: usize = 160;

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
    let sentences: Vec<Vec<Span>> =
        sentences::sentences(text, "en").into_iter().map(|span| tokens(text, span)).collect();
    read_words(model, text, &sentences)
}

/// The trees over the words of a document's sentences, given as spans of its text. A sentence of more than [`LONGEST`]
/// words comes back as several.
#[must_use]
pub fn read_words<'m>(model: &'m Model, text: &str, sentences: &[Vec<Span>]) -> Vec<Sentence<'m>> {
    let pieces = sentences.iter().flat_map(|words| words.chunks(LONGEST));
    let mut sentences: Vec<_> = pieces.map(|words| tree_of(model, text, words)).collect();
    entities::mark(&model.names, text, &mut sentences);
    sentences
}

fn tree_of<'m>(model: &'m Model, text: &str, words: &[Span]) -> Sentence<'m> {
    let case = features::case(words.iter().map(|word| word.of(text)));
    let (mut found, mut rows, mut x) = (Vec::new(), Vec::new(), Vec::new());
    for (at, word) in words.iter().enumerate() {
        features::features(word.of(text), case, at == 0, &mut found);
        rows.clear();
        model.rows(&found, &mut rows);
        model.embed(&rows, &mut x);
    }
    let reading = model.read(&x);
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
