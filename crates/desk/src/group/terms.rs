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
use super::table::Numbers;
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
/// How many places are tried for a term while an article's are gathered.
const TRIED: usize = 8;
/// How many stems are kept ready before all of them are let go.
const MOST_STEMS: usize = 1 << 20;
/// The term of a word that carries no content: no other is as small.
const STOP: u32 = 1;

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
    /// An address that the article has or links to.
    Link = 6,
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
        // The table takes its places from the lowest bits, of which a term's last three say little, and tells apart by
        // the highest.
        self.0 = u64::from(n >> 3) | u64::from(n) << 32;
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

/// A hash of a word whatever its ASCII capitals, eight bytes at a time.
fn key(word: &str, seed: u64) -> u64 {
    word.as_bytes().chunks(8).fold(seed ^ word.len() as u64, |hash, chunk| {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        bytes.make_ascii_lowercase();
        let mixed = (hash ^ u64::from_le_bytes(bytes)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ mixed >> 32
    })
}

/// The terms of articles, with the stems of words that were met kept ready.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// By the hash of a word and its language: the term, or [`STOP`].
    stems: Numbers<u64>,
    /// The words of the article that is read: the hash of each, and where it stands; 0 for a figure.
    words: Vec<(u64, Span)>,
    found: Found,
    lower: String,
}

impl Reader {
    /// The terms of an article in the order of their hashes.
    pub(super) fn terms(&mut self, article: &Article) -> Vec<Term> {
        let mut found = std::mem::take(&mut self.found);
        found.title = article.title.len();
        self.each(article, |hash, span, name| found.push(hash, span.start, name));
        let marks = [
            marks::days(article),
            marks::quotations(&article.text[..cut(&article.text)]),
            marks::links(article),
        ];
        marks.into_iter().flatten().for_each(|hash| found.add(Term { hash, weight: 1, places: 0, rare: 0 }));
        let terms = found.take();
        self.found = found;
        terms
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
        if is_unspaced(text) {
            unspaced(text, lang, found);
            return;
        }
        let seed = hash(lang.bytes(), 0);
        let mut found_words = std::mem::take(&mut self.words);
        let mut at = 0;
        while let Some(token) = token(text, at) {
            at = token.end;
            let word = token.of(text);
            let is_figure = word.as_bytes()[0].is_ascii_digit();
            found_words.push((if is_figure { 0 } else { self.key(word, seed) }, token));
        }
        self.stems.fetch(found_words.iter().map(|word| word.0));
        let mut end = 0;
        for &(key, token) in &found_words {
            let word = token.of(text);
            if key == 0 {
                found(term(hash(word.bytes(), 0)), token, true);
            } else if let Some(term) = self.term(key, word, lang, seed) {
                // In a headline all words may have capitals, and so has the first of a sentence.
                let capital = word.len() > 1
                    && token.start > article.title.len()
                    && word.chars().next().is_some_and(char::is_uppercase)
                    && end > 0
                    && !text[end..token.start].contains(['.', '!', '?', ':', '\n', '"', '“']);
                found(term, token, capital);
            }
            end = token.end;
        }
        found_words.clear();
        self.words = found_words;
    }

    /// A hash of a word whatever its capitals, never 0.
    fn key(&mut self, word: &str, seed: u64) -> u64 {
        if word.is_ascii() {
            return key(word, seed).max(1);
        }
        self.lower(word);
        key(&self.lower, seed).max(1)
    }

    fn lower(&mut self, word: &str) {
        self.lower.clear();
        let small = word.chars().flat_map(char::to_lowercase);
        self.lower.extend(small.map(|c| if c == '’' { '\'' } else { c }));
    }

    /// The term of a word with its hash, or nothing for one that carries no content.
    fn term(&mut self, key: u64, word: &str, lang: &str, seed: u64) -> Option<u32> {
        let mut known = self.stems.get(key);
        if known == 0 {
            if self.stems.used() >= MOST_STEMS {
                self.stems = Numbers::default();
            }
            self.lower(word);
            known = match words::is_stop_in(&self.lower, lang) {
                true => STOP,
                false => term(hash(words::stem(&self.lower, lang).bytes(), seed)),
            };
            *self.stems.entry(key) = known;
        }
        Some(known).filter(|term| *term != STOP)
    }
}

/// How much of a text is looked at.
fn cut(text: &str) -> usize {
    text.floor_char_boundary(MOST_BYTES)
}

/// How many letters of a text are looked at to tell its script, and one in so many of another script makes it one: a name in
/// its own script, or an emoji, doesn't.
const LETTERS: usize = 1_000;
const ONE_IN: usize = 8;

/// Whether a text is in a script whose words are not plain runs of letters.
fn is_unspaced(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let (mut all, mut other) = (0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()).take(LETTERS) {
        all += 1;
        other += usize::from(matches!(c, '\u{590}'..='\u{1dff}' | '\u{3040}'..));
    }
    other * ONE_IN > all
}

/// The terms of such a text.
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
    let mut start = at;
    while let Some((c, length)) = letter(text, start) {
        if c.is_alphanumeric() {
            break;
        }
        start += length;
    }
    let number = text.as_bytes().get(start)?.is_ascii_digit();
    let (mut end, mut at) = (start, start);
    while let Some((c, length)) = letter(text, at) {
        at += length;
        if c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}') {
            end = at;
            continue;
        }
        let inside = match c {
            '\'' | '’' => !number,
            '.' | ',' | ':' => number,
            _ => false,
        };
        let next = letter(text, at).map_or(' ', |(next, _)| next);
        if !inside || !if number { next.is_ascii_digit() } else { next.is_alphanumeric() } {
            break;
        }
    }
    Some(Span::new(start, end))
}

