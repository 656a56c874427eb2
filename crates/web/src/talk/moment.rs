//! A moment as people read it and as machines do. The newsroom's clock is UTC, and says so.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::Millis;

/// A moment in words and for machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// `March 10, 2026, 14:05 UTC`.
    pub(crate) text: String,
    /// `2026-03-10T14:05:00Z`.
    pub(crate) iso: String,
}

impl Moment {
    /// The moment at so many milliseconds.
    pub(crate) fn at(millis: Millis) -> Self {
        let stamp = Timestamp::from_millisecond(millis).unwrap_or_default();
        let zoned = TimeZone::UTC.to_datetime(stamp);
        Self {
            text: zoned.strftime("%B %-d, %Y, %H:%M UTC").to_string(),
            iso: zoned.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_printed_in_utc() {
        let moment = Moment::at(1_773_151_500_000);
        assert_eq!(moment.text, "March 10, 2026, 14:05 UTC");
        assert_eq!(moment.iso, "2026-03-10T14:05:00Z");
        assert_eq!(Moment::at(i64::MAX).iso, "1970-01-01T00:00:00Z");
    }
}
