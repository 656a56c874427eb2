//! Products of 16-bit weights with rows of 16-bit values, summed in 32 bits that wrap: the same sums on every machine,
//! by wider registers where it has them.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::__m256i;

#[cfg(target_arch = "x86_64")]
use pulp::{NullaryFnOnce, cast, x86::V3};

/// Outputs that are calculated side by side.
pub(super) const BLOCK: usize = 16;
/// Rows that use a weight that was fetched: their sums and two weights fill the registers.
#[cfg(target_arch = "x86_64")]
const ROWS: usize = 6;

/// For sixteen outputs and two inputs, the two weights of each of the sixteen, half by half: products of pairs are then
/// summed without moving anything across.
#[cfg(target_arch = "x86_64")]
type Lane = [__m256i; 2];
#[cfg(not(target_arch = "x86_64"))]
type Lane = [[i16; BLOCK]; 2];

#[cfg(target_arch = "x86_64")]
fn lane(weights: [[i16; BLOCK]; 2]) -> Lane {
    weights.map(cast)
}
#[cfg(target_arch = "x86_64")]
fn weights(lane: Lane) -> [[i16; BLOCK]; 2] {
    lane.map(cast)
}
#[cfg(not(target_arch = "x86_64"))]
fn lane(weights: [[i16; BLOCK]; 2]) -> Lane {
    weights
}
#[cfg(not(target_arch = "x86_64"))]
fn weights(lane: Lane) -> [[i16; BLOCK]; 2] {
    lane
}

/// Weights in the order in which they are used: for each block of outputs a lane for each two inputs.
pub(super) struct Weights {
    lanes: Vec<Lane>,
    pairs: usize,
}

impl Weights {
    /// From a row for each output; the number of inputs is a multiple of eight. What is missing to a full block is zero.
    pub(super) fn new(rows: &[i16], inputs: usize) -> Self {
        let outputs = (rows.len() / inputs).next_multiple_of(BLOCK);
        let weight = |output: usize, input: usize| rows.get(output * inputs + input).copied().unwrap_or(0);
        let lanes = (0..outputs / BLOCK).flat_map(|block| {
            (0..inputs / 2).map(move |pair| {
                let half =
                    |output: usize| std::array::from_fn(|at| weight(output + at / 2, pair * 2 + at % 2));
                lane([half(block * BLOCK), half(block * BLOCK + BLOCK / 2)])
            })
        });
        Self { lanes: lanes.collect(), pairs: inputs / 2 }
    }

    /// Writes into each row of `into`, for each row of `x`, what the sums start from and the sums of the outputs from
    /// `from` on, where a block begins; `into` has rows of `outputs` sums.
    pub(super) fn sums(&self, x: &[i16], from: usize, start: Start<'_>, into: &mut [i32], outputs: usize) {
        let lanes = &self.lanes[from / BLOCK * self.pairs..];
        let product = Product { lanes, pairs: self.pairs, x, start, into, outputs };
        #[cfg(target_arch = "x86_64")]
        if let Some(wide) = V3::try_new() {
            wide.vectorize(Wide { product, wide });
            return;
        }
        product.plain();
    }
}

/// What sums start from.
#[derive(Clone, Copy)]
pub(super) enum Start<'s> {
    /// The same for every row.
    Bias(&'s [i32]),
    /// For each row the one among these rows that stands at its place.
    Rows(&'s [i32], &'s [usize]),
}

impl<'s> Start<'s> {
    #[inline(always)]
    fn row(self, at: usize, outputs: usize) -> &'s [i32] {
        match self {
            Self::Bias(bias) => &bias[..outputs],
            Self::Rows(rows, places) => &rows[places[at] * outputs..(places[at] + 1) * outputs],
        }
    }
}

/// What is to be calculated.
struct Product<'a> {
    lanes: &'a [Lane],
    pairs: usize,
    x: &'a [i16],
    start: Start<'a>,
    into: &'a mut [i32],
    outputs: usize,
}

