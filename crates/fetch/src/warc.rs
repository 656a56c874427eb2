//! Reads web archives (WARC 0.17 to 1.1) as a stream: each page that was fetched with success is a document.

use std::io::{self, BufRead, BufReader, Read};

use crate::body::Body;
use crate::kind::Kind;
use crate::message::Message;
use crate::refusal::{self, Cause, Packing, Refusal};
use crate::{Document, Limits};

/// The longest line, and the longest header in all, of a record.
const LINE: u64 = 16 << 10;
const HEADER: usize = 64 << 10;

/// Hands over every page, feed or JSON in the archive; what is broken is refused and skipped.
pub(crate) fn read(
    input: impl Read,
    name: &str,
    packing: Option<Packing>,
    limits: &Limits,
    each: &mut dyn FnMut(Result<Document, Refusal>),
) {
    let mut given = 0u64;
    let mut number = 0u64;
    let input = BufReader::with_capacity(1 << 16, input);
    let mut archive = Archive { input, line: Vec::new(), lost: false, begun: false };
    loop {
        let record =
            archive.next(limits).unwrap_or_else(|error| Step::Last(refusal::reading(&error, packing)));
        number += u64::from(!matches!(record, Step::Stray));
        let result = match record {
            Step::End => break,
            Step::Stray => {
                given += 1;
                let cause = "there are bytes between its records that belong to none";
                each(Err(Refusal::new(name, &Cause::ArchiveBroken { cause })));
                continue;
            }
            Step::Other => continue,
            Step::Last(cause) => {
                each(Err(Refusal::new(name, &cause)));
                return;
            }
            Step::Broken(cause) => Err(cause),
            Step::Block(header, block) => match document(&header, &block, limits) {
                Ok(None) => continue,
                Ok(Some(document)) => Ok(document),
                Err(cause) => Err(cause),
            },
        };
        given += 1;
        let name = format!("{name}#{number}");
        each(match result {
            Ok(document) => Ok(Document { name, ..document }),
            Err(cause) => Err(Refusal::new(&name, &cause)),
        });
    }
    if given == 0 {
        each(Err(Refusal::new(name, &Cause::ArchiveBare {})));
    }
}

/// What the next piece of an archive is.
enum Step {
    /// The answer of a server.
    Block(Header, Vec<u8>),
    /// A record of another type.
    Other,
    /// A record that is not given, while reading goes on after it.
    Broken(Cause),
    /// Bytes that belong to no record.
    Stray,
    /// Something after which nothing can be read.
    Last(Cause),
    End,
}

/// What of a record's header is needed.
#[derive(Default)]
struct Header {
    kind: String,
    length: Option<u64>,
    target: String,
    date: String,
}

impl Header {
    fn take(&mut self, line: &str) {
        let Some((key, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match key.trim().to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().ok(),
            "warc-target-uri" => self.target = value.trim_start_matches('<').trim_end_matches('>').to_owned(),
            "warc-date" => self.date = value.to_owned(),
            _ => {}
        }
    }

    fn is_answer(&self) -> bool {
        let scheme = self.target.split(':').next().unwrap_or_default().to_ascii_lowercase();
        self.kind == "response" && matches!(scheme.as_str(), "http" | "https")
    }
}

struct Archive<R> {
    input: BufReader<R>,
    line: Vec<u8>,
    /// Whether the last header was broken, so that what follows it need not be a record.
    lost: bool,
    /// Whether `line` is the first line of the next record.
    begun: bool,
}

impl<R: Read> Archive<R> {
    fn next(&mut self, limits: &Limits) -> io::Result<Step> {
        let mut stray = false;
        while !self.begun {
            if !self.read_line()? {
                return Ok(if stray && !self.lost { Step::Stray } else { Step::End });
            }
            self.begun = self.line.starts_with(b"WARC/");
            stray |= !self.begun && !self.line.trim_ascii().is_empty();
        }
        if stray && !self.lost {
            return Ok(Step::Stray);
        }
        self.begun = false;
        self.lost = true;
        let mut header = Header::default();
        let mut size = 0;
        loop {
            if !self.read_line()? {
                return Ok(Step::Last(Cause::ArchiveCut {}));
            }
            if self.line.trim_ascii().is_empty() {
                break;
            }
            size += self.line.len();
            if size > HEADER {
                return Ok(Step::Broken(Cause::ArchiveBroken { cause: "its header is too long" }));
            }
            header.take(&String::from_utf8_lossy(&self.line));
        }
        let Some(length) = header.length else {
            return Ok(Step::Broken(Cause::ArchiveBroken { cause: "its header gives no length" }));
        };
        self.lost = false;
        self.block(header, length, limits)
    }

