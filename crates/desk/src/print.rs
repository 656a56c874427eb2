//! A digest as text and as Markdown, in the specimen's form.

use std::fmt::Write as _;

use crate::cite::{self, Style};
use crate::verify::digest::{Cited, Digest, Source};

/// How a digest is printed.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The number of the first mark.
    pub first_mark: u32,
    /// The style of the reference list.
    pub style: Style,
}

impl Default for Form {
    fn default() -> Self {
        Self { first_mark: 0, style: Style::Mla }
    }
}

/// A digest's source as the reference list needs it.
#[must_use]
pub fn citable(source: &Source) -> cite::Source {
    cite::Source {
        id: source.article.clone(),
        title: source.title.clone(),
        outlet: source.outlet.clone(),
        authors: source.authors.iter().filter_map(|name| cite::Author::from_name(name)).collect(),
        published: source.published.map(|stamp| stamp.day),
        url: source.url.clone(),
        accessed: None,
    }
}

/// The entries of the reference list, without their numbers, in the order of first use.
#[must_use]
pub fn references(digest: &Digest, style: Style) -> Vec<String> {
    digest.sources().iter().map(|source| cite::reference(&citable(source), style)).collect()
}

/// The digest as plain text: headline, paragraphs with numbered marks after the full stop, references.
#[must_use]
pub fn text(digest: &Digest, form: Form) -> String {
    let body: Vec<Vec<(&str, Vec<u32>)>> = body(digest, form.first_mark);
    compose(digest.headline().text(), &body, form.first_mark, &references(digest, form.style))
}

/// The same from its parts, for those who have a receipt and no digest.
pub(crate) fn compose(headline: &str, body: &[Vec<(&str, Vec<u32>)>], first_mark: u32, references: &[String]) -> String {
    let mut out = format!("{headline}\n");
    for paragraph in body {
        let marked = paragraph.iter().map(|(text, marks)| {
            let marks: String = marks.iter().map(|mark| format!("[{mark}]")).collect();
            format!("{text}{marks}")
        });
        write!(out, "\n{}\n", marked.collect::<Vec<_>>().join(" ")).expect("a string takes all");
    }
    for (number, reference) in (first_mark..).zip(references) {
        write!(out, "\n{number}. {reference}\n").expect("a string takes all");
    }
    out.push_str("\n0 comments\n");
    out
}

/// The digest as Markdown with footnotes.
#[must_use]
pub fn markdown(digest: &Digest, form: Form) -> String {
    let mut out = format!("# {}\n", escaped(digest.headline().text()));
    for paragraph in digest.paragraphs() {
        let marked = paragraph.iter().map(|cited| {
            let marks: String = marks(cited, form.first_mark).iter().map(|mark| format!("[^{mark}]")).collect();
            format!("{}{marks}", escaped(cited.text()))
        });
        write!(out, "\n{}\n", marked.collect::<Vec<_>>().join(" ")).expect("a string takes all");
    }
    out.push('\n');
    for (number, reference) in (form.first_mark..).zip(references(digest, form.style)) {
        writeln!(out, "[^{number}]: {}", escaped(&reference)).expect("a string takes all");
    }
    out
}

/// The printed numbers of a sentence's marks.
#[must_use]
pub fn marks(cited: &Cited, first_mark: u32) -> Vec<u32> {
    (cited.marks().into_iter()).map(|mark| first_mark + u32::try_from(mark).unwrap_or(u32::MAX)).collect()
}

fn body(digest: &Digest, first_mark: u32) -> Vec<Vec<(&str, Vec<u32>)>> {
    let paragraphs = digest.paragraphs().iter();
    paragraphs.map(|p| p.iter().map(|cited| (cited.text(), marks(cited, first_mark))).collect()).collect()
}

/// Characters that Markdown would take as its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '[' | ']' | '<' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
