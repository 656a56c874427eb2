//! Every message with which something is turned away: it names the thing, the cause and the next step.

use std::fmt::Write as _;
use std::time::Duration;

use thiserror::Error;

use crate::poll::Wait;

/// One thing that was not taken in; the rest goes on.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{name}: {reason}")]
pub struct Refusal {
    /// What it is about: a path, an address, or path`#`record.
    pub name: String,
    /// The cause and the next step, in whole sentences.
    pub reason: String,
    /// A short fixed word for the cause, for counting.
    pub code: &'static str,
    /// How long the server wants to be left alone, where it says so with a status of 429 or 5xx.
    pub wait: Option<Wait>,
}

impl Refusal {
    pub(crate) fn new(name: &str, cause: &Cause) -> Self {
        let wait = match cause.root() {
            Cause::Busy { after } | Cause::ServerError { after, .. } => {
                after.as_deref().and_then(Wait::parse)
            }
            _ => None,
        };
        Self { name: plain(name), reason: cause.to_string(), code: cause.root().code(), wait }
    }

    /// What happened, without the advice: the first sentence of the reason, without its stop.
    #[must_use]
    pub fn cause(&self) -> &str {
        self.reason.split(". ").next().unwrap_or_default().trim_end_matches('.')
    }
}

/// Why a source as a whole can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// Nothing of that name exists.
    #[error("{0}: no such file or folder. Check the spelling, or give an http(s) address.")]
    Missing(String),
    /// A folder that can't be listed.
    #[error("{0}: the folder can't be read ({1}). Check who may read it.")]
    Unlisted(String, String),
    /// A folder without files.
    #[error(
        "{0}: the folder holds no files (hidden ones are not read). Give one that holds pages, feeds or records."
    )]
    EmptyFolder(String),
    /// More files than a folder may hold.
    #[error(
        "{0}: the folder holds more than {1} files. Give a smaller folder, or raise the limit with --max-files."
    )]
    TooManyFiles(String, usize),
    /// A source that is a single document, and that document was refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl Error {
    /// A short fixed word for the cause, for counting.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "missing",
            Self::Unlisted(..) => "unreadable",
            Self::EmptyFolder(_) => "empty-folder",
            Self::TooManyFiles(..) => "too-many-files",
            Self::Refused(refusal) => refusal.code,
        }
    }
}

/// Declares the causes with their code and their words, so that none can lack either.
macro_rules! causes {
    ($($variant:ident { $($field:ident: $kind:ty),* } $code:literal $($words:expr),+;)*) => {
        #[derive(Clone, Debug, PartialEq, Eq, Error)]
        pub(crate) enum Cause {
            $(#[error($($words),+)] $variant { $($field: $kind),* },)*
        }

        impl Cause {
            pub(crate) fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code,)* }
            }
        }
    };
}

