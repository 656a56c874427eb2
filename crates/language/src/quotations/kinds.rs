//! Whether what stands in quotation marks was said, names a work, or is a word held at a distance.

use super::Kind;
use crate::{Span, words};

/// How many words a phrase has at most.
const PHRASE: usize = 4;
/// And a title.
const TITLE: usize = 12;

/// Words before the mark after which a work is named.
const WORKS: &[&str] = &[
    "album",
    "anthem",
    "article",
    "ballet",
    "blog",
    "book",
    "cartoon",
    "column",
    "comedy",
    "documentary",
    "drama",
    "editorial",
    "entitled",
    "episode",
    "essay",
    "exhibition",
    "film",
    "game",
    "headlined",
    "headline",
    "hit",
    "hymn",
    "magazine",
    "memoir",
    "movie",
    "musical",
    "newsletter",
    "novel",
    "opera",
    "painting",
    "paper",
    "play",
    "podcast",
    "poem",
    "program",
    "programme",
    "report",
    "sequel",
    "series",
    "show",
    "single",
    "sitcom",
    "song",
    "thriller",
    "titled",
    "track",
    "trilogy",
];
/// Words before the mark after which a word is only named.
const NAMED: &[&str] = &[
    "so-called",
    "called",
    "dubbed",
    "known as",
    "nicknamed",
    "labelled",
    "labeled",
    "the word",
    "the words",
    "the term",
    "the phrase",
    "a kind of",
    "branded",
];

/// The kind of what stands in quotation marks at `span`. `before` and `after` tell whether a verb of saying stands on
/// either side of it.
pub(super) fn kind(text: &str, span: Span, before: bool, after: bool) -> Kind {
    let said = span.of(text);
    let inner =
        said.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ',' | '?' | '!' | '…' | '$'));
    let ends = inner.ends_with(['.', ',', '?', '!', '…']);
    let closed = inner.ends_with('.');
    let inner = inner.trim_end_matches(['.', ',']);
    let lead = lead(text, span.start);
    let count = inner.split_whitespace().take(TITLE + 1).count();
    let named = NAMED.iter().any(|words| ends_with(lead, words));
    let so_called = ends_with(lead, "so-called");
    let work = lead
        .split_whitespace()
        .rev()
        .take(2)
        .any(|word| WORKS.contains(&word.trim_end_matches([',', ':']).to_lowercase().as_str()));
    // Behind a full stop the verb has a sentence of its own: `a book, “Tides.” Lind said it sold well`.
    let spoken = (after && ends && !(work && closed)) || (before && !work);
    if !spoken && count <= TITLE && is_title(inner) && (work || count > 1) && !lead.ends_with(':') {
        return Kind::Title;
    }
    let short = count <= PHRASE && !inner.ends_with(['?', '!', '…']);
    let lower = inner.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    if short && (so_called || !before && !after && (named || lower || !ends && !opens(lead))) {
        return Kind::Phrase;
    }
    Kind::Speech
}

/// The few words before a mark, in its paragraph.
fn lead(text: &str, start: usize) -> &str {
    let mut from = start.saturating_sub(40);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let head = &text[from..start];
    head[head.rfind('\n').map_or(0, |at| at + 1)..].trim_end()
}

fn ends_with(lead: &str, words: &str) -> bool {
    let Some(at) = lead.len().checked_sub(words.len()) else { return false };
    lead.get(at..).is_some_and(|tail| tail.eq_ignore_ascii_case(words))
        && !lead[..at].ends_with(char::is_alphanumeric)
}

/// Whether speech may begin here: at the head of a paragraph or sentence, or behind a colon or comma.
fn opens(lead: &str) -> bool {
    lead.is_empty() || lead.ends_with(['.', '!', '?', ':', ',', '”', '"'])
}

/// Whether the words are capitalised as those of a title are.
fn is_title(inner: &str) -> bool {
    let mut words = inner.split_whitespace();
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    words.next().is_some_and(capital)
        && words.all(|word| capital(word) || words::is_stop(&word.to_lowercase()))
        && inner.split_whitespace().filter(|word| capital(word)).count() * 2
            > inner.split_whitespace().count()
}
