//! Comments: what is shown, counted and forgotten.

use store::*;

use crate::sample::story;
use crate::server::both;

fn comment(words: &str, parent: Option<i64>) -> NewComment {
    NewComment {
        story: "s1".to_owned(),
        parent,
        author: "Ana".to_owned(),
        words: words.to_owned(),
        state: CommentState::Waiting,
        editor: false,
        token: "t".to_owned(),
        sender: "x".to_owned(),
    }
}

#[test]
fn the_count_is_that_of_comments_shown_and_deleted_ones_leave_their_place_only_under_answers() {
    both("thread", |store| async move {
        story(&store, "s1", "https://harbor.example/dam", "Words.", 1).await;
        let count = async || store.story("s1").await.unwrap().unwrap().comments;
        let shown =
            async || store.comments("s1").await.unwrap().into_iter().map(|it| it.words).collect::<Vec<_>>();
        let first = store.put_comment(&comment("First", None), 10).await.unwrap();
        assert_eq!(store.put_comment(&comment("First", None), 20).await.unwrap(), first, "sent twice");
        assert_ne!(store.put_comment(&comment("First", None), 10 + 3_600_000).await.unwrap(), first);
        assert_eq!((count().await, store.comments_in(CommentState::Waiting, 9).await.unwrap().len()), (0, 2));
        store.set_comment_state(first, CommentState::Approved).await.unwrap();
        let answer = store.put_comment(&comment("Answer", Some(first)), 30).await.unwrap();
        store.set_comment_state(answer, CommentState::Approved).await.unwrap();
        assert_eq!((count().await, shown().await), (2, vec!["First".to_owned(), "Answer".to_owned()]));
        store.edit_comment(answer, "Better", CommentState::Waiting, 40).await.unwrap();
        assert_eq!(count().await, 1);
        store.set_comment_state(answer, CommentState::Approved).await.unwrap();
        assert_eq!(store.comment(answer).await.unwrap().unwrap().edited, Some(40));
        store.set_comment_state(first, CommentState::Deleted).await.unwrap();
        assert_eq!((count().await, shown().await), (1, vec![String::new(), "Better".to_owned()]));
        store.set_comment_state(first, CommentState::Approved).await.unwrap();
        assert_eq!(
            store.comment(first).await.unwrap().unwrap().state,
            CommentState::Deleted,
            "deleted for good"
        );
        store.set_comment_state(answer, CommentState::Rejected).await.unwrap();
        assert_eq!((count().await, shown().await), (0, vec![]));
        assert!(store.recent_comments(9).await.unwrap().is_empty());
    });
}

#[test]
fn senders_are_counted_and_then_forgotten() {
    both("senders", |store| async move {
        story(&store, "s1", "https://harbor.example/dam", "Words.", 1).await;
        for at in 1..=3 {
            store.put_comment(&comment(&format!("No {at}"), None), at * 10).await.unwrap();
            let report = NewReport { story: "s1".to_owned(), sender: "x".to_owned(), ..Default::default() };
            store.put_report(&report, at * 10).await.unwrap();
        }
        assert_eq!(
            (store.comments_by("x", 20).await.unwrap(), store.reports_by("x", 20).await.unwrap()),
            (2, 2)
        );
        store.forget_senders(30).await.unwrap();
        assert_eq!(
            (store.comments_by("x", 0).await.unwrap(), store.reports_by("x", 0).await.unwrap()),
            (1, 1)
        );
        assert_eq!(store.comments_by("", 0).await.unwrap(), 0);
    });
}

#[test]
fn a_report_is_open_until_it_is_answered() {
    both("report", |store| async move {
        story(&store, "s1", "https://harbor.example/dam", "Words.", 1).await;
        let report = NewReport {
            story: "s1".to_owned(),
            version: 2,
            sentence: 3,
            quoted: "q".to_owned(),
            words: "w".to_owned(),
            contact: "c".to_owned(),
            sender: String::new(),
        };
        let id = store.put_report(&report, 5).await.unwrap();
        assert_eq!(store.reports(true, 9).await.unwrap()[0].report, report);
        store.close_report(id, "Mended.", 6).await.unwrap();
        assert!(store.reports(true, 9).await.unwrap().is_empty());
        let closed = store.reports(false, 9).await.unwrap().remove(0);
        assert_eq!((closed.closed, closed.answer.as_str()), (Some(6), "Mended."));
    });
}
