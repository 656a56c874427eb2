//! A sentence's tree downwards: what hangs on each word, and how far it reaches.

use crate::grammar::{Relation, Sentence};

/// The children of each word and the first and last word below it.
pub(super) struct Tree {
    pub(super) children: Vec<Vec<usize>>,
    pub(super) spans: Vec<(usize, usize)>,
}

impl Tree {
    /// Takes any heads: what points outside or runs in a circle only has no span of its own.
    pub(super) fn new(sentence: &Sentence<'_>) -> Self {
        let words = &sentence.words;
        let mut children = vec![Vec::new(); words.len()];
        for (at, word) in words.iter().enumerate() {
            if let Some(below) = word.head.and_then(|head| children.get_mut(head)) {
                below.push(at);
            }
        }
        let mut spans: Vec<(usize, usize)> = (0..words.len()).map(|at| (at, at)).collect();
        let mut waiting: Vec<usize> = children.iter().map(Vec::len).collect();
        let mut ready: Vec<usize> = (0..words.len()).filter(|at| waiting[*at] == 0).collect();
        while let Some(at) = ready.pop() {
            let Some(head) = words[at].head.filter(|head| *head < words.len()) else { continue };
            spans[head] = (spans[head].0.min(spans[at].0), spans[head].1.max(spans[at].1));
            waiting[head] -= 1;
            if waiting[head] == 0 {
                ready.push(head);
            }
        }
        Self { children, spans }
    }

    /// The children that hang by a relation.
    pub(super) fn by<'t>(
        &'t self,
        sentence: &'t Sentence<'_>,
        at: usize,
        relation: Relation,
    ) -> impl Iterator<Item = usize> + 't {
        let below = self.children.get(at).map_or(&[][..], Vec::as_slice);
        below.iter().copied().filter(move |child| sentence.words[*child].relation == relation)
    }
}
