//! Numbers by value: `1,500`, `1.5 billion`, `twelve`, `third`, with the sign of their unit.

use language::{Span, numerals};

use super::reading::Token;

/// What a number says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Value {
    pub(super) amount: f64,
    pub(super) unit: Unit,
    pub(super) year: bool,
}

/// A unit that is written to the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Nothing written to it.
    Bare,
    /// A currency.
    Money,
    /// Parts of a hundred.
    Percent,
}

/// Whether the pieces before and after a comma or point are one number.
pub(super) fn joins(before: &str, mark: &str, after: &str) -> bool {
    if mark == ", " && after != "000" && after != "500" {
        return false;
    }
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let tail: &str = after.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    match mark {
        "," | ", " => {
            before.len() <= 3
                && before.bytes().all(|b| b.is_ascii_digit())
                && digits(after)
                && after.len() == 3
        }
        _ => digits(before) && digits(tail) && after.len() - tail.len() <= 2,
    }
}

/// The value of a word, when it is a number.
pub(super) fn value(word: &str, span: Span, text: &str) -> Option<Value> {
    let (amount, plain) = if word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        figure(word)?
    } else {
        (spelled(word)?, false)
    };
    let unit = unit(span, text);
    let four = word.len() == 4 && span.end - span.start == 4;
    let year = plain && unit == Unit::Bare && four && (1000.0..2100.0).contains(&amount);
    Some(Value { amount, unit, year })
}

/// The unit that is written before or after a number.
fn unit(span: Span, text: &str) -> Unit {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].trim_start_matches([' ', '-']);
    let begins = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    if before.is_some_and(|c| matches!(c, '$' | '£' | '€' | '¥')) || begins(&["dollars", "pounds", "euros"])
    {
        Unit::Money
    } else if begins(&["%", "percent", "per cent"]) {
        Unit::Percent
    } else {
        Unit::Bare
    }
}

/// The value of a number in words. `one`, `first` and `second` are left out: they are more often no numbers.
fn spelled(word: &str) -> Option<f64> {
    let small = numerals::cardinal(word).filter(|_| word != "one");
    let place = numerals::ordinal(word).filter(|place| (3..=10).contains(place));
    match word {
        "dozen" => Some(12.0),
        _ => small.or(place).map(f64::from).or_else(|| numerals::multiple(word)),
    }
}

/// A number in figures and whether nothing is written after them.
fn figure(word: &str) -> Option<(f64, bool)> {
    let end = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
    if end > 15 {
        return None;
    }
    let amount: f64 = word[..end].parse().ok()?;
    let factor = match &word[end..] {
        "" | "st" | "nd" | "rd" | "th" | "s" | "am" | "pm" | "km" | "kg" | "m²" => 1.0,
        "k" => 1e3,
        "m" | "mn" => 1e6,
        "bn" | "b" => 1e9,
        "tn" => 1e12,
        _ => return None,
    };
    Some((amount * factor, end == word.len()))
}

/// Takes a multiple (`million`) or a unit (`five` after `twenty`) into the number before it.
pub(super) fn multiplies(before: &mut Token, token: &Token) -> bool {
    let (Some(value), Some(next)) = (before.value.as_mut(), token.value) else { return false };
    if token.pause {
        return false;
    }
    let tens = before.text.parse::<f64>().is_err()
        && (20.0..=90.0).contains(&value.amount)
        && value.amount % 10.0 == 0.0;
    if let Some(times) = numerals::multiple(&token.text) {
        value.amount *= times;
    } else if tens && (1.0..10.0).contains(&next.amount) && token.text.parse::<f64>().is_err() {
        value.amount += next.amount;
    } else {
        return false;
    }
    if next.unit != Unit::Bare {
        value.unit = next.unit;
    }
    value.year = false;
    before.kind = super::reading::Kind::Number;
    before.stem = format!("#{}", value.amount);
    true
}

const ABOUT: [&str; 12] = [
    "about",
    "around",
    "approximately",
    "nearly",
    "almost",
    "roughly",
    "over",
    "than",
    "some",
    "least",
    "up",
    "under",
];

/// How well a number of the evidence bears out a number of the claim: 1 for equal, less for a rounding that
/// the claim admits, nothing for another number.
pub(super) fn bears(claim: &Value, before: Option<&str>, evidence: &Value) -> f64 {
    let units = claim.unit == evidence.unit || claim.unit == Unit::Bare || evidence.unit == Unit::Bare;
    if !units {
        return 0.0;
    }
    let gap = (claim.amount - evidence.amount).abs();
    let size = claim.amount.abs().max(evidence.amount.abs()).max(1e-9);
    if gap <= 1e-9 * size {
        1.0
    } else if !claim.year && before.is_some_and(|word| ABOUT.contains(&word)) && gap <= 0.1 * size {
        0.9
    } else if !claim.year && size >= 1000.0 && gap <= 0.02 * size {
        0.8
    } else {
        0.0
    }
}
