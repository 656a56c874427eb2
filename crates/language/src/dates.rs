//! Days, times and durations that a text names, resolved against the day it was published.

use jiff::civil::Date;

use crate::Span;

mod absolute;
mod calendar;
mod merge;
mod patterns;
mod ranges;
#[cfg(test)]
mod tests;

pub use absolute::absolute;

/// An expression of time in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMark {
    /// Its bytes in the text.
    pub span: Span,
    /// What kind of time it names.
    pub kind: DateKind,
    /// Its value in the form of TIMEX3 (`2026-03-10`, `2026-W11`, `P2Y`, `PRESENT_REF`).
    pub value: String,
    /// The first and the last day meant, where they are known.
    pub days: Option<(Date, Date)>,
    /// Whether the expression means nothing without the day of publication.
    pub relative: bool,
}

/// The kinds of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateKind {
    /// A day or a longer piece of the calendar.
    Date,
    /// A part of a day.
    Time,
    /// A length of time.
    Duration,
    /// Times that recur.
    Set,
}

impl DateKind {
    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// The expressions of time in a text, in order and without overlaps. English only.
///
/// What is relative is resolved against `anchor`, the day of publication, and towards the past as news means
/// it: a bare weekday is the last such day on or before the anchor, unless the sentence speaks of the future.
#[must_use]
pub fn dates(text: &str, anchor: Option<Date>) -> Vec<DateMark> {
    let mut found = merge::marks(text, anchor);
    ranges::mend(text, anchor, &mut found);
    found
}

/// A day as American prose writes it: `February 18, 2023`.
#[must_use]
pub fn written(day: Date) -> String {
    format!("{} {}, {}", calendar::month_name(day.month()), day.day(), day.year())
}
