//! Where a passage stands in the page that it was read from, so that anyone can open the source at its words.
//!
//! An article's text is not the page's: tags are gone, entities resolved, white space single, invisible characters
//! out. What is left of both when that is done to both is the same row of letters, so that a passage is looked for
//! among the letters of the page and its span there is carried back to the bytes it came from. This reads the source
//! a second time and knows nothing of how the body was found: it checks the reader, too.

use language::Span;
use language::hygiene::is_invisible;

use super::feed::markup;

/// How many letters of a passage find its next piece where the page has more between its words.
const ANCHOR: usize = 24;
/// The most bytes that the page may have between two pieces of a passage, and how often.
const SLACK: usize = 400;
const GAPS: usize = 4;
/// The fewest letters that are looked for as a piece.
const LEAST: usize = 8;
/// How many places that begin like the passage are looked at.
const TRIES: usize = 100;

/// A page's letters, and where each came from.
#[derive(Clone, Debug, Default)]
pub struct Places {
    shown: Letters,
    data: Letters,
    /// How many of the shown letters stand before the body.
    head: usize,
}

/// Where a passage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its bytes in the page's source, decoded as UTF-8; tags between its words are part of it.
    pub span: Span,
    /// Whether the source has its letters and no others in between. Where not, the reader left something out there.
    pub exact: bool,
}

/// Letters without what stands between them, and the runs that lead back.
#[derive(Clone, Debug, Default)]
struct Letters {
    text: String,
    runs: Vec<Run>,
}

/// Letters from here on come from the source from there on.
#[derive(Clone, Copy, Debug)]
struct Run {
    letters: usize,
    source: usize,
    /// Bytes of the source that the whole run stands for, where it isn't byte for byte the same.
    width: Option<usize>,
}

impl Letters {
    fn same(&mut self, c: char, at: usize) {
        let letters = self.text.len();
        let joins = self
            .runs
            .last()
            .is_some_and(|run| run.width.is_none() && run.source + (letters - run.letters) == at);
        if !joins {
            self.runs.push(Run { letters, source: at, width: None });
        }
        self.text.push(c);
    }

    fn other(&mut self, text: &str, at: usize, width: usize) {
        let before = self.text.len();
        self.text.extend(text.chars().filter(|&c| counts(c)));
        if self.text.len() > before {
            self.runs.push(Run { letters: before, source: at, width: Some(width) });
        }
    }

    fn source(&self, span: Span) -> Span {
        let run = |at: usize| {
            let next = self.runs.partition_point(|run| run.letters <= at);
            next.checked_sub(1).and_then(|index| self.runs.get(index))
        };
        let start = run(span.start).map_or(0, |run| match run.width {
            None => run.source + (span.start - run.letters),
            Some(_) => run.source,
        });
        let end = run(span.end.saturating_sub(1)).map_or(0, |run| match run.width {
            None => run.source + (span.end - run.letters),
            Some(width) => run.source + width,
        });
        Span::new(start, end.max(start))
    }

    fn find(&self, wanted: &str, from: usize) -> Option<Place> {
        let at = self.text.get(from..)?.find(wanted)? + from;
        Some(Place { span: self.source(Span::new(at, at + wanted.len())), exact: true })
    }

    /// With letters between that the passage lacks: each piece of it in order, the next soon after the one before.
    fn find_pieces(&self, wanted: &str) -> Option<Place> {
        let first = opening(wanted, ANCHOR)?;
        self.text.match_indices(first).take(TRIES).find_map(|(at, _)| {
            let end = pieces(&self.text[at..], wanted)?;
            Some(Place { span: self.source(Span::new(at, at + end)), exact: false })
        })
    }
}

/// How far `text` must be read to have all of `wanted`, which it begins like, with up to [`GAPS`] insertions.
fn pieces(text: &str, wanted: &str) -> Option<usize> {
    let (mut at, mut done) = (0, 0);
    for _ in 0..=GAPS {
        let alike = text[at..].chars().zip(wanted[done..].chars()).take_while(|(a, b)| a == b);
        let alike: usize = alike.map(|(c, _)| c.len_utf8()).sum();
        (at, done) = (at + alike, done + alike);
        if done == wanted.len() {
            return Some(at);
        }
        // A few letters would be found anywhere.
        let next = opening(&wanted[done..], ANCHOR).unwrap_or(&wanted[done..]);
        opening(next, LEAST)?;
        let limit = (at + SLACK + next.len()).min(text.len());
        let limit = (limit..=text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len());
        at += text[at..limit].find(next)?;
    }
    None
}

fn counts(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !is_invisible(c)
}

/// The first letters of a text that has more.
fn opening(text: &str, letters: usize) -> Option<&str> {
    text.char_indices().nth(letters).map(|(end, _)| &text[..end])
}

impl Places {
    /// Takes in a page's bytes, in whatever encoding they are; see [`super::page::read_sent`].
    #[must_use]
    pub fn read(bytes: &[u8], url: Option<&str>, content_type: Option<&str>) -> Self {
        Self::of(&super::page::decode(bytes, url, content_type))
    }

