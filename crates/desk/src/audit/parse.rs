//! Reads a cited text: its sentences, the marks of each, and the list that the marks point to.

use std::collections::BTreeMap;

use language::Span;
use language::sentences::sentences;
use language::tongue::tongue;

use super::marks::{self, Lifted, Target};
use super::references::{self, Reference};
use super::{html, lines};
use crate::address::canonical;

/// A text with citations, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CitedText {
    /// Its headline; empty where there is none.
    pub title: String,
    /// BCP 47 language, English where the text is too short to tell.
    pub lang: String,
    /// Its sentences in order, without headline and headings.
    pub sentences: Vec<Sentence>,
    /// The entries of its list in order, then the addresses that it links to and does not list.
    pub references: Vec<Reference>,
    /// Labels of marks that no sentence stands before.
    pub orphans: Vec<String>,
}

/// A sentence of a cited text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence without its marks.
    pub text: String,
    /// Its marks, each once, in order.
    pub marks: Vec<Mark>,
    /// The number of its paragraph, from 0.
    pub paragraph: usize,
}

/// A mark behind a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What is printed; for a link the number of its reference among all.
    pub label: String,
    /// The entry it points to; nothing where the list has none of that label.
    pub reference: Option<usize>,
}

/// A part of the text before it is taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) role: Role,
    /// The text with its marks.
    pub(super) raw: String,
    /// Bytes of `raw` behind which links end, and their addresses.
    pub(super) links: Vec<(usize, String)>,
}

/// What a part of the text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Heading,
    Text,
    /// An entry of the reference list, with its label where one is printed.
    Entry(Option<String>),
}

/// The most marks that one sentence is taken to have.
const MARKS: usize = 100;
/// A line without a full stop is a heading up to that many words.
const HEADING_WORDS: usize = 20;

/// Takes a cited text apart. Plain text, Markdown and HTML are told apart by their look.
#[must_use]
pub fn parse(text: &str) -> CitedText {
    let page = html::is_page(text);
    let markdown = !page && lines::is_markdown(text);
    let blocks = if page { html::blocks(text) } else { lines::blocks(text) };
    let mut cited = CitedText { references: references::listed(&blocks, markdown), ..CitedText::default() };
    let lifted = lifted(&blocks, markdown);
    cited.lang = language_of(&lifted);
    let mut index = Index::new(&cited.references);
    let mut paragraph = 0;
    let mut headed = false;
    for (heading, lifted) in &lifted {
        if *heading || is_heading(lifted) {
            // A heading set as one is surer than a line that looks like one.
            if cited.sentences.is_empty() && (cited.title.is_empty() || *heading && !headed) {
                cited.title = lifted.text.trim().to_owned();
                headed = *heading;
            }
            continue;
        }
        cited.take(lifted, paragraph, &mut index);
        paragraph += 1;
    }
    cited
}

/// The parts of the text without their marks, and whether each is set as a heading. What stands behind the
/// whole list and has no mark is the page's, not the text's (`0 comments`).
fn lifted(blocks: &[Block], markdown: bool) -> Vec<(bool, Lifted)> {
    let last = blocks.iter().rposition(|block| matches!(block.role, Role::Entry(_))).unwrap_or(blocks.len());
    let running = blocks.iter().enumerate().filter(|(_, block)| !matches!(block.role, Role::Entry(_)));
    let mut out: Vec<(usize, bool, Lifted)> = running
        .map(|(at, block)| (at, block.role == Role::Heading, marks::lift(&block.raw, &block.links, markdown)))
        .collect();
    let marked = |(_, _, lifted): &(usize, bool, Lifted)| !lifted.marks.is_empty();
    if out.iter().any(|part| part.0 < last && marked(part)) {
        let end = out.iter().rposition(|part| part.0 < last || marked(part)).map_or(0, |at| at + 1);
        out.truncate(end);
    }
    out.into_iter().map(|(_, heading, lifted)| (heading, lifted)).collect()
}

fn language_of(lifted: &[(bool, Lifted)]) -> String {
    let body: Vec<&str> = lifted.iter().map(|(_, lifted)| lifted.text.as_str()).collect();
    tongue(&body.join(" ")).unwrap_or("en").to_owned()
}

fn is_heading(lifted: &Lifted) -> bool {
    let text = lifted
        .text
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '”' | '’' | '"' | '\'' | ')'));
    lifted.marks.is_empty()
        && !text.ends_with(['.', '!', '?', '…', '。', ':'])
        && text.split_whitespace().take(HEADING_WORDS + 1).count() <= HEADING_WORDS
}

impl CitedText {
    /// Takes in one paragraph.
    fn take(&mut self, lifted: &Lifted, paragraph: usize, index: &mut Index) {
        let spans = split(lifted, &self.lang);
        let first = self.sentences.len();
        for span in &spans {
            self.sentences.push(Sentence {
                text: span.of(&lifted.text).to_owned(),
                marks: Vec::new(),
                paragraph,
            });
        }
        for (at, target) in &lifted.marks {
            // A mark belongs to the last sentence that begins before it; one at the very head of a
            // paragraph to the sentence before that, or else to the first.
            let before = spans.partition_point(|span| span.start < *at);
            let mark = index.resolve(target, &mut self.references);
            let owner = (first + before).checked_sub(1).or(Some(first));
            match owner.and_then(|owner| self.sentences.get_mut(owner)) {
                Some(sentence) if sentence.marks.len() < MARKS && !sentence.marks.contains(&mark) => {
                    sentence.marks.push(mark)
                }
                Some(_) => {}
                None => self.orphans.push(mark.label),
            }
        }
    }
}

