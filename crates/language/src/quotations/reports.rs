//! Reported speech without quotation marks: `Lind said that …`, `…, Lind said`, `according to Lind, …`.

use std::sync::LazyLock;

use regex::Regex;

use super::cues::Cue;
use super::marks::Quote;
use super::{Kind, Quotation};
use crate::Span;
use crate::calendar::{WEEKDAYS, choice};

/// The clauses that a text reports as said.
pub(super) fn reports(text: &str, quotes: &[Quote], cues: &[Cue]) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    for cue in cues {
        let Some(mention) = cue.mention else { continue };
        let Some(span) = clause(text, cue, mention) else { continue };
        let said = Span::new(span.start, span.end);
        let at = quotes.partition_point(|quote| quote.span.end <= said.start);
        let inside_quote = quotes.get(at).is_some_and(|quote| {
            quote.span.contains(said)
                || (quote.span.start <= said.start + 2 && quote.span.end + 2 >= said.end)
        });
        let known = out.last().is_some_and(|last| last.span.overlaps(said));
        if inside_quote || known {
            continue;
        }
        out.push(Quotation {
            span: said,
            direct: false,
            kind: Kind::Speech,
            speaker: Some(mention),
            mention: Some(mention),
            cue: Some(cue.verb),
        });
    }
    out
}

/// The clause that a cue reports.
fn clause(text: &str, cue: &Cue, mention: Span) -> Option<Span> {
    let after = cue.verb.end.max(mention.end);
    let before = cue.verb.start.min(mention.start);
    let rest = Span::new(after, cue.body.end.max(after));
    let head = Span::new(cue.body.start.min(before), before);
    let verb = cue.verb.of(text).to_lowercase();
    if verb.starts_with("according") {
        let before = words(head.of(text));
        return if before >= 4 { trimmed(text, head) } else { trimmed(text, rest) };
    }
    if ends_clause(head.of(text)) && is_aside(rest.of(text)) {
        return trimmed(text, head).filter(|span| words(span.of(text)) >= 3);
    }
    if cue.verb_first {
        return None;
    }
    following(text, rest, &verb)
}

/// Whether what stands before a speaker is a clause set off by a comma.
fn ends_clause(head: &str) -> bool {
    head.trim_end().ends_with(',') && words(head) >= 4
}

/// Whether what follows a verb only tells when or where it was said.
fn is_aside(rest: &str) -> bool {
    static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
        let days = choice(&WEEKDAYS);
        Regex::new(&format!(r"^(?:[,.;—–]|\s*$|\s+(?:in|on|at|during|by|to reporters|after|of|through|from|via|{days}|yesterday|recently|afterward|later|as)\b)"))
            .expect("the pattern is constant and valid")
    });
    ASIDE.is_match(rest)
}

/// The clause after a verb, from `that` where it is written.
fn following(text: &str, rest: Span, verb: &str) -> Option<Span> {
    static THAT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[^,;:“”.]{0,70}?\s(that|how|whether|why)\s").expect("the pattern is constant and valid")
    });
    let body = rest.of(text);
    let free = matches!(
        verb,
        "said"
            | "says"
            | "say"
            | "saying"
            | "claims"
            | "claimed"
            | "believes"
            | "believe"
            | "thinks"
            | "insisted"
            | "insists"
            | "argues"
            | "argued"
            | "suggested"
            | "suggests"
            | "noted"
            | "notes"
            | "added"
            | "adding"
            | "acknowledged"
            | "hopes"
            | "claim"
            | "announced"
            | "warned"
            | "predicted"
            | "estimates"
    );
    let told = matches!(verb, "told" | "tells" | "telling");
    if let Some(found) = THAT.captures(body).and_then(|captures| captures.get(1)) {
        return trimmed(text, Span::new(rest.start + found.start(), rest.end));
    }
    if body.starts_with([',', ':', '.', ';']) || is_aside(body) {
        return None;
    }
    if free {
        return trimmed(text, rest).filter(|span| words(span.of(text)) >= 3);
    }
    if told {
        static LISTENER: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"^\s+(?:him|her|them|us|me|reporters|the \w+|(?:\p{Lu}\w+ ?){1,3})\s")
                .expect("the pattern is constant and valid")
        });
        let from = LISTENER.find(body)?.end();
        return trimmed(text, Span::new(rest.start + from, rest.end))
            .filter(|span| words(span.of(text)) >= 4);
    }
    None
}

/// How many words there are, counted no further than five.
fn words(text: &str) -> usize {
    text.split_whitespace().take(5).count()
}

/// The span without white space, commas and a last full stop at its ends.
pub(super) fn trimmed(text: &str, span: Span) -> Option<Span> {
    let body = span.of(text);
    let start =
        span.start + (body.len() - body.trim_start_matches([' ', ',', ':', '\u{a0}', '\t', '\n']).len());
    let end = span.start + body.trim_end_matches([' ', ',', '.', ';', '\u{a0}', '\n', '\t']).len();
    (start < end).then(|| Span::new(start, end))
}

/// Lines that open with their speaker and a colon: a headline (`Lind: Ferry Is Safe`) or a transcript.
pub(super) fn labelled(text: &str) -> Vec<Quotation> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?m)^\s*["“]?((?:\p{Lu}[\w.’'-]*)(?: (?:\p{Lu}[\w.’'-]*|of|the)){0,3})(:) (\S.{14,})$"#)
            .expect("the pattern is constant and valid")
    });
    let first = text.len() - text.trim_start().len();
    let mut out = Vec::new();
    for captures in LABEL.captures_iter(text) {
        let (Some(name), Some(colon), Some(body)) = (captures.get(1), captures.get(2), captures.get(3))
        else {
            continue;
        };
        let capital = name.as_str().chars().all(|c| !c.is_lowercase());
        let headline = name.start() <= first;
        if !(capital && name.len() > 2 || headline) {
            continue;
        }
        let Some(span) = trimmed(text, Span::new(body.start(), body.end())) else { continue };
        let speaker = Some(Span::new(name.start(), name.end()));
        let cue = Some(Span::new(colon.start(), colon.end()));
        out.push(Quotation { span, direct: false, kind: Kind::Speech, speaker, mention: speaker, cue });
    }
    out
}
