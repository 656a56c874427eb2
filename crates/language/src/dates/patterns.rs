//! The shapes in which English names times, each with the reading of it.

use std::cell::OnceCell;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use super::{DateKind, DateMark};
use crate::Span;
use crate::calendar::{MONTHS, WEEKDAYS, choice};
use crate::numerals::{ORDINALS, SMALL, TENS};

mod anniversary;
mod counted;
mod fixed;
mod named;
mod vague;

/// A shape and its reading; no shape fits nothing.
pub(super) struct Rule {
    pub(super) pattern: Regex,
    /// Whether the expression begins where the match begins.
    pub(super) leads: bool,
    pub(super) resolve: fn(&Place<'_, '_>) -> Option<DateMark>,
}

/// Zones of time by their short names.
const ZONE: &str = "(?:GMT|UTC|[BI]ST|CES?T|EES?T|MSK|[JK]ST|AE[SD]T|[ECMP][SD]?T|local time)";
const PART: &str = "(?:morning|afternoon|evening|night)";

/// A month by its name or a short one.
fn month() -> String {
    let short: Vec<&str> = MONTHS
        .iter()
        .filter(|name| name.len() > 3)
        .map(|name| if *name == "September" { "Sept?" } else { &name[..3] })
        .collect();
    format!(r"(?:{}|(?:{})\b\.?)", choice(&MONTHS), choice(&short))
}

/// A weekday by its name or a short one with its stop.
fn weekday() -> String {
    format!(r"(?:{}|(?:Mon|Tues?|Weds?|Thurs?|Fri|Sat|Sun)\.)", choice(&WEEKDAYS))
}

/// How many.
fn count() -> String {
    let (small, tens) = (choice(&SMALL[1..]), choice(&TENS));
    format!(
        r"(?:an?|{small}|{tens}|a hundred|several|a few|few|many|a couple(?: of)?|half an?|\d{{1,4}}(?:\.\d)?)"
    )
}

/// All shapes; where two fit, the earlier and then the longer one counts.
pub(super) static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    [fixed::SHAPES, named::SHAPES, counted::SHAPES, vague::SHAPES, anniversary::SHAPES]
        .concat()
        .iter()
        .map(rule)
        .collect()
});

