//! Who said what: speech inside quotation marks and reported speech.

use crate::Span;
use crate::grammar::Sentence;
use crate::sentences::sentences;

mod clues;
mod cues;
mod kinds;
mod marks;
mod parts;
mod read;
mod reports;
#[cfg(test)]
mod tests;
mod tree;
mod verbs;

pub use clues::BITS;
use cues::Cue;
pub use read::{Attribution, Place, attributions};

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
    with(text, None)
}

/// The quotations of an English text of which the trees are known: also what is said without quotation marks, thought,
/// wanted or promised.
#[must_use]
pub fn read(text: &str, trees: &[Sentence<'_>]) -> Vec<Quotation> {
    with(text, Some((trees, &clues::WEIGHTS)))
}

/// The same with other weights, to measure what was learnt.
#[must_use]
pub fn read_with(text: &str, trees: &[Sentence<'_>], weights: &[i16]) -> Vec<Quotation> {
    with(text, Some((trees, weights)))
}

fn with(text: &str, trees: Option<(&[Sentence<'_>], &[i16])>) -> Vec<Quotation> {
    // Trees of another text say nothing of this one.
    let is_within = |span: Span| text.get(span.start..span.end).is_some();
    let trees =
        trees.filter(|(trees, _)| trees.iter().flat_map(|tree| &tree.words).all(|word| is_within(word.span)));
    let mut quotes = marks::quotes(text);
    let sentences = sentences(text, "en");
    let cues = cues::cues(text, &sentences, &quotes);
    let mut out = direct(text, &quotes, &cues);
    // Single marks round words that nobody is said to say are a headline's, or hold a word at a distance.
    let is_silent = |span: Span| span.of(text).starts_with(['‘', '\'']) && !span.of(text).starts_with("''");
    out.retain(|found| found.speaker.is_some() || !is_silent(found.span));
    quotes.retain(|quote| {
        !is_silent(quote.span) || out.binary_search_by_key(&quote.span, |found| found.span).is_ok()
    });
    match trees {
        Some((trees, weights)) => {
            let found = read::reports(text, trees, &quotes, &cues, weights);
            read::name(&mut out, &found);
            // What the trees miss the patterns may see.
            let mut shallow = reports::reports(text, &quotes, &cues);
            let (told, cues) =
                (union(found.iter().map(|one| one.span)), union(found.iter().filter_map(|one| one.cue)));
            shallow
                .retain(|one| !overlaps(&told, one.span) && one.cue.is_none_or(|cue| !overlaps(&cues, cue)));
            read::name(&mut out, &shallow);
            out.extend(shallow);
            out.extend(found.into_iter().filter(|found| !found.direct));
        }
        None => out.extend(reports::reports(text, &quotes, &cues)),
    }
    out.extend(reports::labelled(text));
    out.sort_by_key(|found| (found.span.start, found.span.end, found.mention.is_none()));
    out.dedup_by_key(|found| found.span);
    resolve(text, &mut out);
    out
}

/// Spans in order, those that overlap made one.
fn union(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut all: Vec<Span> = spans.collect();
    all.sort_by_key(|span| (span.start, span.end));
    let mut out: Vec<Span> = Vec::with_capacity(all.len());
    for span in all {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// Whether a span overlaps one of those, which are in order and apart.
fn overlaps(spans: &[Span], span: Span) -> bool {
    let at = spans.partition_point(|other| other.end <= span.start);
    spans.get(at).is_some_and(|other| other.start < span.end)
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
        let signature = cues::signature(text, quote.span.end).filter(|_| cue.is_none());
        let kind = if signature.is_some() { Kind::Speech } else { kind };
        let mention = cue.and_then(|cue| cue.mention).or(signature);
        let cue = cue.map(|cue| cue.verb);
        let mut found = Quotation { span: quote.span, direct: true, kind, speaker: mention, mention, cue };
        if cue.is_none()
            && signature.is_none()
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
        let speaker = quotations[at].speaker.filter(|speaker| *speaker != mention);
        if cues::is_pronoun(mention.of(text)) {
            quotations[at].speaker = speaker.or(named).or(Some(mention));
        } else if mention.of(text).contains(char::is_uppercase) {
            named = Some(mention);
        }
    }
}
