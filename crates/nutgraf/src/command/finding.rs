//! `nutgraf feeds add`: the feed behind an address that may be a page's.

use std::io::{self, Write as _};

use anyhow::Result;
use desk::read::discover::{self, Found, Naming};
use desk::read::feed;
use fetch::Client;
use url::Url;

/// What stands at an address.
pub(super) enum Place {
    /// A feed, or something that can't be asked now and is taken at its word.
    Feed,
    /// A page that names one feed.
    Page(Found),
    /// A page that names several feeds.
    Choice(Vec<Found>),
    /// Neither a feed nor a page that names one; the reason in words.
    Neither(String),
}

/// Looks at an address. One that is written as a feed's is not asked: the newsroom does that, and says how it is.
pub(super) fn look(client: &Client, url: &Url) -> Place {
    if discover::looks_like_feed_address(url.as_str()) {
        return Place::Feed;
    }
    let document = match client.get(url.as_str()) {
        Ok(document) => document,
        Err(refusal) if refusal.code == "not-found" => return Place::Neither(refusal.reason),
        Err(refusal) => {
            eprintln!(
                "nutgraf: {url}: it can't be looked at now ({}), and is taken for a feed",
                refusal.cause()
            );
            return Place::Feed;
        }
    };
    let address = document.url.as_deref().unwrap_or(url.as_str());
    if feed::looks_like_feed(&document.bytes) && feed::parse(&document.bytes, address).is_ok() {
        return Place::Feed;
    }
    let found = discover::feeds(&document.bytes, address);
    let mut main = found.iter().filter(|found| found.naming != Naming::Comments);
    match (main.next(), main.next()) {
        (None, _) => Place::Neither(
            "this is no feed, and names none. Look on the page for RSS or Atom, and give the feed's address"
                .to_owned(),
        ),
        (Some(one), None) => Place::Page(one.clone()),
        _ => Place::Choice(found),
    }
}

/// Prints the feeds of a page, to be chosen from: address, tab, title.
pub(super) fn print(page: &Url, found: &[Found]) -> Result<()> {
    let mut out = io::stdout().lock();
    for one in found {
        writeln!(out, "{}\t{}", one.address, one.title)?;
    }
    eprintln!(
        "nutgraf: {page}: the page names {} feeds, printed above. Add those that you want by their addresses",
        found.len()
    );
    Ok(())
}
