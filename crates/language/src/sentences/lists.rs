//! List markers (`1.`, `2)`, `3.)`, `a.`, `• 4.`) that begin an item, at the head of a line or inside it.

use crate::Span;

/// A list marker: its number (letters count from one), what closes it, and its length in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    number: u32,
    lettered: bool,
    close: &'static str,
    len: usize,
}

impl Marker {
    /// Its length in bytes, bullets included.
    pub(super) fn len(self) -> usize {
        self.len
    }
}

/// The marker that `text` opens with, if it opens with one.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let bullet: usize = text
        .chars()
        .take(6)
        .take_while(|c| matches!(c, '•' | '⁃' | '*' | '·' | '-' | '–' | ' '))
        .map(char::len_utf8)
        .sum();
    let body = &text[bullet..];
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let (number, lettered, len) = if (1..=3).contains(&digits) {
        (body[..digits].parse().ok()?, false, digits)
    } else {
        match body.bytes().next() {
            Some(letter @ b'a'..=b'z') => (u32::from(letter - b'a') + 1, true, 1),
            _ => return None,
        }
    };
    let rest = &body[len..];
    let close = [".)", ")", "."].into_iter().find(|close| rest.starts_with(close))?;
    rest[close.len()..].starts_with(char::is_whitespace).then_some(Marker {
        number,
        lettered,
        close,
        len: bullet + len + close.len(),
    })
}

/// The further markers of a line that opens with a list marker: those of the same form that count on by
/// one, each from its first byte to where its item's words begin.
pub(super) fn items(text: &str, line: Span) -> Vec<Span> {
    let mut starts = Vec::new();
    let body = line.of(text);
    let head = body.len() - body.trim_start().len();
    let Some(mut last) = marker(&body[head..]) else { return starts };
    let mut at = head + last.len;
    while let Some(gap) = body[at..].find(char::is_whitespace) {
        let word = at + gap;
        let next = word + (body[word..].len() - body[word..].trim_start().len());
        if let Some(found) = marker(&body[next..])
            && found.number == last.number + 1
            && (found.lettered, found.close) == (last.lettered, last.close)
        {
            at = next + found.len;
            let words = at + (body[at..].len() - body[at..].trim_start().len());
            starts.push(Span::new(line.start + next, line.start + words));
            last = found;
        } else {
            at = next;
        }
        if at >= body.len() {
            break;
        }
    }
    starts
}
