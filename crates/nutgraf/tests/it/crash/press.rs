//! Ten invented outlets with thirty feeds on a local server: articles appear and change as a test moves its tick.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::news::NEWS;

/// How many outlets there are; each has three feeds that list the same articles.
const OUTLETS: usize = 10;

/// The tick at which nothing changes any more.
pub(super) const LAST: usize = 50;

/// The server.
pub(super) struct Press {
    pub(super) address: SocketAddr,
    tick: Arc<AtomicUsize>,
}

/// An article as it is printed at a tick.
struct Print {
    address: String,
    path: String,
    title: String,
    text: Vec<String>,
    day: String,
    edition: usize,
}

impl Press {
    pub(super) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let tick = Arc::new(AtomicUsize::new(0));
        let now = Arc::clone(&tick);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let now = Arc::clone(&now);
                thread::spawn(move || serve(stream, now.load(Ordering::SeqCst)));
            }
        });
        Self { address, tick }
    }

    /// Time goes on.
    pub(super) fn tick(&self, to: usize) {
        self.tick.store(to, Ordering::SeqCst);
    }
}

/// Domain and address of every feed.
pub(super) fn feeds() -> Vec<(String, String)> {
    let feed =
        |outlet: usize, which: usize| (domain(outlet), format!("https://{}/feed{which}", host(outlet)));
    (0..OUTLETS).flat_map(|outlet| (0..3).map(move |which| feed(outlet, which))).collect()
}

/// The words of every article as it is in the end, by address.
pub(super) fn ending() -> BTreeMap<String, String> {
    let all = (0..OUTLETS).flat_map(|outlet| list(outlet, LAST));
    all.map(|print| (print.address, print.text.join("\n\n"))).collect()
}

fn domain(outlet: usize) -> String {
    format!("paper{outlet}.example")
}

fn host(outlet: usize) -> String {
    format!("www.{}", domain(outlet))
}

/// What an outlet has printed by then.
fn list(outlet: usize, tick: usize) -> Vec<Print> {
    (0..NEWS.len()).filter_map(|story| print(outlet, story, tick)).collect()
}

/// One outlet's article on a story; none where it has none, or not yet.
fn print(outlet: usize, story: usize, tick: usize) -> Option<Print> {
    let seed = outlet * 7 + story * 11;
    let out = seed % 36;
    // Two of three outlets report a story.
    if (outlet + story).is_multiple_of(3) || tick < out {
        return None;
    }
    let news = &NEWS[story];
    // Half of the articles change again and again, with and without the one number in them.
    let edition = if outlet % 2 == story % 2 { 1 + (tick - out) / 5 } else { 1 };
    let is_edited = edition % 2 == 0;
    let mut text: Vec<String> = (0..5).map(|at| news.facts[at][(outlet + at) % 2].to_owned()).collect();
    if is_edited {
        text[2] = news.corrected.to_owned();
    }
    // The first fact leads; the others come in an order of the outlet's own, and one is left out.
    text[1..].rotate_left(outlet % 4);
    text.pop();
    text.push(format!(
        "Our desk number {outlet} will follow what becomes of that. This is edition {edition}."
    ));
    let retitled = if is_edited && outlet.is_multiple_of(4) { ", officials confirm" } else { "" };
    let path = format!("/news/2024/{story}-{outlet}");
    Some(Print {
        address: format!("https://{}{path}", host(outlet)),
        path,
        edition,
        title: format!("{}{retitled}", news.titles[outlet % 2]),
        text,
        day: format!("2024-05-{:02}T{:02}:{:02}:00Z", 14 + story, 6 + outlet, story + outlet),
    })
}

fn serve(mut stream: TcpStream, tick: usize) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut host = String::new();
    for line in lines.take_while(|line| !line.is_empty()) {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("host")
        {
            value.trim().split(':').next().unwrap_or_default().clone_into(&mut host);
        }
    }
    let outlet = host.strip_prefix("www.paper").and_then(|rest| rest.strip_suffix(".example")?.parse().ok());
    let body = outlet.and_then(|outlet| answer(outlet, &path, tick));
    let (status, body) = body.map_or(("404 No", String::new()), |body| ("200 OK", body));
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    // A program that was killed does not listen.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

fn answer(outlet: usize, path: &str, tick: usize) -> Option<String> {
    if path.starts_with("/feed") {
        return Some(feed(outlet, &list(outlet, tick)));
    }
    let print = list(outlet, tick).into_iter().find(|print| print.path == path)?;
    let text: String = print.text.iter().map(|line| format!("<p>{line}</p>")).collect();
    Some(format!(
        "<!DOCTYPE html><html lang=en><head><title>{0}</title><meta property=article:published_time content={1}></head>\
         <body><article><h1>{0}</h1>{text}</article></body></html>",
        print.title, print.day
    ))
}

/// Every second outlet gives teasers, that change with the article; the others give all.
fn feed(outlet: usize, list: &[Print]) -> String {
    let mut body = String::from(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Paper</title>",
    );
    for print in list {
        let text: String = print.text.iter().map(|line| format!("<p>{line}</p>")).collect();
        let given = if outlet.is_multiple_of(2) {
            format!("<content:encoded><![CDATA[{text}]]></content:encoded>")
        } else {
            format!("<description>Read on. This is edition {}.</description>", print.edition)
        };
        let (title, address, day) = (&print.title, &print.address, &print.day);
        write!(body, "<item><title>{title}</title><link>{address}</link><guid>{address}</guid><pubDate>{day}</pubDate>{given}</item>")
            .expect("writing to a string can't fail");
    }
    body + "</channel></rss>"
}
