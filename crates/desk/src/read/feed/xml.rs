//! A small tree of elements for one stretch of a feed: the feed's own fields, or one entry.
//!
//! The tree is bounded by its builder in [`repair`](super::repair), which takes an entry out again as soon as
//! it has been read, so that memory follows the largest entry and not the number of entries.

use std::borrow::Cow;

use super::address::Base;
use super::markup;
use super::name::Vocabulary;

/// Elements and texts in document order.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    bases: Vec<Base>,
}

#[derive(Debug)]
struct Node<'a> {
    kind: Kind<'a>,
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    base: usize,
    /// How many bases there were before it.
    bases: usize,
}

#[derive(Debug)]
enum Kind<'a> {
    Text(Cow<'a, str>),
    Element { vocabulary: Vocabulary, local: Cow<'a, str>, attributes: Vec<(&'a str, Cow<'a, str>)> },
}

impl<'a> Tree<'a> {
    /// An empty tree whose links are resolved against `base`.
    pub(super) fn new(base: &str) -> Self {
        Self { nodes: Vec::new(), bases: vec![Base::new(base)] }
    }

    /// How many nodes it holds.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Adds an element as the last child of `parent`; its number.
    pub(super) fn add_element(
        &mut self,
        parent: Option<usize>,
        vocabulary: Vocabulary,
        local: &'a str,
        attributes: Vec<(&'a str, Cow<'a, str>)>,
    ) -> usize {
        let bases = self.bases.len();
        let mut base = parent.map_or(0, |parent| self.nodes[parent].base);
        if let Some((_, address)) = attributes.iter().find(|(name, _)| *name == "xml:base") {
            self.bases.push(self.bases[base].join(address));
            base = self.bases.len() - 1;
        }
        let local = if local.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(local.to_ascii_lowercase())
        } else {
            Cow::Borrowed(local)
        };
        self.add(parent, Kind::Element { vocabulary, local, attributes }, base, bases)
    }

    /// Adds a text as the last child of `parent`, or to the text that stands there.
    pub(super) fn add_text(&mut self, parent: usize, text: Cow<'a, str>) {
        if let Some(last) = self.nodes[parent].last
            && let Kind::Text(before) = &mut self.nodes[last].kind
        {
            before.to_mut().push_str(&text);
            return;
        }
        let base = self.nodes[parent].base;
        self.add(Some(parent), Kind::Text(text), base, self.bases.len());
    }

    fn add(&mut self, parent: Option<usize>, kind: Kind<'a>, base: usize, bases: usize) -> usize {
        let at = self.nodes.len();
        let previous = parent.and_then(|parent| self.nodes[parent].last);
        self.nodes.push(Node { kind, parent, previous, next: None, first: None, last: None, base, bases });
        if let Some(previous) = previous {
            self.nodes[previous].next = Some(at);
        }
        if let Some(parent) = parent {
            self.nodes[parent].first.get_or_insert(at);
            self.nodes[parent].last = Some(at);
        }
        at
    }

    /// Takes out the element `at` and everything that was added after it.
    pub(super) fn cut(&mut self, at: usize) {
        let Some(Node { parent, previous, bases, .. }) = self.nodes.get(at) else { return };
        let (parent, previous, bases) = (*parent, *previous, *bases);
        self.nodes.truncate(at);
        self.bases.truncate(bases);
        if let Some(previous) = previous {
            self.nodes[previous].next = None;
        }
        if let Some(parent) = parent {
            self.nodes[parent].last = previous;
            if previous.is_none() {
                self.nodes[parent].first = None;
            }
        }
    }

    /// The element with a number.
    pub(super) fn element(&self, at: usize) -> Element<'_> {
        Element { tree: self, at }
    }
}

/// What the texts between the elements are when they are written as markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Texts {
    /// Words.
    Words,
    /// Markup that was escaped once more than its elements.
    Markup,
}

/// One element of a tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'t> {
    tree: &'t Tree<'t>,
    at: usize,
}

impl<'t> Element<'t> {
    fn node(self) -> &'t Node<'t> {
        &self.tree.nodes[self.at]
    }

