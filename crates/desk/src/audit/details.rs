//! Details in which a sentence differs from the lines it rests on: another number in the same place, a rough
//! figure told as exact, words given to another speaker.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::Date;
use language::dates::dates;
use language::words::{Word, stem, words};
use language::{Span, numerals};
use regex::Regex;

use crate::verify::judge;

use super::finding::{Code, Finding};
use super::quotes::quoted;

/// What a differing detail does to the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// The source says otherwise.
    Contradicts,
    /// The source says less.
    Weakens,
}

/// How many numbers of one text are looked at.
const MOST: usize = 200;
/// How many words round a number tell what it counts.
const NEAR: usize = 5;
/// Words that make the number after them rough or a bound.
const ROUGH: [&str; 16] = [
    "about",
    "around",
    "some",
    "nearly",
    "almost",
    "roughly",
    "approximately",
    "over",
    "than",
    "least",
    "most",
    "to",
    "estimated",
    "under",
    "perhaps",
    "circa",
];

static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\p{Lu}[\p{L}’'-]*\p{Ll}(?: \p{Lu}\.)?(?: \p{Lu}[\p{L}’'-]*\p{Ll}){1,3}")
        .expect("the pattern is constant and valid")
});
static SAYING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:said|says|told|added|wrote|asked|announced|warned|replied|according to)\b")
        .expect("the pattern is constant and valid")
});

/// The details in which `text` differs from `lines`; `quoting` are those that hold its quotations.
pub(super) fn details(text: &str, lines: &[&str], quoting: &[&str]) -> Vec<(Finding, Effect)> {
    let ours = numbers(text);
    let theirs: Vec<Vec<Number>> = lines.iter().map(|line| numbers(line)).collect();
    let mut out: Vec<(Finding, Effect)> = ours
        .iter()
        .filter_map(|number| rival(number, &ours, &theirs).or_else(|| rough(number, &theirs)))
        .collect();
    out.extend(speaker(text, quoting));
    out
}

/// A number with the words round it.
struct Number {
    printed: String,
    value: f64,
    rough: bool,
    /// Whether the text says that it is not this number (`31, not 23`).
    denied: bool,
    near: BTreeSet<String>,
}

/// The numbers of a text that are no part of a date or a time of day.
fn numbers(text: &str) -> Vec<Number> {
    let marks = dates(text, Some(Date::constant(2000, 1, 1)));
    let words = words(text);
    let mut out = Vec::new();
    let mut skip = 0;
    for at in 0..words.len() {
        if out.len() == MOST {
            break;
        }
        let Some((value, count)) = value(text, &words[at..]).filter(|_| at >= skip) else { continue };
        skip = at + count;
        let span = Span::new(words[at].span.start, words[at + count - 1].span.end);
        let clock = text[span.end..].trim_start().to_lowercase();
        if marks.iter().any(|mark| mark.span.overlaps(span))
            || ["am", "pm", "a.m", "p.m"].iter().any(|end| clock.starts_with(end))
        {
            continue;
        }
        let around = &words[at.saturating_sub(NEAR)..(skip + NEAR).min(words.len())];
        let near = around.iter().filter(|word| !word.span.overlaps(span)).map(|word| stem(&word.text, "en"));
        let before: Vec<&str> =
            words[at.saturating_sub(2)..at].iter().map(|word| word.text.as_str()).collect();
        out.push(Number {
            printed: span.of(text).to_owned(),
            value,
            rough: before.iter().any(|word| ROUGH.contains(word)),
            denied: before.last() == Some(&"not")
                || before == ["rather", "than"]
                || before == ["instead", "of"],
            near: near
                .filter(|stem| !language::words::is_stop(stem) && stem.chars().all(char::is_alphabetic))
                .collect(),
        });
    }
    out
}

/// The number that the words open with, and how many words it takes (`46,750`, `2.6`).
fn value(text: &str, words: &[Word]) -> Option<(f64, usize)> {
    let first = words.first()?;
    if let Some(value) = numerals::cardinal(&first.text).filter(|value| (2..=20).contains(value)) {
        return Some((f64::from(value), 1));
    }
    let whole = |word: &Word| word.text.bytes().all(|b| b.is_ascii_digit()) && word.text.len() <= 9;
    if !whole(first) {
        return None;
    }
    let mut printed = first.text.clone();
    let mut count = 1;
    for pair in words.windows(2).take(4) {
        let gap = &text[pair[0].span.end..pair[1].span.start];
        match gap {
            "," if whole(&pair[1]) && pair[1].text.len() == 3 => printed.push_str(&pair[1].text),
            "." if whole(&pair[1]) && !printed.contains('.') => {
                printed = format!("{printed}.{}", pair[1].text)
            }
            _ => break,
        }
        count += 1;
    }
    Some((printed.parse().ok()?, count))
}

