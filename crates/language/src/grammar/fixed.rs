//! Layers in whole numbers, so that a sentence gets the same tree on every machine.
//!
//! Weights and what flows between layers are 16-bit with [`FRACTION`] binary places; sums are 32-bit and wrap, which a
//! model made by training never does and a hostile one may.

use std::ops::{Range, RangeInclusive};

use super::bytes::Bytes;
use super::model::Flaw;
use super::product::{Start, Weights, Work, cut, widest};

/// Binary places of weights and of what flows between layers.
pub const FRACTION: u32 = 12;
/// Binary places of hidden layers, whose values have no bound: they may be large and need not be fine.
pub(super) const HIDDEN: u32 = 8;
/// Binary places of gates and memory inside a recurrent layer.
pub const GATE: u32 = 14;
/// Places in the tables of the gates' curves, from -8 to 8.
pub const CURVE: usize = 4096;
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

    /// A layer above a hidden one: its sums have [`FRACTION`] and [`HIDDEN`] places.
    pub(super) fn above_hidden(self) -> Self {
        Self { bias: self.bias.iter().map(|bias| bias >> (FRACTION - HIDDEN)).collect(), ..self }
    }

    /// The sums of each output for each row of `x`, with twice [`FRACTION`] places; they are put into `into`, whatever
    /// stood there.
    pub(super) fn sums<'s>(&self, x: &[i16], into: &'s mut Vec<i32>) -> &'s [i32] {
        self.some(x, 0..self.outputs, into)
    }

    /// The same for the outputs in `range`, where a block begins.
    pub(super) fn some<'s>(&self, x: &[i16], range: Range<usize>, into: &'s mut Vec<i32>) -> &'s [i32] {
        let sums = sized(into, x.len() / self.inputs * range.len());
        self.weights.sums(x, range.start, Start::Bias(&self.bias[range.clone()]), sums, range.len());
        sums
    }
}

/// So many values of `buffer`, which grows where it must; whatever stood there.
pub(super) fn sized<T: Copy + Default>(buffer: &mut Vec<T>, size: usize) -> &mut [T] {
    if buffer.len() < size {
        buffer.resize(size, T::default());
    }
    &mut buffer[..size]
}

/// Sums of a hidden layer cut down to [`HIDDEN`] places, held within 16 bits.
pub(super) fn hidden<'c>(sums: &[i32], into: &'c mut Vec<i16>) -> &'c [i16] {
    cut(sums, FRACTION, i16::MIN, sized(into, sums.len()))
}

/// Sums with twice [`FRACTION`] places cut down to [`HIDDEN`] places, nothing below zero.
pub(super) fn rectified<'c>(sums: &[i32], into: &'c mut Vec<i16>) -> &'c [i16] {
    cut(sums, 2 * FRACTION - HIDDEN, 0, sized(into, sums.len()))
}

/// The curves of the gates, with [`GATE`] places: a value for each upper half of a sum, so that none is out of range.
pub(super) struct Curves {
    sigmoid: Box<Curve>,
    tanh: Box<Curve>,
}

type Curve = [i16; 1 << 16];

impl Curves {
    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, Flaw> {
        let one = 1i16 << GATE;
        Ok(Self {
            sigmoid: curve(&bytes.i16s(CURVE)?, 0..=one)?,
            tanh: curve(&bytes.i16s(CURVE)?, -one..=one)?,
        })
    }
}

/// The table of a curve, from its values within [`CURVE`] places.
fn curve(values: &[i16], range: RangeInclusive<i16>) -> Result<Box<Curve>, Flaw> {
    if !values.iter().all(|value| range.contains(value)) {
        return Err(Flaw::Order);
    }
    let half = CURVE as i32 / 2;
    let value = |upper: u16| {
        // What a sum has above its lower half is in steps of a 256th.
        const { assert!(2 * FRACTION - 8 == 16) };
        values[(i32::from(upper.cast_signed()).clamp(-half, half - 1) + half) as usize]
    };
    let table: Vec<i16> = (0..=u16::MAX).map(value).collect();
    table.into_boxed_slice().try_into().map_err(|_| Flaw::Short)
}

