//! The way of an article from a feed to a reader.

use store::*;

use crate::sample::{article, digest, feed, fetched};
use crate::server::both;

#[test]
fn an_article_goes_from_a_feed_to_a_reader() {
    both("way", |store| async move {
        let (outlet, feed) = feed(&store, "harbor.example").await;
        let fetched = fetched(2, &[("https://harbor.example/dam", "h")]);
        assert_eq!(store.record_fetch(feed, &fetched).await.unwrap(), (1, 0));
        assert_eq!(store.record_fetch(feed, &fetched).await.unwrap(), (0, 0));
        let jobs = store.lease(Stage::Read, 3, 1000, 5).await.unwrap();
        assert_eq!(jobs.len(), 1);
        let id: i64 = jobs[0].key.parse().unwrap();
        let row = store.offer(id).await.unwrap().unwrap();
        let put = store
            .put_article(&article(&row.offer.address, "Dam holds", "The dams at Ravel held."), Some(id), 4)
            .await
            .unwrap();
        let Put::New { id } = put else { panic!("{put:?}") };
        store.finish(&jobs[0], 5).await.unwrap();
        let jobs = store.lease(Stage::Group, 5, 1000, 5).await.unwrap();
        assert_eq!(jobs[0].key, id);
        let assigned =
            Assigned { article: id.clone(), story: "s1".into(), likeness: 0.5, section: "world".into() };
        store.assign(&assigned, 6, 10).await.unwrap();
        store.finish(&jobs[0], 6).await.unwrap();
        store.set_members("s1", &[(id.clone(), "harbor.example".into(), None, false)], 1).await.unwrap();
        let jobs = store.lease(Stage::Write, 10, 1000, 5).await.unwrap();
        assert_eq!(jobs.len(), 1);
        assert_eq!(store.members_whole("s1").await.unwrap().len(), 1);
        assert_eq!(
            store.put_digest(&digest("s1", "i1", "The dams at Ravel held."), 11).await.unwrap(),
            Some(1)
        );
        store.finish(&jobs[0], 12).await.unwrap();
        assert_eq!(store.sweep(13).await.unwrap(), 0);
        let filter = StoryFilter {
            published: true,
            limit: 10,
            domain: Some("harbor.example".into()),
            section: Some("world".into()),
            ..Default::default()
        };
        let stories = store.stories(&filter).await.unwrap();
        assert_eq!(stories.len(), 1);
        assert_eq!(store.count_stories(&filter).await.unwrap(), 1);
        assert_eq!(store.stories(&StoryFilter { published: false, ..filter }).await.unwrap(), stories);
        assert_eq!(stories[0].published, Some(11));
        assert_eq!(store.days(5).await.unwrap(), [(0, 1)]);
        assert_eq!(store.sections().await.unwrap(), [("world".to_owned(), 1)]);
        let search = Search { words: "dam".into(), limit: 10, ..Default::default() };
        let (found, count) = store.search_stories(&search).await.unwrap();
        assert_eq!((found[0].excerpt.as_str(), count), ("The \u{2}dams\u{3} at Ravel held.", 1));
        let search = Search { domain: Some("harbor.example".into()), newest: true, from: Some(0), ..search };
        assert_eq!(store.search_articles(&search).await.unwrap().1, 1);
        assert_eq!(store.published("s1").await.unwrap().unwrap().row.version, 1);
        let tally = store.tally().await.unwrap();
        assert_eq!((tally.articles, tally.stories, tally.published), (1, 1, 1));
        assert_eq!(store.window(0, 10).await.unwrap().len(), 1);
        let comment = NewComment {
            story: "s1".into(),
            parent: None,
            author: "Ana".into(),
            words: "Good".into(),
            state: CommentState::Waiting,
            editor: false,
            token: "t".into(),
            sender: "x".into(),
        };
        let number = store.put_comment(&comment, 14).await.unwrap();
        assert_eq!(store.put_comment(&comment, 15).await.unwrap(), number);
        store.set_comment_state(number, CommentState::Approved).await.unwrap();
        assert_eq!(store.comments("s1").await.unwrap().len(), 1);
        assert_eq!(store.story("s1").await.unwrap().unwrap().comments, 1);
        assert_eq!(store.sound().await.unwrap(), Ok(()));
        let secret = store.secret("aa").await.unwrap();
        assert_eq!(store.secret("bb").await.unwrap(), secret);
        assert_eq!(store.articles(&ArticleFilter { limit: 3, ..Default::default() }).await.unwrap().len(), 1);
        let editor = store.put_editor("ed", "phc", 1).await.unwrap();
        store.open_session(editor, "tok", 100, 1).await.unwrap();
        assert_eq!(store.session("tok", 2).await.unwrap().unwrap().name, "ed");
        store.log("ed", "publish", "story s1", "", 1).await.unwrap();
        assert_eq!(store.entries(None, 5).await.unwrap().len(), 1);
        let report = NewReport { story: "s1".into(), version: 1, sentence: 1, ..Default::default() };
        store.put_report(&report, 1).await.unwrap();
        assert_eq!(store.reports(true, 5).await.unwrap().len(), 1);
        store.set_outlet_state(outlet, State::Removed, 20).await.unwrap();
        assert!(store.members_whole("s1").await.unwrap().is_empty());
        store.set_digest_state("s1", 1, DigestState::Withdrawn, "no", 21).await.unwrap();
        assert!(store.published("s1").await.unwrap().is_none());
        assert_eq!(
            store
                .search_stories(&Search { words: "dam".into(), limit: 10, ..Default::default() })
                .await
                .unwrap()
                .1,
            0
        );
    });
}
