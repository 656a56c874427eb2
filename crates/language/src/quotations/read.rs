//! Quotations by grammar: what hangs on a word of saying, thinking or wanting, and on whom that word hangs.

use super::clues;
use super::cues;
use super::parts::{self, Cue, Part};
use super::tree::Tree;
use super::verbs;
use super::{Kind, Quotation, marks};
use crate::Span;
use crate::grammar::{Class, Relation, Sentence};

/// What a part weighs more in which a quotation mark stands.
const MARKED: i32 = 500;
/// What the clause of a verb of saying weighs more.
const SAID: i32 = 600;
/// What a report inside another has to weigh.
const NESTED: i32 = 256;
/// And what a clause has more.
const CLAUSE: i32 = 256;

/// A part of a sentence that may be somebody's words or thoughts, and what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The word of saying.
    pub cue: Span,
    /// The part, in pieces.
    pub pieces: Vec<Span>,
    /// What the words of the cue's class may have to do with it.
    pub place: Place,
    /// Hashes of what speaks for it or against it.
    pub clues: Vec<u32>,
}

/// How a part stands to its cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It completes a word of saying, thinking, wanting or promising: what is said, thought, wanted or promised.
    Complement,
    /// It stands beside such a word in another way.
    Beside,
    /// The word is none of these.
    Other,
}

