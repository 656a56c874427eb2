//! When a feed is asked again: learned from how often it lists something, and slower where it fails or asks for it.

use sha2::{Digest as _, Sha256};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How many of a feed's newest days are looked at.
const LOOKED_AT: usize = 40;

/// A feed's silence is only worth a word after this many of its usual gaps.
const GAPS_OF_SILENCE: i64 = 20;

/// How often a feed that is gone is asked once a day, before it is asked once a week.
const DAILY: i64 = 10;

/// The bounds that the schedule keeps to. All times are in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// The least time between two requests for one feed.
    pub least: i64,
    /// The most.
    pub most: i64,
    /// What is assumed of a feed of which nothing is known.
    pub first: i64,
    /// The time between two requests for a feed that is gone, in its first days.
    pub gone: i64,
    /// The same later.
    pub lost: i64,
    /// For how long any feed may list nothing new without a word.
    pub quiet: i64,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self { least: 5 * MINUTE, most: DAY, first: HOUR, gone: DAY, lost: 7 * DAY, quiet: 7 * DAY }
    }
}

/// What a feed's own days tell of its rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Learned {
    /// The time to let pass between two requests.
    pub interval: i64,
    /// The usual gap between two of its articles; none where too few have days.
    pub gap: Option<i64>,
}

impl Rhythm {
    /// The default with other bounds; a feed of which nothing is known starts within them.
    #[must_use]
    pub fn within(least: i64, most: i64) -> Self {
        let least = least.max(1);
        let most = most.max(least);
        Self { least, most, first: HOUR.clamp(least, most), ..Self::default() }
    }

    /// Learns from the days of the articles that a feed lists now: half the usual gap, but no more than a quarter
    /// of the time that the list covers, so that nothing falls off it unseen; longer again while nothing comes.
    /// Where too few have days, it is what it was.
    #[must_use]
    pub fn learn(&self, published: &[i64], previous: i64, now: i64) -> Learned {
        let mut days: Vec<i64> = published.iter().copied().filter(|&day| day <= now).collect();
        days.sort_unstable_by(|a, b| b.cmp(a));
        days.truncate(LOOKED_AT);
        let (Some(newest), Some(oldest)) = (days.first(), days.last()) else {
            return Learned { interval: self.bounded(previous), gap: None };
        };
        let mut gaps: Vec<i64> = days.windows(2).map(|pair| pair[0].saturating_sub(pair[1])).collect();
        if gaps.len() < 2 || newest == oldest {
            return Learned { interval: self.bounded(previous), gap: None };
        }
        gaps.sort_unstable();
        let span = newest.saturating_sub(*oldest);
        // Feeds that give only days, or publish in batches, have more zeros than gaps.
        let gap = match gaps[gaps.len() / 2] {
            0 => span / i64::try_from(gaps.len()).unwrap_or(i64::MAX),
            median => median,
        };
        let base = self.bounded((gap / 2).min(span / 4));
        Learned { interval: self.stretched(base, Some(*newest), now), gap: Some(gap) }
    }

    /// The interval of a feed that came unchanged: it grows while nothing new comes.
    #[must_use]
    pub fn unchanged(&self, previous: i64, newest: Option<i64>, now: i64) -> i64 {
        let base = self.bounded(previous);
        self.bounded(self.stretched(base, newest, now).min(base.saturating_mul(5) / 4))
    }

    /// The interval of a feed without days: shorter when the last request brought something, else longer.
    #[must_use]
    pub fn felt(&self, previous: i64, brought: Brought) -> i64 {
        let previous = if previous > 0 { previous } else { self.first };
        self.bounded(match brought {
            Brought::News => previous / 3 * 2,
            Brought::Nothing => previous.saturating_mul(5) / 4,
        })
    }

    /// How long to wait after so many failures in a row: double each time.
    #[must_use]
    pub fn back_off(&self, failures: i64) -> i64 {
        let doubled = u32::try_from(failures.clamp(1, 30) - 1).unwrap_or(0);
        self.bounded(self.least.saturating_mul(1 << doubled))
    }

    /// The same for a feed that is gone.
    #[must_use]
    pub fn farewell(&self, failures: i64) -> i64 {
        if failures < DAILY { self.gone } else { self.lost }
    }

    /// For how long a feed with such a gap may list nothing new without a word.
    #[must_use]
    pub fn silence(&self, gap: i64) -> i64 {
        self.quiet.max(gap.saturating_mul(GAPS_OF_SILENCE))
    }

    /// The moment to ask again. `floor` is what the feed asks for itself, of which the rhythm's most is granted. A
    /// tenth at most is added, always the same for an address, so that feeds do not all come due at once.
    #[must_use]
    pub fn next(&self, address: &str, now: i64, wait: i64, floor: i64) -> i64 {
        let wait = wait.max(floor.min(self.most)).max(1);
        let share = i64::from(scatter(address));
        now.saturating_add(wait).saturating_add((wait / 10).saturating_mul(share) / i64::from(u16::MAX))
    }

