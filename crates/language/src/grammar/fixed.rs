//! Layers in whole numbers, so that a sentence gets the same tree on every machine.
//!
//! Weights and what flows between layers are 16-bit with [`FRACTION`] binary places; sums are 32-bit and wrap, which a
//! model made by training never does and a hostile one may.

use wide::{i16x8, i32x4};

use super::bytes::Bytes;
use super::model::Flaw;

/// Binary places of weights and of what flows between layers.
pub const FRACTION: u32 = 12;
/// Binary places of hidden layers, whose values have no bound: they may be large and need not be fine.
pub(super) const HIDDEN: u32 = 8;
/// Binary places of gates and memory inside a recurrent layer.
pub const GATE: u32 = 14;
/// Places in the tables of the gates' curves, from -8 to 8.
pub const CURVE: usize = 4096;
/// Outputs that are calculated side by side.
const BLOCK: usize = 16;

/// Weights in the order in which they are used: for each four outputs and each two inputs, the two weights of each of
/// the four. Products of pairs are then summed without moving anything across.
pub(super) struct Weights {
    lanes: Vec<i16x8>,
    inputs: usize,
}

impl Weights {
    /// From a row for each output; what is missing to a full block is zero.
    fn new(rows: &[i16], inputs: usize) -> Self {
        let outputs = (rows.len() / inputs).next_multiple_of(BLOCK);
        let weight = |output: usize, input: usize| rows.get(output * inputs + input).copied().unwrap_or(0);
        let lanes = (0..outputs / 4).flat_map(|four| {
            (0..inputs / 2).map(move |pair| {
                let of = |lane: usize| weight(four * 4 + lane / 2, pair * 2 + lane % 2);
                i16x8::new(std::array::from_fn(of))
            })
        });
        Self { lanes: lanes.collect(), inputs }
    }

    /// Adds the sums of the outputs from `from`, where a block begins, to `into`.
    fn add(&self, x: &[i16x8], from: usize, into: &mut [i32]) {
        let pairs = self.inputs / 2;
        let x = &x[..pairs];
        let blocks = self.lanes[from / 4 * pairs..].chunks_exact(BLOCK / 4 * pairs);
        for (block, into) in blocks.zip(into.chunks_mut(BLOCK)) {
            let (a, rest) = block.split_at(pairs);
            let (b, rest) = rest.split_at(pairs);
            let (c, d) = rest.split_at(pairs);
            let d = &d[..pairs];
            let mut sums = [i32x4::ZERO; BLOCK / 4];
            for (at, x) in x.iter().enumerate() {
                sums[0] += a[at].dot(*x);
                sums[1] += b[at].dot(*x);
                sums[2] += c[at].dot(*x);
                sums[3] += d[at].dot(*x);
            }
            for (into, sums) in into.chunks_mut(4).zip(sums) {
                for (into, sum) in into.iter_mut().zip(sums.to_array()) {
                    *into = into.wrapping_add(sum);
                }
            }
        }
    }
}

/// Puts each pair of values four times side by side into `into`, as [`Weights`] wants it.
fn spread(x: &[i16], into: &mut Vec<i16x8>) {
    into.clear();
    into.extend(x.chunks_exact(2).map(|pair| {
        let (a, b) = (pair[0], pair[1]);
        i16x8::new([a, b, a, b, a, b, a, b])
    }));
}

/// An affine layer.
pub(super) struct Layer {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    weights: Weights,
    bias: Vec<i32>,
}

impl Layer {
    pub(super) fn read(bytes: &mut Bytes<'_>, inputs: usize, outputs: usize) -> Result<Self, Flaw> {
        let weights = Weights::new(&bytes.i16s(inputs * outputs)?, inputs);
        Ok(Self { inputs, outputs, weights, bias: bytes.i32s(outputs)? })
    }

    /// The sums of each output for each row of `x`, with twice [`FRACTION`] places.
    pub(super) fn sums(&self, x: &[i16]) -> Vec<i32> {
        self.sums_of(x, 0)
    }

    /// The same for rows of a hidden layer, with [`FRACTION`] and [`HIDDEN`] places.
    pub(super) fn sums_of_hidden(&self, x: &[i16]) -> Vec<i32> {
        self.sums_of(x, FRACTION - HIDDEN)
    }

    fn sums_of(&self, x: &[i16], fewer: u32) -> Vec<i32> {
        let mut spread_x = Vec::with_capacity(self.inputs / 2);
        let mut sums = vec![0; x.len() / self.inputs * self.outputs];
        for (x, sums) in x.chunks_exact(self.inputs).zip(sums.chunks_exact_mut(self.outputs)) {
            spread(x, &mut spread_x);
            sums.iter_mut().zip(&self.bias).for_each(|(sum, bias)| *sum = bias >> fewer);
            self.weights.add(&spread_x, 0, sums);
        }
        sums
    }

