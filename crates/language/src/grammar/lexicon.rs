//! What a dictionary says of a word that training never saw: its word classes, the field of its sense, and whether it
//! stands in names; and what lists of names say. Made by `xtask/lexicon.py` and `xtask/gazetteer.py`, which say how the
//! files are laid out and whose data they hold.

use std::sync::LazyLock;

use super::keys::Keys;

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(include_bytes!("../../data/lexicon.bin")));
static NAMES: LazyLock<Words> = LazyLock::new(|| Words::new(include_bytes!("../../data/gazetteer.bin")));

struct Words {
    keys: Keys,
    codes: Vec<u16>,
}

impl Words {
    /// A file that is cut off gives the words that are whole.
    fn new(bytes: &[u8]) -> Self {
        let count =
            bytes.get(4..8).map_or(0, |count| u32::from_le_bytes([count[0], count[1], count[2], count[3]]));
        let rest = bytes.get(8..).unwrap_or_default();
        let (keys, codes) = rest.split_at((count as usize * 4).min(rest.len()));
        let keys = keys.chunks_exact(4).map(|k| u32::from_le_bytes([k[0], k[1], k[2], k[3]]));
        let codes = codes.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
        Self { keys: Keys::new(keys), codes }
    }

    fn code(&self, word: &str) -> Option<u16> {
        self.code_of(mixed(EMPTY, word))
    }

    /// The code of a word whose letters are mixed.
    fn code_of(&self, key: u32) -> Option<u16> {
        self.codes.get(self.keys.place(key ^ key >> 15)?).copied()
    }
}

/// The key of no letters.
const EMPTY: u32 = 0x811c_9dc5;

/// The key with more letters mixed in.
fn mixed(key: u32, letters: &str) -> u32 {
    letters.bytes().fold(key, |key, byte| (key ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// What the lists of names say of a name in small letters, its words joined by single spaces: given name, surname, town,
/// city, country, state or county; person, place, group of WordNet, from the lowest bit.
#[must_use]
pub fn named(small: &str) -> u16 {
    NAMES.code(small).unwrap_or(0) & !(MEN | WOMEN)
}

/// The bits of the list of names that say who bears a given name; the model doesn't see them.
const MEN: u16 = 1 << 14;
const WOMEN: u16 = 1 << 15;

/// Whether a given name in small letters is mostly men's (`true`) or women's (`false`), if one of them.
#[must_use]
pub fn is_mans(small: &str) -> Option<bool> {
    let code = NAMES.code(small).unwrap_or(0);
    (code & (MEN | WOMEN) != 0).then_some(code & MEN != 0)
}

/// Whether a name as it is written is that of a country or continent.
pub(super) fn is_country(name: &str) -> bool {
    named(&name.to_lowercase()) & COUNTRY != 0
}

/// The bit of countries and continents.
pub(super) const COUNTRY: u16 = 0b1_0000;

/// What the dictionary says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry(u16);

impl Entry {
    /// The field of the commonest noun sense, 0 for none.
    #[must_use]
    pub fn noun(self) -> u8 {
        (self.0 & 31) as u8
    }

    /// The field of the commonest verb sense, 0 for none.
    #[must_use]
    pub fn verb(self) -> u8 {
        (self.0 >> 5 & 15) as u8
    }

    /// Which word classes it has: noun, verb, adjective, adverb from the lowest bit.
    #[must_use]
    pub fn classes(self) -> u8 {
        u8::from(self.noun() > 0) + 2 * u8::from(self.verb() > 0) + 4 * (self.0 >> 9 & 3) as u8
    }

    /// Whether it stands in names of persons, places, groups, from the lowest bit.
    #[must_use]
    pub fn names(self) -> u8 {
        (self.0 >> 11 & 7) as u8
    }
}

/// Ends of inflected forms and what the base form has instead, and a letter for each.
const ENDS: &[(&str, &str, char)] = &[
    ("ies", "y", 's'),
    ("es", "e", 's'),
    ("s", "", 's'),
    ("es", "", 's'),
    ("ied", "y", 'd'),
    ("ed", "e", 'd'),
    ("ed", "", 'd'),
    ("ing", "e", 'g'),
    ("ing", "", 'g'),
    ("ier", "y", 'r'),
    ("er", "", 'r'),
    ("iest", "y", 't'),
    ("est", "", 't'),
    ("ly", "", 'l'),
];

/// The entry of a word in small letters or of its base form, and a letter for the end that was taken off.
#[must_use]
pub fn entry(small: &str) -> Option<(Entry, char)> {
    if let Some(code) = WORDS.code(small) {
        return Some((Entry(code), '-'));
    }
    for (end, instead, letter) in ENDS {
        let Some(base) = small.strip_suffix(end).filter(|base| base.len() > 1) else { continue };
        if let Some(code) = WORDS.code_of(mixed(mixed(EMPTY, base), instead)) {
            return Some((Entry(code), *letter));
        }
        // "stopped", "running".
        let mut letters = base.chars().rev();
        if let (Some(last), Some(before)) = (letters.next(), letters.next())
            && last == before
            && matches!(letter, 'd' | 'g' | 'r' | 't')
            && let Some(code) = WORDS.code(&base[..base.len() - last.len_utf8()])
        {
            return Some((Entry(code), *letter));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_words() {
        for (form, classes, end) in [
            ("minister", 3, '-'),
            ("ministers", 3, 's'),
            ("blogged", 3, 'd'),
            ("parties", 3, 's'),
            ("children", 1, '-'),
        ] {
            let (entry, letter) = entry(form).expect(form);
            assert_eq!((entry.classes(), letter), (classes, end), "{form}");
        }
        assert_eq!(entry("norway").map(|(entry, _)| entry.names()), Some(3));
        assert_eq!(entry("xqzzt"), None);
        assert_eq!(named("norway") & 0b11_0000, 0b1_0000);
        assert_eq!(named("ada") & 0b1, 1);
        assert_eq!(named("xqzzt"), 0);
        assert_eq!([is_mans("ada"), is_mans("thomas"), is_mans("xqzzt")], [Some(false), Some(true), None]);
    }
}