    /// Its vocabulary.
    pub(super) fn vocabulary(self) -> Vocabulary {
        match &self.node().kind {
            Kind::Element { vocabulary, .. } => *vocabulary,
            Kind::Text(_) => Vocabulary::Other,
        }
    }

    /// Its name without prefix, in lower case.
    pub(super) fn local(self) -> &'t str {
        match &self.node().kind {
            Kind::Element { local, .. } => local,
            Kind::Text(_) => "",
        }
    }

    /// The value of an attribute; a prefix before its name doesn't matter, nor does its case.
    pub(super) fn attribute(self, wanted: &str) -> Option<&'t str> {
        let Kind::Element { attributes, .. } = &self.node().kind else { return None };
        let is_wanted = |name: &str| {
            name.eq_ignore_ascii_case(wanted)
                || name.rsplit_once(':').is_some_and(|(_, local)| local.eq_ignore_ascii_case(wanted))
        };
        attributes.iter().find(|(name, _)| is_wanted(name)).map(|(_, value)| value.as_ref())
    }

    /// What its relative links are resolved against.
    pub(super) fn base(self) -> &'t Base {
        &self.tree.bases[self.node().base]
    }

    fn nodes(self) -> impl Iterator<Item = Self> {
        let tree = self.tree;
        std::iter::successors(self.node().first, move |at| tree.nodes[*at].next)
            .map(move |at| Self { tree, at })
    }

    /// Its child elements.
    pub(super) fn children(self) -> impl Iterator<Item = Self> {
        self.nodes().filter(|node| matches!(node.node().kind, Kind::Element { .. }))
    }

    /// Its child elements with a name.
    pub(super) fn named(self, vocabulary: Vocabulary, local: &str) -> impl Iterator<Item = Self> {
        self.children().filter(move |child| child.vocabulary() == vocabulary && child.local() == local)
    }

    /// The first child that has one of the names and is not empty; earlier names win.
    pub(super) fn first(self, names: &[(Vocabulary, &str)]) -> Option<Self> {
        names
            .iter()
            .find_map(|(vocabulary, local)| self.named(*vocabulary, local).find(|child| !child.is_empty()))
    }

    /// Whether it holds neither text nor elements.
    pub(super) fn is_empty(self) -> bool {
        !self.nodes().any(|node| match &node.node().kind {
            Kind::Text(text) => !text.trim().is_empty(),
            Kind::Element { .. } => true,
        })
    }

    /// Whether it holds elements.
    pub(super) fn has_children(self) -> bool {
        self.children().next().is_some()
    }

    /// All the text in it, without white space around it; none where there is none.
    pub(super) fn text(self) -> Option<String> {
        let mut out = String::new();
        self.gather(&mut out);
        let trimmed = out.trim();
        (!trimmed.is_empty()).then(|| trimmed.to_owned())
    }

    // The builder bounds the depth, so the recursion here and in `write` is bounded too.
    fn gather(self, out: &mut String) {
        for node in self.nodes() {
            match &node.node().kind {
                Kind::Text(text) => out.push_str(text),
                Kind::Element { .. } => node.gather(out),
            }
        }
    }

    /// What stands in it, as markup.
    pub(super) fn markup(self, texts: Texts) -> String {
        let mut out = String::new();
        self.write(texts, &mut out);
        out
    }

    fn write(self, texts: Texts, out: &mut String) {
        for node in self.nodes() {
            match &node.node().kind {
                Kind::Text(text) if texts == Texts::Markup => out.push_str(text),
                Kind::Text(text) => markup::escape(text, out),
                Kind::Element { local, attributes, .. } => {
                    node.write_tag(local, attributes, out);
                    node.write(texts, out);
                    out.push_str("</");
                    out.push_str(local);
                    out.push('>');
                }
            }
        }
    }

    fn write_tag(self, local: &str, attributes: &[(&str, Cow<'_, str>)], out: &mut String) {
        out.push('<');
        out.push_str(local);
        for (name, value) in attributes.iter().filter(|(name, _)| !name.contains(':')) {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            // Links are resolved here because only the tree knows the base inside the markup.
            let link = matches!(*name, "href" | "src").then(|| self.base().resolve(value)).flatten();
            markup::escape_value(link.as_deref().unwrap_or(value), out);
            out.push('"');
        }
        out.push('>');
    }
}
