//! Markup as it comes → elements: quick-xml cuts it into tags and texts, and what is broken is mended here.
//!
//! Bare ampersands, unknown entities, tags that are never closed, junk before and after, and files that end in
//! the middle are all met daily. An entry counts when its end tag has come, or when the next one begins; one
//! that is cut off by the end of the file is left out, since half a summary misleads.

use std::borrow::Cow;
use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Refused;
use super::markup::{self, Attributes};
use super::name::{self, Vocabulary};
use super::xml::{Element, Tree};

/// The deepest nesting that is kept; what is deeper is left out.
const DEPTH: usize = 128;
/// The most nodes of one entry, or of the feed's own fields, that are kept.
const NODES: usize = 100_000;
/// The most namespaces in force at one time, and attributes of one element.
const NAMES: usize = 256;
/// How many times the length of the file may be read in vain, for tags that are never closed.
const WASTE: usize = 16;
/// The most entities that a document may define, and the most bytes that each may stand for.
const ENTITIES: usize = 64;
const ENTITY: usize = 512;

/// The family that a feed belongs to, by its root element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// RSS 0.9x and 2.0, and CDF, which is shaped like it.
    Rss,
    /// RSS 0.90 and 1.0, in RDF.
    Rdf,
    /// Atom 0.3 and 1.0.
    Atom,
    /// A sitemap.
    Sitemap,
}

/// What a root element makes of its document.
fn format_of(local: &str) -> Option<Format> {
    Some(match local.to_ascii_lowercase().as_str() {
        "rss" | "channel" | "item" => Format::Rss,
        "rdf" => Format::Rdf,
        "feed" | "entry" => Format::Atom,
        "urlset" => Format::Sitemap,
        _ => return None,
    })
}

impl Format {
    fn is_item(self, vocabulary: Vocabulary, local: &str) -> bool {
        let (own, wanted) = match self {
            Self::Rss | Self::Rdf => (vocabulary == Vocabulary::Plain, "item"),
            Self::Atom => (matches!(vocabulary, Vocabulary::Plain | Vocabulary::Atom), "entry"),
            Self::Sitemap => (matches!(vocabulary, Vocabulary::Plain | Vocabulary::Sitemap), "url"),
        };
        own && local.eq_ignore_ascii_case(wanted)
    }
}

/// What is called with each entry as soon as it is complete.
pub(super) type Sink<'s> = &'s mut dyn FnMut(Format, Element<'_>);

/// Reads a document and hands out its entries, at most `most`.
pub(super) fn read<'a>(text: &'a str, base: &str, most: usize, sink: Sink<'_>) -> Outcome<'a> {
    let mut builder = Builder {
        tree: Tree::new(base),
        open: Vec::new(),
        names: Vec::new(),
        entities: BTreeMap::new(),
        outcome: Findings::default(),
        budget: text.len().saturating_add(1 << 16),
        most,
        sink,
    };
    tokens(text, &mut builder);
    builder.finish()
}

/// Cuts the text into tags and texts; after something unreadable it goes on at the next tag.
fn tokens<'a>(text: &'a str, builder: &mut Builder<'a, '_>) {
    let mut from = 0;
    let mut waste = 0;
    while let Some(again) = scan(text, from, builder) {
        from = again.from;
        waste += again.waste;
        if waste / WASTE > text.len() {
            builder.outcome.cut = true;
            return;
        }
    }
}

/// Where to start again, and how many bytes were read in vain.
struct Again {
    from: usize,
    waste: usize,
}

/// Reads on from `from`; where to start again after something that can't be read, or none at the end.
fn scan<'a>(text: &'a str, from: usize, builder: &mut Builder<'a, '_>) -> Option<Again> {
    let mut reader = Reader::from_str(&text[from..]);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut before = from;
    let mut words = from..from;
    loop {
        let event = reader.read_event();
        let after = from + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX - from);
        let whole = text.get(before..after).unwrap_or_default();
        if let Ok(Event::Text(_) | Event::GeneralRef(_)) = event {
            words = if words.is_empty() { before..after } else { words.start..after };
            before = after;
            continue;
        }
        builder.text(text.get(words.clone()).unwrap_or_default());
        words = after..after;
        if matches!(event, Ok(Event::Start(_) | Event::Empty(_))) && !is_tag(whole) {
            // "1 < 2": a sign, not a tag.
            return Some(Again { from: signs(text, before, builder), waste: whole.len() });
        }
        match event {
            Ok(Event::Start(_)) => builder.start(whole.trim_start_matches('<').trim_end_matches('>')),
            Ok(Event::Empty(_)) => {
                builder.start(whole.trim_start_matches('<').trim_end_matches("/>"));
                builder.close();
            }
            Ok(Event::End(end)) => builder.end(end.name().0.trim()),
            Ok(Event::CData(data)) => builder.characters(data.into_inner()),
            Ok(Event::DocType(kind)) => builder.define(&kind.into_inner()),
            Ok(Event::Eof) => return None,
            Ok(_) => {}
            Err(_) => return restart(text, before, builder),
        }
        if builder.outcome.stopped {
            return None;
        }
        before = after;
    }
}

