//! Forms that a page from elsewhere has a reader's or an editor's browser send, and redirects that lead away.

use super::{form, host};
use crate::newsroom::Newsroom;
use crate::place::Place;

#[test]
fn a_form_from_elsewhere_changes_nothing() {
    let place = Place::new("guard-forms");
    let newsroom = Newsroom::start(place.path(), &["--no-fetch"]);
    let own = format!("http://{}", host(&newsroom));
    let wish = "action=hide&domain=post.example&back=/";
    for headers in [
        &[("Origin", "http://evil.example")][..],
        &[("Origin", "http://127.0.0.1.evil.example")],
        &[("Origin", "http://127.0.0.1:1")],
        &[("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site"), ("Origin", &own)],
        &[("Sec-Fetch-Site", "none")],
    ] {
        for path in [
            "/hide",
            "/story/s0/comment",
            "/story/s0/report",
            "/comment/1/edit",
            "/comment/1/delete",
            "/desk/login",
            "/desk/logout",
            "/desk/feeds/add",
            "/desk/outlets/add",
            "/desk/editors/add",
            "/desk/editors/password",
            "/desk/story/s0/hold",
            "/desk/story/s0/withdraw",
            "/desk/comment/1/approve",
            "/desk/job/1/retry",
        ] {
            let said = form(&newsroom, path, headers, wish);
            assert_eq!(said.status(), 403, "{path} {headers:?}: {}", said.text);
            assert!(said.headers("set-cookie").is_empty(), "{path} {headers:?} sets a cookie");
            assert!(said.text.contains("sent from another site"), "{path}: {}", said.text);
        }
    }
    for headers in [&[("Origin", &*own)][..], &[("Sec-Fetch-Site", "same-origin")], &[]] {
        let said = form(&newsroom, "/hide", headers, wish);
        assert_eq!(said.status(), 303, "{headers:?}: {}", said.text);
        let cookie = said.headers("set-cookie").concat();
        for part in ["hide=post.example;", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
    }
    // Forms are forms: what another page can send without asking first is not taken for one.
    let said = super::send(
        &newsroom,
        format!(
            "POST /hide HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{wish}",
            host(&newsroom),
            wish.len()
        )
        .as_bytes(),
    );
    assert!((400..500).contains(&said.status()), "{}", said.text);
}

#[test]
fn nobody_is_led_elsewhere_and_no_header_is_added() {
    let place = Place::new("guard-redirects");
    let newsroom = Newsroom::start(place.path(), &["--no-fetch"]);
    for back in [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: evil=1",
        "/a%0d%0aSet-Cookie:%20evil=1",
        "/\t/evil.example",
        "http:evil.example",
        "",
    ] {
        for (path, field) in [("/hide", "back"), ("/desk/login", "to")] {
            let coded = url::form_urlencoded::byte_serialize(back.as_bytes()).collect::<String>();
            let body = format!("action=hide&domain=post.example&name=nobody&password=x&{field}={coded}");
            let said = form(&newsroom, path, &[], &body);
            for to in said.headers("location") {
                let ours = to.starts_with('/')
                    && !to.starts_with("//")
                    && !to.contains('\\')
                    && !to.contains("evil=1\r");
                assert!(ours, "{path} {back:?} leads to {to:?}");
            }
            assert!(
                !said.headers("set-cookie").iter().any(|cookie| cookie.starts_with("evil")),
                "{path} {back:?}"
            );
        }
    }
    for domain in [
        "post.example; Domain=evil.example",
        "post.example\r\nSet-Cookie: evil=1",
        "a|b",
        "é.example",
        "\"",
        "",
    ] {
        let coded = url::form_urlencoded::byte_serialize(domain.as_bytes()).collect::<String>();
        let said = form(&newsroom, "/hide", &[], &format!("action=hide&domain={coded}"));
        assert_eq!(said.status(), 400, "{domain:?}: {}", said.text);
        assert!(said.headers("set-cookie").is_empty(), "{domain:?}");
    }
}
