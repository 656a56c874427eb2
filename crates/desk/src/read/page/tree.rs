//! The parsed page as one list of nodes in reading order, so that every later step is a loop over a range.
//!
//! A node's subtree is `node..end`, which makes "skip this part" and "how much text is under here" plain
//! arithmetic, without recursion.

use dom_query::{Document, NodeData, NodeRef};

use super::source::KEPT;

/// About how many bytes of text an element gives at most.
const TEXT: usize = 4_000;

/// One element or text of the page.
#[derive(Debug)]
pub(super) struct Node {
    /// The element's name in lower case; empty for text.
    pub(super) name: String,
    /// The node that holds it; the root holds itself.
    pub(super) parent: usize,
    /// One past the last node under it.
    pub(super) end: usize,
    /// The text of a text node.
    pub(super) text: String,
    /// The kept attributes.
    attributes: Vec<(&'static str, String)>,
    /// Class, id and test names in lower case, each between spaces; empty where there are none.
    pub(super) hint: String,
}

impl Node {
    /// An attribute's value.
    pub(super) fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str())
    }

    /// Whether this is an element of that name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }
}

/// The whole page.
#[derive(Debug)]
pub(super) struct Tree {
    /// All nodes in reading order; the first is the document.
    pub(super) nodes: Vec<Node>,
}

impl Tree {
    /// Parses bounded HTML.
    pub(super) fn parse(html: String) -> Self {
        let document = Document::from(html);
        let root = document.root();
        let mut nodes = vec![Node::empty(0)];
        let mut path: Vec<usize> = vec![0];
        let mut next = root.first_child();
        // The walk climbs by hand: a stack of open nodes instead of recursion.
        while let Some(node) = next {
            let index = nodes.len();
            let parent = path.last().copied().unwrap_or(0);
            nodes.push(Node::of(&node, parent));
            if let Some(child) = node.first_child() {
                path.push(index);
                next = Some(child);
                continue;
            }
            nodes[index].end = index + 1;
            next = climb(node, &mut path, &mut nodes);
        }
        let total = nodes.len();
        for open in path {
            nodes[open].end = total;
        }
        Self { nodes }
    }

    /// Indices of the nodes under `node`, itself included.
    pub(super) fn under(&self, node: usize) -> std::ops::Range<usize> {
        node..self.nodes[node].end
    }

    /// The text under `node`, white space squeezed. It is a name, a date or a heading that is asked for, so that a long
    /// text is given only so far; elements within elements would each give the whole page.
    pub(super) fn text(&self, node: usize) -> String {
        let mut out = String::new();
        for index in self.under(node) {
            if out.len() > TEXT {
                break;
            }
            let node = &self.nodes[index];
            if node.is("br") || is_block(&node.name) {
                out.push(' ');
            }
            out.push_str(super::source::shorten(&node.text, TEXT));
        }
        squeeze(&out)
    }

    /// The first element of that name.
    pub(super) fn first(&self, name: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.is(name))
    }
}

fn climb<'a>(node: NodeRef<'a>, path: &mut Vec<usize>, nodes: &mut [Node]) -> Option<NodeRef<'a>> {
    let mut node = node;
    loop {
        if let Some(sibling) = node.next_sibling() {
            return Some(sibling);
        }
        if path.len() <= 1 {
            return None;
        }
        let closed = path.pop()?;
        nodes[closed].end = nodes.len();
        node = node.parent()?;
    }
}

impl Node {
    fn empty(parent: usize) -> Self {
        let (name, text, hint) = (String::new(), String::new(), String::new());
        Self { name, parent, end: 1, text, attributes: Vec::new(), hint }
    }

    fn of(node: &NodeRef, parent: usize) -> Self {
        let mut out = Self::empty(parent);
        if node.is_text() {
            let text = node.query(|node| match &node.data {
                NodeData::Text { contents } => contents.to_string(),
                _ => String::new(),
            });
            out.text = text.unwrap_or_default();
            return out;
        }
        let Some(element) = node.element_ref() else { return out };
        // The parser has put names of HTML elements in lower case.
        out.name = element.name.local.to_string();
        for attribute in &element.attrs {
            let name: &str = &attribute.name.local;
            if let Some(known) = KEPT.iter().find(|known| **known == name) {
                out.attributes.push((known, attribute.value.to_string()));
            }
        }
        out.hint = hint(&out);
        out
    }
}

fn hint(node: &Node) -> String {
    let mut hint = String::new();
    for key in ["class", "id", "data-testid", "data-component", "data-qa", "data-module", "data-type", "role"]
    {
        if let Some(value) = node.attribute(key) {
            for word in value.split_whitespace() {
                if hint.is_empty() {
                    hint.push(' ');
                }
                let start = hint.len();
                if word.is_ascii() {
                    hint.push_str(word);
                    hint[start..].make_ascii_lowercase();
                } else {
                    hint.push_str(&word.to_lowercase());
                }
                hint.push(' ');
            }
        }
    }
    hint
}

/// Whether an element of that name stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "li"
            | "ul"
            | "ol"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "figure"
            | "figcaption"
            | "pre"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "tbody"
            | "dl"
            | "dt"
            | "dd"
            | "header"
            | "footer"
            | "aside"
            | "nav"
            | "form"
            | "fieldset"
            | "address"
            | "details"
            | "summary"
            | "center"
            | "hr"
            | "body"
            | "hgroup"
            | "menu"
            | "dialog"
            | "button"
            | "label"
    )
}

/// White space squeezed to single spaces; what is invisible stays, and is counted where the text is made clean.
pub(super) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// White space squeezed to single spaces, invisible characters out.
pub(super) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        match c {
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\0' => {}
            c if c.is_whitespace() || c.is_control() => space = true,
            c => {
                if space && !out.is_empty() {
                    out.push(' ');
                }
                space = false;
                out.push(c);
            }
        }
    }
    out
}
