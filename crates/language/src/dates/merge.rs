//! The shapes read side by side from the text's start, so that only what may count is read at all.

use std::cmp::Reverse;

use jiff::civil::Date;
use regex::{Captures, Match};

use super::DateMark;
use super::patterns::{Place, RULES, Rule};

/// The expressions that the shapes find: where two overlap the earlier and then the longer one, then the shape
/// that is listed first.
pub(super) fn marks(text: &str, anchor: Option<Date>) -> Vec<DateMark> {
    let mut streams: Vec<Stream<'_>> = RULES.iter().filter_map(|rule| Stream::open(text, rule)).collect();
    let mut out: Vec<DateMark> = Vec::new();
    let mut end = 0;
    while let Some(at) = next(&streams) {
        let stream = &mut streams[at];
        let free = stream.found.end() > end && !(stream.rule.leads && stream.found.start() < end);
        if stream.captures.is_none() && free {
            stream.captures = stream.rule.pattern.captures_at(text, stream.found.start());
            if stream.captures.is_some() {
                continue;
            }
        }
        if let Some(captures) = &stream.captures {
            let place = Place::new(text, anchor, captures);
            if place.span().start >= end
                && let Some(mark) = (stream.rule.resolve)(&place)
            {
                end = mark.span.end;
                out.push(mark);
            }
        }
        if !stream.advance(text) {
            streams.remove(at);
        }
    }
    out
}

/// The stream whose match comes first.
fn next(streams: &[Stream<'_>]) -> Option<usize> {
    streams.iter().enumerate().min_by_key(|(_, stream)| stream.key()).map(|(at, _)| at)
}

/// The matches of one shape in order. A match is looked at closely only when its turn comes.
struct Stream<'t> {
    rule: &'static Rule,
    found: Match<'t>,
    captures: Option<Captures<'t>>,
}

impl<'t> Stream<'t> {
    fn open(text: &'t str, rule: &'static Rule) -> Option<Self> {
        let found = rule.pattern.find(text)?;
        Some(Self { rule, found, captures: None })
    }

    fn advance(&mut self, text: &'t str) -> bool {
        self.captures = None;
        match self.rule.pattern.find_at(text, self.found.end()) {
            Some(found) => {
                self.found = found;
                true
            }
            None => false,
        }
    }

    /// Where the expression starts, or may start as long as nobody looked, and then how long it is.
    fn key(&self) -> (usize, bool, Reverse<usize>) {
        match &self.captures {
            None => (self.found.start(), false, Reverse(0)),
            Some(captures) => {
                let start = captures.name("x").map_or(self.found.start(), |group| group.start());
                let end = captures.name("x").map_or(self.found.end(), |group| group.end());
                (start, true, Reverse(end))
            }
        }
    }
}
