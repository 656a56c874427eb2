//! A draft that passed the check. Only this stage can make one.

use crate::article::{Article, sha256};
use crate::stamp::Stamp;
use crate::write::draft::{Draft, Edit, Sentence};

use language::Span;

/// A draft that passed the check. It owns the text of its passages, so that it stands without the articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    story: String,
    headline: Cited,
    paragraphs: Vec<Vec<Cited>>,
    sources: Vec<Source>,
}

/// A sentence with its passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    text: String,
    passages: Vec<CitedPassage>,
    edits: Vec<Edit>,
}

/// A passage as a reader or a receipt needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedPassage {
    /// Index into [`Digest::sources`].
    pub source: usize,
    /// Bytes of the source's text.
    pub span: Span,
    /// Its words.
    pub text: String,
}

/// What a digest needs to know of an article that it cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The article's id.
    pub article: String,
    /// The headline as the outlet wrote it.
    pub title: String,
    /// The outlet's printed name.
    pub outlet: String,
    /// The family it counts for.
    pub family: String,
    /// The byline.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Stamp>,
    /// Where.
    pub url: Option<String>,
    /// When it was fetched; none for local input.
    pub fetched: Option<String>,
    /// Whether only subscribers may read it whole.
    pub paywalled: bool,
    /// SHA-256 of the article's stored text.
    pub hash: String,
    /// The article's stored text, for spans and context.
    pub text: String,
}

impl Digest {
    /// Freezes a draft whose every sentence was judged. Private to the stage: see [`super::verify`].
    pub(super) fn freeze(draft: &Draft, articles: &[Article], family: &dyn Fn(usize) -> String) -> Self {
        let mut order: Vec<usize> = Vec::new();
        let mut cite = |sentence: &Sentence| {
            let passages = sentence.passages.iter().map(|passage| {
                let known = order.iter().position(|&article| article == passage.article);
                let source = known.unwrap_or_else(|| {
                    order.push(passage.article);
                    order.len() - 1
                });
                CitedPassage { source, span: passage.span, text: passage.text(articles).to_owned() }
            });
            let passages = passages.collect();
            Cited { text: sentence.text.clone(), passages, edits: sentence.edits.clone() }
        };
        // The headline is cited last, so that marks are numbered by the first use in the running text.
        let paragraphs = draft.paragraphs.iter().map(|p| p.iter().map(&mut cite).collect()).collect();
        let headline = cite(&draft.headline);
        let sources = order.iter().map(|&at| source(&articles[at], family(at))).collect();
        Self { story: draft.story.clone(), headline, paragraphs, sources }
    }

    /// The story's id.
    #[must_use]
    pub fn story(&self) -> &str {
        &self.story
    }

    /// The headline, a cited sentence like the others.
    #[must_use]
    pub fn headline(&self) -> &Cited {
        &self.headline
    }

    /// The paragraphs in order; the first is the lead.
    #[must_use]
    pub fn paragraphs(&self) -> &[Vec<Cited>] {
        &self.paragraphs
    }

    /// All sentences but the headline, in reading order.
    pub fn sentences(&self) -> impl Iterator<Item = &Cited> {
        self.paragraphs.iter().flatten()
    }

    /// The articles cited, in the order of first use; their index plus the first mark is the printed number.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// How many independent families it rests on.
    #[must_use]
    pub fn families(&self) -> usize {
        let families = self.sources.iter().map(|source| source.family.as_str());
        families.collect::<std::collections::BTreeSet<_>>().len()
    }
}

impl Cited {
    /// What is printed, without marks.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The base passage, then those that say the same. Never empty.
    #[must_use]
    pub fn passages(&self) -> &[CitedPassage] {
        &self.passages
    }

    /// What was done to the base passage to get the sentence.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Indices of the sources cited, each once, in rising order.
    #[must_use]
    pub fn marks(&self) -> Vec<usize> {
        let marks: std::collections::BTreeSet<usize> = self.passages.iter().map(|p| p.source).collect();
        marks.into_iter().collect()
    }
}

fn source(article: &Article, family: String) -> Source {
    Source {
        article: article.id.clone(),
        title: article.title.clone(),
        outlet: article.outlet.clone(),
        family,
        authors: article.authors.clone(),
        published: article.published,
        url: article.url.clone(),
        fetched: article.fetched.clone(),
        paywalled: article.paywalled,
        hash: sha256(article.text.as_bytes()),
        text: article.text.clone(),
    }
}