type Shape = (&'static str, fn(&Place<'_, '_>) -> Option<DateMark>);

fn rule(&(shape, resolve): &Shape) -> Rule {
    let pattern = shape
        .replace("ORDINAL", &choice(&ORDINALS))
        .replace("ZONE", ZONE)
        .replace("MONTH", &month())
        .replace("DAYNAME", &choice(&WEEKDAYS))
        .replace("WEEKDAY", &weekday())
        .replace("PART", PART)
        .replace("COUNT", &count())
        // Boundaries of ASCII words: those of Unicode make the search many times slower.
        .replace(r"\b", r"(?-u:\b)");
    let leads = shape.starts_with(r"\b(?P<x>") || !shape.contains("(?P<x>");
    Rule { leads, pattern: Regex::new(&pattern).expect("the shapes are constant and valid"), resolve }
}

/// One match of a shape in its text.
pub(super) struct Place<'t, 'c> {
    pub(super) text: &'t str,
    pub(super) anchor: Option<Date>,
    captures: &'c Captures<'t>,
    before: OnceCell<&'t str>,
}

impl<'t, 'c> Place<'t, 'c> {
    pub(super) fn new(text: &'t str, anchor: Option<Date>, captures: &'c Captures<'t>) -> Self {
        Self { text, anchor, captures, before: OnceCell::new() }
    }

    /// A named group in lower case; empty where it took no part.
    fn get(&self, name: &str) -> String {
        self.captures.name(name).map_or_else(String::new, |group| group.as_str().to_lowercase())
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.captures.name(name)?.as_str().parse().ok()
    }

    /// The expression: the group `x` where there is one, else the whole match.
    pub(super) fn span(&self) -> Span {
        let whole = self.captures.name("x").or_else(|| self.captures.get(0));
        whole.map_or(Span::new(0, 0), |group| Span::new(group.start(), group.end()))
    }

    fn mark(&self, kind: DateKind, value: String, days: Option<(Date, Date)>, relative: bool) -> DateMark {
        DateMark { span: self.span(), kind, value, days, relative }
    }

    /// The text before the expression, back to the sentence's start and at most some 160 bytes.
    fn before(&self) -> &'t str {
        self.before.get_or_init(|| self.head())
    }

    fn head(&self) -> &'t str {
        let end = self.span().start;
        let mut start = end.saturating_sub(160);
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        let head = &self.text[start..end];
        let stop = head.bytes().enumerate().rev().find(|&(at, byte)| match byte {
            b'\n' => true,
            b'.' | b'!' | b'?' => {
                let rest = &head[at + 1..];
                rest.starts_with('\n') || (rest.starts_with([' ', '”', '"']) && !abbreviated(&head[..at]))
            }
            _ => false,
        });
        stop.map_or(head, |(at, _)| &head[at + 1..])
    }

    /// The text after the expression, to the sentence's end and at most some 60 bytes.
    fn after(&self) -> &'t str {
        let start = self.span().end;
        let mut end = self.text.len().min(start + 60);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let tail = &self.text[start..end];
        let stop = tail.bytes().position(|byte| matches!(byte, b'.' | b'!' | b'?' | b'\n'));
        &tail[..stop.unwrap_or(tail.len())]
    }

    /// The word before the expression, lower-cased.
    fn word_before(&self) -> String {
        self.before().split_whitespace().next_back().unwrap_or("").to_lowercase()
    }

    /// Whether the sentence speaks of what is still to come.
    fn is_ahead(&self) -> bool {
        static AHEAD: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?i)(?-u:\b)(?:will|’ll|'ll|won[’']t|shall|(?:is|are|was|were) (?:due|scheduled|slated|expected|set)|due to|scheduled (?:to|for)|plans? to|planned for|would (?:not |also )?(?:[a-gi-z]\w*|h[b-z]\w*))(?-u:\b)[^.]*$|(?-u:\b)(?:by|until|till|through|starting|beginning|no later than|deadline of)(?: the end of| early| late| next)?\s+$")
                .expect("the pattern is constant and valid")
        });
        static BACK: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?i)(?-u:\b)(?:said|told|announced|was|were|had|did|since|after|approved|voted|died|added|wrote)(?-u:\b)[^.]{0,24}$")
                .expect("the pattern is constant and valid")
        });
        static DUE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?i)(?-u:\b)(?:was|were) (?:due|scheduled|slated|expected|set)(?-u:\b)[^.,;]{0,24}$")
                .expect("the pattern is constant and valid")
        });
        // "Awaiting liftoff Tuesday", "poised to close on Friday".
        static SOON: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?i)(?-u:\b)(?:await(?:s|ing)?|upcoming|ahead of|(?:set|slated|targeted) for|targeting|poised to|gearing up|going to|hop(?:es|ing) to|aim(?:s|ing) (?:to|for)|prepar(?:es|ing) (?:to|for)|ready (?:to|for))(?-u:\b)[^.,;]{0,40}$")
                .expect("the pattern is constant and valid")
        });
        static AFTER: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?i)^,? *(?:\w+ ){0,3}will(?-u:\b)").expect("the pattern is constant and valid")
        });
        let before = self.before();
        ((AHEAD.is_match(before) || SOON.is_match(before))
            && (!BACK.is_match(before) || DUE.is_match(before)))
            || AFTER.is_match(self.after())
    }
}

fn abbreviated(head: &str) -> bool {
    let word = head.rsplit([' ', '\n']).next().unwrap_or("");
    word.len() <= 4 && word.starts_with(char::is_uppercase)
}
