//! Dates as pages print them, beyond ISO 8601: `Wed, 11 Mar 2026 07:40:00 +0100`, `March 11, 2026`,
//! `11.03.2026, 07:40 Uhr`, `2026年3月11日`, seconds since 1970.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use crate::stamp::Stamp;

/// The first letters of the months in languages that news is often written in.
const MONTHS: [(&str, i8); 48] = [
    ("jan", 1),
    ("янв", 1),
    ("ene", 1),
    ("gen", 1),
    ("sty", 1),
    ("oca", 1),
    ("feb", 2),
    ("fév", 2),
    ("fev", 2),
    ("фев", 2),
    ("lut", 2),
    ("şub", 2),
    ("mar", 3),
    ("mär", 3),
    ("maa", 3),
    ("мар", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("kwi", 4),
    ("апр", 4),
    ("nis", 4),
    ("mai", 5),
    ("may", 5),
    ("maj", 5),
    ("mag", 5),
    ("мая", 5),
    ("jun", 6),
    ("juin", 6),
    ("giu", 6),
    ("cze", 6),
    ("июн", 6),
    ("jul", 7),
    ("juil", 7),
    ("lug", 7),
    ("июл", 7),
    ("aug", 8),
    ("aoû", 8),
    ("ago", 8),
    ("авг", 8),
    ("sep", 9),
    ("сен", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("ноя", 11),
    ("dec", 12),
    ("dez", 12),
];

/// Reads one printed moment; nothing where no day can be made out.
pub(super) fn parse(text: &str) -> Option<Stamp> {
    let text = super::source::shorten(text.trim(), 80);
    if let Some(stamp) = Stamp::parse(text).filter(sane) {
        return Some(stamp);
    }
    if text.len() >= 10 && text.bytes().all(|b| b.is_ascii_digit()) {
        return epoch(text).filter(sane);
    }
    let pieces = pieces(text);
    let day = day(&pieces)?;
    let time = time(text);
    let offset = time.and_then(|_| offset(text));
    Some(Stamp { day, time, offset }).filter(sane)
}

fn sane(stamp: &Stamp) -> bool {
    (1900..2200).contains(&stamp.day.year())
}

fn epoch(digits: &str) -> Option<Stamp> {
    let number: i64 = digits.parse().ok()?;
    let seconds = if digits.len() >= 13 { number / 1000 } else { number };
    let at = Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?);
    Some(Stamp { day: at.date(), time: Some(at.time()), offset: Some(Offset::UTC) })
}

/// Runs of digits and runs of letters, in order.
fn pieces(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in text.to_lowercase().chars() {
        if c.is_alphanumeric() {
            let same = last.is_alphanumeric() && last.is_ascii_digit() == c.is_ascii_digit();
            match out.last_mut().filter(|_| same) {
                Some(piece) => piece.push(c),
                None => out.push(c.to_string()),
            }
        }
        last = c;
    }
    out
}

fn day(pieces: &[String]) -> Option<Date> {
    let number = |index: usize| pieces.get(index).and_then(|piece| piece.parse::<i16>().ok());
    let make = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().filter(|_| year >= 1900)
    };
    for (index, piece) in pieces.iter().enumerate() {
        if let Some(month) = month(piece) {
            // `11 March 2026`, `11 de marzo de 2026`, then `March 11, 2026`.
            let after = |skip: usize| number(index + skip).filter(|year| *year >= 1900);
            let before =
                index.checked_sub(1).and_then(&number).or_else(|| index.checked_sub(2).and_then(&number));
            let year = after(1).or_else(|| after(2));
            if let (Some(day), Some(year)) = (before, year) {
                return make(year, month.into(), day);
            }
            if let Some(day) = number(index + 1)
                && let Some(year) = after(2).or_else(|| after(3))
            {
                return make(year, month.into(), day);
            }
        }
        let ordinal =
            |index: usize| pieces.get(index).is_some_and(|p| ["年", "年度", "년"].contains(&p.as_str()));
        if number(index).is_some_and(|year| year >= 1900) && ordinal(index + 1) {
            return make(number(index)?, number(index + 2)?, number(index + 4)?);
        }
        if let (Some(first), Some(second), Some(third)) =
            (number(index), number(index + 1), number(index + 2))
        {
            if first >= 1900 {
                return make(first, second, third);
            }
            if third >= 1900 {
                return make(third, second, first).or_else(|| make(third, first, second));
            }
        }
    }
    None
}

