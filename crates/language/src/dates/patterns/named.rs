//! Days named by their place beside the day of publication: weekdays, `yesterday`, `tonight`, `last week`.

use jiff::civil::Date;

use super::{Place, Shape};
use crate::dates::calendar;
use crate::dates::{DateKind, DateMark};

pub(super) const SHAPES: &[Shape] = &[
    (
        r"\b(?P<x>(?:(?P<way>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Tt]his coming|[Cc]oming)\s+)?(?P<day>WEEKDAY)(?:\s+(?P<part>PART))?)(?:\W|$)",
        weekday,
    ),
    (r"\b(?P<x>[Tt]he day (?P<day>before yesterday|after tomorrow))\b", beside),
    (r"\b(?P<x>(?P<day>[Tt]oday|[Yy]esterday|[Tt]omorrow)(?:\s+(?P<part>PART))?)\b", beside),
    (r"\b(?P<x>(?P<day>[Tt]his|[Ll]ast)\s+(?P<part>PART))\b", beside),
    (r"\b(?P<x>(?P<day>[Tt]onight|[Oo]vernight))\b", beside),
    (
        r"\b(?P<x>(?:(?:[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)\s+)?(?P<way>[Tt]his|[Ll]ast|[Nn]ext|[Tt]his past|[Tt]his coming|(?:[Tt]he )?[Pp]ast|(?:[Tt]he )?[Pp]revious)\s+(?P<unit>week|weekend|month|quarter|year|decade|century))\b",
        unit,
    ),
    (r"\b(?P<x>(?P<way>the)\s+(?P<unit>weekend))\b", unit),
    (r"\b(?P<x>(?P<h>\d{1,2})(?:[:.](?P<min>\d\d))?\s?(?P<half>[ap])\.?m\b\.?)", clock),
    (r"\b(?P<x>(?P<half>noon|midnight))\b", clock),
    (
        r"\b(?:[Aa]t|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|[Bb]efore|[Aa]fter|[Aa]round|[Aa]bout|[Ss]ince)\s+(?P<x>(?P<h>[01]?\d|2[0-3]):(?P<min>[0-5]\d)(?:\s(?:hrs|hours))?)(?:[.,;]?(?:\s|$)|[^\w:.,;%/-])",
        day_clock,
    ),
    (r"\b(?P<x>(?P<h>[01]?\d|2[0-3])[:.]?(?P<min>[0-5]\d)(?:\shours)?\sZONE)\b", day_clock),
];

fn part_code(part: &str) -> Option<&'static str> {
    Some(match part {
        "morning" => "TMO",
        "afternoon" => "TAF",
        "evening" => "TEV",
        "night" => "TNI",
        _ => return None,
    })
}

fn day_mark(place: &Place<'_, '_>, day: Option<Date>, part: &str) -> DateMark {
    let code = part_code(part);
    let kind = if code.is_some() { DateKind::Time } else { DateKind::Date };
    let value = day.map_or_else(|| "XXXX-XX-XX".to_owned(), |day| day.to_string()) + code.unwrap_or("");
    place.mark(kind, value, day.map(|day| (day, day)), true)
}

fn weekday(place: &Place<'_, '_>) -> Option<DateMark> {
    let weekday = calendar::weekday(&place.get("day"))?;
    let day = place.anchor.and_then(|anchor| match place.get("way").as_str() {
        "last" | "this past" => calendar::on_or_before(anchor, weekday)
            .and_then(|day| if day == anchor { calendar::shifted(day, -7) } else { Some(day) }),
        "next" => calendar::on_or_after(anchor, weekday)
            .and_then(|day| if day == anchor { calendar::shifted(day, 7) } else { Some(day) }),
        "this" | "this coming" | "coming" => calendar::on_or_after(anchor, weekday),
        _ if place.is_ahead() => calendar::on_or_after(anchor, weekday),
        _ => calendar::on_or_before(anchor, weekday),
    });
    Some(day_mark(place, day, &place.get("part")))
}

fn beside(place: &Place<'_, '_>) -> Option<DateMark> {
    let (day, part) = (place.get("day"), place.get("part"));
    let shift = match day.as_str() {
        "before yesterday" => -2,
        "after tomorrow" => 2,
        "yesterday" | "last" => -1,
        "tomorrow" => 1,
        _ => 0,
    };
    if day == "today" && part.is_empty() && is_present(place) {
        return Some(place.mark(DateKind::Date, "PRESENT_REF".to_owned(), None, true));
    }
    let on = place.anchor.and_then(|anchor| calendar::shifted(anchor, shift));
    let part = if matches!(day.as_str(), "tonight" | "overnight") { "night" } else { &part };
    Some(day_mark(place, on, part))
}

