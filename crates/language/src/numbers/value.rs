//! The value and the written unit of a number.

use regex::Captures;

use crate::numerals;

/// The value of a match, multiples included; nothing for words that only look like numbers.
pub(super) fn value(captures: &Captures<'_>) -> Option<f64> {
    let multiple = captures.name("multiple").map_or(1.0, |word| scale(word.as_str()));
    if let Some(digits) = captures.name("digits") {
        let plain: f64 = digits.as_str().replace(',', "").parse().ok()?;
        let glued = captures.name("glued").map_or(1.0, |word| scale(word.as_str()));
        return Some(plain * glued * multiple);
    }
    let words = captures.name("words")?.as_str().to_lowercase();
    let spelled = spelled(&words)?;
    // A lone article or pronoun counts nothing.
    let lone = matches!(words.as_str(), "a" | "one" | "half") && captures.name("multiple").is_none();
    (!lone || (words != "a" && captures.name("percent").is_some())).then_some(spelled * multiple)
}

fn scale(word: &str) -> f64 {
    match word.trim_matches([' ', '-', '\u{a0}', '\n', '\t']).to_lowercase().as_str() {
        "k" => 1e3,
        "m" => 1e6,
        "bn" => 1e9,
        "tn" => 1e12,
        word => numerals::multiple(word).unwrap_or(1.0),
    }
}

fn spelled(words: &str) -> Option<f64> {
    match words {
        "dozens" => return Some(24.0),
        "hundreds" | "thousands" | "millions" | "billions" => {
            return numerals::multiple(words).map(|multiple| 2.0 * multiple);
        }
        "several" => return Some(3.0),
        "half" | "half a" => return Some(0.5),
        "half a dozen" => return Some(6.0),
        _ => {}
    }
    let joined = words.contains("and");
    let mut total: f64 = 0.0;
    let mut any = false;
    for word in words.split([' ', '-', '\n', '\t']).filter(|word| !word.is_empty() && *word != "and") {
        let part = match word {
            "dozen" => Some(12.0),
            "hundred" => Some(100.0),
            _ => None,
        };
        let fraction = match word.trim_end_matches('s') {
            "half" => Some(2.0),
            "third" => Some(3.0),
            "quarter" => Some(4.0),
            "fifth" => Some(5.0),
            "tenth" => Some(10.0),
            _ => None,
        };
        if let Some(part) = part {
            total = if any { total * part } else { part };
        } else if let Some(fraction) = fraction {
            // `two and a half` adds its half; `two-thirds` divides.
            total = if joined { (total - 1.0).max(0.0) + 1.0 / fraction } else { total / fraction };
        } else {
            total += if word == "a" { 1.0 } else { f64::from(numerals::cardinal(word)?) };
        }
        any = true;
    }
    any.then_some(total)
}

/// The unit written with the number: a currency or percent.
pub(super) fn unit(captures: &Captures<'_>) -> Option<String> {
    if let Some(currency) = captures.name("currency") {
        return Some(currency.as_str().trim_start_matches("US").to_owned());
    }
    captures.name("percent").map(|percent| {
        if percent.as_str().contains("point") { "percentage point".to_owned() } else { "percent".to_owned() }
    })
}
