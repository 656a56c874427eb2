//! A feed's bytes → text: by byte order mark, by the XML declaration, or by guess.
//!
//! Declarations lie: a feed that says UTF-8 may hold single bytes of Windows-1252. Those are read as what they
//! are instead of being lost.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text, and a note where its encoding had to be guessed.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<String>) {
    if let Some(little) = wide(bytes) {
        return (Cow::Owned(utf32(bytes, little)), None);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = &bytes[mark..];
        return if encoding == UTF_8 {
            utf8(rest)
        } else {
            (encoding.decode_without_bom_handling(rest).0, None)
        };
    }
    match bytes {
        [b'<', 0, _, _, ..] => return (UTF_16LE.decode_without_bom_handling(bytes).0, None),
        [0, b'<', 0, _, ..] => return (UTF_16BE.decode_without_bom_handling(bytes).0, None),
        _ => {}
    }
    match declared(bytes) {
        Some(encoding) if encoding != UTF_8 && encoding != UTF_16LE && encoding != UTF_16BE => {
            (encoding.decode_without_bom_handling(bytes).0, None)
        }
        _ => utf8(bytes),
    }
}

/// Whether the bytes are UTF-32 in little (true) or big endian, by mark or by the first `<`.
fn wide(bytes: &[u8]) -> Option<bool> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [b'<', 0, 0, 0, ..] => Some(true),
        [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, b'<', ..] => Some(false),
        _ => None,
    }
}

fn utf32(bytes: &[u8], little: bool) -> String {
    let scalar = |four: &[u8]| {
        let four = [four[0], four[1], four[2], four[3]];
        let value = if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) };
        char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    bytes.chunks_exact(4).map(scalar).filter(|c| *c != '\u{feff}').collect()
}

/// UTF-8 in which each byte that can't be is read as Windows-1252.
fn utf8(bytes: &[u8]) -> (Cow<'_, str>, Option<String>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), None);
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    (Cow::Owned(text), Some("bytes that are not UTF-8 were read as Windows-1252".to_owned()))
}

/// The encoding that the XML declaration names, if any.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024)];
    let start = find(head, b"<?xml")?;
    let head = &head[start..];
    let head = &head[..find(head, b">")?];
    let rest = &head[find(head, b"encoding")? + 8..];
    let open = rest.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let rest = &rest[open + 1..];
    let close = rest.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    Encoding::for_label(&rest[..close])
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes).0, expected);
    }

    #[test]
    fn mark_declaration_and_guess() {
        check("\u{feff}<a>é</a>".as_bytes(), "<a>é</a>");
        check(b"<?xml version='1.0' encoding='koi8-r'?>\xc1", "<?xml version='1.0' encoding='koi8-r'?>а");
        check(b"<?xml encoding=\"utf-8\"?>don\x92t \xc3\xa9", "<?xml encoding=\"utf-8\"?>don’t é");
        check(b"<?xml encoding=\"utf-16\"?>plain", "<?xml encoding=\"utf-16\"?>plain");
        check(b"<\0a\0>\0", "<a>");
        check(b"\xfe\xff\0<\0a\0>", "<a>");
        check(b"<\0\0\0a\0\0\0>\0\0\0", "<a>");
        check(b"", "");
    }
}
