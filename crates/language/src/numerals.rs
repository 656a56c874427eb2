//! English number words: the one list of them.

/// The numbers from zero to nineteen, each at its own place.
pub const SMALL: [&str; 20] = [
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

/// The tens from twenty to ninety.
pub const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The ordinals from the first to the twelfth.
pub const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

/// The words that multiply the number before them.
pub const MULTIPLES: [(&str, f64); 5] =
    [("hundred", 1e2), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)];

/// The value of a lower-case number word from `zero` to `nineteen` and of the tens.
#[must_use]
pub fn cardinal(word: &str) -> Option<u8> {
    let at = |list: &[&str]| list.iter().position(|name| *name == word).and_then(|at| u8::try_from(at).ok());
    at(&SMALL).or_else(|| at(&TENS).map(|at| (at + 2) * 10))
}

/// The value of a lower-case ordinal from `first` to `twelfth`.
#[must_use]
pub fn ordinal(word: &str) -> Option<u8> {
    ORDINALS.iter().position(|name| *name == word).and_then(|at| u8::try_from(at + 1).ok())
}

/// By how much a lower-case word multiplies: `million`, `millions`.
#[must_use]
pub fn multiple(word: &str) -> Option<f64> {
    let bare = word.strip_suffix('s').unwrap_or(word);
    MULTIPLES.iter().find(|(name, _)| *name == bare).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_values() {
        assert_eq!((cardinal("zero"), cardinal("nineteen")), (Some(0), Some(19)));
        assert_eq!((cardinal("twenty"), cardinal("ninety"), cardinal("dozen")), (Some(20), Some(90), None));
        assert_eq!((ordinal("first"), ordinal("twelfth"), ordinal("one")), (Some(1), Some(12), None));
        assert_eq!(
            (multiple("hundreds"), multiple("trillion"), multiple("ten")),
            (Some(1e2), Some(1e12), None)
        );
    }
}