causes! {
    Empty {} "empty" "it is empty. Give one that has content.";
    Unreadable { cause: String } "unreadable" "it can't be read ({cause}). Check that it is a file and who may read it.";
    NotAFile {} "not-a-file" "not a regular file. Give it by itself if it is meant to be read.";
    Unrecognised { head: Vec<u8> } "unrecognised"
        "not a page, feed, record file, mail or archive (it starts with the bytes {}). Give an HTML, RSS, Atom, JSON Lines, EML, MHTML, mbox or WARC file.", hex(head);
    Nested {} "nested-gzip" "it is packed twice. Unpack it once and give the result.";
    TooLarge { size: Option<u64>, limit: u64, what: &'static str, flag: &'static str } "too-large"
        "{} for a {what}. Raise it with {flag}.", over(*size, *limit);
    GzipCut {} "gzip-cut" "the gzip data is cut off. Fetch or copy it again.";
    GzipBroken {} "gzip-broken" "the gzip data is broken. Fetch or copy it again.";
    ZstdCut {} "zstd-cut" "the Zstandard data is cut off. Fetch or copy it again.";
    ZstdBroken {} "zstd-broken" "the Zstandard data is broken, or needs more memory than is given for it. Fetch or copy it again, or pack it with gzip.";
    ArchiveBroken { cause: &'static str } "archive-broken" "{cause}. The record is skipped; check the archive if it matters.";
    ArchiveCut {} "archive-cut" "the archive ends in the middle of a record. Fetch or copy it again; the records before it were read.";
    ArchiveBare {} "archive-without-pages" "the archive holds no page, feed or JSON that was fetched with status 200. Give one of a crawl.";
    ArchiveFetched {} "archive-fetched" "this is an archive, which is only read from a file. Download it and give its path.";
    Encoding { name: String } "encoding" "it is packed as {name:?}, which is not read. Give it unpacked or as gzip.";
    NotHttp { scheme: String } "not-http" "{scheme:?} is not http or https. Give an http(s) address, or the path of a file.";
    BadAddress { cause: String } "bad-address" "this is not an address ({cause}). Check the spelling.";
    Credentials {} "credentials" "the address holds a user name or password, which is not sent. Give it without them.";
    Port { port: u16 } "port" "port {port} is refused; only 80 and 443 are asked. Use --allow-private for a server of your own.";
    Private { what: &'static str, range: &'static str } "private-address"
        "the address is in {what} ({range}), which is refused. Use --allow-private for a server of your own.";
    LeadsPrivate { ip: String, what: &'static str, range: &'static str } "private-address"
        "the name leads to {ip}, which is in {what} ({range}) and refused. Use --allow-private for a server of your own.";
    NoHost {} "no-host" "no such host. Check the spelling, and the connection to the network.";
    NoConnection { cause: String } "no-connection" "the server can't be reached ({cause}). Check the address, or try later.";
    Tls { cause: String } "tls" "the connection is not secure ({cause}). Check the server's certificate and the address.";
    Timeout { after: Duration } "timeout" "no whole answer within {}. Try later, or allow more with --timeout.", seconds(*after);
    Hub { status: u16 } "hub" "the hub says no (status {status}). The feed is still asked on its schedule, so nothing needs to be done.";
    Unasked {} "not-modified" "the server says that nothing changed (status 304), though it was asked for the whole. Try later, or tell the server's owner.";
    BadAnswer { cause: String } "bad-answer" "the answer can't be understood ({cause}). Try later, or check the server.";
    Cut {} "cut-off" "the connection ended before the whole answer had come. Try again.";
    Redirects { limit: u32 } "too-many-redirects" "more than {limit} redirects. Open it in a browser and give the address where it ends.";
    Redirect { to: String, cause: Box<Cause> } "redirect" "it redirects to {to}: {cause}";
    RedirectLost { status: u16 } "redirect" "it redirects (status {status}) without saying where to. Check the address.";
    Downgrade { to: String } "downgrade" "it redirects from https to {to}, which is not secure. Give that address yourself if you trust it.";
    NotFound { status: u16 } "not-found" "the server says that there is no such page (status {status}). Check the address.";
    Forbidden { status: u16 } "forbidden" "the server does not let us read it (status {status}). Save the page yourself if you may read it, and give the file.";
    Legal {} "legal" "the server withholds it for legal reasons (status 451). Leave it out.";
    Busy { after: Option<String> } "too-many-requests" "the server asks us to slow down (status 429). Try again {}.", wait(after.as_deref());
    ServerError { status: u16, after: Option<String> } "server-error"
        "the server has a fault (status {status}). Try again {}.", wait(after.as_deref());
    Status { status: u16 } "status" "the server answered with status {status}, not with a page. Check the address.";
    ContentType { name: String } "content-type" "it is {name:?}, not a page or feed. Give the address of an HTML page, an RSS, Atom or JSON feed.";
    Robots { host: String, rule: String } "robots" "{host}/robots.txt asks us not to read it ({rule}). Leave it out, or ask the publisher.";
    RobotsUnknown { host: String, cause: String } "robots-unknown"
        "{host}/robots.txt can't be read ({cause}), so we don't know whether we may. Try later.";
}

impl Cause {
    /// What happened, without the advice, to stand within another message.
    pub(crate) fn first_sentence(&self) -> String {
        let words = self.to_string();
        words.split(". ").next().unwrap_or_default().trim_end_matches('.').to_owned()
    }

    /// The cause behind a redirect.
    fn root(&self) -> &Self {
        if let Self::Redirect { cause, .. } = self { cause.root() } else { self }
    }
}

/// How a document is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// With gzip.
    Gzip,
    /// With Zstandard.
    Zstd,
}

/// What went wrong when a local file or an archive was read.
pub(crate) fn reading(error: &std::io::Error, packing: Option<Packing>) -> Cause {
    use std::io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    match (error.kind(), packing) {
        (UnexpectedEof, Some(Packing::Gzip)) => Cause::GzipCut {},
        (InvalidData | InvalidInput, Some(Packing::Gzip)) => Cause::GzipBroken {},
        (UnexpectedEof, Some(Packing::Zstd)) => Cause::ZstdCut {},
        (InvalidData | InvalidInput, Some(Packing::Zstd)) => Cause::ZstdBroken {},
        (kind, _) => Cause::Unreadable { cause: kind.to_string() },
    }
}

