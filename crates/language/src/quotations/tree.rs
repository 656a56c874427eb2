//! A sentence's tree, walked downwards.

use super::verbs;
use crate::grammar::{Class, Relation, Sentence, Word};

/// A sentence with the head and the dependents of each word.
pub(super) struct Tree<'s> {
    /// Its words.
    pub(super) words: &'s [Word<'s>],
    heads: Vec<Option<usize>>,
    dependents: Vec<Vec<usize>>,
}

impl<'s> Tree<'s> {
    pub(super) fn new(sentence: &'s Sentence<'s>) -> Self {
        let words = &sentence.words[..];
        let heads = words.iter().map(|word| word.head.filter(|head| *head < words.len())).collect();
        let mut tree = Self { words, heads, dependents: Vec::new() };
        tree.hang();
        for at in 0..words.len() {
            if let Some(head) = tree.parted(at) {
                tree.heads[at] = Some(head);
            }
        }
        tree.hang();
        tree
    }

    fn hang(&mut self) {
        self.dependents = vec![Vec::new(); self.words.len()];
        for (at, head) in self.heads.iter().enumerate() {
            if let Some(head) = head {
                self.dependents[*head].push(at);
            }
        }
    }

    /// Where a verb belongs that was joined to what somebody says, though it goes on with who says it:
    /// `Lind said that it was safe and added that …`, `Lind, who said it was safe, left`.
    fn parted(&self, at: usize) -> Option<usize> {
        let clause = self.head(at).filter(|_| self.words[at].relation == Relation::Conj)?;
        let verb = self.head(clause).filter(|_| self.words[clause].relation == Relation::Ccomp)?;
        let goes_on = self.dependent(at, &[Relation::Nsubj, Relation::NsubjPass, Relation::Mark]).is_none();
        let says = |word: usize| {
            self.words[word].class == Class::Verb && verbs::class(&self.words[word].lemma) == Some("say")
        };
        let and = self.dependent(at, &[Relation::Cc]).is_some();
        if !goes_on || !says(verb) {
            return None;
        }
        if and && says(at) && !says(clause) && self.dependent(at, &[Relation::Ccomp]).is_some() {
            return Some(verb);
        }
        let behind_comma = at.checked_sub(1).is_some_and(|before| self.is_punctuation(before));
        let is_relative = self.words[verb].relation == Relation::AclRelcl;
        self.head(verb).filter(|_| is_relative && behind_comma && !and)
    }

    /// What a word hangs on.
    pub(super) fn head(&self, at: usize) -> Option<usize> {
        self.heads[at]
    }

    /// What hangs on a word, in order.
    pub(super) fn dependents(&self, at: usize) -> &[usize] {
        &self.dependents[at]
    }

    /// The first dependent with one of these relations.
    pub(super) fn dependent(&self, at: usize, relations: &[Relation]) -> Option<usize> {
        self.dependents[at].iter().copied().find(|child| relations.contains(&self.words[*child].relation))
    }

    /// Which words a word has below it, itself included, without what is below `without`.
    pub(super) fn below(&self, at: usize, without: &[usize]) -> Vec<bool> {
        let mut inside = vec![false; self.words.len()];
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            if inside[at] || without.contains(&at) {
                continue;
            }
            inside[at] = true;
            open.extend(&self.dependents[at]);
        }
        inside
    }

    /// The words before which a clause or phrase opens: its conjunction, preposition or `to`.
    pub(super) fn marker(&self, at: usize) -> Option<&str> {
        self.dependent(at, &[Relation::Mark, Relation::Case])
            .filter(|mark| *mark < at)
            .map(|mark| self.words[mark].lemma.as_str())
    }

    pub(super) fn is_punctuation(&self, at: usize) -> bool {
        self.words[at].class == Class::Punct
    }
}
