//! One direction of a recurrent layer whose input gate is what its memory forgets, so that the memory stays between
//! -1 and 1 and can be kept in small integers.

use super::matrix::{Param, product, product_by_transposed, sigmoid, tanh, transposed_product, vector};
use super::random::Random;

pub(crate) struct Lstm {
    pub(crate) input: Param,
    pub(crate) recurrent: Param,
    pub(crate) bias: Param,
    width: usize,
    backwards: bool,
}

/// What a pass forward leaves for the pass back.
pub(crate) struct Trace {
    gates: Vec<f32>,
    memory: Vec<f32>,
    pub(crate) out: Vec<f32>,
}

impl Lstm {
    pub(crate) fn new(inputs: usize, width: usize, backwards: bool, random: &mut Random) -> Self {
        let mut bias = Param::zeros(1, 3 * width);
        // A memory that changes slowly at first learns what lies far away.
        bias.value[..width].fill(-1.0);
        Self {
            input: Param::glorot(inputs, 3 * width, random),
            recurrent: Param::glorot(width, 3 * width, random),
            bias,
            width,
            backwards,
        }
    }

    pub(crate) fn params(&mut self) -> [&mut Param; 3] {
        [&mut self.input, &mut self.recurrent, &mut self.bias]
    }

    fn order(&self, n: usize, step: usize) -> usize {
        if self.backwards { n - 1 - step } else { step }
    }

    pub(crate) fn forward(&self, x: &[f32]) -> Trace {
        let (h, k) = (self.width, self.input.rows);
        let n = x.len() / k;
        let mut gates: Vec<f32> = (0..n).flat_map(|_| self.bias.value.iter().copied()).collect();
        product(x, k, &self.input.value, 3 * h, &mut gates);
        let (mut memory, mut out) = (vec![0.0; n * h], vec![0.0; n * h]);
        let mut past = vec![0.0; h];
        let mut held = vec![0.0; h];
        for step in 0..n {
            let t = self.order(n, step);
            let gates = &mut gates[t * 3 * h..(t + 1) * 3 * h];
            vector(&past, &self.recurrent.value, gates);
            for j in 0..h {
                let (i, o, g) = (sigmoid(gates[j]), sigmoid(gates[h + j]), tanh(gates[2 * h + j]));
                (gates[j], gates[h + j], gates[2 * h + j]) = (i, o, g);
                held[j] += i * (g - held[j]);
                past[j] = o * held[j];
            }
            memory[t * h..(t + 1) * h].copy_from_slice(&held);
            out[t * h..(t + 1) * h].copy_from_slice(&past);
        }
        Trace { gates, memory, out }
    }

    /// Adds to the gradients of the matrices and to `dx`, given the gradient of what came out.
    pub(crate) fn backward(&mut self, x: &[f32], trace: &Trace, dout: &[f32], dx: &mut [f32]) {
        let (h, k) = (self.width, self.input.rows);
        let n = x.len() / k;
        let mut dgates = vec![0.0; n * 3 * h];
        let mut before = vec![0.0; n * h];
        let (mut dpast, mut dheld) = (vec![0.0; h], vec![0.0; h]);
        for step in (0..n).rev() {
            let t = self.order(n, step);
            let last = (step > 0).then(|| self.order(n, step - 1));
            let gates = &trace.gates[t * 3 * h..(t + 1) * 3 * h];
            let d = &mut dgates[t * 3 * h..(t + 1) * 3 * h];
            for j in 0..h {
                let (i, o, g) = (gates[j], gates[h + j], gates[2 * h + j]);
                let held = last.map_or(0.0, |last| trace.memory[last * h + j]);
                let dh = dout[t * h + j] + dpast[j];
                let dc = dh * o + dheld[j];
                d[j] = dc * (g - held) * i * (1.0 - i);
                d[h + j] = dh * trace.memory[t * h + j] * o * (1.0 - o);
                d[2 * h + j] = dc * i * (1.0 - g * g);
                dheld[j] = dc * (1.0 - i);
            }
            dpast.fill(0.0);
            product_by_transposed(d, 3 * h, &self.recurrent.value, h, &mut dpast);
            if let Some(last) = last {
                before[t * h..(t + 1) * h].copy_from_slice(&trace.out[last * h..(last + 1) * h]);
            }
        }
        transposed_product(x, k, &dgates, 3 * h, &mut self.input.grad);
        transposed_product(&before, h, &dgates, 3 * h, &mut self.recurrent.grad);
        for d in dgates.chunks_exact(3 * h) {
            self.bias.grad.iter_mut().zip(d).for_each(|(grad, d)| *grad += d);
        }
        product_by_transposed(&dgates, 3 * h, &self.input.value, k, dx);
    }
}
