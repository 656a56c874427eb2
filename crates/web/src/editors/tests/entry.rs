//! Who gets in, and whose forms are taken.

use axum::http::{Method, StatusCode};
use store::State as Used;

use super::super::{hash_password, tries};
use super::{Desk, addresses, login};
use crate::talk::seed::{EDITOR, HOSTILE, NOW, Newsroom, PASSWORD, request};

#[tokio::test]
async fn nothing_is_seen_or_done_without_logging_in() {
    let room = Newsroom::open().await;
    let addresses = addresses();
    assert!(addresses.iter().filter(|(method, _)| *method == Method::GET).count() > 10, "{addresses:?}");
    assert!(addresses.iter().filter(|(method, _)| *method == Method::POST).count() > 15, "{addresses:?}");
    let wrong = format!("desk={}", "0".repeat(64));
    for (method, path) in addresses {
        for headers in [&[][..], &[("cookie", &*wrong)]] {
            let mut request =
                request(method.as_str(), &path, headers, "version=1&reason=x&sentence=1".into());
            let form = "application/x-www-form-urlencoded".parse().unwrap();
            request.headers_mut().insert("content-type", form);
            let reply = room.send(request).await;
            assert_eq!(reply.status, StatusCode::SEE_OTHER, "{method} {path}: {}", reply.body);
            assert!(reply.to().starts_with("/desk/login"), "{method} {path}: {}", reply.to());
            assert_eq!(reply.headers["cache-control"], "no-store", "{path}");
        }
    }
    assert!(room.site.store.entries(None, 5).await.unwrap().is_empty());
    assert!(room.site.store.feeds().await.unwrap().iter().all(|feed| feed.state == Used::Active));
}

