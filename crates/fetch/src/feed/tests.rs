//! Feeds of every temper, looked at once or a few times.

use super::*;
use crate::Limits;
use crate::server::{Request, Server, http};

/// 2026-03-11 12:00 UTC.
const NOW: i64 = 1_773_230_400_000;
const HOUR: i64 = 3_600_000;

fn rss(inside: &str) -> Vec<u8> {
    let body = format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>The &lt;b&gt;Paper&lt;/b&gt;</title>{inside}</channel></rss>"
    );
    http("200 OK\r\nContent-Type: application/rss+xml\r\nETag: \"a\"", body.as_bytes())
}

fn entry(number: i64, hours: i64) -> String {
    let day = Timestamp::from_millisecond(NOW - hours * HOUR).expect("a moment in range");
    format!(
        "<item><title>Rain &amp;amp; wind {number}</title><link>/news/{number}?utm_source=rss</link><guid>g{number}</guid><description>It fell.</description><pubDate>{day}</pubDate></item>"
    )
}

fn bare(number: i64) -> String {
    format!("<item><title>t</title><link>/{number}</link></item>")
}

fn play(request: &Request) -> Vec<u8> {
    let two_hourly: String = (0..12).map(|number| entry(number, number * 2)).collect();
    match request.path.as_str() {
        "/well" if request.header("if-none-match") == "\"a\"" => http("304 Same", b""),
        "/well" | "/new" => rss(&two_hourly),
        "/slow-by-wish" => rss(&format!("<ttl>300</ttl>{two_hourly}")),
        "/empty" => rss(""),
        "/astray" => rss(
            "<item><title>x</title><link>javascript:alert(1)</link></item><item><link>data:text/html,x</link></item>",
        ),
        "/undated" => rss(&(0..5).map(bare).collect::<String>()),
        "/lying" => rss(&[entry(1, -48), entry(2, 24 * 365 * 40), entry(3, -3)].concat()),
        "/liars" => rss(&[entry(1, -48), entry(2, 24 * 365 * 40)].concat()),
        "/silent" => rss(&(0..9).map(|number| entry(number, 24 * (60 + number))).collect::<String>()),
        "/twice" => rss(&[
            entry(1, 1),
            entry(1, 1),
            "<item><link>HTTPS://PAPER.example:443/news/1#top</link></item>".to_owned(),
        ]
        .concat()),
        "/many" => rss(&(0..900).map(|number| entry(number, (number * 7) % 900)).collect::<String>()),
        "/large" => rss(&format!(
            "<item><link>/a</link><title>t</title><description>d</description><content:encoded>{}</content:encoded></item>",
            "x ".repeat(400_000)
        )),
        "/hub" => rss(&format!(
            "<atom:link rel='hub' href='https://hub.example/'/><atom:link rel='self' href='https://paper.example/hub'/>{two_hourly}"
        )),
        "/moved" => http("301 Moved\r\nLocation: /new", b""),
        "/to-home" => http("301 Moved\r\nLocation: /", b""),
        "/" | "/login" | "/captcha" => {
            http("200 OK\r\nContent-Type: text/html", b"<!DOCTYPE html><html><title>Are you a robot?</title>")
        }
        "/login-as-feed" => http("200 OK\r\nContent-Type: application/rss+xml", b"<html><body>Log in"),
        "/blank" => http("200 OK\r\nContent-Type: application/rss+xml", b""),
        "/json" => http("200 OK\r\nContent-Type: application/json", b"{\"error\": \"none\"}"),
        "/opml" => http("200 OK", b"<opml version='2.0'><body/></opml>"),
        "/cut" => rss("")[..160].to_vec(),
        "/pay" => http("402 Pay", b""),
        "/law" => http("451 No", b""),
        "/gone" => http("410 Gone", b""),
        "/busy" => http("429 Slow\r\nRetry-After: 7200", b""),
        "/busy-bare" => http("429 Slow", b""),
        "/down" => http("503 Down\r\nRetry-After: 10800", b""),
        path if path.starts_with("/noise") => noise(path),
        "/fault" => http("500 No", b"<html>"),
        _ => http("404 No", b""),
    }
}

struct Set {
    server: Server,
    client: Client,
}

impl Set {
    fn new() -> Self {
        let server = Server::start(play);
        let client = Client::new(&Limits { stand_in: Some(server.address), ..Limits::default() });
        Self { server, client }
    }

    fn look(&self, path: &str) -> Outcome {
        self.again(&State { address: format!("https://paper.example{path}"), ..State::default() }, NOW)
    }

    fn again(&self, state: &State, now: i64) -> Outcome {
        ask(&self.client, state, &Rhythm::default(), now)
    }
}

