//! A local server that plays all outlets of an example: their feeds, robots.txt and pages.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// One page of an example.
#[derive(Clone)]
pub(super) struct Printed {
    /// Its address.
    pub(super) url: String,
    /// Its HTML.
    pub(super) html: String,
}

/// What is answered: status and body, by host and path.
type Answers = Arc<Mutex<BTreeMap<String, (u16, String)>>>;

/// The outlets of an example, on the net.
pub(super) struct Press {
    pub(super) address: SocketAddr,
    answers: Answers,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Press {
    pub(super) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let (answers, asked) = (Answers::default(), Arc::<Mutex<Vec<String>>>::default());
        let (held, noted) = (Arc::clone(&answers), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (held, noted) = (Arc::clone(&held), Arc::clone(&noted));
                std::thread::spawn(move || answer(stream, &held, &noted));
            }
        });
        Self { address, answers, asked }
    }

    /// Answers an address with a status and a body from now on.
    pub(super) fn print(&self, url: &str, status: u16, body: &str) {
        let place = url.trim_start_matches("https://").to_owned();
        self.answers.lock().unwrap().insert(place, (status, body.to_owned()));
    }

    /// How often an address was asked for.
    pub(super) fn asked(&self, url: &str) -> usize {
        let place = url.trim_start_matches("https://");
        self.asked.lock().unwrap().iter().filter(|asked| *asked == place).count()
    }

    /// Prints pages, and a feed for each host that lists them as teasers. The addresses of the feeds.
    pub(super) fn issue(&self, pages: &[Printed]) -> Vec<String> {
        let mut hosts: BTreeMap<String, Vec<&Printed>> = BTreeMap::new();
        for page in pages {
            self.print(&page.url, 200, &page.html);
            hosts.entry(desk::families::host(&page.url).unwrap()).or_default().push(page);
        }
        let mut feeds = Vec::new();
        for (host, pages) in hosts {
            let mut feed =
                String::from("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>");
            for page in pages {
                let title = between(&page.html, "<title>", "</title>");
                let url = &page.url;
                write!(feed, "<item><title>{title}</title><link>{url}</link><guid>{url}</guid><description>Read on.</description></item>").unwrap();
            }
            feed.push_str("</channel></rss>");
            let address = format!("https://{host}/feed.xml");
            self.print(&address, 200, &feed);
            feeds.push(address);
        }
        feeds
    }
}

/// The pages of an example, by name.
pub(super) fn example(name: &str) -> Vec<Printed> {
    let folder = format!("{}/../../examples/{name}/pages", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let page = |path: &std::path::PathBuf| {
        let html = std::fs::read_to_string(path).unwrap();
        let url = between(&html, "rel=\"canonical\" href=\"", "\"").to_owned();
        Printed { url, html }
    };
    files.iter().map(page).collect()
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let from = text.find(start).map_or(0, |at| at + start.len());
    &text[from..from + text[from..].find(end).unwrap_or(0)]
}

fn answer(mut stream: TcpStream, answers: &Answers, asked: &Mutex<Vec<String>>) {
    let reader = BufReader::new(stream.try_clone().unwrap());
    let (mut path, mut host) = (String::new(), String::new());
    for line in reader.lines().map_while(Result::ok) {
        if let Some(rest) = line.strip_prefix("GET ") {
            path = rest.split(' ').next().unwrap_or_default().to_owned();
        } else if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("host")
        {
            host = value.trim().split(':').next().unwrap_or_default().to_owned();
        }
        if line.is_empty() {
            break;
        }
    }
    let place = format!("{host}{path}");
    asked.lock().unwrap().push(place.clone());
    let found = answers.lock().unwrap().get(&place).cloned();
    let (status, body) = found.unwrap_or((404, String::new()));
    let kind = if body.starts_with("<?xml") { "application/rss+xml" } else { "text/html; charset=utf-8" };
    let head = format!(
        "HTTP/1.1 {status} Played\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // A client that went away is no fault of the test.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}
