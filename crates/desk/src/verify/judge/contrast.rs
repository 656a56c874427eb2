//! Where the claim and the sentences it rests on tell it differently: other words in the same place,
//! opposites, denials, reserve, swapped roles, another speaker.

use language::Span;

use super::align::{Alignment, Sentence};
use super::finding::{Code, Finding};
use super::lexicon::Relation;
use super::negation;
use super::quotes::clip;
use super::reading::{Kind, Token};

/// A word of the evidence that stands where the claim has another one.
struct Rival {
    sentence: usize,
    token: usize,
    /// Held in place from both sides.
    firm: bool,
}

/// Everything that is told differently, in the order of the claim.
pub(super) fn contrasts(a: &Alignment) -> Vec<Finding> {
    let content = a.content();
    let mut out = Vec::new();
    for (order, &at) in content.iter().enumerate() {
        let held = a.best[at].map_or(0.0, |(_, hit)| hit.quality);
        if held >= 0.6 && a.claim[at].kind == Kind::Number {
            out.extend(apart(a, at));
        }
        if held >= 0.6 || a.weights[at] < a.claim[at].weight() {
            continue;
        }
        if let Some(finding) = opposite(a, at) {
            out.push(finding);
        } else if a.anywhere[at] < 0.6 || a.claim[at].kind != Kind::Plain {
            let rival = rival(a, &content, order);
            let found = differs(a, at, rival.as_ref()).or_else(|| missing(a, at));
            push(&mut out, found);
        }
    }
    out.extend(denials(a, &content));
    out.extend(reserve(a, &content));
    out.extend(speaker(a));
    out.extend(roles(a));
    out
}

/// Adds a finding; a missing name of several words is one finding, not several.
fn push(out: &mut Vec<Finding>, found: Option<Finding>) {
    let Some(found) = found else { return };
    if let (Some(last), Some(span)) = (out.last_mut(), found.span)
        && found.code == Code::NameMissing
        && last.code == Code::NameMissing
        && let Some(before) = last.span
        && span.start <= before.end + 1
    {
        last.span = Some(Span::new(before.start, span.end));
        let (old, new) = (last.note.rsplit_once('”'), found.note.split('“').nth(1));
        if let (Some((start, end)), Some(word)) = (old, new.and_then(|rest| rest.split('”').next())) {
            last.note = format!("{start} {word}”{end}");
        }
        return;
    }
    out.push(found);
}

/// A number that the picked sentences hold, but nowhere near a neighbour that it has in the claim.
fn apart(a: &Alignment, at: usize) -> Option<Finding> {
    let (s, _) = a.best[at]?;
    let lone = a.picked.iter().all(|&s| {
        a.sentences[s].hits.iter().filter(|hit| hit.claim == at).all(|hit| !near(a, s, at, hit.token))
    });
    let note = format!(
        "the number “{}” stands in the source with other things: {}",
        surface(a, at),
        clip(a.sentences[s].text)
    );
    lone.then(|| Finding::new(Code::NumberApart, Some(a.claim[at].span), note))
}

/// Why a claim falls short when no rule has found a fault: its weakest word, or words that stand far apart.
pub(super) fn weakest(a: &Alignment) -> Finding {
    let held = |at: usize| a.best[at].map_or(0.0, |(_, hit)| hit.quality);
    let weak = a
        .content()
        .into_iter()
        .filter(|&at| held(at) < 0.9 && a.weights[at] >= 0.4)
        .min_by(|&x, &y| held(x).total_cmp(&held(y)));
    let Some(at) = weak else {
        let note = "the words of the claim stand in the source, but not together in one place";
        return Finding::new(Code::Scattered, None, note.to_owned());
    };
    let span = Some(a.claim[at].span);
    match a.best[at] {
        Some((s, hit)) => {
            let other = a.token(s, hit.token).span.of(a.sentences[s].text);
            let note = format!(
                "for “{}” the source has only “{other}”: {}",
                surface(a, at),
                clip(a.sentences[s].text)
            );
            Finding::new(Code::WordMissing, span, note)
        }
        None if a.anywhere[at] > 0.0 => {
            let note =
                format!("“{}” stands in the source, but away from the rest of the claim", surface(a, at));
            Finding::new(Code::Scattered, span, note)
        }
        None => Finding::new(
            Code::WordMissing,
            span,
            format!("the word “{}” has no equal in the source", surface(a, at)),
        ),
    }
}

fn opposite(a: &Alignment, at: usize) -> Option<Finding> {
    for &s in &a.picked {
        let hit =
            a.sentences[s].hits.iter().find(|hit| hit.claim == at && hit.relation == Relation::Opposite);
        let Some(hit) = hit else { continue };
        if !near(a, s, at, hit.token) {
            continue;
        }
        let word = a.token(s, hit.token);
        let note = format!(
            "the claim says “{}”, the source “{}”: {}",
            surface(a, at),
            word.text,
            clip(a.sentences[s].text)
        );
        return Some(Finding::new(Code::Antonym, Some(a.claim[at].span), note));
    }
    None
}

