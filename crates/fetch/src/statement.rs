//! What a feed says of itself that is no part of its articles: how often to ask, and its WebSub hub.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;
use url::Url;

use crate::plain;
use crate::websub::Links;

/// How much of a feed is looked at: what is wanted stands before its first article.
const HEAD: usize = 64 << 10;

/// How many of its parts are looked at.
const PARTS: usize = 2000;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// What a feed says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Statement {
    /// The least time between two requests that it asks for, in milliseconds; at most a day.
    pub(crate) every: Option<i64>,
    /// Its hub, and its address there.
    pub(crate) links: Links,
}

/// What is gathered on the way.
#[derive(Default)]
struct Found {
    ttl: Option<i64>,
    period: Option<i64>,
    frequency: Option<i64>,
    links: Links,
}

impl Statement {
    /// Reads a feed's head. `base` is the address it came from.
    pub(crate) fn of(bytes: &[u8], base: &Url) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
        if first == Some(&b'{') {
            return Self { every: None, links: of_json(bytes, base) };
        }
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
        let found = of_xml(&head, base);
        let updates = found.period.map(|period| period / found.frequency.unwrap_or(1).max(1));
        let every = found.ttl.max(updates).map(|every| every.clamp(0, DAY));
        Self { every, links: found.links }
    }
}

fn of_xml(head: &str, base: &Url) -> Found {
    let mut found = Found::default();
    let mut reader = Reader::from_str(head);
    reader.config_mut().check_end_names = false;
    // The element whose text comes next.
    let mut within = String::new();
    for _ in 0..PARTS {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                within = tag.local_name().into_inner().to_ascii_lowercase();
                match within.as_str() {
                    "item" | "entry" => break,
                    "link" => link(&tag, base, &mut found.links),
                    _ => {}
                }
            }
            Ok(Event::Text(text)) => note(&within, text.trim(), &mut found),
            Ok(Event::End(_)) => within.clear(),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    found
}

fn link(tag: &BytesStart<'_>, base: &Url, links: &mut Links) {
    let (mut rel, mut address) = (String::new(), String::new());
    for attribute in tag.attributes().with_checks(false).flatten() {
        let value = plain::entities(&attribute.value);
        match attribute.key.local_name().into_inner().to_ascii_lowercase().as_str() {
            "rel" => rel = value,
            "href" => address = value,
            _ => {}
        }
    }
    links.note(&rel, &address, base);
}

fn note(name: &str, text: &str, found: &mut Found) {
    let number = || text.parse::<i64>().ok().filter(|&number| number > 0);
    match name {
        "ttl" => found.ttl = number().map(|minutes| minutes.saturating_mul(MINUTE)),
        "updatefrequency" => found.frequency = number(),
        "updateperiod" => {
            found.period = match text.to_ascii_lowercase().as_str() {
                "hourly" => Some(60 * MINUTE),
                "daily" => Some(DAY),
                "weekly" => Some(7 * DAY),
                "monthly" => Some(30 * DAY),
                "yearly" => Some(365 * DAY),
                _ => None,
            }
        }
        _ => {}
    }
}

fn of_json(bytes: &[u8], base: &Url) -> Links {
    let mut links = Links::default();
    let Ok(feed) = serde_json::from_slice::<Value>(bytes) else { return links };
    let hubs = feed.get("hubs").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let is_websub = |hub: &&Value| {
        hub.get("type").and_then(Value::as_str).is_some_and(|kind| kind.eq_ignore_ascii_case("websub"))
    };
    if let Some(hub) = hubs.iter().find(is_websub).and_then(|hub| hub.get("url")?.as_str()) {
        links.note("hub", hub, base);
    }
    if let Some(address) = feed.get("feed_url").and_then(Value::as_str) {
        links.note("self", address, base);
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(feed: &str, every: Option<i64>, hub: Option<&str>, topic: Option<&str>) {
        let base = Url::parse("https://paper.example/feed").expect("an address");
        let found = Statement::of(feed.as_bytes(), &base);
        assert_eq!(
            (found.every, found.links.hub.as_deref(), found.links.topic.as_deref()),
            (every, hub, topic),
            "{feed}"
        );
    }

    #[test]
    fn a_feed_says_how_often_and_where_its_hub_is() {
        let hub = Some("https://hub.example/?a&b");
        check(
            "<?xml version='1.0'?><rss><channel><ttl> 60 </ttl><atom:link rel='hub' href='https://hub.example/?a&amp;b'/>\
             <atom:link rel=\"self\" href=\"/rss\"/><link>https://x.example/</link><item><ttl>9</ttl></item>",
            Some(60 * MINUTE),
            hub,
            Some("https://paper.example/rss"),
        );
        check(
            "<feed><link rel='alternate self' href='?x'/>",
            None,
            None,
            Some("https://paper.example/feed?x"),
        );
        check(
            "<rss><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            Some(15 * MINUTE),
            None,
            None,
        );
        check("<rss><sy:updatePeriod>yearly</sy:updatePeriod>", Some(DAY), None, None);
        check("<rss><ttl>99999999999999999</ttl></rss>", Some(DAY), None, None);
        check("<rss><ttl>-5</ttl><sy:updatePeriod>often", None, None, None);
        check(
            "\u{feff}{\"feed_url\": \"https://x.example/f\", \"hubs\": [{\"type\": \"rssCloud\", \"url\": \"x\"}, {\"type\": \"WebSub\", \"url\": \"https://hub.example/?a&b\"}], \"items\": []}",
            None,
            hub,
            Some("https://x.example/f"),
        );
    }

    #[test]
    fn no_bytes_upset_it() {
        for feed in [
            "",
            "{",
            "<",
            "<rss><ttl",
            "<<<>>>",
            "<link rel='hub' rel=hub href=",
            "&#0;<ttl>&x;</ttl>",
            "{\"hubs\": 5}",
        ] {
            check(feed, None, None, None);
        }
        let base = Url::parse("https://paper.example/feed").expect("an address");
        Statement::of(&(0..=255u8).cycle().take(100_000).collect::<Vec<_>>(), &base);
    }
}
