//! Names of people, places and organisations, found by their shape.

use std::collections::BTreeSet;

use crate::words::{Word, is_stop, words};
use crate::{Span, calendar, sentences::sentences};

mod lists;
#[cfg(test)]
mod tests;

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its bytes in the text, without the title before it and the possessive ending.
    pub span: Span,
    /// What it seems to name.
    pub kind: Option<NameKind>,
    /// The title written before it (`Mr.`, `President`).
    pub title: Option<Span>,
}

/// What a name seems to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// A place.
    Place,
    /// An organisation.
    Organization,
}

/// What the lists know of a word in small letters: title, word of a body, word of a place, given name, from the lowest
/// bit.
pub(crate) fn known(word: &str) -> u8 {
    let word = word.strip_suffix('.').unwrap_or(word);
    let lists = [
        lists::is_title(word),
        lists::BODIES.contains(&word),
        lists::PLACES.contains(&word),
        lists::GIVEN.contains(&word),
    ];
    lists.iter().rev().fold(0, |bits, known| bits << 1 | u8::from(*known))
}

/// The names of a text, in order: runs of capitalised words, joined by particles inside (`de`, `van`,
/// `of the`), without a title before them and without a possessive ending. A word that is capitalised only
/// because it opens a sentence is left out: a stop word, or one that the text also writes in lower case.
#[must_use]
pub fn names(text: &str) -> Vec<Name> {
    let words = words(text);
    let lower: BTreeSet<&str> = words
        .iter()
        .filter(|word| word.span.of(text).starts_with(char::is_lowercase))
        .map(|word| word.text.as_str())
        .collect();
    let openings: BTreeSet<usize> =
        sentences(text, "en").iter().filter_map(|span| first_word(&words, *span)).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !is_capital(text, &words[at]) {
            at += 1;
            continue;
        }
        let end = run_end(text, &words, at);
        let opens = openings.contains(&at) || after_quote(text, &words[at]);
        out.extend(name(text, &words[at..end], opens, &lower));
        at = end;
    }
    out
}

fn first_word(words: &[Word], sentence: Span) -> Option<usize> {
    let at = words.partition_point(|word| word.span.start < sentence.start);
    words.get(at).filter(|word| word.span.end <= sentence.end).map(|_| at)
}

fn after_quote(text: &str, word: &Word) -> bool {
    text[..word.span.start].ends_with(['“', '"', '‘', ':'])
}

fn is_capital(text: &str, word: &Word) -> bool {
    word.span.of(text).starts_with(char::is_uppercase)
        && !matches!(word.text.as_str(), "i" | "i'm" | "i've" | "i'd" | "i'll")
}

/// The end of the run of capitalised words that begins at word `at`.
fn run_end(text: &str, words: &[Word], at: usize) -> usize {
    let mut end = at + 1;
    while end < words.len() && joins(text, &words[end - 1], &words[end]) {
        if is_capital(text, &words[end]) || continues(text, &words[end]) {
            end += 1;
            continue;
        }
        let particles = words[end..]
            .iter()
            .take(3)
            .take_while(|word| lists::PARTICLES.contains(&word.text.as_str()))
            .count();
        let next = end + particles;
        let linked = particles > 0
            && next < words.len()
            && is_capital(text, &words[next])
            && words[end - 1..=next].windows(2).all(|two| joins(text, &two[0], &two[1]));
        if !linked {
            break;
        }
        end = next + 1;
    }
    end
}

/// Whether a word that is no capital still belongs to a name: a number, as in `Section 8`.
fn continues(text: &str, word: &Word) -> bool {
    let said = word.span.of(text);
    said.len() <= 2 && said.bytes().all(|b| b.is_ascii_digit())
}

/// Whether only what stands inside names stands between two words, and no possessive ended the first.
fn joins(text: &str, first: &Word, second: &Word) -> bool {
    if possessive(first.span.of(text)) > 0 {
        return false;
    }
    let gap = &text[first.span.end..second.span.start];
    match gap {
        " " | "\u{a0}" | "-" | "‑" | " & " | "." => true,
        ". " | ".\u{a0}" => {
            let said = first.span.of(text);
            said.chars().count() == 1
                || lists::is_title(&first.text)
                || lists::SUFFIXES.contains(&first.text.as_str())
        }
        _ => false,
    }
}

/// The length of the possessive ending of a word.
fn possessive(word: &str) -> usize {
    ["'s", "’s"].iter().find(|ending| word.ends_with(**ending)).map_or(0, |ending| ending.len())
}

/// The name that a run of words holds.
fn name(text: &str, run: &[Word], opens: bool, lower: &BTreeSet<&str>) -> Option<Name> {
    let mut run = run;
    if opens {
        let first = &run[0];
        let acronym = first.span.of(text).chars().filter(|c| c.is_uppercase()).count() > 1;
        let common = is_stop(&first.text) || lists::OPENERS.contains(&first.text.as_str());
        if common || (!acronym && run.len() == 1 && lower.contains(first.text.as_str())) {
            run = &run[1..];
        }
    }
    while let Some(first) = run.first() {
        let dropped =
            is_stop(&first.text) || continues(text, first) || lists::PARTICLES.contains(&first.text.as_str());
        if !(dropped && first.span.of(text) != "US") {
            break;
        }
        run = &run[1..];
    }
    let titles = run.iter().take_while(|word| lists::is_title(&word.text)).count();
    let bare = &run[titles.min(run.len())..];
    let (first, last) = (bare.first()?, bare.last()?);
    let end = last.span.end - possessive(last.span.of(text));
    let title = (titles > 0).then(|| Span::new(run[0].span.start, run[titles - 1].span.end));
    if bare.len() == 1 && calendar::is_name(first.text.trim_end_matches("'s")) {
        return None;
    }
    let title = title.map(|title| {
        if text[title.end..].starts_with('.') { Span::new(title.start, title.end + 1) } else { title }
    });
    let kind = kind(text, bare, title.is_some());
    (first.span.start < end).then(|| Name { span: Span::new(first.span.start, end), kind, title })
}

fn kind(text: &str, bare: &[Word], titled: bool) -> Option<NameKind> {
    let last = bare.last()?.text.trim_end_matches("'s");
    let acronym = bare.len() == 1
        && bare[0]
            .span
            .of(text)
            .trim_end_matches("’s")
            .trim_end_matches("'s")
            .chars()
            .all(char::is_uppercase);
    if titled {
        Some(NameKind::Person)
    } else if bare.iter().any(|word| lists::BODIES.contains(&word.text.trim_end_matches("'s"))) {
        Some(NameKind::Organization)
    } else if lists::PLACES.contains(&last) {
        Some(NameKind::Place)
    } else if acronym {
        (bare[0].text.len() > 2).then_some(NameKind::Organization)
    } else if lists::GIVEN.contains(&bare[0].text.as_str()) && bare.len() > 1 {
        Some(NameKind::Person)
    } else {
        None
    }
}
