//! Numbers by value: `1,500`, `1.5 billion`, `twelve`, `third`, with the sign of their unit.

use language::Span;

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

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: [&str; 10] =
    ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "dozen"];

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
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].trim_start_matches([' ', '-']);
    let mut unit = Unit::Bare;
    if before.is_some_and(|c| matches!(c, '$' | '£' | '€' | '¥'))
        || ["dollars", "pounds", "euros"].iter().any(|w| after.starts_with(w))
    {
        unit = Unit::Money;
    } else if after.starts_with('%') || after.starts_with("percent") || after.starts_with("per cent") {
        unit = Unit::Percent;
    }
    let (amount, plain) = if word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        figure(word)?
    } else {
        // `one` is more often a pronoun than a number.
        (spelled(word).filter(|_| word != "one" && word != "second")?, false)
    };
    let year = plain
        && unit == Unit::Bare
        && word.len() == 4
        && span.end - span.start == 4
        && (1000.0..2100.0).contains(&amount);
    Some(Value { amount, unit, year })
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

fn spelled(word: &str) -> Option<f64> {
    let place = |list: &[&str]| list.iter().position(|w| *w == word).map(|at| at as f64);
    place(&SMALL)
        .or_else(|| place(&TENS).map(|at| (at + 2.0) * 10.0))
        .or_else(|| place(&ORDINALS).map(|at| if at > 8.5 { 12.0 } else { at + 2.0 }))
        .or_else(|| factor(word))
}

fn factor(word: &str) -> Option<f64> {
    match word {
        "hundred" | "hundreds" => Some(1e2),
        "thousand" | "thousands" => Some(1e3),
        "million" | "millions" => Some(1e6),
        "billion" | "billions" => Some(1e9),
        "trillion" | "trillions" => Some(1e12),
        _ => None,
    }
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
    if let Some(times) = factor(&token.text) {
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
