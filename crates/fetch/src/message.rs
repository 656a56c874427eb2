//! An HTTP answer as an archive keeps it: head and body in one block of bytes.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};

use crate::kind::Kind;
use crate::refusal::{self, Cause, Packing};

/// The longest head that is read.
const HEAD: usize = 64 << 10;

/// A stored answer.
pub(crate) struct Message<'b> {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    body: &'b [u8],
}

impl<'b> Message<'b> {
    /// Splits a stored answer; none where it does not begin like one.
    pub(crate) fn parse(block: &'b [u8]) -> Option<Self> {
        let (head, body) = split(block)?;
        let head = String::from_utf8_lossy(head);
        let mut lines = head.lines();
        let mut first = lines.next()?.split_ascii_whitespace();
        if !first.next()?.to_ascii_uppercase().starts_with("HTTP/") {
            return None;
        }
        let status = first.next()?.parse().ok()?;
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers
            .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Some(Self { status, headers, body })
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the answer reserves its content against reuse by machines.
    pub(crate) fn reserved(&self) -> bool {
        self.headers.iter().any(|(name, value)| reserves(name, value))
    }

    /// The body without chunks and packing. Crawlers often undo these and keep the header that speaks of
    /// them, so what the bytes show goes before what the header says. At most `limit` + 1 bytes; gzip is left
    /// to the reader of bodies.
    pub(crate) fn body(&self, limit: u64) -> Result<Vec<u8>, Cause> {
        let chunked = self
            .header("transfer-encoding")
            .is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
        let body = if chunked { unchunk(self.body) } else { None }.unwrap_or_else(|| self.body.to_vec());
        let encoding = self.header("content-encoding").unwrap_or_default().to_ascii_lowercase();
        if matches!(encoding.as_str(), "" | "identity" | "gzip" | "x-gzip")
            || Kind::of(&body[..body.len().min(crate::kind::HEAD)], None).is_ok()
        {
            return Ok(body);
        }
        if encoding != "deflate" {
            return Err(Cause::Encoding { name: refusal::plain(&encoding) });
        }
        let mut out = Vec::new();
        let most = limit.saturating_add(1);
        let zlib = ZlibDecoder::new(&body[..]).take(most).read_to_end(&mut out);
        if zlib.is_err() {
            // Some servers send the bare stream under the same name.
            out.clear();
            let bare = DeflateDecoder::new(&body[..]).take(most).read_to_end(&mut out);
            bare.map_err(|error| refusal::reading(&error, Some(Packing::Gzip)))?;
        }
        Ok(out)
    }
}

/// Whether one header reserves the content against reuse by machines.
pub(crate) fn reserves(name: &str, value: &str) -> bool {
    if name.eq_ignore_ascii_case("tdm-reservation") {
        return value.trim() == "1";
    }
    // The directive may stand after the name of one robot and a colon.
    name.eq_ignore_ascii_case("x-robots-tag")
        && value.split([',', ';', ':']).any(|part| part.trim().eq_ignore_ascii_case("noai"))
}

fn split(block: &[u8]) -> Option<(&[u8], &[u8])> {
    let start = &block[..block.len().min(HEAD)];
    (0..start.len()).filter(|&at| start[at] == b'\n').find_map(|at| {
        let rest = &block[at + 1..];
        let body = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
        Some((&block[..at], body))
    })
}

/// The bytes of a body in chunks; none where it is not in chunks. A missing end is not minded.
fn unchunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let Some(end) = body.iter().take(1024).position(|&byte| byte == b'\n') else {
            return (body.is_empty() && !out.is_empty()).then_some(out);
        };
        let line = std::str::from_utf8(&body[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(out);
        }
        let rest = &body[end + 1..];
        out.extend_from_slice(&rest[..size.min(rest.len())]);
        let rest = rest.get(size..).unwrap_or_default();
        body = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_answer_is_split_and_its_chunks_joined() {
        for (block, body) in [
            ("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", Some("body")),
            ("HTTP/1.0 200\nA: b\n\nbody", Some("body")),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
                Some("abcde"),
            ),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc", Some("abc")),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>no chunks\n", Some("<p>no chunks\n")),
            ("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n<p>no brotli", Some("<p>no brotli")),
            ("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\u{1}\u{2}", None),
            ("no head", None),
            ("HTTP/1.1\r\n\r\n", None),
        ] {
            let found = Message::parse(block.as_bytes()).and_then(|message| message.body(1000).ok());
            assert_eq!(found.as_deref(), body.map(str::as_bytes), "{block:?}");
        }
    }

    #[test]
    fn reservations_are_seen() {
        for (name, value, reserved) in [
            ("TDM-Reservation", " 1", true),
            ("tdm-reservation", "0", false),
            ("X-Robots-Tag", "noindex, NoAI", true),
            ("x-robots-tag", "somebot: noai", true),
            ("x-robots-tag", "noindex", false),
        ] {
            assert_eq!(reserves(name, value), reserved, "{name}: {value}");
        }
    }
}
