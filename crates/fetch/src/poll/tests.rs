//! A server that answers conditional requests as good and bad servers do.

use super::*;
use crate::server::{Request, Server, http};
use crate::{Client, Limits};

const RSS: &[u8] = b"<rss><channel><item><link>https://paper.example/1</link></item></channel></rss>";

fn play(request: &Request) -> Vec<u8> {
    let feed = "200 OK\r\nContent-Type: application/rss+xml";
    match request.place().as_str() {
        "paper.example/feed" if request.header("if-none-match") == "\"v1\"" => {
            http("304 Not Modified\r\nETag: \"v1\"", b"")
        }
        "paper.example/feed" => http(
            &format!(
                "{feed}\r\nETag: \"v1\"\r\nLast-Modified: Wed, 11 Mar 2026 07:40:00 GMT\r\nCache-Control: public, max-age=600\r\nLink: <https://hub.example/>; rel=hub, </feed>; rel=\"self\""
            ),
            RSS,
        ),
        "paper.example/old" => http("301 Moved\r\nLocation: /older", b""),
        "paper.example/older" => http("308 Moved\r\nLocation: https://new.example/feed#x", b""),
        "paper.example/mixed" => http("302 Found\r\nLocation: /old", b""),
        "paper.example/for-now" => http("307 For now\r\nLocation: https://new.example/feed", b""),
        "new.example/feed" => http(feed, RSS),
        "paper.example/always-304" => http("304 Not Modified", b""),
        "paper.example/busy" => http("429 Slow\r\nRetry-After: 120", b""),
        "paper.example/busy-date" => http("429 Slow\r\nRetry-After: Wed, 11 Mar 2026 07:40:00 GMT", b""),
        "paper.example/busy-bare" => http("429 Slow\r\nContent-Type: application/rss+xml", b""),
        "paper.example/down" => http("503 Down\r\nRetry-After: 999999999999999999999", b""),
        "paper.example/odd-type" => http("200 OK\r\nContent-Type: text/rss", RSS),
        "paper.example/image" => http("200 OK\r\nContent-Type: image/png", b"\x89PNG\r\n"),
        "paper.example/long-tag" => http(&format!("{feed}\r\nETag: \"{}\"", "x".repeat(5000)), RSS),
        "paper.example/down-grade" => http("301 Moved\r\nLocation: http://paper.example/feed", b""),
        "paper.example/inside" => http("301 Moved\r\nLocation: https://127.0.0.1/feed", b""),
        "paper.example/number" => http("301 Moved\r\nLocation: https://0x7f.1/feed", b""),
        "paper.example/six" => http("301 Moved\r\nLocation: https://[::1]/feed", b""),
        "paper.example/local" => http("301 Moved\r\nLocation: https://localhost/feed", b""),
        "paper.example/loop" => http("301 Moved\r\nLocation: https://new.example/loop", b""),
        "new.example/loop" => http("301 Moved\r\nLocation: https://paper.example/loop", b""),
        "closed.example/robots.txt" => http("200 OK", b"User-agent: *\nDisallow: /feed\nCrawl-delay: 7.5"),
        "reserved.example/.well-known/tdmrep.json" => {
            http("200 OK", br#"[{"location": "/news/*", "tdm-reservation": 1}]"#)
        }
        "reserved.example/news/1" | "reserved.example/open/1" => {
            http("200 OK\r\nContent-Type: text/html", b"<p>Rain fell.")
        }
        _ => http("404 No", b""),
    }
}

fn set() -> (Server, Client) {
    let server = Server::start(play);
    let limits = Limits { stand_in: Some(server.address), ..Limits::default() };
    (server, Client::new(&limits))
}

fn ask(address: &str) -> Ask<'_> {
    Ask { address, etag: None, modified: None }
}

