//! Numbers as a reader takes them: a range is one figure with two ends, and its unit is read as it stands.

use super::{Bound, NumberMark, measure, numbers};
use crate::Span;

/// A number or a range of numbers in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Its bytes in the text, from the first number to the last.
    pub span: Span,
    /// Its value; of a range the lower end.
    pub value: f64,
    /// The upper end of a range.
    pub to: Option<f64>,
    /// What it counts: `percent`, a currency (`$`), `clock`, `years old`, or the word after it in lower case.
    pub unit: Option<String>,
    /// Whether the text says that it is a rough figure.
    pub approximate: bool,
    /// Whether the text makes it a bound.
    pub bound: Option<Bound>,
}

/// The numbers of a text in order, ranges (`10 to 12 boats`, `$3–5 million`) joined.
#[must_use]
pub fn quantities(text: &str) -> Vec<Quantity> {
    let marks = numbers(text);
    let mut out = Vec::with_capacity(marks.len());
    let mut at = 0;
    while let Some(mark) = marks.get(at) {
        at += 1;
        // `Hundreds` of `hundreds of thousands`, `three` of `three in ten`: the next number tells more.
        if marks.get(at).is_some_and(|next| start(text, next).is_some_and(|start| start <= mark.span.start)) {
            continue;
        }
        let upper = marks.get(at).filter(|next| is_range(text, mark, next));
        if upper.is_some() {
            at += 1;
        }
        out.push(quantity(text, mark, upper));
    }
    out
}

fn quantity(text: &str, mark: &NumberMark, upper: Option<&NumberMark>) -> Quantity {
    let last = upper.unwrap_or(mark);
    let degrees = measure::degrees(text, last.span.end);
    let unit = match degrees {
        Some((_, sign)) => Some(sign.to_owned()),
        None => unit(text, last).or_else(|| unit(text, mark)),
    };
    let mut found = Quantity {
        span: Span::new(mark.span.start, degrees.map_or(last.span.end, |(end, _)| end)),
        value: mark.value * upper.map_or(1.0, |upper| shared_scale(text, mark, upper)),
        to: upper.map(|upper| upper.value),
        unit,
        approximate: mark.approximate,
        bound: mark.bound,
    };
    if let (Some(start), None) = (measure::sign(text, mark.span), upper) {
        found.span.start = start;
        found.value = -found.value;
    } else if let (Some((start, part)), None) = (measure::part(text, mark), upper) {
        found.span.start = start;
        found.value = part / mark.value;
    } else if let (Some((start, factor)), None) = (measure::many(text, mark), upper) {
        // Some of them are two, as `dozens` are two dozen.
        found.span.start = start;
        found.value = mark.value * factor;
    }
    found
}

/// Where words before a number begin that change its value.
fn start(text: &str, mark: &NumberMark) -> Option<usize> {
    measure::part(text, mark).or_else(|| measure::many(text, mark)).map(|(start, _)| start)
}

/// What a number counts, as it is written.
fn unit(text: &str, mark: &NumberMark) -> Option<String> {
    mark.noun.map(|noun| noun.of(text).to_lowercase()).or_else(|| mark.unit.clone())
}

/// Whether two neighbouring numbers are the ends of one range.
fn is_range(text: &str, low: &NumberMark, high: &NumberMark) -> bool {
    let Some(gap) = text.get(low.span.end..high.span.start) else { return false };
    let lead = text[..low.span.start].trim_end();
    let joins = match gap.trim_matches([' ', '\u{a0}']) {
        "to" | "–" | "—" => true,
        "-" => !gap.starts_with(' '),
        "and" => ends_with_between(lead),
        "or" => low.noun.is_none() && low.value + 1.0 >= high.value,
        _ => false,
    };
    let alike = match (&low.unit, &high.unit) {
        (Some(low_unit), Some(high_unit)) => low_unit == high_unit || low.noun.is_some(),
        (Some(_), None) => low.noun.is_none(),
        _ => true,
    };
    joins && alike && low.value * shared_scale(text, low, high) < high.value
}

fn ends_with_between(lead: &str) -> bool {
    let tail = lead.len().checked_sub("between".len()).and_then(|at| lead.get(at..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case("between"))
}

/// The multiple that the upper end gives the lower one: `3 to 5 million`, `$1–2bn`.
fn shared_scale(text: &str, low: &NumberMark, high: &NumberMark) -> f64 {
    let bare = low.span.of(text).ends_with(|c: char| c.is_ascii_digit());
    let said = high.span.of(text);
    // Only what is written behind the figure makes it a multiple.
    if !bare || said.ends_with(|c: char| c.is_ascii_digit()) {
        return 1.0;
    }
    let plain: String = said.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let Ok(digits) = plain.parse::<f64>() else { return 1.0 };
    if digits > 0.0 && high.value >= digits * 1e2 && low.value < digits { high.value / digits } else { 1.0 }
}
