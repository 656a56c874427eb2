//! A date as feeds print it → ISO 8601 in UTC.
//!
//! Feeds print RFC 822, ISO 8601, what C's `asctime` prints, and mixtures of them, with odd zones, two-digit
//! years, foreign months and missing parts. A missing time counts as midnight, a missing zone as UTC.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{SignedDuration, ToSpan as _};

/// The moment in UTC as `2026-03-11T07:40:00Z`; none where no date can be read.
pub(super) fn parse(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > 100 {
        return None;
    }
    let moment = iso(text).or_else(|| words(text))?;
    (moment.year() > 0).then(|| {
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            moment.year(),
            moment.month(),
            moment.day(),
            moment.hour(),
            moment.minute(),
            moment.second()
        )
    })
}

/// ISO 8601 and its abridged forms, down to a bare year.
fn iso(text: &str) -> Option<DateTime> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (date, rest) = match digits {
        4 => parted(text)?,
        6 => (day(number(&text[..4])?, number(&text[4..6])?, 1)?, &text[6..]),
        7 => (ordinal(number(&text[..4])?, number(&text[4..7])?)?, &text[7..]),
        8 | 14 => (day(number(&text[..4])?, number(&text[4..6])?, number(&text[6..8])?)?, &text[8..]),
        _ => return None,
    };
    let rest = rest.trim_start_matches(['T', 't', ' ', ',']);
    if rest.is_empty() {
        return Some(date.at(0, 0, 0, 0));
    }
    let end =
        rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(end);
    moment(date, time(clock).unwrap_or_default(), zone)
}

/// A date that begins with a year and goes on with hyphens, slashes or points, as far as it goes.
fn parted(text: &str) -> Option<(Date, &str)> {
    let year = number(&text[..4])?;
    let rest = &text[4..];
    if rest.is_empty() {
        return Some((day(year, 1, 1)?, rest));
    }
    let rest = rest.strip_prefix(['-', '/', '.', ':'])?;
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    let first = number(&rest[..count])?;
    if count == 3 {
        return Some((ordinal(year, first)?, &rest[3..]));
    }
    let rest = &rest[count..];
    let Some(after) = rest.strip_prefix(['-', '/', '.', ':']) else {
        return Some((day(year, first, 1)?, rest));
    };
    let count = after.bytes().take(2).take_while(u8::is_ascii_digit).count();
    Some((day(year, first, number(&after[..count])?)?, &after[count..]))
}

/// Dates with the month in letters, in whatever order, and numbers parted by slashes.
fn words(text: &str) -> Option<DateTime> {
    let mut parts = Parts::default();
    for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
        parts.take(word);
    }
    let (first, month, year) = (parts.numbers.first().copied(), parts.month, parts.numbers.get(1).copied());
    let (mut date, mut year) = (first?, parts.year.or(year)?);
    if date > 31 && parts.year.is_none() {
        (date, year) = (year, date);
    }
    let year = match year {
        0..=49 => year + 2000,
        50..=99 => year + 1900,
        _ => year,
    };
    let (hours, minutes, seconds) = parts.time.unwrap_or_default();
    let hours = match parts.half {
        Some(true) if hours < 12 => hours + 12,
        Some(false) if hours == 12 => 0,
        _ => hours,
    };
    moment(day(year, month?, date)?, (hours, minutes, seconds), &parts.zone)
}

#[derive(Default)]
struct Parts {
    numbers: Vec<i64>,
    month: Option<i64>,
    year: Option<i64>,
    time: Option<(i64, i64, i64)>,
    half: Option<bool>,
    zone: String,
}

