//! What the pages show, whatever was stored.

use axum::http::{Method, StatusCode};
use store::{NewFeed, NewOutlet, Stage};

use super::{Desk, addresses, comment};
use crate::talk::seed::{HOSTILE, NOW};

#[tokio::test]
async fn every_page_is_harmless_whatever_was_stored() {
    let desk = Desk::open().await;
    let store = desk.room.site.store.clone();
    let outlet = NewOutlet {
        domain: "evil.example".into(),
        name: HOSTILE.into(),
        family: HOSTILE.into(),
        ..NewOutlet::default()
    };
    let outlet = store.put_outlet(&outlet, NOW).await.unwrap();
    let feed = NewFeed {
        address: "javascript:alert(1)".into(),
        outlet,
        title: HOSTILE.into(),
        section: HOSTILE.into(),
    };
    store.add_feed(&feed, NOW).await.unwrap();
    let mut article = crate::talk::seed::article("evil", "evil.example", HOSTILE);
    article.title = HOSTILE.into();
    article.url = Some("https://evil.example/x".into());
    article.text.push_str(HOSTILE);
    store.put_article(&article, None, NOW).await.unwrap();
    desk.room.assign("evil", "s9").await;
    store.set_reason("s9", HOSTILE).await.unwrap();
    store.log(HOSTILE, HOSTILE, &format!("story s9 {HOSTILE}"), HOSTILE, NOW).await.unwrap();
    let job = store.lease(Stage::Group, NOW, 1000, 1).await.unwrap().remove(0);
    store.fail(&job, HOSTILE, None, NOW).await.unwrap();
    comment(&desk, HOSTILE).await;
    let mut paths: Vec<String> =
        addresses().into_iter().filter(|(method, _)| *method == Method::GET).map(|(_, path)| path).collect();
    paths.extend(["/desk/story/s9", "/desk/outlet/evil.example"].map(str::to_owned));
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("q", HOSTILE),
            ("section", HOSTILE),
            ("health", HOSTILE),
            ("done", HOSTILE),
            ("show", HOSTILE),
        ])
        .finish();
    for path in paths {
        for path in [path.clone(), format!("{path}?{query}")] {
            let page = desk.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            page.is_harmless();
            assert!(!page.body.contains("href=\"javascript"), "{path}");
            assert!(!page.body.contains("<script") && !page.body.contains(" style="), "{path}");
            let policy = page.headers["content-security-policy"].to_str().unwrap();
            assert!(
                policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
                "{policy}"
            );
            assert_eq!(page.headers["cache-control"], "no-store");
        }
    }
}

#[tokio::test]
async fn stories_and_feeds_are_found_and_paged() {
    let desk = Desk::open().await;
    assert!(desk.get("/desk/stories").await.body.contains("/desk/story/s1"));
    assert_eq!(desk.get("/desk/stories?q=s1").await.to(), "/desk/story/s1");
    assert!(desk.get("/desk/stories?q=ferry+Nordholm").await.body.contains("/desk/story/s1"));
    assert!(!desk.get("/desk/stories?section=Sport").await.body.contains("/desk/story/s1"));
    let outlet = desk.room.site.store.outlet("post.example").await.unwrap().unwrap().id;
    for number in 0..super::super::frame::ROWS {
        let feed =
            NewFeed { address: format!("https://post.example/{number:04}"), outlet, ..NewFeed::default() };
        desk.room.site.store.add_feed(&feed, NOW).await.unwrap();
    }
    let page = desk.get("/desk/feeds?q=post").await;
    assert!(
        page.body.contains("?q=post&#38;page=2") || page.body.contains("?q=post&amp;page=2"),
        "{}",
        page.body
    );
    assert!(desk.get("/desk/feeds?q=post&page=2").await.body.contains("Page 2 of 2"));
    assert_eq!(desk.get("/desk/feeds?page=99999999999999999999").await.status, StatusCode::OK);
}
