//! Every page answers, in the site's look, with its validators and headers.

use axum::http::{Method, Request, StatusCode};

use crate::asked::{Reply, get, get_with, send};
use crate::markup::{between, check};
use crate::seed::{NOW, Room, example};

const POLICY: &str = "default-src 'none'";

fn check_headers(address: &str, reply: &Reply) {
    assert!(reply.header("content-security-policy").contains(POLICY), "{address}");
    assert!(!reply.header("content-security-policy").contains("unsafe"), "{address}");
    assert_eq!(reply.header("x-content-type-options"), "nosniff", "{address}");
    assert!(!reply.header("referrer-policy").is_empty() && !reply.header("permissions-policy").is_empty());
    assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{address}");
    assert!(!reply.headers.contains_key("set-cookie"), "{address}: a cookie nobody asked for");
}

/// The id of the published story whose headline holds a word.
async fn story(room: &Room, word: &str) -> String {
    let filter = store::StoryFilter { published: true, limit: 50, ..store::StoryFilter::default() };
    let stories = room.site.store.stories(&filter).await.expect("the stories");
    let found = stories.iter().find(|story| story.headline.contains(word) || story.lead.contains(word));
    found.unwrap_or_else(|| panic!("no story of {word} in {stories:?}")).id.clone()
}

