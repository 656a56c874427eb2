//! Numbers that a text states, with what they count.

use std::sync::LazyLock;

use regex::Regex;

use crate::Span;
use crate::dates::{DateKind, DateMark, dates};
use crate::numerals::{MULTIPLES, SMALL, TENS};

mod measure;
mod nouns;
mod quantities;
#[cfg(test)]
mod tests;
mod value;

pub use quantities::{Quantity, quantities};

/// A number in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberMark {
    /// Its bytes in the text, with its unit where that is written to it (`$`, `%`).
    pub span: Span,
    /// Its value, multiples (`million`) included.
    pub value: f64,
    /// What it counts: `percent`, a currency (`$`), `clock`, `years old`, or the stem of the noun after it.
    pub unit: Option<String>,
    /// The word whose stem is the unit, where it is one.
    pub noun: Option<Span>,
    /// Whether the text says that it is a rough figure.
    pub approximate: bool,
    /// Whether the text makes it a bound.
    pub bound: Option<Bound>,
}

/// A number that is only a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// `at least`, `more than`, `over`.
    AtLeast,
    /// `at most`, `fewer than`, `up to`.
    AtMost,
}

impl Bound {
    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
        }
    }
}

/// What numbers look like: digits with separators or number words, with a currency before and a multiple
/// or a percent sign after.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let (small, tens, few) = (SMALL.join("|"), TENS.join("|"), SMALL[1..=12].join("|"));
    let multiples = MULTIPLES.map(|(name, _)| name).join("|");
    let pattern = format!(
        concat!(
            r"(?i)(?P<currency>US\$|A\$|C\$|[$€£¥₹])?\s?",
            r"(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<glued>bn|m|k|tn)?\b",
            r"|(?P<words>\b(?:(?:half a|a|{small}|{tens}|half|several)(?:[\s-]+(?:and[\s-]+)?(?:{few}|dozen|hundred|(?:a\s+)?half|thirds?|quarters?|fifths?|tenths?))*|dozens|hundreds|thousands|millions|billions)\b))",
            r"(?P<multiple>[\s-]+(?:{multiples})\b)?",
            r"(?P<percent>\s?%|[\s-]per\s?cent\b|[\s-]percentage points?\b)?",
        ),
        small = small,
        tens = tens,
        few = few,
        multiples = multiples,
    );
    // Boundaries of ASCII words: those of Unicode make the search many times slower.
    Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("the pattern is constant and valid")
});

/// The numbers of a text, in order. Pieces of dates, ordinals and lone articles are left out; clock times
/// have the unit `clock` and the hour as their value.
#[must_use]
pub fn numbers(text: &str) -> Vec<NumberMark> {
    let times = dates(text, None);
    let mut out: Vec<NumberMark> = times.iter().filter_map(|mark| clock(text, mark)).collect();
    for found in NUMBER.find_iter(text) {
        let span = Span::new(found.end() - found.as_str().trim_start().len(), found.end());
        let article = span.of(text).eq_ignore_ascii_case("a");
        if article || is_time(span, &times) || is_glued(text, span) {
            continue;
        }
        if let Some((value, written)) = read(text, found.start(), span) {
            let (counted, noun) =
                if written.is_none() { nouns::noun(text, span.end, value) } else { (None, None) };
            let said = before(text, span);
            out.push(NumberMark {
                span,
                value,
                unit: written.or(counted),
                noun,
                approximate: is_approximate(&said, span.of(text)),
                bound: bound(&said, &text[span.end..]),
            });
        }
    }
    out.sort_by_key(|mark| mark.span);
    out
}

/// The value of the number whose match begins at a place, and the unit that is written to it.
fn read(text: &str, at: usize, span: Span) -> Option<(f64, Option<String>)> {
    let said = span.of(text);
    if said.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((said.parse().ok()?, None));
    }
    let captures = NUMBER.captures_at(text, at)?;
    Some((value::value(&captures)?, value::unit(&captures)))
}

/// A time of day as a number.
fn clock(text: &str, mark: &DateMark) -> Option<NumberMark> {
    let (_, time) = mark.value.split_once('T')?;
    if mark.kind != DateKind::Time || !mark.span.of(text).starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (hour, minute) = time.split_once(':')?;
    let value = hour.parse::<f64>().ok()? + minute.parse::<f64>().ok()? / 60.0;
    Some(NumberMark {
        span: mark.span,
        value,
        unit: Some("clock".to_owned()),
        noun: None,
        approximate: false,
        bound: None,
    })
}

/// Whether the number is a piece of a date; lengths of time stay numbers.
fn is_time(span: Span, times: &[DateMark]) -> bool {
    let at = times.partition_point(|mark| mark.span.end <= span.start);
    times.get(at).is_some_and(|mark| mark.span.overlaps(span) && is_calendar(mark))
}

fn is_calendar(mark: &DateMark) -> bool {
    matches!(mark.kind, DateKind::Date | DateKind::Time)
}

/// Whether letters or digits stand against the number (`B2B`, `1st`, `3.4.5`).
fn is_glued(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let mut after = text[span.end..].chars();
    let next = after.next();
    let decimal =
        matches!(next, Some('.' | ',' | ':' | '/')) && after.next().is_some_and(|c| c.is_ascii_digit());
    before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '/' | '#' | '@'))
        || next.is_some_and(char::is_alphanumeric)
        || decimal
}

/// The few words before a number, lower-cased.
fn before(text: &str, span: Span) -> String {
    let head = text[..span.start].trim_end();
    if !head.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return String::new();
    }
    let mut start = span.start.saturating_sub(28);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text[start..span.start].trim_end().to_lowercase()
}

fn is_approximate(lead: &str, said: &str) -> bool {
    const ROUGH: &[&str] = &[
        "about",
        "around",
        "roughly",
        "approximately",
        "some",
        "nearly",
        "almost",
        "an estimated",
        "estimated",
        "close to",
        "circa",
    ];
    const VAGUE: &[&str] = &["dozens", "hundreds", "thousands", "millions", "billions", "several"];
    ROUGH.iter().any(|word| ends_with_word(lead, word))
        || VAGUE.iter().any(|word| said.eq_ignore_ascii_case(word))
}

fn bound(lead: &str, rest: &str) -> Option<Bound> {
    const LEAST: &[&str] = &[
        "at least",
        "more than",
        "over",
        "no fewer than",
        "no less than",
        "as many as least",
        "upward of",
        "upwards of",
        "exceeding",
        "greater than",
        "a minimum of",
    ];
    const MOST: &[&str] = &[
        "at most",
        "fewer than",
        "less than",
        "up to",
        "under",
        "no more than",
        "as many as",
        "as much as",
        "below",
        "a maximum of",
        "not more than",
    ];
    // `no more than` ends in `more than`: the upper bounds are tried first, and `no less than` before them.
    let low = |words: &&&str| ends_with_word(lead, words);
    if ["no fewer than", "no less than", "not less than"].iter().any(|words| ends_with_word(lead, words)) {
        Some(Bound::AtLeast)
    } else if MOST.iter().any(|words| low(&words)) {
        Some(Bound::AtMost)
    } else if LEAST.iter().any(|words| low(&words)) || rest.starts_with(" or more") {
        Some(Bound::AtLeast)
    } else {
        None
    }
}

fn ends_with_word(lead: &str, words: &str) -> bool {
    lead.strip_suffix(words).is_some_and(|head| !head.ends_with(char::is_alphanumeric))
}
