//! A sentence laid out for finding names: its words in small letters, what hangs on each, and how it is written.

use super::features::{Case, case};
use super::labels::{Class, Relation};
use super::{Sentence, Word};

/// A sentence and what is asked of it often.
pub struct Frame<'a, 'm> {
    /// The text of the sentence.
    pub(super) text: &'a str,
    /// Its words.
    pub(super) words: &'a [Word<'m>],
    /// The words in small letters.
    pub(super) small: Vec<String>,
    /// The first and the last word of what hangs on each word.
    pub(super) reach: Vec<(usize, usize)>,
    /// The words that hang on each word, in order.
    pub(super) children: Vec<Vec<usize>>,
    /// Whether capitals begin names.
    running: bool,
}

impl<'a, 'm> Frame<'a, 'm> {
    /// Lays out a sentence of a text.
    #[must_use]
    pub fn new(text: &'a str, sentence: &'a Sentence<'m>) -> Self {
        let words = sentence.words.as_slice();
        let mut children = vec![Vec::new(); words.len()];
        for (at, word) in words.iter().enumerate() {
            if let Some(of_head) = word.head.and_then(|head| children.get_mut(head)) {
                of_head.push(at);
            }
        }
        Self {
            text,
            words,
            small: words.iter().map(|word| word.span.of(text).to_lowercase()).collect(),
            reach: reach(words),
            children,
            running: case(words.iter().map(|word| word.span.of(text))) == Case::Running,
        }
    }

    /// The words on which a name may hang: proper nouns, and other words that are written as names.
    #[must_use]
    pub fn heads(&self) -> Vec<usize> {
        (0..self.words.len()).filter(|at| self.may_head(*at)).collect()
    }

    /// The word on which another hangs.
    #[must_use]
    pub fn head(&self, at: usize) -> Option<usize> {
        self.words[at].head
    }

    fn may_head(&self, at: usize) -> bool {
        let word = &self.words[at];
        if matches!(word.relation, Relation::Flat | Relation::Goeswith | Relation::Fixed) {
            return false;
        }
        match word.class {
            Class::Propn => true,
            Class::Punct | Class::Num | Class::Sym | Class::Det | Class::Cconj | Class::Adv => false,
            Class::Noun | Class::X => self.running && (self.acronym(at) || at > 0 && self.capital(at)),
            _ => self.running && self.acronym(at) && self.form(at).len() > 2,
        }
    }

    /// How a word is written.
    pub(super) fn form(&self, at: usize) -> &'a str {
        self.words[at].span.of(self.text)
    }

    /// Whether a word begins with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.form(at).starts_with(char::is_uppercase)
    }

    /// Whether a word is all capitals, two or more.
    fn acronym(&self, at: usize) -> bool {
        let form = self.form(at);
        form.chars().nth(1).is_some() && form.chars().all(char::is_uppercase)
    }

    /// The preposition of a word, or nothing.
    pub(super) fn preposition(&self, at: usize) -> &str {
        let case = self.children[at].iter().find(|child| self.words[**child].relation == Relation::Case);
        case.map_or("", |case| self.words[*case].lemma.as_str())
    }
}

/// The first and the last word of what hangs on each word.
fn reach(words: &[Word<'_>]) -> Vec<(usize, usize)> {
    let mut reach: Vec<(usize, usize)> = (0..words.len()).map(|at| (at, at)).collect();
    let mut waiting = vec![0usize; words.len()];
    for head in words.iter().filter_map(|word| word.head) {
        waiting[head] += 1;
    }
    let mut ready: Vec<usize> = (0..words.len()).filter(|at| waiting[*at] == 0).collect();
    while let Some(at) = ready.pop() {
        let Some(head) = words[at].head else { continue };
        reach[head] = (reach[head].0.min(reach[at].0), reach[head].1.max(reach[at].1));
        waiting[head] -= 1;
        if waiting[head] == 0 {
            ready.push(head);
        }
    }
    reach
}
