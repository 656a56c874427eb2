//! A table of keys: where in it one stands.

/// Keys that rise, and where those with the same upper half begin.
pub(super) struct Keys {
    keys: Vec<u32>,
    starts: Vec<u32>,
}

impl Keys {
    /// The keys must rise; of those that don't some are not found.
    pub(super) fn new(keys: Vec<u32>) -> Self {
        let mut starts = vec![0u32; (1 << 16) + 1];
        for key in &keys {
            starts[(key >> 16) as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { keys, starts }
    }

    /// The place of a key.
    pub(super) fn place(&self, key: u32) -> Option<usize> {
        let upper = (key >> 16) as usize;
        let (start, end) = (self.starts[upper] as usize, self.starts[upper + 1] as usize);
        self.keys[start..end].binary_search(&key).ok().map(|at| start + at)
    }
}
