//! Expressions that name a place in the calendar: days, months, years, quarters, seasons, decades.

use jiff::civil::Date;

use super::{Place, Shape};
use crate::dates::calendar::{self, Days};
use crate::dates::{DateKind, DateMark};

pub(super) const SHAPES: &[Shape] = &[
    (r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b", numeric),
    (r"\b(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})\b", numeric),
    (
        r"\b(?P<x>(?:WEEKDAY,? (?:the )?)?(?P<month>MONTH)\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s?(?:-|–|to|through|and)\s?(?P<e>\d{1,2})\b)?(?:,?\s+(?P<y>[12]\d{3}))?)(?:[^\d:%]|$)",
        day,
    ),
    (
        r"\b(?P<x>(?:WEEKDAY,? (?:the )?)?(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s?(?:-|–|to)\s?(?:the\s)?(?P<e>\d{1,2})(?:st|nd|rd|th)?)?\s+(?:of\s+)?(?P<month>MONTH)(?:,?\s+(?P<y>[12]\d{3}))?)(?:[^\w]|$)",
        day,
    ),
    (
        r"\b[Bb]etween\s(?:the\s)?(?P<x>(?P<d>\d{1,2})(?:st|nd|rd|th)?\sand\s(?P<e>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>MONTH)(?:,?\s+(?P<y>[12]\d{3}))?)(?:[^\w]|$)",
        day,
    ),
    (r"\b(?P<x>(?:(?i:early|mid|late)[ -])?(?P<month>MONTH)(?:,| of)?\s+(?P<y>[12]\d{3}))\b", month),
    (
        r"\b(?P<x>(?:(?P<way>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Tt]his coming)\s+|(?i:early|mid|late)[ -])?(?P<month>MONTH))(?:[^\w]|$)",
        month,
    ),
    (r"\b(?P<x>(?P<y>1[5-9]\d\d|20\d\d))(?:[-–/]\d\d)?\b", year),
    (
        r"\b(?P<x>(?:[Tt]he )?(?:(?i:fiscal(?:[ -]years?)?|financial year)\s|FY[ -]?)(?P<y>[12]\d{3})(?:[-–/](?P<e>\d{4}|\d\d))?)\b",
        fiscal,
    ),
    (r"\b(?P<x>(?:[Tt]he )?(?P<y>[12]\d{3})(?:[-–/](?P<e>\d{4}|\d\d))? (?:fiscal|financial) year)\b", fiscal),
    (r"\b(?P<x>FY[ -]?(?P<y>\d\d))\b", fiscal),
    (r"\b(?:1[5-9]|20)\d\d[-–](?P<x>(?P<short>\d\d))\b", short_year),
    (r"\b(?P<x>(?:the )?(?:(?:early|late|mid)[ -])?(?P<y>1[5-9]\d|20\d)0s)\b", decade),
    (r"\b(?P<x>the (?:(?:early|late|mid)[ -])?[’'](?P<y>[2-9])0s)\b", decade),
    (r"\b(?P<x>(?:[Tt]he )?(?P<h>[Ff]irst|[Ss]econd) half of (?P<y>[12]\d{3}))\b", half),
    (r"\b(?P<x>(?:the )?(?:(?:early|late|mid)[ -])?(?P<n>\d{1,2})(?:st|nd|rd|th)[ -][Cc]entury)\b", century),
    (
        r"\b(?P<x>(?:[Tt]he )?(?P<q>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)[ -]quarter(?:(?: of)? (?P<y>[12]\d{3}))?)\b",
        quarter,
    ),
    (r"\b(?P<x>Q(?P<q>[1-4])(?: (?:of )?(?P<y>[12]\d{3}))?)\b", quarter),
    (
        r"\b(?P<x>(?:(?P<way>[Ll]ast|[Tt]his|[Nn]ext|[Tt]he|[Tt]his past)\s+)?(?P<season>spring|summer|autumn|fall|winter)(?: of| in)?(?: (?P<y>[12]\d{3})))\b",
        season,
    ),
    (
        r"\b(?P<x>(?P<way>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his past|[Tt]his coming)\s+(?P<season>spring|summer|autumn|fall|winter))\b",
        season,
    ),
];

fn numeric(place: &Place<'_, '_>) -> Option<DateMark> {
    let (y, m, d) = (place.number("y")?, place.number("m")?, place.number("d")?);
    let day = date(y, m, d).or_else(|| date(y, d, m))?;
    Some(place.mark(DateKind::Date, day.to_string(), Some((day, day)), false))
}

fn date(y: i64, m: i64, d: i64) -> Option<Date> {
    Date::new(i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()
}

fn day(place: &Place<'_, '_>) -> Option<DateMark> {
    let month = i64::from(calendar::month(&place.get("month"))?);
    let d = place.number("d")?;
    let stated = place.number("y");
    if (month, d, stated) == (9, 11, None) && recalls_attacks(place) {
        let day = date(2001, 9, 11)?;
        return Some(place.mark(DateKind::Date, day.to_string(), Some((day, day)), false));
    }
    let Some(year) = stated.or_else(|| place.anchor.map(|anchor| near_year(place, anchor, month, d))) else {
        return (1..=31)
            .contains(&d)
            .then(|| place.mark(DateKind::Date, format!("XXXX-{month:02}-{d:02}"), None, true));
    };
    let first = date(year, month, d)?;
    let last = place.number("e").and_then(|e| date(year, month, e)).filter(|last| *last > first);
    let value = last.map_or_else(|| first.to_string(), |last| format!("{first}/{last}"));
    Some(place.mark(DateKind::Date, value, Some((first, last.unwrap_or(first))), stated.is_none()))
}

/// Whether September 11 without a year means that of 2001: where the attacks are spoken of, and where the day
/// stands for them (`since Sept. 11`) far from the day of publication.
fn recalls_attacks(place: &Place<'_, '_>) -> bool {
    const SIGNS: &[&str] = &["attack", "terror", "hijack", "twin towers", "world trade"];
    let (before, after) = (place.before().to_lowercase(), place.after().to_lowercase());
    let near = place.anchor.is_some_and(|anchor| matches!(anchor.month(), 8..=11));
    let stands_for = matches!(place.word_before().as_str(), "since" | "after" | "before" | "the" | "post");
    SIGNS.iter().any(|sign| before.contains(sign) || after.contains(sign)) || (stands_for && !near)
}

/// The year of a day without one: the last such day on or before the anchor, or the next where the
/// sentence speaks of the future. A day a few weeks ahead is meant even without such a word.
fn near_year(place: &Place<'_, '_>, anchor: Date, month: i64, day: i64) -> i64 {
    let year = i64::from(anchor.year());
    let this = (month, day) > (i64::from(anchor.month()), i64::from(anchor.day()));
    let near = month - i64::from(anchor.month()) <= 1;
    let long_past = i64::from(anchor.month()) - month > 6;
    if this && !near && !place.is_ahead() {
        year - 1
    } else if !this && long_past && place.is_ahead() {
        year + 1
    } else {
        year
    }
}

fn month(place: &Place<'_, '_>) -> Option<DateMark> {
    let name = place.get("month");
    let number = i64::from(calendar::month(&name)?);
    let way = place.get("way");
    if let Some(year) = place.number("y") {
        return month_mark(place, year, number, false);
    }
    if way.is_empty()
        && place.span().of(place.text) == place.captures.name("month")?.as_str()
        && !named_month(place, &name)
    {
        return None;
    }
    let Some(anchor) = place.anchor else {
        return Some(place.mark(DateKind::Date, format!("XXXX-{number:02}"), None, true));
    };
    let (year, now) = (i64::from(anchor.year()), i64::from(anchor.month()));
    let year = match way.as_str() {
        "last" | "this past" => year - i64::from(number >= now),
        "next" | "this coming" => year + i64::from(number <= now),
        "this" => year,
        _ if place.is_ahead() => year + i64::from(number < now),
        _ => year - i64::from(number > now),
    };
    month_mark(place, year, number, true)
}

/// `May` and `March` are months only after words that dates stand behind.
fn named_month(place: &Place<'_, '_>, name: &str) -> bool {
    const BEFORE: &[&str] = &[
        "in", "since", "until", "till", "by", "from", "of", "through", "during", "between", "to", "before",
        "after", "early", "late", "mid", "every", "for", "and",
    ];
    let short = name.trim_end_matches('.').len() <= 4 && name != "july" && name != "june";
    !(short || name == "march" || name == "april" || name == "august")
        || BEFORE.contains(&place.word_before().as_str())
}

fn month_mark(place: &Place<'_, '_>, year: i64, month: i64, relative: bool) -> Option<DateMark> {
    let days = calendar::month_days(year.checked_mul(12)? + month - 1)?;
    Some(place.mark(DateKind::Date, format!("{year:04}-{month:02}"), Some(days), relative))
}

fn year(place: &Place<'_, '_>) -> Option<DateMark> {
    const NOUNS: &[&str] = &[
        "people",
        "miles",
        "votes",
        "dollars",
        "euros",
        "pounds",
        "meters",
        "metres",
        "kilometers",
        "kilometres",
        "feet",
        "tons",
        "tonnes",
        "jobs",
        "homes",
        "employees",
        "workers",
        "soldiers",
        "points",
        "percent",
        "words",
        "men",
        "women",
        "students",
        "members",
        "yards",
        "acres",
        "pages",
        "hours",
        "days",
        "deaths",
        "cases",
    ];
    let group = place.captures.name("y")?;
    let before = place.text[..group.start()].chars().next_back();
    let after = &place.text[group.end()..];
    let next = after.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let glued = !ends_range(place, group.start())
        && before.is_some_and(|c| {
            matches!(c, '$' | '€' | '£' | '¥' | '#' | '.' | ',' | '-' | '/' | ':' | '@' | '_')
        });
    let decimal = after.starts_with([',', '.', ':', '%', '/'])
        && after[1..].starts_with(|c: char| c.is_ascii_digit() || c == '/');
    if glued || decimal || NOUNS.contains(&next) || after.starts_with("-year") {
        return None;
    }
    let year = place.number("y")?;
    Some(place.mark(DateKind::Date, format!("{year:04}"), calendar::year_days(year), false))
}

/// Whether the year at a place is the end of `2015-2017`.
fn ends_range(place: &Place<'_, '_>, start: usize) -> bool {
    let Some(head) = place.text[..start].strip_suffix('-') else { return false };
    let digits = head.bytes().rev().take(5).take_while(u8::is_ascii_digit).count();
    let first: Option<i64> = head.len().checked_sub(4).and_then(|at| head.get(at..)?.parse().ok());
    let free = !head[..head.len() - digits].ends_with(['-', '/', '.', '$', '+', '–']);
    digits == 4 && free && first.zip(place.number("y")).is_some_and(|(first, y)| first >= 1500 && first < y)
}

/// A budget's year, which begins where its maker likes: its days are not known. Of two years the later names it.
fn fiscal(place: &Place<'_, '_>) -> Option<DateMark> {
    let first = place.number("y").map(|y| if y < 100 { 2000 + y } else { y })?;
    let last = place.number("e").map_or(first, |e| if e < 100 { first / 100 * 100 + e } else { e });
    let last = if last < first { last + 100 } else { last };
    Some(place.mark(DateKind::Date, format!("FY{last:04}"), None, false))
}

fn short_year(place: &Place<'_, '_>) -> Option<DateMark> {
    let whole = place.captures.get(0)?.as_str();
    let century: i64 = whole.get(..2)?.parse().ok()?;
    let year = century * 100 + place.number("short")?;
    let first: i64 = whole.get(..4)?.parse().ok()?;
    (year > first).then(|| place.mark(DateKind::Date, format!("{year:04}"), calendar::year_days(year), false))
}

fn decade(place: &Place<'_, '_>) -> Option<DateMark> {
    // `the ’90s` are those of the last century.
    let tens = place.number("y").map(|tens| if tens < 10 { 190 + tens } else { tens })?;
    let days: Option<Days> =
        calendar::year_days(tens * 10).zip(calendar::year_days(tens * 10 + 9)).map(|(a, b)| (a.0, b.1));
    Some(place.mark(DateKind::Date, tens.to_string(), days, false))
}

fn century(place: &Place<'_, '_>) -> Option<DateMark> {
    let n = place.number("n").filter(|n| (1..=30).contains(n))? - 1;
    let days =
        calendar::year_days(n * 100 + 1).zip(calendar::year_days(n * 100 + 100)).map(|(a, b)| (a.0, b.1));
    Some(place.mark(DateKind::Date, format!("{n:02}"), days, false))
}

fn half(place: &Place<'_, '_>) -> Option<DateMark> {
    let year = place.number("y")?;
    let half = if place.get("h") == "first" { 1 } else { 2 };
    let first = calendar::quarter_days(year, half * 2 - 1);
    let days = first.zip(calendar::quarter_days(year, half * 2)).map(|(a, b)| (a.0, b.1));
    Some(place.mark(DateKind::Date, format!("{year:04}-H{half}"), days, false))
}

fn quarter(place: &Place<'_, '_>) -> Option<DateMark> {
    let q = match place.get("q").as_str() {
        "first" | "1" => 1,
        "second" | "2" => 2,
        "third" | "3" => 3,
        _ => 4,
    };
    if let Some(year) = place.number("y") {
        return Some(place.mark(
            DateKind::Date,
            format!("{year:04}-Q{q}"),
            calendar::quarter_days(year, q),
            false,
        ));
    }
    let Some(anchor) = place.anchor else {
        return Some(place.mark(DateKind::Date, format!("XXXX-Q{q}"), None, true));
    };
    let year = i64::from(anchor.year())
        - i64::from((q - 1) * 3 + 1 > i64::from(anchor.month()) && !place.is_ahead());
    Some(place.mark(DateKind::Date, format!("{year:04}-Q{q}"), calendar::quarter_days(year, q), true))
}

fn season(place: &Place<'_, '_>) -> Option<DateMark> {
    let (code, from) = match place.get("season").as_str() {
        "spring" => ("SP", 3),
        "summer" => ("SU", 6),
        "winter" => ("WI", 12),
        _ => ("FA", 9),
    };
    let stated = place.number("y");
    let Some(year) = stated.or_else(|| {
        let anchor = place.anchor?;
        let (year, now) = (i64::from(anchor.year()), i64::from(anchor.month()));
        Some(match place.get("way").as_str() {
            "last" | "this past" => year - i64::from(from + 2 >= now),
            "next" => year + i64::from(from <= now),
            _ => year,
        })
    }) else {
        return Some(place.mark(DateKind::Date, format!("XXXX-{code}"), None, true));
    };
    Some(place.mark(
        DateKind::Date,
        format!("{year:04}-{code}"),
        calendar::season_days(year, code),
        stated.is_none(),
    ))
}
