//! Anniversaries: `the first anniversary of the March 11, 2011, quake` is a day where the sentence gives the first one.

use std::sync::LazyLock;

use jiff::ToSpan as _;
use jiff::civil::Date;
use regex::Regex;

use super::{Place, Shape};
use crate::dates::{DateKind, DateMark, calendar};
use crate::numerals;

pub(super) const SHAPES: &[Shape] = &[(
    r"\b(?P<x>[Tt]he (?:(?P<n>ORDINAL|\d{1,3}(?:st|nd|rd|th))|(?P<years>COUNT)[- ]year) anniversary)\b",
    anniversary,
)];

/// How far behind the word, in bytes, the first day is looked for.
const REACH: usize = 100;

fn anniversary(place: &Place<'_, '_>) -> Option<DateMark> {
    let unknown = || place.mark(DateKind::Date, "XXXX-XX-XX".to_owned(), None, true);
    let found = years(place).zip(base(place)).and_then(|(years, base)| base.after(years));
    Some(found.map_or_else(unknown, |(value, days)| place.mark(DateKind::Date, value, Some(days), false)))
}

/// How many years have passed.
fn years(place: &Place<'_, '_>) -> Option<i16> {
    let word = place.get("n") + &place.get("years");
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    digits
        .parse()
        .ok()
        .or_else(|| numerals::ordinal(&word).or_else(|| numerals::cardinal(&word)).map(i16::from))
}

/// The day, month or year from which anniversaries are counted.
#[derive(Clone, Copy, Debug)]
enum Base {
    Day(Date),
    Month(i16, i8),
    Year(i16),
}

impl Base {
    fn after(self, years: i16) -> Option<(String, calendar::Days)> {
        Some(match self {
            Self::Day(day) => {
                let day = day.checked_add(years.years()).ok()?;
                (day.to_string(), (day, day))
            }
            Self::Month(year, month) => {
                let first = Date::new(year.checked_add(years)?, month, 1).ok()?;
                (format!("{:04}-{month:02}", first.year()), (first, first.last_of_month()))
            }
            Self::Year(year) => {
                let year = year.checked_add(years)?;
                (format!("{year:04}"), calendar::year_days(i64::from(year))?)
            }
        })
    }
}

/// What the words right behind say: `of the 2011 quake`, `of the attack on March 11, 2011`.
fn base(place: &Place<'_, '_>) -> Option<Base> {
    static BASE: LazyLock<Regex> = LazyLock::new(|| {
        let month = super::month();
        Regex::new(&format!(
            r"^ of (?P<words>(?:[\w’'-]+ ){{0,6}}?)(?:(?P<month>{month}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>[12]\d{{3}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<month2>{month}),? (?P<y2>[12]\d{{3}})|(?:(?P<month3>{month}) )?(?P<y3>1[5-9]\d\d|20\d\d))(?:[^\w-]|$)"
        ))
        .expect("the pattern is constant and valid")
    });
    // Behind such a word another event is dated.
    const OTHER: &[&str] =
        &["that", "who", "which", "whose", "when", "after", "before", "since", "until", "and"];
    let rest = &place.text[place.span().end..];
    let mut end = rest.len().min(REACH);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let captures = BASE.captures(&rest[..end])?;
    let group = |name: &str| captures.name(name).map(|group| group.as_str());
    if group("words")?.split_whitespace().any(|word| OTHER.contains(&word)) {
        return None;
    }
    let year = group("y").or_else(|| group("y2")).or_else(|| group("y3"))?.parse().ok()?;
    let month =
        group("month").or_else(|| group("month2")).or_else(|| group("month3")).and_then(calendar::month);
    let day = group("d").or_else(|| group("d2")).and_then(|day| day.parse().ok());
    match (month, day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok().map(Base::Day),
        (Some(month), None) => Some(Base::Month(year, month)),
        _ => Some(Base::Year(year)),
    }
}
