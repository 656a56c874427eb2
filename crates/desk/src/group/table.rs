//! A table of numbers by hashes, made for many questions at once: what they need is fetched from memory together, where
//! one after another each would wait for its own.

/// Brings near what these numbers stand in, all of it at once: none is waited for before the next is asked for.
pub(super) fn touch(numbers: impl Iterator<Item = u32>) {
    std::hint::black_box(numbers.fold(0, |all, number| all ^ number));
}

/// A hash that something is looked up by; 0 is none.
pub(super) trait Key: Copy + Default + Eq {
    /// Its bits, of which all may matter.
    fn bits(self) -> u64;
}

impl Key for u32 {
    fn bits(self) -> u64 {
        u64::from(self)
    }
}

impl Key for u64 {
    fn bits(self) -> u64 {
        self
    }
}

/// Numbers by hashes. A number of 0 is none, and its place is used again when the table is next made anew.
#[derive(Debug)]
pub(super) struct Numbers<K> {
    slots: Vec<(K, u32)>,
    /// Slots that have a key.
    used: usize,
}

impl<K: Key> Default for Numbers<K> {
    fn default() -> Self {
        Self { slots: vec![(K::default(), 0); 1024], used: 0 }
    }
}

impl<K: Key> Numbers<K> {
    /// Brings the slots of these keys near. It changes nothing.
    pub(super) fn fetch(&self, keys: impl Iterator<Item = K>) {
        touch(keys.map(|key| self.slots[self.first(key)].1));
    }

    /// The number of a key, 0 where it has none.
    pub(super) fn get(&self, key: K) -> u32 {
        let (found, number) = self.slots[self.slot(key)];
        if found == key { number } else { 0 }
    }

    /// The number of a key, to be changed.
    pub(super) fn entry(&mut self, key: K) -> &mut u32 {
        let mut slot = self.slot(key);
        if self.slots[slot].0 != key {
            if (self.used + 1) * 3 > self.slots.len() * 2 {
                self.remake();
                slot = self.slot(key);
            }
            self.slots[slot].0 = key;
            self.used += 1;
        }
        &mut self.slots[slot].1
    }

    /// How many keys have a number.
    pub(super) fn len(&self) -> usize {
        self.slots.iter().filter(|slot| slot.1 != 0).count()
    }

    /// How many keys were put in since the table was last made anew.
    pub(super) fn used(&self) -> usize {
        self.used
    }

    /// The slot of a key, or the one where it would go.
    fn slot(&self, key: K) -> usize {
        let mut slot = self.first(key);
        while self.slots[slot].0 != key && self.slots[slot].0 != K::default() {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        slot
    }

    fn first(&self, key: K) -> usize {
        let mixed = key.bits().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 32) as usize & (self.slots.len() - 1)
    }

    /// Makes the table anew with the keys that have a number, four sevenths full at most.
    fn remake(&mut self) {
        let size = (7 * self.len() / 4 + 1).next_power_of_two().max(1024);
        let old = std::mem::replace(&mut self.slots, vec![(K::default(), 0); size]);
        self.used = 0;
        for (key, number) in old.into_iter().filter(|slot| slot.1 != 0) {
            let slot = self.slot(key);
            self.slots[slot] = (key, number);
            self.used += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_counted_down_and_their_places_used_again() {
        let mut numbers = Numbers::<u32>::default();
        for key in 1..=20_000 {
            *numbers.entry(key * 8) += key;
            if key > 100 {
                *numbers.entry((key - 100) * 8) = 0;
            }
        }
        assert_eq!(numbers.len(), 100);
        assert!(numbers.slots.len() <= 2048, "{}", numbers.slots.len());
        assert_eq!((numbers.get(20_000 * 8), numbers.get(19_900 * 8), numbers.get(4)), (20_000, 0, 0));
        numbers.fetch([4, 8].into_iter());
    }

    #[test]
    fn many_keys_of_one_slot_are_told_apart() {
        let mut numbers = Numbers::<u64>::default();
        // Of each 2^32 the multiplied one has the same middle bits only by chance, so all are tried.
        (1..5_000_u64).for_each(|key| *numbers.entry(key << 40) = key as u32);
        assert!((1..5_000_u64).all(|key| numbers.get(key << 40) == key as u32));
        assert_eq!((numbers.used(), numbers.len()), (4_999, 4_999));
    }
}
