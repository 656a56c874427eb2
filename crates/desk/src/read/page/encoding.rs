//! Bytes to text, because a page says its encoding in three places and is often wrong in two.
//!
//! In order of trust: the byte order mark; bytes that can hardly be anything but UTF-8 or UTF-16; the header it was
//! sent with; the page's own `<meta>`; a guess from the bytes. What is said is not believed where the bytes deny it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes at the start may hold the encoding's name.
const HEAD: usize = 4096;
/// How many bytes the guess looks at.
const LOOK: usize = 128 << 10;

/// The page's text and, where its encoding is in doubt or characters could not be read, a note. `header` is the
/// `Content-Type` that the page came with, `url` its address: a country's domain tips a close guess.
pub(super) fn decode(bytes: &[u8], header: Option<&str>, url: Option<&str>) -> (String, Option<String>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return finish(encoding, &bytes[mark..]);
    }
    let sent = header.and_then(|header| named(header.as_bytes()));
    if let Some(wide) = wide(bytes, sent) {
        return finish(wide, bytes);
    }
    // A page whose meta tag could be read byte by byte is not UTF-16.
    let said = sent.or_else(|| declared(bytes)).map(|said| if is_wide(said) { UTF_8 } else { said });
    // Text that is valid UTF-8 and has bytes above ASCII is hardly ever anything else, whatever the page says.
    if let Ok(text) = std::str::from_utf8(bytes)
        && (!text.is_ascii() || said.is_none_or(Encoding::is_ascii_compatible))
    {
        return (text.to_owned(), None);
    }
    let Some(said) = said else { return finish(guess(bytes, url), bytes) };
    let (text, note) = finish(said, bytes);
    if note.is_none() || !denies(&text) {
        return (text, note);
    }
    let guessed = guess(bytes, url);
    if guessed == said {
        return (text, note);
    }
    let note = format!("the page calls itself {} and was read as {}", said.name(), guessed.name());
    (finish(guessed, bytes).0, Some(note))
}

fn finish(encoding: &'static Encoding, bytes: &[u8]) -> (String, Option<String>) {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let note = broken.then(|| format!("some characters could not be read as {}", encoding.name()));
    (text.into_owned(), note)
}

/// Whether more characters above ASCII were lost than read.
fn denies(text: &str) -> bool {
    let lost = text.matches(char::REPLACEMENT_CHARACTER).count();
    let read = text.chars().filter(|c| !c.is_ascii()).count() - lost;
    lost > read
}

/// The encoding that a header, or what stands inside of a tag, names behind `charset=` or `encoding=`.
fn named(text: &[u8]) -> Option<&'static Encoding> {
    let text: String =
        text.iter().map(|&b| if b < 128 { char::from(b.to_ascii_lowercase()) } else { ' ' }).collect();
    ["charset", "encoding"].iter().find_map(|word| {
        text.match_indices(word).find_map(|(at, _)| {
            let value = text[at + word.len()..].trim_start().strip_prefix('=')?;
            let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'');
            let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
            Encoding::for_label_no_replacement(&value.as_bytes()[..end.unwrap_or(value.len())])
        })
    })
}

/// The encoding named by `<meta charset>`, `<meta http-equiv>` or an XML declaration; other tags and comments are
/// not asked.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let mut rest = &bytes[..bytes.len().min(HEAD)];
    while let Some(at) = rest.iter().position(|&b| b == b'<') {
        rest = &rest[at..];
        if rest.starts_with(b"<!--") {
            rest = &rest[rest.windows(3).position(|three| three == b"-->")?..];
            continue;
        }
        let end = rest.iter().position(|&b| b == b'>').unwrap_or(rest.len());
        let tag = &rest[..end];
        let is = |name: &[u8]| tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        if (is(b"<meta") || is(b"<?xml"))
            && let Some(encoding) = named(tag)
        {
            return Some(encoding);
        }
        rest = &rest[1..];
    }
    None
}

fn is_wide(encoding: &Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// UTF-16 shows by its zero bytes, for markup is ASCII. A few are enough where the header says so.
fn wide(bytes: &[u8], sent: Option<&'static Encoding>) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = if sent.is_some_and(is_wide) { 1 } else { head.len() / 4 + 1 };
    if odd >= enough && odd > even {
        return Some(UTF_16LE);
    }
    (even >= enough && even > odd).then_some(UTF_16BE)
}

/// Stray bytes in UTF-8 stay UTF-8; of the rest the detector that browsers use says what it is likeliest.
fn guess(bytes: &[u8], url: Option<&str>) -> &'static Encoding {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > bad {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let head = &bytes[..bytes.len().min(LOOK)];
    detector.feed(head, head.len() == bytes.len());
    detector.guess(url.and_then(country).as_deref().map(str::as_bytes), Utf8Detection::Deny)
}

/// The last part of the host's name, in a form that the detector takes.
fn country(url: &str) -> Option<String> {
    let host = crate::families::host(url)?;
    let last = host.rsplit('.').next()?.to_owned();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (!last.is_empty() && last.chars().all(fits)).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_found_by_mark_name_or_guess() {
        let utf16: Vec<u8> = "<p>Vell Łąka".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut marked = vec![0xff, 0xfe];
        marked.extend(&utf16);
        for (bytes, expected) in [
            ("<p>Łąka".as_bytes().to_vec(), "<p>Łąka"),
            (b"<meta charset=\"iso-8859-2\"><p>\xa3\xb1ka".to_vec(), "<meta charset=\"iso-8859-2\"><p>Łąka"),
            (b"<p>caf\xe9".to_vec(), "<p>café"),
            (b"<meta charset=nonsense><p>caf\xe9".to_vec(), "<meta charset=nonsense><p>café"),
            (marked, "<p>Vell Łąka"),
            (utf16, "<p>Vell Łąka"),
            (Vec::new(), ""),
        ] {
            assert_eq!(decode(&bytes, None, None).0, expected);
        }
        assert!(decode(b"<meta charset=utf-8><p>ab\xffc", None, None).1.is_some());
    }

    #[test]
    fn only_a_meta_tag_or_a_declaration_names_the_encoding() {
        let check = |head: &str, expected: Option<&str>| {
            assert_eq!(declared(head.as_bytes()).map(Encoding::name), expected, "{head}");
        };
        check("<meta charset=windows-1251>", Some("windows-1251"));
        check("<META CONTENT='text/html; Charset = \"EUC-KR\"'>", Some("EUC-KR"));
        check("<?xml version=\"1.0\" encoding='iso-8859-2'?>", Some("ISO-8859-2"));
        check("<!-- <meta charset=gbk> --><meta charset=big5>", Some("Big5"));
        check("<script src=a.js charset=gbk></script><meta charset=big5>", Some("Big5"));
        check("<meta charset=nonsense><meta charset=big5>", Some("Big5"));
        check("<meta charset=hz-gb-2312>", None);
        check("<meta charset", None);
        check("<!-- <meta charset=gbk>", None);
        check("", None);
    }

    #[test]
    fn any_address_gives_a_country_that_the_detector_takes() {
        for url in [
            "https://a.example.JP/",
            "https://münchen.example.рф/",
            "https://192.0.2.1/",
            "https://[::1]/",
            "x",
            "",
        ] {
            let _ = decode(b"<p>caf\xe9", None, Some(url));
        }
        assert_eq!(country("https://a.example.JP/b").as_deref(), Some("jp"));
        assert_eq!(country("https://[2001:db8::1]/"), None);
    }
}
