//! Brings pages, feeds, record files and archives in, politely: bytes for a reader, never their meaning.
//!
//! [`documents`] takes what a user named (a file, a folder, an address, `-`) and hands over one [`Document`]
//! after another; [`Client::get`] fetches one address. Everything from outside is hostile here: sizes,
//! redirects and times are bounded, and addresses inside private networks are refused.

mod address;
mod body;
mod folder;
mod http;
mod kind;
mod message;
mod refusal;
mod robots;
mod source;
mod warc;

use std::time::Duration;

pub use http::{Client, USER_AGENT, get};
pub use refusal::{Error, Refusal};
pub use source::documents;

/// One page, feed or record file as it came, unpacked.
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
    /// The most unpacked bytes of a page.
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
        }
    }
}