/// Whether a neighbour of the claim's word stands near the evidence's word.
fn near(a: &Alignment, s: usize, at: usize, token: usize) -> bool {
    let sentence = &a.sentences[s];
    sentence.hits.iter().any(|hit| {
        hit.quality >= 0.7
            && hit.claim != at
            && hit.claim.abs_diff(at) <= 3
            && sentence.place[hit.token].abs_diff(sentence.place[token]) <= 2
    })
}

/// The word between (or beside) the same neighbours in a picked sentence.
fn rival(a: &Alignment, content: &[usize], order: usize) -> Option<Rival> {
    let left = order.checked_sub(1).map(|o| content[o]);
    let right = content.get(order + 1).copied();
    let mut side = None;
    for &s in &a.picked {
        let sentence = &a.sentences[s];
        let of = |at: Option<usize>| -> Vec<usize> {
            sentence
                .hits
                .iter()
                .filter(|hit| Some(hit.claim) == at && hit.quality >= 0.7)
                .map(|hit| hit.token)
                .collect()
        };
        let (lefts, rights) = (of(left), of(right));
        for &l in &lefts {
            for &r in &rights {
                let gap = sentence.place[r].saturating_sub(sentence.place[l]);
                if r > l
                    && (2..=3).contains(&gap)
                    && let Some(token) = free(sentence, l + 1..r, a, content[order])
                {
                    return Some(Rival { sentence: s, token, firm: true });
                }
            }
        }
        let beside = lefts
            .iter()
            .filter_map(|&l| free(sentence, l + 1..sentence.tokens.len().min(l + 4), a, content[order]))
            .chain(rights.iter().filter_map(|&r| {
                let range = r.saturating_sub(3)..r;
                range
                    .rev()
                    .find(|&t| open(sentence, t) && alike(&a.claim[content[order]], &sentence.tokens[t]))
            }))
            .next();
        if side.is_none() {
            side = beside.map(|token| Rival { sentence: s, token, firm: false });
        }
    }
    side
}

fn free(sentence: &Sentence, mut range: std::ops::Range<usize>, a: &Alignment, at: usize) -> Option<usize> {
    range.find(|&t| open(sentence, t) && alike(&a.claim[at], &sentence.tokens[t]))
}

/// Content that no word of the claim has taken.
fn open(sentence: &Sentence, token: usize) -> bool {
    sentence.tokens[token].content()
        && !sentence.hits.iter().any(|hit| hit.token == token && hit.quality >= 0.45)
}

fn alike(claim: &Token, evidence: &Token) -> bool {
    match claim.kind {
        Kind::Plain | Kind::Light => matches!(evidence.kind, Kind::Plain | Kind::Light),
        kind => kind == evidence.kind,
    }
}

fn differs(a: &Alignment, at: usize, rival: Option<&Rival>) -> Option<Finding> {
    let rival = rival?;
    let token = &a.claim[at];
    let code = match token.kind {
        Kind::Number => Code::NumberDiffers,
        Kind::Date => Code::DateDiffers,
        Kind::Name if rival.firm => Code::NameDiffers,
        Kind::Plain if rival.firm => Code::WordDiffers,
        _ => return None,
    };
    if a.anywhere[at] >= 0.9 && !rival.firm {
        return None;
    }
    let sentence = &a.sentences[rival.sentence];
    let other = a.token(rival.sentence, rival.token).span.of(sentence.text);
    let note = format!("the claim says “{}”, the source “{other}”: {}", surface(a, at), clip(sentence.text));
    Some(Finding::new(code, Some(token.span), note))
}

fn missing(a: &Alignment, at: usize) -> Option<Finding> {
    let token = &a.claim[at];
    if a.anywhere[at] >= 0.4 || negation::is_cue(&token.text) {
        return None;
    }
    let (code, what) = match token.kind {
        Kind::Number => (Code::NumberMissing, "the number"),
        Kind::Date => (Code::DateMissing, "the date"),
        Kind::Name => (Code::NameMissing, "the name"),
        Kind::Plain => (Code::WordMissing, "the word"),
        Kind::Light | Kind::Stop => return None,
    };
    Some(Finding::new(
        code,
        Some(token.span),
        format!("{what} “{}” has no equal in the source", surface(a, at)),
    ))
}

fn surface(a: &Alignment, at: usize) -> String {
    a.claim[at].surface.clone()
}