#[tokio::test]
async fn an_unsigned_form_changes_nothing() {
    let desk = Desk::open().await;
    let before = desk.done().await;
    let other = login(&desk.room, &[], EDITOR, PASSWORD).await.cookie();
    let other = desk.room.get("/desk", &[("cookie", &other)]).await.field("csrf");
    let logins = desk.done().await.len();
    for (_, path) in addresses().into_iter().filter(|(method, _)| *method == Method::POST) {
        for csrf in ["", "0", &other] {
            let fields =
                [("csrf", csrf), ("version", "1"), ("reason", "x"), ("sentence", "1"), ("section", "Sport")];
            let reply = desk.room.post(&path, &[("cookie", &desk.cookie)], &fields).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{path} {csrf:?}");
        }
        let headers = [("cookie", desk.cookie.as_str()), ("origin", "https://evil.example")];
        let fields = [("csrf", desk.csrf.as_str()), ("version", "1"), ("reason", "x")];
        assert_eq!(desk.room.post(&path, &headers, &fields).await.status, StatusCode::FORBIDDEN, "{path}");
        let headers = [("cookie", desk.cookie.as_str()), ("sec-fetch-site", "cross-site")];
        assert_eq!(desk.room.post(&path, &headers, &fields).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(desk.done().await.len(), logins, "{before:?}");
    let story = desk.room.site.store.story("s1").await.unwrap().unwrap();
    assert!(!story.held && story.version == Some(1) && story.section == "World");
    assert_eq!(desk.get("/desk").await.status, StatusCode::OK, "the session lives on");
}

#[tokio::test]
async fn a_session_that_somebody_else_chose_is_worth_nothing() {
    let room = Newsroom::open().await;
    room.site.store.put_editor(EDITOR, &hash_password(PASSWORD), NOW).await.unwrap();
    let chosen = format!("desk={}", "a".repeat(64));
    let reply = login(&room, &[("cookie", &chosen)], EDITOR, PASSWORD).await;
    assert_ne!(reply.cookie(), chosen);
    let full = reply.headers["set-cookie"].to_str().unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/desk", "Max-Age=43200"] {
        assert!(full.contains(part), "{full}");
    }
    assert_eq!(room.get("/desk", &[("cookie", &chosen)]).await.status, StatusCode::SEE_OTHER);
    let second = login(&room, &[("cookie", &reply.cookie())], EDITOR, PASSWORD).await;
    assert_eq!(
        room.get("/desk", &[("cookie", &reply.cookie())]).await.status,
        StatusCode::SEE_OTHER,
        "the old one ends"
    );
    assert_eq!(room.get("/desk", &[("cookie", &second.cookie())]).await.status, StatusCode::OK);
    room.site.clock.advance(12 * 3_600_000 + 1);
    assert_eq!(
        room.get("/desk", &[("cookie", &second.cookie())]).await.status,
        StatusCode::SEE_OTHER,
        "after 12 hours"
    );
}

#[tokio::test]
async fn cookies_are_marked_for_https_where_that_is_so() {
    let room = Newsroom::with(|settings| settings.secure_cookies = true).await;
    room.site.store.put_editor(EDITOR, &hash_password(PASSWORD), NOW).await.unwrap();
    let reply = login(&room, &[], EDITOR, PASSWORD).await;
    assert!(reply.headers["set-cookie"].to_str().unwrap().ends_with("; Secure"));
}

#[tokio::test]
async fn guessing_passwords_ends_soon() {
    let room = Newsroom::open().await;
    room.site.store.put_editor(EDITOR, &hash_password(PASSWORD), NOW).await.unwrap();
    for name in [EDITOR, "nobody"] {
        let reply = login(&room, &[("x-peer", "198.51.100.7")], name, "wrong").await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN);
        assert!(reply.body.contains("Name or password is wrong"), "the same for both");
    }
    for _ in 2..tries::FROM_ONE {
        login(&room, &[("x-peer", "198.51.100.7")], EDITOR, "wrong").await;
    }
    let reply = login(&room, &[("x-peer", "198.51.100.7")], EDITOR, PASSWORD).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    let forged = [("x-peer", "198.51.100.7"), ("x-forwarded-for", "203.0.113.1")];
    assert_eq!(login(&room, &forged, EDITOR, PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(login(&room, &[], EDITOR, PASSWORD).await.status, StatusCode::SEE_OTHER, "others may");
    room.site.clock.advance(16 * 60_000);
    assert_eq!(
        login(&room, &[("x-peer", "198.51.100.7")], EDITOR, PASSWORD).await.status,
        StatusCode::SEE_OTHER
    );
    let elsewhere = [("sec-fetch-site", "cross-site")];
    assert_eq!(login(&room, &elsewhere, EDITOR, PASSWORD).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn logging_in_leads_back_to_the_desk_only() {
    let room = Newsroom::open().await;
    room.site.store.put_editor(EDITOR, &hash_password(PASSWORD), NOW).await.unwrap();
    assert_eq!(room.get("/desk/story/s1", &[]).await.to(), "/desk/login?to=/desk/story/s1");
    for (to, expected) in [
        ("/desk/story/s1", "/desk/story/s1"),
        ("https://evil.example/", "/desk"),
        ("//evil.example", "/desk"),
        ("/desk/\r\nSet-Cookie: a=b", "/desk"),
        ("/desk/login", "/desk"),
    ] {
        let fields = [("name", EDITOR), ("password", PASSWORD), ("to", to)];
        let reply = room.post("/desk/login", &[], &fields).await;
        assert_eq!(reply.to(), expected, "{to:?}");
        assert_eq!(reply.headers.get_all("set-cookie").iter().count(), 1);
    }
    let page = room.get(&format!("/desk/login?to={}", "%22%3E%3Cscript%3Ealert(1)"), &[]).await;
    page.is_harmless();
    let reply = room.post("/desk/login", &[], &[("name", HOSTILE), ("password", "x")]).await;
    reply.is_harmless();
}

#[tokio::test]
async fn logging_out_ends_the_session() {
    let desk = Desk::open().await;
    let reply = desk.post("/desk/logout", &[]).await;
    assert_eq!(reply.to(), "/desk/login");
    assert!(reply.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(desk.get("/desk").await.status, StatusCode::SEE_OTHER);
}
