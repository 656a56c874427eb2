//! The server that plays all papers of a simulated day, and takes down what it was asked and what it offered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use store::Clock;

use super::paper::{MORNING, Paper, Print};
use crate::newsroom::HOUR;

/// When papers that were in trouble are out of it.
const MENDED: i64 = MORNING + 17 * HOUR;

/// One question.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) at: i64,
    pub(super) host: String,
    pub(super) path: String,
    /// Whether it begins a look at a feed or page: not what belongs to one (rules, reservations, redirects).
    pub(super) is_begin: bool,
}

/// What the town offered at one address.
#[derive(Clone, Debug, Default)]
pub(super) struct Offered {
    /// Its address when it was offered first.
    pub(super) address: String,
    /// Whether it can be had.
    pub(super) is_article: bool,
    /// The marks of the versions that came where we read them.
    pub(super) versions: BTreeSet<String>,
}

/// The town with all its papers.
pub(super) struct Town {
    pub(super) address: SocketAddr,
    clock: Clock,
    papers: Vec<Paper>,
    asked: Mutex<Vec<Asked>>,
    offered: Mutex<BTreeMap<String, Offered>>,
    /// Where redirects of this moment lead to: asking there is no look of its own.
    hops: Mutex<BTreeSet<(i64, String)>>,
}

/// What came in.
struct Request {
    host: String,
    path: String,
    validator: String,
}

