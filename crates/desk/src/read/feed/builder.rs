//! Tags and texts as they come → elements: closes what was left open, and hands out each entry when it is whole.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::markup::{self, Attributes};
use super::name::{self, Vocabulary};
use super::outcome::{Findings, Format, Outcome, format_of};
use super::xml::{Element, Tree};

/// The deepest nesting that is kept; what is deeper is left out.
const DEPTH: usize = 128;
/// The most nodes of one entry, or of the feed's own fields, that are kept.
const NODES: usize = 100_000;
/// The most namespaces in force at one time, and attributes of one element.
const NAMES: usize = 256;
/// The most entities that a document may define, and the most bytes that each may stand for.
const ENTITIES: usize = 64;
const ENTITY: usize = 512;

/// What is called with each entry as soon as it is complete.
pub(super) type Sink<'s> = &'s mut dyn FnMut(Format, Element<'_>);

struct Open<'a> {
    name: &'a str,
    node: Option<usize>,
    names: usize,
    item: bool,
    own: bool,
}

/// Puts elements together from tags and texts as they come.
pub(super) struct Builder<'a, 's> {
    tree: Tree<'a>,
    open: Vec<Open<'a>>,
    names: Vec<(&'a str, Vocabulary)>,
    entities: BTreeMap<String, String>,
    pub(super) outcome: Findings,
    budget: usize,
    most: usize,
    sink: Sink<'s>,
}

impl<'a, 's> Builder<'a, 's> {
    /// A builder for a text of `length` bytes whose links are resolved against `base`.
    pub(super) fn new(length: usize, base: &str, most: usize, sink: Sink<'s>) -> Self {
        Self {
            tree: Tree::new(base),
            open: Vec::new(),
            names: Vec::new(),
            entities: BTreeMap::new(),
            outcome: Findings::default(),
            budget: length.saturating_add(1 << 16),
            most,
            sink,
        }
    }

    /// A start tag, from its name to before its `>`.
    pub(super) fn start(&mut self, tag: &'a str) {
        let (name, rest) =
            tag.split_at(tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len()));
        if self.open.len() >= DEPTH {
            self.outcome.deep = true;
            self.outcome.beyond += 1;
            return;
        }
        if name.is_empty() || (self.open.is_empty() && self.outcome.root.is_some()) {
            // A second root is junk after the feed; it is kept open so that its end tag finds it.
            self.push(name, None, self.names.len(), false, false);
            return;
        }
        let names = self.names.len();
        let attributes: Vec<_> =
            Attributes::new(rest).take(NAMES).map(|(name, value)| (name, markup::unescape(value))).collect();
        self.declare(&attributes);
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let vocabulary = self.vocabulary(prefix);
        if self.outcome.root.is_none() {
            self.outcome.root = Some(local.to_owned());
            self.outcome.format = format_of(local);
            self.outcome.stopped = self.outcome.format.is_none();
        }
        let is_item = self.outcome.format.is_some_and(|format| format.is_item(vocabulary, local));
        let item = is_item && self.begin_item();
        let stored = self.open.last().is_none_or(|parent| parent.node.is_some())
            && !(item && self.outcome.given >= self.most)
            && self.has_room(item);
        let parent = self.open.last().and_then(|parent| parent.node);
        let node = stored.then(|| self.tree.add_element(parent, vocabulary, local, attributes));
        self.push(name, node, names, item, vocabulary != Vocabulary::Other);
    }

    fn push(&mut self, name: &'a str, node: Option<usize>, names: usize, item: bool, own: bool) {
        self.open.push(Open { name, node, names, item, own });
    }

    /// Whether another node may be kept. The feed's own fields get half of the room, so that an entry always
    /// finds some.
    fn has_room(&mut self, item: bool) -> bool {
        let inside = item || self.open.iter().any(|open| open.item);
        let room = self.tree.len() < if inside { NODES } else { NODES / 2 };
        self.outcome.large |= !room;
        room
    }

    /// Whether an element with an entry's name is an entry: not where it stands inside one for a reason. One
    /// that is still open because its end tag is missing ends here.
    fn begin_item(&mut self) -> bool {
        let Some(at) = self.open.iter().rposition(|open| open.item) else { return true };
        if self.open[at..].iter().any(|open| !open.own) {
            return false;
        }
        self.close_to(at);
        true
    }

    fn declare(&mut self, attributes: &[(&'a str, Cow<'a, str>)]) {
        for (name, value) in attributes {
            let prefix = match *name {
                "xmlns" => "",
                name => match name.strip_prefix("xmlns:") {
                    Some(prefix) => prefix,
                    None => continue,
                },
            };
            if self.names.len() < NAMES {
                // Of an unknown namespace for the whole document only the names are believed.
                let unknown = if self.open.is_empty() { name::of_prefix(prefix) } else { Vocabulary::Other };
                self.names.push((prefix, name::of_address(value).unwrap_or(unknown)));
            }
        }
    }