/// Where the references stand, by what marks and links call them.
struct Index {
    labels: BTreeMap<String, usize>,
    addresses: BTreeMap<String, usize>,
    /// The next number that no entry of the list has.
    next: u32,
}

impl Index {
    /// Indexes a list. Of entries with one label or address the first counts.
    fn new(listed: &[Reference]) -> Self {
        let mut index = Self { labels: BTreeMap::new(), addresses: BTreeMap::new(), next: 1 };
        for (at, entry) in listed.iter().enumerate() {
            index.labels.entry(entry.label.clone()).or_insert(at);
            if let Some(url) = &entry.url {
                index.addresses.entry(canonical(url)).or_insert(at);
            }
            index.next = entry
                .label
                .parse()
                .map_or(index.next, |number: u32| index.next.max(number.saturating_add(1)));
        }
        index
    }

    /// The mark for a target; an address that the list lacks becomes a reference of its own.
    fn resolve(&mut self, target: &Target, references: &mut Vec<Reference>) -> Mark {
        let url = match target {
            Target::Label(label) => {
                return Mark { label: label.clone(), reference: self.labels.get(label).copied() };
            }
            Target::Address(url) => url,
        };
        let place = *self.addresses.entry(canonical(url)).or_insert_with(|| {
            references.push(Reference::linked(url, self.next));
            self.next = self.next.saturating_add(1);
            references.len() - 1
        });
        Mark { label: references[place].label.clone(), reference: Some(place) }
    }
}

/// The sentences of a paragraph, split also where a full stop behind a mark ends one for sure.
fn split(lifted: &Lifted, lang: &str) -> Vec<Span> {
    let text = &lifted.text;
    let mut out = Vec::new();
    let mut from = 0;
    for &end in lifted.ends.iter().chain([&text.len()]) {
        if end <= from {
            continue;
        }
        let spans = sentences(&text[from..end], lang).into_iter().map(|span| span.shifted(from));
        out.extend(spans.filter(|span| span.of(text).contains(char::is_alphanumeric)));
        from = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each sentence with the labels of its marks behind it.
    fn shape(text: &str) -> Vec<String> {
        let cited = parse(text);
        let sentence = |s: &Sentence| {
            let marks: Vec<&str> = s.marks.iter().map(|mark| mark.label.as_str()).collect();
            format!("{} {}", s.text, marks.join(",")).trim_end().to_owned()
        };
        cited.sentences.iter().map(sentence).collect()
    }

    #[test]
    fn marks_stay_with_the_sentence_they_back() {
        for (text, expected) in [
            ("It sank.[0] Rain fell.[1]", vec!["It sank. 0", "Rain fell. 1"]),
            ("It sank [0]. Rain fell [1][2].", vec!["It sank. 0", "Rain fell. 1,2"]),
            ("It left the U.S. [5]. Rain fell.", vec!["It left the U.S. 5", "Rain fell."]),
            ("It sank. [5]. Rain fell. [6]", vec!["It sank. 5", "Rain fell. 6"]),
            ("It sank.\n\n[5].\n\nRain fell.[6]", vec!["It sank. 5", "Rain fell. 6"]),
            ("It sank,[1] they said.[2]", vec!["It sank, they said. 1,2"]),
            ("It sank.[1][1] Rain.", vec!["It sank. 1", "Rain."]),
            ("日本の船が沈んだ。[1] 雨が降った。", vec!["日本の船が沈んだ。 1", "雨が降った。"]),
        ] {
            assert_eq!(shape(text), expected, "{text}");
        }
        assert_eq!(parse("[5].").orphans, ["5"]);
    }

    #[test]
    fn a_headline_is_no_sentence_and_a_list_no_paragraph() {
        let text = "Ferry Sinks off Dunmarrow\n\nIt sank.[0]\nRain fell on the quay.\n\n0. “Ferry sinks” Tide, 1 Mar. 2026, https://tide.example/a\n\n0 comments\n";
        let cited = parse(text);
        assert_eq!(cited.title, "Ferry Sinks off Dunmarrow");
        assert_eq!(cited.sentences.len(), 2);
        assert_eq!((cited.references.len(), cited.references[0].outlet.as_str()), (1, "Tide"));
        assert_eq!(cited.sentences[0].marks[0].reference, Some(0));
    }

    #[test]
    fn links_are_references_by_address() {
        let text = "# Sinking\n\nIt sank in [the bay](https://tide.example/a?utm_source=x). Rain fell, [Quill wrote](https://quill.example/b).\n";
        let cited = parse(text);
        assert_eq!(shape(text), ["It sank in the bay. 1", "Rain fell, Quill wrote. 2"]);
        assert!(cited.references.iter().all(|entry| !entry.listed));
        let page = "<html><body><h1>Sinking</h1><p>It sank in <a href='https://tide.example/a'>the bay</a>. Rain <b>fell</b>.<sup><a href='#n1'>2</a></sup></p><h2>Notes</h2><ol start=2><li id=n1>“Rain” Quill, 2 Mar. 2026, <a href='https://quill.example/b'>link</a></li></ol></body></html>";
        let cited = parse(page);
        assert_eq!(shape(page), ["It sank in the bay. 3", "Rain fell. 2"]);
        assert_eq!(cited.title, "Sinking");
    }

    #[test]
    fn odd_bytes_do_no_harm() {
        for text in
            ["", "\u{0}", "[5]", "<", "<p", "<a href=>", "[^a]:", "1. ", "\u{feff}# ", "]](", "<ol><li>"]
        {
            let _ = parse(text);
        }
        let deep = "<div>".repeat(20_000);
        let _ = parse(&format!("<html>{deep}It sank.[1]"));
    }
}