impl Parts {
    fn take(&mut self, word: &str) {
        let word = word.trim_end_matches('.');
        let is_digits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        if word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit()) {
            let end =
                word.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(word.len());
            self.time = self.time.or_else(|| time(&word[..end]));
            if end < word.len() {
                self.take(&word[end..]);
            }
        } else if is_digits && word.len() == 4 {
            self.year = self.year.or_else(|| number(word));
        } else if is_digits && word.len() <= 2 {
            self.numbers.extend(number(word));
        } else if word.starts_with(['+', '-']) {
            word.clone_into(&mut self.zone);
        } else if let Some(number) = day_of(word) {
            self.numbers.push(number);
        } else if word.contains(['/', '-', '.']) && word.starts_with(|c: char| c.is_ascii_digit()) {
            self.take_parted(word);
        } else if self.month.is_none() && month(word).is_some() {
            self.month = month(word);
        } else if word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm") {
            self.half = Some(word.eq_ignore_ascii_case("pm"));
        } else if self.zone.is_empty() && zone(word).is_some() {
            word.clone_into(&mut self.zone);
        }
    }

    /// `11-Mar-2026`, and `25/3/2026` or `3/25/2026` where only one order is possible.
    fn take_parted(&mut self, word: &str) {
        let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
        let [first, second, third] = parts[..] else { return };
        if let (Some(date), Some(month)) = (number(first), month(second)) {
            self.numbers.push(date);
            (self.month, self.year) = (Some(month), number(third).filter(|_| third.len() == 4));
            self.numbers.extend(number(third).filter(|_| third.len() == 2));
        } else if let (Some(first), Some(second), 4) = (number(first), number(second), third.len()) {
            let (date, month) = if first > 12 { (first, second) } else { (second, first) };
            if date > 12 || first == second || word.contains('.') {
                let (date, month) = if word.contains('.') { (first, second) } else { (date, month) };
                self.numbers.push(date);
                (self.month, self.year) = (Some(month), number(third));
            }
        }
    }
}

