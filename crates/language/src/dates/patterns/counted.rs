//! Lengths of time, and the days that lie such a length before or after: `two days ago`, `three-month`.

use super::{Place, Shape};
use crate::dates::calendar;
use crate::dates::{DateKind, DateMark};
use crate::numerals;

pub(super) const SHAPES: &[Shape] = &[
    (
        r"\b(?P<x>(?:(?:[Nn]early|[Aa]bout|[Aa]lmost|[Mm]ore than|[Oo]ver|[Aa]round|[Jj]ust)\s+)?(?P<n>(?i:COUNT))[\s-](?:and a half )?(?P<unit>second|minute|hour|day|week|month|year|decade)s?\s+(?P<way>ago|earlier|later|from now))\b",
        ago,
    ),
    (
        r"\b(?P<x>(?:(?:[Tt]he\s+)?(?:[Pp]ast|[Ll]ast|[Nn]ext|[Ff]irst|[Cc]oming|[Pp]revious)\s+|[Tt]he\s+|a mere\s+)?(?P<n>(?i:COUNT))[\s-](?:more\s+|straight\s+|full\s+)?(?P<unit>second|minute|hour|day|week|month|year|decade)s?(?P<old>[\s-]old)?)\b",
        length,
    ),
    (
        r"\b(?:take|takes|took|for|in|of|over|after|within|lasted)\s+(?P<x>(?P<unit>second|minute|hour|day|week|month|year|decade)s)\b",
        length,
    ),
];

fn count(word: &str) -> Option<String> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(word.to_owned());
    }
    if let Some(value) = numerals::cardinal(word) {
        return Some(value.to_string());
    }
    match word {
        "a" | "an" => Some("1".to_owned()),
        "a couple" | "a couple of" => Some("2".to_owned()),
        "a hundred" => Some("100".to_owned()),
        "half a" | "half an" => Some("0.5".to_owned()),
        _ => None,
    }
}

fn ago(place: &Place<'_, '_>) -> Option<DateMark> {
    let back = place.get("way") == "ago";
    let ahead = place.get("way") == "from now";
    let unit = place.get("unit");
    let n: Option<i64> = count(&place.get("n")).and_then(|n| n.parse().ok());
    let resolved = place.anchor.filter(|_| back || ahead).zip(n).and_then(|(anchor, n)| {
        let n = if back { -n } else { n };
        Some(match unit.as_str() {
            "day" => {
                let day = calendar::shifted(anchor, n)?;
                (day.to_string(), Some((day, day)))
            }
            "week" => {
                let day = calendar::shifted(anchor, 7 * n)?;
                (calendar::week_value(day), calendar::week(day))
            }
            "month" => {
                let days = calendar::month_days(calendar::months(anchor) + n)?;
                (format!("{:04}-{:02}", days.0.year(), days.0.month()), Some(days))
            }
            "year" | "decade" => {
                let year = i64::from(anchor.year()) + if unit == "decade" { 10 * n } else { n };
                (format!("{year:04}"), calendar::year_days(year))
            }
            _ => (anchor.to_string(), Some((anchor, anchor))),
        })
    });
    let (value, days) = resolved.unwrap_or_else(|| {
        (
            if back {
                "PAST_REF"
            } else if ahead {
                "FUTURE_REF"
            } else {
                "XXXX-XX-XX"
            }
            .to_owned(),
            None,
        )
    });
    Some(place.mark(DateKind::Date, value, days, true))
}

fn length(place: &Place<'_, '_>) -> Option<DateMark> {
    if !place.get("old").is_empty() || place.text[place.span().end..].starts_with("-old") {
        return None;
    }
    let text = place.span().of(place.text).to_lowercase();
    // An article alone makes no length: `a day` is mostly a rate or a figure of speech.
    if place.get("n") == "a"
        && !text.starts_with("the")
        && place.word_before() != "for"
        && place.word_before() != "in"
    {
        return None;
    }
    let n = count(&place.get("n")).unwrap_or_else(|| "X".to_owned());
    let value = match place.get("unit").as_str() {
        "second" => format!("PT{n}S"),
        "minute" => format!("PT{n}M"),
        "hour" => format!("PT{n}H"),
        "day" => format!("P{n}D"),
        "week" => format!("P{n}W"),
        "month" => format!("P{n}M"),
        "year" => format!("P{n}Y"),
        _ => format!("P{n}DE"),
    };
    let relative = ["past", "last", "next", "coming"].iter().any(|way| text.contains(way));
    Some(place.mark(DateKind::Duration, value, None, relative))
}
