//! The page of one digest: the story in a quiet column, each sentence's passages one touch away.
//!
//! A mark is a button that opens its card by the browser's own `popover`, which gives Escape, a tap outside
//! and keyboard order for nothing; hovering is a rule of the style sheet. Every passage stands in the file
//! once, in a list after the article, which is what paper shows.

use std::collections::BTreeMap;

use askama::Template;
use desk::cite::Style as References;
use desk::print::Form;
use desk::receipt::receipt;
use desk::verify::digest::Digest;

use crate::change::Change;
use crate::layout::{Layout, PartKind, Reference, Sentence};
use crate::passage::Card;
use crate::plain::plain;
use crate::policy::policy;
use crate::schema::article;

/// What a page says beside the digest itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageOptions {
    /// BCP 47 language of the digest's text.
    pub lang: String,
    /// The name over the page; empty for none.
    pub publication: String,
    /// The date line; where there is none, the days of the articles cited.
    pub dateline: Option<String>,
    /// The number printed for the first source; the others follow.
    pub first_mark: u32,
    /// The entries of the reference list, in the order of their numbers.
    pub references: Vec<ReferenceView>,
    /// How many sentences were written and left out because they did not pass the check.
    pub refused: usize,
    /// How many comments there are.
    pub comments: usize,
    /// The line at the foot of the page: who or what made it.
    pub generator: String,
}

impl Default for PageOptions {
    fn default() -> Self {
        Self {
            lang: "en".to_owned(),
            publication: String::new(),
            dateline: None,
            first_mark: 0,
            references: Vec::new(),
            refused: 0,
            comments: 0,
            generator: "Made with Nutgraf".to_owned(),
        }
    }
}

/// One entry of the reference list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceView {
    /// Its printed number.
    pub number: u32,
    /// Its text in pieces, in order.
    pub parts: Vec<(PartKind, String)>,
}

#[derive(Template)]
#[template(path = "digest.html")]
struct Page {
    policy: String,
    css: String,
    schema: String,
    lang: String,
    publication: String,
    dateline: String,
    generator: String,
    headline: String,
    headline_marks: Vec<u32>,
    paragraphs: Vec<Vec<Sentence>>,
    references: Vec<Reference>,
    cards: Vec<Card>,
    articles: usize,
    families: usize,
    refused: usize,
    comments: usize,
}

#[derive(Template)]
#[template(path = "digest.css", escape = "none")]
struct Style {
    /// Every number that has a card.
    cards: Vec<usize>,
}

/// The digest as one HTML file that needs nothing else.
#[must_use]
pub fn digest_page(digest: &Digest, options: &PageOptions) -> String {
    let receipt = receipt(digest, Form { first_mark: options.first_mark, style: References::Specimen });
    let texts = digest.sources().iter().map(|source| (source.hash.clone(), source.text.clone()));
    let layout = Layout::new(&receipt, &texts.collect::<BTreeMap<_, _>>());
    let css = rendered(&Style { cards: layout.cards.iter().map(|card| card.id).collect() });
    let lang = language(&options.lang);
    rendered(&Page {
        policy: policy(&css),
        css,
        schema: article(&receipt, &lang, None),
        lang,
        publication: plain(&options.publication),
        dateline: plain(options.dateline.as_deref().unwrap_or(&layout.days)),
        generator: plain(&options.generator),
        references: options.references.iter().map(|view| Reference::new(view.number, &view.parts)).collect(),
        articles: layout.articles,
        families: layout.families,
        refused: options.refused,
        comments: options.comments,
        headline: layout.headline,
        headline_marks: layout.headline_marks,
        paragraphs: layout.paragraphs,
        cards: layout.cards,
    })
}

/// A template's text. Writing to a string does not fail, and no filter of ours does.
pub(crate) fn rendered(template: &impl Template) -> String {
    template.render().expect("a template of plain values renders")
}

/// The language tag where it is one, else the tag for "not known".
pub(crate) fn language(tag: &str) -> String {
    let sound = (2..=35).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if sound { tag.to_owned() } else { "und".to_owned() }
}
