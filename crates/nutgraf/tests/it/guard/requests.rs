//! Requests that no browser sends: tricks with paths, targets, headers and methods.

use super::{host, look, send};
use crate::newsroom::Newsroom;
use crate::place::Place;

/// Never part of an answer: what a file outside, a forged header or the inside of the program would show.
const NEVER: [&str; 6] = ["root:x:", "SQLite format", "panicked", ".rs:", "sqlx", "nutgraf-data"];

#[test]
fn tricks_with_requests_lead_nowhere() {
    let place = Place::new("guard-requests");
    let newsroom = Newsroom::start(place.path(), &["--no-fetch"]);
    let long = format!("/{}", "a".repeat(5_000));
    let deep = "/..".repeat(300);
    for target in [
        "/../../../../etc/passwd",
        "/style/../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/%252e%252e%252fetc%252fpasswd",
        "/..%c0%af..%c0%afetc/passwd",
        "/..\\..\\etc\\passwd",
        "/desk/style/..%2f..%2fCargo.toml",
        "/desk/style/%00",
        "/talk/..%2f..%2fetc%2fpasswd",
        "/talk/%00.css",
        "/sitemap/..%2f1.xml",
        "/story/%00",
        "/story/..%2f..%2fnutgraf.db",
        "/story/s1%0d%0aX-Evil:%201",
        "/nutgraf-data/nutgraf.db",
        "/nutgraf.db",
        "/.git/config",
        "//evil.example/",
        "//evil.example/%2f..",
        "///evil.example",
        "/\\evil.example/",
        "/%5cevil.example/",
        "/archive//",
        "/archive/%0d%0aX-Evil:%201/",
        "/archive/?a=%0d%0aX-Evil:%201",
        "/;@evil.example/",
        "/.evil.example/",
        "http://evil.example/archive/",
        "http://evil.example//evil.example/",
        "http://evil.example/../../etc/passwd",
        "file:///etc/passwd",
        "gopher://evil.example/",
        "*",
        "evil.example:443",
        "/search?q=%00",
        "/day/9999999999-99-99",
        "/api/v1/articles/..%2f..%2fetc%2fpasswd",
        "/api/v1/stories?cursor=%00%ff",
        "/websub/..%2f1",
        "/websub/99999999999999999999",
        &long,
        &deep,
    ] {
        for method in ["GET", "HEAD", "POST", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"] {
            let request = format!(
                "{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
                host(&newsroom)
            );
            let said = send(&newsroom, request.as_bytes());
            let name = format!("{method} {}", &target[..target.len().min(60)]);
            assert!(said.status() < 500, "{name}: {}", said.text);
            for never in NEVER {
                assert!(!said.text.contains(never), "{name}: {never}: {}", said.text);
            }
            assert!(said.headers("x-evil").is_empty(), "{name} forges a header: {}", said.text);
            for to in said.headers("location") {
                let ours = to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\");
                assert!(ours, "{name} leads to {to}");
            }
        }
    }
    assert_eq!(newsroom.get("/").status, 200, "it is still open");
}

#[test]
fn headers_that_lie_are_not_believed() {
    let place = Place::new("guard-headers");
    let newsroom = Newsroom::start(place.path(), &["--no-fetch"]);
    for (name, value) in [
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Proto", "https"),
        ("X-Original-URL", "/desk"),
        ("X-Rewrite-URL", "/desk"),
        ("X-HTTP-Method-Override", "DELETE"),
        ("Forwarded", "for=127.0.0.1;host=evil.example"),
        ("Referer", "javascript:alert(1)"),
        ("Accept-Language", "\"><script>alert(1)</script>"),
        ("User-Agent", "<script>alert(1)</script>"),
        ("Cookie", "hide=\"><script>alert(1)</script>; desk=' OR 1=1 --; author=\u{1}"),
        ("Range", "bytes=0-0,1-1,2-2,3-3"),
        ("Expect", "100-continue"),
    ] {
        for path in ["/", "/archive/", "/nowhere", "/desk", "/search?q=a"] {
            let said = look(&newsroom, path, &[(name, value)]);
            assert!(said.status() < 500, "{name} {path}: {}", said.text);
            assert!(
                !said.text.contains("evil.example") && !said.text.contains("alert(1)"),
                "{name} {path}: {}",
                said.text
            );
        }
    }
    let host = "GET /archive/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    let said = send(&newsroom, host.as_bytes());
    assert!(!said.text.contains("evil.example"), "the name that was asked for is repeated: {}", said.text);
    // What only those near may see is not shown to whom a proxy that we were not told of asks for.
    for (name, value) in
        [("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-For", "203.0.113.9"), ("Forwarded", "for=127.0.0.1")]
    {
        assert_eq!(look(&newsroom, "/metrics", &[(name, value)]).status(), 403, "{name}: {value}");
    }
    assert_eq!(look(&newsroom, "/metrics", &[]).status(), 200);
}

#[test]
fn a_request_that_is_none_is_refused() {
    let place = Place::new("guard-nonsense");
    let newsroom = Newsroom::start(place.path(), &["--no-fetch"]);
    let many = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "A: b\r\n".repeat(5_000));
    let wide = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
    let target = format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(1 << 20));
    let post = |head: &str, body: &str| {
        format!(
            "POST /hide HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n{head}\r\n\r\n{body}"
        )
    };
    for (name, request) in [
        ("nothing", "\r\n\r\n\r\n".to_owned()),
        ("another protocol", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\r\n\r\n".to_owned()),
        ("HTTP/2 as if known", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned()),
        ("no version", "GET /\r\n\r\n".to_owned()),
        ("a NUL in a header", "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n".to_owned()),
        ("a NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n".to_owned()),
        ("a folded header", "GET / HTTP/1.1\r\nHost: a\r\n X: b\r\n\r\n".to_owned()),
        ("many headers", many),
        ("a wide header", wide),
        ("a long target", target),
        ("two lengths", post("Content-Length: 5\r\nContent-Length: 6", "a=b&c=d")),
        ("a length below nothing", post("Content-Length: -1", "a=b")),
        (
            "a length and chunks",
            post(
                "Content-Length: 3\r\nTransfer-Encoding: chunked",
                "0\r\n\r\nGET /desk HTTP/1.1\r\nHost: a\r\n\r\n",
            ),
        ),
        ("chunks that are none", post("Transfer-Encoding: chunked", "zz\r\na=b\r\n0\r\n\r\n")),
        ("a chunk too long to count", post("Transfer-Encoding: chunked", "ffffffffffffffffff\r\na")),
        ("an unknown transfer", post("Transfer-Encoding: gzip, chunked, identity", "a=b")),
    ] {
        let said = send(&newsroom, request.as_bytes());
        assert!(matches!(said.status(), 0 | 400..500), "{name}: {}", said.text);
        assert!(said.text.matches("HTTP/1.1 ").count() <= 1, "{name} was taken for two: {}", said.text);
        assert!(said.took.as_secs() < 20, "{name}: {:?}", said.took);
    }
    assert_eq!(newsroom.get("/").status, 200, "it is still open");
}
