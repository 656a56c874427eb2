//! Days as a newspaper prints them.

use desk::stamp::Stamp;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use language::calendar;
use store::Millis;

/// A day in words and for machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    /// `March 10, 2026`.
    pub(crate) text: String,
    /// `2026-03-10`, with the time where one is known.
    pub(crate) iso: String,
}

impl Day {
    /// The day of a stamp.
    pub(crate) fn of(stamp: &Stamp) -> Self {
        let day = stamp.day;
        Self { text: format!("{} {}, {}", month(stamp), day.day(), day.year()), iso: stamp.to_string() }
    }
}

impl Day {
    /// The day of a moment, in UTC.
    pub(crate) fn at(moment: Millis) -> Self {
        Self { text: words(civil(moment)), iso: stamp(moment) }
    }
}

/// `March 10, 2026`.
pub(crate) fn words(day: Date) -> String {
    format!("{} {}, {}", calendar::month_name(day.month()), day.day(), day.year())
}

/// `Tuesday, March 10, 2026`.
pub(crate) fn long(day: Date) -> String {
    format!("{}, {}", calendar::weekday_name(day.weekday()), words(day))
}

/// `March 2026`.
pub(crate) fn month_of(day: Date) -> String {
    format!("{} {}", calendar::month_name(day.month()), day.year())
}

/// The day of a moment in UTC; the first day of 1970 for moments that no calendar has.
pub(crate) fn civil(moment: Millis) -> Date {
    zoned(moment).date()
}

/// `March 10, 2026, 14:05 UTC`.
pub(crate) fn minute(moment: Millis) -> String {
    let at = zoned(moment);
    format!("{}, {:02}:{:02} UTC", words(at.date()), at.hour(), at.minute())
}

/// RFC 3339: `2026-03-10T14:05:00Z`.
pub(crate) fn stamp(moment: Millis) -> String {
    let at = zoned(moment);
    format!("{}T{:02}:{:02}:{:02}Z", at.date(), at.hour(), at.minute(), at.second())
}

/// A date as HTTP and, but for its zone, RSS write it: `Tue, 10 Mar 2026 14:05:00 GMT`.
pub(crate) fn http(moment: Millis) -> String {
    let at = zoned(moment);
    let (weekday, month) = (long(at.date()), calendar::month_name(at.month()));
    let clock = format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second());
    format!("{}, {:02} {} {:04} {clock} GMT", &weekday[..3], at.day(), &month[..3], at.year())
}

/// The first and one past the last moment of a day in UTC.
pub(crate) fn bounds(day: Date) -> (Millis, Millis) {
    let midnight = DateTime::from_parts(day, jiff::civil::Time::midnight());
    let start = Offset::UTC.to_timestamp(midnight).map_or(0, |at| at.as_millisecond());
    (start, start + 86_400_000)
}

/// The day that is so many days after the first of 1970.
pub(crate) fn of_number(days: i64) -> Date {
    civil(days.saturating_mul(86_400_000))
}

fn zoned(moment: Millis) -> DateTime {
    Offset::UTC.to_datetime(Timestamp::from_millisecond(moment).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// The days from the first to the last stamp: `March 9–11, 2026`. Nothing where there is no stamp.
pub(crate) fn range<'s>(stamps: impl Iterator<Item = &'s Stamp> + Clone) -> Option<String> {
    let first = stamps.clone().min_by_key(|stamp| stamp.day)?;
    let last = stamps.max_by_key(|stamp| stamp.day)?;
    let (from, to) = (first.day, last.day);
    let end = Day::of(last).text;
    Some(if from == to {
        end
    } else if from.year() != to.year() {
        format!("{} – {end}", Day::of(first).text)
    } else if from.month() != to.month() {
        format!("{} {} – {end}", month(first), from.day())
    } else {
        format!("{} {}–{}, {}", month(first), from.day(), to.day(), to.year())
    })
}

fn month(stamp: &Stamp) -> &'static str {
    calendar::month_name(stamp.day.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_for_people_feeds_and_browsers() {
        let at = 1_773_151_500_000;
        assert_eq!(minute(at), "March 10, 2026, 14:05 UTC");
        assert_eq!(long(civil(at)), "Tuesday, March 10, 2026");
        assert_eq!(stamp(at), "2026-03-10T14:05:00Z");
        assert_eq!(http(at), "Tue, 10 Mar 2026 14:05:00 GMT");
        assert_eq!(bounds(civil(at)), (1_773_100_800_000, 1_773_187_200_000));
        assert_eq!(words(civil(Millis::MAX)), "January 1, 1970");
    }

    #[test]
    fn days_are_printed_as_one_range() {
        for (input, expected) in [
            (&["2026-03-10"][..], Some("March 10, 2026")),
            (&["2026-03-11T08:00", "2026-03-09", "2026-03-10"], Some("March 9–11, 2026")),
            (&["2026-03-31", "2026-04-01"], Some("March 31 – April 1, 2026")),
            (&["2025-12-31", "2026-01-01"], Some("December 31, 2025 – January 1, 2026")),
            (&[], None),
        ] {
            let stamps: Vec<Stamp> = input.iter().filter_map(|text| Stamp::parse(text)).collect();
            assert_eq!(range(stamps.iter()).as_deref(), expected, "{input:?}");
        }
    }
}
