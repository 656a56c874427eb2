//! Chance that is the same in every run.

/// Numbers that look like chance and are the same in every run (xorshift64*).
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice of that seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).unwrap_or(0) % bound
    }

    /// One of several.
    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Whether something happens that happens in so many cases of a hundred.
    pub(crate) fn percent(&mut self, often: usize) -> bool {
        self.below(100) < often
    }

    /// A number from 0, excluded, to 1.
    pub(crate) fn unit(&mut self) -> f64 {
        const STEPS: usize = 1 << 31;
        (self.below(STEPS) + 1) as f64 / STEPS as f64
    }
}
