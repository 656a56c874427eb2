//! Where sentences begin and end.
//!
//! Rules, no model: a run of stops ends a sentence unless what stands before it is an abbreviation or what
//! follows goes on in lower case. Line breaks end sentences, list markers begin them, and a citation mark
//! right after a stop (`.[5]`) stays with the sentence it backs.

use crate::Span;

mod abbreviations;
mod lists;
mod stops;

/// Whether `word`, without its stop, is an abbreviation in English.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    abbreviations::is_known(word, "en")
}

/// The sentences of a text in order, without the white space around them. `lang` is a BCP 47 code; rules
/// for abbreviations differ by language, an unknown one gets the general rules.
#[must_use]
pub fn sentences(text: &str, lang: &str) -> Vec<Span> {
    let lang = lang.split(['-', '_']).next().unwrap_or(lang);
    let mut out = Vec::new();
    for line in lines(text) {
        let items = lists::items(text, line);
        let is_inside_marker = |at: &usize| {
            items.get(items.partition_point(|item| item.end < *at)).is_some_and(|item| item.start < *at)
        };
        let mut starts: Vec<usize> = stops::starts(text, line, lang);
        starts.retain(|at| !is_inside_marker(at));
        starts.extend(items.iter().map(|item| item.start));
        starts.sort_unstable();
        starts.dedup();
        let mut from = line.start;
        for start in starts.into_iter().chain([line.end]) {
            push_trimmed(text, from, start, &mut out);
            from = start;
        }
    }
    out
}

fn push_trimmed(text: &str, from: usize, to: usize, out: &mut Vec<Span>) {
    let piece = &text[from..to];
    let start = from + (piece.len() - piece.trim_start().len());
    let end = from + piece.trim_end().len();
    if start < end {
        out.push(Span::new(start, end));
    }
}

/// The lines that hold something. A line that breaks off in mid-sentence (a text wrapped by hand) is read
/// together with the next one.
fn lines(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut opens_upper = false;
    let mut from = 0;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        if !matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            continue;
        }
        let line = Span::new(from, at);
        from = (at + c.len_utf8()).min(text.len());
        if line.of(text).trim().is_empty() {
            continue;
        }
        match out.last_mut() {
            Some(last)
                if opens_upper && last.end + 1 == line.start && is_wrapped(last.of(text), line.of(text)) =>
            {
                last.end = line.end;
            }
            _ => {
                opens_upper = line.of(text).trim_start().starts_with(char::is_uppercase);
                out.push(line);
            }
        }
    }
    out
}

/// Whether a line that opens in upper case goes on in the one below.
fn is_wrapped(above: &str, below: &str) -> bool {
    above.trim_end().ends_with(|c: char| c.is_lowercase() || c == ',')
        && below.starts_with(char::is_lowercase)
        && lists::marker(below).is_none()
}

#[cfg(test)]
mod tests;
