//! Bytes to text, because a page says its encoding in three places and is often wrong in two.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes at the start may hold the encoding's name.
const HEAD: usize = 4096;

/// The page's text and, where characters could not be read, a note.
pub(super) fn decode(bytes: &[u8]) -> (String, Option<String>) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return finish(encoding, bytes);
    }
    let zeros = bytes.iter().take(HEAD).filter(|&&b| b == 0).count() * 4 > bytes.len().min(HEAD);
    if zeros {
        return finish(guess(bytes), bytes);
    }
    // Text that is valid UTF-8 and has bytes above ASCII is hardly ever anything else, whatever the page says.
    if let Ok(text) = std::str::from_utf8(bytes)
        && (!text.is_ascii() || declared(bytes).is_none_or(Encoding::is_ascii_compatible))
    {
        return (text.to_owned(), None);
    }
    finish(declared(bytes).unwrap_or_else(|| guess(bytes)), bytes)
}

fn finish(encoding: &'static Encoding, bytes: &[u8]) -> (String, Option<String>) {
    let (text, used, broken) = encoding.decode(bytes);
    let note = broken.then(|| format!("some characters could not be read as {}", used.name()));
    (text.into_owned(), note)
}

/// The encoding named by `<meta charset>`, `<meta http-equiv>` or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(HEAD).map(|&b| if b < 128 { b as char } else { ' ' }).collect();
    let head = head.to_ascii_lowercase();
    let at = head.find("charset=").map(|at| at + 8).or_else(|| head.find("encoding=").map(|at| at + 9))?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
        .collect();
    let named = Encoding::for_label(label.as_bytes())?;
    // A page whose meta tag could be read byte by byte is not UTF-16.
    Some(if named == UTF_16LE || named == UTF_16BE { UTF_8 } else { named })
}

/// UTF-16 shows by its zero bytes; stray bytes in UTF-8 stay UTF-8; the rest is the web's usual Latin.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(HEAD)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    if zeros(1) * 4 > head.len() {
        return UTF_16LE;
    }
    if zeros(0) * 4 > head.len() {
        return UTF_16BE;
    }
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > bad { UTF_8 } else { WINDOWS_1252 }
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
            assert_eq!(decode(&bytes).0, expected);
        }
        assert!(decode(b"<meta charset=utf-8><p>ab\xffc").1.is_some());
    }
}
