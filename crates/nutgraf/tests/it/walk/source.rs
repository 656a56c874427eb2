//! Where the digests' sources stand for a browser that has no way to them: the example pages on a server of the
//! test's own, under the paths that they have at their outlets.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};

use crate::place::repository;

/// The example pages by the path of their address.
pub(super) struct Sources {
    at: String,
}

impl Sources {
    /// Starts the server; it ends with the tests.
    pub(super) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let at = format!("http://{}", listener.local_addr().expect("it is bound"));
        let pages = pages();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A browser that goes away early misses only its own answer.
                let _ = answer(&pages, stream);
            }
        });
        Self { at }
    }

    /// The same page and passage, here.
    pub(super) fn here(&self, address: &str) -> String {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        let path = rest.find('/').map_or("/", |at| &rest[at..]);
        format!("{}{path}", self.at)
    }
}

fn pages() -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for story in ["ferry", "lithium"] {
        let folder = repository().join("examples").join(story).join("pages");
        for entry in std::fs::read_dir(folder).expect("the examples are there").flatten() {
            let html = std::fs::read_to_string(entry.path()).expect("it is text");
            let said = ["rel=\"canonical\" href=\"", "property=\"og:url\" content=\""];
            let address = said.iter().find_map(|said| html.split(said).nth(1)?.split('"').next());
            let path = address.and_then(|address| address.splitn(4, '/').nth(3)).map(str::to_owned);
            if let Some(path) = path {
                pages.insert(format!("/{path}"), html);
            }
        }
    }
    assert!(pages.len() > 10, "only {} example pages say their address", pages.len());
    pages
}

fn answer(pages: &BTreeMap<String, String>, stream: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let line = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let path = line.split(' ').nth(1).unwrap_or_default();
    let (status, body) = pages.get(path).map_or(("404 Not Found", ""), |page| ("200 OK", page));
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
