//! A moment as a publisher prints it: a day, perhaps a time, perhaps an offset.

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// When something was published, with the publisher's own local day kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The local calendar day as printed.
    pub day: Date,
    /// The local time of day, where one was printed.
    pub time: Option<Time>,
    /// The offset from UTC, where one was printed.
    pub offset: Option<Offset>,
}

impl Stamp {
    /// A day without a time.
    #[must_use]
    pub fn of_day(day: Date) -> Self {
        Self { day, time: None, offset: None }
    }

    /// Reads ISO 8601 in the forms that pages and records use: `2026-03-11`, `2026-03-11T07:40`,
    /// `2026-03-11 07:40:00+01:00`, `2026-03-11T07:40:00.000Z`. Nothing for any other form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let day: Date = text.get(..10)?.parse().ok()?;
        if !(1..=9999).contains(&day.year()) {
            return None;
        }
        let rest = text[10..].trim_start_matches(['T', 't', ' ']);
        if rest.is_empty() {
            return Some(Self::of_day(day));
        }
        let split = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
        let (clock, zone) = rest.split_at(split);
        let time = clock.trim().parse::<Time>().ok();
        Some(Self { day, time, offset: time.and_then(|_| offset(zone)) })
    }

    /// Seconds since 1970 in UTC, for ordering; a missing time counts as noon, a missing offset as UTC.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        let time = self.time.unwrap_or(Time::constant(12, 0, 0, 0));
        let offset = self.offset.unwrap_or(Offset::UTC);
        offset.to_timestamp(DateTime::from_parts(self.day, time)).map_or(0, |at| at.as_second())
    }
}

fn offset(zone: &str) -> Option<Offset> {
    let sign = match zone.chars().next()? {
        'Z' | 'z' => return Some(Offset::UTC),
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = zone[1..].chars().filter(char::is_ascii_digit).take(4).collect();
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4).and_then(|m| m.parse().ok()).unwrap_or(0);
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        if let Some(time) = self.time {
            write!(f, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
            if let Some(offset) = self.offset {
                let minutes = offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_keeps_the_local_day_and_prints_what_it_read() {
        for (text, printed) in [
            ("2026-03-11", "2026-03-11"),
            ("2026-03-11 00:00:00", "2026-03-11T00:00:00"),
            ("2026-03-11T23:40:00-05:00", "2026-03-11T23:40:00-05:00"),
            ("2026-03-11T23:40:00.123Z", "2026-03-11T23:40:00+00:00"),
            ("2026-03-11T07:40+0130", "2026-03-11T07:40:00+01:30"),
        ] {
            assert_eq!(Stamp::parse(text).map(|s| s.to_string()).as_deref(), Some(printed), "{text}");
        }
        assert_eq!(Stamp::parse("yesterday"), None);
        assert_eq!(Stamp::parse("2026-13-40"), None);
        assert_eq!(Stamp::parse("日本日本日本"), None);
    }
}
