//! Pages that are kept in memory show nothing that was taken back, and nothing that is meant for one reader.
//!
//! `serve_for_the_eye` is no test: it serves the newsroom of the tests on a port of its own, to be looked at.

use std::time::Duration;

use store::{CommentState, NewComment, StoryFilter};

use crate::asked::{get, get_with, post};
use crate::seed::{NOW, Room};

async fn first(room: &Room) -> store::Story {
    let filter = StoryFilter { published: true, limit: 1, ..StoryFilter::default() };
    room.site.store.stories(&filter).await.expect("stories").remove(0)
}

fn comment(story: &str, words: &str) -> NewComment {
    NewComment {
        story: story.to_owned(),
        parent: None,
        author: "Ada".to_owned(),
        words: words.to_owned(),
        state: CommentState::Approved,
        editor: false,
        token: "t".to_owned(),
        sender: words.to_owned(),
    }
}

#[tokio::test]
async fn a_change_in_the_store_is_seen_after_a_moment() {
    let room = Room::filled().await;
    let site = room.router();
    let story = first(&room).await;
    let address = format!("/story/{}", story.id);
    let before = get(&site, &address).await.fine();
    room.site.store.put_comment(&comment(&story.id, "A word from elsewhere."), NOW).await.expect("kept");
    tokio::time::sleep(Duration::from_millis(300)).await;
    let after = get(&site, &address).await.fine();
    assert!(
        !before.text().contains("A word from elsewhere.") && after.text().contains("A word from elsewhere.")
    );
    assert_ne!(before.header("etag"), after.header("etag"));
    let state = store::DigestState::Withdrawn;
    room.site.store.set_digest_state(&story.id, 1, state, "wrong", NOW).await.expect("withdrawn");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(get(&site, &address).await.status, 410);
}

#[tokio::test]
async fn what_was_sent_to_this_process_is_seen_at_once() {
    let room = Room::filled().await;
    let site = room.router();
    let story = first(&room).await;
    let address = format!("/story/{}", story.id);
    get(&site, &address).await.fine();
    room.site.store.put_comment(&comment(&story.id, "At once."), NOW).await.expect("kept");
    assert!(!get(&site, &address).await.text().contains("At once."), "the page was not kept");
    post(&site, "/hide", "domain=post.example&action=hide", &[]).await;
    assert!(get(&site, &address).await.text().contains("At once."));
}

#[tokio::test]
async fn a_page_for_one_reader_is_not_kept() {
    let room = Room::filled().await;
    let site = room.router();
    let hiding = get_with(&site, "/", &[("cookie", "hide=post.example")]).await.fine();
    assert!(hiding.text().contains("You hide 1 outlet."));
    assert!(!get(&site, "/").await.text().contains("You hide"));
    assert!(hiding.header("cache-control").contains("no-store"));
}

#[tokio::test]
#[ignore = "serves until it is stopped: cargo test -p web --test site serve_for_the_eye -- --ignored"]
async fn serve_for_the_eye() {
    let room = Room::filled().await;
    let story = first(&room).await;
    room.populate().await;
    for words in [
        "Was the *sand* bank not dredged last year?\n\n> The bank moves every winter\n\nSo it seems.",
        "My aunt was on board. She says the crew was **calm**.",
    ] {
        room.site.store.put_comment(&comment(&story.id, words), NOW).await.expect("kept");
    }
    let port = std::env::var("PORT").unwrap_or_else(|_| "0".to_owned());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await.expect("a free port");
    println!("http://{}/story/{}", listener.local_addr().expect("an address"), story.id);
    axum::serve(listener, room.router()).await.expect("served");
}
