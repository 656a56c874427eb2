//! Lays the words of the claim on the words of the evidence, and picks the sentences that bear it best.

use std::collections::HashMap;

use language::Span;

use super::lexicon::{self, Relation};
use super::reading::{self, Kind, Token};
use super::{names, numbers};

/// A sentence of the evidence.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    /// Which passage it stands in.
    pub(super) passage: usize,
    /// Where in the passage.
    pub(super) span: Span,
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    /// For each token, how many words of content stand before it.
    pub(super) place: Vec<usize>,
    /// What of the claim it holds: claim token, own token, how well, how.
    pub(super) hits: Vec<Hit>,
}

/// A word of the claim found in a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) claim: usize,
    pub(super) token: usize,
    pub(super) quality: f64,
    pub(super) relation: Relation,
}

/// The claim laid on its evidence.
#[derive(Debug)]
pub(super) struct Alignment<'a> {
    pub(super) claim: Vec<Token>,
    pub(super) sentences: Vec<Sentence<'a>>,
    /// The sentences that bear the claim best, best first; at most three.
    pub(super) picked: Vec<usize>,
    /// The best quality for each claim token in the picked sentences, with sentence and token.
    pub(super) best: Vec<Option<(usize, Hit)>>,
    /// The best quality for each claim token anywhere.
    pub(super) anywhere: Vec<f64>,
    /// What each claim token weighs, the subject's own words less.
    pub(super) weights: Vec<f64>,
}

const MOST_PICKED: usize = 3;
/// A further sentence must bring this share of the claim.
const LEAST_GAIN: f64 = 0.08;
/// A passage shorter than this without a line break is one sentence already.
const SHORT: usize = 240;

/// How well a related word stands for a word of the claim.
fn quality(relation: Relation) -> f64 {
    match relation {
        Relation::Same => 1.0,
        Relation::Derived => 0.9,
        Relation::Synonym => 0.8,
        Relation::Narrower => 0.7,
        Relation::Wider => 0.45,
        Relation::Opposite => 0.0,
    }
}

/// Aligns a claim with passages.
pub(super) fn align<'a>(claim: &str, subject: Option<&str>, evidence: &[&'a str]) -> Alignment<'a> {
    let claim = reading::read(claim);
    let wanted = wanted(&claim);
    let given: Vec<String> =
        subject.map(reading::read).unwrap_or_default().into_iter().map(|t| t.stem).collect();
    let weights: Vec<f64> = claim
        .iter()
        .map(|token| {
            if token.content() && given.contains(&token.stem) { 0.4 * token.weight() } else { token.weight() }
        })
        .collect();
    let mut sentences = split(evidence);
    for sentence in &mut sentences {
        sentence.hits = hits(&claim, &wanted, &sentence.tokens);
    }
    let mut anywhere = vec![0.0_f64; claim.len()];
    for hit in sentences.iter().flat_map(|sentence| &sentence.hits) {
        anywhere[hit.claim] = anywhere[hit.claim].max(hit.quality);
    }
    let (picked, best) = pick(&claim, &weights, &sentences);
    Alignment { claim, sentences, picked, best, anywhere, weights }
}

type Wanted = HashMap<String, Vec<(usize, Relation)>>;

/// Stems of at least this length match when one begins the other.
const PREFIX: usize = 5;

/// A claim stem that begins, or is begun by, the stem of the evidence.
fn begun(claim: &[Token], stem: &str, token: usize, out: &mut Vec<Hit>) {
    let Some(start) = stem.get(..PREFIX) else { return };
    for (at, claimed) in claim.iter().enumerate() {
        if claimed.content()
            && claimed.value.is_none()
            && claimed.stem.starts_with(start)
            && claimed.stem != stem
            && (claimed.stem.starts_with(stem) || stem.starts_with(claimed.stem.as_str()))
        {
            out.push(Hit { claim: at, token, quality: 0.75, relation: Relation::Derived });
        }
    }
}

fn wanted(claim: &[Token]) -> Wanted {
    let mut out = Wanted::new();
    let mut put = |stem: &str, at: usize, relation: Relation| match out.get_mut(stem) {
        Some(list) => match list.iter_mut().find(|(known, _)| *known == at) {
            Some(known) => known.1 = known.1.min(relation),
            None => list.push((at, relation)),
        },
        None => {
            out.insert(stem.to_owned(), vec![(at, relation)]);
        }
    };
    for (at, token) in claim.iter().enumerate().filter(|(_, token)| token.content()) {
        put(&token.stem, at, Relation::Same);
        if token.value.is_none() {
            let bare = token.text.strip_suffix("'s").unwrap_or(&token.text);
            for (stem, relation) in lexicon::related(bare) {
                let name = token.kind == Kind::Name || token.kind == Kind::Date;
                if !(name && relation > Relation::Derived) {
                    put(stem, at, relation);
                }
            }
        }
    }
    out
}