#[tokio::test]
async fn every_page_answers_and_holds_the_rules() {
    let room = Room::filled().await;
    let site = room.router();
    let id = story(&room, "ferry").await;
    let members = room.site.store.members(&id).await.expect("the members");
    let article = &members[0].article.id;
    for address in [
        "/".to_owned(),
        "/day/2026-03-14".to_owned(),
        "/archive".to_owned(),
        "/section/World".to_owned(),
        "/section/Sport".to_owned(),
        "/section/World?page=2".to_owned(),
        format!("/story/{id}"),
        format!("/story/{id}/version/1"),
        format!("/story/{id}/report?sentence=1"),
        format!("/story/{id}/report"),
        "/outlets".to_owned(),
        "/outlet/northernledger.example".to_owned(),
        format!("/article/{article}"),
        "/search".to_owned(),
        "/search?q=ferry".to_owned(),
        "/search?q=ferry&in=articles&sort=newest&from=2026-03-01&to=2026-03-31".to_owned(),
        "/search?q=nowhereword".to_owned(),
        "/how".to_owned(),
        "/corrections".to_owned(),
        "/about".to_owned(),
    ] {
        let reply = get(&site, &address).await;
        assert_eq!(reply.status, StatusCode::OK, "{address}: {}", reply.text());
        check(&address, &reply.text());
        check_headers(&address, &reply);
        assert!(reply.header("content-type").starts_with("text/html"), "{address}");
        let head = send(&site, Request::head(&*address).body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0), "{address}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_sites_look() {
    let room = Room::filled().await;
    let site = room.router();
    for address in [
        "/nothing",
        "/story/s000000000000",
        "/story/s000000000000/receipt.json",
        "/story/..%2f..%2fetc",
        "/day/2026-02-30",
        "/day/tomorrow",
        "/day/1999-01-01",
        "/section/Nowhere",
        "/outlet/nowhere.example",
        "/article/none",
        "/a/%2e%2e/%2e%2e/etc/passwd",
        "/a%00b",
        "//evil.example/",
        "/style-0000.css",
        "/sitemap/99.xml",
        "/sitemap/x.xml",
    ] {
        let reply = get(&site, address).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{address}");
        check(address, &reply.text());
        check_headers(address, &reply);
    }
    let long = format!("/story/{}", "a".repeat(5000));
    assert_eq!(get(&site, &long).await.status, StatusCode::NOT_FOUND);
    let bad = get(&site, "/search?q=a&from=yesterday").await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    check("a bad day", &bad.text());
    let wrong = Request::builder().method(Method::DELETE).uri("/").body(axum::body::Body::empty()).unwrap();
    let wrong = send(&site, wrong).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    check("a wrong method", &wrong.text());
}

#[tokio::test]
async fn an_empty_newsroom_says_why() {
    let room = Room::empty().await;
    let site = room.router();
    let page = get(&site, "/").await.fine().text();
    check("/", &page);
    assert!(page.contains("No story here yet") && page.contains("reads no feed yet"), "{page}");
    let (articles, families) = example("ferry");
    room.take(&articles[..1], &families, "World", NOW).await;
    let page = get(&room.router(), "/").await.fine().text();
    assert!(page.contains("article"), "{page}");
    for address in
        ["/archive", "/outlets", "/feed.atom", "/feed.rss", "/feed.json", "/sitemap.xml", "/outlets.opml"]
    {
        get(&room.router(), address).await.fine();
    }
}

#[tokio::test]
async fn a_story_shows_its_passages_its_sources_and_how_it_was_made() {
    let room = Room::filled().await;
    let id = story(&room, "ferry").await;
    let page = get(&room.router(), &format!("/story/{id}")).await.fine().text();
    for expected in [
        "popovertarget=\"c1\"",
        ":~:text=",
        "<h2 id=\"references\">References</h2>",
        "All sources of this story",
        "How this was made",
        "subscribers only",
        "owner northgate media",
        "copies <bdi>",
        "not cited",
        "receipt.json",
        "Report an error",
        "\"@type\":\"NewsArticle\"",
        "\"citation\":[",
        "og:type\" content=\"article\"",
        "article:published_time",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    let receipt = get(&room.router(), &format!("/story/{id}/receipt.json")).await.fine();
    assert_eq!(desk::receipt::check(&receipt.bytes), []);
    let text = get(&room.router(), &format!("/story/{id}/digest.txt")).await.fine().text();
    assert!(text.contains("[0]") && text.contains("\n0. "));
    let markdown = get(&room.router(), &format!("/story/{id}/digest.md")).await.fine().text();
    assert!(markdown.starts_with("# ") && markdown.contains("[^0]: "));
}

#[tokio::test]
async fn an_earlier_version_stays_and_is_compared() {
    let room = Room::empty().await;
    let (articles, families) = example("ferry");
    let ids = room.take(&articles, &families, "World", NOW).await;
    let later = NOW + 7_200_000;
    let origins = desk::group::Origins::new(&articles, &families);
    for story in desk::group::group(&articles, &origins, desk::group::Settings::default()) {
        let settings = desk::write::Settings { words: 120, ..desk::write::Settings::default() };
        let edited = desk::edit::edit(&story, &articles, settings);
        room.publish(&story.id, &edited, "Shortened.", later).await;
    }
    let site = room.router();
    let id = &ids[0];
    let now = get(&site, &format!("/story/{id}")).await.fine();
    assert!(now.text().contains("Updated March 14, 2026, 10:00 UTC") && now.text().contains("Shortened."));
    assert_eq!(now.header("last-modified"), "Sat, 14 Mar 2026 10:00:00 GMT");
    let old = get(&site, &format!("/story/{id}/version/1")).await.fine().text();
    assert!(old.contains("This is version 1.") && old.contains("noindex"));
    let canonical = between(&old, "rel=\"canonical\" href=\"", "\"");
    assert_eq!(canonical, Some(&*format!("https://sheet.example/story/{id}")));
    let new = get(&site, &format!("/story/{id}/version/2")).await.fine().text();
    check("version 2", &new);
    assert!(new.contains("What changed from version 1") && new.contains("<del>"));
    assert_eq!(get(&site, &format!("/story/{id}/version/3")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&site, &format!("/story/{id}/version/x")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_withdrawn_digest_says_so() {
    let room = Room::filled().await;
    let id = story(&room, "ferry").await;
    let state = store::DigestState::Withdrawn;
    room.site.store.set_digest_state(&id, 1, state, "the ferry <was> another", NOW).await.unwrap();
    let page = get(&room.router(), &format!("/story/{id}")).await;
    assert_eq!(page.status, StatusCode::GONE);
    check("a withdrawn story", &page.text());
    assert!(page.text().contains("the ferry &#60;was&#62; another"), "{}", page.text());
    assert_eq!(get(&room.router(), &format!("/story/{id}/version/1")).await.status, StatusCode::GONE);
    let front = get(&room.router(), "/").await.fine().text();
    assert!(!front.contains(&format!("/story/{id}\"")));
}

#[tokio::test]
async fn who_has_a_page_is_told_so() {
    let room = Room::filled().await;
    let site = room.router();
    let id = story(&room, "ferry").await;
    for address in ["/", &format!("/story/{id}"), "/feed.atom", "/sitemap.xml"] {
        let first = get(&site, address).await.fine();
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{address}");
        let again = get_with(&site, address, &[("if-none-match", &tag)]).await;
        assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{address}");
        assert_eq!(again.header("etag"), tag);
        let modified = first.header("last-modified").to_owned();
        let again = get_with(&site, address, &[("if-modified-since", &modified)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{address} {modified}");
        let other = get_with(&site, address, &[("if-none-match", "\"another\"")]).await;
        assert_eq!(other.status, StatusCode::OK, "{address}");
    }
    // Another process has the same validators.
    let tag = get(&site, &format!("/story/{id}")).await.header("etag").to_owned();
    assert_eq!(get(&room.router(), &format!("/story/{id}")).await.header("etag"), tag);
}

#[tokio::test]
async fn the_style_sheet_is_kept_for_ever_and_packed() {
    let room = Room::empty().await;
    let site = room.router();
    let page = get(&site, "/").await.fine().text();
    let address = between(&page, "rel=\"stylesheet\" href=\"", "\"").expect("a style sheet").to_owned();
    let sheet = get(&site, &address).await.fine();
    assert!(
        sheet.header("cache-control").contains("immutable") && sheet.header("content-type").contains("css")
    );
    assert!(!sheet.text().contains("url(") && !sheet.text().contains("@import"));
    let packed = get_with(&site, &address, &[("accept-encoding", "gzip")]).await.fine();
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.bytes.len() < 12_000, "the packed style sheet has {} bytes", packed.bytes.len());
    let page = get_with(&site, "/how", &[("accept-encoding", "gzip")]).await.fine();
    assert_eq!((page.header("content-encoding"), &page.bytes[..2]), ("gzip", &[0x1f, 0x8b][..]));
}

#[tokio::test]
async fn addresses_have_one_form() {
    let room = Room::empty().await;
    let reply = get(&room.router(), "/archive/?a=1").await;
    assert_eq!((reply.status, reply.header("location")), (StatusCode::PERMANENT_REDIRECT, "/archive?a=1"));
    for address in ["/robots.txt", "/favicon.svg", "/favicon.ico", "/site.webmanifest"] {
        get(&room.router(), address).await.fine();
    }
}

#[tokio::test]
async fn a_demonstration_says_so_on_every_page() {
    let room = Room::empty().await;
    let mut site = room.site.clone();
    let settings = web::Settings { demo: true, ..web::Settings::clone(&site.settings) };
    site.settings = std::sync::Arc::new(settings);
    let site = web::router(site);
    for address in ["/", "/about", "/search", "/nothing"] {
        let page = get(&site, address).await.text();
        check(address, &page);
        assert!(page.contains("This is a demonstration"), "{address}");
    }
    assert!(!get(&room.router(), "/").await.text().contains("This is a demonstration"));
}
