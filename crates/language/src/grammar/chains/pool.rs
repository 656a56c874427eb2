//! Sets of mentions that are joined step by step (union and find), the earliest mention standing for its set.

/// Which mentions are joined.
pub(super) struct Pool {
    over: Vec<usize>,
}

impl Pool {
    pub(super) fn new(count: usize) -> Self {
        Self { over: (0..count).collect() }
    }

    /// The mention that stands for the set.
    pub(super) fn find(&mut self, mut at: usize) -> usize {
        while self.over[at] != at {
            self.over[at] = self.over[self.over[at]];
            at = self.over[at];
        }
        at
    }

    /// Joins two sets; gives who stands for both, and who did for the other before.
    pub(super) fn join(&mut self, one: usize, two: usize) -> (usize, usize) {
        let (one, two) = (self.find(one), self.find(two));
        let (first, second) = (one.min(two), one.max(two));
        self.over[second] = first;
        (first, second)
    }
}