/// Denial on one side only, of the same aligned word.
fn denials(a: &Alignment, content: &[usize]) -> Option<Finding> {
    let ours = negation::denied(&a.claim);
    let theirs: Vec<Vec<bool>> = a.picked.iter().map(|&s| negation::denied(&a.sentences[s].tokens)).collect();
    for &at in content {
        let Some((s, hit)) = a.best[at] else { continue };
        if hit.quality < 0.7 || !matches!(a.claim[at].kind, Kind::Plain | Kind::Light) {
            continue;
        }
        let Some(place) = a.picked.iter().position(|&p| p == s) else { continue };
        // The same word may stand twice in the sentence, denied once: any equal standing clears it.
        let same = |denied: bool| {
            a.picked.iter().zip(&theirs).any(|(&p, theirs)| {
                a.sentences[p]
                    .hits
                    .iter()
                    .any(|h| h.claim == at && h.quality >= 0.7 && theirs[h.token] == denied)
            })
        };
        if !near(a, s, at, hit.token) || same(ours[at]) {
            continue;
        }
        let (code, note) = if ours[at] {
            (Code::NegationAdded, "the claim denies what the source says")
        } else {
            (Code::NegationLost, "the source denies what the claim says")
        };
        debug_assert!(place < theirs.len());
        let note = format!("{note} (“{}”): {}", surface(a, at), clip(a.sentences[s].text));
        return Some(Finding::new(code, Some(a.claim[at].span), note));
    }
    None
}

/// The source says with reserve what the claim says flatly.
fn reserve(a: &Alignment, content: &[usize]) -> Option<Finding> {
    if a.claim.iter().any(|token| negation::is_cue(&token.text)) {
        return None;
    }
    for &at in content {
        let Some((s, hit)) = a.best[at] else { continue };
        if hit.quality < 0.7 || !matches!(a.claim[at].kind, Kind::Plain) || !near(a, s, at, hit.token) {
            continue;
        }
        if negation::reserved(&a.sentences[s].tokens)[hit.token] {
            let note = format!(
                "the source says with reserve what the claim says flatly (“{}”): {}",
                surface(a, at),
                clip(a.sentences[s].text)
            );
            return Some(Finding::new(Code::HedgeLost, Some(a.claim[at].span), note));
        }
    }
    None
}

const SPEECH: &str =
    " said says say told tells stated added claimed claims announced argued warned insisted wrote ";

fn speaks(token: &Token) -> bool {
    SPEECH.split_ascii_whitespace().any(|word| word == token.text)
}

/// The names within two words of a verb of speech.
fn speakers(tokens: &[Token]) -> Vec<usize> {
    let mut out = Vec::new();
    for (verb, _) in tokens.iter().enumerate().filter(|(_, token)| speaks(token)) {
        let from = verb.saturating_sub(2);
        out.extend((from..tokens.len().min(verb + 3)).filter(|&at| tokens[at].kind == Kind::Name));
    }
    out
}

fn speaker(a: &Alignment) -> Option<Finding> {
    let &top = a.picked.first()?;
    let sentence = &a.sentences[top];
    let ours = speakers(&a.claim);
    let theirs = speakers(&sentence.tokens);
    let known = |at: usize| {
        a.picked.iter().any(|&s| a.sentences[s].hits.iter().any(|hit| hit.claim == at && hit.quality >= 0.9))
    };
    let held = |token: usize| sentence.hits.iter().any(|hit| hit.token == token && hit.quality >= 0.9);
    if ours.is_empty()
        || theirs.is_empty()
        || ours.iter().any(|&at| known(at))
        || theirs.iter().any(|&t| held(t))
    {
        return None;
    }
    let name = sentence.tokens[theirs[0]].span.of(sentence.text);
    let note = format!(
        "the claim has “{}” say it, the source “{name}”: {}",
        surface(a, ours[0]),
        clip(sentence.text)
    );
    Some(Finding::new(Code::SpeakerChanged, Some(a.claim[ours[0]].span), note))
}

/// `A beat B` against `B beat A`: the same three words, both names on the other side, no passive.
fn roles(a: &Alignment) -> Option<Finding> {
    for &s in &a.picked {
        let sentence = &a.sentences[s];
        let passive = |tokens: &[Token]| {
            tokens.iter().any(|token| matches!(token.text.as_str(), "by" | "from" | "with" | "and"))
        };
        if passive(&a.claim) || passive(&sentence.tokens) {
            continue;
        }
        let at = |claim: usize| {
            sentence.hits.iter().find(|hit| hit.claim == claim && hit.quality >= 0.95).map(|hit| hit.token)
        };
        let names: Vec<usize> = (0..a.claim.len()).filter(|&c| a.claim[c].kind == Kind::Name).collect();
        let (Some(&first), Some(&last)) = (names.first(), names.last()) else { continue };
        for verb in (first + 1..last).filter(|&c| a.claim[c].kind == Kind::Plain) {
            if let (Some(f), Some(v), Some(l)) = (at(first), at(verb), at(last))
                && l < v
                && v < f
                && f - l <= 8
            {
                let note = format!(
                    "“{}” and “{}” have changed places: {}",
                    surface(a, first),
                    surface(a, last),
                    clip(sentence.text)
                );
                return Some(Finding::new(Code::RolesSwapped, Some(a.claim[verb].span), note));
            }
        }
    }
    None
}
