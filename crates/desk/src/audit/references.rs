//! The reference list of a cited text.

use jiff::civil::Date;

use crate::cite::{Parsed, parse_reference};

use super::marks;
use super::parse::{Block, Role};

/// An entry of the list, or an address that the text links to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// What marks call it.
    pub label: String,
    /// The title without quotation marks; empty where there is none.
    pub title: String,
    /// The outlet; empty where there is none.
    pub outlet: String,
    /// The printed day of publication.
    pub date: Option<Date>,
    /// The address.
    pub url: Option<String>,
    /// Whether it stands in the list.
    pub listed: bool,
}

impl Reference {
    pub(super) fn linked(url: &str, number: u32) -> Self {
        Self { label: number.to_string(), url: Some(url.to_owned()), ..Self::default() }
    }

    /// What a reader may call it: the outlet, else the title, else the address.
    #[must_use]
    pub fn name(&self) -> &str {
        let names = [self.outlet.as_str(), self.title.as_str(), self.url.as_deref().unwrap_or_default()];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or("without a name")
    }
}

/// The label that a line of a list opens with: `3.`, `3)`, `[3]`, `[^tide]:`.
pub(super) fn label(line: &str) -> Option<(String, &str)> {
    if let Some(rest) = line.strip_prefix("[^") {
        let (label, rest) = rest.split_once("]:")?;
        let sound = !label.is_empty() && !label.contains([' ', '[', ']']);
        return sound.then(|| (label.to_owned(), rest.trim()));
    }
    let bracketed = line.strip_prefix('[');
    let body = bracketed.unwrap_or(line);
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &body[digits..];
    let rest = match bracketed {
        Some(_) => rest.strip_prefix(']').map(|rest| rest.strip_prefix([':', '.']).unwrap_or(rest))?,
        None => rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")).or_else(|| rest.strip_prefix(".\t"))?,
    };
    let number: u32 = body[..digits].parse().ok()?;
    (digits <= 4 && !rest.trim().is_empty()).then(|| (number.to_string(), rest.trim()))
}

/// Whether a line is an entry, and its label. Inside the list (`listing`) a line without a number is one too.
pub(super) fn entry(line: &str, listing: bool) -> Option<Option<String>> {
    if line.starts_with("[^") {
        return label(line).map(|(label, _)| Some(label));
    }
    let label = label(line).map(|(label, _)| label);
    ((label.is_some() || listing) && parse_reference(line).is_some()).then_some(label)
}

/// Whether a heading says that references follow.
pub(super) fn is_list_heading(heading: &str) -> bool {
    let names = ["references", "sources", "notes", "footnotes", "endnotes", "works cited", "bibliography", "citations", "links"];
    names.contains(&heading.trim().trim_end_matches(':').to_lowercase().as_str())
}

/// The entries of the list in order. One without a number takes the next: from 1, or from 0 where the text
/// has a mark 0.
pub(super) fn listed(blocks: &[Block], markdown: bool) -> Vec<Reference> {
    let from_zero = blocks.iter().any(|block| block.role == Role::Text && block.raw.contains("[0]"));
    let entries = blocks.iter().filter_map(|block| match &block.role {
        Role::Entry(label) => Some((label, &block.raw)),
        _ => None,
    });
    let mut out = Vec::new();
    for (own, raw) in entries {
        let next = out.len() + usize::from(!from_zero);
        let label = own.clone().unwrap_or_else(|| next.to_string());
        out.push(read(label, raw, markdown));
    }
    out
}

fn read(own: String, raw: &str, markdown: bool) -> Reference {
    let rest = label(raw).map_or(raw, |(_, rest)| rest);
    let Some(parsed) = parse_reference(rest) else {
        let title = marks::lift(rest, &[], markdown).text;
        return Reference { label: own, title, listed: true, ..Reference::default() };
    };
    let Parsed { title, outlet, date, url, .. } = parsed;
    Reference { label: own, title, outlet, date, url, listed: true }
}
