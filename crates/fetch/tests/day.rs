//! Two hundred feeds of every temper over one simulated day: what they offered is had, their health is right, and
//! no site is asked faster than its pace.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use desk::read::feed::Health;
use fetch::feed::{State, ask};
use fetch::pace::Pace;
use fetch::schedule::Rhythm;
use fetch::{Client, Limits, address};
use jiff::Timestamp;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// 2026-03-11 00:00 UTC.
const MORNING: i64 = 1_773_187_200_000;

/// How many articles a feed lists at once.
const LISTED: i64 = 20;

/// How a feed behaves, and what is to be told of it in the evening.
const TEMPERS: [(&str, Health); 20] = [
    ("well", Health::Well),
    ("well", Health::Well),
    ("well", Health::Well),
    ("shared", Health::Well),
    ("changing-etag", Health::Well),
    ("broken", Health::Well),
    ("flaky", Health::Well),
    ("moving", Health::Well),
    ("busy", Health::Well),
    ("future", Health::Undated),
    ("undated", Health::Undated),
    ("empty", Health::Empty),
    ("silent", Health::Silent),
    ("missing", Health::Gone),
    ("gone", Health::Gone),
    ("login", Health::NotFeed),
    ("forbidden", Health::Blocked),
    ("robots", Health::Blocked),
    ("lying-length", Health::Failing),
    ("loop", Health::Failing),
];

/// The server's clock and what it was asked: simulated time, host and path.
#[derive(Default)]
struct Town {
    clock: AtomicI64,
    asked: Mutex<Vec<(i64, String, String)>>,
}

impl Town {
    fn now(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }
}

/// How far apart a feed's articles are.
fn gap(number: i64) -> i64 {
    [25, 40, 60, 90, 180][usize::try_from(number % 5).expect("a small number")] * MINUTE
}

/// The numbers of the articles that are out by then, the newest first.
fn out(number: i64, now: i64) -> impl Iterator<Item = i64> {
    let newest = (now - MORNING).div_euclid(gap(number));
    (newest - LISTED + 1..=newest).rev()
}

fn host(number: i64, temper: &str) -> String {
    match temper {
        "shared" => format!("s{number}.shared.example"),
        _ => format!("www.{temper}{number}.example"),
    }
}

fn list(number: i64, temper: &str, now: i64) -> String {
    let mut body = String::from("<rss version='2.0'><channel><title>A paper</title>");
    for article in out(number, now) {
        let day = match temper {
            "future" => MORNING + 400 * DAY,
            "silent" => MORNING + article * gap(number) - 60 * DAY,
            _ => MORNING + article * gap(number),
        };
        let article =
            if temper == "silent" { article - out(number, now).next().unwrap_or(0) } else { article };
        let day = Timestamp::from_millisecond(day).expect("a moment in range");
        let day = if temper == "undated" { String::new() } else { format!("<pubDate>{day}</pubDate>") };
        let odd = if temper == "broken" { "Wind & rain <b>" } else { "" };
        write!(
            body,
            "<item><title>Article {article} {odd}</title><link>/{article}?utm_source=rss</link>{day}</item>"
        )
        .expect("writing to a string can't fail");
    }
    body
}

fn answer(town: &Town, host: &str, path: &str, validator: &str) -> Vec<u8> {
    let reply =
        |head: &str, body: &str| format!("HTTP/1.1 {head}\r\nConnection: close\r\n\r\n{body}").into_bytes();
    let name = host.trim_start_matches("www.").trim_end_matches(".example").trim_end_matches(".shared");
    let digits = name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len());
    let (temper, number) = (&name[..digits], name[digits..].parse().unwrap_or(0));
    let now = town.now();
    let times = town
        .asked
        .lock()
        .expect("no panic in between")
        .iter()
        .filter(|(_, h, p)| h == host && p == path)
        .count();
    if path == "/robots.txt" {
        let robots = if temper == "robots" { "User-agent: *\nDisallow: /" } else { "" };
        return reply("200 OK", robots);
    }
    let feed = "200 OK\r\nContent-Type: application/rss+xml";
    match temper {
        "empty" => return reply(feed, "<rss version='2.0'><channel><title>x</title></channel></rss>"),
        "missing" => return reply("404 No", ""),
        "gone" => return reply("410 Gone", ""),
        "login" => return reply("200 OK\r\nContent-Type: text/html", "<!DOCTYPE html><html>Log in"),
        "forbidden" => return reply("403 No", ""),
        "loop" => return reply("302 Found\r\nLocation: /feed", ""),
        "lying-length" => return reply(&format!("{feed}\r\nContent-Length: 99999"), "<rss><channel>"),
        "moving" if path == "/feed" => return reply("301 Moved\r\nLocation: /new", ""),
        "busy" if times % 4 == 1 && now < MORNING + 18 * HOUR => {
            return reply("429 Slow\r\nRetry-After: 1800", "");
        }
        "flaky" if times % 3 == 1 && now < MORNING + 18 * HOUR => return reply("500 No", "<html>"),
        _ => {}
    }
    let tag = match temper {
        "changing-etag" => format!("\"{times}\""),
        _ => format!("\"{}\"", out(number, now).next().unwrap_or(0)),
    };
    if validator == tag {
        return reply(&format!("304 Same\r\nETag: {tag}"), "");
    }
    reply(&format!("{feed}\r\nETag: {tag}"), &list(number, temper, now))
}