impl Product<'_> {
    /// By whatever registers there are.
    fn plain(self) {
        let rows = self.x.chunks_exact(2 * self.pairs).zip(self.into.chunks_exact_mut(self.outputs));
        for (at, (x, into)) in rows.enumerate() {
            into.copy_from_slice(self.start.row(at, self.outputs));
            let (x, _) = x.as_chunks::<2>();
            for (lanes, into) in self.lanes.chunks_exact(self.pairs).zip(into.chunks_mut(BLOCK)) {
                let mut sums = [0i32; BLOCK];
                for (lane, [one, two]) in lanes.iter().zip(x) {
                    let (one, two) = (i32::from(*one), i32::from(*two));
                    let weights = weights(*lane);
                    let pairs = weights.as_flattened().as_chunks::<2>().0;
                    for (sum, weights) in sums.iter_mut().zip(pairs) {
                        let added = (one * i32::from(weights[0])).wrapping_add(two * i32::from(weights[1]));
                        *sum = sum.wrapping_add(added);
                    }
                }
                into.iter_mut().zip(sums).for_each(|(into, sum)| *into = into.wrapping_add(sum));
            }
        }
    }
}

/// The same by registers of 256 bits.
#[cfg(target_arch = "x86_64")]
struct Wide<'a> {
    product: Product<'a>,
    wide: V3,
}

#[cfg(target_arch = "x86_64")]
impl NullaryFnOnce for Wide<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { mut product, wide } = self;
        let rows = product.x.len() / (2 * product.pairs);
        let mut at = 0;
        while at < rows {
            // As even as can be: a row alone uses each weight but once.
            let together = (rows - at).div_ceil((rows - at).div_ceil(ROWS));
            match together {
                1 => blocks::<1>(wide, &mut product, at),
                2 => blocks::<2>(wide, &mut product, at),
                3 => blocks::<3>(wide, &mut product, at),
                4 => blocks::<4>(wide, &mut product, at),
                5 => blocks::<5>(wide, &mut product, at),
                _ => blocks::<ROWS>(wide, &mut product, at),
            }
            at += together;
        }
    }
}

/// The sums of all blocks of outputs for `R` rows. Loops, since what closures do isn't done by wide registers.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn blocks<const R: usize>(wide: V3, product: &mut Product<'_>, at: usize) {
    let (pairs, outputs) = (product.pairs, product.outputs);
    let (mut x, mut start) = ([[].as_slice(); R], [[].as_slice(); R]);
    for (row, (x, start)) in x.iter_mut().zip(&mut start).enumerate() {
        *x = product.x[(at + row) * 2 * pairs..(at + row + 1) * 2 * pairs].as_chunks().0;
        *start = product.start.row(at + row, outputs);
    }
    // Else the compiler adds up how far the rows are apart in each turn of the innermost loop.
    let x = std::hint::black_box(x);
    let into = &mut product.into[at * outputs..(at + R) * outputs];
    for (number, block) in product.lanes.chunks_exact(pairs).enumerate().take(outputs.div_ceil(BLOCK)) {
        let (from, to) = (number * BLOCK, outputs.min((number + 1) * BLOCK));
        let mut sums = [[wide.avx._mm256_set1_epi32(0); 2]; R];
        for (sums, start) in sums.iter_mut().zip(start) {
            *sums = cast(filled(&start[from..to]));
        }
        rows(wide, block, x, &mut sums);
        for (into, sums) in into.chunks_exact_mut(outputs).zip(sums) {
            let sums: [i32; BLOCK] = cast(sums);
            let into = &mut into[from..to];
            match into.first_chunk_mut() {
                Some(into) => *into = sums,
                None => into.copy_from_slice(&sums[..to - from]),
            }
        }
    }
}

/// A block of sums, zero where there are none.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn filled(sums: &[i32]) -> [i32; BLOCK] {
    if let Some(sums) = sums.first_chunk() {
        return *sums;
    }
    let mut block = [0; BLOCK];
    block[..sums.len()].copy_from_slice(sums);
    block
}

/// Adds the sums of one block of outputs for `R` rows.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn rows<const R: usize>(wide: V3, block: &[Lane], x: [&[[i16; 2]]; R], sums: &mut [[__m256i; 2]; R]) {
    let mut added = *sums;
    let mut rows = [[].as_slice(); R];
    for (row, x) in rows.iter_mut().zip(x) {
        *row = &x[..block.len()];
    }
    for at in 0..block.len() {
        let [one, two] = block[at];
        for (row, sums) in rows.iter().zip(&mut added) {
            let pair = wide.avx._mm256_set1_epi32(cast(row[at]));
            sums[0] = wide.avx2._mm256_add_epi32(sums[0], wide.avx2._mm256_madd_epi16(one, pair));
            sums[1] = wide.avx2._mm256_add_epi32(sums[1], wide.avx2._mm256_madd_epi16(two, pair));
        }
    }
    *sums = added;
}

/// Work that the widest registers can do; [`Work::done`] is to be marked `#[inline(always)]`.
pub(super) trait Work {
    /// Does it.
    fn done(self);
}

