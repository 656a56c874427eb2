//! The network: features of words, two recurrent layers, and what is read off them.
//!
//! Tags are read off the first layer; heads and relations off the second. An arc's score is bilinear in what
//! the word and the head look like (Dozat and Manning 2017); its relation is read off both together.

use super::lstm::{Lstm, Trace};
use super::matrix::{Param, axpy, cross_entropy, product, product_by_transposed, transposed_product};
use super::random::Random;
use super::vocabulary::{Example, Vocabulary};

/// Widths of the layers.
pub(crate) struct Sizes {
    pub(crate) word: usize,
    pub(crate) first: usize,
    pub(crate) second: usize,
    pub(crate) arc: usize,
    pub(crate) relation: usize,
}

/// As wide as speed allows: a recurrent layer costs most.
pub(crate) const SIZES: Sizes = Sizes { word: 96, first: 96, second: 96, arc: 64, relation: 64 };

/// An affine layer.
pub(crate) struct Layer {
    pub(crate) weight: Param,
    pub(crate) bias: Param,
}

impl Layer {
    fn new(inputs: usize, outputs: usize, random: &mut Random) -> Self {
        Self { weight: Param::glorot(inputs, outputs, random), bias: Param::zeros(1, outputs) }
    }

    fn forward(&self, x: &[f32]) -> Vec<f32> {
        let n = x.len() / self.weight.rows;
        let mut y: Vec<f32> = (0..n).flat_map(|_| self.bias.value.iter().copied()).collect();
        product(x, self.weight.rows, &self.weight.value, self.weight.cols, &mut y);
        y
    }

    fn backward(&mut self, x: &[f32], dy: &[f32], dx: &mut [f32]) {
        let (k, m) = (self.weight.rows, self.weight.cols);
        transposed_product(x, k, dy, m, &mut self.weight.grad);
        for dy in dy.chunks_exact(m) {
            axpy(1.0, dy, &mut self.bias.grad);
        }
        product_by_transposed(dy, m, &self.weight.value, k, dx);
    }
}

pub(crate) struct Network {
    pub(crate) words: Param,
    pub(crate) first: [Lstm; 2],
    pub(crate) second: [Lstm; 2],
    pub(crate) classes: Layer,
    pub(crate) tags: Layer,
    /// What stands for the root among the words.
    pub(crate) root: Param,
    pub(crate) arc_head: Layer,
    pub(crate) arc_word: Layer,
    pub(crate) arc: Layer,
    pub(crate) relation_head: Layer,
    pub(crate) relation_word: Layer,
    pub(crate) relation: Layer,
}

/// What the network says of a sentence.
pub(crate) struct Scores {
    pub(crate) classes: Vec<f32>,
    pub(crate) tags: Vec<f32>,
    pub(crate) arcs: Vec<f32>,
    relation_head: Vec<f32>,
    relation_word: Vec<f32>,
}

/// Shares left out while training.
pub(crate) struct Drop {
    pub(crate) word: f32,
    pub(crate) input: f32,
    pub(crate) layer: f32,
    pub(crate) hidden: f32,
}

impl Drop {
    /// A rare word is often left out (as in Kiperwasser and Goldberg 2016), the rest at shares that were tried.
    pub(crate) const USUAL: Self = Self { word: 0.25, input: 0.2, layer: 0.3, hidden: 0.3 };
}

impl Network {
    pub(crate) fn new(sizes: &Sizes, known: &Vocabulary, random: &mut Random) -> Self {
        let (first, second) = (2 * sizes.first, 2 * sizes.second);
        Self {
            words: Param::uniform(known.counts.len(), sizes.word, 0.15, random),
            first: [false, true].map(|back| Lstm::new(sizes.word, sizes.first, back, random)),
            second: [false, true].map(|back| Lstm::new(first, sizes.second, back, random)),
            classes: Layer::new(first, known.classes.len(), random),
            tags: Layer::new(first, known.tags.len(), random),
            root: Param::uniform(1, second, 0.5, random),
            arc_head: Layer::new(second, sizes.arc, random),
            arc_word: Layer::new(second, sizes.arc, random),
            arc: Layer::new(sizes.arc, sizes.arc, random),
            relation_head: Layer::new(second, sizes.relation, random),
            relation_word: Layer::new(second, sizes.relation, random),
            relation: Layer::new(sizes.relation, known.relations.len(), random),
        }
    }

