//! Bodies that are too long, packed, or never come; heads that drip in.

use std::io::Write as _;
use std::time::{Duration, Instant};

use super::{connect, form, hear, host, send};
use crate::newsroom::Newsroom;
use crate::place::Place;

/// Longer than any request of a reader.
const LONG: usize = 8 << 20;

#[test]
fn bodies_are_bounded_before_they_are_read() {
    let place = Place::new("guard-bodies");
    let newsroom = Newsroom::start(place.path(), &["--no-fetch"]);
    for path in ["/hide", "/desk/login", "/story/s0/comment", "/story/s0/report", "/comment/1/edit"] {
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let head =
            format!("POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{kind}\r\n", host(&newsroom));
        // Said to be long: refused by its length, before a byte of it came.
        let said = send(&newsroom, format!("{head}Content-Length: {LONG}\r\n\r\n").as_bytes());
        assert_eq!(said.status(), 413, "{path}: {}", said.text);
        assert!(said.took < Duration::from_secs(5), "{path}: {:?}", said.took);
        // Of a length that nobody said.
        let mut body = format!("{head}Transfer-Encoding: chunked\r\n\r\n").into_bytes();
        for _ in 0..64 {
            body.extend_from_slice(b"8000\r\n");
            body.extend(std::iter::repeat_n(b'a', 0x8000));
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"0\r\n\r\n");
        let said = send(&newsroom, &body);
        // Where it was still being sent when the answer came, the system may take the answer with the line.
        assert!(matches!(said.status(), 0 | 400..500), "{path}: {}", said.text);
    }
    let fields = format!("action=hide&domain=post.example&{}", "a=b&".repeat(10_000));
    assert!(matches!(form(&newsroom, "/hide", &[], &fields).status(), 303 | 400..500), "many fields");
    assert_eq!(newsroom.get("/").status, 200);
}

/// A megabyte of zeros in some hundred bytes, as gzip packs it: stored blocks would be as long as what they hold.
fn packed() -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(b"action=hide&domain=post.example&x=").expect("memory takes all");
    packed.write_all(&vec![b'a'; 30 << 20]).expect("memory takes all");
    packed.finish().expect("memory takes all")
}

#[test]
fn nothing_that_is_sent_is_unpacked() {
    let place = Place::new("guard-packed");
    let newsroom = Newsroom::start(place.path(), &["--no-fetch"]);
    let bytes = packed();
    assert!(bytes.len() < 64 << 10, "the bomb itself must pass the limit");
    for coding in ["gzip", "deflate", "br", "gzip, gzip"] {
        let head = format!(
            "POST /hide HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Encoding: {coding}\r\nContent-Length: {}\r\n\r\n",
            host(&newsroom),
            bytes.len()
        );
        let said = send(&newsroom, &[head.as_bytes(), &bytes].concat());
        assert!((400..500).contains(&said.status()), "{coding}: {}", said.text);
        assert!(said.headers("set-cookie").is_empty() && said.took < Duration::from_secs(5), "{coding}");
    }
}

#[test]
fn who_is_slow_is_not_waited_for() {
    let place = Place::new("guard-slow");
    let newsroom = Newsroom::start(place.path(), &["--no-fetch"]);
    let form = format!(
        "POST /hide HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na=b",
        host(&newsroom)
    );
    // (what is sent at once, what drips in, with what it ends)
    let cases = [
        ("", "", 0),
        ("GET / HTTP/1.1\r\nHost: a\r\n", "X-A: b\r\n", 0),
        (&*form, "", 503),
        (&*form, "a", 503),
    ];
    std::thread::scope(|scope| {
        for (first, drip, status) in cases {
            let at = host(&newsroom);
            scope.spawn(move || {
                let begun = Instant::now();
                let mut stream = connect(at);
                stream.write_all(first.as_bytes()).expect("it takes the beginning");
                while !drip.is_empty() && begun.elapsed() < Duration::from_secs(30) {
                    if stream.write_all(drip.as_bytes()).is_err() {
                        break;
                    }
                    std::thread::sleep(Duration::from_millis(500));
                }
                let said = hear(&mut stream);
                let took = begun.elapsed();
                assert!(took < Duration::from_secs(25), "{first:?} and {drip:?} were waited for {took:?}");
                assert!(said.status() == status || said.status() == 0, "{first:?}: {}", said.text);
            });
        }
        // Meanwhile many hold a line each, and the others are served.
        let held: Vec<_> = (0..200).map(|_| connect(host(&newsroom))).collect();
        for _ in 0..5 {
            assert_eq!(newsroom.get("/").status, 200);
        }
        drop(held);
    });
}