/// The number of `1st`, `2nd`, `11th`.
fn day_of(word: &str) -> Option<i64> {
    let end = word.find(|c: char| !c.is_ascii_digit())?;
    matches!(word[end..].to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th")
        .then(|| number(&word[..end]))?
}

fn number(digits: &str) -> Option<i64> {
    if digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

fn day(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn ordinal(year: i64, number: i64) -> Option<Date> {
    let date = day(year, 1, 1)?.checked_add((number - 1).days()).ok()?;
    (i64::from(date.year()) == year).then_some(date)
}

/// Hours, minutes and seconds from `7:40`, `07:40:00.5` or `074000`.
fn time(clock: &str) -> Option<(i64, i64, i64)> {
    let clock = clock.split(['.', ',']).next().unwrap_or(clock);
    if clock.contains(':') {
        let mut parts = clock.split(':').map(number);
        let (hours, minutes) = (parts.next()??, parts.next()??);
        return Some((hours, minutes, parts.next().flatten().unwrap_or(0)));
    }
    match clock.len() {
        6 => Some((number(&clock[..2])?, number(&clock[2..4])?, number(&clock[4..])?)),
        4 => Some((number(&clock[..2])?, number(&clock[2..])?, 0)),
        2 => Some((number(clock)?, 0, 0)),
        _ => None,
    }
}

fn moment(date: Date, (hours, minutes, seconds): (i64, i64, i64), zone_text: &str) -> Option<DateTime> {
    if hours > 24 || minutes > 59 || seconds > 61 {
        return None;
    }
    let offset = zone(zone_text.trim()).unwrap_or(0);
    Offset::from_seconds(i32::try_from(offset * 60).ok()?).ok()?;
    let seconds = hours * 3600 + (minutes - offset) * 60 + seconds.min(59);
    date.at(0, 0, 0, 0).checked_add(SignedDuration::from_secs(seconds)).ok()
}

/// Minutes east of UTC.
fn zone(text: &str) -> Option<i64> {
    let upper = text.trim_matches(['(', ')']).to_ascii_uppercase();
    let signed = upper.strip_prefix("GMT").or_else(|| upper.strip_prefix("UTC")).unwrap_or(&upper);
    if let Some(sign) = signed.chars().next().filter(|c| matches!(c, '+' | '-')) {
        let digits: String = signed[1..].chars().take_while(|c| c.is_ascii_digit() || *c == ':').collect();
        let (hours, minutes) = match digits.split_once(':') {
            Some((hours, minutes)) => (number(hours)?, number(minutes).unwrap_or(0)),
            None if digits.len() <= 2 => (number(&digits)?, 0),
            None => {
                let split = digits.len().min(4) - 2;
                (number(&digits[..split])?, number(&digits[split..digits.len().min(4)])?)
            }
        };
        return Some(if sign == '-' { -1 } else { 1 } * (hours * 60 + minutes));
    }
    Some(match upper.as_str() {
        "Z" | "UT" | "UTC" | "GMT" | "WET" => 0,
        "BST" | "CET" | "MEZ" | "WEST" => 60,
        "CEST" | "MESZ" | "EET" | "SAST" => 120,
        "EEST" | "MSK" => 180,
        "IST" => 330,
        "HKT" | "SGT" => 480,
        "JST" | "KST" => 540,
        "AEST" => 600,
        "AEDT" => 660,
        "NZST" => 720,
        "NZDT" => 780,
        "AST" | "EDT" => -240,
        "ADT" => -180,
        "EST" | "ET" | "CDT" => -300,
        "CST" | "CT" | "MDT" => -360,
        "MST" | "MT" | "PDT" => -420,
        "PST" | "PT" | "AKDT" => -480,
        "AKST" => -540,
        "HST" => -600,
        _ => return None,
    })
}

/// The number of a month from its name or the beginning of it, in the languages that feeds use it in.
fn month(word: &str) -> Option<i64> {
    const STARTS: [(&str, i64); 38] = [
        ("jan", 1),
        ("ene", 1),
        ("jän", 1),
        ("gen", 1),
        ("feb", 2),
        ("fév", 2),
        ("fev", 2),
        ("mar", 3),
        ("mär", 3),
        ("mrz", 3),
        ("maa", 3),
        ("mrt", 3),
        ("apr", 4),
        ("abr", 4),
        ("avr", 4),
        ("may", 5),
        ("mai", 5),
        ("mag", 5),
        ("mei", 5),
        ("jun", 6),
        ("juin", 6),
        ("giu", 6),
        ("juil", 7),
        ("jul", 7),
        ("lug", 7),
        ("aug", 8),
        ("ago", 8),
        ("aoû", 8),
        ("sep", 9),
        ("set", 9),
        ("oct", 10),
        ("okt", 10),
        ("ott", 10),
        ("out", 10),
        ("nov", 11),
        ("dec", 12),
        ("dez", 12),
        ("dic", 12),
    ];
    let word = word.to_lowercase();
    if word.starts_with("déc") {
        return Some(12);
    }
    STARTS.iter().find(|(start, _)| word.starts_with(start)).map(|(_, month)| *month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(parse(text).as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn mail_dates() {
        check("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z");
        check("01 Jan 04 19:48 EST", "2004-01-02T00:48:00Z");
        check("Wed, 11 Mar 2026 7:40:00 +0130", "2026-03-11T06:10:00Z");
        check("Wed, 11 March 2026 24:00:00 GMT", "2026-03-12T00:00:00Z");
        check("Mi, 11 Mär 2026 07:40:00 GMT+01:00", "2026-03-11T06:40:00Z");
        check("March 11th, 2026 7:40 PM", "2026-03-11T19:40:00Z");
        check("11-Mar-2026 07:40", "2026-03-11T07:40:00Z");
        check("25/03/2026 07:40", "2026-03-25T07:40:00Z");
        check("Sun Jan  4 16:29:06 PDT 2004", "2004-01-04T23:29:06Z");
        check("Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z");
    }

    #[test]
    fn numbers_alone() {
        check("2026", "2026-01-01T00:00:00Z");
        check("2026-03", "2026-03-01T00:00:00Z");
        check("2026-070", "2026-03-11T00:00:00Z");
        check("20260311", "2026-03-11T00:00:00Z");
        check("20260311T074000Z", "2026-03-11T07:40:00Z");
        check("2026-03-11T07:40:00.123456-05:00", "2026-03-11T12:40:00Z");
        check("2026-03-11 07:40:00 +0100", "2026-03-11T06:40:00Z");
        check("2026/3/1 7:40", "2026-03-01T07:40:00Z");
    }

    #[test]
    fn what_is_no_date_gives_none() {
        for text in [
            "",
            "yesterday",
            "2026-13-45",
            "32 Jan 2026",
            "99999999",
            "Mär",
            "日本",
            "0000",
            "3/4/2026",
            "-",
            "+",
            "1:",
            "2026-é",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
