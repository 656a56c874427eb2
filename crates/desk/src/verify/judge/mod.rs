//! The judge: does the evidence support the claim?
//!
//! No language model: the claim's words are laid on the sentences of the evidence (`align`), what is told
//! differently is found by rules (`contrast`, `quotes`, `negation`), and a small logistic model
//! (`model`) weighs it. Every verdict that is not `Supported` comes with the finding that explains it.

use language::Span;

mod align;
mod contrast;
pub mod finding;
mod lexicon;
pub mod model;
mod names;
mod negation;
mod numbers;
mod quotes;
mod reading;

#[cfg(test)]
mod tests;

pub use finding::{Code, Finding};

/// What is to be checked.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The sentence.
    pub text: &'a str,
    /// What a pronoun in it may mean: the title of the text that it stands in.
    pub subject: Option<&'a str>,
}

/// The answer in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The evidence says so.
    Supported,
    /// The evidence says a good part of it.
    Partly,
    /// The evidence says otherwise.
    Contradicted,
    /// The evidence is silent.
    Unsupported,
    /// Nothing can be said.
    Uncheckable,
}

impl Verdict {
    /// The word that stands in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Partly => "partly",
            Self::Contradicted => "contradicted",
            Self::Unsupported => "unsupported",
            Self::Uncheckable => "uncheckable",
        }
    }
}

/// What the judge says of one claim.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The answer.
    pub verdict: Verdict,
    /// How sure it is that the evidence supports the claim, from 0 to 1.
    pub score: f64,
    /// The passages that bear the claim best, at most three, best first.
    pub evidence: Vec<usize>,
    /// The sentences inside those passages.
    pub sentences: Vec<(usize, Span)>,
    /// What was noticed; never empty when the verdict is not `Supported`.
    pub findings: Vec<Finding>,
    /// The share of the claim's weight that those sentences hold.
    pub covered: f64,
    /// What the model read, in the order of [`model::NAMES`].
    pub features: [f64; model::COUNT],
}

/// The score from which a claim counts as supported.
const SUPPORTED: f64 = 0.5;
/// The share of the claim that must be covered for `Partly`.
const PARTLY: f64 = 0.58;

/// A claim of which the evidence holds less than this is never supported, however little speaks against it.
const FLOOR: f64 = 0.45;

/// A claim with a quotation that stands letter by letter, and nothing else amiss, has at least this score.
const VERBATIM: f64 = 0.6;
/// The share of the claim from which nothing is missing.
const WHOLE: f64 = 0.95;

/// Judges one claim by its evidence: sentences or longer passages.
#[must_use]
pub fn judge(claim: &Claim, evidence: &[&str]) -> Judgement {
    let text = bare(claim.text);
    let aligned = align::align(&text, claim.subject, evidence);
    if aligned.sentences.iter().all(|sentence| sentence.tokens.is_empty()) {
        return uncheckable(Code::NoEvidence, "there is no evidence to check against");
    }
    if aligned.content().is_empty() {
        return uncheckable(Code::NothingToCheck, "the claim has no word that could be checked");
    }
    let mut findings = contrast::contrasts(&aligned);
    let (quoted, faults) = quotes::check(&text, evidence);
    findings.extend(faults);
    let reading = model::read(&aligned, &findings);
    let score = model::score(&reading.features);
    let score = if reading.covered < FLOOR {
        score.min(SUPPORTED - 0.01)
    } else if quoted > 0 && findings.is_empty() && reading.covered >= WHOLE {
        score.max(VERBATIM)
    } else {
        score
    };
    let verdict = verdict(score, reading.covered, &findings);
    if verdict != Verdict::Supported && findings.is_empty() {
        findings.push(contrast::weakest(&aligned));
    }
    findings.sort_by_key(|finding| (finding.span.map(|span| span.start), finding.code));
    let mut passages: Vec<usize> = Vec::new();
    for &s in &aligned.picked {
        if !passages.contains(&aligned.sentences[s].passage) {
            passages.push(aligned.sentences[s].passage);
        }
    }
    let sentences =
        aligned.picked.iter().map(|&s| (aligned.sentences[s].passage, aligned.sentences[s].span)).collect();
    Judgement {
        verdict,
        score,
        evidence: passages,
        sentences,
        findings,
        covered: reading.covered,
        features: reading.features,
    }
}

fn verdict(score: f64, covered: f64, findings: &[Finding]) -> Verdict {
    if score >= SUPPORTED {
        Verdict::Supported
    } else if covered >= PARTLY && findings.iter().any(|finding| finding.code.contradicts()) {
        Verdict::Contradicted
    } else if covered >= PARTLY {
        Verdict::Partly
    } else {
        Verdict::Unsupported
    }
}

fn uncheckable(code: Code, note: &str) -> Judgement {
    Judgement {
        verdict: Verdict::Uncheckable,
        score: 0.0,
        evidence: Vec::new(),
        sentences: Vec::new(),
        findings: vec![Finding::new(code, None, note.to_owned())],
        covered: 0.0,
        features: [0.0; model::COUNT],
    }
}

/// The claim with printed citation marks (`[3]`) blanked out, spans kept.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let close = rest[open..].find(']').map(|at| open + at);
        let Some(close) = close else { break };
        let inside = &rest[open + 1..close];
        out.push_str(&rest[..open]);
        if !inside.is_empty()
            && inside.len() <= 12
            && inside.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b' ' | b'-'))
        {
            out.extend(std::iter::repeat_n(' ', close + 1 - open));
        } else {
            out.push_str(&rest[open..=close]);
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}