fn split<'a>(evidence: &[&'a str]) -> Vec<Sentence<'a>> {
    let mut out = Vec::new();
    for (passage, &text) in evidence.iter().enumerate() {
        let spans = if text.len() < SHORT && !text.contains('\n') {
            vec![Span::new(0, text.len())]
        } else {
            language::sentences::sentences(text, "en")
        };
        for span in spans {
            let tokens = reading::read(span.of(text));
            let mut before = 0;
            let place = tokens
                .iter()
                .map(|token| {
                    let place = before;
                    before += usize::from(token.content());
                    place
                })
                .collect();
            out.push(Sentence { passage, span, text: span.of(text), tokens, place, hits: Vec::new() });
        }
    }
    out
}

fn hits(claim: &[Token], wanted: &Wanted, tokens: &[Token]) -> Vec<Hit> {
    let mut out = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.content()) {
        if let Some(value) = &token.value {
            for (number, claimed) in claim.iter().enumerate() {
                let Some(wanted) = &claimed.value else { continue };
                let before = number.checked_sub(1).map(|before| claim[before].text.as_str());
                let quality = numbers::bears(wanted, before, value);
                if quality > 0.0 {
                    out.push(Hit { claim: number, token: at, quality, relation: Relation::Same });
                }
            }
        } else {
            begun(claim, &token.stem, at, &mut out);
            let Some(list) = wanted.get(token.stem.as_str()) else { continue };
            out.extend(list.iter().map(|&(claim, relation)| Hit {
                claim,
                token: at,
                quality: quality(relation),
                relation,
            }));
        }
    }
    names::acronyms(claim, tokens, &mut out);
    out
}

type Best = Vec<Option<(usize, Hit)>>;

/// Chooses greedily: each time the sentence that adds most of what is still missing.
fn pick(claim: &[Token], weights: &[f64], sentences: &[Sentence]) -> (Vec<usize>, Best) {
    let total: f64 = weights.iter().sum::<f64>().max(1e-9);
    let mut best: Best = vec![None; claim.len()];
    let mut picked = Vec::new();
    while picked.len() < MOST_PICKED {
        let mut top: Option<(f64, usize)> = None;
        for (at, sentence) in sentences.iter().enumerate().filter(|(at, _)| !picked.contains(at)) {
            let gain = gain(weights, &best, sentence);
            if top.is_none_or(|(most, _)| gain > most + 1e-9) {
                top = Some((gain, at));
            }
        }
        let Some((gain, at)) = top else { break };
        if gain <= 0.0 || !picked.is_empty() && gain < LEAST_GAIN * total {
            break;
        }
        for &hit in &sentences[at].hits {
            if hit.quality > best[hit.claim].map_or(0.0, |(_, known)| known.quality) {
                best[hit.claim] = Some((at, hit));
            }
        }
        picked.push(at);
    }
    (picked, best)
}

fn gain(weights: &[f64], best: &Best, sentence: &Sentence) -> f64 {
    let mut found: Vec<(usize, f64)> = Vec::new();
    for hit in &sentence.hits {
        match found.iter_mut().find(|(claim, _)| *claim == hit.claim) {
            Some(known) => known.1 = known.1.max(hit.quality),
            None => found.push((hit.claim, hit.quality)),
        }
    }
    // The words that stand together count more than the same words strewn over a long sentence.
    let length = sentence.tokens.len() as f64;
    let sum: f64 = found
        .iter()
        .map(|&(claim, quality)| {
            weights[claim] * (quality - best[claim].map_or(0.0, |(_, hit)| hit.quality)).max(0.0)
        })
        .sum();
    sum - (0.002 * length).min(0.1) * f64::from(sum > 0.0)
}

impl Alignment<'_> {
    /// The evidence token that a hit means.
    pub(super) fn token(&self, sentence: usize, token: usize) -> &Token {
        &self.sentences[sentence].tokens[token]
    }

    /// The content tokens of the claim, in order.
    pub(super) fn content(&self) -> Vec<usize> {
        (0..self.claim.len()).filter(|&at| self.claim[at].content()).collect()
    }
}