fn open(town: &Arc<Town>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a bound address");
    let town = Arc::clone(town);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let path = lines.next().unwrap_or_default().split(' ').nth(1).unwrap_or_default().to_owned();
            let (mut host, mut validator) = (String::new(), String::new());
            for line in lines.take_while(|line| !line.is_empty()) {
                let (name, value) = line.split_once(':').unwrap_or_default();
                match name.to_ascii_lowercase().as_str() {
                    "host" => value.trim().clone_into(&mut host),
                    "if-none-match" => value.trim().clone_into(&mut validator),
                    _ => {}
                }
            }
            let bytes = answer(&town, &host, &path, &validator);
            town.asked.lock().expect("no panic in between").push((town.now(), host, path));
            let _ = stream.write_all(&bytes);
        }
    });
    address
}

/// A feed, when it was asked last, and all articles it offered.
struct Kept {
    state: State,
    temper: &'static str,
    health: Health,
    number: i64,
    asked: i64,
    first: i64,
    addresses: BTreeSet<String>,
}

fn feeds() -> Vec<Kept> {
    let all = TEMPERS.iter().cycle().zip(0..200);
    all.map(|(&(temper, health), number)| Kept {
        state: State { address: format!("https://{}/feed", host(number, temper)), ..State::default() },
        temper,
        health,
        number,
        asked: 0,
        first: 0,
        addresses: BTreeSet::new(),
    })
    .collect()
}

/// Looks at a feed, and takes down what came of it; when it is due again.
fn look(client: &Client, pace: &Pace, site: &str, kept: &mut Kept, now: i64) -> i64 {
    let outcome = ask(client, &kept.state, &Rhythm::default(), now);
    if outcome.success {
        kept.asked = now;
        kept.first = if kept.first == 0 { now } else { kept.first };
    }
    if let Some(until) = outcome.rest {
        pace.rest(site, until);
    }
    let fresh = outcome.offers.iter().filter(|item| kept.addresses.insert(item.address.clone())).count();
    kept.state = State {
        address: outcome.moved_to.unwrap_or_else(|| kept.state.address.clone()),
        etag: outcome.etag,
        modified: outcome.modified,
        interval: outcome.interval,
        failures: outcome.failures,
        newest: outcome.newest,
        fresh: if fresh > 0 { Some(now) } else { kept.state.fresh },
        fetched: Some(now),
        health: outcome.health,
        note: outcome.note,
        hub: outcome.hub,
        topic: outcome.topic,
    };
    outcome.next
}

#[test]
fn a_day_of_two_hundred_feeds() {
    let town = Arc::new(Town::default());
    let server = open(&town);
    let limits = Limits { stand_in: Some(server), timeout: Duration::from_secs(10), ..Limits::default() };
    let (client, pace) = (Client::new(&limits), Pace::default());
    let mut feeds = feeds();
    let mut due: BTreeSet<(i64, usize)> = (0..feeds.len()).map(|at| (MORNING, at)).collect();
    let mut looks = 0;
    while let Some((now, at)) = due.pop_first().filter(|(now, _)| *now < MORNING + DAY) {
        town.clock.store(now, Ordering::SeqCst);
        let site = address::site(&feeds[at].state.address).expect("a site");
        let next = match pace.take(&site, now) {
            Ok(_permit) => {
                looks += 1;
                look(&client, &pace, &site, &mut feeds[at], now)
            }
            Err(until) => until,
        };
        assert!(next > now, "time goes on");
        due.insert((next, at));
    }
    let mut offered = 0;
    for kept in &feeds {
        assert_eq!(kept.state.health, kept.health, "{}: {}", kept.state.address, kept.state.note);
        offered += kept.addresses.len();
        let lists = matches!(kept.health, Health::Well | Health::Undated) && kept.temper != "silent";
        if lists {
            let last = out(kept.number, kept.asked).next().unwrap_or(0);
            let first = out(kept.number, kept.first).last().unwrap_or(0);
            let expected = usize::try_from(last - first + 1).expect("more than none");
            assert_eq!(kept.addresses.len(), expected, "{}: every article once", kept.state.address);
            assert!(kept.asked > MORNING + 20 * HOUR, "{} was asked in the evening too", kept.state.address);
        }
    }
    let asked = town.asked.lock().expect("no panic in between");
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    let mut least = i64::MAX;
    for (at, host, _) in asked.iter().filter(|(_, _, path)| path == "/feed") {
        let site = address::site(&format!("https://{host}/")).expect("a site");
        // A loop of redirects is one look.
        if let Some(before) = last.insert(site, *at).filter(|before| before != at) {
            least = least.min(at - before);
        }
    }
    assert!(least >= 2000, "two requests to a site were {least} ms apart");
    eprintln!(
        "200 feeds, 24 h simulated: {looks} looks, {} requests, {offered} articles, each once; least gap within a site {least} ms",
        asked.len()
    );
}
