//! A cited page of HTML: its paragraphs with the addresses they link to, and its list of references.

use std::collections::BTreeSet;

use dom_query::{Document, NodeRef};

use super::parse::{Block, Role};
use super::references;

/// Elements that hold no text of the author's.
const SKIPPED: [&str; 13] = [
    "script", "style", "noscript", "template", "nav", "aside", "form", "button", "svg", "iframe", "head",
    "select", "dialog",
];
/// Attributes of elements that are not shown until somebody asks for them.
const UNSHOWN: [&str; 2] = ["popover", "hidden"];
/// Elements that begin a new paragraph.
const PARTED: [&str; 24] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "blockquote",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "table",
    "tr",
    "td",
    "th",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "body",
    "pre",
    "br",
    "hr",
];

/// Whether the text is HTML: it opens with a tag or has closed paragraphs.
pub(super) fn is_page(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let tag = start
        .strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!'));
    tag && !start.starts_with("<http") && text.contains('>') || text.contains("</p>")
}

/// The parts of the page in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let document = Document::from(crate::read::page::bounded(text));
    let root = document.root();
    let mut reader = Reader { targets: targets(&document), ..Reader::default() };
    // The tree is walked without recursion, because pages nest as deep as they like.
    let mut node = root.first_child();
    while let Some(current) = node {
        let inside = if reader.enter(&current) { current.first_child() } else { None };
        node = inside.or_else(|| reader.onward(current));
    }
    reader.close();
    reader.blocks
}

/// The ids that links of the page lead to.
fn targets(document: &Document) -> BTreeSet<String> {
    let links = document.select("a[href^='#']");
    links.iter().filter_map(|link| link.attr("href")).map(|href| href[1..].to_owned()).collect()
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    targets: BTreeSet<String>,
    raw: String,
    links: Vec<(usize, String)>,
    heading: bool,
    listing: bool,
    /// How many heads and feet of the page are open; their paragraphs are not the text's.
    framed: usize,
    /// The label of the list item being read, where it is an entry.
    entry: Option<Option<String>>,
}

impl Reader {
    /// Takes in a node; whether its children are to be read.
    fn enter(&mut self, node: &NodeRef) -> bool {
        if node.is_text() {
            self.raw.push_str(&node.text());
            return false;
        }
        let Some(name) = node.node_name() else { return true };
        let name: &str = &name;
        if (SKIPPED.contains(&name) && name != "button")
            || UNSHOWN.iter().any(|attribute| node.has_attr(attribute))
        {
            return false;
        }
        self.framed += usize::from(is_frame(name));
        if is_heading(name) {
            self.close();
            self.heading = true;
        } else if name == "li" {
            self.close();
            self.item(node);
        } else if PARTED.contains(&name) {
            self.part();
        } else if matches!(name, "sup" | "button") {
            return !self.raised(&short(node)) && name == "sup";
        } else if name == "a" {
            return !self.local(node);
        }
        true
    }

    /// The node after `node`, every element that ends on the way left.
    fn onward<'d>(&mut self, node: NodeRef<'d>) -> Option<NodeRef<'d>> {
        let mut node = node;
        loop {
            self.leave(&node);
            if let Some(next) = node.next_sibling() {
                return Some(next);
            }
            node = node.parent()?;
        }
    }

    fn leave(&mut self, node: &NodeRef) {
        let Some(name) = node.node_name().filter(|_| node.is_element()) else { return };
        let name: &str = &name;
        if UNSHOWN.iter().any(|attribute| node.has_attr(attribute)) {
            return;
        }
        if name == "a" {
            let href = node.attr("href").unwrap_or_default();
            if href.starts_with("http://") || href.starts_with("https://") {
                self.links.push((self.raw.len(), href.to_string()));
            }
        } else if name == "li" {
            self.close();
            self.entry = None;
        } else if is_heading(name) {
            self.close();
        } else if PARTED.contains(&name) {
            self.part();
        }
        self.framed -= usize::from(is_frame(name) && self.framed > 0);
    }

    /// Paragraphs inside an entry of the list stay together.
    fn part(&mut self) {
        if self.entry.is_some() {
            self.raw.push(' ');
        } else {
            self.close();
        }
    }

    /// A list item is an entry where a mark leads to it or the list stands under such a heading.
    fn item(&mut self, node: &NodeRef) {
        let linked = node.id_attr().is_some_and(|id| self.targets.contains(&*id));
        if !(linked || self.listing) {
            return;
        }
        let parent = node.parent().filter(|parent| parent.has_name("ol"));
        self.entry = Some(parent.map(|list| {
            let start = list.attr("start").and_then(|start| start.trim().parse::<usize>().ok()).unwrap_or(1);
            (start.saturating_add(place(node))).to_string()
        }));
    }

    /// Raised digits are a mark, or several (`[3][4]`, `3,4`).
    fn raised(&mut self, text: &str) -> bool {
        let mark = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '[' | ']' | ',' | ' '));
        let numbers =
            text.split(|c: char| !c.is_ascii_digit()).filter(|digits| (1..=3).contains(&digits.len()));
        let numbers: Vec<String> = numbers.filter(|_| mark).map(|digits| format!("[{digits}]")).collect();
        self.raw.push_str(&numbers.concat());
        !numbers.is_empty()
    }

    /// A link inside the page whose words are a number is a mark.
    fn local(&mut self, node: &NodeRef) -> bool {
        node.attr("href").is_some_and(|href| href.starts_with('#')) && self.raised(&short(node))
    }

    fn close(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        let links = std::mem::take(&mut self.links);
        let heading = std::mem::take(&mut self.heading);
        if raw.trim().is_empty() {
            return;
        }
        if let Some(label) = self.entry.clone() {
            self.entry_block(label, &raw, &links);
            return;
        }
        let said = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        if heading {
            self.listing = references::is_list_heading(&said);
            self.blocks.push(Block { role: Role::Heading, raw: said, links: Vec::new() });
        } else if let Some(label) = references::entry(&said, self.listing) {
            self.entry_block(label, &raw, &links);
        } else if self.framed == 0 {
            self.blocks.push(Block { role: Role::Text, raw, links });
        }
    }

    /// An entry with the addresses it links to written out, the way back to its mark left out.
    fn entry_block(&mut self, label: Option<String>, raw: &str, links: &[(usize, String)]) {
        let said = raw.split_whitespace().filter(|word| !matches!(*word, "↑" | "↩" | "^" | "↩︎"));
        let mut said = said.collect::<Vec<_>>().join(" ");
        if let Some((_, url)) = links.first().filter(|_| !said.contains("http")) {
            said.push_str(&format!(", {url}"));
        }
        let role = Role::Entry(references::label(&said).map(|(label, _)| label).or(label));
        self.blocks.push(Block { role, raw: said, links: Vec::new() });
    }
}

/// The most nodes that a mark is made of.
const MARKED: usize = 24;

/// The text of the first few nodes of an element: enough for a mark, whatever hangs below.
fn short(node: &NodeRef) -> String {
    let inside = node.descendants_it().take(MARKED).filter(NodeRef::is_text);
    inside.map(|text| text.text().chars().take(8).collect::<String>()).collect()
}

/// How many items of its list stand before the node. Long lists count only as far as marks go.
fn place(node: &NodeRef) -> usize {
    let siblings = std::iter::successors(node.prev_sibling(), NodeRef::prev_sibling).take(2_000);
    siblings.filter(|sibling| sibling.has_name("li")).count()
}

fn is_frame(name: &str) -> bool {
    matches!(name, "header" | "footer")
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "title")
}
