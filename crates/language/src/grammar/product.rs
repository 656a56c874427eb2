//! Products of 16-bit weights with rows of 16-bit values, summed in 32 bits that wrap: the same sums on every machine,
//! by wider registers where it has them.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::__m256i;

#[cfg(target_arch = "x86_64")]
use pulp::{NullaryFnOnce, cast, x86::V3};

/// Outputs that are calculated side by side.
pub(super) const BLOCK: usize = 16;
/// Rows that use a weight that was fetched.
const ROWS: usize = 4;

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
    /// From a row for each output; the number of inputs is even. What is missing to a full block is zero.
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

    /// Adds to each row of `into`, for each row of `x`, the sums of the outputs from `from` on, where a block begins; `into`
    /// has rows of `outputs` sums.
    pub(super) fn add(&self, x: &[i16], from: usize, into: &mut [i32], outputs: usize) {
        let lanes = &self.lanes[from / BLOCK * self.pairs..];
        let product = Product { lanes, pairs: self.pairs, x, into, outputs };
        #[cfg(target_arch = "x86_64")]
        if let Some(wide) = V3::try_new() {
            wide.vectorize(Wide { product, wide });
            return;
        }
        product.plain();
    }
}

/// What is to be calculated.
struct Product<'a> {
    lanes: &'a [Lane],
    pairs: usize,
    x: &'a [i16],
    into: &'a mut [i32],
    outputs: usize,
}

impl Product<'_> {
    /// By whatever registers there are.
    fn plain(self) {
        let rows = self.x.chunks_exact(2 * self.pairs).zip(self.into.chunks_exact_mut(self.outputs));
        for (x, into) in rows {
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
                add(into, sums);
            }
        }
    }
}

#[inline(always)]
fn add(into: &mut [i32], sums: [i32; BLOCK]) {
    into.iter_mut().zip(sums).for_each(|(into, sum)| *into = into.wrapping_add(sum));
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
        let Self { product: Product { lanes, pairs, x, into, outputs }, wide } = self;
        let mut packed = Vec::new();
        let together = x.chunks(ROWS * 2 * pairs).zip(into.chunks_mut(ROWS * outputs));
        for (x, into) in together {
            match x.len() / (2 * pairs) {
                1 => blocks::<1>(wide, (lanes, pairs, outputs), x.as_chunks::<2>().0.as_chunks().0, into),
                2 => {
                    let mut packed = Vec::new();
                    pack::<2>(x, pairs, &mut packed);
                    blocks(wide, (lanes, pairs, outputs), &packed, into);
                }
                3 => {
                    let mut packed = Vec::new();
                    pack::<3>(x, pairs, &mut packed);
                    blocks(wide, (lanes, pairs, outputs), &packed, into);
                }
                _ => {
                    packed.clear();
                    pack::<ROWS>(x, pairs, &mut packed);
                    blocks(wide, (lanes, pairs, outputs), &packed, into);
                }
            }
        }
    }
}

/// The sums of all blocks of outputs for `R` rows.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn blocks<const R: usize>(
    wide: V3,
    (lanes, pairs, outputs): (&[Lane], usize, usize),
    x: &[[[i16; 2]; R]],
    into: &mut [i32],
) {
    for (number, block) in lanes.chunks_exact(pairs).enumerate().take(outputs.div_ceil(BLOCK)) {
        rows::<R>(wide, block, x, into, number, outputs);
    }
}

/// Puts the pairs of values of `R` rows side by side.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn pack<const R: usize>(x: &[i16], pairs: usize, packed: &mut Vec<[[i16; 2]; R]>) {
    let (x, _) = x.as_chunks::<2>();
    let rows: [&[[i16; 2]]; R] = std::array::from_fn(|row| &x[row * pairs..(row + 1) * pairs]);
    packed.extend((0..pairs).map(|pair| rows.map(|row| row[pair])));
}

/// The sums of one block of outputs for `R` rows.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn rows<const R: usize>(
    wide: V3,
    block: &[Lane],
    x: &[[[i16; 2]; R]],
    into: &mut [i32],
    number: usize,
    outputs: usize,
) {
    let mut sums = [[wide.avx._mm256_set1_epi32(0); 2]; R];
    for ([one, two], x) in block.iter().zip(x) {
        for (x, sums) in x.iter().zip(&mut sums) {
            let pair = wide.avx._mm256_set1_epi32(cast(*x));
            sums[0] = wide.avx2._mm256_add_epi32(sums[0], wide.avx2._mm256_madd_epi16(*one, pair));
            sums[1] = wide.avx2._mm256_add_epi32(sums[1], wide.avx2._mm256_madd_epi16(*two, pair));
        }
    }
    for (into, sums) in into.chunks_exact_mut(outputs).zip(sums) {
        let into = &mut into[number * BLOCK..];
        let sums: [i32; BLOCK] = cast(sums);
        match into.first_chunk_mut::<BLOCK>() {
            Some(into) => add(into, sums),
            None => add(into, sums),
        }
    }
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

/// The inner products of each row of `a` with each row of `b`.
pub(super) fn dots(a: &[i16], b: &[i16], width: usize) -> Vec<i32> {
    let mut products = vec![0; a.len() / width * (b.len() / width)];
    widest(Dots { a, b, width, into: &mut products });
    products
}

struct Dots<'d> {
    a: &'d [i16],
    b: &'d [i16],
    width: usize,
    into: &'d mut [i32],
}

impl Work for Dots<'_> {
    #[inline(always)]
    fn done(self) {
        let Self { a, b, width, into } = self;
        let each = a.chunks_exact(width).flat_map(|a| b.chunks_exact(width).map(move |b| (a, b)));
        for (into, (a, b)) in into.iter_mut().zip(each) {
            let products = a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b));
            *into = products.fold(0, i32::wrapping_add);
        }
    }
}

/// Sums shifted down, held within 16 bits and not below `least`.
pub(super) fn cut(sums: &[i32], places: u32, least: i16) -> Vec<i16> {
    let mut cut = vec![0; sums.len()];
    widest(Cut { sums, places, least, into: &mut cut });
    cut
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
            assert_eq!(dots(&x, &rows_of, inputs), expected);
            let (mut fast, mut plain) = (vec![0; rows * outputs], vec![0; rows * outputs]);
            weights.add(&x, 0, &mut fast, outputs);
            let lanes = &weights.lanes[..];
            Product { lanes, pairs: weights.pairs, x: &x, into: &mut plain, outputs }.plain();
            assert_eq!(fast, expected, "{inputs} {outputs} {rows}");
            assert_eq!(plain, expected, "{inputs} {outputs} {rows}");
        }
    }

    #[test]
    fn the_least_numbers_wrap_alike() {
        let (weights, x) = (Weights::new(&[i16::MIN; 16], 8), [i16::MIN; 8]);
        let (mut fast, mut plain) = (vec![1; 2], vec![1; 2]);
        weights.add(&x, 0, &mut fast, 2);
        Product { lanes: &weights.lanes, pairs: 4, x: &x, into: &mut plain, outputs: 2 }.plain();
        assert_eq!(fast, plain);
    }
}
