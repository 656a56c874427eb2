//! The page of one digest: the story in a quiet column, each sentence's passages one touch away.
//!
//! A mark is a button that opens its card by the browser's own `popover`, which gives Escape, a tap outside
//! and keyboard order for nothing; hovering is a rule of the style sheet. Every passage stands in the file
//! once, in a list after the article, which is what paper shows.

use askama::Template;
use desk::verify::digest::{Cited, Digest};

use crate::change::Change;
use crate::passage::{Card, printed};
use crate::plain::plain;
use crate::policy::policy;
use crate::schema::schema;
use crate::{day, link};

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

/// How a piece of a reference is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// As it is.
    Text,
    /// In italics: the name of a publication.
    Italic,
    /// An address; linked where it is an ordinary web address.
    Link,
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
    headline_marks: Vec<u64>,
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

/// A sentence ready to print; its last word is kept on one line with the marks.
struct Sentence {
    id: usize,
    body: String,
    last: String,
    marks: Vec<u64>,
}

struct Reference {
    number: u32,
    parts: Vec<Part>,
}

struct Part {
    kind: PartKind,
    text: String,
    link: Option<String>,
}

/// The digest as one HTML file that needs nothing else.
#[must_use]
pub fn digest_page(digest: &Digest, options: &PageOptions) -> String {
    let first_mark = options.first_mark;
    let mut numbers = 1..;
    let paragraphs = digest.paragraphs().iter().map(|paragraph| {
        let numbered = paragraph.iter().zip(&mut numbers);
        numbered.map(|(cited, id)| Sentence::new(cited, id, first_mark)).collect()
    });
    let paragraphs: Vec<Vec<Sentence>> = paragraphs.collect();
    let cited = std::iter::once(digest.headline()).chain(digest.sentences()).enumerate();
    let cards = cited.map(|(id, cited)| Card::new(digest, cited, id, first_mark));
    let cards: Vec<Card> = cards.filter(|card| !card.passages.is_empty()).collect();
    let css = rendered(&Style { cards: cards.iter().map(|card| card.id).collect() });
    let published = digest.sources().iter().filter_map(|source| source.published.as_ref());
    let dateline = options.dateline.clone().or_else(|| day::range(published)).unwrap_or_default();
    let lang = language(&options.lang);
    rendered(&Page {
        policy: policy(&css),
        css,
        schema: schema(digest, &lang),
        lang,
        publication: plain(&options.publication),
        dateline: plain(&dateline),
        generator: plain(&options.generator),
        headline: plain(digest.headline().text()),
        headline_marks: marks(digest.headline(), first_mark),
        paragraphs,
        references: options.references.iter().map(Reference::new).collect(),
        cards,
        articles: digest.sources().len(),
        families: digest.families(),
        refused: options.refused,
        comments: options.comments,
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

fn marks(cited: &Cited, first_mark: u32) -> Vec<u64> {
    cited.marks().into_iter().map(|source| printed(source, first_mark)).collect()
}

impl Sentence {
    fn new(cited: &Cited, id: usize, first_mark: u32) -> Self {
        let text = plain(cited.text());
        let cut = text.rfind(' ').map_or(0, |at| at + 1);
        let (body, last) = text.split_at(cut);
        // A last word too long for a narrow screen must be free to break.
        let (body, last) = if last.chars().count() > 24 { (&*text, "") } else { (body, last) };
        Self { id, body: body.to_owned(), last: last.to_owned(), marks: marks(cited, first_mark) }
    }
}

impl Reference {
    fn new(view: &ReferenceView) -> Self {
        let parts = view.parts.iter().map(|(kind, text)| {
            let link = if *kind == PartKind::Link { link::web(text) } else { None };
            Part { kind: *kind, text: pieces(text), link }
        });
        Self { number: view.number, parts: parts.collect() }
    }
}

/// A piece of a reference without hidden characters; the blanks at its ends part it from its neighbours.
fn pieces(text: &str) -> String {
    let inner = plain(text);
    let blank = |yes: bool| if yes { " " } else { "" };
    if inner.is_empty() {
        return blank(!text.is_empty()).to_owned();
    }
    let before = blank(text.starts_with(char::is_whitespace));
    let after = blank(text.ends_with(char::is_whitespace));
    format!("{before}{inner}{after}")
}