/// Where to go on after the broken markup that begins at or after `at`.
fn restart<'a>(text: &'a str, at: usize, builder: &mut Builder<'a, '_>) -> Option<Again> {
    builder.outcome.broken = true;
    let open = at + text.get(at..)?.find('<')?;
    if let Some(data) = text[open..].strip_prefix("<![CDATA[") {
        builder.characters(Cow::Borrowed(data));
        return None;
    }
    let waste = text.len() - open;
    if !is_tag(&text[open..]) && !text[open..].starts_with("<!") {
        return Some(Again { from: signs(text, open, builder), waste });
    }
    let from = open + 1 + text[open + 1..].find('<')?;
    Some(Again { from, waste })
}

/// Takes the signs at `at` that begin no tag for text; where they end.
fn signs<'a>(text: &'a str, at: usize, builder: &mut Builder<'a, '_>) -> usize {
    let mut end = at;
    while text[end..].starts_with('<')
        && (end == at || !text[end..].starts_with("<!") && !is_tag(&text[end..]))
    {
        end += 1;
    }
    builder.characters(Cow::Borrowed(&text[at..end]));
    end
}

/// Whether text that begins with `<` goes on as a tag does.
fn is_tag(text: &str) -> bool {
    text[1..].starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '/' | ':' | '?'))
}

struct Open<'a> {
    name: &'a str,
    node: Option<usize>,
    names: usize,
    item: bool,
    own: bool,
}

/// What was met on the way.
#[derive(Default)]
struct Findings {
    format: Option<Format>,
    root: Option<String>,
    stopped: bool,
    broken: bool,
    cut: bool,
    deep: bool,
    large: bool,
    given: usize,
    left: usize,
    beyond: usize,
}

struct Builder<'a, 's> {
    tree: Tree<'a>,
    open: Vec<Open<'a>>,
    names: Vec<(&'a str, Vocabulary)>,
    entities: BTreeMap<String, String>,
    outcome: Findings,
    budget: usize,
    most: usize,
    sink: Sink<'s>,
}

impl<'a> Builder<'a, '_> {
    /// A start tag, from its name to before its `>`.
    fn start(&mut self, tag: &'a str) {
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
    fn end(&mut self, name: &str) {
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
    fn close(&mut self) {
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
    fn text(&mut self, written: &'a str) {
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
    fn characters(&mut self, text: Cow<'a, str>) {
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
    fn define(&mut self, declaration: &str) {
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

    fn finish(mut self) -> Outcome<'a> {
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

/// What is left of a document when its entries have been handed out.
pub(super) struct Outcome<'a> {
    tree: Tree<'a>,
    findings: Findings,
}

impl Outcome<'_> {
    /// The feed's format and root element.
    pub(super) fn root(&self) -> Option<(Format, Element<'_>)> {
        let format = self.findings.format?;
        (self.tree.len() > 0).then(|| (format, self.tree.element(0)))
    }

    /// What the document is instead of a feed.
    pub(super) fn refusal(&self, text: &str) -> Refused {
        let Some(root) = &self.findings.root else {
            let page = text.get(..64).unwrap_or(text).to_ascii_lowercase().contains("<!doctype html");
            return if page { Refused::Page } else { Refused::Text };
        };
        match root.to_ascii_lowercase().as_str() {
            "html" | "head" | "body" => Refused::Page,
            "sitemapindex" => Refused::SitemapIndex,
            "opml" => Refused::FeedList,
            _ => Refused::Root(root.chars().take(60).collect()),
        }
    }

    /// What was mended and left out, in words.
    pub(super) fn notes(&self) -> Vec<String> {
        let found = &self.findings;
        let mut notes = Vec::new();
        if found.cut {
            notes.push("the feed is cut off: its last entry is incomplete and was left out".to_owned());
        } else if found.broken {
            notes.push("the feed's markup is broken and was mended".to_owned());
        }
        if found.left > 0 {
            notes.push(format!("{} entries beyond the first {} were left out", found.left, found.given));
        }
        if found.deep {
            notes.push(format!("elements nested more than {DEPTH} deep were left out"));
        }
        if found.large {
            notes.push(format!("parts of an entry with more than {NODES} elements and texts were left out"));
        }
        notes
    }
}
