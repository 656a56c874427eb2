//! A digest with its passages' text, spans and hashes: enough to check it again without its articles.
//!
//! The format is described for strangers in `docs/receipt.md`, its JSON Schema is `docs/receipt.schema.json`.
//! A receipt is checked by what it says of itself: its bytes are the canonical ones, the seal is the hash of
//! the rest, spans are as long as their passages, hashes fit, edits replay, marks are numbered by first use and
//! the printed text is what the parts make. It never judges again.

mod check;

use language::text::CodePoints;
use serde::{Deserialize, Serialize};

use crate::article::sha256;
use crate::print::{self, Form};
use crate::verify::digest::{Cited, Digest, Source};

pub use check::{Fault, check};

/// The version of the format that this program writes.
pub const VERSION: u32 = 1;

/// A receipt. Offsets count Unicode code points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The version of the format.
    pub receipt: u32,
    /// The story's id.
    pub story: String,
    /// The number of the first mark.
    pub first_mark: u32,
    /// The headline, a cited sentence whose marks are not printed.
    pub headline: Line,
    /// The paragraphs; the first is the lead.
    pub paragraphs: Vec<Vec<Line>>,
    /// The articles cited, by number.
    pub sources: Vec<Origin>,
    /// The digest as it is printed.
    pub text: String,
    /// SHA-256 of the receipt with this field empty.
    pub seal: String,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// What is printed, without marks.
    pub text: String,
    /// Its printed marks, rising.
    pub marks: Vec<u32>,
    /// The base passage first, then those that say the same.
    pub passages: Vec<Excerpt>,
    /// What was done to the base passage to get the sentence, in order.
    pub edits: Vec<Change>,
}

/// One passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excerpt {
    /// The number of its source.
    pub source: u32,
    /// Its first code point in the article's stored text.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// Its words.
    pub text: String,
    /// SHA-256 of its words.
    pub hash: String,
}

/// One edit of a base passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// `drop`, `date`, `name`, `attribution`, `case` or `punctuation`.
    pub kind: String,
    /// The first code point of the base passage that is replaced.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What stands there instead.
    pub text: String,
}

/// One article cited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Its printed number.
    pub number: u32,
    /// The article's id.
    pub article: String,
    /// Its headline.
    pub title: String,
    /// Its outlet's printed name.
    pub outlet: String,
    /// The family that it counts for.
    pub family: String,
    /// Its byline.
    pub authors: Vec<String>,
    /// When it was published, ISO 8601 with the page's own offset.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was fetched, ISO 8601; null for local input.
    pub fetched: Option<String>,
    /// Whether only subscribers may read it whole.
    pub paywalled: bool,
    /// SHA-256 of its stored text.
    pub hash: String,
    /// The length of its stored text in code points.
    pub length: usize,
    /// Its printed entry in the reference list.
    pub reference: String,
}

/// The receipt of a digest as it is printed in `form`.
#[must_use]
pub fn receipt(digest: &Digest, form: Form) -> Receipt {
    let points: Vec<CodePoints> =
        digest.sources().iter().map(|source| CodePoints::new(&source.text)).collect();
    let line = |cited: &Cited| line(cited, form.first_mark, &points);
    let references = print::references(digest, form.style);
    let numbered = (form.first_mark..).zip(digest.sources()).zip(references);
    let mut receipt = Receipt {
        receipt: VERSION,
        story: digest.story().to_owned(),
        first_mark: form.first_mark,
        headline: line(digest.headline()),
        paragraphs: digest.paragraphs().iter().map(|p| p.iter().map(line).collect()).collect(),
        sources: numbered.map(|((number, source), reference)| origin(number, source, reference)).collect(),
        text: print::text(digest, form),
        seal: String::new(),
    };
    receipt.seal = sha256(receipt.to_json().as_bytes());
    receipt
}

impl Receipt {
    /// The canonical bytes: the fields in order, two spaces deep, one newline at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).expect("strings and numbers always serialise");
        json.push('\n');
        json
    }
}

fn line(cited: &Cited, first_mark: u32, points: &[CodePoints]) -> Line {
    let number = |source: usize| first_mark + u32::try_from(source).unwrap_or(u32::MAX);
    let passages = cited.passages().iter().map(|passage| Excerpt {
        source: number(passage.source),
        start: points[passage.source].at(passage.span.start),
        end: points[passage.source].at(passage.span.end),
        text: passage.text.clone(),
        hash: sha256(passage.text.as_bytes()),
    });
    let base = CodePoints::new(cited.passages().first().map_or("", |passage| passage.text.as_str()));
    let edits = cited.edits().iter().map(|edit| Change {
        kind: edit.kind.name().to_owned(),
        start: base.at(edit.span.start),
        end: base.at(edit.span.end),
        text: edit.text.clone(),
    });
    Line {
        text: cited.text().to_owned(),
        marks: print::marks(cited, first_mark),
        passages: passages.collect(),
        edits: edits.collect(),
    }
}

fn origin(number: u32, source: &Source, reference: String) -> Origin {
    Origin {
        number,
        article: source.article.clone(),
        title: source.title.clone(),
        outlet: source.outlet.clone(),
        family: source.family.clone(),
        authors: source.authors.clone(),
        published: source.published.map(|stamp| stamp.to_string()),
        url: source.url.clone(),
        fetched: source.fetched.clone(),
        paywalled: source.paywalled,
        hash: source.hash.clone(),
        length: source.text.chars().count(),
        reference,
    }
}
