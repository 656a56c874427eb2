//! A text in a feed, which may be plain, HTML, XHTML or packed, as a safe fragment of HTML.

use super::clean;
use super::name::Vocabulary;
use super::xml::{Element, Texts};

/// The element's text, or none where it has none that can be read.
pub(super) fn text(element: Element<'_>) -> Option<String> {
    let kind = element.attribute("type").unwrap_or_default().trim().to_ascii_lowercase();
    let mode = element.attribute("mode").unwrap_or_default().trim().to_ascii_lowercase();
    let base = element.base();
    let html = if mode == "base64" || is_packed(&kind) {
        let packed = element.text()?;
        let is_medium =
            kind.starts_with("image/") || kind.starts_with("audio/") || kind.starts_with("video/");
        let unpacked = match unpack(&packed) {
            Some(unpacked) => unpacked,
            None if is_medium => return None,
            None => packed,
        };
        if kind.contains("html") { clean::clean(&unpacked, base) } else { clean::guess(&unpacked, base) }
    } else if element.has_children() || kind.contains("xhtml") {
        // Some feeds say "html", wrap everything in one XHTML element, and escape what is in it all the same.
        let texts = if matches!(kind.as_str(), "html" | "text/html") { Texts::Markup } else { Texts::Words };
        clean::clean(&body(element).markup(texts), base)
    } else {
        let written = element.text()?;
        match kind.as_str() {
            _ if kind.contains("html") => clean::clean(&written, base),
            "text" | "text/plain" if element.vocabulary() == Vocabulary::Atom => clean::plain(&written),
            _ => clean::guess(&written, base),
        }
    };
    let html = html.trim();
    (!html.is_empty()).then(|| html.to_owned())
}

/// The `div` that XHTML content is wrapped in, where that is all there is.
fn body(element: Element<'_>) -> Element<'_> {
    let mut children = element.children();
    match (children.next(), children.next()) {
        (Some(only), None) if only.local() == "div" && only.text() == element.text() => only,
        _ => element,
    }
}

/// Whether a media type means that the text is packed as Base64: all that are neither text nor XML.
fn is_packed(kind: &str) -> bool {
    kind.contains('/')
        && !kind.starts_with("text/")
        && !kind.contains("xml")
        && !kind.contains("html")
        && !kind.contains("json")
}

/// Text from Base64; none where it is not that, or not text.
fn unpack(packed: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(packed.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0);
    for byte in packed.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}
