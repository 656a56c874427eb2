//! Export and import: as of one moment, the same lines from either database, all or nothing.

use store::*;

use crate::sample::{article, digest, feed, fetched, story};
use crate::server::{Folder, both, fresh, wait};

/// Something in every table.
async fn filled(store: &Store) {
    let (_, id) = feed(store, "harbor.example").await;
    store
        .record_fetch(
            id,
            &fetched(2, &[("https://harbor.example/a", "1"), ("https://harbor.example/b", "1")]),
        )
        .await
        .unwrap();
    let moved = Fetched { moved_to: Some("https://harbor.example/new".to_owned()), ..fetched(3, &[]) };
    store.record_fetch(id, &moved).await.unwrap();
    store.set_lease(id, "hub secret", Some(9)).await.unwrap();
    let one = story(store, "s1", "https://harbor.example/dam", "The dams held – “só” 🌊.", 4).await;
    store
        .put_article(&article("https://harbor.example/dam", "Dam", "The dams still held."), None, 5)
        .await
        .unwrap();
    for at in 0..230 {
        let put =
            article(&format!("https://harbor.example/{at}"), &format!("No {at}"), &format!("Words {at}."));
        store.put_article(&put, None, 6).await.unwrap();
    }
    store.set_members("s1", &[(one.clone(), "f".to_owned(), None, true)], 1).await.unwrap();
    store.drop_passage("s1", &one, 1, 2, "h", 7).await.unwrap();
    for (at, input) in ["i1", "i2"].into_iter().enumerate() {
        store.put_digest(&digest("s1", input, &format!("Sentence about dams {at}.")), 8).await.unwrap();
    }
    let comment = NewComment {
        story: "s1".to_owned(),
        parent: None,
        author: "Ana".to_owned(),
        words: "Oh".to_owned(),
        state: CommentState::Approved,
        editor: false,
        token: "comment token".to_owned(),
        sender: "comment sender".to_owned(),
    };
    let first = store.put_comment(&comment, 9).await.unwrap();
    for (state, words) in
        [(CommentState::Waiting, "waiting words"), (CommentState::Rejected, "rejected words")]
    {
        let unseen =
            NewComment { state, words: words.to_owned(), author: words.to_owned(), ..comment.clone() };
        store.put_comment(&unseen, 9).await.unwrap();
    }
    let held = NewDigest { publish: false, ..digest("s1", "i3", "held sentence") };
    store.put_digest(&held, 8).await.unwrap();
    store
        .put_comment(&NewComment { parent: Some(first), words: "Ah".to_owned(), ..comment }, 10)
        .await
        .unwrap();
    let report = NewReport {
        story: "s1".to_owned(),
        contact: "contact@ana.example".to_owned(),
        sender: "report sender".to_owned(),
        words: "reported words".to_owned(),
        ..Default::default()
    };
    store.put_report(&report, 11).await.unwrap();
    let editor = store.put_editor("ana", "password hash", 1).await.unwrap();
    store.open_session(editor, "session token", 100, 1).await.unwrap();
    store.log("ana", "publish", "story s1", "", 12).await.unwrap();
    store.secret("newsroom secret").await.unwrap();
    let third =
        Assigned { article: one, story: "s1".to_owned(), likeness: 0.1 + 0.2, section: String::new() };
    store.assign(&third, 13, 13).await.unwrap();
}

async fn exported(store: &Store, public: bool) -> String {
    let mut lines = Vec::new();
    let counts = store.export(&mut lines, public).await.unwrap();
    let lines = String::from_utf8(lines).unwrap();
    assert_eq!(counts.values().sum::<u64>() + 1, lines.lines().count() as u64);
    lines
}