    fn block(&mut self, header: Header, length: u64, limits: &Limits) -> io::Result<Step> {
        let (limit, what, flag) =
            if limits.page_bytes > limits.feed_bytes { Kind::Page } else { Kind::Feed }.limit(limits);
        let fits = length <= limit.saturating_add(HEADER as u64);
        let mut part = self.input.by_ref().take(length);
        let mut block = Vec::new();
        let got = if header.is_answer() && fits {
            part.read_to_end(&mut block)? as u64
        } else {
            io::copy(&mut part, &mut io::sink())?
        };
        Ok(if got < length {
            Step::Last(Cause::ArchiveCut {})
        } else if !header.is_answer() {
            Step::Other
        } else if !fits {
            Step::Broken(Cause::TooLarge { size: Some(length), limit, what, flag })
        } else {
            Step::Block(header, block)
        })
    }

    /// Reads one line, of which only the start is kept when it is too long; false at the end.
    fn read_line(&mut self) -> io::Result<bool> {
        self.line.clear();
        let read = self.input.by_ref().take(LINE).read_until(b'\n', &mut self.line)?;
        if read as u64 == LINE && self.line.last() != Some(&b'\n') {
            self.input.skip_until(b'\n')?;
        }
        Ok(read > 0)
    }
}

/// The document in a server's answer; none for one that is not a page (a redirect, an image).
fn document(header: &Header, block: &[u8], limits: &Limits) -> Result<Option<Document>, Cause> {
    let Some(message) = Message::parse(block) else {
        return Err(Cause::ArchiveBroken { cause: "it holds no answer of a server" });
    };
    let content_type = message.header("content-type");
    if message.status != 200 {
        return Ok(None);
    }
    let Ok(hint) = Kind::of_type(content_type) else { return Ok(None) };
    let fault = |error: io::Error, packed| refusal::reading(&error, packed);
    let body = message.body(limits.page_bytes.max(limits.feed_bytes))?;
    let body = match Body::open(&body[..], hint, &fault) {
        Ok(body) if matches!(body.kind, Kind::Warc | Kind::Mbox) => return Ok(None),
        Ok(body) => body,
        // Without a type that promises a page it may be anything, and nothing is lost.
        Err(Cause::Unrecognised { .. } | Cause::Empty {}) if hint.is_none() => return Ok(None),
        Err(cause) => return Err(cause),
    };
    let limit = body.kind.limit_outside(limits);
    let bytes = body.bytes(limit, None, &fault)?;
    Ok(Some(Document {
        name: String::new(),
        url: Some(header.target.clone()),
        content_type: content_type.map(str::to_owned),
        fetched: fetched(&header.date),
        bytes,
        reserved: message.reserved(),
    }))
}

fn fetched(date: &str) -> Option<String> {
    let at: jiff::Timestamp = date.parse().ok()?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
        let mut out = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-11T07:40:00.5Z\r\nContent-Length: {}\r\n\r\n",
            block.len()
        )
        .into_bytes();
        out.extend_from_slice(block);
        out.extend_from_slice(b"\r\n\r\n");
        out
    }

    fn page(words: &str) -> Vec<u8> {
        let http =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTDM-Reservation: 1\r\n\r\n<p>{words}");
        record("response", "<https://news.test/a>", http.as_bytes())
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("a Vec takes all");
        encoder.finish().expect("a Vec takes all")
    }

    /// Bodies and codes of refusals, in order.
    fn check(archive: &[u8], limits: &Limits, expected: &[&str]) {
        let mut found = Vec::new();
        read(archive, "x.warc", None, limits, &mut |result| {
            found.push(match result {
                Ok(document) => format!("{} {}", document.name, String::from_utf8_lossy(&document.bytes)),
                Err(refusal) => format!("{} {}", refusal.name, refusal.code),
            });
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn pages_are_given_with_what_the_archive_knows_of_them() {
        let mut documents = Vec::new();
        read(&page("Rain fell.")[..], "x.warc", None, &Limits::default(), &mut |d| {
            documents.push(d.expect("a page"))
        });
        assert_eq!(
            documents,
            [Document {
                name: "x.warc#1".into(),
                url: Some("https://news.test/a".into()),
                content_type: Some("text/html".into()),
                fetched: Some("2026-03-11T07:40:00Z".into()),
                bytes: b"<p>Rain fell.".to_vec(),
                reserved: true,
            }]
        );
    }

    #[test]
    fn other_records_are_passed_over() {
        let http = |head: &str, body: &[u8]| [b"HTTP/1.1 ", head.as_bytes(), b"\r\n\r\n", body].concat();
        let archive = [
            record("warcinfo", "", b"software: x"),
            record("request", "http://news.test/", b"GET / HTTP/1.1\r\n\r\n"),
            record("response", "dns:news.test", b"1.1.1.1"),
            record("response", "http://news.test/", &http("301 Moved\r\nLocation: /a", b"")),
            record("response", "http://news.test/i", &http("200 OK\r\nContent-Type: image/png", b"\x89PNG")),
            page("one"),
            record(
                "response",
                "http://news.test/z",
                &http("200 OK\r\nContent-Encoding: gzip", &gzip(b"<p>two")),
            ),
        ]
        .concat();
        check(&archive, &Limits::default(), &["x.warc#6 <p>one", "x.warc#7 <p>two"]);
        check(&record("warcinfo", "", b""), &Limits::default(), &["x.warc archive-without-pages"]);
    }

    #[test]
    fn broken_records_are_refused_and_the_next_is_read() {
        let bad = record("response", "http://news.test/", b"no head");
        let lengthless = b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec();
        let long = [
            b"WARC/1.0\r\n".to_vec(),
            b"x: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n".repeat(3000),
            b"\r\n".to_vec(),
        ]
        .concat();
        let archive = [
            bad,
            page("one"),
            lengthless,
            page("two"),
            long,
            b"lost\n".to_vec(),
            page("three"),
            b"stray\n".to_vec(),
            page("four"),
        ]
        .concat();
        check(
            &archive,
            &Limits::default(),
            &[
                "x.warc#1 archive-broken",
                "x.warc#2 <p>one",
                "x.warc#3 archive-broken",
                "x.warc#4 <p>two",
                "x.warc#5 archive-broken",
                "x.warc#6 <p>three",
                "x.warc archive-broken",
                "x.warc#7 <p>four",
            ],
        );
        let whole = page("one");
        check(&whole[..whole.len() - 6], &Limits::default(), &["x.warc archive-cut"]);
        let small = Limits { page_bytes: 10, feed_bytes: 10, ..Limits::default() };
        check(
            &[page("far more than ten"), page("x")].concat(),
            &small,
            &["x.warc#1 too-large", "x.warc#2 <p>x"],
        );
        let bomb =
            [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), gzip(&[b"<p>".to_vec(), vec![b' '; 9_000_000]].concat())]
                .concat();
        let limits = Limits { page_bytes: 1000, feed_bytes: 1000, ..Limits::default() };
        check(&record("response", "http://news.test/", &bomb), &limits, &["x.warc#1 too-large"]);
    }

    #[test]
    fn no_prefix_of_an_archive_panics() {
        let archive = [page("one"), page("two")].concat();
        for end in 0..archive.len() {
            read(&archive[..end], "x", None, &Limits::default(), &mut |_| ());
            read(&archive[end..], "x", None, &Limits::default(), &mut |_| ());
        }
    }
}
