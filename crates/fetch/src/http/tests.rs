//! A server on this machine that answers as bad servers do.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

/// Answers each path with the bytes that `answer` gives for it, and closes.
fn serve(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a bound address");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut lines = BufReader::new(&stream).lines();
            let first = lines.next().and_then(Result::ok).unwrap_or_default();
            while lines.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
            let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
            let bytes = answer(&path);
            if path == "/slow" {
                thread::sleep(Duration::from_millis(900));
            }
            let _ = stream.write_all(&bytes);
        }
    });
    address
}

fn http(head: &str, body: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 ", head.as_bytes(), b"\r\nConnection: close\r\n\r\n", body].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("a Vec takes all");
    encoder.finish().expect("a Vec takes all")
}

fn site(path: &str) -> Vec<u8> {
    let html = "200 OK\r\nContent-Type: text/html";
    match path {
        "/robots.txt" => http("200 OK", b"User-agent: *\nDisallow: /secret"),
        "/page" => http(html, b"<p>Rain fell."),
        "/ai" => http(&format!("{html}\r\nX-Robots-Tag: noai"), b"<p>x"),
        "/packed" => http(&format!("{html}\r\nContent-Encoding: gzip"), &gzip(b"<p>Rain fell.")),
        "/cut-gzip" => http(&format!("{html}\r\nContent-Encoding: gzip"), &gzip(b"<p>Rain fell.")[..20]),
        "/map.xml.gz" => http("200 OK\r\nContent-Type: application/gzip", &gzip(b"<urlset>")),
        "/bomb" => http(&format!("{html}\r\nContent-Encoding: gzip"), &gzip(&vec![b'<'; 3_000_000])),
        "/bomb-p" => http(
            &format!("{html}\r\nContent-Encoding: gzip"),
            &gzip(&[b"<p>".to_vec(), vec![b'x'; 3_000_000]].concat()),
        ),
        "/large" => http(&format!("{html}\r\nContent-Length: 2000000"), b"<p>"),
        "/endless" => http(html, &[b"<p>".to_vec(), vec![b'x'; 3_000_000]].concat()),
        "/lie" => http(&format!("{html}\r\nContent-Length: 500"), b"<p>short"),
        "/chunks" => {
            http(&format!("{html}\r\nTransfer-Encoding: chunked"), b"3\r\n<p>\r\n1\r\nx\r\n0\r\n\r\n")
        }
        "/brotli" => http(&format!("{html}\r\nContent-Encoding: br"), b"\x01\x02"),
        "/image" => http("200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        "/binary" => http(html, b"\x7fELF\x02"),
        "/empty" => http(html, b""),
        "/archive" => http("200 OK", b"WARC/1.0\r\n"),
        "/moved" => http("302 Found\r\nLocation: /page#x", b""),
        "/loop" => http("301 Moved\r\nLocation: /loop", b""),
        "/nowhere" => http("301 Moved", b""),
        "/to-private" => http("302 Found\r\nLocation: http://169.254.169.254/latest", b""),
        "/to-number" => http("302 Found\r\nLocation: http://2130706433/", b""),
        "/to-local" => http("302 Found\r\nLocation: http://localhost/", b""),
        "/to-secret" => http("302 Found\r\nLocation: /secret/1", b""),
        "/to-file" => http("302 Found\r\nLocation: file:///etc/hosts", b""),
        "/gone" => http("410 Gone", b""),
        "/login" => http("401 No", b""),
        "/pay" => http("403 No", b""),
        "/busy" => http("429 Slow\r\nRetry-After: 120", b""),
        "/fault" => http("503 No\r\nRetry-After: Wed, 11 Mar 2026 07:40:00 GMT", b""),
        "/slow" => http(html, b"<p>late"),
        "/garbage" => b"\x00\xff\xfe no http\r\n\r\n".to_vec(),
        "/silent" => Vec::new(),
        "/headers" => http(&format!("200 OK\r\n{}", "X-More: and more\r\n".repeat(20_000)), b""),
        "/one-header" => http(&format!("200 OK\r\nX-Long: {}", "x".repeat(200_000)), b""),
        _ => http("404 No", b""),
    }
}

fn client(server: SocketAddr) -> Client {
    let limits = Limits { page_bytes: 1_000_000, timeout: Duration::from_millis(700), ..Limits::default() };
    Client::reaching(&limits, Reach::besides(server))
}

#[test]
fn each_answer_becomes_a_document_or_a_message() {
    let server = serve(site);
    let client = client(server);
    for (path, expected) in [
        ("/page", "<p>Rain fell."),
        ("/page?q#x", "404"),
        ("/packed", "<p>Rain fell."),
        ("/map.xml.gz", "<urlset>"),
        ("/chunks", "<p>x"),
        ("/moved", "<p>Rain fell."),
        ("/cut-gzip", "the gzip data is cut off"),
        ("/bomb", "not a page"),
        ("/bomb-p", "it is over the limit of 976 KB for a page"),
        ("/large", "1 MB is over the limit of 976 KB for a page. Raise it with --max-page-bytes."),
        ("/endless", "it is over the limit of 976 KB"),
        ("/lie", "the connection ended before the whole answer had come"),
        ("/brotli", "it is packed as \"br\", which is not read"),
        ("/image", "it is \"image/png\", not a page or feed"),
        ("/binary", "not a page, feed, record file, mail or archive (it starts with the bytes 7f 45 4c 46)"),
        ("/empty", "it is empty"),
        ("/archive", "this is an archive, which is only read from a file"),
        ("/loop", "more than 5 redirects"),
        ("/nowhere", "it redirects (status 301) without saying where to"),
        (
            "/to-private",
            "it redirects to http://169.254.169.254/latest: the address is in the local link (169.254.0.0/16), which is refused",
        ),
        ("/to-number", "it redirects to http://127.0.0.1/: the address is in this machine itself"),
        ("/to-local", "it redirects to http://localhost/: the name leads to "),
        ("/to-secret", "asks us not to read it (Disallow: /secret)"),
        ("/to-file", "it redirects to file:///etc/hosts: \"file\" is not http or https"),
        ("/secret/2", "asks us not to read it (Disallow: /secret)"),
        ("/gone", "there is no such page (status 410)"),
        ("/login", "does not let us read it (status 401)"),
        ("/pay", "does not let us read it (status 403)"),
        ("/busy", "(status 429). Try again in 120 s."),
        ("/fault", "has a fault (status 503). Try again after Wed, 11 Mar 2026 07:40:00 GMT."),
        ("/garbage", "the answer can't be understood"),
        ("/silent", "the connection ended"),
        ("/headers", "the answer can't be understood"),
        ("/one-header", "the answer can't be understood"),
        ("/slow", "no whole answer within 700 ms"),
    ] {
        let found = match client.get(&format!("http://{server}{path}")) {
            Ok(document) => String::from_utf8_lossy(&document.bytes).into_owned(),
            Err(refusal) => refusal.to_string(),
        };
        assert!(found.contains(expected), "{path}: {found}");
    }
}

#[test]
fn a_document_keeps_what_the_answer_said() {
    let server = serve(site);
    let moved = client(server).get(&format!("http://{server}/moved")).expect("a page");
    assert_eq!(moved.name, format!("http://{server}/moved"));
    assert_eq!(moved.url, Some(format!("http://{server}/page")));
    assert_eq!(moved.content_type.as_deref(), Some("text/html"));
    assert!(moved.fetched.is_some_and(|at| at.len() == 20 && at.ends_with('Z')));
    assert!(!moved.reserved);
    assert!(client(server).get(&format!("http://{server}/ai")).expect("a page").reserved);
}

#[test]
fn the_number_connected_to_is_checked_even_where_the_host_was_not() {
    let server = serve(site);
    let client = Client::new(&Limits::default());
    for host in ["127.0.0.1", "localhost"] {
        let url = Url::parse(&format!("http://{host}:{}/page", server.port())).expect("an address");
        let cause = client.request(&url, Wish::default(), Instant::now()).expect_err("it is refused");
        assert_eq!(cause.code(), "private-address", "{cause}");
    }
    assert_eq!(
        get("http://localhost/", &Limits::default()).expect_err("it is refused").code,
        "private-address"
    );
}

#[test]
fn robots_that_cannot_be_had_forbid_and_missing_ones_allow() {
    for (robots, expected) in [
        (http("404 No", b""), "ok"),
        (http("403 No", b""), "ok"),
        (http("500 No", b""), "robots-unknown"),
        (http("429 No", b""), "too-many-requests"),
        (http("200 OK\r\nContent-Encoding: br", b"\x01"), "robots-unknown"),
        (http("200 OK\r\nContent-Length: 50", b"User-agent"), "robots-unknown"),
        (http("301 Moved\r\nLocation: /robots.txt", b""), "ok"),
        (http("301 Moved\r\nLocation: http://10.0.0.1/", b""), "robots-unknown"),
        (http("200 OK", b"User-agent: nutgraf\nDisallow: /"), "robots"),
    ] {
        let server =
            serve(move |path| if path == "/robots.txt" { robots.clone() } else { http("200 OK", b"<p>x") });
        let found = client(server).get(&format!("http://{server}/"));
        assert_eq!(found.as_ref().err().map_or("ok", |refusal| refusal.code), expected, "{found:?}");
    }
}

#[test]
fn a_password_is_neither_sent_nor_repeated() {
    let refusal = get("http://me:pw@news.test/", &Limits::default()).expect_err("it is refused");
    assert_eq!(
        refusal.to_string(),
        "http://news.test/: the address holds a user name or password, which is not sent. Give it without them."
    );
}

#[test]
fn https_is_never_left_for_http() {
    let moved = || Response::builder().status(301);
    let from = Url::parse("https://news.test/a").expect("an address");
    for (to, expected) in [
        ("http://news.test/a", "downgrade"),
        ("https://news.test/b", "ok"),
        ("//news.test/c", "ok"),
        ("/d", "ok"),
    ] {
        let response =
            moved().header("location", to).body(ureq::Body::builder().data("")).expect("an answer");
        assert_eq!(target(&from, &response).err().map_or("ok", |cause| cause.code()), expected, "{to}");
    }
}

#[test]
fn a_server_that_drips_is_left_after_the_time_in_all() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let server = listener.local_addr().expect("a bound address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || {
                let mut stream = stream;
                for byte in http("200 OK\r\nContent-Type: text/html", &[b'x'; 4000]) {
                    if stream.write_all(&[byte]).is_err() {
                        break;
                    }
                    thread::sleep(Duration::from_millis(5));
                }
            });
        }
    });
    let start = Instant::now();
    let refusal = client(server).get(&format!("http://{server}/")).expect_err("it never ends");
    assert_eq!(refusal.code, "timeout", "{refusal}");
    assert!(start.elapsed() < Duration::from_secs(3));
}

