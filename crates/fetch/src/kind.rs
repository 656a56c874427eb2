//! What a document is, told by its first bytes; a file's ending or a header only decides what the bytes leave open.

use desk::read::mail::looks_like_mail;

use crate::refusal::{Cause, Packing};
use crate::{Limits, mbox, zstd};

/// How many bytes are looked at.
pub(crate) const HEAD: usize = 4096;

/// What a document is, as far as fetching needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An HTML page.
    Page,
    /// RSS, Atom, a sitemap or other XML.
    Feed,
    /// JSON or JSON Lines.
    Records,
    /// One mail, or a page saved as MHTML.
    Mail,
    /// A web archive.
    Warc,
    /// A mailbox.
    Mbox,
    /// Any of the others, packed.
    Packed(Packing),
}

impl Kind {
    /// Tells the kind from the head of the bytes, with `hint` for text that shows no mark of its own.
    pub(crate) fn of(head: &[u8], hint: Option<Self>) -> Result<Self, Cause> {
        if head.starts_with(&[0x1f, 0x8b]) {
            return Ok(Self::Packed(Packing::Gzip));
        }
        if zstd::is_zstd(head) {
            return Ok(Self::Packed(Packing::Zstd));
        }
        let text = letters(head);
        let text = text.trim_ascii_start();
        if text.is_empty() && head.len() < HEAD {
            return Err(Cause::Empty {});
        }
        let found = if text.starts_with(b"WARC/") {
            Some(Self::Warc)
        } else if text.starts_with(b"<") {
            markup(text)
        } else if mbox::is_mbox(text) {
            Some(Self::Mbox)
        } else if looks_like_mail(text) {
            Some(Self::Mail)
        } else if is_json(text) {
            Some(Self::Records)
        } else if is_text(text) {
            marked(text).or(hint)
        } else {
            None
        };
        found.ok_or_else(|| Cause::Unrecognised { head: head.iter().take(4).copied().collect() })
    }

    /// The kind that a path's ending promises.
    pub(crate) fn of_path(path: &str) -> Option<Self> {
        let lower = path.to_ascii_lowercase();
        let stem = [".gz", ".zst"].iter().find_map(|packed| lower.strip_suffix(packed)).unwrap_or(&lower);
        match stem.rsplit_once('.')?.1 {
            "html" | "htm" | "xhtml" | "shtml" => Some(Self::Page),
            "xml" | "rss" | "atom" | "rdf" => Some(Self::Feed),
            _ => None,
        }
    }

    /// The kind that a `Content-Type` promises; `Err` where it promises something that is never read.
    pub(crate) fn of_type(content_type: Option<&str>) -> Result<Option<Self>, Cause> {
        let Some(content_type) = content_type else { return Ok(None) };
        let mime = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match mime.as_str() {
            "text/html" | "application/xhtml+xml" => Ok(Some(Self::Page)),
            "text/xml" | "application/xml" => Ok(Some(Self::Feed)),
            _ if mime.ends_with("+xml") && !mime.starts_with("image/") => Ok(Some(Self::Feed)),
            "application/json" | "application/x-ndjson" | "application/jsonl" | "text/json" => {
                Ok(Some(Self::Records))
            }
            _ if mime.ends_with("+json") => Ok(Some(Self::Records)),
            "" | "text/plain" | "application/octet-stream" | "binary/octet-stream" => Ok(None),
            "application/gzip" | "application/x-gzip" | "application/zstd" | "application/warc" => Ok(None),
            "message/rfc822" | "multipart/related" => Ok(Some(Self::Mail)),
            _ => Err(Cause::ContentType { name: crate::refusal::plain(&mime) }),
        }
    }

    /// The limit for a local document of this kind, what to call it, and the flag that raises it.
    pub(crate) fn limit(self, limits: &Limits) -> (u64, &'static str, &'static str) {
        match self {
            Self::Page => (limits.page_bytes, "page", "--max-page-bytes"),
            Self::Feed => (limits.feed_bytes, "feed", "--max-feed-bytes"),
            Self::Mail => (limits.page_bytes, "mail", "--max-page-bytes"),
            Self::Records | Self::Warc | Self::Mbox | Self::Packed(_) => {
                (limits.records_bytes, "record file", "--max-records-bytes")
            }
        }
    }

    /// The same for a document that was fetched or stands in an archive, where JSON is a feed.
    pub(crate) fn limit_outside(self, limits: &Limits) -> (u64, &'static str, &'static str) {
        if matches!(self, Self::Page | Self::Mail) { self.limit(limits) } else { Self::Feed.limit(limits) }
    }
}