#[test]
fn a_snapshot_goes_from_one_database_to_the_other_and_back() {
    let (there, back) = (Folder::new("there"), Folder::new("back"));
    wait(async {
        let first = Store::open(&there.address()).await.unwrap();
        filled(&first).await;
        let lines = exported(&first, false).await;
        let middle = match fresh_apart().await {
            Some(address) => Store::open(&address).await.unwrap(),
            None => Store::open(&back.address()).await.unwrap(),
        };
        middle.put_editor("gone", "x", 1).await.unwrap();
        middle.import(lines.as_bytes()).await.unwrap();
        assert_eq!(exported(&middle, false).await, lines);
        // What is derived was made anew, and numbers go on behind the last.
        let search = Search { words: "dam".to_owned(), limit: 9, ..Default::default() };
        assert_eq!(middle.search_stories(&search).await.unwrap().1, 1);
        assert_eq!(middle.search_articles(&search).await.unwrap().1, 1);
        let outlet = StoryFilter {
            published: true,
            domain: Some("harbor.example".to_owned()),
            limit: 9,
            ..Default::default()
        };
        assert_eq!(middle.stories(&outlet).await.unwrap().len(), 1);
        let lines = exported(&middle, false).await;
        let last = Store::open(&back.address()).await.unwrap();
        last.import(lines.as_bytes()).await.unwrap();
        assert_eq!(exported(&last, false).await, lines);
        story(&middle, "s9", "https://ravel.example/new", "New.", 20).await;
        middle.log("ana", "publish", "story s9", "", 12).await.unwrap();
        middle.close().await;
    });
}

/// A fresh PostgreSQL database from inside a runtime.
async fn fresh_apart() -> Option<String> {
    tokio::task::spawn_blocking(|| std::thread::spawn(fresh).join().unwrap()).await.unwrap()
}

#[test]
fn a_public_snapshot_holds_nothing_private_and_can_be_read_back() {
    both("public", |store| async move {
        filled(&store).await;
        let lines = exported(&store, true).await;
        for private in [
            "hub secret",
            "comment token",
            "comment sender",
            "report sender",
            "contact@",
            "password hash",
            "session token",
            "newsroom secret",
            "waiting words",
            "rejected words",
            "reported words",
            "held sentence",
            "\"who\"",
        ] {
            assert!(!lines.contains(private), "{private}");
        }
        store.import(lines.as_bytes()).await.unwrap();
        assert_eq!(exported(&store, true).await, lines);
        assert_eq!(store.secret("other").await.unwrap(), "newsroom secret");
    });
}

#[test]
fn a_snapshot_with_a_wrong_line_changes_nothing() {
    both("wrong", |store| async move {
        filled(&store).await;
        let lines = exported(&store, false).await;
        let text = lines.lines().find(|line| line.contains("\"table\":\"texts\"")).unwrap();
        let first = lines.lines().next().unwrap();
        for (wrong, cause) in [
            (String::new(), "line 1"),
            ("{}\n".to_owned(), "line 1"),
            (first.replace("\"schema\":1", "\"schema\":99") + "\n", "schema 99"),
            (lines.replacen("\"table\":\"outlets\"", "\"table\":\"sqlite_schema\"", 1), "names no table"),
            (lines.replacen("\"domain\":", "\"domian\":", 1), "without \"domain\""),
            (lines.replacen("\"paywalled\":0", "\"paywalled\":\"no\"", 1), "whole number"),
            (lines.replacen("dams held", "dams fell", 1), "another hash"),
            (format!("{lines}{text}\n"), "line"),
            (format!("{lines}[]\n"), "no JSON object"),
            (format!("{lines}{{\"table\""), "cut off"),
        ] {
            let error = store.import(wrong.as_bytes()).await.unwrap_err().to_string();
            assert!(error.contains(cause) && error.contains("Nothing was changed"), "{cause}: {error}");
            assert_eq!(exported(&store, false).await, lines, "{cause}");
        }
    });
}

#[test]
fn a_snapshot_is_of_one_moment_while_others_write() {
    both("moment", |store| async move {
        filled(&store).await;
        let writer = {
            let store = store.clone();
            tokio::spawn(async move {
                for at in 0..60 {
                    story(
                        &store,
                        &format!("w{at}"),
                        &format!("https://ravel.example/{at}"),
                        &format!("W {at}."),
                        20,
                    )
                    .await;
                }
            })
        };
        for _ in 0..4 {
            let lines = exported(&store, false).await;
            let count = |table: &str| lines.matches(&format!("{{\"table\":\"{table}\"")).count();
            // A story of the writer without its member, or the other way round, would be of two moments.
            assert_eq!(count("stories"), count("members"));
        }
        writer.await.unwrap();
    });
}
