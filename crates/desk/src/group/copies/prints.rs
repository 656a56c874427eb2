//! Fingerprints: which articles of the window share runs of words with this one?

use super::super::table::touch;
use super::words::Word;

/// Words of one shingle.
const SHINGLE: usize = 4;
/// One shingle in so many is kept, chosen by its hash alone: two texts choose the same ones.
const ONE_IN: u32 = 5;
/// Articles that may hold a fingerprint; one that as many hold is furniture and tells nothing.
const COMMON: usize = 48;
/// No entry.
const NONE: u32 = u32::MAX;

/// The fingerprints of a text, each once, in rising order.
pub(super) fn prints(words: &[Word]) -> Vec<u32> {
    let hash = |run: &[Word]| {
        let mixed = run.iter().fold(0x9e37_79b9_7f4a_7c15_u64, |hash, word| {
            (hash.rotate_left(23) ^ u64::from(word.bare())).wrapping_mul(0xff51_afd7_ed55_8ccd)
        });
        (mixed >> 32) as u32
    };
    let chosen = words.windows(SHINGLE).map(hash).filter(|hash| hash.is_multiple_of(ONE_IN));
    let mut prints: Vec<u32> = chosen.collect();
    prints.sort_unstable();
    prints.dedup();
    prints
}

/// Who holds which fingerprint: chains of entries in one list, with a list of their heads.
#[derive(Debug, Default)]
pub(super) struct Prints {
    heads: Vec<u32>,
    entries: Vec<Entry>,
    /// The first of the entries that are free again.
    free: Option<u32>,
    held: usize,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    print: u32,
    article: u32,
    next: u32,
}

impl Prints {
    /// The articles that hold each of these fingerprints, one after another; those of furniture are left out.
    pub(super) fn holders(&self, prints: &[u32]) -> Vec<u32> {
        let mut all = Vec::new();
        self.fetch(prints);
        for &print in prints {
            let before = all.len();
            all.extend(self.chain(print).map(|entry| entry.article));
            if all.len() - before >= COMMON {
                all.truncate(before);
            }
        }
        all
    }

    /// Takes an article's fingerprints in. What is furniture already is left out, so that no chain grows long.
    pub(super) fn add(&mut self, prints: &[u32], article: u32) {
        if self.heads.len() < self.held + prints.len() {
            self.widen(self.held + prints.len());
        }
        for &print in prints {
            if self.chain(print).count() < COMMON {
                self.link(Entry { print, article, next: NONE });
            }
        }
    }

    /// Forgets an article, whose fingerprints these are.
    pub(super) fn remove(&mut self, prints: &[u32], article: u32) {
        for &print in prints {
            let slot = self.slot(print);
            let (mut at, mut before) = (self.heads.get(slot).copied().unwrap_or(NONE), NONE);
            while let Some(&entry) = self.entries.get(at as usize) {
                if (entry.print, entry.article) == (print, article) {
                    match self.entries.get_mut(before as usize) {
                        Some(before) => before.next = entry.next,
                        None => self.heads[slot] = entry.next,
                    }
                    self.entries[at as usize].next = self.free.unwrap_or(NONE);
                    (self.free, self.held) = (Some(at), self.held - 1);
                    break;
                }
                (before, at) = (at, entry.next);
            }
        }
    }

    /// How many entries are held, and how many places there are for them.
    #[cfg(test)]
    pub(super) fn size(&self) -> (usize, usize) {
        (self.held, self.entries.len())
    }

    fn chain(&self, print: u32) -> impl Iterator<Item = &Entry> {
        let first = self.heads.get(self.slot(print)).and_then(|&at| self.entries.get(at as usize));
        std::iter::successors(first, |entry| self.entries.get(entry.next as usize))
            .filter(move |entry| entry.print == print)
    }

    /// Brings the beginnings of the chains near, all at once.
    fn fetch(&self, prints: &[u32]) {
        let heads = prints.iter().filter_map(|&print| self.heads.get(self.slot(print)));
        let firsts = heads.filter_map(|&head| self.entries.get(head as usize));
        touch(firsts.map(|entry| entry.next));
    }

    fn slot(&self, print: u32) -> usize {
        // The low bits are those by which a fingerprint was chosen, as far as that goes by them.
        (print.wrapping_mul(0x9e37_79b1) >> 3) as usize & self.heads.len().wrapping_sub(1)
    }

    fn link(&mut self, mut entry: Entry) {
        let slot = self.slot(entry.print);
        entry.next = self.heads[slot];
        let at = match self.free {
            Some(at) => {
                let next = self.entries[at as usize].next;
                self.free = (next != NONE).then_some(next);
                self.entries[at as usize] = entry;
                at
            }
            None => {
                self.entries.push(entry);
                (self.entries.len() - 1) as u32
            }
        };
        self.heads[slot] = at;
        self.held += 1;
    }

    /// Makes room for so many heads, and links all entries anew.
    fn widen(&mut self, least: usize) {
        let mut held: Vec<Entry> = Vec::with_capacity(self.held);
        for head in &self.heads {
            let mut at = *head;
            let from = held.len();
            while let Some(&entry) = self.entries.get(at as usize) {
                held.push(entry);
                at = entry.next;
            }
            // Linking puts each at the head of its chain: the last goes first.
            held[from..].reverse();
        }
        self.heads = vec![NONE; (2 * least).next_power_of_two().max(1024)];
        (self.entries, self.free, self.held) = (Vec::with_capacity(held.len()), None, 0);
        held.into_iter().for_each(|entry| self.link(entry));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_are_found_forgotten_and_their_places_used_again() {
        let mut prints = Prints::default();
        assert!(prints.holders(&[5]).is_empty());
        for article in 0..2000 {
            prints.add(&[article * 5, 7], article);
            if article >= 100 {
                prints.remove(&[(article - 100) * 5, 7], article - 100);
            }
        }
        assert_eq!(prints.holders(&[1999 * 5, 1899 * 5, 1950 * 5]), [1999, 1950]);
        let (held, places) = prints.size();
        assert!(held <= 100 + COMMON && places <= 101 + COMMON, "{held} {places}");
    }

    #[test]
    fn what_very_many_hold_tells_nothing() {
        let mut prints = Prints::default();
        (0..40).for_each(|article| prints.add(&[10], article));
        assert_eq!(prints.holders(&[10]).len(), 40);
        (40..90).for_each(|article| prints.add(&[10, 20 + article], article));
        assert!(prints.holders(&[10]).is_empty());
        assert_eq!(prints.size().0, COMMON + 50);
    }
}
