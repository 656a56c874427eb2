//! Runs of stops, and whether they end a sentence.

use std::sync::LazyLock;

use regex::Regex;

use super::{abbreviations, lists};
use crate::Span;

/// How far back the word before a stop is read; longer words are no abbreviations.
const WORD_LIMIT: usize = 40;

static SAYING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\p{Lu}[\w’'-]*\.?\s+){1,3}(?:said|says|asked|asks|told|wrote|added|replied|demanded|cried|shouted|wondered|continued|joked)\b")
        .expect("the pattern is constant and valid")
});

/// The bytes at which a sentence begins because another ended before it on the same line.
pub(super) fn starts(text: &str, line: Span, lang: &str) -> Vec<usize> {
    let body = line.of(text);
    let skip = body.len() - body.trim_start().len();
    let mut at = skip + lists::marker(&body[skip..]).map_or(0, |marker| marker.len().min(body.len() - skip));
    let mut out = Vec::new();
    while let Some(found) = body[at..].find(is_stop) {
        let stop = at + found;
        if opens_ellipsis(&body[stop..]) {
            // `compounds. . . . The`: the sentence has its own stop, and words were left out behind it.
            out.push(line.start + stop + 2);
            at = run_end(body, stop);
            continue;
        }
        let end = run_end(body, stop);
        let tail = tail_end(body, end);
        if ends_sentence(body, stop, end, tail, lang) {
            let next = tail + (body[tail..].len() - body[tail..].trim_start().len());
            out.push(line.start + next);
        }
        at = tail.max(end);
    }
    out
}

/// Whether a stop is followed by a spaced ellipsis of three and a new sentence.
fn opens_ellipsis(rest: &str) -> bool {
    rest.strip_prefix(". . . . ").is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‽') || is_wide_stop(c)
}

/// Stops of scripts that set no space after them, and those of Hindi and Arabic.
fn is_wide_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '．' | '।' | '॥' | '؟' | '۔' | '።' | '։')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』' | '）' | '】' | '“')
}

/// The end of a run of stops that may be spaced (`. . .`).
fn run_end(body: &str, stop: usize) -> usize {
    let mut end = stop;
    loop {
        let rest = &body[end..];
        let Some(c) = rest.chars().next() else { return end };
        if is_stop(c) {
            end += c.len_utf8();
        } else if c == ' ' && rest[1..].starts_with('.') && body[..end].ends_with('.') && spaced(&rest[1..]) {
            end += 1;
        } else {
            return end;
        }
    }
}

/// Whether a stop after a space is one more of a spaced ellipsis and not the head of `.50`.
fn spaced(rest: &str) -> bool {
    !rest[1..].starts_with(|c: char| c.is_alphanumeric())
}

/// Where what belongs to the stops ends: closing marks, then citation marks (`[5]`, ` [5][6]`).
fn tail_end(body: &str, end: usize) -> usize {
    let mut tail = end;
    while let Some(c) = body[tail..].chars().next() {
        let opens = c == '“' && !body[tail + c.len_utf8()..].starts_with(|n: char| n.is_whitespace());
        if !is_closer(c) || opens {
            break;
        }
        tail += c.len_utf8();
    }
    loop {
        let rest = body[tail..].trim_start_matches(' ');
        let Some(mark) = citation(rest) else { return tail };
        tail = body.len() - rest.len() + mark;
    }
}

/// The length of the numeric mark in brackets that `rest` opens with.
fn citation(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('[')?;
    let len = inner.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b' ' | b'-')).count();
    (len > 0 && len <= 12 && inner.as_bytes()[0].is_ascii_digit() && inner[len..].starts_with(']'))
        .then_some(len + 2)
}