#[test]
fn only_what_changed_is_asked_for() {
    let (server, client) = set();
    let Answer::Had(had) = client.poll(&ask("https://paper.example/feed")) else { panic!("a feed") };
    assert_eq!(had.document.bytes, RSS);
    assert_eq!(had.document.url.as_deref(), Some("https://paper.example/feed"));
    assert_eq!((had.etag.as_deref(), had.moved_to), (Some("\"v1\""), None));
    assert_eq!(
        (had.hub.as_deref(), had.topic.as_deref()),
        (Some("https://hub.example/"), Some("https://paper.example/feed"))
    );
    assert_eq!(had.max_age, Some(Duration::from_secs(600)));
    let first = server.asked().pop().expect("it was asked");
    assert_eq!((first.header("if-none-match"), first.header("if-modified-since")), ("", ""));
    assert!(first.header("accept").starts_with("application/rss+xml"));
    assert!(first.header("user-agent").starts_with("Nutgraf/"));

    let again = Ask {
        etag: had.etag.as_deref(),
        modified: had.modified.as_deref(),
        ..ask("https://paper.example/feed")
    };
    let Answer::Unchanged { etag, modified, moved_to, .. } = client.poll(&again) else { panic!("unchanged") };
    assert_eq!(etag.as_deref(), Some("\"v1\""));
    assert_eq!(
        modified.as_deref(),
        Some("Wed, 11 Mar 2026 07:40:00 GMT"),
        "it stays where the answer has none"
    );
    assert_eq!(moved_to, None);
    let second = server.asked().pop().expect("it was asked");
    assert_eq!(second.header("if-none-match"), "\"v1\"");
    assert_eq!(second.header("if-modified-since"), "Wed, 11 Mar 2026 07:40:00 GMT");
}

#[test]
fn only_redirects_that_are_all_for_good_move_a_feed() {
    let (_server, client) = set();
    for (path, moved) in [
        ("feed", None),
        ("old", Some("https://new.example/feed")),
        ("older", Some("https://new.example/feed")),
        ("mixed", None),
        ("for-now", None),
    ] {
        let address = format!("https://paper.example/{path}");
        let Answer::Had(had) = client.poll(&ask(&address)) else { panic!("a feed") };
        assert_eq!(had.moved_to.as_deref(), moved, "{path}");
    }
}

#[test]
fn what_is_not_had_says_why_and_how_long_to_wait() {
    let (_server, client) = set();
    for (address, code, status, wait) in [
        ("https://paper.example/always-304", "not-modified", Some(304), None),
        ("https://paper.example/busy", "too-many-requests", Some(429), Some(Wait::For(120_000))),
        (
            "https://paper.example/busy-date",
            "too-many-requests",
            Some(429),
            Some(Wait::Until(1_773_214_800_000)),
        ),
        ("https://paper.example/busy-bare", "too-many-requests", Some(429), None),
        ("https://paper.example/down", "server-error", Some(503), Some(Wait::For(i64::MAX))),
        ("https://paper.example/image", "unrecognised", Some(200), None),
        ("https://paper.example/nothing", "not-found", Some(404), None),
        ("https://paper.example/down-grade", "downgrade", None, None),
        ("https://paper.example/inside", "private-address", None, None),
        ("https://paper.example/number", "private-address", None, None),
        ("https://paper.example/six", "private-address", None, None),
        ("https://paper.example/local", "private-address", None, None),
        ("https://paper.example/loop", "too-many-redirects", None, None),
        ("https://closed.example/feed", "robots", None, None),
        ("ftp://paper.example/feed", "not-http", None, None),
        ("file:///etc/hosts", "not-http", None, None),
        ("javascript:alert(1)", "not-http", None, None),
        ("https://paper.example@127.0.0.1/feed", "credentials", None, None),
        ("http://2130706433/", "private-address", None, None),
        ("no address", "bad-address", None, None),
    ] {
        let Answer::Refused { refusal, retry_after, status: found } = client.poll(&ask(address)) else {
            panic!("{address} is refused")
        };
        assert_eq!((refusal.code, found, retry_after), (code, status, wait), "{address}: {refusal}");
    }
    assert_eq!(client.crawl_delay("https://closed.example/other"), Some(Duration::from_millis(7500)));
    assert_eq!(client.crawl_delay("https://paper.example/"), None);
}

#[test]
fn what_a_server_says_of_its_type_does_not_hide_a_feed_and_long_validators_are_dropped() {
    let (_server, client) = set();
    assert!(matches!(client.poll(&ask("https://paper.example/odd-type")), Answer::Had(_)));
    let Answer::Had(had) = client.poll(&ask("https://paper.example/long-tag")) else { panic!("a feed") };
    assert_eq!(had.etag, None);
}

