//! What is written to a number on either side: a sign before it, degrees behind it, a second number that makes it a
//! share (`one in five`) or a multiple (`tens of thousands`).

use std::sync::LazyLock;

use regex::Regex;

use super::{NumberMark, nouns};
use crate::{Span, numerals};

/// The degrees that stand right behind a number: where they end, and their sign.
pub(super) fn degrees(text: &str, end: usize) -> Option<(usize, &'static str)> {
    let rest = &text[end..];
    let rest = rest.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(rest);
    if let Some(unit) = rest.strip_prefix('°') {
        let unit = unit.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let sign = match unit.chars().next()? {
            'C' => "°C",
            'F' => "°F",
            _ => return None,
        };
        let free = !unit[1..].starts_with(char::is_alphanumeric);
        return free.then(|| (text.len() - unit.len() + 1, sign));
    }
    let after = |word: &str| rest.strip_prefix("degrees ").and_then(|rest| rest.strip_prefix(word));
    [("Celsius", "°C"), ("Fahrenheit", "°F"), ("C", "°C"), ("F", "°F")].into_iter().find_map(
        |(word, sign)| {
            let tail = after(word).filter(|tail| !tail.starts_with(char::is_alphanumeric))?;
            Some((text.len() - tail.len(), sign))
        },
    )
}

/// Where the sign of a number below zero begins: `-3`, `−3`, `minus 3`.
pub(super) fn sign(text: &str, span: Span) -> Option<usize> {
    let head = &text[..span.start];
    let figures =
        span.of(text).starts_with(|c: char| c.is_ascii_digit() || matches!(c, '$' | '€' | '£' | '¥'));
    if let Some(before) = head.strip_suffix(['-', '−']).filter(|_| figures) {
        let free = before.is_empty()
            || before.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"'));
        return free.then_some(before.len());
    }
    let at = head.len().checked_sub("minus ".len())?;
    let word = head.get(at..)?;
    let free = !head[..at].ends_with(char::is_alphanumeric);
    (free && word.eq_ignore_ascii_case("minus ")).then_some(at)
}

/// The number of parts of which a number is the whole (`one in five`, `3 out of 10`), with the place where it begins.
pub(super) fn part(text: &str, whole: &NumberMark) -> Option<(usize, f64)> {
    static PART: LazyLock<Regex> = LazyLock::new(|| {
        let small = numerals::SMALL[1..=12].join("|");
        Regex::new(&format!(r"(?i)(?-u:\b)({small}|\d{{1,3}}) (?:in|in every|out of|out of every)\s$"))
            .expect("the pattern is constant and valid")
    });
    let head = &text[..whole.span.start];
    if !["in ", "of ", "every "].iter().any(|word| head.ends_with(word)) {
        return None;
    }
    let bare = whole.span.of(text).chars().all(char::is_alphanumeric);
    let timed = whole.noun.is_some_and(|noun| nouns::is_time(&noun.of(text).to_lowercase()));
    if !bare || timed || whole.noun.is_none() && !text[whole.span.end..].starts_with(['.', ',', ' ']) {
        return None;
    }
    let mut start = whole.span.start.saturating_sub(24);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let found = PART.captures(&text[start..whole.span.start])?.get(1)?;
    let word = found.as_str().to_lowercase();
    let part = word.parse().ok().or_else(|| numerals::cardinal(&word).map(f64::from))?;
    let (start, found_end) = (start + found.start(), start + found.end());
    let free = text[found_end..whole.span.start].contains("out of") || opens_share(&text[..start]);
    (free && part >= 1.0 && part < whole.value).then_some((start, part))
}

/// Whether a share may begin behind these words; behind others `two in 12 raids` counts what happened.
fn opens_share(head: &str) -> bool {
    const LEADS: &[&str] = &[
        "nearly", "almost", "about", "around", "roughly", "some", "than", "least", "most", "to", "that",
        "and", "or", "but", "only", "just", "for", "from", "over", "under", "every", "is", "are", "was",
        "were",
    ];
    let head = head.trim_end_matches(' ');
    let word = head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    match head.chars().next_back() {
        None | Some('.' | '!' | '?' | '\n' | '“' | '"' | ';' | ':' | ',' | '(' | '—' | '–') => true,
        _ => LEADS.iter().any(|lead| lead.eq_ignore_ascii_case(word)),
    }
}

/// The factor by which a number of many counts another (`tens of thousands`), with the place where it begins.
pub(super) fn many(text: &str, mark: &NumberMark) -> Option<(usize, f64)> {
    numerals::multiple(&mark.span.of(text).to_lowercase()).filter(|_| mark.span.of(text).ends_with('s'))?;
    let head = text[..mark.span.start].strip_suffix(" of ")?;
    [("tens", 10.0), ("dozens", 12.0), ("hundreds", 100.0), ("thousands", 1e3)].into_iter().find_map(
        |(word, factor)| {
            let at = head.len().checked_sub(word.len())?;
            let same =
                head.get(at..)?.eq_ignore_ascii_case(word) && !head[..at].ends_with(char::is_alphanumeric);
            same.then_some((at, factor))
        },
    )
}
