//! Every text and every revision stays, and nothing is kept twice.

use desk::article::{Article, Kind, Role};
use desk::stamp::Stamp;
use store::*;

use crate::sample::{article, drain, feed, story};
use crate::server::both;

const DAM: &str = "https://harbor.example/dam";

#[test]
fn an_edited_article_is_a_revision_and_never_a_second_article() {
    both("revision", |store| async move {
        let first = article(DAM, "Dam holds", "It held.");
        let Put::New { id } = store.put_article(&first, None, 1).await.unwrap() else { panic!() };
        assert_eq!(store.put_article(&first, None, 2).await.unwrap(), Put::Same { id: id.clone() });
        let edited = article(DAM, "Dam holds", "It held for now.");
        assert_eq!(
            store.put_article(&edited, None, 3).await.unwrap(),
            Put::Revised { id: id.clone(), revision: 2 }
        );
        assert_eq!(store.put_article(&edited, None, 4).await.unwrap(), Put::Same { id: id.clone() });
        let retitled = Article { title: "Dam still holds".to_owned(), ..edited.clone() };
        assert_eq!(
            store.put_article(&retitled, None, 5).await.unwrap(),
            Put::Revised { id: id.clone(), revision: 3 }
        );
        // Back to the first words: a revision again, whose text is not kept a second time.
        assert_eq!(
            store.put_article(&first, None, 6).await.unwrap(),
            Put::Revised { id: id.clone(), revision: 4 }
        );
        for (number, was) in [(1, &first), (2, &edited), (3, &retitled), (4, &first)] {
            assert_eq!(
                store.article_at(&id, number).await.unwrap().unwrap(),
                Article { id: id.clone(), ..was.clone() }
            );
        }
        let rows = store.revisions(&id).await.unwrap();
        assert_eq!(
            rows.iter().map(|row| (row.number, row.at)).collect::<Vec<_>>(),
            [(1, 1), (2, 3), (3, 5), (4, 6)]
        );
        assert_eq!(store.texts(&[rows[1].hash.clone(), "none".to_owned()]).await.unwrap().len(), 1);
        assert_eq!(store.tally().await.unwrap().articles, 1);
        assert_eq!(store.article_by_address(DAM).await.unwrap(), Some(id));
    });
}

#[test]
fn one_text_at_two_addresses_of_an_outlet_is_one_article() {
    both("address", |store| async move {
        let first = article(DAM, "Dam holds", "It held.");
        let Put::New { id } = store.put_article(&first, None, 1).await.unwrap() else { panic!() };
        let again = article("https://harbor.example/dam?print=1", "Dam holds", "It held.");
        assert_eq!(store.put_article(&again, None, 2).await.unwrap(), Put::Same { id });
        let other = Article { domain: Some("ravel.example".to_owned()), url: None, ..again };
        let Put::New { id } = store.put_article(&other, None, 3).await.unwrap() else {
            panic!("another outlet's is its own")
        };
        assert_eq!(store.put_article(&other, None, 4).await.unwrap(), Put::Same { id });
        // The same id for something else is not taken over.
        let clash = Article { id: first.id, ..article("https://mirsan.example/x", "Other", "Words.") };
        let Put::New { id } = store.put_article(&clash, None, 5).await.unwrap() else { panic!() };
        assert_ne!(id, clash.id);
    });
}

#[test]
fn an_article_comes_back_exactly() {
    both("exact", |store| async move {
        let title = "“Só” – 🌊 holds";
        let parts = [
            (Role::Heading, "One"),
            (Role::Quotation, "é\u{301}"),
            (Role::Item, "x"),
            (Role::Caption, "c"),
            (Role::Correction, "n"),
        ];
        let (text, blocks) = Article::compose(title, parts);
        for (number, stamp) in [
            "2026-03-11",
            "2026-03-11T23:40:00",
            "2026-03-11T23:40:00.123456789-05:30",
            "0001-01-01T00:00:00Z",
        ]
        .into_iter()
        .enumerate()
        {
            let whole = Article {
                url: Some(format!("https://harbor.example/{number}")),
                domain: Some(format!("d{number}.example")),
                outlet: "Harbor Post".to_owned(),
                title: title.to_owned(),
                authors: vec!["Ana Pel".to_owned(), "B, C".to_owned()],
                agency: Some("Ravel Wire".to_owned()),
                published: Stamp::parse(stamp),
                modified: Stamp::parse(stamp),
                lang: "en".to_owned(),
                kind: Kind::LiveBlog,
                section: Some("World".to_owned()),
                paywalled: true,
                reserved: true,
                fetched: Some("2026-03-12T00:00:00Z".to_owned()),
                text: text.clone(),
                blocks: blocks.clone(),
                ..Article::bare(&format!("a{number}"))
            };
            store.put_article(&whole, None, 1).await.unwrap();
            let held = store.article(&whole.id).await.unwrap().unwrap();
            assert_eq!(held.article, whole);
        }
        let bare = Article::bare("bare");
        store.put_article(&bare, None, 1).await.unwrap();
        assert_eq!(store.article("bare").await.unwrap().unwrap().article, bare);
    });
}

