//! Two times that are the ends of one range: what the one says, the other means too.

use jiff::civil::Date;

use super::{DateKind, DateMark, calendar};

/// Mends ranges: the start of `March 3 to April 5, 2021` takes the year of its end, and of two weekdays the
/// end doesn't lie before the start.
pub(super) fn mend(text: &str, anchor: Option<Date>, marks: &mut [DateMark]) {
    for at in 1..marks.len() {
        let (head, tail) = marks.split_at_mut(at);
        let (Some(start), Some(end)) = (head.last_mut(), tail.first_mut()) else { continue };
        if !is_range(text, start, end) {
            continue;
        }
        if end.relative {
            order_weekdays(text, anchor, start, end);
        } else {
            take_year(start, end);
        }
    }
}

fn is_range(text: &str, start: &DateMark, end: &DateMark) -> bool {
    let Some(gap) = text.get(start.span.end..end.span.start) else { return false };
    let lead = text[..start.span.start].trim_end();
    match gap.trim() {
        "to" | "through" | "until" | "till" | "–" | "-" => true,
        "and" => lead.ends_with("between") || lead.ends_with("Between"),
        _ => false,
    }
}

fn order_weekdays(text: &str, anchor: Option<Date>, start: &mut DateMark, end: &mut DateMark) {
    let named = |mark: &DateMark| {
        let words = mark.span.of(text);
        calendar::weekday(words).is_some() && !words.contains(' ')
    };
    let (Some(anchor), Some((first, _)), Some((last, _))) = (anchor, start.days, end.days) else { return };
    if !named(start) || !named(end) || last >= first {
        return;
    }
    // What is over moves back, what is to come moves on.
    let (mark, day, by) = if first > anchor { (end, last, 7) } else { (start, first, -7) };
    if let Some(day) = calendar::shifted(day, by) {
        mark.days = Some((day, day));
        mark.value = day.to_string();
    }
}

fn take_year(start: &mut DateMark, end: &DateMark) {
    let (Some((first, old)), Some((last, _))) = (start.days, end.days) else { return };
    if !start.relative || first != old || start.kind != DateKind::Date || end.value.len() != 10 {
        return;
    }
    if !start.value.ends_with(&format!("{:02}-{:02}", first.month(), first.day())) {
        return;
    }
    let later = (first.month(), first.day()) > (last.month(), last.day());
    if let Ok(day) = Date::new(last.year() - i16::from(later), first.month(), first.day()) {
        start.days = Some((day, day));
        start.value = day.to_string();
        start.relative = false;
    }
}