/// The character at a place, and its bytes.
pub(super) fn letter(text: &str, at: usize) -> Option<(char, usize)> {
    let first = *text.as_bytes().get(at)?;
    if first.is_ascii() {
        return Some((char::from(first), 1));
    }
    text[at..].chars().next().map(|c| (c, c.len_utf8()))
}

/// The language of a BCP 47 tag without region or script; English where it isn't known.
fn primary(lang: &str) -> &str {
    lang.split(['-', '_']).next().filter(|lang| !lang.is_empty()).unwrap_or("en")
}

/// Terms as they are found, each with all its occurrences.
#[derive(Debug)]
struct Found {
    /// How long the headline is.
    title: usize,
    terms: Vec<Term>,
    /// For hashes, by their middle bits, a place among the terms and one more; 0 where there is none.
    slots: Box<[u16; Self::SLOTS]>,
}

impl Default for Found {
    fn default() -> Self {
        Self { title: 0, terms: Vec::new(), slots: Box::new([0; Self::SLOTS]) }
    }
}

impl Found {
    const SLOTS: usize = 4096;

    fn push(&mut self, hash: u32, at: usize, name: bool) {
        let (weight, places) = if at < self.title {
            (1 + TITLE, 0x11)
        } else if at < self.title + LEAD_BYTES {
            (1 + LEAD, 1)
        } else {
            (1, 0)
        };
        self.add(Term { hash, weight, places: places | if name { 0x80 } else { 0 }, rare: 0 });
    }

    fn add(&mut self, term: Term) {
        let first = (term.hash >> 3) as usize % Self::SLOTS;
        for step in 0..TRIED {
            let slot = &mut self.slots[(first + step) % Self::SLOTS];
            match self.terms.get_mut(usize::from(*slot).wrapping_sub(1)) {
                Some(old) if old.hash == term.hash => {
                    *old = old.and(term);
                    return;
                }
                Some(_) => {}
                None => {
                    if let Ok(place) = u16::try_from(self.terms.len() + 1) {
                        *slot = place;
                    }
                    break;
                }
            }
        }
        self.terms.push(term);
    }

    /// The terms in the order of their hashes; nothing is left.
    fn take(&mut self) -> Vec<Term> {
        self.slots.fill(0);
        let found = &mut self.terms;
        found.sort_unstable_by_key(|term| term.hash);
        // Of a very long text some may stand twice.
        found.dedup_by(|next, kept| {
            let same = next.hash == kept.hash;
            if same {
                *kept = kept.and(*next);
            }
            same
        });
        if found.len() > MOST_TERMS {
            found.sort_by_key(|term| {
                (!term.is_name() && term.mark().is_none(), std::cmp::Reverse(term.weight), term.hash)
            });
            found.truncate(MOST_TERMS);
            found.sort_unstable_by_key(|term| term.hash);
        }
        let terms = found.as_slice().to_vec();
        found.clear();
        terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_counts_every_time_it_stands_however_many_others_there_are() {
        let mut article = Article::bare("a");
        article.lang = "en".to_owned();
        // As many different figures as there are places for terms, and more.
        article.text =
            (1_000..7_000).map(|figure| format!("{figure} ")).collect::<String>() + "1000 6999 6999";
        article.text.truncate(MOST_BYTES);
        let terms = Reader::default().terms(&article);
        assert_eq!(terms.len(), MOST_TERMS);
        assert!(terms.windows(2).all(|two| two[0].hash < two[1].hash), "each once, in order");
        let weight = |figure: &str| {
            let hash = term(hash(figure.bytes(), 0));
            terms.iter().find(|term| term.hash == hash).map(|term| term.weight)
        };
        assert_eq!(weight("1000"), Some(1 + LEAD + 1));
        assert_eq!(weight("6999"), Some(3));
    }

    #[test]
    fn a_sign_or_a_name_of_another_script_changes_no_other_term() {
        let terms = |text: &str| {
            let mut article = Article::bare("a");
            (article.lang, article.text) = ("en".to_owned(), text.to_owned());
            Reader::default().terms(&article)
        };
        let plain = terms("Ferry\n\nThe ferry of Port Elm ran aground at night.");
        assert_eq!(plain, terms("Ferry\n\nThe ferry of Port Elm ran aground at night. 🚢\u{fe0f}"));
        let named = terms("Ferry\n\nThe ferry of Port Elm (榆港) ran aground at night.");
        assert!(plain.iter().all(|term| named.contains(term)) && named.len() == plain.len() + 1);
        assert!(
            is_unspaced("市議会は冬の前にフェリー乗り場を閉鎖した (Port Elm)")
                && !is_unspaced("Größe, œuvre, việc")
        );
    }

    #[test]
    fn words_are_one_term_whatever_their_capitals_and_apostrophes() {
        let hashes = |text: &str| {
            let mut article = Article::bare("a");
            (article.lang, article.text) = ("en".to_owned(), text.to_owned());
            Reader::default().terms(&article).iter().map(|term| term.hash).collect::<Vec<_>>()
        };
        assert_eq!(hashes("the HARBOUR wall’s Größe"), hashes("The harbour WALL's größe"));
        assert_ne!(hashes("harbour 5.6"), hashes("harbour 56"));
    }
}
