//! Brings pages, feeds, record files, mails and archives in, politely: bytes for a reader, never their meaning.
//!
//! [`documents`] takes what a user named (a file, a folder, an address, `-`) and hands over one [`Document`]
//! after another; [`Client::get`] fetches one address. A newsroom looks at a feed with [`feed::ask`], which tells
//! when to look again, and keeps each site's pace with [`pace::Pace`]. Everything from outside is hostile here:
//! sizes, redirects and times are bounded, and addresses inside private networks are refused.

pub mod address;
mod body;
pub mod feed;
mod folder;
mod http;
mod kind;
mod mbox;
mod memory;
mod message;
pub mod pace;
mod plain;
pub mod poll;
mod reach;
mod refusal;
mod robots;
pub mod schedule;
#[cfg(test)]
mod server;
mod source;
mod statement;
mod tdm;
mod warc;
pub mod websub;
mod zstd;

use std::net::SocketAddr;
use std::time::Duration;

pub use http::{Client, USER_AGENT, get};
pub use refusal::{Error, Refusal};
pub use source::documents;

/// One page, feed, mail or record file as it came, unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What to call it in messages: the path, the address, or path`#`number of the record in an archive.
    pub name: String,
    /// The address it was published at, where it is known: of the page fetched, after redirects, or
    /// `WARC-Target-URI`.
    pub url: Option<String>,
    /// The `Content-Type` it came with.
    pub content_type: Option<String>,
    /// When it was fetched, ISO 8601 in UTC (`2026-03-11T07:40:00Z`); none for local input.
    pub fetched: Option<String>,
    /// Its bytes, in the publisher's own encoding of text.
    pub bytes: Vec<u8>,
    /// Whether its headers reserve it against reuse by machines (`TDM-Reservation: 1`, or a robots tag `noai`).
    pub reserved: bool,
}

/// How much of what is outside may come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most unpacked bytes of a page or a mail.
    pub page_bytes: u64,
    /// The most unpacked bytes of a feed, or of JSON that is fetched or stands in an archive.
    pub feed_bytes: u64,
    /// The most unpacked bytes of a local JSON or JSON Lines file. Archives have no such bound: they are read
    /// record by record.
    pub records_bytes: u64,
    /// The most redirects that are followed for one address.
    pub redirects: u32,
    /// The time for one address in all: name, robots.txt, redirects and body.
    pub timeout: Duration,
    /// The most files that a folder may hold.
    pub files: usize,
    /// Whether addresses in private networks, and other ports than 80 and 443, may be asked.
    pub allow_private: bool,
    /// A server on this machine that answers, over plain http, for every host under `.example`, the top-level
    /// domain kept for examples (RFC 2606). Examples and tests are played from it; none outside of them.
    pub stand_in: Option<SocketAddr>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page_bytes: 16 << 20,
            feed_bytes: 32 << 20,
            records_bytes: 2 << 30,
            redirects: 5,
            timeout: Duration::from_secs(20),
            files: 200_000,
            allow_private: false,
            stand_in: None,
        }
    }
}
