//! Tags, attributes and entities as they are written: what the reading of feeds and the cleaning of HTML share.

use std::borrow::Cow;

/// The attributes of a tag, from what stands after its name. Never fails: quotes and values may be missing.
pub(super) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Attributes<'a> {
    /// Reads the text between the tag's name and its `>`.
    pub(super) fn new(rest: &'a str) -> Self {
        Self { rest }
    }
}

impl<'a> Iterator for Attributes<'a> {
    /// Name and value as written; entities are not resolved.
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let stray = |c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '=' | '>');
        let rest = self.rest.trim_start_matches(stray);
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/' | '>')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if name.is_empty() {
            return None;
        }
        let Some(value) = after.trim_start().strip_prefix('=') else {
            self.rest = after;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let (value, rest) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = &value[1..];
                match inner.find(quote) {
                    Some(end) => (&inner[..end], &inner[end + 1..]),
                    None => (inner, ""),
                }
            }
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// Resolves every entity in a text, markup's own five too; unknown ones stay as written.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = reference(&rest[1..]).unwrap_or(0);
        if length > 0 && resolve(&rest[1..=length], &mut out) {
            rest = &rest[length + 2..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The length of the reference's name where `text`, which follows an ampersand, goes on as `name;`.
pub(in crate::read) fn reference(text: &str) -> Option<usize> {
    let end = text.bytes().take(40).position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'#'))?;
    (end > 0 && text.as_bytes()[end] == b';').then_some(end)
}

/// Appends what an entity stands for, `name` being what is between `&` and `;`. False where nothing is known.
pub(in crate::read) fn resolve(name: &str, out: &mut String) -> bool {
    if let Some(number) = name.strip_prefix('#') {
        let value = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        let Some(value) = value.ok().and_then(character) else { return false };
        out.push(value);
        return true;
    }
    // quick-xml has such a table too, but its version 0.42 cuts the code points of many Greek letters short.
    let table = &html_escape::NAMED_ENTITIES;
    let Ok(at) = table.binary_search_by(|(known, _)| (*known).cmp(name.as_bytes())) else { return false };
    out.push_str(table[at].1);
    true
}

/// The character that a number means: C1 controls are meant as Windows-1252, other controls as nothing.
pub(super) fn character(value: u32) -> Option<char> {
    match value {
        0x80..=0x9f => {
            let byte = [u8::try_from(value).ok()?];
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next()
        }
        0x09 | 0x0a | 0x0d => char::from_u32(value),
        0..=0x1f | 0x7f => Some(' '),
        _ => char::from_u32(value),
    }
}

/// Appends text so that it is read back as the same text by a parser of HTML or XML.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
}

/// Appends an attribute's value for double quotes.
pub(super) fn escape_value(value: &str, out: &mut String) {
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

/// The name of the first start tag, comments and declarations left out.
pub(super) fn first_tag(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = &rest[rest.find('<')? + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->")?..];
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
            return Some(&rest[..end]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_whatever_their_quotes() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            assert_eq!(Attributes::new(text).collect::<Vec<_>>(), expected, "{text}");
        };
        check(" href='a b' x=1 y", &[("href", "a b"), ("x", "1"), ("y", "")]);
        check("a=\"1\"b = '2'/", &[("a", "1"), ("b", "2")]);
        check("a=\"open", &[("a", "open")]);
        check(" > > ", &[]);
        check("=\"'/", &[]);
        check("é=ü", &[("é", "ü")]);
    }

    #[test]
    fn entities_are_resolved_once_and_unknown_ones_stay() {
        let check = |text: &str, expected: &str| assert_eq!(unescape(text), expected);
        check("Smith & Sons &amp;amp; &eacute;&#233;&#xE9; &#146;", "Smith & Sons &amp; ééé ’");
        check("&nosuch; &; &#; &#xffffffff; &", "&nosuch; &; &#; &#xffffffff; &");
    }
}