#[test]
fn nothing_is_smuggled_into_a_request() {
    let (server, client) = set();
    let ask = Ask {
        address: "https://paper.example/feed\r\nX-Evil: 1\r\n\r\nGET /two",
        etag: Some("\"a\"\r\nX-Evil: 1"),
        modified: Some("x\nX-Evil: 1"),
    };
    assert!(matches!(client.poll(&ask), Answer::Refused { .. }));
    for request in server.asked() {
        assert!(!request.headers.contains_key("x-evil"), "{request:?}");
        assert_eq!(request.header("if-none-match"), "");
    }
}

#[test]
fn the_stand_in_serves_examples_alone() {
    let (server, client) = set();
    for address in ["https://a.b.paper.example/x", "http://UPPER.example./x", "https://paper.example:8443/x"]
    {
        let refusal = client.get(address).expect_err("it answers with 404");
        assert_eq!(refusal.code, "not-found", "{address}");
    }
    let places: Vec<String> = server.asked().iter().map(Request::place).collect();
    assert!(places.contains(&"a.b.paper.example/x".to_owned()), "{places:?}");
    for address in [
        format!("http://{}/feed", server.address),
        "http://localhost/feed".to_owned(),
        format!("http://localhost:{}/feed", server.address.port()),
        "https://example/feed".to_owned(),
        "https://paper.example.invalid/feed".to_owned(),
    ] {
        let refusal = client.get(&address).expect_err("it is refused");
        assert!(matches!(refusal.code, "private-address" | "port" | "no-host"), "{address}: {refusal}");
    }
    assert!(server.asked().is_empty());
}

#[test]
fn a_host_reserves_its_pages_in_a_file() {
    let (server, client) = set();
    assert!(client.get("https://reserved.example/news/1").expect("a page").reserved);
    assert!(!client.get("https://reserved.example/open/1").expect("a page").reserved);
    let files =
        server.asked().into_iter().filter(|request| request.path == "/.well-known/tdmrep.json").count();
    assert_eq!(files, 1, "it is asked for once");
}

#[test]
fn waits_are_bounded() {
    let now = 1_773_000_000_000;
    for (text, wait) in [
        ("120", Some(now + 120_000)),
        ("0", Some(now)),
        ("99999999", Some(now + LONGEST_WAIT)),
        ("99999999999999999999999", Some(now + LONGEST_WAIT)),
        ("Wed, 11 Mar 2026 07:40:00 GMT", Some(now + LONGEST_WAIT)),
        ("Sun, 08 Mar 2026 20:10:00 GMT", Some(now + 600_000)),
        ("Mon, 01 Jan 1990 00:00:00 GMT", Some(now)),
        ("-5", None),
        ("soon", None),
        ("", None),
    ] {
        let found = Wait::parse(text).map(|wait| wait.until(now));
        assert_eq!(found, wait, "{text}");
    }
}

#[test]
fn a_feed_that_unpacks_without_end_is_left() {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};

    let packed = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
    };
    let bomb = packed(&[RSS, &vec![b' '; 40 << 20]].concat());
    let twice = packed(&bomb);
    assert!(bomb.len() < 64 << 10 && twice.len() < bomb.len());
    let server = Server::start(move |request| {
        let feed = "200 OK\r\nContent-Type: application/rss+xml";
        match request.place().as_str() {
            "paper.example/coded" => http(&format!("{feed}\r\nContent-Encoding: gzip"), &bomb),
            "paper.example/feed.gz" => http("200 OK\r\nContent-Type: application/gzip", &bomb),
            "paper.example/both" => http(&format!("{feed}\r\nContent-Encoding: gzip"), &twice),
            "paper.example/twice" => http("200 OK\r\nContent-Type: application/gzip", &twice),
            "paper.example/robots.txt" => http("200 OK\r\nContent-Encoding: gzip", &bomb),
            _ => http("404 No", b""),
        }
    });
    let limits = Limits { stand_in: Some(server.address), feed_bytes: 1 << 20, ..Limits::default() };
    let client = Client::new(&limits);
    for (path, code) in
        [("coded", "too-large"), ("feed.gz", "too-large"), ("both", "too-large"), ("twice", "nested-gzip")]
    {
        let begun = Instant::now();
        let address = format!("https://paper.example/{path}");
        let Answer::Refused { refusal, .. } = client.poll(&ask(&address)) else { panic!("{path} is taken") };
        assert_eq!(refusal.code, code, "{path}: {refusal}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{path}");
    }
}
