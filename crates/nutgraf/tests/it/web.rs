//! Asking a server on this machine, with nothing between the test and the wire.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }
}

/// Asks for an address such as `http://127.0.0.1:8080/archive`.
pub(crate) fn get(address: &str) -> Result<Answer, String> {
    ask("GET", address, "", "")
}

/// Sends a body to an address.
pub(crate) fn post(address: &str, kind: &str, body: &str) -> Result<Answer, String> {
    ask("POST", address, kind, body)
}

/// Asks with any method.
pub(crate) fn ask(method: &str, address: &str, kind: &str, body: &str) -> Result<Answer, String> {
    let rest = address.strip_prefix("http://").ok_or("only http is spoken here")?;
    let (host, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
    let fault = |error: std::io::Error| format!("{address}: {error}");
    let mut stream = TcpStream::connect(host).map_err(fault)?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).map_err(fault)?;
    let kind = if kind.is_empty() { String::new() } else { format!("Content-Type: {kind}\r\n") };
    let length = body.len();
    let close = "Connection: close\r\n";
    let head =
        format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n{close}{kind}Content-Length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).map_err(fault)?;
    let bytes = whole(&mut stream).map_err(fault)?;
    let at = end_of_head(&bytes).ok_or_else(|| format!("{address}: no answer"))?;
    let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let status = head.split_whitespace().nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| format!("{address}: no status: {head:?}"))?;
    let mut answer = Answer { status, head, body: String::new() };
    let body = &bytes[at + 4..];
    let is_chunked =
        answer.header("transfer-encoding").is_some_and(|how| how.eq_ignore_ascii_case("chunked"));
    let body = if is_chunked { &joined(body)[..] } else { body };
    answer.body = String::from_utf8_lossy(body).into_owned();
    Ok(answer)
}

/// Reads until the end, or until as much came as the head says: some servers leave the line open.
fn whole(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let (mut bytes, mut part) = (Vec::new(), [0; 16 << 10]);
    loop {
        if let Some(at) = end_of_head(&bytes) {
            let head = String::from_utf8_lossy(&bytes[..at]).to_lowercase();
            let length = head.split("content-length:").nth(1).and_then(|rest| rest.lines().next());
            let length = length.and_then(|length| length.trim().parse::<usize>().ok());
            if length.is_some_and(|length| bytes.len() >= at + 4 + length) {
                return Ok(bytes);
            }
        }
        match stream.read(&mut part)? {
            0 => return Ok(bytes),
            read => bytes.extend_from_slice(&part[..read]),
        }
    }
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n")
}

/// A body without the lengths that stand between its parts.
fn joined(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(at) = rest.windows(2).position(|two| two == b"\r\n") {
        let length = std::str::from_utf8(&rest[..at])
            .ok()
            .and_then(|text| usize::from_str_radix(text.trim(), 16).ok());
        let Some(length) = length.filter(|&length| length > 0 && at + 2 + length <= rest.len()) else {
            break;
        };
        body.extend_from_slice(&rest[at + 2..at + 2 + length]);
        rest = rest.get(at + 4 + length..).unwrap_or_default();
    }
    body
}
