//! Matrices of a network being trained, and the few products that training needs.
//!
//! Every sum is taken in a fixed order and nothing is fused, so that a seed gives the same bytes on any machine.

use super::random::Random;

/// One matrix with its gradient and what Adam remembers of it.
pub(crate) struct Param {
    pub(crate) rows: usize,
    pub(crate) cols: usize,
    pub(crate) value: Vec<f32>,
    pub(crate) grad: Vec<f32>,
    mean: Vec<f32>,
    square: Vec<f32>,
}

impl Param {
    pub(crate) fn zeros(rows: usize, cols: usize) -> Self {
        let zeros = || vec![0.0; rows * cols];
        Self { rows, cols, value: zeros(), grad: zeros(), mean: zeros(), square: zeros() }
    }

    /// Glorot's uniform start.
    pub(crate) fn glorot(rows: usize, cols: usize, random: &mut Random) -> Self {
        Self::uniform(rows, cols, (6.0 / (rows + cols) as f32).sqrt(), random)
    }

    pub(crate) fn uniform(rows: usize, cols: usize, bound: f32, random: &mut Random) -> Self {
        let mut param = Self::zeros(rows, cols);
        param.value.iter_mut().for_each(|value| *value = random.around(bound));
        param
    }

    pub(crate) fn row(&self, row: usize) -> &[f32] {
        &self.value[row * self.cols..(row + 1) * self.cols]
    }

    /// One step of Adam over rows `from..to`, after which their gradient is zero.
    pub(crate) fn step(&mut self, from: usize, to: usize, adam: &Adam) {
        let range = from * self.cols..to * self.cols;
        let value = &mut self.value[range.clone()];
        let grad = &mut self.grad[range.clone()];
        let mean = &mut self.mean[range.clone()];
        let square = &mut self.square[range];
        for i in 0..value.len().min(grad.len()).min(mean.len()).min(square.len()) {
            let g = grad[i];
            mean[i] = Adam::FIRST * mean[i] + (1.0 - Adam::FIRST) * g;
            square[i] = Adam::SECOND * square[i] + (1.0 - Adam::SECOND) * g * g;
            value[i] -= adam.rate * mean[i] / ((square[i] * adam.correct).sqrt() + 1e-8);
            grad[i] = 0.0;
        }
    }
}

/// How far a step goes.
pub(crate) struct Adam {
    pub(crate) rate: f32,
    pub(crate) correct: f32,
}

impl Adam {
    const FIRST: f32 = 0.9;
    const SECOND: f32 = 0.98;

    pub(crate) fn new(rate: f32, step: usize) -> Self {
        let mut past = 1.0f32;
        for _ in 0..step.min(2000) {
            past *= Self::SECOND;
        }
        Self { rate, correct: 1.0 / (1.0 - past) }
    }
}

/// `c += a · b`, with `a` n×k, `b` k×m, `c` n×m.
pub(crate) fn product(a: &[f32], k: usize, b: &[f32], m: usize, c: &mut [f32]) {
    let mut a_rows = a.chunks_exact(2 * k);
    let mut c_rows = c.chunks_exact_mut(2 * m);
    for (a, c) in (&mut a_rows).zip(&mut c_rows) {
        let (a0, a1) = a.split_at(k);
        let (c0, c1) = c.split_at_mut(m);
        let mut i = 0;
        while i + 4 <= k {
            let (b0, rest) = b[i * m..(i + 4) * m].split_at(m);
            let (b1, rest) = rest.split_at(m);
            let (b2, b3) = rest.split_at(m);
            let (p, q) = (&a0[i..i + 4], &a1[i..i + 4]);
            let (p0, p1, p2, p3) = (p[0], p[1], p[2], p[3]);
            let (q0, q1, q2, q3) = (q[0], q[1], q[2], q[3]);
            let (b0, b1, b2, b3, c0, c1) =
                (&b0[..m], &b1[..m], &b2[..m], &b3[..m], &mut c0[..m], &mut c1[..m]);
            for j in 0..m {
                c0[j] += (p0 * b0[j] + p1 * b1[j]) + (p2 * b2[j] + p3 * b3[j]);
                c1[j] += (q0 * b0[j] + q1 * b1[j]) + (q2 * b2[j] + q3 * b3[j]);
            }
            i += 4;
        }
        while i < k {
            axpy(a0[i], &b[i * m..(i + 1) * m], c0);
            axpy(a1[i], &b[i * m..(i + 1) * m], c1);
            i += 1;
        }
    }
    let (a, c) = (a_rows.remainder(), c_rows.into_remainder());
    if !a.is_empty() {
        vector(a, b, c);
    }
}

