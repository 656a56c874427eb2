//! Hiding an outlet: no account, no trace here, and no way to send a reader elsewhere.

use axum::http::StatusCode;
use store::StoryFilter;

use crate::asked::{get, get_with, post};
use crate::markup::{between, check};
use crate::seed::Room;

#[tokio::test]
async fn what_rests_on_a_hidden_outlet_alone_is_left_out() {
    let room = Room::filled().await;
    let site = room.router();
    let filter =
        StoryFilter { section: Some("World".into()), published: true, limit: 9, ..StoryFilter::default() };
    let story = room.site.store.stories(&filter).await.expect("stories").remove(0);
    let digest = room.site.store.published(&story.id).await.unwrap().expect("a digest");
    let receipt: desk::receipt::Receipt = serde_json::from_str(&digest.receipt).expect("a receipt");
    let domain = |number: u32| {
        let source = receipt.sources.iter().find(|source| source.number == number).expect("a source");
        desk::families::registrable(&desk::families::host(source.url.as_deref().unwrap()).unwrap()).unwrap()
    };
    let lines: Vec<_> = receipt.paragraphs.iter().flatten().collect();
    let alone = lines.iter().find(|line| line.marks.len() == 1).expect("a sentence of one source");
    let (hidden, words) = (domain(alone.marks[0]), alone.text.split(' ').next_back().expect("a last word"));
    let page = get(&site, &format!("/story/{}", story.id)).await.fine().text();
    let reply = post(&site, "/hide", &format!("domain={hidden}&action=hide&back=%2Foutlets"), &[]).await;
    assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/outlets"));
    let cookie = reply.header("set-cookie").to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
        "{cookie}"
    );
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let less = get_with(&site, &format!("/story/{}", story.id), &[("cookie", &cookie)]).await.fine();
    check("a story with a hidden outlet", &less.text());
    assert!(less.header("cache-control").contains("private") && !less.headers.contains_key("etag"));
    let marks = |page: &str| page.matches("class=\"s\"").count();
    assert!(marks(&less.text()) < marks(&page), "{words}");
    assert!(less.text().contains("on outlets you hide alone") && less.text().contains("You hide 1 outlet."));
    // Readers without the cookie see it whole, also from what is kept.
    assert_eq!(marks(&get(&site, &format!("/story/{}", story.id)).await.text()), marks(&page));

    let all = receipt.sources.iter().map(|source| domain(source.number)).collect::<Vec<_>>().join("|");
    let cookie = format!("hide={all}");
    for address in ["/", "/section/World"] {
        let list = get_with(&site, address, &[("cookie", &cookie)]).await.fine().text();
        assert!(!list.contains(&format!("\"/story/{}\"", story.id)), "{address}");
        assert!(get(&site, address).await.text().contains(&format!("\"/story/{}\"", story.id)), "{address}");
    }
    let outlets = get_with(&site, "/outlets", &[("cookie", &cookie)]).await.fine().text();
    check("/outlets", &outlets);
    assert!(outlets.contains("Show all again"));
    let shown = post(&site, "/hide", "action=clear&back=/", &[("cookie", &cookie)]).await;
    assert!(between(shown.header("set-cookie"), "hide=;", "Max-Age=0").is_some());
}

#[tokio::test]
async fn nobody_is_sent_elsewhere() {
    let room = Room::empty().await;
    let site = room.router();
    for back in [
        "https://evil.example/",
        "//evil.example",
        "/%5Cevil.example",
        "%2F%2Fevil.example",
        "/a%0d%0aSet-Cookie:x=1",
        "",
    ] {
        let form = format!("domain=post.example&action=hide&back={back}");
        let reply = post(&site, "/hide", &form, &[]).await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/outlets"), "{back}");
        assert_eq!(reply.headers.get_all("set-cookie").iter().count(), 1);
    }
    for form in ["domain=%3Cscript%3E&action=hide", "domain=a%0d%0ab&action=hide", "action=burn", ""] {
        let reply = post(&site, "/hide", form, &[]).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{form}");
        assert!(!reply.headers.contains_key("set-cookie"), "{form}");
    }
    let foreign =
        post(&site, "/hide", "domain=a.example&action=hide", &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let many: Vec<String> = (0..100).map(|number| format!("o{number}.example")).collect();
    let cookie = format!("hide={}", many.join("|"));
    let one_more = post(&site, "/hide", "domain=post.example&action=hide", &[("cookie", &cookie)]).await;
    assert_eq!(one_more.status, StatusCode::BAD_REQUEST);
    let large = post(&site, "/hide", &"a".repeat(70_000), &[]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
}
