//! One pass over a text: invisible characters out, white space single, composed form.

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::fate::{Fate, fate, flag, is_credential};
use super::map::Map;
use super::tally::{Kind, Tally};
use super::{Breaks, Letters, Manner, Step};
use crate::Span;

/// Below this, no character joins the one before it.
const PLAIN: char = '\u{300}';

/// Makes `source` clean but for misread bytes.
pub(super) fn normal(source: &str, manner: Manner, tally: &mut Tally) -> Step {
    let mut out = Writer::new(source, manner);
    let mut gap: Option<Gap> = None;
    let (mut at, mut flagged) = (0, 0);
    while let Some(c) = source[at..].chars().next() {
        let plain = run(&source.as_bytes()[at..]);
        if plain > 0 {
            out.close(gap.take(), tally);
            out.copy(Span::new(at, at + plain), tally);
            at += plain;
            continue;
        }
        let (start, end) = (at, at + c.len_utf8());
        at = end;
        let kept =
            if start < flagged { Fate::Keep(c) } else { fate(c, out.before(gap.as_ref()), &source[end..]) };
        match kept {
            Fate::Keep(now) => {
                tally.add(Kind::Misread, usize::from(now != c));
                if c == '🏴' {
                    flagged = end + flag(&source[end..]);
                }
                out.close(gap.take(), tally);
                out.put(now, Span::new(start, end), tally);
            }
            Fate::Drop(kind) => {
                tally.add(kind, 1);
                let credential = kind == Kind::Selector && is_credential(&source[start..]);
                tally.add(Kind::Credential, usize::from(credential));
            }
            Fate::Blank | Fate::Break => {
                tally.add(Kind::Space, usize::from(!matches!(c, ' ' | '\t' | '\n' | '\r')));
                let breaking = kept == Fate::Break && !(c == '\n' && source[..start].ends_with('\r'));
                let gap = gap.get_or_insert(Gap { span: Span::new(start, end), breaks: 0 });
                gap.span.end = end;
                gap.breaks += usize::from(breaking);
            }
        }
    }
    out.finish(tally)
}

/// How many bytes from the start are visible ASCII with single blanks inside: most of most texts.
pub(super) fn run(bytes: &[u8]) -> usize {
    let seen = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_graphic);
    let mut len = 0;
    while seen(len) || len > 0 && bytes.get(len) == Some(&b' ') && seen(len + 1) {
        len += 1;
    }
    len
}

/// White space that is written when something follows it.
struct Gap {
    span: Span,
    breaks: usize,
}

/// Writes the text segment by segment: a segment is what may change together when it is composed.
struct Writer<'s> {
    source: &'s str,
    manner: Manner,
    text: String,
    map: Map,
    segment: String,
    from: Span,
    /// The last character that was kept and is no mark upon another, for its order does not change.
    base: Option<char>,
}

impl<'s> Writer<'s> {
    fn new(source: &'s str, manner: Manner) -> Self {
        Self {
            source,
            manner,
            text: String::with_capacity(source.len()),
            map: Map::default(),
            segment: String::new(),
            from: Span::new(0, 0),
            base: None,
        }
    }

    /// The base of what was kept last; a blank where white space follows it.
    fn before(&self, gap: Option<&Gap>) -> Option<char> {
        if gap.is_some() { Some(' ') } else { self.base }
    }

    /// Writes the white space that stood before what comes now; none at the start.
    fn close(&mut self, gap: Option<Gap>, tally: &mut Tally) {
        let Some(gap) = gap.filter(|_| !(self.text.is_empty() && self.segment.is_empty())) else { return };
        self.flush(tally);
        self.segment.push_str(match (self.manner.breaks, gap.breaks) {
            (Breaks::Joined, _) | (Breaks::Kept, 0) => " ",
            (Breaks::Kept, 1) => "\n",
            (Breaks::Kept, _) => "\n\n",
        });
        self.from = gap.span;
    }

    /// Takes a run of ASCII over. Its last character stays open: a mark may follow it.
    fn copy(&mut self, from: Span, tally: &mut Tally) {
        self.flush(tally);
        let head = Span::new(from.start, from.end - 1);
        self.text.push_str(head.of(self.source));
        self.map.push(head, head.end - head.start, true);
        let last = char::from(self.source.as_bytes()[head.end]);
        self.put(last, Span::new(head.end, from.end), tally);
    }

    fn put(&mut self, c: char, from: Span, tally: &mut Tally) {
        if begins(c) {
            self.flush(tally);
        }
        if self.segment.is_empty() {
            self.from.start = from.start;
        }
        self.segment.push(c);
        self.from.end = from.end;
        self.base = settled(c).or(self.base);
    }

    fn flush(&mut self, tally: &mut Tally) {
        if self.segment.is_empty() {
            return;
        }
        let start = self.text.len();
        if self.manner.letters == Letters::AsWritten
            || is_nfc_quick(self.segment.chars()) == IsNormalized::Yes
        {
            self.text.push_str(&self.segment);
        } else {
            self.text.extend(self.segment.nfc());
            tally.add(Kind::Composed, usize::from(self.text[start..] != self.segment));
        }
        let same = self.from.of(self.source) == &self.text[start..];
        self.map.push(self.from, self.text.len() - start, same);
        self.segment.clear();
    }

    fn finish(mut self, tally: &mut Tally) -> Step {
        self.flush(tally);
        self.map.finish(self.source.len());
        Step { text: self.text, map: self.map }
    }
}

/// Whether nothing before this character can change together with it.
fn begins(c: char) -> bool {
    if c < PLAIN {
        return true;
    }
    let mut first = None;
    decompose_canonical(c, |part| first = first.or(Some(part)));
    first.is_some_and(|first| {
        canonical_combining_class(first) == 0 && is_nfc_quick(std::iter::once(first)) == IsNormalized::Yes
    })
}

/// What a character is to those behind it once it is composed: the last part of it that is no mark; nothing for a mark.
fn settled(c: char) -> Option<char> {
    if c < PLAIN {
        return Some(c);
    }
    let mut last = None;
    let mut part = |part| {
        if canonical_combining_class(part) == 0 {
            last = Some(part);
        }
    };
    match is_nfc_quick(std::iter::once(c)) {
        IsNormalized::No => decompose_canonical(c, part),
        _ => part(c),
    }
    last
}
