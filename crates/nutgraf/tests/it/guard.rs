//! The newsroom against those who mean it ill, from outside: the program itself over the wire, and the files it writes.

mod bodies;
mod files;
mod forms;
mod login;
mod pages;
mod requests;
mod words;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::newsroom::Newsroom;

/// What came back for bytes that were sent as they are.
struct Said {
    /// Status, headers and body as text; empty where the line was closed without a word.
    text: String,
    /// How long it took until the line was closed.
    took: Duration,
}

impl Said {
    fn status(&self) -> u16 {
        self.text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
    }

    /// Every value of a header.
    fn headers(&self, name: &str) -> Vec<&str> {
        let head = self.text.split("\r\n\r\n").next().unwrap_or_default();
        let lines = head.lines().filter_map(|line| line.split_once(':'));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).collect()
    }
}

/// Sends bytes as they are and reads until the line is closed.
fn send(newsroom: &Newsroom, bytes: &[u8]) -> Said {
    let mut stream = connect(host(newsroom));
    // The other side may have heard enough before all is sent.
    let _ = stream.write_all(bytes);
    hear(&mut stream)
}

fn connect(at: &str) -> TcpStream {
    let stream = TcpStream::connect(at).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time");
    stream
}

fn hear(stream: &mut TcpStream) -> Said {
    let (begun, mut bytes) = (Instant::now(), Vec::new());
    // A line that is reset is closed as well; what came before counts.
    let _ = stream.read_to_end(&mut bytes);
    Said { text: String::from_utf8_lossy(&bytes).into_owned(), took: begun.elapsed() }
}

fn host(newsroom: &Newsroom) -> &str {
    newsroom.site.trim_start_matches("http://")
}

/// Sends a form with headers of one's own.
fn form(newsroom: &Newsroom, path: &str, headers: &[(&str, &str)], body: &str) -> Said {
    let mut head = format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
        host(newsroom),
        body.len()
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    send(newsroom, format!("{head}\r\n{body}").as_bytes())
}

/// Asks with headers of one's own.
fn look(newsroom: &Newsroom, path: &str, headers: &[(&str, &str)]) -> Said {
    let mut head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", host(newsroom));
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    send(newsroom, format!("{head}\r\n").as_bytes())
}