    /// All but the table of features, of which a step touches a few rows only.
    pub(crate) fn dense(&mut self) -> Vec<&mut Param> {
        let mut params = Vec::new();
        for lstm in self.first.iter_mut().chain(&mut self.second) {
            params.extend(lstm.params());
        }
        params.push(&mut self.root);
        let layers = [
            &mut self.classes,
            &mut self.tags,
            &mut self.arc_head,
            &mut self.arc_word,
            &mut self.arc,
            &mut self.relation_head,
            &mut self.relation_word,
            &mut self.relation,
        ];
        for layer in layers {
            params.extend([&mut layer.weight, &mut layer.bias]);
        }
        params
    }

    fn embed(&self, rows: &[Vec<u32>]) -> Vec<f32> {
        let d = self.words.cols;
        let mut x = vec![0.0; rows.len() * d];
        for (rows, x) in rows.iter().zip(x.chunks_exact_mut(d)) {
            for row in rows {
                axpy(1.0, self.words.row(*row as usize), x);
            }
        }
        x
    }

    /// Scores of a sentence as it is read.
    pub(crate) fn read(&self, rows: &[Vec<u32>]) -> Scores {
        let x = self.embed(rows);
        let h1 = joined(&self.first.each_ref().map(|lstm| lstm.forward(&x)), rows.len());
        let h2 = joined(&self.second.each_ref().map(|lstm| lstm.forward(&h1)), rows.len());
        let rooted = [self.root.value.as_slice(), &h2].concat();
        let heads = relu(self.arc_head.forward(&rooted));
        let words = self.arc.forward(&relu(self.arc_word.forward(&h2)));
        let mut arcs = vec![0.0; rows.len() * (rows.len() + 1)];
        product_by_transposed(&words, self.arc.weight.cols, &heads, rows.len() + 1, &mut arcs);
        Scores {
            classes: self.classes.forward(&h1),
            tags: self.tags.forward(&h1),
            arcs,
            relation_head: self.relation_head.forward(&rooted),
            relation_word: self.relation_word.forward(&h2),
        }
    }

    /// Scores of the relations between a word, from 0, and its head, from 1.
    pub(crate) fn relations(&self, scores: &Scores, word: usize, head: usize) -> Vec<f32> {
        let r = self.relation.weight.rows;
        let mut z = scores.relation_word[word * r..(word + 1) * r].to_vec();
        axpy(1.0, &scores.relation_head[head * r..(head + 1) * r], &mut z);
        self.relation.forward(&relu(z))
    }

