//! What a model says of sentences that are read side by side.

use std::collections::HashMap;
use std::ops::Range;

use super::features::{self, Case};
use super::fixed::{Recurrent, hidden, rectified, sized};
use super::labels::{Class, Relation};
use super::model::Model;
use super::product::{BLOCK, dots};
use super::tree;

/// Words that are known before all are forgotten; each takes two or three KiB.
const KNOWN: usize = 4096;

/// A word as the first layer sees it: how it is written, how its sentence is, whether it is the first one.
pub(super) type Form<'t> = (&'t str, Case, bool);

/// What a model says of words, one sentence behind the other.
pub(super) struct Reading {
    pub(super) tags: Vec<usize>,
    /// Counted from 1 in each sentence, 0 for the root.
    pub(super) heads: Vec<usize>,
    pub(super) relations: Vec<Relation>,
}

/// Reads sentences by a model.
pub(super) struct Reader<'m, 't> {
    model: &'m Model,
    /// Which row of the sums is a word's.
    known: HashMap<Form<'t>, usize>,
    /// What known words give to the gates of the first layer, forwards and backwards.
    sums: [Vec<i32>; 2],
    /// What the layers say.
    one: Vec<i16>,
    two: Vec<i16>,
    room: Room,
}

/// Room in which to calculate, kept from sentence to sentence.
#[derive(Default)]
struct Room {
    found: Vec<u32>,
    rows: Vec<u32>,
    x: Vec<i16>,
    sums: Vec<i32>,
    others: Vec<i32>,
    cut: Vec<i16>,
    turned: Vec<i16>,
    heads: Vec<i16>,
}

impl<'m, 't> Reader<'m, 't> {
    /// A reader of so many words.
    pub(super) fn new(model: &'m Model, words: usize) -> Self {
        let sums = || Vec::with_capacity(words.min(KNOWN) * 3 * model.first_width);
        let (one, two) = (Vec::new(), Vec::new());
        Self { model, known: HashMap::new(), sums: [sums(), sums()], one, two, room: Room::default() }
    }

