//! What editors do.

use axum::http::StatusCode;
use store::{CommentState, DigestState, NewReport, Stage, State as Used};

use super::{Desk, comment, login};
use crate::talk::seed::{EDITOR, HOSTILE, NOW, PASSWORD};

#[tokio::test]
async fn a_story_is_held_moved_published_and_withdrawn() {
    let desk = Desk::open().await;
    let store = desk.room.site.store.clone();
    assert_eq!(
        desk.post("/desk/story/s1/hold", &[("reason", "checking")]).await.to(),
        "/desk/story/s1?done=hold"
    );
    assert!(store.story("s1").await.unwrap().unwrap().held);
    desk.post("/desk/story/s1/resume", &[]).await;
    assert!(!store.story("s1").await.unwrap().unwrap().held);
    assert_eq!(
        desk.post("/desk/story/s1/section", &[("section", "Nonsense")]).await.status,
        StatusCode::BAD_REQUEST
    );
    desk.post("/desk/story/s1/section", &[("section", "Business")]).await;
    assert_eq!(store.story("s1").await.unwrap().unwrap().section, "Business");
    desk.room.publish("s1", "second", false).await;
    let waiting = desk.get("/desk/waiting").await;
    assert!(waiting.body.contains("version=2") && waiting.body.contains("Turn away"), "{}", waiting.body);
    let reply = desk.post("/desk/story/s1/publish", &[("version", "2"), ("from", "waiting")]).await;
    assert_eq!(reply.to(), "/desk/waiting?done=publish");
    assert_eq!(store.story("s1").await.unwrap().unwrap().version, Some(2));
    assert_eq!(
        desk.post("/desk/story/s1/withdraw", &[("version", "2")]).await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        desk.post("/desk/story/s1/publish", &[("version", "9")]).await.status,
        StatusCode::BAD_REQUEST
    );
    desk.post("/desk/story/s1/withdraw", &[("version", "2"), ("reason", "It is another ferry.")]).await;
    assert_eq!(store.story("s1").await.unwrap().unwrap().version, None);
    let row = store.digest("s1", 2).await.unwrap().unwrap().row;
    assert_eq!((row.state, row.reason.as_str()), (DigestState::Withdrawn, "It is another ferry."));
    let page = desk.get("/desk/story/s1").await;
    assert!(page.body.contains("It is another ferry.") && page.body.contains("withdrawn"), "{}", page.body);
    let done = desk.done().await;
    for line in [
        "withdraw story s1 version 2",
        "publish story s1 version 2",
        "section story s1",
        "resume story s1",
        "hold story s1",
    ] {
        assert!(done.contains(&format!("{EDITOR} {line}")), "{line}: {done:?}");
    }
}

#[tokio::test]
async fn a_dropped_sentence_forbids_its_passage_and_is_written_again() {
    let desk = Desk::open().await;
    let store = desk.room.site.store.clone();
    let job = store.lease(Stage::Write, NOW, 1000, 10).await.unwrap().remove(0);
    store.finish(&job, NOW).await.unwrap();
    let page = desk.get("/desk/story/s1").await;
    assert_eq!(page.body.matches("/desk/story/s1/drop").count(), 4, "{}", page.body);
    let reply = desk.post("/desk/story/s1/drop", &[("version", "1"), ("sentence", "2")]).await;
    assert_eq!(reply.to(), "/desk/story/s1?done=drop", "{}", reply.body);
    assert!(desk.get(reply.to()).await.body.contains("being written again"));
    let (article, start, end, _) = store.dropped("s1").await.unwrap().remove(0);
    let text = store.article(&article).await.unwrap().unwrap().article.text;
    let (start, end) = (usize::try_from(start).unwrap(), usize::try_from(end).unwrap());
    assert_eq!(&text[start..end], "Nobody was hurt.", "code points became bytes");
    assert_eq!(store.lease(Stage::Write, NOW, 1000, 10).await.unwrap()[0].key, "s1");
    for sentence in ["77", "", "x", "-1"] {
        let reply = desk.post("/desk/story/s1/drop", &[("version", "1"), ("sentence", sentence)]).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{sentence:?}");
    }
    assert!(desk.done().await.contains(&format!("{EDITOR} drop story s1 version 1")));
}