    fn vocabulary(&self, prefix: &str) -> Vocabulary {
        let declared = self.names.iter().rev().find(|(name, _)| *name == prefix);
        declared.map_or_else(|| name::of_prefix(prefix), |(_, vocabulary)| *vocabulary)
    }

    /// An end tag: closes what is open up to its name, or nothing where nothing has that name.
    pub(super) fn end(&mut self, name: &str) {
        let at = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name));
        if self.outcome.beyond > 0 {
            // Beyond the depth that is kept only the end of the entry or of the feed is heard.
            if !at.is_some_and(|at| at == 0 || self.open[at].item) {
                self.outcome.beyond -= 1;
                return;
            }
            self.outcome.beyond = 0;
        }
        if let Some(at) = at {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            self.close();
        }
    }

    /// Closes the innermost element, and hands it out where it is an entry.
    pub(super) fn close(&mut self) {
        if self.outcome.beyond > 0 {
            self.outcome.beyond -= 1;
            return;
        }
        let Some(closed) = self.open.pop() else { return };
        self.names.truncate(closed.names);
        if !closed.item {
            return;
        }
        match (closed.node, self.outcome.format) {
            (Some(node), Some(format)) => {
                (self.sink)(format, self.tree.element(node));
                self.outcome.given += 1;
                if !self.open.is_empty() {
                    self.tree.cut(node);
                }
            }
            _ => self.outcome.left += 1,
        }
    }

    /// Text with its entities as written.
    pub(super) fn text(&mut self, written: &'a str) {
        if written.is_empty() {
            return;
        }
        if self.entities.is_empty() || !written.contains('&') {
            self.characters(markup::unescape(written));
        } else {
            let expanded = self.expand(written);
            self.characters(Cow::Owned(expanded));
        }
    }

    /// Resolves the document's own entities as well, as far as the budget for them goes.
    fn expand(&mut self, written: &str) -> String {
        let mut out = String::with_capacity(written.len());
        let mut rest = written;
        while let Some(at) = rest.find('&') {
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let length = markup::reference(rest).unwrap_or(0);
            let own = self.entities.get(&rest[..length]).filter(|value| value.len() <= self.budget);
            if let Some(value) = own {
                self.budget -= value.len();
                out.push_str(value);
            } else if length == 0 || !markup::resolve(&rest[..length], &mut out) {
                out.push('&');
                continue;
            }
            rest = &rest[length + 1..];
        }
        out.push_str(rest);
        out
    }

    /// Characters that stand for themselves.
    pub(super) fn characters(&mut self, text: Cow<'a, str>) {
        let Some(parent) = self.open.last().and_then(|open| open.node) else { return };
        if self.outcome.beyond > 0 || !self.has_room(false) {
            return;
        }
        let unwanted = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
        let text = if text.contains(unwanted) { Cow::Owned(printable(&text)) } else { text };
        self.tree.add_text(parent, text);
    }

    /// Takes note of the entities that a document type defines. Their values are not expanded in turn, so that
    /// no small file can grow large.
    pub(super) fn define(&mut self, declaration: &str) {
        for part in declaration.split("<!ENTITY").skip(1).take(ENTITIES) {
            let part = part.trim_start();
            let Some((name, rest)) = part.split_once(char::is_whitespace) else { continue };
            let rest = rest.trim_start();
            let Some(quote @ ('"' | '\'')) = rest.chars().next() else { continue };
            if let Some((value, _)) = rest[1..].split_once(quote)
                && value.len() <= ENTITY
                && name.len() <= 40
            {
                self.entities.insert(name.to_owned(), markup::unescape(value).into_owned());
            }
        }
    }

    /// What is left at the end of the document. An entry that is still open is cut off and doesn't count.
    pub(super) fn finish(mut self) -> Outcome<'a> {
        if let Some(at) = self.open.iter().position(|open| open.item) {
            self.outcome.cut = true;
            if let Some(node) = self.open[at].node
                && at > 0
            {
                self.tree.cut(node);
            }
        }
        self.outcome.broken |= !self.open.is_empty();
        Outcome { tree: self.tree, findings: self.outcome }
    }
}

/// The text without control characters; those above ASCII were meant as Windows-1252.
fn printable(text: &str) -> String {
    let mend = |c: char| match c {
        '\u{80}'..='\u{9f}' => markup::character(c.into()).filter(|c| !c.is_control()),
        _ => (!c.is_control() || matches!(c, '\t' | '\n' | '\r')).then_some(c),
    };
    text.chars().filter_map(mend).collect()
}
