//! An article as terms: what it speaks of, the headline and the lead before the rest, names and figures marked.
//!
//! A term is known by a hash of its stem and its language, so that nothing must be kept to name it. Two stems of one hash
//! are one term; among a million terms every thousandth has such a twin, which moves no likeness by a digit that counts.
//! Languages share only figures: stories are of one language. What would link them goes here: names whose writing two
//! languages share, under a hash without a language.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use language::{Span, words};

use super::marks;
use crate::article::Article;

/// How much more an occurrence in the headline weighs than one in the body.
const TITLE: u8 = 4;
/// The same for the first bytes of the body.
const LEAD: u8 = 2;
/// How many bytes of the body are its lead.
const LEAD_BYTES: usize = 400;
/// How many bytes of a text are looked at; an event is told well before that.
const MOST_BYTES: usize = 40_000;
/// How many different terms of an article are kept.
const MOST_TERMS: usize = 256;
/// How many stems are kept ready before all of them are let go.
const MOST_STEMS: usize = 1 << 20;

/// A term of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// Which.
    pub(super) hash: u32,
    /// Its occurrences, weighted by where they stand.
    pub(super) weight: u8,
    /// Its occurrences in headline and lead, up to 15; those in the headline alone, up to 7; whether it is a name or a
    /// figure.
    places: u8,
    /// How rare it was when it was last looked at, in units of [`RARE`].
    rare: u16,
}

/// The parts of one in which rarity is kept.
const RARE: f64 = 4096.0;

impl Term {
    /// How rare it is: see [`Vocabulary`](super::vocabulary::Vocabulary).
    pub(super) fn rarity(self) -> f64 {
        f64::from(self.rare) / RARE
    }

    /// Notes how rare it is now.
    pub(super) fn rate(&mut self, rarity: f64) {
        self.rare = (rarity * RARE).min(f64::from(u16::MAX)) as u16;
    }

    /// How often it stands in headline and lead.
    pub(super) fn head(self) -> u8 {
        self.places & 0xf
    }

    /// How often it stands in the headline.
    pub(super) fn title(self) -> u8 {
        self.places >> 4 & 0x7
    }

    /// It with another occurrence.
    fn and(self, other: Self) -> Self {
        let weight = self.weight.saturating_add(other.weight);
        let head = (self.head() + other.head()).min(0xf);
        let title = (self.title() + other.title()).min(0x7);
        Self { weight, places: (self.places | other.places) & 0x80 | title << 4 | head, ..self }
    }

    /// In which part of a profile it stands alone, if it is not a word.
    pub(super) fn mark(self) -> Option<usize> {
        (self.hash & 7 != 0).then_some((self.hash & 7) as usize)
    }

    /// Whether it is a name or a figure.
    pub(super) fn is_name(self) -> bool {
        self.places & 0x80 != 0
    }
}

/// The term of a stem of a language.
pub(super) fn stem_term(stem: &str, lang: &str) -> u32 {
    term(hash(stem.bytes(), hash(lang.bytes(), 0)))
}

/// What a term is beside a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A day that the text speaks of.
    Day = 4,
    /// A piece of a quotation.
    Quotation = 5,
}

/// A hash as that of a word: never 0, the lowest three bits free.
fn term(hash: u64) -> u32 {
    (hash as u32 & !7).max(8)
}

/// The term of a mark: its kind stands in the lowest bits.
pub(super) fn marked(kind: Kind, bytes: &[u8]) -> u32 {
    term(hash(bytes.iter().copied(), kind as u64)) | kind as u32
}

/// A hash that is one already is its own.
#[derive(Clone, Debug, Default)]
pub(super) struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes.iter().copied(), self.0);
    }

    fn write_u32(&mut self, n: u32) {
        // The table takes its places from the lowest bits and tells apart by the highest.
        self.0 = u64::from(n) | u64::from(n) << 32;
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

/// A table by hashes; only looked up, never gone through, for its order is nobody's.
pub(super) type Table<K, V> = HashMap<K, V, BuildHasherDefault<Itself>>;

/// FNV-1a, stirred in the end so that each bit counts everywhere.
fn hash(bytes: impl Iterator<Item = u8>, seed: u64) -> u64 {
    let mut hash = bytes.fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ hash >> 32
}

/// The terms of articles, with the stems of words that were met kept ready.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// By the hash of a word and its language: the term, 0 for a stop word.
    stems: Table<u64, u32>,
    lower: String,
}

impl Reader {
    /// The terms of an article in the order of their hashes.
    pub(super) fn terms(&mut self, article: &Article) -> Vec<Term> {
        let mut found = Found { title: article.title.len(), entries: Vec::with_capacity(512) };
        self.each(article, |hash, span, name| found.push(hash, span.start, name));
        let marks =
            marks::days(article).into_iter().chain(marks::quotations(&article.text[..cut(&article.text)]));
        found.entries.extend(marks.map(|hash| Term { hash, weight: 1, places: 0, rare: 0 }));
        found.terms()
    }

