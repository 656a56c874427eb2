//! Here is somebody's cited text: does each sentence stand on what it cites?
//!
//! The text is taken apart ([`parse`]), its references are matched to the articles given, and every sentence is
//! judged by each of its citations alone and by all together. Nothing is looked up: an article that isn't given
//! makes its citations uncheckable, never false.
//!
//! # What the two shares mean
//! As proposed by Liu, Zhang and Liang (*Evaluating Verifiability in Generative Search Engines*, 2023):
//! - **Citation recall** is the share of sentences that their citations together support in full. Sentences
//!   without a mark count and are not supported; sentences whose sources are not among the articles given do
//!   not count.
//! - **Citation precision** is the share of citations that support or partly support their sentence, and whose
//!   sentence is supported by its citations together. A citation is one mark behind one sentence; those that
//!   could not be checked do not count.

pub mod figures;
pub mod finding;
pub mod parse;
pub mod print;
pub mod references;

mod clauses;
mod clocks;
mod days;
mod details;
mod evidence;
mod faults;
mod html;
mod judging;
mod lines;
mod marks;
mod matching;
mod outcome;
mod quotes;
#[cfg(test)]
mod tests;

use crate::article::{Article, Passage};
use crate::verify::judge::Verdict;

pub use faults::Fault;
pub use figures::Figures;
pub use finding::{Code, Finding};
pub use references::Reference;

/// What an audit found.
#[derive(Clone, Debug)]
pub struct Audit {
    /// The text's headline; empty where it has none.
    pub title: String,
    /// BCP 47 language of the text.
    pub lang: String,
    /// Every sentence with its verdict, in order.
    pub sentences: Vec<Audited>,
    /// The references with the article that each means.
    pub references: Vec<Listed>,
    /// What is wrong with marks and list.
    pub faults: Vec<Fault>,
    /// Everything counted.
    pub figures: Figures,
}

/// A sentence and what was found.
#[derive(Clone, Debug)]
pub struct Audited {
    /// The sentence without its marks.
    pub text: String,
    /// What its citations together say of it.
    pub verdict: Verdict,
    /// Why, and what else is to be said.
    pub findings: Vec<Finding>,
    /// Its citations, each judged alone.
    pub citations: Vec<Citation>,
    /// The passages that speak to it best, at most three.
    pub passages: Vec<Shown>,
    /// How its direct quotations fare.
    pub quotations: Quotations,
}

impl Audited {
    /// Whether the sentence has a finding of that code.
    #[must_use]
    pub fn has(&self, code: Code) -> bool {
        self.findings.iter().any(|finding| finding.code == code)
    }
}

/// One mark behind one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The mark as it is printed.
    pub label: String,
    /// Index of the reference in [`Audit::references`].
    pub reference: Option<usize>,
    /// Index of the article among those given.
    pub article: Option<usize>,
    /// What this article alone says of the sentence; uncheckable where it is not given.
    pub verdict: Verdict,
}

/// A passage as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Where it stands, in bytes.
    pub passage: Passage,
    /// The article's id.
    pub article: String,
    /// Its outlet.
    pub outlet: String,
    /// First code point of the article's stored text.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// Its words.
    pub text: String,
}

/// Direct quotations of a sentence that were looked for in the cited articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quotations {
    /// How many it has, looked for or not.
    pub count: usize,
    /// How many stand there in other words.
    pub altered: usize,
    /// How many don't stand there.
    pub absent: usize,
}

/// A reference and the article that it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// As the text gives it.
    pub reference: Reference,
    /// The article's index among those given.
    pub article: Option<usize>,
    /// The article's id.
    pub id: Option<String>,
}

/// Audits a cited text against articles. Any text gives an audit; one without sentences gives an empty one.
#[must_use]
pub fn audit(text: &str, articles: &[Article]) -> Audit {
    let cited = parse::parse(text);
    let matches = matching::matched(&cited.references, articles);
    let sentences = judging::judge_all(&cited, &matches, articles);
    let faults = faults::faults(&cited);
    let figures = figures::count(&sentences, &matches, &faults);
    let listed = cited.references.into_iter().zip(matches).map(|(reference, article)| Listed {
        reference,
        article,
        id: article.map(|at| articles[at].id.clone()),
    });
    Audit { title: cited.title, lang: cited.lang, sentences, references: listed.collect(), faults, figures }
}