fn ends_sentence(body: &str, stop: usize, end: usize, tail: usize, lang: &str) -> bool {
    let rest = &body[tail..];
    let next = rest.trim_start();
    if next.is_empty() {
        return false;
    }
    let run = &body[stop..end];
    if run.chars().any(is_wide_stop) {
        let goes_on = next.starts_with(|c: char| is_closer(c) || matches!(c, '、' | '，' | '》'));
        let said = tail > end && next.starts_with(['と', 'っ']);
        return !goes_on && !said;
    }
    if rest.len() == next.len() {
        return glued(body, stop, tail, lang);
    }
    if run.starts_with(". .") && run.len() <= 5 && body[..stop].ends_with(' ')
        || is_omission(body, stop, next)
    {
        return false;
    }
    if is_signature(body, end, tail, next) {
        return false;
    }
    let before = word_before(body, stop);
    let after =
        next.trim_start_matches(['"', '\'', '“', '‘', '«', '(', '[', '¿', '¡', '„', '‹', ' ', '\u{a0}']);
    let Some(first) = after.chars().next() else { return false };
    if first.is_lowercase() {
        return starts_lower(before, &body[stop..tail], after, next);
    }
    if matches!(first, '.' | ',' | ';' | ':' | '?' | '!' | '%') || (next.len() == after.len() && first == ']')
    {
        return false;
    }
    if run != "." || tail > end && body[end..tail].contains(['"', '”', '’', '»']) {
        let quoted = body[end..tail].contains(['"', '”', '’', '»', '\'']);
        return !(quoted && next.len() == after.len() && said_follows(after));
    }
    if tail > end && body[end..tail].starts_with([')', ']']) && abbreviations::is_known(before, lang) {
        return false;
    }
    abbreviations::stop_ends(body, stop, after, lang)
}

/// Whether the rest of a line signs what stands before it: after a dash behind closing quotation marks
/// (`“Go home.” – Ada Lind`), or a bare name at the end of words in the first person.
fn is_signature(body: &str, end: usize, tail: usize, next: &str) -> bool {
    let quoted = body[end..tail].contains(['"', '”', '’', '»']);
    if let Some(name) = next.strip_prefix(['-', '–', '—', '―']).filter(|_| quoted) {
        return name.trim_start().starts_with(char::is_uppercase);
    }
    next.len() < 40
        && (2..=3).contains(&next.split_whitespace().count())
        && next.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’'))
        })
        && ["I ", "My ", "We "].iter().any(|word| body.trim_start_matches([' ', '“', '"']).starts_with(word))
}

/// `[...]` in a quotation that a reference in brackets follows ends nothing.
fn is_omission(body: &str, stop: usize, next: &str) -> bool {
    body[..stop].ends_with('[') && next.starts_with('(')
}

/// A stop without a space after it ends a sentence before a citation mark's successor (`.[5]The`) and
/// where the space was lost (`sank.Nobody`).
fn glued(body: &str, stop: usize, tail: usize, lang: &str) -> bool {
    if tail == stop + 1 && body[stop..].starts_with('.') {
        return space_lost(body, stop);
    }
    let marked = body[..tail].ends_with(']') && body[stop..tail].contains('[');
    marked
        && body[tail..].starts_with(char::is_uppercase)
        && !abbreviations::is_known(word_before(body, stop), lang)
}

fn space_lost(body: &str, stop: usize) -> bool {
    let next = &body[stop + 1..];
    let low = |c: char| c.is_lowercase() || c.is_ascii_digit();
    let mut last = body[..stop].chars().rev();
    if !next.starts_with(char::is_uppercase) || !last.next().is_some_and(low) || !last.next().is_some_and(low)
    {
        return false;
    }
    let before = word_before(body, stop);
    let word: String = next.chars().take(WORD_LIMIT).take_while(|c| !c.is_whitespace()).collect();
    let mut letters = word.chars().skip(1);
    let plain = letters.clone().count() > 0
        && word.trim_end_matches(['.', ',']).chars().all(|c| c.is_alphabetic() || c == '’');
    plain
        && letters.all(|c| !c.is_uppercase())
        && before.chars().nth(1).is_some()
        && !before.contains(['.', '@', '/'])
        && word.len() > 1
        && next.len() > word.len()
}

/// Sentences begin in lower case only where a name does (`iPhone`, `eBay`).
fn starts_lower(before: &str, tail: &str, after: &str, next: &str) -> bool {
    let branded = after.chars().nth(1).is_some_and(char::is_uppercase);
    branded && next.len() == after.len() && tail == "." && before.chars().count() > 3
}

fn said_follows(after: &str) -> bool {
    let mut end = after.len().min(80);
    while !after.is_char_boundary(end) {
        end -= 1;
    }
    SAYING.is_match(&after[..end])
}

/// The word that ends at `stop`, back to a space or an opening mark.
pub(super) fn word_before(body: &str, stop: usize) -> &str {
    let mut start = stop;
    for (at, c) in body[..stop].char_indices().rev() {
        if c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '‘' | '«' | '„' | '/' | '—' | '–')
        {
            break;
        }
        if stop - at > WORD_LIMIT {
            break;
        }
        start = at;
    }
    &body[start..stop]
}