impl Town {
    pub(super) fn open(clock: Clock, papers: Vec<Paper>) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let town = Arc::new(Self {
            address,
            clock,
            papers,
            asked: Mutex::default(),
            offered: Mutex::default(),
            hops: Mutex::default(),
        });
        let all = Arc::clone(&town);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let town = Arc::clone(&all);
                thread::spawn(move || town.serve(stream));
            }
        });
        town
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub(super) fn offered(&self) -> BTreeMap<String, Offered> {
        self.offered.lock().unwrap().clone()
    }

    fn serve(&self, mut stream: TcpStream) {
        let Some(request) = read(&stream) else { return };
        let at = self.clock.now();
        let (host, path) = (request.host.clone(), request.path.clone());
        let rules = matches!(path.as_str(), "/robots.txt" | "/.well-known/tdmrep.json");
        let is_hop = self.hops.lock().unwrap().remove(&(at, format!("{host}{path}")));
        let times = {
            let mut asked = self.asked.lock().unwrap();
            let times = asked.iter().filter(|asked| asked.host == host && asked.path == path).count();
            asked.push(Asked { at, host, path, is_begin: !rules && !is_hop });
            times
        };
        let bytes = self.answer(&request, at, times);
        let is_slow = request.host.starts_with("www.slow");
        for part in bytes.chunks(if is_slow { bytes.len() / 4 + 1 } else { bytes.len().max(1) }) {
            // A client that went away is no fault of the test.
            let _ = stream.write_all(part);
            if is_slow {
                thread::sleep(Duration::from_millis(8));
            }
        }
    }

    fn answer(&self, request: &Request, now: i64, times: usize) -> Vec<u8> {
        let (host, path) = (request.host.as_str(), request.path.as_str());
        let host = host.replace("www.arrived", "www.leaving");
        let at_home = |paper: &&Paper| paper.host() == host;
        let Some(paper) = self
            .papers
            .iter()
            .find(|paper| at_home(paper) && paper.path() == path)
            .or_else(|| self.papers.iter().find(at_home))
        else {
            return reply("404 No", "");
        };
        match path {
            "/robots.txt" => reply("200 OK", robots(paper.temper)),
            _ if path.starts_with("/news/") => self.page(paper, path, now, times),
            _ => match trouble(paper, &request.host, path, now, times) {
                Some(bytes) => {
                    self.hop(&request.host, &bytes, now);
                    bytes
                }
                None => self.feed(paper, request, now, times),
            },
        }
    }

    /// Notes where a redirect leads to.
    fn hop(&self, host: &str, bytes: &[u8], now: i64) {
        let text = String::from_utf8_lossy(bytes);
        let Some(to) = text.lines().find_map(|line| line.strip_prefix("Location: ")) else { return };
        let place = to.strip_prefix("https://").map_or_else(|| format!("{host}{to}"), str::to_owned);
        self.hops.lock().unwrap().insert((now, place));
    }

    /// The page of an article.
    fn page(&self, paper: &Paper, path: &str, now: i64, times: usize) -> Vec<u8> {
        let number = path.trim_start_matches("/news/").trim_end_matches("/again").trim_end_matches("/after");
        let Ok(number) = number.parse() else { return reply("404 No", "") };
        match paper.temper {
            "walled" => return reply("403 No", "Subscribers only."),
            "dead" => return reply("404 No", ""),
            "wobbly" if times == 0 => return reply("503 Later", ""),
            "jumpy" if times == 0 && number % 3 == 0 => return reply("429 Slow\r\nRetry-After: 60", ""),
            _ => {}
        }
        let print = paper.print(number, now);
        self.note(paper, &print, true);
        let mut html = format!(
            "<!DOCTYPE html><html lang=en><head><title>{0}</title></head><body><nav><a href=/>Front</a></nav>\
             <article><h1>{0}</h1>",
            print.title
        );
        for line in &print.text {
            write!(html, "<p>{line}</p>").unwrap();
        }
        html.push_str("</article><footer>All rights reserved.</footer></body></html>");
        reply("200 OK\r\nContent-Type: text/html; charset=utf-8", &html)
    }

    /// Takes down that an article was offered, and which version came.
    fn note(&self, paper: &Paper, print: &Print, came: bool) {
        let mut offered = self.offered.lock().unwrap();
        let offer = offered.entry(paper.article(print.number)).or_default();
        if offer.address.is_empty() {
            offer.address.clone_from(&print.address);
        }
        offer.is_article = paper.has_articles();
        if came && offer.is_article {
            offer.versions.insert(print.mark.clone());
        }
    }

    fn feed(&self, paper: &Paper, request: &Request, now: i64, times: usize) -> Vec<u8> {
        let kind = if paper.temper == "json" { "application/feed+json" } else { "application/rss+xml" };
        let list = paper.list(now);
        let tag = match paper.temper {
            "etag" => format!("\"{}\"", list[0].number),
            _ => format!("\"{times}\""),
        };
        if request.validator == tag {
            return reply(&format!("304 Same\r\nETag: {tag}"), "");
        }
        let head = match paper.temper {
            "etag" | "oddtag" => format!("200 OK\r\nContent-Type: {kind}\r\nETag: {tag}"),
            _ => format!("200 OK\r\nContent-Type: {kind}"),
        };
        let mut body = match paper.temper {
            "atom" => atom(paper, &list),
            "json" => json(paper, &list),
            _ => rss(paper, &list),
        };
        let mut whole = list.len();
        if matches!(paper.temper, "cut" | "short") {
            // The last item ends in the middle of its text.
            whole -= 1;
            let mark = body.rfind("The desk filed").expect("every text has it");
            let cut = mark - 120;
            if paper.temper == "short" {
                list[..whole].iter().for_each(|print| self.note(paper, print, true));
                return reply(&format!("{head}\r\nContent-Length: {cut}"), &body);
            }
            body.truncate(cut);
        }
        // Whoever lists an article first words it; the walled ones are had from the feed.
        let came = !paper.has_pages() || paper.temper == "walled";
        list[..whole].iter().for_each(|print| self.note(paper, print, came));
        reply(&head, &body)
    }
}

fn reply(head: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {head}\r\nConnection: close\r\n\r\n{body}").into_bytes()
}

fn robots(temper: &str) -> &'static str {
    match temper {
        "robots" => "User-agent: *\nDisallow: /",
        "secret" => "User-agent: *\nDisallow: /news/",
        "delay" => "User-agent: *\nCrawl-delay: 9",
        _ => "",
    }
}