#[tokio::test]
async fn an_article_is_taken_out_and_back_in() {
    let desk = Desk::open().await;
    let store = desk.room.site.store.clone();
    desk.post("/desk/story/s1/article", &[("article", "a2"), ("do", "withdraw")]).await;
    assert!(store.article("a2").await.unwrap().unwrap().withdrawn);
    assert!(desk.get("/desk/story/s1").await.body.contains("Take back in"));
    desk.post("/desk/story/s1/article", &[("article", "a2"), ("do", "restore")]).await;
    assert!(!store.article("a2").await.unwrap().unwrap().withdrawn);
    let reply = desk.post("/desk/story/s1/article", &[("article", "elsewhere")]).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn comments_are_approved_rejected_and_answered() {
    let desk = Desk::open().await;
    let store = desk.room.site.store.clone();
    let state = async |id| store.comment(id).await.unwrap().unwrap().state;
    let (good, bad, asked) =
        (comment(&desk, "good").await, comment(&desk, "bad").await, comment(&desk, HOSTILE).await);
    let page = desk.get("/desk/comments").await;
    page.is_harmless();
    assert!(page.body.contains("<p>good</p>"));
    desk.post(&format!("/desk/comment/{good}/approve"), &[]).await;
    assert_eq!(state(good).await, CommentState::Approved);
    desk.post(&format!("/desk/comment/{bad}/reject"), &[]).await;
    assert_eq!(state(bad).await, CommentState::Rejected);
    desk.post(&format!("/desk/comment/{asked}/answer"), &[("words", "We looked.")]).await;
    assert_eq!(state(asked).await, CommentState::Approved);
    let thread = store.comments("s1").await.unwrap();
    let answer = thread.iter().find(|comment| comment.editor).unwrap();
    assert_eq!((answer.parent, answer.author.as_str()), (Some(asked), EDITOR));
    assert_eq!(store.story("s1").await.unwrap().unwrap().comments, 3);
    desk.post(&format!("/desk/comment/{good}/delete"), &[("from", "shown")]).await;
    assert_eq!(state(good).await, CommentState::Deleted);
    assert_eq!(
        desk.post(&format!("/desk/comment/{good}/approve"), &[]).await.status,
        StatusCode::BAD_REQUEST
    );
    for show in ["shown", "rejected"] {
        let page = desk.get(&format!("/desk/comments?show={show}")).await;
        assert_eq!(page.status, StatusCode::OK);
        page.is_harmless();
    }
    let mine =
        desk.room.post(&format!("/comment/{}/edit", answer.id), &[], &[("token", ""), ("words", "x")]).await;
    assert_eq!(mine.status, StatusCode::FORBIDDEN, "nobody opens an editor's answer");
}

#[tokio::test]
async fn a_report_is_closed_with_an_answer() {
    let desk = Desk::open().await;
    let report = NewReport {
        story: "s1".into(),
        version: 1,
        sentence: 2,
        quoted: "Nobody was hurt.".into(),
        words: HOSTILE.into(),
        contact: HOSTILE.into(),
        sender: "x".into(),
    };
    let id = desk.room.site.store.put_report(&report, NOW).await.unwrap();
    let page = desk.get("/desk/reports").await;
    page.is_harmless();
    assert!(page.body.contains("<blockquote dir=\"auto\">Nobody was hurt.</blockquote>"), "{}", page.body);
    assert_eq!(desk.post(&format!("/desk/report/{id}/close"), &[]).await.status, StatusCode::BAD_REQUEST);
    desk.post(&format!("/desk/report/{id}/close"), &[("answer", "The passages agree.")]).await;
    assert!(desk.get("/desk/reports").await.body.contains("No report is open"));
    assert!(desk.get("/desk/reports?show=closed").await.body.contains("The passages agree."));
}

#[tokio::test]
async fn feeds_are_added_paused_woken_and_removed() {
    let desk = Desk::open().await;
    let store = desk.room.site.store.clone();
    for odd in
        ["", "file:///etc/passwd", "javascript:alert(1)", "post.example/feed", "https://a:b@post.example/"]
    {
        assert_eq!(
            desk.post("/desk/feeds/add", &[("address", odd)]).await.status,
            StatusCode::BAD_REQUEST,
            "{odd}"
        );
    }
    let address = "https://news.courier.example/feed";
    let reply = desk.post("/desk/feeds/add", &[("address", address), ("section", "Science")]).await;
    assert_eq!(reply.to(), "/desk/feeds?done=feed");
    assert_eq!(
        desk.post("/desk/feeds/add", &[("address", address)]).await.to(),
        "/desk/feeds?done=feed-known"
    );
    let feed = store.feeds().await.unwrap().into_iter().find(|feed| feed.address == address).unwrap();
    assert_eq!(feed.section, "Science");
    assert!(store.outlet("courier.example").await.unwrap().is_some_and(|outlet| outlet.id == feed.outlet));
    let state = async || store.feed(feed.id).await.unwrap().unwrap().state;
    for (action, expected) in
        [("pause", Used::Paused), ("wake", Used::Active), ("fetch", Used::Active), ("remove", Used::Removed)]
    {
        let reply = desk.post(&format!("/desk/feed/{}/{action}", feed.id), &[]).await;
        assert_eq!(reply.to(), format!("/desk/feeds?done=feed-{action}"));
        assert_eq!(state().await, expected, "{action}");
    }
    assert_eq!(desk.post(&format!("/desk/feed/{}/burn", feed.id), &[]).await.status, StatusCode::NOT_FOUND);
    assert!(!desk.get("/desk/feeds").await.body.contains("courier.example"));
    assert!(desk.get("/desk/feeds?health=removed").await.body.contains("courier.example"));
}

#[tokio::test]
async fn outlets_are_added_changed_and_removed() {
    let desk = Desk::open().await;
    let store = desk.room.site.store.clone();
    assert_eq!(
        desk.post("/desk/outlets/add", &[("domain", "nonsense domain")]).await.status,
        StatusCode::BAD_REQUEST
    );
    let reply = desk
        .post("/desk/outlets/add", &[("domain", "https://www.lantern.example/x"), ("name", HOSTILE)])
        .await;
    assert_eq!(reply.to(), "/desk/outlet/lantern.example?done=outlet");
    desk.get(reply.to()).await.is_harmless();
    desk.get("/desk/outlets").await.is_harmless();
    let fields = [("name", "The Lantern"), ("family", "Northgate"), ("country", "GB"), ("paywalled", "yes")];
    desk.post("/desk/outlet/lantern.example/change", &fields).await;
    let outlet = store.outlet("lantern.example").await.unwrap().unwrap();
    assert_eq!(
        (&*outlet.name, &*outlet.family, &*outlet.country, outlet.paywalled),
        ("The Lantern", "Northgate", "gb", true)
    );
    desk.post("/desk/outlet/post.example/remove", &[]).await;
    assert_eq!(store.outlet("post.example").await.unwrap().unwrap().state, Used::Removed);
    assert!(store.article("a1").await.unwrap().unwrap().withdrawn);
    assert_eq!(desk.get("/desk/outlet/none.example").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_new_editor_gets_a_password_once_and_changes_it() {
    let desk = Desk::open().await;
    let page = desk.post("/desk/editors/add", &[("name", "Bea")]).await;
    let password =
        page.body.split("class=\"secret\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
    assert!(!desk.get("/desk/editors").await.body.contains(password));
    assert_eq!(desk.post("/desk/editors/add", &[("name", "ADA")]).await.status, StatusCode::BAD_REQUEST);
    let other = login(&desk.room, &[], "Bea", password).await;
    assert_eq!(other.to(), "/desk");
    let short = [("old", PASSWORD), ("new", "short")];
    assert_eq!(desk.post("/desk/editors/password", &short).await.status, StatusCode::BAD_REQUEST);
    let wrong = [("old", "wrong"), ("new", "a long new password")];
    assert_eq!(desk.post("/desk/editors/password", &wrong).await.status, StatusCode::FORBIDDEN);
    let right = [("old", PASSWORD), ("new", "a long new password")];
    let reply = desk.post("/desk/editors/password", &right).await;
    assert_eq!(reply.to(), "/desk/editors?done=password", "{}", reply.body);
    assert_eq!(desk.get("/desk").await.status, StatusCode::SEE_OTHER, "the old session ended");
    assert_eq!(desk.room.get("/desk", &[("cookie", &reply.cookie())]).await.status, StatusCode::OK);
    assert_eq!(login(&desk.room, &[], EDITOR, PASSWORD).await.status, StatusCode::FORBIDDEN);
}
