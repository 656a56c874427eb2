//! A table of keys: where in it one stands.

/// Keys and their places, each where its upper bits say or as soon behind as there is room, so that one look is enough
/// as a rule.
pub(super) struct Keys {
    slots: Vec<(u32, u32)>,
    shift: u32,
}

/// The place that stands in a slot without a key.
const NONE: u32 = u32::MAX;

impl Keys {
    /// The keys must rise; of those that don't some are not found.
    pub(super) fn new(keys: impl ExactSizeIterator<Item = u32>) -> Self {
        let size = (2 * keys.len()).next_power_of_two().max(2);
        let mut table = Self { slots: Vec::with_capacity(size), shift: 32 - size.ilog2() };
        for (place, key) in (0..NONE).zip(keys) {
            let at = table.start(key).max(table.slots.len());
            table.slots.resize(at, (0, NONE));
            table.slots.push((key, place));
        }
        table
    }

    fn start(&self, key: u32) -> usize {
        (key >> self.shift) as usize
    }

    /// The place of a key.
    pub(super) fn place(&self, key: u32) -> Option<usize> {
        let slots = self.slots.get(self.start(key)..)?;
        for (found, place) in slots {
            if *place == NONE || *found > key {
                return None;
            }
            if *found == key {
                return Some(*place as usize);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_place() {
        let keys = [0, 7, 8, 9, 1 << 31, u32::MAX - 1, u32::MAX];
        let table = Keys::new(keys.into_iter());
        for (place, key) in keys.iter().enumerate() {
            assert_eq!(table.place(*key), Some(place), "{key}");
        }
        assert_eq!([1, 10, 1 << 30].map(|key| table.place(key)), [None; 3]);
        assert_eq!(Keys::new([].into_iter()).place(0), None);
    }
}
