//! The English names of months and weekdays: the one list of them.

use jiff::civil::Weekday;

/// The months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The weekdays, Monday first.
pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The name of a month from 1 to 12; empty for what is none.
#[must_use]
pub fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("")
}

/// The number of a month, from 1, by the first three letters of a word.
#[must_use]
pub fn month(word: &str) -> Option<i8> {
    let at = place(&MONTHS, word)?;
    i8::try_from(at + 1).ok()
}

/// The name of a weekday.
#[must_use]
pub fn weekday_name(weekday: Weekday) -> &'static str {
    let at = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0);
    WEEKDAYS[at.min(WEEKDAYS.len() - 1)]
}

/// The weekday by the first three letters of a word.
#[must_use]
pub fn weekday(word: &str) -> Option<Weekday> {
    let at = place(&WEEKDAYS, word)?;
    Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

/// Whether a word is the name of a month or weekday, or the short name of a month (`Sept`, without a stop).
#[must_use]
pub fn is_name(word: &str) -> bool {
    let same = |name: &str| name.eq_ignore_ascii_case(word);
    let short = |month: &str| month[..3].eq_ignore_ascii_case(word);
    WEEKDAYS.iter().any(|name| same(name))
        || MONTHS.iter().any(|name| same(name) || short(name))
        || word.eq_ignore_ascii_case("sept")
}

/// The names of a list as a piece of a pattern: `Monday|Tuesday|…`.
pub(crate) fn choice(names: &[&str]) -> String {
    names.join("|")
}

fn place(names: &[&str], word: &str) -> Option<usize> {
    let head = word.get(..3)?;
    names.iter().position(|name| name[..3].eq_ignore_ascii_case(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_agree() {
        for number in 1..=12 {
            assert_eq!(month(month_name(number)), Some(number));
        }
        for name in WEEKDAYS {
            assert_eq!(weekday(name).map(weekday_name), Some(name));
        }
        assert_eq!((month_name(0), month_name(13), month("Ma"), weekday("é")), ("", "", None, None));
        assert_eq!((month("sept."), weekday("TUES")), (Some(9), Some(Weekday::Tuesday)));
        assert!(
            is_name("may") && is_name("Sept") && is_name("sunday") && !is_name("sun") && !is_name("marble")
        );
    }
}