/// What is known after an outcome.
fn after(state: &State, outcome: &Outcome) -> State {
    State {
        address: outcome.moved_to.clone().unwrap_or_else(|| state.address.clone()),
        etag: outcome.etag.clone(),
        modified: outcome.modified.clone(),
        interval: outcome.interval,
        failures: outcome.failures,
        newest: outcome.newest,
        fresh: state.fresh,
        fetched: Some(outcome.at),
        health: outcome.health,
        note: outcome.note.clone(),
        hub: outcome.hub.clone(),
        topic: outcome.topic.clone(),
    }
}

#[test]
fn each_temper_has_its_health() {
    let set = Set::new();
    for (path, health, offers, words) in [
        ("/well", Health::Well, 12, ""),
        ("/empty", Health::Empty, 0, "lists nothing"),
        ("/astray", Health::Empty, 0, "It lists 2 items, and none leads to an article"),
        ("/undated", Health::Undated, 5, "None of the 5 articles"),
        ("/liars", Health::Undated, 2, "None of the 2 articles"),
        (
            "/lying",
            Health::Well,
            3,
            "2 of its 3 articles have no day that can be believed: 2 name one in the future or before 1990.",
        ),
        ("/silent", Health::Silent, 9, "nothing new for 60 days"),
        ("/twice", Health::Well, 1, ""),
        ("/moved", Health::Moved, 12, "It moved for good to https://paper.example/new"),
        ("/to-home", Health::NotFeed, 0, "a page for people"),
        ("/login", Health::NotFeed, 0, "a page for people"),
        ("/captcha", Health::NotFeed, 0, "a page for people"),
        ("/login-as-feed", Health::NotFeed, 0, "a page for people"),
        ("/blank", Health::NotFeed, 0, "What comes is empty."),
        ("/json", Health::NotFeed, 0, "JSON without a list"),
        ("/opml", Health::NotFeed, 0, "a list of feeds (OPML)"),
        ("/pay", Health::Blocked, 0, "(status 402). Ask the outlet"),
        ("/law", Health::Blocked, 0, "(status 451). Ask the outlet"),
        ("/gone", Health::Gone, 0, "(status 410). Look for the outlet's new feed"),
        ("/nothing", Health::Failing, 0, "(status 404). It is asked again, and counts as gone"),
        ("/busy", Health::Failing, 0, "asks us to slow down (status 429). It is asked again"),
        ("/fault", Health::Failing, 0, "has a fault (status 500). It is asked again"),
    ] {
        let outcome = set.look(path);
        assert_eq!((outcome.health, outcome.offers.len()), (health, offers), "{path}: {}", outcome.note);
        assert!(outcome.note.contains(words), "{path}: {}", outcome.note);
        let had = !matches!(health, Health::NotFeed | Health::Blocked | Health::Gone | Health::Failing);
        assert_eq!((outcome.success, outcome.failures), (had, i64::from(!had)), "{path}");
        assert!(outcome.next > NOW && outcome.next <= NOW + 27 * HOUR, "{path}");
        assert_eq!(outcome.etag.is_some(), had, "{path}: a failure leaves nothing to compare with");
    }
}

#[test]
fn an_item_is_kept_whole_and_in_one_form() {
    let outcome = Set::new().look("/well");
    assert_eq!(outcome.title, "The Paper");
    let item = &outcome.offers[1];
    assert_eq!(item.address, "https://paper.example/news/1");
    assert_eq!((item.guid.as_str(), item.title.as_str()), ("g1", "Rain & wind 1"));
    assert_eq!(item.published, Some(NOW - 2 * HOUR));
    assert_eq!(item.hash.len(), 64);
    let json: serde_json::Value = serde_json::from_str(&item.item).expect("JSON");
    assert_eq!(json["summary"], "It fell.");
    assert_ne!(item.hash, outcome.offers[2].hash);
    assert_eq!(item.hash, Set::new().look("/well").offers[1].hash);
    assert_eq!(outcome.newest, Some(NOW));
}

#[test]
fn much_is_bounded() {
    let set = Set::new();
    let many = set.look("/many");
    assert_eq!(many.offers.len(), MOST);
    let oldest = many.offers.iter().filter_map(|item| item.published).min();
    assert_eq!(oldest, Some(NOW - 499 * HOUR), "the newest are kept");
    let large = set.look("/large");
    assert!(large.offers[0].item.len() <= ITEM);
    assert!(large.offers[0].item.contains("\"summary\":\"d\""));
}

#[test]
fn the_schedule_follows_the_feed_and_what_it_asks_for() {
    let set = Set::new();
    let well = set.look("/well");
    assert_eq!(well.interval, HOUR);
    assert!((NOW + HOUR..=NOW + HOUR + HOUR / 10).contains(&well.next));
    let wished = set.look("/slow-by-wish");
    assert_eq!(wished.interval, 5 * HOUR);
    assert!(wished.next >= NOW + 5 * HOUR);
    let hub = set.look("/hub");
    assert_eq!((hub.hub.as_str(), hub.topic.as_str()), ("https://hub.example/", "https://paper.example/hub"));
}