    /// Adds the gradient of one sentence; gives the loss and the rows that it touched.
    pub(crate) fn learn(
        &mut self,
        example: &Example,
        known: &Vocabulary,
        drop: &Drop,
        random: &mut Random,
    ) -> (f32, Vec<Vec<u32>>) {
        let n = example.rows.len();
        let mut rows = example.rows.clone();
        for rows in &mut rows {
            let seen = known.counts[rows[0] as usize] as f32;
            if random.unit() < drop.word / (drop.word + seen) {
                rows[0] = 0;
            }
        }
        // Forward, layer by layer.
        let mut x = self.embed(&rows);
        let x_mask = random.mask(x.len(), drop.input);
        times(&mut x, &x_mask);
        let first = self.first.each_ref().map(|lstm| lstm.forward(&x));
        let mut h1 = joined(&first, n);
        let h1_mask = random.mask(self.tags.weight.rows, drop.layer);
        h1.chunks_exact_mut(h1_mask.len()).for_each(|h| times(h, &h1_mask));
        let second = self.second.each_ref().map(|lstm| lstm.forward(&h1));
        let mut h2 = joined(&second, n);
        let h2_mask = random.mask(self.root.cols, drop.layer);
        h2.chunks_exact_mut(h2_mask.len()).for_each(|h| times(h, &h2_mask));
        // Losses and the way back, from the top.
        let (mut dh1, mut dh2) = (vec![0.0; h1.len()], vec![0.0; (n + 1) * h2_mask.len()]);
        let rooted = [self.root.value.as_slice(), &h2].concat();
        let mut loss = self.learn_arcs(example, &rooted, &mut dh2, drop, random);
        loss += self.learn_relations(example, &rooted, &mut dh2, drop, random);
        let root = h2_mask.len();
        loss += self.learn_tags(example, known, &h1, &mut dh1);
        axpy(1.0, &dh2[..root], &mut self.root.grad);
        let dh2 = &mut dh2[root..];
        dh2.chunks_exact_mut(h2_mask.len()).for_each(|h| times(h, &h2_mask));
        for (lstm, (trace, dout)) in self.second.iter_mut().zip(second.iter().zip(parted(dh2, n))) {
            lstm.backward(&h1, trace, &dout, &mut dh1);
        }
        dh1.chunks_exact_mut(h1_mask.len()).for_each(|h| times(h, &h1_mask));
        let mut dx = vec![0.0; x.len()];
        for (lstm, (trace, dout)) in self.first.iter_mut().zip(first.iter().zip(parted(&dh1, n))) {
            lstm.backward(&x, trace, &dout, &mut dx);
        }
        times(&mut dx, &x_mask);
        let d = self.words.cols;
        for (rows, dx) in rows.iter().zip(dx.chunks_exact(d)) {
            for row in rows {
                axpy(1.0, dx, &mut self.words.grad[*row as usize * d..(*row as usize + 1) * d]);
            }
        }
        (loss, rows)
    }

    /// The class among all, and the tag among those of its class.
    fn learn_tags(&mut self, example: &Example, known: &Vocabulary, h1: &[f32], dh1: &mut [f32]) -> f32 {
        let mut loss = 0.0;
        let mut classes = self.classes.forward(h1);
        for (scores, class) in classes.chunks_exact_mut(known.classes.len()).zip(&example.classes) {
            loss += cross_entropy(scores, *class, 1.0);
        }
        self.classes.backward(h1, &classes, dh1);
        let mut tags = self.tags.forward(h1);
        let gold = example.tags.iter().zip(&example.classes);
        for (scores, (tag, class)) in tags.chunks_exact_mut(known.tags.len()).zip(gold) {
            let range = known.classes[*class].1.clone();
            scores[..range.start].fill(0.0);
            scores[range.end..].fill(0.0);
            match tag {
                Some(tag) => loss += cross_entropy(&mut scores[range.clone()], tag - range.start, 0.7),
                None => scores.fill(0.0),
            }
        }
        self.tags.backward(h1, &tags, dh1);
        loss
    }

    fn learn_arcs(
        &mut self,
        example: &Example,
        rooted: &[f32],
        dh2: &mut [f32],
        drop: &Drop,
        random: &mut Random,
    ) -> f32 {
        let (n, width, a) = (example.heads.len(), self.root.cols, self.arc.weight.cols);
        let (mask_h, mask_w) = (random.mask(a, drop.hidden), random.mask(a, drop.hidden));
        let mut heads = relu(self.arc_head.forward(rooted));
        heads.chunks_exact_mut(a).for_each(|h| times(h, &mask_h));
        let mut words = relu(self.arc_word.forward(&rooted[width..]));
        words.chunks_exact_mut(a).for_each(|h| times(h, &mask_w));
        let turned = self.arc.forward(&words);
        let mut scores = vec![0.0; n * (n + 1)];
        product_by_transposed(&turned, a, &heads, n + 1, &mut scores);
        let mut loss = 0.0;
        for (word, (scores, head)) in scores.chunks_exact_mut(n + 1).zip(&example.heads).enumerate() {
            scores[word + 1] = -1e9;
            loss += cross_entropy(scores, *head, 1.0);
        }
        let (mut dturned, mut dheads) = (vec![0.0; n * a], vec![0.0; (n + 1) * a]);
        product(&scores, n + 1, &heads, a, &mut dturned);
        transposed_product(&scores, n + 1, &turned, a, &mut dheads);
        let mut dwords = vec![0.0; n * a];
        self.arc.backward(&words, &dturned, &mut dwords);
        through(&mut dwords, &words, &mask_w);
        through(&mut dheads, &heads, &mask_h);
        self.arc_word.backward(&rooted[width..], &dwords, &mut dh2[width..]);
        self.arc_head.backward(rooted, &dheads, dh2);
        loss
    }

