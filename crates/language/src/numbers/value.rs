//! The value and the written unit of a number.

use regex::Captures;

const UNITS: &[(&str, f64)] = &[
    ("zero", 0.0),
    ("a", 1.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

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
        "hundred" => 1e2,
        "k" | "thousand" => 1e3,
        "m" | "million" => 1e6,
        "bn" | "billion" => 1e9,
        "tn" | "trillion" => 1e12,
        _ => 1.0,
    }
}

fn spelled(words: &str) -> Option<f64> {
    match words {
        "dozens" => return Some(24.0),
        "hundreds" => return Some(200.0),
        "thousands" => return Some(2e3),
        "millions" => return Some(2e6),
        "billions" => return Some(2e9),
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
            total += UNITS.iter().find(|(name, _)| *name == word)?.1;
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
