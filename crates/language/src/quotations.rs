//! Who said what: speech inside quotation marks and reported speech.

use crate::Span;
use crate::sentences::sentences;

mod cues;
mod kinds;
mod marks;
mod reports;
#[cfg(test)]
mod tests;

use cues::Cue;

/// A piece of speech.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The words said, with their quotation marks; for indirect speech the clause.
    pub span: Span,
    /// Whether the words stand in quotation marks.
    pub direct: bool,
    /// What the quotation marks are for; indirect speech is speech.
    pub kind: Kind,
    /// Who said them: the words beside the verb, or the last named speaker where those are a pronoun.
    pub speaker: Option<Span>,
    /// The words beside the verb that name the speaker, a pronoun perhaps.
    pub mention: Option<Span>,
    /// The verb of saying.
    pub cue: Option<Span>,
}

/// What quotation marks are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Words that somebody said or wrote.
    Speech,
    /// The title of a work.
    Title,
    /// A word or two that the text names or holds at a distance (`the “new” plan`).
    Phrase,
}

impl Kind {
    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Title => "title",
            Self::Phrase => "phrase",
        }
    }
}

/// The quotations of a text, in order of their first byte. English verbs of saying, and the commonest German and
/// French ones; quotation marks as English, German, French and their neighbours write them. Quotations inside
/// quotations are a part of these.
#[must_use]
pub fn quotations(text: &str) -> Vec<Quotation> {
    let mut quotes = marks::quotes(text);
    let sentences = sentences(text, "en");
    let cues = cues::cues(text, &sentences, &quotes);
    let mut out = direct(text, &quotes, &cues);
    // Single marks round words that nobody is said to say are a headline's, or hold a word at a distance.
    let is_silent = |span: Span| span.of(text).starts_with(['‘', '\'']);
    out.retain(|found| found.speaker.is_some() || !is_silent(found.span));
    quotes.retain(|quote| {
        !is_silent(quote.span) || out.binary_search_by_key(&quote.span, |found| found.span).is_ok()
    });
    out.extend(reports::reports(text, &quotes, &cues));
    out.extend(reports::labelled(text));
    out.sort_by_key(|found| (found.span.start, found.span.end));
    out.dedup_by_key(|found| found.span);
    resolve(text, &mut out);
    out
}

/// The pieces inside quotation marks, each with the cue beside it; one without a cue is its neighbour's in
/// the same paragraph, or goes on from the paragraph before that was left open.
fn direct(text: &str, quotes: &[marks::Quote], cues: &[Cue]) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::with_capacity(quotes.len());
    let mut open = false;
    for quote in quotes {
        let cue = cues::beside(text, quote.span, cues);
        let (before, after) = cue.map_or((false, false), |cue| {
            (cue.verb.start < quote.span.start, cue.verb.start > quote.span.start)
        });
        let kind = kinds::kind(text, quote.span, before, after);
        let cue = cue.filter(|_| kind == Kind::Speech);
        let mut found = Quotation {
            span: quote.span,
            direct: true,
            kind,
            speaker: cue.and_then(|cue| cue.mention),
            mention: cue.and_then(|cue| cue.mention),
            cue: cue.map(|cue| cue.verb),
        };
        if cue.is_none()
            && kind == Kind::Speech
            && let Some(last) = out.last()
        {
            let gap = &text[last.span.end.min(quote.span.start)..quote.span.start];
            if open || !gap.contains('\n') {
                (found.speaker, found.mention) = (last.speaker, last.mention);
            }
        }
        open = !quote.closed;
        out.push(found);
    }
    // Speech that goes on in the next paragraph is said by who says that.
    for at in (1..out.len()).rev() {
        let gap = &text[out[at - 1].span.end.min(out[at].span.start)..out[at].span.start];
        if !quotes[at - 1].closed && out[at - 1].speaker.is_none() && gap.trim().is_empty() {
            (out[at - 1].speaker, out[at - 1].mention) = (out[at].speaker, out[at].mention);
        }
    }
    out
}

/// Gives quotations whose speaker is only a pronoun the last speaker that was named before.
fn resolve(text: &str, quotations: &mut [Quotation]) {
    let mut named: Option<Span> = None;
    let mut order: Vec<usize> = (0..quotations.len()).collect();
    order
        .sort_by_key(|&at| quotations[at].mention.map_or(quotations[at].span.start, |mention| mention.start));
    for at in order {
        let Some(mention) = quotations[at].mention else { continue };
        if cues::is_pronoun(mention.of(text)) {
            quotations[at].speaker = named.or(Some(mention));
        } else if mention.of(text).contains(char::is_uppercase) {
            named = Some(mention);
        }
    }
}
