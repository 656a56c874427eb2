//! A page's tags one after another, for what needs no tree: comments and what stands in scripts are passed over.

use super::markup::{self, Attributes};

/// How many attributes of a tag are looked at, and how much text behind one is given.
const ATTRIBUTES: usize = 64;
const WORDS: usize = 400;

/// Goes through a page's start tags.
pub(crate) struct Scan<'p> {
    rest: &'p str,
}

/// A start tag.
pub(crate) struct Tag<'p> {
    /// Its name in lower case.
    pub(crate) name: String,
    inside: &'p str,
}

impl<'p> Scan<'p> {
    pub(crate) fn new(page: &'p str) -> Self {
        Self { rest: page }
    }

    /// The next start tag.
    pub(crate) fn tag(&mut self) -> Option<Tag<'p>> {
        loop {
            self.rest = &self.rest[self.rest.find('<')? + 1..];
            if let Some(comment) = self.rest.strip_prefix("!--") {
                self.rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            if !self.rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let end = self.rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<'));
            let (name, after) = self.rest.split_at(end.unwrap_or(self.rest.len()));
            let name = name.to_ascii_lowercase();
            let close = tag_end(after);
            let inside = &after[..close];
            self.rest = &after[close..];
            if matches!(name.as_str(), "script" | "style" | "template" | "noembed") {
                self.skip(&name);
            }
            return Some(Tag { name, inside });
        }
    }

    /// The words that stand behind the tag that was given last, up to the end of its element or so.
    pub(crate) fn words(&self) -> String {
        let mut end = self.rest.len().min(WORDS);
        end = self.rest.floor_char_boundary(end);
        let text = self.rest[..end].trim_start_matches('>');
        let text = text.find("</a").or_else(|| text.find("</A")).map_or("", |close| &text[..close]);
        let mut out = String::new();
        for (at, part) in text.split('<').enumerate() {
            let words = if at == 0 { Some(part) } else { part.split_once('>').map(|(_, words)| words) };
            out.push_str(words.unwrap_or_default());
        }
        markup::unescape(&out).into_owned()
    }

    /// Passes over what an element holds that is no markup.
    fn skip(&mut self, name: &str) {
        let mut rest = self.rest;
        while let Some(at) = rest.find("</") {
            rest = &rest[at + 2..];
            if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
                self.rest = rest;
                return;
            }
        }
        self.rest = "";
    }
}

impl Tag<'_> {
    /// The value of an attribute, its entities resolved.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = Attributes::new(self.inside).take(ATTRIBUTES);
        let (_, value) = attributes.find(|(found, _)| found.eq_ignore_ascii_case(name))?;
        Some(markup::unescape(value).into_owned())
    }
}

/// Where a tag ends: at its `>` outside of quotes, or where a quote that is never closed makes that unknown, at the
/// next one.
fn tag_end(inside: &str) -> usize {
    const LONGEST: usize = 16 << 10;
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in inside.bytes().enumerate().take(LONGEST) {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    let near = inside.as_bytes().iter().take(LONGEST).position(|byte| *byte == b'>');
    near.unwrap_or_else(|| inside.floor_char_boundary(inside.len().min(LONGEST)))
}