/// `today` of our times rather than of this day.
fn is_present(place: &Place<'_, '_>) -> bool {
    let before = place.before().to_lowercase();
    place.text[place.span().end..].starts_with(['’', '\''])
        || [" can", "than", " of", " like", " are", " is"]
            .iter()
            .any(|word| before.contains(&format!("{word} ")))
}

fn unit(place: &Place<'_, '_>) -> Option<DateMark> {
    let unit = place.get("unit");
    let way = place.get("way");
    let bare = way.trim_start_matches("the ");
    if (bare == "past" || bare == "this past") && unit != "weekend" && unit != "week" {
        let letter = match unit.as_str() {
            "month" => "P1M",
            "year" => "P1Y",
            "quarter" => "P1Q",
            "decade" => "P1DE",
            _ => "P1CE",
        };
        return Some(place.mark(DateKind::Duration, letter.to_owned(), None, true));
    }
    let Some(anchor) = place.anchor else {
        return Some(place.mark(DateKind::Date, "XXXX".to_owned(), None, true));
    };
    let shift: i64 = match bare {
        "this" | "this coming" => 0,
        "next" => 1,
        "the" if place.is_ahead() => 0,
        _ => -1,
    };
    let (value, days) = resolve(&unit, anchor, shift)?;
    Some(place.mark(DateKind::Date, value, days, true))
}

fn resolve(unit: &str, anchor: Date, shift: i64) -> Option<(String, Option<calendar::Days>)> {
    let year = i64::from(anchor.year());
    Some(match unit {
        "week" => {
            let day = calendar::shifted(anchor, 7 * shift)?;
            (calendar::week_value(day), calendar::week(day))
        }
        "weekend" => {
            let monday = calendar::week(calendar::shifted(anchor, 7 * shift)?)?.0;
            let days = calendar::shifted(monday, 5).zip(calendar::shifted(monday, 6));
            (calendar::week_value(monday) + "-WE", days)
        }
        "month" => {
            let days = calendar::month_days(calendar::months(anchor) + shift)?;
            (format!("{:04}-{:02}", days.0.year(), days.0.month()), Some(days))
        }
        "quarter" => {
            let count = year * 4 + i64::from((anchor.month() - 1) / 3) + shift;
            let (year, quarter) = (count.div_euclid(4), count.rem_euclid(4) + 1);
            (format!("{year:04}-Q{quarter}"), calendar::quarter_days(year, quarter))
        }
        "year" => (format!("{:04}", year + shift), calendar::year_days(year + shift)),
        "decade" => {
            let tens = year / 10 + shift;
            let days = calendar::year_days(tens * 10).zip(calendar::year_days(tens * 10 + 9));
            (tens.to_string(), days.map(|(a, b)| (a.0, b.1)))
        }
        _ => (format!("{:02}", year / 100 + shift), None),
    })
}

fn clock(place: &Place<'_, '_>) -> Option<DateMark> {
    let (hour, minute) = match place.get("half").as_str() {
        "noon" => (12, 0),
        "midnight" => (24, 0),
        half => {
            let hour = place.number("h").filter(|hour| (1..=12).contains(hour))? % 12;
            (hour + if half == "p" { 12 } else { 0 }, place.number("min").unwrap_or(0))
        }
    };
    clock_mark(place, hour, minute)
}

/// A time on the clock of 24 hours: `at 14:30`, `0430 GMT`.
fn day_clock(place: &Place<'_, '_>) -> Option<DateMark> {
    let before = place.text[..place.span().start].chars().next_back();
    let glued = before.is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥' | '.' | ',' | ':' | '/' | '-'));
    if glued {
        return None;
    }
    clock_mark(place, place.number("h")?, place.number("min")?)
}

fn clock_mark(place: &Place<'_, '_>, hour: i64, minute: i64) -> Option<DateMark> {
    if minute > 59 {
        return None;
    }
    let day = place.anchor.map_or_else(|| "XXXX-XX-XX".to_owned(), |anchor| anchor.to_string());
    Some(place.mark(DateKind::Time, format!("{day}T{hour:02}:{minute:02}"), None, true))
}
