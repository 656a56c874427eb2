//! Days as a newspaper prints them.

use desk::stamp::Stamp;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

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
    let index = usize::try_from(stamp.day.month()).unwrap_or(1);
    MONTHS[index.clamp(1, 12) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

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