    fn learn_relations(
        &mut self,
        example: &Example,
        rooted: &[f32],
        dh2: &mut [f32],
        drop: &Drop,
        random: &mut Random,
    ) -> f32 {
        let (n, width, r) = (example.heads.len(), self.root.cols, self.relation.weight.rows);
        let mask = random.mask(r, drop.hidden);
        let of_heads = self.relation_head.forward(rooted);
        let mut z = self.relation_word.forward(&rooted[width..]);
        for (z, head) in z.chunks_exact_mut(r).zip(&example.heads) {
            axpy(1.0, &of_heads[head * r..(head + 1) * r], z);
        }
        let mut z = relu(z);
        z.chunks_exact_mut(r).for_each(|z| times(z, &mask));
        let mut scores = self.relation.forward(&z);
        let mut loss = 0.0;
        let labels = self.relation.weight.cols;
        for (scores, relation) in scores.chunks_exact_mut(labels).zip(&example.relations) {
            match relation {
                Some(relation) => loss += cross_entropy(scores, *relation, 1.0),
                None => scores.fill(0.0),
            }
        }
        let mut dz = vec![0.0; n * r];
        self.relation.backward(&z, &scores, &mut dz);
        through(&mut dz, &z, &mask);
        let mut dheads = vec![0.0; (n + 1) * r];
        for (dz, head) in dz.chunks_exact(r).zip(&example.heads) {
            axpy(1.0, dz, &mut dheads[head * r..(head + 1) * r]);
        }
        self.relation_word.backward(&rooted[width..], &dz, &mut dh2[width..]);
        self.relation_head.backward(rooted, &dheads, dh2);
        loss
    }
}

/// The two directions side by side.
fn joined(traces: &[Trace; 2], n: usize) -> Vec<f32> {
    let width = traces[0].out.len() / n.max(1);
    (0..n)
        .flat_map(|t| {
            traces.iter().flat_map(move |trace| trace.out[t * width..(t + 1) * width].iter().copied())
        })
        .collect()
}

/// What [`joined`] joined.
fn parted(both: &[f32], n: usize) -> [Vec<f32>; 2] {
    let width = both.len() / n.max(1) / 2;
    [0, 1].map(|half| {
        both.chunks_exact(2 * width)
            .flat_map(|row| row[half * width..(half + 1) * width].iter().copied())
            .collect()
    })
}

fn relu(mut x: Vec<f32>) -> Vec<f32> {
    x.iter_mut().for_each(|x| *x = x.max(0.0));
    x
}

fn times(x: &mut [f32], mask: &[f32]) {
    x.iter_mut().zip(mask).for_each(|(x, mask)| *x *= mask);
}

/// The gradient before a rectified and masked layer, given that after it.
fn through(dy: &mut [f32], y: &[f32], mask: &[f32]) {
    for (dy, y) in dy.chunks_exact_mut(mask.len()).zip(y.chunks_exact(mask.len())) {
        for ((dy, y), mask) in dy.iter_mut().zip(y).zip(mask) {
            *dy = if *y > 0.0 { *dy * mask } else { 0.0 };
        }
    }
}