#[test]
fn unchanged_feeds_stay_as_they_are_until_they_fall_silent() {
    let set = Set::new();
    let first = State { address: "https://paper.example/well".to_owned(), ..State::default() };
    let state = after(&first, &set.again(&first, NOW));
    set.server.asked();
    let outcome = set.again(&state, NOW + HOUR);
    assert_eq!(
        set.server.asked().last().map(|request| request.header("if-none-match").to_owned()),
        Some("\"a\"".to_owned())
    );
    assert_eq!((outcome.health, outcome.success, outcome.offers.len()), (Health::Well, true, 0));
    assert_eq!((outcome.etag.as_deref(), outcome.newest), (Some("\"a\""), Some(NOW)));
    let outcome = set.again(&state, NOW + 24 * 10 * HOUR);
    assert_eq!(outcome.health, Health::Silent);
    assert!(outcome.note.contains("nothing new for 10 days"), "{}", outcome.note);
    let back = set.again(&after(&state, &outcome), NOW + HOUR);
    assert_eq!((back.health, back.note.as_str()), (Health::Well, ""));
}

#[test]
fn after_a_failure_the_whole_is_asked_for() {
    let set = Set::new();
    for (failures, health) in
        [(1, Health::Failing), (0, Health::NotFeed), (0, Health::New), (0, Health::Moved)]
    {
        let state = State {
            address: "https://paper.example/well".to_owned(),
            etag: Some("\"a\"".to_owned()),
            failures,
            health,
            ..State::default()
        };
        let outcome = set.again(&state, NOW);
        assert_eq!(
            (outcome.health, outcome.offers.len(), outcome.failures),
            (Health::Well, 12, 0),
            "{health:?}"
        );
    }
}

#[test]
fn a_missing_feed_is_gone_the_third_time_in_a_row() {
    let set = Set::new();
    let mut state = State { address: "https://paper.example/nothing".to_owned(), ..State::default() };
    let mut seen = Vec::new();
    let mut now = NOW;
    for _ in 0..12 {
        let outcome = set.again(&state, now);
        seen.push((outcome.health, (outcome.next - now) / HOUR));
        now = outcome.next;
        state = after(&state, &outcome);
    }
    assert_eq!(seen[..2], [(Health::Failing, 0), (Health::Failing, 0)]);
    assert!(seen[2..9].iter().all(|(health, hours)| *health == Health::Gone && (24..=26).contains(hours)));
    assert!(seen[9..].iter().all(|(health, hours)| *health == Health::Gone && (168..=185).contains(hours)));
    let after_others =
        State { failures: 7, note: "No whole answer within 20 s. It is".to_owned(), ..State::default() };
    let state = State { address: "https://paper.example/nothing".to_owned(), ..after_others };
    assert_eq!(set.again(&state, NOW).health, Health::Failing, "the failures before were others");
}

#[test]
fn a_site_that_asks_for_rest_gets_it() {
    let set = Set::new();
    for (path, rest, least) in [
        ("/busy", Some(NOW + 2 * HOUR), 2 * HOUR),
        ("/down", Some(NOW + 3 * HOUR), 3 * HOUR),
        ("/busy-bare", Some(NOW + HOUR / 12), HOUR / 12),
        ("/fault", None, HOUR / 12),
    ] {
        let outcome = set.look(path);
        assert_eq!(outcome.rest, rest, "{path}");
        assert!(outcome.next >= NOW + least, "{path}");
    }
}

/// An answer of which some bytes are others than they should be.
fn noise(path: &str) -> Vec<u8> {
    let links = "Link: <https://hub.example/>; rel=hub\r\nCache-Control: max-age=600\r\nRetry-After: 5";
    let body = rss(&format!("<ttl>60</ttl><atom:link rel='hub' href='/h'/>{}", entry(1, 1)));
    let start = body.windows(5).position(|part| part == b"<?xml").expect("the body is XML");
    let mut bytes = http(&format!("200 OK\r\nContent-Type: text/xml\r\n{links}"), &body[start..]);
    for digit in Sha256::digest(path.as_bytes()).chunks_exact(3) {
        let at = (usize::from(digit[0]) * 256 + usize::from(digit[1])) % bytes.len();
        bytes[at] = digit[2];
    }
    bytes
}

#[test]
fn no_answer_upsets_it() {
    let set = Set::new();
    let mut had = 0;
    for number in 0..400 {
        let outcome = set.look(&format!("/noise/{number}"));
        had += usize::from(outcome.success);
        assert!(outcome.next > NOW && outcome.next <= NOW + 27 * HOUR);
        assert!(outcome.success || !outcome.note.is_empty(), "a failure is told in words");
        assert!(outcome.note.chars().count() <= NOTE);
    }
    assert!((1..400).contains(&had), "some are still read, and some are not: {had}");
}