    /// Reads sentences of as many words as `lengths` says, the longest first, one behind the other in `words`.
    pub(super) fn read(&mut self, words: &[Form<'t>], lengths: &[usize]) -> Reading {
        let model = self.model;
        let rows = self.rows(words);
        let [forwards, backwards] = [&self.sums[0], &self.sums[1]].map(Vec::as_slice);
        let one = sized(&mut self.one, words.len() * 2 * model.first_width);
        model.recur(&model.first[0], (forwards, &rows), lengths, false, one);
        model.recur(&model.first[1], (backwards, &rows), lengths, true, one);
        let rows: Vec<usize> = (0..words.len()).collect();
        let two = sized(&mut self.two, words.len() * 2 * model.second_width);
        for (layer, backwards) in model.second.iter().zip([false, true]) {
            let sums = layer.input.sums(one, &mut self.room.sums);
            model.recur(layer, (sums, &rows), lengths, backwards, two);
        }
        let tags = model.tags_of(one, &mut self.room);
        let heads = model.heads_of(two, lengths, &mut self.room);
        let relations = model.relations_of(two, &heads, lengths, &mut self.room);
        Reading { tags, heads, relations }
    }

    /// The row of the first layer's sums for each word; those of new words are calculated.
    fn rows(&mut self, words: &[Form<'t>]) -> Vec<usize> {
        if self.known.len() + words.len() > KNOWN {
            self.known.clear();
            self.sums.iter_mut().for_each(Vec::clear);
        }
        let (model, room) = (self.model, &mut self.room);
        room.x.clear();
        let before = self.known.len();
        let mut rows = Vec::with_capacity(words.len());
        for word in words {
            let next = self.known.len();
            rows.push(*self.known.entry(*word).or_insert_with(|| {
                features::features(word.0, word.1, word.2, &mut room.found);
                room.rows.clear();
                model.rows(&room.found, &mut room.rows);
                model.embed(&room.rows, &mut room.x);
                next
            }));
        }
        if self.known.len() > before {
            for (sums, layer) in self.sums.iter_mut().zip(&model.first) {
                sums.extend_from_slice(layer.input.sums(&room.x, &mut room.sums));
            }
        }
        rows
    }
}

impl Model {
    /// What one direction of a recurrent layer says of the words, put into its half of each row of `out`.
    fn recur(
        &self,
        layer: &Recurrent,
        sums: (&[i32], &[usize]),
        lengths: &[usize],
        backwards: bool,
        out: &mut [i16],
    ) {
        let width = layer.width();
        let place = (2 * width, if backwards { width } else { 0 });
        layer.read_sentences(&self.curves, sums, lengths, backwards, out, place);
    }

    /// The tag of each word: the best one of the best class.
    fn tags_of(&self, one: &[i16], room: &mut Room) -> Vec<usize> {
        let width = 2 * self.first_width;
        // A class without tags can't win.
        let known = || (0..self.ranges.len()).filter(|class| !self.ranges[*class].is_empty());
        let mut of_class = vec![Vec::new(); Class::ALL.len()];
        let sums = self.class_layer.sums(one, &mut room.sums);
        for (word, classes) in sums.chunks_exact(Class::ALL.len()).enumerate() {
            let class = known().max_by_key(|class| (classes[*class], std::cmp::Reverse(*class))).unwrap_or(0);
            of_class[class].push(word);
        }
        let mut tags = vec![0; one.len() / width];
        for (words, range) in of_class.iter().zip(&self.ranges).filter(|(words, _)| !words.is_empty()) {
            // Most marks and small words have but one.
            if range.len() == 1 {
                words.iter().for_each(|word| tags[*word] = range.start);
                continue;
            }
            room.x.clear();
            words.iter().for_each(|word| room.x.extend_from_slice(&one[word * width..(word + 1) * width]));
            let from = range.start / BLOCK * BLOCK;
            let sums = self.tag_layer.some(&room.x, from..range.end, &mut room.sums);
            for (word, sums) in words.iter().zip(sums.chunks_exact(range.end - from)) {
                tags[*word] = range.start + best(&sums[range.start - from..]);
            }
        }
        tags
    }

    fn heads_of(&self, two: &[i16], lengths: &[usize], room: &mut Room) -> Vec<usize> {
        let Room { sums, others, cut, turned, heads, .. } = room;
        let heads = rectified(self.arc_head.sums(two, sums), heads);
        let words = rectified(self.arc_word.sums(two, sums), cut);
        let turned = hidden(self.arc.sums(words, sums), turned);
        let width = self.arc.outputs;
        let mut found = Vec::with_capacity(two.len() / self.arc_head.inputs);
        for words in ranges(lengths) {
            let values = words.start * width..words.end * width;
            let scores = sized(others, words.len() * (words.len() + 1));
            let scores = dots(&turned[values.clone()], (&self.root.0, &heads[values]), scores);
            found.extend(tree::heads(scores, words.len()));
        }
        found
    }

    fn relations_of(
        &self,
        two: &[i16],
        heads: &[usize],
        lengths: &[usize],
        room: &mut Room,
    ) -> Vec<Relation> {
        let width = self.relation.inputs;
        let of_heads = self.relation_head.sums(two, &mut room.others);
        self.relation_word.sums(two, &mut room.sums);
        for words in ranges(lengths) {
            for word in words.clone() {
                let of_head = match heads[word].checked_sub(1) {
                    Some(head) => &of_heads[(words.start + head) * width..][..width],
                    None => &self.root.1,
                };
                let both = &mut room.sums[word * width..(word + 1) * width];
                both.iter_mut().zip(of_head).for_each(|(both, of_head)| *both = both.wrapping_add(*of_head));
            }
        }
        let both = rectified(&room.sums[..heads.len() * width], &mut room.cut);
        let scores = self.relation.sums(both, &mut room.sums);
        scores.chunks_exact(self.relation.outputs).map(|scores| self.relations[best(scores)]).collect()
    }
}

/// Where the words of each sentence stand.
fn ranges(lengths: &[usize]) -> impl Iterator<Item = Range<usize>> {
    lengths.iter().scan(0, |end, length| {
        *end += length;
        Some(*end - length..*end)
    })
}

/// The first of the greatest.
fn best(scores: &[i32]) -> usize {
    let mut best = 0;
    for (at, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = at;
        }
    }
    best
}