#[test]
fn u0000_is_left_out_everywhere() {
    both("nul", |store| async move {
        let dirty = Article {
            outlet: "Har\0bor".to_owned(),
            ..article("https://harbor.example/\0x", "Da\0m", "It \0held. \0Two.")
        };
        let Put::New { id } = store.put_article(&dirty, None, 1).await.unwrap() else { panic!() };
        let held = store.article(&id).await.unwrap().unwrap().article;
        assert_eq!(held.text, "Dam\n\nIt held. Two.");
        assert_eq!(held.blocks[1].span.of(&held.text), "It held. Two.");
        assert_eq!(store.put_article(&dirty, None, 2).await.unwrap(), Put::Same { id: id.clone() });
        let assigned = Assigned {
            article: id,
            story: "s\u{0}1".to_owned(),
            likeness: 0.1,
            section: "wo\0rld".to_owned(),
        };
        store.assign(&assigned, 1, 1).await.unwrap();
        assert_eq!(store.story("s1").await.unwrap().unwrap().section, "world");
        store.log("e\0d", "publish", "story", "\0", 1).await.unwrap();
        store.put_editor("e\0d", "x", 1).await.unwrap();
        assert!(store.editor("ed").await.unwrap().is_some());
        assert!(store.article("\0").await.unwrap().is_none());
        assert!(store.session("\0", 1).await.unwrap().is_none());
        store.enqueue(Stage::Group, "a\0b", 1, 1).await.unwrap();
    });
}

#[test]
fn what_an_outlet_takes_with_it_comes_back_with_it_and_what_an_editor_took_does_not() {
    both("withdrawn", |store| async move {
        let (outlet, feed) = feed(&store, "harbor.example").await;
        let one = story(&store, "s1", DAM, "One.", 1).await;
        let two = story(&store, "s2", "https://harbor.example/two", "Two.", 1).await;
        drain(&store, Stage::Write, 2).await;
        store.withdraw_article(&two, true, 2).await.unwrap();
        assert_eq!(drain(&store, Stage::Write, 2).await, ["s2"]);
        store.set_outlet_state(outlet, State::Removed, 3).await.unwrap();
        assert_eq!(drain(&store, Stage::Write, 3).await, ["s1"]);
        assert_eq!(store.feed(feed).await.unwrap().unwrap().state, State::Removed);
        assert!(store.members_whole("s1").await.unwrap().is_empty());
        assert!(store.article(&one).await.unwrap().unwrap().withdrawn);
        let late = article("https://harbor.example/late", "Late", "Words.");
        let Put::New { id: late } = store.put_article(&late, None, 4).await.unwrap() else { panic!() };
        assert!(store.article(&late).await.unwrap().unwrap().withdrawn, "what comes afterwards is out too");
        store.set_outlet_state(outlet, State::Active, 5).await.unwrap();
        assert_eq!(store.members_whole("s1").await.unwrap().len(), 1);
        assert!(store.members_whole("s2").await.unwrap().is_empty());
        assert_eq!(store.due_feeds(5, 9).await.unwrap().len(), 1);
    });
}

#[test]
fn articles_are_listed_by_time_and_outlet() {
    both("listed", |store| async move {
        for at in 1..=9 {
            let put = article(
                &format!("https://harbor.example/{at}"),
                &format!("No {at}"),
                &format!("Words {at}."),
            );
            let put =
                if at % 3 == 0 { Article { domain: Some("ravel.example".to_owned()), ..put } } else { put };
            store.put_article(&put, None, at).await.unwrap();
        }
        let titles = async |domain: Option<&str>, before, limit| {
            let filter = ArticleFilter { domain: domain.map(str::to_owned), before, limit };
            let rows = store.articles(&filter).await.unwrap();
            rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(None, None, 3).await, ["No 9", "No 8", "No 7"]);
        assert_eq!(titles(None, Some(7), 2).await, ["No 6", "No 5"]);
        assert_eq!(titles(Some("ravel.example"), None, 9).await, ["No 9", "No 6", "No 3"]);
        assert!(store.window(0, 9).await.unwrap().is_empty(), "none is grouped");
    });
}
