//! Words, stems and stop words: what grouping, writing and checking compare texts by.

use std::sync::LazyLock;

use regex::Regex;
use rust_stemmers::{Algorithm, Stemmer};

use crate::Span;

mod stops;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text.
    pub span: Span,
    /// The word lower-cased, its apostrophes made straight.
    pub text: String,
}

static WORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\w+(?:['’]\w+)*").expect("the pattern is constant and valid"));

/// Longer words are left as they are: no language forms such, and a stemmer has nothing to say of them.
const LONGEST_STEMMED: usize = 60;

/// The words of a text in order: runs of letters, digits and underscores, with apostrophes inside kept
/// (`don't`, `mayor's`, `o'brien`).
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    each(text).collect()
}

/// The words of a text one by one, for who needs only the first few.
pub(crate) fn each(text: &str) -> impl Iterator<Item = Word> {
    WORD.find_iter(text)
        .map(|found| Word { span: Span::new(found.start(), found.end()), text: lower(found.as_str()) })
}

fn lower(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
}

/// The stem of a word in a language (BCP 47; anything but a known one is left unstemmed). The possessive
/// ending goes in every language.
#[must_use]
pub fn stem(word: &str, lang: &str) -> String {
    let word = lower(word);
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(&word);
    if bare.len() > LONGEST_STEMMED || !bare.chars().all(char::is_alphabetic) {
        return bare.to_owned();
    }
    match algorithm(lang) {
        Some(algorithm) => Stemmer::create(algorithm).stem(bare).into_owned(),
        None => bare.to_owned(),
    }
}

fn algorithm(lang: &str) -> Option<Algorithm> {
    Some(match primary(lang) {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// The language of a BCP 47 tag without region or script.
fn primary(lang: &str) -> &str {
    lang.split(['-', '_']).next().unwrap_or(lang)
}

/// Whether an English word says nothing of the subject: articles, prepositions, pronouns, auxiliaries. The
/// word is given lower-cased.
#[must_use]
pub fn is_stop(word: &str) -> bool {
    stops::ENGLISH.binary_search(&word).is_ok()
}

/// The stems of the words that carry content, in order, each with the span of its word. Scripts without
/// spaces between words (Chinese, Japanese) give overlapping pairs of characters.
#[must_use]
pub fn content(text: &str, lang: &str) -> Vec<(Span, String)> {
    let mut out = Vec::new();
    for word in words(text) {
        if word.text.chars().any(is_unspaced) {
            pairs(text, word.span, &mut out);
        } else if !is_stop_in(&word.text, lang) && !word.text.chars().all(|c| c == '_') {
            out.push((word.span, stem(&word.text, lang)));
        }
    }
    out
}

/// The same in a language; the word may have a possessive ending.
#[must_use]
pub fn is_stop_in(word: &str, lang: &str) -> bool {
    let lang = primary(lang);
    let bare = word.strip_suffix("'s").unwrap_or(word);
    match stops::of(lang) {
        Some(list) => list.contains(&word),
        None => is_stop(word) || is_stop(bare),
    }
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

fn pairs(text: &str, span: Span, out: &mut Vec<(Span, String)>) {
    let starts: Vec<usize> =
        span.of(text).char_indices().map(|(at, _)| span.start + at).chain([span.end]).collect();
    if starts.len() == 2 {
        out.push((span, span.of(text).to_owned()));
    }
    for three in starts.windows(3) {
        let pair = Span::new(three[0], three[2]);
        out.push((pair, pair.of(text).to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str, lang: &str) -> Vec<String> {
        content(text, lang).into_iter().map(|(_, stem)| stem).collect()
    }

    #[test]
    fn the_stop_lists_are_sorted_for_searching() {
        assert!(stops::ENGLISH.is_sorted());
        assert!(is_stop("the") && is_stop("don't") && !is_stop("ferry") && !is_stop("said "));
    }

    #[test]
    fn words_keep_their_apostrophes_and_spans() {
        let text = "Don’t wait, O'Brien: the mayor’s ‘plan’ costs 1,200.";
        let found = words(text);
        let texts: Vec<&str> = found.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["don't", "wait", "o'brien", "the", "mayor's", "plan", "costs", "1", "200"]);
        assert_eq!(found[5].span.of(text), "plan");
    }

    #[test]
    fn content_is_stemmed_and_freed_of_stop_words() {
        for (text, lang, expected) in [
            ("The mayor’s ferries were closing.", "en", vec!["mayor", "ferri", "close"]),
            ("It's the councils' plan", "en-GB", vec!["council", "plan"]),
            ("Die Fähren werden geschlossen", "de", vec!["fahr", "geschloss"]),
            ("渡し船", "ja", vec!["渡し", "し船"]),
            ("", "en", vec![]),
        ] {
            assert_eq!(stems(text, lang), expected, "{text}");
        }
    }
}
