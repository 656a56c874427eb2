//! The dictionary form of a word, by rules over its end that training found.
//!
//! A rule says how many letters to drop and what to write instead. The longest known end of the word decides, the whole
//! word before any end, each together with what the tag says.

use super::bytes::Bytes;
use super::keys::Keys;
use super::model::Flaw;

/// The longest end that a rule can hang on, in letters.
pub const LONGEST: usize = 6;
/// The features of a tag on which a dictionary form depends.
const FEATURES: [&str; 5] = ["Degree", "Number", "Tense", "VerbForm", "Person"];

/// What a rule does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// Whether capitals stay.
    pub as_written: bool,
    /// Letters dropped from the end.
    pub drop: u8,
    /// Letters put there.
    pub add: String,
}

impl Rule {
    /// The dictionary form of `form`, or `None` where the rule doesn't fit it.
    #[must_use]
    pub fn apply(&self, form: &str) -> Option<String> {
        self.apply_to(form, &form.to_lowercase())
    }

    /// The same, given the form in small letters, too.
    fn apply_to(&self, form: &str, small: &str) -> Option<String> {
        let mut lemma = if self.as_written { form } else { small }.to_owned();
        for _ in 0..self.drop {
            lemma.pop()?;
        }
        lemma.push_str(&self.add);
        (!lemma.is_empty()).then_some(lemma)
    }
}

/// The key of what a tag says that matters here: the class and some features.
#[must_use]
pub fn tag_key(class: &str, features: &str) -> u32 {
    let kept = features.split('|').filter(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        FEATURES.contains(&name) && (name != "Person" || value == "3")
    });
    kept.fold(mixed(0x811c_9dc5, class), |key, pair| mixed(mixed(key, "|"), pair))
}

/// The key of a rule: what the tag says and an end of the word in small letters, or all of it.
#[must_use]
pub fn key(tag: u32, end: &str, whole: bool) -> u32 {
    let hash = mixed(mixed(tag, if whole { "=" } else { "-" }), end);
    hash ^ hash >> 16
}

fn mixed(hash: u32, text: &str) -> u32 {
    text.bytes().fold(hash, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The ends of a word in small letters, longest first, each with whether it is the whole word.
pub fn ends(small: &str) -> impl Iterator<Item = (&str, bool)> {
    let longest = small.char_indices().rev().take(LONGEST).last().map_or(0, |(at, _)| at);
    let ends = small[longest..].char_indices().map(move |(at, _)| longest + at).chain([small.len()]);
    let ends = ends.map(|at| (&small[at..], false));
    [(small, true)].into_iter().chain(ends)
}

/// The rules of a model.
pub(super) struct Lemmas {
    rules: Vec<Rule>,
    /// Keys, and the rule of each.
    keys: Keys,
    of_keys: Vec<u16>,
}

impl Lemmas {
    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, Flaw> {
        let count = bytes.u16()?;
        let mut rules = Vec::new();
        for _ in 0..count {
            let as_written = bytes.u8()? == 1;
            rules.push(Rule { as_written, drop: bytes.u8()?, add: bytes.string()?.to_owned() });
        }
        let count = bytes.u32()? as usize;
        let raw = bytes.take(count.checked_mul(6).ok_or(Flaw::Short)?)?;
        let keys: Vec<(u32, u16)> = raw
            .chunks_exact(6)
            .map(|k| (u32::from_le_bytes([k[0], k[1], k[2], k[3]]), u16::from_le_bytes([k[4], k[5]])))
            .collect();
        let known = |(_, rule): &(u32, u16)| usize::from(*rule) < rules.len();
        if !keys.iter().all(known) || !keys.is_sorted_by_key(|(key, _)| *key) {
            return Err(Flaw::Order);
        }
        let of_keys = keys.iter().map(|(_, rule)| *rule).collect();
        Ok(Self { rules, keys: Keys::new(keys.iter().map(|(key, _)| *key)), of_keys })
    }

    pub(super) fn lemma(&self, form: &str, tag: u32) -> String {
        // A token as long as a page is nobody's word.
        if form.len() > 200 {
            return form.to_owned();
        }
        let small = form.to_lowercase();
        let found = ends(&small).find_map(|(end, whole)| {
            let at = self.keys.place(key(tag, end, whole))?;
            self.rules[usize::from(self.of_keys[at])].apply_to(form, &small)
        });
        found.unwrap_or(small)
    }
}