/// `c += a · b` for one row.
pub(crate) fn vector(a: &[f32], b: &[f32], c: &mut [f32]) {
    let m = c.len();
    let mut i = 0;
    while i + 4 <= a.len() {
        let (b0, rest) = b[i * m..(i + 4) * m].split_at(m);
        let (b1, rest) = rest.split_at(m);
        let (b2, b3) = rest.split_at(m);
        let (a0, a1, a2, a3) = (a[i], a[i + 1], a[i + 2], a[i + 3]);
        let (b0, b1, b2, b3) = (&b0[..m], &b1[..m], &b2[..m], &b3[..m]);
        for j in 0..m {
            c[j] += (a0 * b0[j] + a1 * b1[j]) + (a2 * b2[j] + a3 * b3[j]);
        }
        i += 4;
    }
    while i < a.len() {
        axpy(a[i], &b[i * m..(i + 1) * m], c);
        i += 1;
    }
}

/// `y += factor · x`.
pub(crate) fn axpy(factor: f32, x: &[f32], y: &mut [f32]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += factor * x;
    }
}

/// The inner product, in sixteen lanes.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    let (a_blocks, b_blocks) = (a.chunks_exact(16), b.chunks_exact(16));
    let mut rest = 0.0;
    for (a, b) in a_blocks.remainder().iter().zip(b_blocks.remainder()) {
        rest += a * b;
    }
    for (a, b) in a_blocks.zip(b_blocks) {
        for i in 0..16 {
            lanes[i] += a[i] * b[i];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// `c += a · bᵀ`, with `a` n×m, `b` k×m, `c` n×k.
pub(crate) fn product_by_transposed(a: &[f32], m: usize, b: &[f32], k: usize, c: &mut [f32]) {
    for (a, c) in a.chunks_exact(m).zip(c.chunks_exact_mut(k)) {
        for (b, c) in b.chunks_exact(m).zip(c) {
            *c += dot(a, b);
        }
    }
}

/// `c += aᵀ · b`, with `a` n×k, `b` n×m, `c` k×m.
pub(crate) fn transposed_product(a: &[f32], k: usize, b: &[f32], m: usize, c: &mut [f32]) {
    let n = a.len() / k;
    let mut t = 0;
    while t + 4 <= n {
        let b0 = &b[t * m..(t + 1) * m];
        let b1 = &b[(t + 1) * m..(t + 2) * m];
        let b2 = &b[(t + 2) * m..(t + 3) * m];
        let b3 = &b[(t + 3) * m..(t + 4) * m];
        for i in 0..k {
            let (a0, a1, a2, a3) = (a[t * k + i], a[(t + 1) * k + i], a[(t + 2) * k + i], a[(t + 3) * k + i]);
            let c = &mut c[i * m..(i + 1) * m];
            for j in 0..m {
                c[j] += (a0 * b0[j] + a1 * b1[j]) + (a2 * b2[j] + a3 * b3[j]);
            }
        }
        t += 4;
    }
    while t < n {
        for i in 0..k {
            axpy(a[t * k + i], &b[t * m..(t + 1) * m], &mut c[i * m..(i + 1) * m]);
        }
        t += 1;
    }
}

/// e to the power of x, from additions and products only, so that no library's rounding decides.
pub(crate) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 87.0);
    let n = (x * std::f32::consts::LOG2_E + 0.5).floor();
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let p = 1.0
        + r * (1.0
            + r * (0.5 + r * (0.166_666_65 + r * (0.041_665_795 + r * (0.008_333_452 + r * 0.001_398_2)))));
    p * f32::from_bits((((n as i32) + 127) as u32) << 23)
}

pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

pub(crate) fn tanh(x: f32) -> f32 {
    2.0 * sigmoid(2.0 * x) - 1.0
}

/// Turns scores into shares in place, then into the gradient of the loss at `gold`, times `weight`; gives the loss.
pub(crate) fn cross_entropy(scores: &mut [f32], gold: usize, weight: f32) -> f32 {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = exp(*score - top);
        sum += *score;
    }
    let share = scores[gold] / sum;
    for score in scores.iter_mut() {
        *score *= weight / sum;
    }
    scores[gold] -= weight;
    weight * -(share.max(1e-20)).ln()
}