/// The head without its byte order mark and, for UTF-16 and UTF-32, without the zero halves of its letters.
fn letters(head: &[u8]) -> Vec<u8> {
    let wide =
        [[0xff, 0xfe], [0xfe, 0xff], [b'<', 0], [0, b'<'], [0, 0]].iter().any(|mark| head.starts_with(mark));
    if wide {
        return head.iter().copied().filter(|byte| !matches!(byte, 0 | 0xfe | 0xff)).collect();
    }
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).to_vec()
}

fn markup(text: &[u8]) -> Option<Kind> {
    if !text.get(1).is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'!' | b'?' | b'/')) {
        return None;
    }
    marked(text).or_else(|| Some(if text.starts_with(b"<?xml") { Kind::Feed } else { Kind::Page }))
}

/// The first tag that only a feed or only a page has.
fn marked(text: &[u8]) -> Option<Kind> {
    const FEEDS: [&[u8]; 7] =
        [b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex", b"<opml", b"<atom:feed"];
    const PAGES: [&[u8]; 5] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<title"];
    let lower = text.to_ascii_lowercase();
    (0..lower.len()).filter(|&at| lower[at] == b'<').find_map(|at| {
        let is = |tags: &[&[u8]]| tags.iter().any(|tag| lower[at..].starts_with(tag));
        if is(&FEEDS) { Some(Kind::Feed) } else { is(&PAGES).then_some(Kind::Page) }
    })
}

fn is_json(text: &[u8]) -> bool {
    let Some((first, rest)) = text.split_first() else { return false };
    let next = rest.trim_ascii_start().first();
    match first {
        b'{' => matches!(next, Some(b'"' | b'}')),
        b'[' => matches!(next, Some(b'{' | b'[' | b'"' | b']')),
        _ => false,
    }
}

/// Whether the bytes can be text in an encoding that keeps ASCII.
fn is_text(text: &[u8]) -> bool {
    !text.starts_with(b"%PDF-")
        && !text.iter().any(|&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_known_by_their_bytes() {
        for (head, path, kind) in [
            (&b"<!DOCTYPE html><title>x"[..], "a", Some(Kind::Page)),
            (b"\xef\xbb\xbf  <p>x", "a", Some(Kind::Page)),
            (b"<?xml version='1.0'?><!DOCTYPE html>", "a", Some(Kind::Page)),
            (b"<?xml version='1.0'?><!-- x --><rss>", "a.html", Some(Kind::Feed)),
            (b"<?xml version='1.0'?><odd/>", "a", Some(Kind::Feed)),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", "a", Some(Kind::Page)),
            (b"\0\0\0<\0\0\0r\0\0\0s\0\0\0s", "a", Some(Kind::Feed)),
            (b"\0\0\0\x18ftyp", "a.html", None),
            (b"junk before <rss version='2.0'>", "a", Some(Kind::Feed)),
            (b"{\"a\": 1}\n", "a", Some(Kind::Records)),
            (b"[ {\"a\"", "a", Some(Kind::Records)),
            (b"WARC/1.0\r\n", "a", Some(Kind::Warc)),
            (b"\x1f\x8b\x08", "a", Some(Kind::Packed(Packing::Gzip))),
            (b"\x28\xb5\x2f\xfd", "a", Some(Kind::Packed(Packing::Zstd))),
            (b"From: a@b.example\r\nSubject: x\r\n\r\n<html>", "a.html", Some(Kind::Mail)),
            (b"From a@b.example Tue Mar 10 09:00:00 2026\nFrom: x\nDate: y\n\n", "a", Some(Kind::Mbox)),
            (b"only words", "a.HTML.gz", Some(Kind::Page)),
            (b"only words", "a.html.zst", Some(Kind::Page)),
            (b"only words", "a.txt", None),
            (b"\x7fELF\x02\x01", "a.html", None),
            (b"%PDF-1.7", "a.html", None),
            (b"< 5", "a.html", None),
            (b"{", "a", None),
            (b" \n ", "a.html", None),
            (b"", "a", None),
        ] {
            assert_eq!(Kind::of(head, Kind::of_path(path)).ok(), kind, "{head:?}");
        }
    }

    #[test]
    fn a_header_can_rule_a_document_out() {
        for (header, hint) in [
            (None, Some(None)),
            (Some("Text/HTML; charset=utf-8"), Some(Some(Kind::Page))),
            (Some("application/rss+xml"), Some(Some(Kind::Feed))),
            (Some("application/feed+json"), Some(Some(Kind::Records))),
            (Some("image/svg+xml"), None),
            (Some("application/pdf"), None),
        ] {
            assert_eq!(Kind::of_type(header).ok(), hint, "{header:?}");
        }
    }
}