/// One step of a recurrent layer: what its memories and outputs become, given the sums of their gates.
struct Step<'s> {
    curves: &'s Curves,
    gates: &'s mut [i32],
    memory: &'s mut [i32],
    past: &'s mut [i16],
    width: usize,
}

impl Work for Step<'_> {
    #[inline(always)]
    fn done(self) {
        let Self { curves: Curves { sigmoid, tanh }, gates, memory, past, width } = self;
        let (sigmoid, tanh) = (sigmoid.as_ref(), tanh.as_ref());
        let states = memory.chunks_exact_mut(width).zip(past.chunks_exact_mut(width));
        for (gates, (memory, past)) in gates.chunks_exact_mut(3 * width).zip(states) {
            let (open, new) = gates.split_at_mut(2 * width);
            for gate in open.iter_mut() {
                *gate = i32::from(sigmoid[upper(*gate)]);
            }
            for gate in new.iter_mut() {
                *gate = i32::from(tanh[upper(*gate)]);
            }
            let (input, output) = open.split_at(width);
            let gates = input.iter().zip(output).zip(new);
            for (((input, output), new), (memory, past)) in gates.zip(memory.iter_mut().zip(past)) {
                // The memory stays between its past and the new value, so this never leaves 32 bits.
                *memory += (input * (*new - *memory)) >> GATE;
                *past = ((output * *memory) >> (2 * GATE - FRACTION)) as i16;
            }
        }
    }
}

/// The place of a sum in the tables.
#[inline(always)]
fn upper(sum: i32) -> usize {
    usize::from((sum >> 16) as u16)
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

    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Reads sentences of as many words as `lengths` says, the longest first; in the order of the words or backwards.
    /// The sums of what goes in stand for each word, one sentence behind the other, in the row of `sums` that `rows` says.
    /// Writes what it says of each word into `into`, a row of `row` a word, from `column` on.
    ///
    /// The sentences are read side by side, a word of each at a time, so that a weight is fetched once for all of them.
    pub(super) fn read_sentences(
        &self,
        curves: &Curves,
        (sums, rows): (&[i32], &[usize]),
        lengths: &[usize],
        backwards: bool,
        into: &mut [i16],
        (row, column): (usize, usize),
    ) {
        let (width, inputs) = (self.width, 3 * self.width);
        let mut starts = Vec::with_capacity(lengths.len());
        lengths.iter().fold(0, |start, length| {
            starts.push(start);
            start + length
        });
        let (mut memory, mut past) = (vec![0i32; width * lengths.len()], vec![0i16; width * lengths.len()]);
        let mut gates = vec![0; inputs * lengths.len()];
        let (mut words, mut now) = (Vec::with_capacity(lengths.len()), Vec::with_capacity(lengths.len()));
        for step in 0..lengths.first().copied().unwrap_or(0) {
            let active = lengths.partition_point(|length| *length > step);
            let word = |at: usize| starts[at] + if backwards { lengths[at] - 1 - step } else { step };
            words.clear();
            words.extend((0..active).map(word));
            now.clear();
            now.extend(words.iter().map(|word| rows[*word]));
            let gates = &mut gates[..inputs * active];
            // Before the first word there is nothing to remember.
            if step == 0 {
                for (gates, row) in gates.chunks_exact_mut(inputs).zip(&now) {
                    gates.copy_from_slice(&sums[row * inputs..(row + 1) * inputs]);
                }
            } else {
                self.weights.sums(&past[..active * width], 0, Start::Rows(sums, &now), gates, inputs);
            }
            widest(Step { curves, gates, memory: &mut memory, past: &mut past, width });
            for (past, word) in past.chunks_exact(width).zip(&words) {
                let place = word * row + column;
                into[place..place + width].copy_from_slice(past);
            }
        }
    }
}