#[cfg(target_arch = "x86_64")]
struct Done<W>(W);

#[cfg(target_arch = "x86_64")]
impl<W: Work> NullaryFnOnce for Done<W> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.0.done();
    }
}

/// Does some work with the widest registers that there are.
pub(super) fn widest(work: impl Work) {
    #[cfg(target_arch = "x86_64")]
    if let Some(wide) = V3::try_new() {
        wide.vectorize(Done(work));
        return;
    }
    work.done();
}

/// Puts the inner product of each row of `a` with `first` and then with each row of `b` into `into`.
pub(super) fn dots<'d>(a: &[i16], (first, b): (&[i16], &[i16]), into: &'d mut [i32]) -> &'d [i32] {
    widest(Dots { a, first, b, into });
    into
}

struct Dots<'d> {
    a: &'d [i16],
    first: &'d [i16],
    b: &'d [i16],
    into: &'d mut [i32],
}

impl Work for Dots<'_> {
    #[inline(always)]
    fn done(self) {
        let width = self.first.len();
        let rows = self.into.chunks_exact_mut(1 + self.b.len() / width);
        for (into, a) in rows.zip(self.a.chunks_exact(width)) {
            into[0] = dot(a, self.first);
            for (into, b) in into[1..].iter_mut().zip(self.b.chunks_exact(width)) {
                *into = dot(a, b);
            }
        }
    }
}

#[inline(always)]
fn dot(a: &[i16], b: &[i16]) -> i32 {
    let mut sum = 0i32;
    for (a, b) in a.iter().zip(b) {
        sum = sum.wrapping_add(i32::from(*a) * i32::from(*b));
    }
    sum
}

/// Puts sums shifted down, held within 16 bits and not below `least` into `into`.
pub(super) fn cut<'c>(sums: &[i32], places: u32, least: i16, into: &'c mut [i16]) -> &'c [i16] {
    widest(Cut { sums, places, least, into });
    into
}

struct Cut<'c> {
    sums: &'c [i32],
    places: u32,
    least: i16,
    into: &'c mut [i16],
}

impl Work for Cut<'_> {
    #[inline(always)]
    fn done(self) {
        let (least, most) = (i32::from(self.least), i32::from(i16::MAX));
        for (into, sum) in self.into.iter_mut().zip(self.sums) {
            *into = (sum >> self.places).clamp(least, most) as i16;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(count: usize, mut state: u32) -> Vec<i16> {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as i16
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn all_ways_give_the_same_sums() {
        for (inputs, outputs, rows) in
            [(8, 3, 1), (16, 16, 2), (24, 40, 3), (96, 51, 9), (8, 8, 4), (32, 17, 6)]
        {
            let (rows_of, x) = (noise(inputs * outputs, 7), noise(inputs * rows, 9));
            let weights = Weights::new(&rows_of, inputs);
            let dot = |a: &[i16], b: &[i16]| {
                a.iter().zip(b).fold(0i32, |sum, (a, b)| sum.wrapping_add(i32::from(*a) * i32::from(*b)))
            };
            let expected: Vec<i32> = x
                .chunks_exact(inputs)
                .flat_map(|x| rows_of.chunks_exact(inputs).map(move |row| dot(row, x)))
                .collect();
            let mut products = vec![0; expected.len()];
            assert_eq!(dots(&x, rows_of.split_at(inputs), &mut products), expected);
            let (mut fast, mut plain) = (vec![0; rows * outputs], vec![0; rows * outputs]);
            let bias = vec![0; outputs];
            weights.sums(&x, 0, Start::Bias(&bias), &mut fast, outputs);
            let (lanes, start) = (&weights.lanes[..], Start::Bias(&bias));
            Product { lanes, pairs: weights.pairs, x: &x, start, into: &mut plain, outputs }.plain();
            assert_eq!(fast, expected, "{inputs} {outputs} {rows}");
            assert_eq!(plain, expected, "{inputs} {outputs} {rows}");
        }
    }

    #[test]
    fn the_least_numbers_wrap_alike() {
        let (weights, x) = (Weights::new(&[i16::MIN; 16], 8), [i16::MIN; 8]);
        let (mut fast, mut plain) = (vec![0; 2], vec![0; 2]);
        let start = Start::Rows(&[7, 7, 1, 2], &[1]);
        weights.sums(&x, 0, start, &mut fast, 2);
        Product { lanes: &weights.lanes, pairs: 4, x: &x, start, into: &mut plain, outputs: 2 }.plain();
        assert_eq!(fast, plain);
    }
}