#[test]
fn a_server_that_speaks_no_tls_is_not_trusted() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let server = listener.local_addr().expect("a bound address");
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut hello = [0; 64];
            let _ = stream.read(&mut hello);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            thread::sleep(Duration::from_millis(100));
        }
    });
    let refusal = client(server).get(&format!("https://{server}/")).expect_err("it is refused");
    assert_eq!(refusal.code, "tls", "{refusal}");
}

#[test]
fn a_closed_port_is_told_as_such() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let server = listener.local_addr().expect("a bound address");
    drop(listener);
    let refusal = client(server).get(&format!("http://{server}/")).expect_err("nobody is there");
    assert!(
        refusal
            .to_string()
            .ends_with("the server can't be reached (connection refused). Check the address, or try later."),
        "{refusal}"
    );
    let refusal = get("http://nobody.invalid/", &Limits::default()).expect_err("nobody is there");
    assert_eq!(refusal.code, "no-host", "{refusal}");
}

/// Leads to the test's server the first time and to a private network from then on, as a hostile name server would.
#[derive(Debug)]
struct Turncoat {
    server: SocketAddr,
    asked: std::sync::atomic::AtomicUsize,
}

impl Resolver for Turncoat {
    fn resolve(
        &self,
        _: &ureq::http::Uri,
        _: &ureq::config::Config,
        _: ureq::unversioned::transport::NextTimeout,
    ) -> Result<ureq::unversioned::resolver::ResolvedSocketAddrs, ureq::Error> {
        let mut addresses = self.empty();
        let times = self.asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        addresses.push(if times == 0 { self.server } else { SocketAddr::from(([10, 0, 0, 1], 80)) });
        Ok(addresses)
    }
}

#[test]
fn a_name_that_turns_to_a_private_network_between_two_requests_is_refused() {
    let server = serve(site);
    let names = Turncoat { server, asked: std::sync::atomic::AtomicUsize::new(0) };
    let client = Client::through(&Limits::default(), Reach::besides(server), names);
    // The first request is for robots.txt, and is answered.
    let refusal = client.get("http://turncoat.test/page").expect_err("the second leads inside");
    assert!(refusal.to_string().contains("the name leads to 10.0.0.1"), "{refusal}");
    assert!(client.robots.get("http://turncoat.test").is_some_and(|answer| answer.is_ok()));
}