/// What a paper in trouble answers instead of its feed.
fn trouble(paper: &Paper, host: &str, path: &str, now: i64, times: usize) -> Option<Vec<u8>> {
    let early = now < MENDED;
    let feed = "200 OK\r\nContent-Type: application/rss+xml";
    let arrived = format!("301 Moved\r\nLocation: https://www.arrived{}.example/feed", paper.number);
    Some(match paper.temper {
        "empty" => reply(feed, "<rss version='2.0'><channel><title>x</title></channel></rss>"),
        "blank" => reply(feed, ""),
        "missing" => reply("404 No", ""),
        "gone" => reply("410 Gone", ""),
        "login" => {
            reply("200 OK\r\nContent-Type: text/html", "<!DOCTYPE html><html><form>Log in</form></html>")
        }
        "mended" if early => reply("200 OK\r\nContent-Type: text/html", "<!DOCTYPE html><html>Log in</html>"),
        "garbage" => reply(feed, "Nothing of that is markup, and nothing of it is a feed."),
        "forbidden" => reply("403 No", ""),
        "loop" => reply("302 Found\r\nLocation: /feed", ""),
        "lost" => reply("302 Found", ""),
        "unasked" => reply("304 Same", ""),
        "hangup" => Vec::new(),
        "long" => reply(&format!("{feed}\r\nContent-Length: 99999"), "<rss><channel>"),
        "moving" if path == "/feed" => reply("301 Moved\r\nLocation: /new", ""),
        "leaving" if host.starts_with("www.leaving") => reply(&arrived, ""),
        "passing" if path == "/feed" => reply("302 Found\r\nLocation: /today", ""),
        "flaky" if times % 3 == 1 && early => reply("500 No", "<html>"),
        "down" if (MORNING + 2 * HOUR..MORNING + 10 * HOUR).contains(&now) => reply("502 No", ""),
        "busy" if times % 4 == 1 && early => reply("429 Slow\r\nRetry-After: 1800", ""),
        "curt" if times % 4 == 1 && early => reply("429 Slow", ""),
        "closed" if times % 4 == 1 && early => reply("503 Later\r\nRetry-After: 1200", ""),
        _ => return None,
    })
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let (mut host, mut validator) = (String::new(), String::new());
    for line in lines.take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "host" => value.trim().split(':').next().unwrap_or_default().clone_into(&mut host),
            "if-none-match" => value.trim().clone_into(&mut validator),
            _ => {}
        }
    }
    Some(Request { host, path, validator })
}

/// What a feed gives of an article: all of it, or a teaser.
fn given(paper: &Paper, print: &Print) -> String {
    match (paper.has_pages(), paper.temper) {
        // The mark is part of what the feed gives of pages behind a wall.
        (true, "walled") => format!("<p>{} {}</p>", print.text[0], print.text[6]),
        (true, _) => format!("<p>{} Read more</p>", print.title),
        (false, _) => print.text.iter().map(|line| format!("<p>{line}</p>")).collect(),
    }
}

fn rss(paper: &Paper, list: &[Print]) -> String {
    let mut body = String::from(
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>A paper</title>",
    );
    for print in list {
        let link = format!("{}?utm_source=feed{}", print.address, paper.number);
        let id = print.number;
        let day = print.day.map(|day| format!("<pubDate>{}</pubDate>", stamp(day))).unwrap_or_default();
        let odd = if paper.temper == "broken" { " & rain <b>" } else { "" };
        let (title, text) = (&print.title, given(paper, print));
        let field = if paper.has_pages() { "description" } else { "content:encoded" };
        let mut add = |link: &str| {
            write!(
                body,
                "<item><title>{title}{odd}</title><link>{link}</link><guid>item-{id}</guid>{day}<{field}><![CDATA[{text}]]></{field}></item>"
            )
            .unwrap();
        };
        add(&link);
        if paper.temper == "twin" {
            add(&format!("/news/{}/again", print.number));
        }
    }
    body.push_str(if paper.temper == "broken" { "</channel>" } else { "</channel></rss>" });
    body
}

fn atom(paper: &Paper, list: &[Print]) -> String {
    let mut body = String::from("<feed xmlns='http://www.w3.org/2005/Atom'><title>A paper</title>");
    for print in list {
        let text = given(paper, print).replace('<', "&lt;");
        let day = stamp(print.day.expect("this temper gives days"));
        write!(
            body,
            "<entry><id>tag:{0}</id><title>{1}</title><link href='/news/{0}#top'/><published>{day}</published>\
             <content type='html'>{text}</content></entry>",
            print.number, print.title
        )
        .unwrap();
    }
    body.push_str("</feed>");
    body
}

fn json(paper: &Paper, list: &[Print]) -> String {
    let items: Vec<serde_json::Value> = list
        .iter()
        .map(|print| {
            serde_json::json!({
                "id": print.number.to_string(),
                "url": paper.article(print.number),
                "title": print.title,
                "content_html": given(paper, print),
                "date_published": print.day.map(stamp),
            })
        })
        .collect();
    serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "A paper", "items": items})
        .to_string()
}

fn stamp(day: i64) -> String {
    Timestamp::from_millisecond(day).expect("a moment in range").to_string()
}