/// A number that the lines lack while another stands in its place, or that they deny.
fn rival(number: &Number, ours: &[Number], theirs: &[Vec<Number>]) -> Option<(Finding, Effect)> {
    let all = || theirs.iter().flatten();
    let same = || all().filter(|other| other.value == number.value);
    if number.denied || same().any(|other| !other.denied) {
        return None;
    }
    let free = all().filter(|other| !other.denied && !ours.iter().any(|own| own.value == other.value));
    let mut placed: Vec<(usize, &Number)> =
        free.map(|other| (number.near.intersection(&other.near).count(), other)).collect();
    placed.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
    let (shared, other) = *placed.first()?;
    let tied =
        placed.get(1).is_some_and(|(next, other_too)| *next == shared && other_too.value != other.value);
    if (shared == 0 || tied) && same().next().is_none() {
        return None;
    }
    let note = format!("“{}” where the source has “{}”", number.printed, other.printed);
    Some((Finding::new(Code::Judged(judge::Code::NumberDiffers), note), Effect::Contradicts))
}

/// A number that every line with it calls rough, and the sentence doesn't.
fn rough(number: &Number, theirs: &[Vec<Number>]) -> Option<(Finding, Effect)> {
    let mut same = theirs.iter().flatten().filter(|other| other.value == number.value).peekable();
    same.peek()?;
    if number.rough || !same.all(|other| other.rough) {
        return None;
    }
    let note = format!("“{}” is a rough figure in the source", number.printed);
    Some((Finding::new(Code::Judged(judge::Code::HedgeLost), note), Effect::Weakens))
}

/// A quotation that stands in the source letter for letter, but whose speaker the lines don't name while they
/// name another.
fn speaker(text: &str, quoting: &[&str]) -> Option<(Finding, Effect)> {
    let outside = without_quotations(text);
    if quoting.is_empty() || !SAYING.is_match(&outside) {
        return None;
    }
    let told: BTreeSet<String> =
        quoting.iter().flat_map(|line| words(line)).map(|word| plain(&word)).collect();
    let stranger = NAME
        .find_iter(&outside)
        .map(|name| name.as_str())
        .find(|name| words(name).last().is_some_and(|last| !told.contains(&plain(last))))?;
    let own: BTreeSet<String> = words(text).iter().map(plain).collect();
    let lines: Vec<String> = quoting.iter().map(|line| without_quotations(line)).collect();
    let other = lines
        .iter()
        .flat_map(|line| NAME.find_iter(line))
        .map(|name| name.as_str())
        .find(|name| words(name).last().is_some_and(|last| !own.contains(&plain(last))))?;
    let note = format!("the words are {stranger}’s here, in the source they are {other}’s");
    Some((Finding::new(Code::Judged(judge::Code::SpeakerChanged), note), Effect::Contradicts))
}

/// A word without its possessive ending.
fn plain(word: &Word) -> String {
    word.text.strip_suffix("'s").unwrap_or(&word.text).to_owned()
}

fn without_quotations(text: &str) -> String {
    quoted(text).iter().fold(text.to_owned(), |text, quote| text.replacen(quote.text, "", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, line: &str, expected: &[&str]) {
        let quoting: Vec<&str> = if text.contains('“') { vec![line] } else { Vec::new() };
        let found: Vec<String> =
            details(text, &[line], &quoting).into_iter().map(|(finding, _)| finding.note).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn details_that_differ_are_named() {
        check(
            "The tram hit 14 cars on the hill.",
            "The tram hit 41 cars on the hill.",
            &["“14” where the source has “41”"],
        );
        check(
            "Nine boats came, 30 people left.",
            "Eight boats came; 30 people left.",
            &["“Nine” where the source has “Eight”"],
        );
        check(
            "The wall is 90 metres long.",
            "The wall is about 90 metres long.",
            &["“90” is a rough figure in the source"],
        );
        check("The wall is some 90 metres long.", "The wall is about 90 metres long.", &[]);
        check(
            "The clinic saw 23 people.",
            "It saw 31 people. That is 31, not 23.",
            &["“23” where the source has “31”"],
        );
        check("It cost 46,750 crowns.", "It cost 46,750 crowns.", &[]);
        check("It rained for 3 hours.", "The mayor has 7 children.", &[]);
        check("It closed at 7.12pm.", "It closed at 8.30pm.", &[]);
        let said = "the words are Ada Quill’s here, in the source they are Bert Lind’s";
        check("“We go,” said Ada Quill.", "“We go,” Bert Lind told reporters.", &[said]);
        check("“We go,” said Ada Quill.", "“We go,” said Ms Quill.", &[]);
        check("“We go,” said Ada Quill.", "“We go,” she said.", &[]);
    }
}
