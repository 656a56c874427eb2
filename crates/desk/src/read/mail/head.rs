//! A mail told by its head, and its parts counted before anything is taken apart.

/// Fields of which a mail has at least one, and a page or feed behind a server's head has none.
const OWN: [&str; 9] = [
    "from",
    "date",
    "subject",
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "snapshot-content-location",
];

/// The most lines of a head that are looked at.
const LINES: usize = 64;

/// Whether bytes begin as a mail does: with two header fields or more, one of them a mail's own.
#[must_use]
pub fn looks_like_mail(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (mut fields, mut own) = (0, false);
    let mut lines = bytes.split(|byte| *byte == b'\n').take(LINES).peekable();
    while let Some(line) = lines.next() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if fields > 0 && matches!(line[0], b' ' | b'\t') {
            continue;
        }
        let Some(name) = field(line) else {
            // The last line that was seen may be cut short.
            if lines.peek().is_none() && fields > 0 {
                break;
            }
            return false;
        };
        fields += 1;
        own |= OWN.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()));
    }
    fields >= 2 && own
}

/// The name of the field that a line begins.
fn field(line: &[u8]) -> Option<&[u8]> {
    let end = line.iter().position(|byte| *byte == b':')?;
    let name = line[..end].trim_ascii_end();
    let letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (name.first().is_some_and(u8::is_ascii_alphabetic) && name.iter().all(letter)).then_some(name)
}

/// How many parts a mail may have at most: each that is more than bare text says its type. Counted no further than
/// one beyond `most`.
pub(super) fn parts(bytes: &[u8], most: usize) -> usize {
    const WORD: &[u8] = b"content-type";
    const DASH: usize = 7;
    let dashes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'-');
    let words = dashes.filter_map(|(at, _)| {
        let begin = at.checked_sub(DASH)?;
        bytes.get(begin..begin + WORD.len())
    });
    words.filter(|word| word.eq_ignore_ascii_case(WORD)).take(most + 1).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_known_by_its_head() {
        for (text, expected) in [
            ("From: a@b.example\r\nSubject: Rain\r\n\r\nIt rained.", true),
            ("Received: from x\n\tby y; Mon, 9 Mar 2026\nX-Odd_One: 1\n\nText", true),
            ("\u{feff}MIME-Version: 1.0\nContent-Type: text/html\n\n", true),
            ("Date: today\nFrom: cut", true),
            ("Subject: one\nDate: two\nThis is cut sho", true),
            ("Subject: one\nThis is prose\nand more of it\n\n", false),
            ("From: the editor\n\nOne field is not enough", false),
            ("Content-Type: text/xml\nX-Served-By: cache\n\n<rss/>", false),
            ("Note: rain\nWarning: wind\n\n", false),
            ("HTTP/1.1 200 OK\nDate: x\nFrom: y\n\n", false),
            ("<html>", false),
            ("", false),
        ] {
            assert_eq!(looks_like_mail(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn parts_are_counted_no_further_than_asked() {
        assert_eq!(parts(b"Content-Type: a\ncontent-TYPE: b\n--Content-Typ", 10), 2);
        assert_eq!(parts(&b"Content-Type: a\n".repeat(50), 9), 10);
        assert_eq!(parts(b"", 1), 0);
        assert_eq!(parts(b"-content-type", 1), 1);
        assert_eq!(parts(b"----------content-type", 1), 1);
    }
}
