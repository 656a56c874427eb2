//! Times that name no place in the calendar: `now`, `in the past`, `every week`, `the third day`.

use super::{Place, Shape};
use crate::dates::{DateKind, DateMark};

pub(super) const SHAPES: &[Shape] = &[
    (r"\b(?P<x>[Nn]ow|[Cc]urrently|[Nn]owadays|[Aa]t present|[Aa]t the moment|[Pp]resently)\b", present),
    (
        r"\b(?P<x>[Rr]ecently|the past|[Aa]t the time|[Ff]ormerly|[Ii]n recent (?:days|weeks|months|years))(?:[^\w ]| ?[,.;]|$| [a-z])",
        past,
    ),
    (r"\b(?P<x>(?:in )?the (?:near )?future|[Ss]oon)\b", future),
    (
        r"\b(?P<x>(?:[Ee]very|[Ee]ach)\s+(?P<unit>day|week|month|year|WEEKDAY)|(?P<adverb>[Dd]aily|[Ww]eekly|[Mm]onthly|[Aa]nnually|[Yy]early))\b",
        set,
    ),
    (r"\b(?P<x>(?P<plural>DAYNAME)s)\b", set),
    (r"\b(?P<x>[Tt]he (?:first|second|third|fourth|fifth|\d{1,3}(?:st|nd|rd|th)) day)\b", ordinal_day),
];

fn present(place: &Place<'_, '_>) -> Option<DateMark> {
    Some(place.mark(DateKind::Date, "PRESENT_REF".to_owned(), None, true))
}

fn past(place: &Place<'_, '_>) -> Option<DateMark> {
    let next = place.after().split_whitespace().next().unwrap_or("");
    let counted = place.get("x") == "the past" && !place.after().starts_with([',', ';']) && !next.is_empty();
    (!counted).then(|| place.mark(DateKind::Date, "PAST_REF".to_owned(), None, true))
}

fn future(place: &Place<'_, '_>) -> Option<DateMark> {
    Some(place.mark(DateKind::Date, "FUTURE_REF".to_owned(), None, true))
}

fn set(place: &Place<'_, '_>) -> Option<DateMark> {
    let unit = place.get("unit");
    let word = if unit.is_empty() { place.get("adverb") } else { unit };
    let value = match word.as_str() {
        "day" | "daily" => "XXXX-XX-XX",
        "week" | "weekly" => "XXXX-WXX",
        "month" | "monthly" => "XXXX-XX",
        "year" | "annually" | "yearly" => "XXXX",
        _ => "XXXX-WXX-X",
    };
    Some(place.mark(DateKind::Set, value.to_owned(), None, false))
}

fn ordinal_day(place: &Place<'_, '_>) -> Option<DateMark> {
    Some(place.mark(DateKind::Date, "XXXX-XX-XX".to_owned(), None, false))
}
