//! How much of one text stands in another, word by word, and do they tell of the same?

use super::words::Word;

/// Words in a row that must be the same to count as taken over.
const RUN: usize = 3;
/// Places of one run that are kept, and how far a chain is walked to count them: a text of one word said again and
/// again costs no more than others.
const PLACES: usize = 4;
const WALK: usize = 32;
/// Names and figures of one comparison that are looked for in the other text.
const TELLING: usize = 256;
/// Words with which a text begins.
const BEGIN: usize = 20;
/// No place.
const NONE: u16 = u16::MAX;

/// Where the runs of one text stand.
pub(super) struct Runs<'w> {
    words: &'w [Word],
    heads: Vec<u16>,
    next: Vec<u16>,
}

/// What two texts share, in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shared {
    /// Words of this text that count, and those of them that stand in the other in a run.
    pub(super) own: (usize, usize),
    /// The same of the other text.
    pub(super) other: (usize, usize),
    /// Words of this text in sentences that stand in the other with other names or figures.
    pub(super) apart: usize,
    /// Whether most of the words with which this text begins stand in the other.
    pub(super) begins: bool,
}

impl<'w> Runs<'w> {
    /// Takes up a text.
    pub(super) fn new(words: &'w [Word]) -> Self {
        let words = &words[..words.len().min(usize::from(NONE))];
        let size = (2 * words.len()).next_power_of_two().max(8);
        let mut runs = Self { words, heads: vec![NONE; size], next: vec![NONE; words.len()] };
        for (at, run) in words.windows(RUN).enumerate() {
            let slot = runs.slot(run);
            let places = runs.places(run).count();
            if places < PLACES {
                runs.next[at] = runs.heads[slot];
                runs.heads[slot] = at as u16;
            }
        }
        runs
    }

    /// What this text shares with another.
    pub(super) fn shared(&self, other: &[Word]) -> Shared {
        let (mut here, mut there) = (vec![false; self.words.len()], vec![false; other.len()]);
        for (at, run) in other.windows(RUN).enumerate() {
            let mut found = false;
            for place in self.places(run) {
                here[place..place + RUN].fill(true);
                found = true;
            }
            if found {
                there[at..at + RUN].fill(true);
            }
        }
        let mut shared = Shared { own: counted(self.words, &here), ..Shared::default() };
        shared.other = counted(other, &there);
        let begin = self.words.len().min(BEGIN);
        shared.begins = 2 * here[..begin].iter().filter(|held| **held).count() > begin;
        let mut left = TELLING;
        for (words, held) in sentences(self.words, &here) {
            let (all, taken) = counted(words, held);
            if taken > 0 && 2 * taken >= all && tells_other(words, held, other, &mut left) {
                shared.own.1 -= taken;
                shared.apart += taken;
            }
        }
        shared
    }

    fn places<'a>(&'a self, run: &'a [Word]) -> impl Iterator<Item = usize> + 'a {
        let first = Some(self.heads[self.slot(run)]);
        let chain = std::iter::successors(first, |&at| self.next.get(usize::from(at)).copied());
        let places = chain.take_while(|&at| at != NONE).take(WALK).map(usize::from);
        places.filter(move |&at| self.words[at..at + RUN].iter().zip(run).all(|(a, b)| a.bare() == b.bare()))
    }

    fn slot(&self, run: &[Word]) -> usize {
        let hash = run
            .iter()
            .fold(0_u32, |hash, word| (hash.rotate_left(11) ^ (word.bare() >> 4)).wrapping_mul(0x9e37_79b1));
        (hash >> 8) as usize & (self.heads.len() - 1)
    }
}

/// How many words count, and how many of them are held. Those of quotations don't: whoever reports a speech prints the
/// same.
fn counted(words: &[Word], held: &[bool]) -> (usize, usize) {
    let (mut all, mut taken) = (0, 0);
    for (word, held) in words.iter().zip(held) {
        if !word.is_quoted() {
            all += 1;
            taken += usize::from(*held);
        }
    }
    (all, taken)
}

/// The sentences of a text, each with which of its words are held.
fn sentences<'t>(words: &'t [Word], held: &'t [bool]) -> impl Iterator<Item = (&'t [Word], &'t [bool])> {
    let mut from = 0;
    words.chunk_by(|_, next| !next.is_first()).map(move |sentence| {
        let to = from + sentence.len();
        let part = (sentence, &held[from..to]);
        from = to;
        part
    })
}

/// Whether a sentence has a name or a figure that the other text nowhere has.
fn tells_other(words: &[Word], held: &[bool], other: &[Word], left: &mut usize) -> bool {
    words.iter().zip(held).any(|(word, held)| {
        if *held || !word.is_telling() || *left == 0 {
            return false;
        }
        *left -= 1;
        !other.iter().any(|there| there.bare() == word.bare())
    })
}