/// Whether a word names a month.
pub(super) fn is_month(word: &str) -> bool {
    word.chars().count() > 2 && month(&word.to_lowercase()).is_some()
}

fn month(piece: &str) -> Option<i8> {
    MONTHS.iter().find(|(start, _)| piece.starts_with(start)).map(|(_, month)| *month)
}

fn time(text: &str) -> Option<Time> {
    let bytes = text.as_bytes();
    let colon = (1..bytes.len()).find(|&at| {
        bytes[at] == b':'
            && bytes[at - 1].is_ascii_digit()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
    })?;
    let from = colon - 1 - usize::from(colon >= 2 && bytes[colon - 2].is_ascii_digit());
    let mut hour: i8 = text.get(from..colon)?.parse().ok()?;
    let minute: i8 = text.get(colon + 1..colon + 3)?.parse().ok()?;
    let rest = text.get(colon + 3..)?.trim_start().to_ascii_lowercase();
    let second: i8 =
        rest.strip_prefix(':').and_then(|r| r.get(..2)).and_then(|r| r.parse().ok()).unwrap_or(0);
    let clock = rest.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit() || c.is_whitespace());
    if (clock.starts_with("pm") || clock.starts_with("p.m")) && hour < 12 {
        hour += 12;
    } else if (clock.starts_with("am") || clock.starts_with("a.m")) && hour == 12 {
        hour = 0;
    }
    Time::new(hour, minute, second, 0).ok()
}

fn offset(text: &str) -> Option<Offset> {
    let clock = &text[text.find(':')?..];
    if clock.contains("GMT") || clock.contains("UTC") || clock.ends_with('Z') {
        return Some(Offset::UTC);
    }
    let at = clock.rfind(['+', '-'])?;
    let digits: String = clock[at + 1..].chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 4 {
        return None;
    }
    let seconds = digits[..2].parse::<i32>().ok()? * 3600 + digits[2..].parse::<i32>().ok()? * 60;
    Offset::from_seconds(if clock[at..].starts_with('-') { -seconds } else { seconds }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_dates_keep_their_day_time_and_offset() {
        for (text, expected) in [
            ("2026-03-11T23:40:00-05:00", "2026-03-11T23:40:00-05:00"),
            ("Wed, 11 Mar 2026 07:40:00 +0100", "2026-03-11T07:40:00+01:00"),
            ("Wed, 11 Mar 2026 07:40:05 GMT", "2026-03-11T07:40:05+00:00"),
            ("March 11, 2026", "2026-03-11"),
            ("Updated March 11, 2026 at 7:05 p.m.", "2026-03-11T19:05:00"),
            ("11.03.2026, 07:40 Uhr", "2026-03-11T07:40:00"),
            ("11. März 2026", "2026-03-11"),
            ("11 de marzo de 2026", "2026-03-11"),
            ("2026/3/11", "2026-03-11"),
            ("03/25/2026", "2026-03-25"),
            ("2026年3月11日 17:30", "2026-03-11T17:30:00"),
            ("1773214800", "2026-03-11T07:40:00+00:00"),
            ("1773214800000", "2026-03-11T07:40:00+00:00"),
        ] {
            assert_eq!(parse(text).map(|s| s.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "yesterday",
            "1",
            "99999999999999999999",
            "32.13.2026",
            "ééé:éé",
            "00:00",
            "March",
            ":",
            "9:é9",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
