//! Arithmetic on the calendar: days, weeks, months and years before and after a day.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan as _};

pub(super) use crate::calendar::{month, month_name, weekday};

/// A first and a last day.
pub(super) type Days = (Date, Date);

/// The last such weekday on or before `anchor`.
pub(super) fn on_or_before(anchor: Date, weekday: Weekday) -> Option<Date> {
    let back = weekday.until(anchor.weekday());
    anchor.checked_sub(i64::from(back).days()).ok()
}

/// The first such weekday on or after `anchor`.
pub(super) fn on_or_after(anchor: Date, weekday: Weekday) -> Option<Date> {
    let on = anchor.weekday().until(weekday);
    anchor.checked_add(i64::from(on).days()).ok()
}

/// `anchor` moved by a number of days.
pub(super) fn shifted(anchor: Date, days: i64) -> Option<Date> {
    anchor.checked_add(Length::new().try_days(days).ok()?).ok()
}

/// The week from Monday to Sunday that `day` lies in.
pub(super) fn week(day: Date) -> Option<Days> {
    let monday = on_or_before(day, Weekday::Monday)?;
    Some((monday, shifted(monday, 6)?))
}

/// The days of a month, from a count of months since the year 0.
pub(super) fn month_days(months: i64) -> Option<Days> {
    let first = Date::new(
        i16::try_from(months.div_euclid(12)).ok()?,
        i8::try_from(months.rem_euclid(12)).ok()? + 1,
        1,
    )
    .ok()?;
    Some((first, first.last_of_month()))
}

/// Months since the year 0.
pub(super) fn months(day: Date) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month()) - 1
}

/// The days of a year.
pub(super) fn year_days(year: i64) -> Option<Days> {
    let year = i16::try_from(year).ok()?;
    Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
}

/// The days of a quarter (1 to 4) of a year.
pub(super) fn quarter_days(year: i64, quarter: i64) -> Option<Days> {
    let first = year.checked_mul(12)? + (quarter - 1) * 3;
    Some((month_days(first)?.0, month_days(first + 2)?.1))
}

/// The days of a season by the months of the northern half; winter runs into the next year.
pub(super) fn season_days(year: i64, season: &str) -> Option<Days> {
    let from = match season {
        "SP" => 2,
        "SU" => 5,
        "FA" => 8,
        _ => 11,
    };
    let first = year.checked_mul(12)? + from;
    Some((month_days(first)?.0, month_days(first + 2)?.1))
}

/// `2026-W11`: the ISO week of a day.
pub(super) fn week_value(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}