/// Makes words from outside safe to print on a terminal, and not endless.
pub(crate) fn plain(text: &str) -> String {
    const LONGEST: usize = 300;
    let shown = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let mut out: String = shown.take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

fn hex(head: &[u8]) -> String {
    let mut out = String::new();
    for byte in head.iter().take(4) {
        let gap = if out.is_empty() { "" } else { " " };
        write!(out, "{gap}{byte:02x}").expect("writing to a string can't fail");
    }
    out
}

fn over(size: Option<u64>, limit: u64) -> String {
    let Some(size) = size else {
        return format!("it is over the limit of {}", bytes(limit));
    };
    if bytes(size) == bytes(limit) {
        return format!("{size} bytes is over the limit of {limit} bytes");
    }
    format!("{} is over the limit of {}", bytes(size), bytes(limit))
}

fn bytes(count: u64) -> String {
    match count {
        0..1024 => format!("{count} bytes"),
        1024..0x10_0000 => format!("{} KB", count >> 10),
        0x10_0000..0x4000_0000 => format!("{} MB", count >> 20),
        _ => format!("{} GB", count >> 30),
    }
}

fn seconds(time: Duration) -> String {
    if time.as_secs() == 0 { format!("{} ms", time.as_millis()) } else { format!("{} s", time.as_secs()) }
}

fn wait(after: Option<&str>) -> String {
    match after {
        Some(count) if count.bytes().all(|b| b.is_ascii_digit()) && !count.is_empty() => {
            format!("in {count} s")
        }
        Some(date) => format!("after {date}"),
        None => "later".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_names_the_cause_and_the_next_step() {
        let page = |size, limit| Cause::TooLarge { size, limit, what: "page", flag: "--max-page-bytes" };
        let private = Cause::Private { what: "a private network", range: "10.0.0.0/8" };
        for (name, cause, message) in [
            ("e.html", Cause::Empty {}, "e.html: it is empty. Give one that has content."),
            (
                "x.bin",
                Cause::Unrecognised { head: b"\x7fELF\x02".to_vec() },
                "x.bin: not a page, feed, record file, mail or archive (it starts with the bytes 7f 45 4c 46). Give an HTML, RSS, Atom, JSON Lines, EML, MHTML, mbox or WARC file.",
            ),
            (
                "big.html",
                page(Some(200 << 20), 16 << 20),
                "big.html: 200 MB is over the limit of 16 MB for a page. Raise it with --max-page-bytes.",
            ),
            (
                "big.html",
                page(Some((16 << 20) + 1), 16 << 20),
                "big.html: 16777217 bytes is over the limit of 16777216 bytes for a page. Raise it with --max-page-bytes.",
            ),
            (
                "b.gz",
                page(None, 1000),
                "b.gz: it is over the limit of 1000 bytes for a page. Raise it with --max-page-bytes.",
            ),
            (
                "http://10.0.0.1/",
                private.clone(),
                "http://10.0.0.1/: the address is in a private network (10.0.0.0/8), which is refused. Use --allow-private for a server of your own.",
            ),
            (
                "http://a.test/",
                Cause::Redirect { to: "http://10.0.0.1/".into(), cause: Box::new(private) },
                "http://a.test/: it redirects to http://10.0.0.1/: the address is in a private network (10.0.0.0/8), which is refused. Use --allow-private for a server of your own.",
            ),
            (
                "u",
                Cause::Busy { after: Some("120".into()) },
                "u: the server asks us to slow down (status 429). Try again in 120 s.",
            ),
            (
                "u",
                Cause::Busy { after: None },
                "u: the server asks us to slow down (status 429). Try again later.",
            ),
            (
                "u",
                Cause::Timeout { after: Duration::from_secs(20) },
                "u: no whole answer within 20 s. Try later, or allow more with --timeout.",
            ),
        ] {
            assert_eq!(Refusal::new(name, &cause).to_string(), message);
        }
    }

    #[test]
    fn names_from_outside_cannot_steer_a_terminal() {
        assert_eq!(plain("a\u{1b}[31mb"), "a\u{fffd}[31mb");
        assert_eq!(plain(&"x".repeat(1000)).chars().count(), 301);
    }
}