/// All parts of sentences that stand beside a word of saying, thinking or wanting outside quotation marks, for learning
/// which of them are attributed.
#[must_use]
pub fn attributions(text: &str, sentences: &[Sentence<'_>]) -> Vec<Attribution> {
    let quotes = marks::quotes(text);
    let mut out = Vec::new();
    for sentence in sentences {
        let tree = Tree::new(sentence);
        for cue in parts::cues(&tree) {
            let verb = tree.words[cue.at].span;
            if is_quoted(&quotes, verb) {
                continue;
            }
            for part in &cue.parts {
                let inside = content(&tree, &cue, &[*part]);
                let pieces = pieces(&tree, &inside);
                if !pieces.is_empty() {
                    let place = place(&tree, &cue, *part);
                    out.push(Attribution {
                        cue: verb,
                        pieces,
                        place,
                        clues: clues::clues(&tree, &cue, *part),
                    });
                }
            }
        }
    }
    out
}

/// Whether a part is the clause of a verb of saying, or the subject of that clause before the verb: "The plan, he said,
/// will work."
fn is_said(tree: &Tree<'_>, cue: &Cue, part: Part) -> bool {
    let relation = tree.words[part.head].relation;
    let clause = relation == Relation::Ccomp
        || relation == Relation::Nsubj && tree.dependent(cue.at, &[Relation::Ccomp]).is_some();
    clause && !part.above && cue.source.is_some() && verbs::class(&tree.words[cue.at].lemma) == Some("say")
}

fn place(tree: &Tree<'_>, cue: &Cue, part: Part) -> Place {
    const SAID: [&str; 9] =
        ["say", "think", "know", "want", "promise", "ask", "claim noun", "belief noun", "demand noun"];
    let class = verbs::class(&tree.words[cue.at].lemma);
    let completes = match tree.words[part.head].relation {
        // A second subject is that of a clause which the verb parts: "The plan, he said, will work."
        Relation::Ccomp | Relation::Xcomp | Relation::Acl | Relation::Csubj | Relation::Nsubj => true,
        // "Called for a law".
        Relation::Obl => class == Some("want") && tree.marker(part.head) == Some("for"),
        _ => false,
    };
    match class {
        None => Place::Other,
        Some(class) if completes && !part.above && SAID.contains(&class) => Place::Complement,
        Some(_) => Place::Beside,
    }
}

/// What a text attributes: pieces without quotation marks, and as direct those that are nothing but a quotation.
pub(super) fn reports(
    text: &str,
    sentences: &[Sentence<'_>],
    quotes: &[marks::Quote],
    cues: &[cues::Cue],
    weights: &[i16],
) -> Vec<Quotation> {
    let mut out = Vec::new();
    for sentence in sentences {
        let tree = Tree::new(sentence);
        for (cue, inside) in found(&tree, quotes, weights) {
            let verb = tree.words[cue.at].span;
            let shallow = cues.partition_point(|known| known.verb.end <= verb.start);
            let shallow = cues.get(shallow).filter(|known| known.verb.overlaps(verb));
            let mention = cue
                .source
                .and_then(|source| phrase(&tree, source, cue.at))
                .or_else(|| shallow.and_then(|known| known.mention));
            let speaker = cue.named.and_then(|named| phrase(&tree, named, cue.at)).or(mention);
            out.extend(pieces(&tree, &inside).into_iter().map(|span| Quotation {
                span,
                direct: is_quotation(text, quotes, span),
                kind: Kind::Speech,
                speaker,
                mention,
                cue: Some(verb),
            }));
        }
    }
    out
}

/// The cues of a sentence with the words that they attribute.
fn found(tree: &Tree<'_>, quotes: &[marks::Quote], weights: &[i16]) -> Vec<(Cue, Vec<bool>)> {
    let mut found: Vec<(Cue, Vec<bool>, i32)> = Vec::new();
    for cue in parts::cues(tree) {
        if is_quoted(quotes, tree.words[cue.at].span) {
            continue;
        }
        let score = |part: &Part| {
            let marked = if clues::quoted(tree, *part) == "no" { 0 } else { MARKED };
            let said = if is_said(tree, &cue, *part) { SAID } else { 0 };
            (*part, clues::score(weights, &clues::clues(tree, &cue, *part)) + marked + said)
        };
        let scored = cue.parts.iter().map(score);
        let kept: Vec<(Part, i32)> = scored.filter(|(_, score)| *score > 0).collect();
        // A clause is somebody's words more surely than a phrase.
        let surety = |(part, score): &(Part, i32)| {
            if tree.words[part.head].relation == Relation::Ccomp { *score + CLAUSE } else { *score }
        };
        let Some(best) = kept.iter().map(surety).max() else { continue };
        let kept: Vec<Part> = kept.into_iter().map(|(part, _)| part).collect();
        let inside = content(tree, &cue, &kept);
        found.push((cue, inside, best));
    }
    // What stands within somebody's words already has to be surer.
    let mut covered = vec![0usize; tree.words.len()];
    for (_, inside, _) in &found {
        covered.iter_mut().zip(inside).for_each(|(count, inside)| *count += usize::from(*inside));
    }
    found.retain(|(cue, _, best)| covered[cue.at] == 0 || *best > NESTED);
    found.into_iter().map(|(cue, inside, _)| (cue, inside)).collect()
}

/// Gives quotations the speakers that the trees name.
pub(super) fn name(direct: &mut [Quotation], reports: &[Quotation]) {
    // Each report reaches the quotations that it overlaps; they are in order and so is the search.
    let mut best: Vec<Option<&Quotation>> = vec![None; direct.len()];
    for report in reports.iter().filter(|report| report.mention.is_some()) {
        let mut at = direct.partition_point(|quote| quote.span.end <= report.span.start);
        while let Some(quote) = direct.get(at).filter(|quote| quote.span.start < report.span.end) {
            if quote.kind == Kind::Speech
                && best[at].is_none_or(|known| {
                    known.span.end - known.span.start > report.span.end - report.span.start
                })
            {
                best[at] = Some(report);
            }
            at += 1;
        }
    }
    for (quote, best) in direct.iter_mut().zip(best) {
        // A word of saying right beside the marks is surer.
        if let Some(best) = best.filter(|_| quote.cue.is_none()) {
            (quote.speaker, quote.mention, quote.cue) = (best.speaker, best.mention, best.cue);
        }
    }
}

/// Whether a word stands inside quotation marks.
fn is_quoted(quotes: &[marks::Quote], word: Span) -> bool {
    let at = quotes.partition_point(|quote| quote.span.end <= word.start);
    quotes.get(at).is_some_and(|quote| quote.span.start < word.end)
}

/// Whether a piece is nothing but a quotation, which is found elsewhere.
fn is_quotation(text: &str, quotes: &[marks::Quote], piece: Span) -> bool {
    let at = quotes.partition_point(|quote| quote.span.end <= piece.start);
    let Some(quote) = quotes.get(at) else { return false };
    let is_bare = |from: usize, to: usize| {
        text.get(from.min(to)..to).is_none_or(|gap| !gap.contains(char::is_alphanumeric))
    };
    is_bare(piece.start, quote.span.start) && is_bare(quote.span.end, piece.end)
}

/// The words of parts, without the cue and its source.
fn content(tree: &Tree<'_>, cue: &Cue, parts: &[Part]) -> Vec<bool> {
    let mut inside = vec![false; tree.words.len()];
    for part in parts {
        let mut without: Vec<usize> = part.without.into_iter().collect();
        without.extend(cue.source.filter(|source| *source != part.head));
        if !part.above {
            without.push(cue.at);
        }
        for (kept, found) in inside.iter_mut().zip(tree.below(part.head, &without)) {
            *kept |= found;
        }
    }
    // The preposition before a phrase that a verb governs is the verb's.
    for part in parts.iter().filter(|part| !part.above) {
        if matches!(tree.words[part.head].relation, Relation::Obl | Relation::Nmod)
            && let Some(case) = tree.dependent(part.head, &[Relation::Case])
            && !case.checked_sub(1).is_some_and(|before| inside[before])
        {
            inside[case] = false;
        }
    }
    inside
}

/// Runs of words, with the marks between them, without those at their ends.
fn pieces(tree: &Tree<'_>, inside: &[bool]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut open = false;
    for (at, inside) in inside.iter().enumerate() {
        if tree.is_punctuation(at) {
            continue;
        }
        let span = tree.words[at].span;
        match out.last_mut() {
            Some(last) if open && *inside => last.end = span.end,
            _ if *inside => out.push(span),
            _ => {}
        }
        open = *inside;
    }
    out
}

/// The noun phrase of a source.
fn phrase(tree: &Tree<'_>, source: usize, cue: usize) -> Option<Span> {
    // A relative clause and what follows it is no part of the name that a reader is told.
    let mut without = vec![cue];
    without.extend(tree.dependents(source).iter().filter(|child| {
        matches!(
            tree.words[**child].relation,
            Relation::AclRelcl
                | Relation::Acl
                | Relation::Appos
                | Relation::Parataxis
                | Relation::Punct
                | Relation::Case
                | Relation::Cc
                | Relation::Conj
                | Relation::Advcl
                | Relation::Advmod
        )
    }));
    let inside = tree.below(source, &without);
    let place = tree.words[source].span;
    let found = pieces(tree, &inside).into_iter().find(|span| span.contains(place));
    let mut found = found.unwrap_or(place);
    // A title that the tree makes a subject of its own: `Mayor Lind said`.
    for before in (0..source).rev() {
        let word = &tree.words[before];
        if inside[before] || found.start <= word.span.start {
            continue;
        }
        if word.class != Class::Propn || tree.head(before) != tree.head(source) {
            break;
        }
        found.start = word.span.start;
    }
    Some(found)
}

#[cfg(test)]
mod tests;