    /// The terms of an article, each as it is first written.
    pub(super) fn written<'a>(&mut self, article: &'a Article) -> BTreeMap<u32, &'a str> {
        let mut written = BTreeMap::new();
        self.each(article, |hash, span, name| {
            let words = span.of(&article.text);
            // A name as it stands in running text, not in a headline where all words may have capitals.
            if name {
                written.insert(hash, words);
            } else {
                written.entry(hash).or_insert(words);
            }
        });
        written
    }

    /// Calls `found` with every occurrence of a term in an article, where it stands, and whether it is a name or a figure.
    fn each(&mut self, article: &Article, mut found: impl FnMut(u32, Span, bool)) {
        let text = &article.text[..cut(&article.text)];
        let lang = primary(&article.lang);
        if text.chars().any(|c| matches!(c, '\u{590}'..='\u{1fff}' | '\u{3040}'..)) {
            unspaced(text, lang, found);
            return;
        }
        let seed = hash(lang.bytes(), 0);
        let (mut at, mut opens) = (0, true);
        while let Some(token) = token(text, at) {
            opens |= text[at..token.start].contains(['.', '!', '?', ':', '\n', '"', '“']);
            at = token.end;
            let word = token.of(text);
            if word.as_bytes()[0].is_ascii_digit() {
                found(term(hash(word.bytes(), 0)), token, true);
            } else if let Some(term) = self.term(word, lang, seed) {
                let capital = !opens && word.chars().next().is_some_and(char::is_uppercase);
                // In a headline all words may have capitals.
                found(term, token, capital && word.len() > 1 && token.start > article.title.len());
            }
            opens = false;
        }
    }

    /// The term of a word, or nothing for one that carries no content.
    fn term(&mut self, word: &str, lang: &str, seed: u64) -> Option<u32> {
        self.lower.clear();
        if word.is_ascii() {
            self.lower.push_str(word);
            self.lower.make_ascii_lowercase();
        } else {
            let small = word.chars().flat_map(char::to_lowercase);
            self.lower.extend(small.map(|c| if c == '’' { '\'' } else { c }));
        }
        let key = hash(self.lower.bytes(), seed);
        let known = self.stems.get(&key).copied().unwrap_or_else(|| {
            if self.stems.len() >= MOST_STEMS {
                self.stems.clear();
            }
            let found = match words::is_stop_in(&self.lower, lang) {
                true => 0,
                false => term(hash(words::stem(&self.lower, lang).bytes(), seed)),
            };
            self.stems.insert(key, found);
            found
        });
        Some(known).filter(|term| *term != 0)
    }
}

/// How much of a text is looked at.
fn cut(text: &str) -> usize {
    text.floor_char_boundary(MOST_BYTES)
}

/// Scripts whose words are not plain runs of letters.
fn unspaced(text: &str, lang: &str, mut found: impl FnMut(u32, Span, bool)) {
    let seed = hash(lang.bytes(), 0);
    for (span, stem) in words::content(text, lang) {
        let figure = stem.starts_with(|c: char| c.is_ascii_digit());
        found(term(hash(stem.bytes(), seed)), span, figure);
    }
}

/// The next run of letters and digits from `at` on: with apostrophes inside a word, with points, commas and colons
/// inside a number.
fn token(text: &str, at: usize) -> Option<Span> {
    let start = at + text[at..].find(char::is_alphanumeric)?;
    let number = text.as_bytes()[start].is_ascii_digit();
    let mut end = start;
    let mut rest = text[start..].char_indices().peekable();
    while let Some((place, c)) = rest.next() {
        let inside = match c {
            '\'' | '’' => !number,
            '.' | ',' | ':' => number,
            _ => false,
        };
        if c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}') {
            end = start + place + c.len_utf8();
        } else if !inside
            || !rest
                .peek()
                .is_some_and(|(_, next)| if number { next.is_ascii_digit() } else { next.is_alphanumeric() })
        {
            break;
        }
    }
    Some(Span::new(start, end))
}

/// The language of a BCP 47 tag without region or script; English where it isn't known.
fn primary(lang: &str) -> &str {
    lang.split(['-', '_']).next().filter(|lang| !lang.is_empty()).unwrap_or("en")
}

/// Occurrences as they are found.
struct Found {
    title: usize,
    /// The term of a hash that stands once.
    entries: Vec<Term>,
}

impl Found {
    fn push(&mut self, hash: u32, at: usize, name: bool) {
        let (weight, places) = if at < self.title {
            (1 + TITLE, 0x11)
        } else if at < self.title + LEAD_BYTES {
            (1 + LEAD, 1)
        } else {
            (1, 0)
        };
        self.entries.push(Term { hash, weight, places: places | if name { 0x80 } else { 0 }, rare: 0 });
    }

    fn terms(mut self) -> Vec<Term> {
        self.entries.sort_unstable_by_key(|term| term.hash);
        let mut terms: Vec<Term> = Vec::with_capacity(self.entries.len());
        for term in self.entries {
            match terms.last_mut().filter(|last| last.hash == term.hash) {
                Some(last) => *last = last.and(term),
                None => terms.push(term),
            }
        }
        if terms.len() > MOST_TERMS {
            terms.sort_by_key(|term| {
                (!term.is_name() && term.mark().is_none(), std::cmp::Reverse(term.weight), term.hash)
            });
            terms.truncate(MOST_TERMS);
            terms.sort_unstable_by_key(|term| term.hash);
        }
        terms.shrink_to_fit();
        terms
    }
}