    /// Takes in a page's source: HTML, or JSON whose strings hold the text.
    #[must_use]
    pub fn of(source: &str) -> Self {
        let mut places = Self::default();
        if source.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']) {
            quoted(source, 0, &mut places.data);
        } else {
            places.page(source);
        }
        places
    }

    fn page(&mut self, source: &str) {
        let mut at = 0;
        while let Some(c) = source[at..].chars().next() {
            let rest = &source[at..];
            at += match c {
                '<' => self.tag(rest, at),
                '&' => entity(rest, at, &mut self.shown),
                c => {
                    if counts(c) {
                        self.shown.same(c, at);
                    }
                    c.len_utf8()
                }
            };
        }
    }

    /// Passes a tag, a comment, or an element whose content is no text, and says how long it is.
    fn tag(&mut self, rest: &str, at: usize) -> usize {
        if let Some(comment) = rest.strip_prefix("<!--") {
            return comment.find("-->").map_or(rest.len(), |end| 4 + end + 3);
        }
        let starts = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !starts {
            self.shown.same('<', at);
            return 1;
        }
        let end = close(rest);
        let is = |name: &str| {
            let bytes = rest.as_bytes();
            let name = name.as_bytes();
            bytes.get(1..=name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
                && bytes.get(name.len() + 1).is_none_or(|byte| !byte.is_ascii_alphanumeric())
        };
        if is("body") {
            self.head = self.shown.text.len();
        }
        let Some(name) = ["script", "style"].into_iter().find(|name| is(name)) else { return end };
        let inner = &rest[end..];
        let length = find_close(inner, name).unwrap_or(inner.len());
        if name == "script" {
            quoted(&inner[..length], at + end, &mut self.data);
        }
        end + length
    }

    /// Where the passage stands: in the body if it can be, else in the head or in a script's data; with letters between
    /// that the passage lacks only where it stands nowhere whole.
    #[must_use]
    pub fn find(&self, passage: &str) -> Option<Place> {
        let wanted: String = passage.chars().filter(|&c| counts(c)).collect();
        if wanted.is_empty() {
            return None;
        }
        let whole = self.shown.find(&wanted, self.head).or_else(|| self.shown.find(&wanted, 0));
        whole
            .or_else(|| self.data.find(&wanted, 0))
            .or_else(|| self.shown.find_pieces(&wanted))
            .or_else(|| self.data.find_pieces(&wanted))
    }
}

/// Where the tag at the start of `rest` ends; a `>` inside of a quoted value doesn't end it, unless the quotation mark
/// is never closed.
fn close(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while let Some(step) = bytes[at..].iter().position(|byte| matches!(byte, b'>' | b'"' | b'\'')) {
        at += step;
        let mark = bytes[at];
        if mark == b'>' {
            return at + 1;
        }
        let opens = bytes[at - 1] == b'=' || bytes[at - 1].is_ascii_whitespace();
        let closing = if opens { bytes[at + 1..].iter().position(|byte| *byte == mark) } else { None };
        at += closing.map_or(1, |end| end + 2);
    }
    rest.len()
}

/// Where the closing tag of that name begins.
fn find_close(inner: &str, name: &str) -> Option<usize> {
    inner.match_indices("</").map(|(at, _)| at).find(|at| {
        let after = &inner.as_bytes()[at + 2..];
        after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// Takes in what an ampersand begins, and says how long that is.
fn entity(rest: &str, at: usize, letters: &mut Letters) -> usize {
    let length = markup::reference(&rest[1..]).unwrap_or(0);
    let mut value = String::new();
    if length > 0 && markup::resolve(&rest[1..=length], &mut value) {
        letters.other(&value, at, length + 2);
        return length + 2;
    }
    letters.same('&', at);
    1
}

/// Takes in a script or JSON, escapes resolved, tags and entities inside its strings too.
fn quoted(source: &str, offset: usize, letters: &mut Letters) {
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        at += match c {
            '\\' => escape(rest, offset + at, letters),
            '&' => entity(rest, offset + at, letters),
            '<' if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
                rest.bytes().take(2000).position(|byte| byte == b'>').map_or(1, |end| end + 1)
            }
            c => {
                if counts(c) {
                    letters.same(c, offset + at);
                }
                c.len_utf8()
            }
        };
    }
}

/// Takes in what a backslash begins, and says how long that is.
fn escape(rest: &str, at: usize, letters: &mut Letters) -> usize {
    let unit = |from: usize| {
        let digits = rest.get(from..from + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    if let Some(first) = unit(0) {
        let (value, length) = match (first, unit(6)) {
            (0xd800..=0xdbff, Some(second @ 0xdc00..=0xdfff)) => {
                (0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00), 12)
            }
            _ => (first, 6),
        };
        match char::from_u32(value) {
            // A tag that is spelled in escapes.
            Some('<') => return length + tag_spelled(&rest[length..]),
            Some(c) => letters.other(c.encode_utf8(&mut [0; 4]), at, length),
            None => {}
        }
        return length;
    }
    match rest[1..].chars().next() {
        Some(c @ ('"' | '\'' | '\\' | '/')) => {
            letters.other(c.encode_utf8(&mut [0; 4]), at, 2);
            2
        }
        Some(c) if c.is_ascii() => 2,
        _ => 1,
    }
}

/// The length of what is left of a tag whose `<` was spelled as an escape, as its `>` is; nothing where it is none.
fn tag_spelled(rest: &str) -> usize {
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '\\')) {
        return 0;
    }
    let near = (0..=rest.len().min(2000)).rev().find(|&end| rest.is_char_boundary(end)).unwrap_or(0);
    let end =
        ["\\u003e", "\\u003E", ">"].iter().filter_map(|mark| Some(rest[..near].find(mark)? + mark.len()));
    end.min().unwrap_or(0)
}

#[cfg(test)]
mod tests;
