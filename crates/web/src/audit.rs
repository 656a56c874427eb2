//! The page of an audited text: every sentence with its verdict, the reasons and the best passages.

use askama::Template;

use crate::digest::{language, rendered};
use crate::link;
use crate::plain::plain;
use crate::policy::policy;

/// An audited text as plain values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditView {
    /// The text's own title, or the name of its file.
    pub title: String,
    /// BCP 47 language of the text.
    pub lang: String,
    /// Rows of the table on top: what was counted, and the figure.
    pub figures: Vec<(String, String)>,
    /// The sentences in order.
    pub sentences: Vec<AuditSentence>,
    /// The line at the foot of the page.
    pub generator: String,
}

/// One sentence of an audited text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditSentence {
    /// As it stands in the text.
    pub text: String,
    /// What the check says.
    pub verdict: Verdict,
    /// Why, one finding each, in words.
    pub reasons: Vec<String>,
    /// The passages that speak to it, best first.
    pub passages: Vec<AuditPassage>,
}

/// A passage that speaks to a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditPassage {
    /// Its words.
    pub text: String,
    /// Who published it.
    pub outlet: String,
    /// The day, as it is to be printed.
    pub date: Option<String>,
    /// Whether only subscribers may read it whole.
    pub paywalled: bool,
    /// Where it stands; linked where it is an ordinary web address.
    pub url: Option<String>,
}

/// What the check says of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The sources say it.
    Supported,
    /// The sources say a part of it.
    Partly,
    /// The sources say otherwise.
    Contradicted,
    /// The sources do not say it.
    Unsupported,
    /// The source could not be read.
    Uncheckable,
    /// It names no source.
    Uncited,
}

impl Verdict {
    /// Every verdict, in the order of the legend.
    pub const ALL: [Self; 6] = [
        Self::Supported,
        Self::Partly,
        Self::Contradicted,
        Self::Unsupported,
        Self::Uncheckable,
        Self::Uncited,
    ];

    /// The word used in records and printed on the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Partly => "partly",
            Self::Contradicted => "contradicted",
            Self::Unsupported => "unsupported",
            Self::Uncheckable => "uncheckable",
            Self::Uncited => "uncited",
        }
    }

    /// The verdict of that name. Nothing for any other, because "can't be checked" is a verdict of its own.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// A sign that tells it apart without colour.
    fn sign(self) -> &'static str {
        match self {
            Self::Supported => "✓",
            Self::Partly => "≈",
            Self::Contradicted => "≠",
            Self::Unsupported => "×",
            Self::Uncheckable => "?",
            Self::Uncited => "–",
        }
    }

    /// What it means, for the legend.
    fn meaning(self) -> &'static str {
        match self {
            Self::Supported => "a passage says it",
            Self::Partly => "a passage says a part of it",
            Self::Contradicted => "a passage says otherwise",
            Self::Unsupported => "no passage of its sources says it",
            Self::Uncheckable => "its source could not be read",
            Self::Uncited => "it names no source",
        }
    }
}

#[derive(Template)]
#[template(path = "audit.html")]
struct Page {
    policy: String,
    css: String,
    lang: String,
    title: String,
    generator: String,
    figures: Vec<(String, String)>,
    legend: Vec<Verdict>,
    sentences: Vec<Sentence>,
}

#[derive(Template)]
#[template(path = "audit.css", escape = "none")]
struct Style;

struct Sentence {
    text: String,
    verdict: Verdict,
    reasons: Vec<String>,
    passages: Vec<Passage>,
}

struct Passage {
    words: String,
    outlet: String,
    date: String,
    paywalled: bool,
    link: Option<String>,
}

/// The audit as one HTML file that needs nothing else.
#[must_use]
pub fn audit_page(view: &AuditView) -> String {
    let css = rendered(&Style);
    let used = |verdict: &Verdict| view.sentences.iter().any(|sentence| sentence.verdict == *verdict);
    rendered(&Page {
        policy: policy(&css),
        css,
        lang: language(&view.lang),
        title: plain(&view.title),
        generator: plain(&view.generator),
        figures: view.figures.iter().map(|(what, figure)| (plain(what), plain(figure))).collect(),
        legend: Verdict::ALL.into_iter().filter(used).collect(),
        sentences: view.sentences.iter().map(sentence).collect(),
    })
}

fn sentence(view: &AuditSentence) -> Sentence {
    Sentence {
        text: plain(&view.text),
        verdict: view.verdict,
        reasons: view.reasons.iter().map(|reason| plain(reason)).collect(),
        passages: view.passages.iter().map(passage).collect(),
    }
}

fn passage(view: &AuditPassage) -> Passage {
    let url = view.url.as_deref();
    Passage {
        words: plain(&view.text),
        outlet: plain(&view.outlet),
        date: view.date.as_deref().map(plain).unwrap_or_default(),
        paywalled: view.paywalled,
        link: url.and_then(|url| link::at_passage(url, &view.text, 0, view.text.len())),
    }
}
