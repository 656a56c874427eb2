//! What articles say of a sentence, put together from the judge, the quotations, the details and what is missing.

use std::collections::BTreeSet;

use language::words::content;

use crate::article::Passage;
use crate::verify::judge::{self, Verdict};

use super::Quotations;
use super::details::Effect;
use super::figures::QUOTATION_CODES;
use super::finding::{Code, Finding};

/// The share of a sentence's words that a line must have for its numbers to count as the sentence's.
const CLOSE: f64 = 0.5;

/// What some articles together say of a sentence.
pub(super) struct Outcome {
    pub(super) verdict: Verdict,
    pub(super) findings: Vec<Finding>,
    /// The passages that speak to it, best first.
    pub(super) passages: Vec<Passage>,
    pub(super) quotations: Quotations,
}

/// What became of a sentence's quotations.
#[derive(Default)]
pub(super) struct Looked<'a> {
    pub(super) counts: Quotations,
    pub(super) findings: Vec<Finding>,
    pub(super) passages: Vec<Passage>,
    /// The lines that hold a quotation letter for letter.
    pub(super) exact: Vec<&'a str>,
    /// Whether one of the altered or absent ones is long enough to decide.
    pub(super) weighty: bool,
}

impl Outcome {
    pub(super) fn unjudged(quotations: usize) -> Self {
        let quotations = Quotations { count: quotations, ..Quotations::default() };
        Self { verdict: Verdict::Uncheckable, findings: Vec::new(), passages: Vec::new(), quotations }
    }

    /// Takes over the judge's findings, and those of the quotations in place of its own.
    pub(super) fn explain(&mut self, judged: &[judge::Finding], quoted: Vec<Finding>, weighty: bool) {
        if weighty && self.quotations.altered > 0 {
            self.verdict = Verdict::Contradicted;
        } else if weighty {
            self.verdict = Verdict::Unsupported;
        }
        self.findings.extend(quoted);
        if self.verdict != Verdict::Supported {
            let others = judged.iter().filter(|finding| !QUOTATION_CODES.contains(&finding.code));
            self.findings.extend(others.map(Finding::from));
        }
    }

    /// Takes in the details that differ, in place of what the judge says of the same numbers.
    pub(super) fn detail(&mut self, details: Vec<(Finding, Effect)>) {
        for (finding, effect) in details {
            match effect {
                Effect::Contradicts => self.verdict = Verdict::Contradicted,
                Effect::Weakens if self.verdict == Verdict::Supported => self.verdict = Verdict::Partly,
                Effect::Weakens => {}
            }
            self.findings.retain(|other| !is_same(&finding, other));
            self.findings.insert(0, finding);
        }
    }

    /// Takes back what the judge says of numbers that stand apart, where a line that holds half of the sentence
    /// (`close`) has the number too. What is left without a reason is supported.
    pub(super) fn rejoin(&mut self, text: &str, told: &[&str]) {
        let close: Vec<&str> = told.iter().copied().filter(|line| held(text, line) >= CLOSE).collect();
        let before = self.findings.len();
        self.findings.retain(|finding| {
            let apart = finding.code == Code::Judged(judge::Code::NumberApart);
            let number = first_quoted(&finding.note);
            !(apart && number.is_some_and(|number| close.iter().any(|line| line.contains(number))))
        });
        if self.verdict == Verdict::Partly && self.findings.is_empty() && before > 0 {
            self.verdict = Verdict::Supported;
        }
    }

    /// Takes in what is missing. What can't be checked is neither supported nor unsupported.
    pub(super) fn absent(&mut self, findings: &[Finding]) {
        let missing = findings.iter().any(|f| matches!(f.code, Code::SourceMissing | Code::MarkWithoutReference));
        if missing && matches!(self.verdict, Verdict::Unsupported | Verdict::Partly) {
            self.verdict = Verdict::Uncheckable;
        }
        self.findings.splice(0..0, findings.iter().cloned());
    }
}

/// Whether the judge says the same of the same number or name: the first words in quotation marks are alike.
fn is_same(finding: &Finding, other: &Finding) -> bool {
    let ours = first_quoted(&finding.note);
    ours.is_some() && ours == first_quoted(&other.note)
}

fn first_quoted(note: &str) -> Option<&str> {
    note.split('“').nth(1)?.split('”').next()
}

/// The share of a sentence's content words that a line has.
fn held(text: &str, line: &str) -> f64 {
    let bag = |text: &str| content(text, "en").into_iter().map(|(_, stem)| stem).collect::<BTreeSet<String>>();
    let (ours, theirs) = (bag(text), bag(line));
    ours.intersection(&theirs).count() as f64 / ours.len().max(1) as f64
}