    fn bounded(&self, interval: i64) -> i64 {
        let interval = if interval > 0 { interval } else { self.first };
        interval.clamp(self.least, self.most.max(self.least))
    }

    /// A night or a weekend without news makes it up to twelve times longer.
    fn stretched(&self, base: i64, newest: Option<i64>, now: i64) -> i64 {
        let idle = newest.map_or(0, |newest| now.saturating_sub(newest) / 8);
        self.bounded(base.max(idle.min(base.saturating_mul(12))))
    }
}

/// What the last request for a feed brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brought {
    /// Something new.
    News,
    /// Nothing new.
    Nothing,
}

/// A number that belongs to an address.
fn scatter(address: &str) -> u16 {
    let hash = Sha256::digest(address.as_bytes());
    u16::from_be_bytes([hash[0], hash[1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_773_000_000_000;

    fn every(gap: i64, count: i64) -> Vec<i64> {
        (0..count).map(|number| NOW - number * gap).collect()
    }

    #[test]
    fn the_interval_is_half_the_usual_gap_within_bounds() {
        let rhythm = Rhythm::default();
        for (gap, count, interval) in [
            (MINUTE, 30, 5 * MINUTE),
            (20 * MINUTE, 30, 10 * MINUTE),
            (2 * HOUR, 20, HOUR),
            (4 * HOUR, 3, 2 * HOUR),
            (7 * DAY, 10, DAY),
            (DAY, 2, 3 * HOUR),
        ] {
            assert_eq!(rhythm.learn(&every(gap, count), 3 * HOUR, NOW).interval, interval, "{gap} {count}");
        }
        assert_eq!(rhythm.learn(&[], 0, NOW), Learned { interval: HOUR, gap: None });
    }

    #[test]
    fn batches_and_days_without_hours_count_by_their_mean() {
        let rhythm = Rhythm::default();
        let days: Vec<i64> = (0..40).map(|number| NOW - number / 10 * DAY).collect();
        let learned = rhythm.learn(&days, HOUR, NOW);
        assert_eq!(learned.gap, Some(3 * DAY / 39));
        assert!((30 * MINUTE..=HOUR).contains(&learned.interval), "{learned:?}");
    }

    #[test]
    fn quiet_hours_are_asked_less() {
        let rhythm = Rhythm::default();
        let old: Vec<i64> = every(20 * MINUTE, 30).iter().map(|day| day - 8 * HOUR).collect();
        assert_eq!(rhythm.learn(&old, HOUR, NOW).interval, HOUR);
        assert_eq!(rhythm.unchanged(HOUR, Some(NOW - 3 * DAY), NOW), HOUR * 5 / 4);
        assert_eq!(rhythm.unchanged(HOUR, Some(NOW), NOW), HOUR);
        assert_eq!(rhythm.felt(HOUR, Brought::News), 40 * MINUTE);
        assert_eq!(rhythm.felt(0, Brought::Nothing), 75 * MINUTE);
    }

    #[test]
    fn failures_double_the_wait_up_to_a_day() {
        let rhythm = Rhythm::default();
        assert_eq!([1, 2, 3].map(|failures| rhythm.back_off(failures)), [5, 10, 20].map(|m| m * MINUTE));
        assert_eq!(rhythm.back_off(50), DAY);
        assert_eq!([rhythm.farewell(3), rhythm.farewell(10)], [DAY, 7 * DAY]);
    }

    #[test]
    fn the_next_time_is_scattered_and_keeps_to_what_the_feed_asks() {
        let rhythm = Rhythm::default();
        let waits: Vec<i64> =
            (0..200).map(|n| rhythm.next(&format!("https://s{n}.example/"), NOW, HOUR, 0) - NOW).collect();
        assert!(waits.iter().all(|wait| (HOUR..=HOUR + HOUR / 10).contains(wait)));
        let distinct: std::collections::BTreeSet<_> = waits.iter().collect();
        assert!(distinct.len() > 190);
        assert_eq!(rhythm.next("a", NOW, HOUR, 0), rhythm.next("a", NOW, HOUR, 0));
        assert!(rhythm.next("a", NOW, HOUR, 3 * HOUR) >= NOW + 3 * HOUR);
        assert!(rhythm.next("a", NOW, HOUR, 300 * DAY) <= NOW + DAY + DAY / 10);
    }

    #[test]
    fn no_days_upset_it() {
        for rhythm in [Rhythm::default(), Rhythm::within(0, 0), Rhythm::within(1000, 10_000)] {
            for days in [vec![i64::MIN, 0, NOW], vec![i64::MAX, NOW, 5], vec![0, 0, 0], every(1, 3)] {
                let usable: Vec<i64> = days.iter().copied().filter(|&day| day >= 0).collect();
                let interval = rhythm.learn(&usable, i64::MAX, NOW).interval;
                assert!((rhythm.least..=rhythm.most).contains(&interval));
            }
            assert!(rhythm.next("a", i64::MAX, i64::MAX, i64::MAX) >= NOW);
        }
    }
}