    /// The sums for one row of the outputs in `range`.
    pub(super) fn some(&self, x: &[i16], range: std::ops::Range<usize>) -> Vec<i32> {
        let mut spread_x = Vec::with_capacity(self.inputs / 2);
        spread(x, &mut spread_x);
        let from = range.start / BLOCK * BLOCK;
        let mut sums = self.bias[from..range.end].to_vec();
        self.weights.add(&spread_x, from, &mut sums);
        sums.drain(..range.start - from);
        sums
    }
}

/// The inner product of rows whose length is a multiple of eight.
pub(super) fn dot(a: &[i16], b: &[i16]) -> i32 {
    let (a, _) = a.as_chunks::<8>();
    let (b, _) = b.as_chunks::<8>();
    let mut sum = i32x4::ZERO;
    for (a, b) in a.iter().zip(b) {
        sum += i16x8::new(*a).dot(i16x8::new(*b));
    }
    sum.to_array().into_iter().fold(0, i32::wrapping_add)
}

/// Sums of a hidden layer cut down to [`HIDDEN`] places, held within 16 bits.
pub(super) fn hidden(sums: &[i32]) -> Vec<i16> {
    sums.iter().map(|sum| small(sum >> FRACTION)).collect()
}

/// Sums with twice [`FRACTION`] places cut down to [`HIDDEN`] places, nothing below zero.
pub(super) fn rectified(sums: &[i32]) -> Vec<i16> {
    sums.iter().map(|sum| small((sum >> (2 * FRACTION - HIDDEN)).max(0))).collect()
}

fn small(value: i32) -> i16 {
    value.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

/// The curves of the gates, with [`GATE`] places.
pub(super) struct Curves {
    sigmoid: Vec<i16>,
    tanh: Vec<i16>,
}

impl Curves {
    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, Flaw> {
        let curves = Self { sigmoid: bytes.i16s(CURVE)?, tanh: bytes.i16s(CURVE)? };
        let one = 1i16 << GATE;
        let within = curves.sigmoid.iter().all(|y| (0..=one).contains(y))
            && curves.tanh.iter().all(|y| (-one..=one).contains(y));
        if within { Ok(curves) } else { Err(Flaw::Order) }
    }
}

/// The place of a sum in the tables.
fn place(sum: i32) -> usize {
    let half = CURVE as i32 / 2;
    ((sum >> (2 * FRACTION - 8)).clamp(-half, half - 1) + half) as usize
}

/// One direction of a recurrent layer whose input gate is what its memory forgets.
pub(super) struct Recurrent {
    pub(super) input: Layer,
    weights: Weights,
    width: usize,
}

impl Recurrent {
    pub(super) fn read(bytes: &mut Bytes<'_>, inputs: usize, width: usize) -> Result<Self, Flaw> {
        let input = Layer::read(bytes, inputs, 3 * width)?;
        let weights = Weights::new(&bytes.i16s(3 * width * width)?, width);
        Ok(Self { input, weights, width })
    }

    /// Reads words whose input sums are `sums`, in their order or backwards, and writes what it says of each into
    /// `into`, a row of `row` a word, from `column` on.
    pub(super) fn read_words(
        &self,
        curves: &Curves,
        sums: &[i32],
        backwards: bool,
        into: &mut [i16],
        (row, column): (usize, usize),
    ) {
        let width = self.width;
        let words = sums.len() / (3 * width);
        let (mut memory, mut past, mut gates) = (vec![0i32; width], vec![0i16; width], vec![0i32; 3 * width]);
        let mut spread_past = Vec::with_capacity(width / 2);
        for step in 0..words {
            let word = if backwards { words - 1 - step } else { step };
            let sums = &sums[word * 3 * width..(word + 1) * 3 * width];
            gates.copy_from_slice(sums);
            spread(&past, &mut spread_past);
            self.weights.add(&spread_past, 0, &mut gates);
            let (input, rest) = gates.split_at(width);
            let (output, new) = rest.split_at(width);
            for j in 0..width {
                let open = i32::from(curves.sigmoid[place(input[j])]);
                let new = i32::from(curves.tanh[place(new[j])]);
                // The memory stays between its past and the new value, so this never leaves 32 bits.
                memory[j] += (open * (new - memory[j])) >> GATE;
                let said = i32::from(curves.sigmoid[place(output[j])]) * memory[j];
                past[j] = (said >> (2 * GATE - FRACTION)) as i16;
            }
            into[word * row + column..word * row + column + width].copy_from_slice(&past);
        }
    }
}
