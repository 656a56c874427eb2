//! Comments and reports from end to end.

use axum::http::StatusCode;
use store::{CommentState, Story};

use super::pace::{DAY, HOUR, MINUTE, SECOND};
use super::seed::{HOSTILE, Newsroom, Reply};
use super::{form_fields, section};
use axum::http::HeaderMap;

async fn story(room: &Newsroom) -> Story {
    room.site.store.story("s1").await.unwrap().unwrap()
}

/// A token as a reader has it who began to type a while ago.
fn token(room: &Newsroom) -> String {
    let token = form_fields(&room.site, "s1").token;
    room.site.clock.advance(5 * SECOND);
    token
}

async fn send(room: &Newsroom, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Reply {
    let token = token(room);
    let mut all = vec![("token", token.as_str())];
    all.extend(fields);
    room.post("/story/s1/comment", headers, &all).await
}

async fn waiting(room: &Newsroom) -> usize {
    room.site.store.comments_in(CommentState::Waiting, 100).await.unwrap().len()
}

async fn shown(room: &Newsroom, cookie: &str) -> String {
    let mut headers = HeaderMap::new();
    if !cookie.is_empty() {
        headers.insert("cookie", cookie.parse().unwrap());
    }
    section(&room.site, &story(room).await, &headers).await.unwrap()
}

#[tokio::test]
async fn a_comment_waits_for_an_editor_and_its_author_sees_it() {
    let room = Newsroom::open().await;
    let reply = send(&room, &[], &[("name", "Ann"), ("words", "Well *said*.")]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    let cookie = reply.cookie();
    let full = reply.headers["set-cookie"].to_str().unwrap();
    assert!(full.contains("HttpOnly") && full.contains("SameSite=Lax"), "{full}");
    let own = room.get(reply.to(), &[("cookie", &cookie)]).await;
    assert!(own.body.contains("waits for an editor") && own.body.contains("<em>said</em>"), "{}", own.body);
    assert_eq!(room.get(reply.to(), &[]).await.status, StatusCode::NOT_FOUND);
    assert!(shown(&room, "").await.contains("No comments yet"));
    assert!(shown(&room, &cookie).await.contains("Only you see this"));
    let id = room.site.store.comments_in(CommentState::Waiting, 1).await.unwrap()[0].id;
    room.site.store.set_comment_state(id, CommentState::Approved).await.unwrap();
    let page = shown(&room, "").await;
    assert!(page.contains("1 comment<") && page.contains("<em>said</em>") && page.contains("Ann"), "{page}");
    assert!(!page.contains("/edit"), "a stranger is offered no change");
    assert!(shown(&room, &cookie).await.contains(&format!("/comment/{id}/edit")));
    assert_eq!(room.get(&format!("/comment/{id}"), &[]).await.to(), format!("/story/s1#comment-{id}"));
}

#[tokio::test]
async fn without_approval_it_shows_at_once() {
    let room = Newsroom::with(|settings| settings.comments.approve = false).await;
    let reply = send(&room, &[], &[("words", "First.")]).await;
    assert!(reply.to().starts_with("/story/s1#comment-"), "{}", reply.to());
    assert_eq!(story(&room).await.comments, 1);
    let page = shown(&room, "").await;
    assert!(page.contains("1 comment<") && page.contains("A reader"), "{page}");
}

#[tokio::test]
async fn machines_are_told_apart_and_the_words_stay() {
    let room = Newsroom::open().await;
    let words = ("words", "Words & more");
    let fresh = form_fields(&room.site, "s1").token;
    let other = form_fields(&room.site, "s2").token;
    let check = async |fields: &[(&str, &str)], expected: &str| {
        let reply = room.post("/story/s1/comment", &[], fields).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{fields:?}");
        assert!(reply.body.contains(expected), "{expected}: {}", reply.body);
        assert!(reply.body.contains("Words &#38; more"), "the words are kept: {}", reply.body);
    };
    check(&[("token", &fresh), words], "faster than anybody types").await;
    room.site.clock.advance(5 * SECOND);
    check(&[("token", &fresh), words, ("website", "http://spam.example")], "people don’t see").await;
    check(&[("token", &other), words], "did not come from this page").await;
    check(&[("token", "1.abc"), words], "did not come from this page").await;
    check(&[words], "did not come from this page").await;
    room.site.clock.advance(DAY);
    check(&[("token", &fresh), words], "more than a day").await;
    assert_eq!(waiting(&room).await, 0);
}

#[tokio::test]
async fn what_is_empty_too_long_or_closed_is_refused() {
    let room = Newsroom::with(|settings| settings.comments.length = 20).await;
    assert!(send(&room, &[], &[("words", " \n\u{202E} ")]).await.body.contains("is empty"));
    assert!(send(&room, &[], &[("words", &"x".repeat(21))]).await.body.contains("has 21 characters"));
    let gone = send(&room, &[], &[("words", "x"), ("parent", "77")]).await;
    assert!(gone.body.contains("you answer is gone") && !gone.body.contains("value=\"77\""), "{}", gone.body);
    let missing = room.post("/story/none/comment", &[], &[("words", "x")]).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    room.site.clock.advance(31 * DAY);
    let reply = send(&room, &[], &[("words", "late")]).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    let page = shown(&room, "").await;
    assert!(page.contains("are closed") && !page.contains("<form"), "{page}");
    assert_eq!(waiting(&room).await, 0);
}

#[tokio::test]
async fn one_sender_may_leave_so_many_an_hour_whatever_it_claims() {
    let room = Newsroom::with(|settings| settings.comments.per_hour = 2).await;
    for number in 0..2 {
        let forged = format!("203.0.113.{number}");
        let reply =
            send(&room, &[("x-forwarded-for", &forged)], &[("words", &format!("number {number}"))]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER);
    }
    let reply = send(&room, &[("x-forwarded-for", "203.0.113.9")], &[("words", "number 3")]).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(reply.body.contains("number 3"));
    let other = send(&room, &[("x-peer", "198.51.100.7")], &[("words", "from elsewhere")]).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
    room.site.clock.advance(HOUR + MINUTE);
    assert_eq!(send(&room, &[], &[("words", "later")]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_same_words_twice_are_one_comment() {
    let room = Newsroom::open().await;
    let first = send(&room, &[], &[("words", "Twice.")]).await;
    let cookie = first.cookie();
    let second = send(&room, &[("cookie", &cookie)], &[("words", "Twice.")]).await;
    assert_eq!(first.to(), second.to());
    let again = send(&room, &[], &[("words", "Twice.")]).await;
    assert_eq!(again.status, StatusCode::OK, "a button pressed twice before the cookie came");
    assert!(again.body.contains("kept once") && again.cookie().is_empty(), "{}", again.body);
    assert_eq!(waiting(&room).await, 1);
}

#[tokio::test]
async fn an_author_changes_a_comment_for_a_while() {
    let room = Newsroom::open().await;
    let reply = send(&room, &[], &[("words", "Befor.")]).await;
    let (cookie, page) = (reply.cookie(), reply.to().to_owned());
    let form = room.get(&format!("{page}/edit"), &[("cookie", &cookie)]).await;
    let token = form.field("token");
    assert_eq!(token.len(), 64, "{}", form.body);
    let alone = room.post(&format!("{page}/edit"), &[("cookie", &cookie)], &[("words", "Forged.")]).await;
    assert_eq!(alone.status, StatusCode::FORBIDDEN, "a page from elsewhere could send the cookie");
    let wrong =
        room.post(&format!("{page}/edit"), &[], &[("token", &"0".repeat(64)), ("words", "Forged.")]).await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    let done = room.post(&format!("{page}/edit"), &[], &[("token", &token), ("words", "Before.")]).await;
    assert_eq!(done.to(), format!("{page}?token={token}"));
    assert!(room.get(done.to(), &[]).await.body.contains("Before."), "the link opens it without the cookie");
    room.site.clock.advance(16 * MINUTE);
    let late = room.post(&format!("{page}/edit"), &[], &[("token", &token), ("words", "Late.")]).await;
    assert_eq!(late.status, StatusCode::FORBIDDEN);
    assert!(late.body.contains("is over"));
    let words = &room.site.store.comments_in(CommentState::Waiting, 1).await.unwrap()[0].words;
    assert_eq!(words, "Before.");
}

#[tokio::test]
async fn a_change_of_a_shown_comment_waits_again() {
    let room = Newsroom::open().await;
    let reply = send(&room, &[], &[("words", "Nice.")]).await;
    let id = reply.to().rsplit('/').next().unwrap().parse().unwrap();
    room.site.store.set_comment_state(id, CommentState::Approved).await.unwrap();
    let form = room.get(&format!("/comment/{id}/edit"), &[("cookie", &reply.cookie())]).await;
    room.post(&format!("/comment/{id}/edit"), &[], &[("token", &form.field("token")), ("words", "Spam.")])
        .await;
    assert_eq!(room.site.store.comment(id).await.unwrap().unwrap().state, CommentState::Waiting);
    assert_eq!(story(&room).await.comments, 0);
    assert!(!shown(&room, "").await.contains("Spam."));
}

#[tokio::test]
async fn a_deleted_comment_keeps_its_place_above_answers() {
    let room = Newsroom::with(|settings| settings.comments.approve = false).await;
    let reply = send(&room, &[], &[("name", "Ann"), ("words", "Question?")]).await;
    let id: i64 = reply.to().rsplit('-').next().unwrap().parse().unwrap();
    let form = room.get(&format!("/comment/{id}/answer"), &[]).await;
    assert!(form.body.contains("Question?") && form.field("parent") == id.to_string(), "{}", form.body);
    send(&room, &[], &[("words", "Answer."), ("parent", &id.to_string())]).await;
    let cookie = reply.cookie();
    let sure = room.get(&format!("/comment/{id}/delete"), &[("cookie", &cookie)]).await;
    room.site.clock.advance(2 * DAY);
    let gone = room.post(&format!("/comment/{id}/delete"), &[], &[("token", &sure.field("token"))]).await;
    assert_eq!(gone.to(), "/story/s1#comments");
    let page = shown(&room, &cookie).await;
    assert!(page.contains("Deleted by its author") && page.contains("Answer."), "{page}");
    assert!(!page.contains("Question?") && !page.contains("Ann<"), "{page}");
    assert!(page.contains("1 comment<"), "{page}");
    assert_eq!(
        room.get(&format!("/comment/{id}"), &[("cookie", &cookie)]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn nothing_hostile_reaches_a_page() {
    let room = Newsroom::with(|settings| settings.comments.approve = false).await;
    let link = format!("{HOSTILE} [x](javascript:alert(1)) <a href=\"javascript:alert(1)\">y</a>");
    let reply = send(&room, &[], &[("name", HOSTILE), ("words", &link)]).await;
    let id = reply.to().rsplit('-').next().unwrap().to_owned();
    let cookie = reply.cookie();
    let thread = Reply { body: shown(&room, &cookie).await, ..room.get("/health", &[]).await };
    thread.is_harmless();
    assert!(!thread.body.contains("href=\"javascript"), "{}", thread.body);
    for path in ["", "/answer", "/edit", "/delete"] {
        let page = room.get(&format!("/comment/{id}{path}"), &[("cookie", &cookie)]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        page.is_harmless();
    }
    let refused = room.post("/story/s1/comment", &[], &[("name", HOSTILE), ("words", HOSTILE)]).await;
    refused.is_harmless();
}

#[tokio::test]
async fn no_header_can_be_forged() {
    let room = Newsroom::open().await;
    let reply = send(
        &room,
        &[],
        &[("name", "Ann\r\nSet-Cookie: a=b"), ("words", "x\r\nLocation: http://evil.example")],
    )
    .await;
    assert_eq!(reply.headers.get_all("set-cookie").iter().count(), 1);
    assert!(reply.to().starts_with("/comment/"));
    let forged = format!("author={}", "g".repeat(64));
    let reply = send(&room, &[("cookie", &forged)], &[("words", "y")]).await;
    assert_ne!(reply.cookie(), forged, "a secret that isn't one of ours is replaced");
}

#[tokio::test]
async fn a_report_quotes_the_stored_sentence() {
    let room = Newsroom::open().await;
    let token = token(&room);
    let fields = |sentence: &'static str| {
        [
            ("token", token.clone()),
            ("sentence", sentence.into()),
            ("version", "1".into()),
            ("words", HOSTILE.into()),
            ("quoted", "forged".into()),
            ("contact", "ann@post.example".into()),
        ]
    };
    let post = async |fields: &[(&str, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        room.post("/story/s1/report", &[], &fields).await
    };
    let done = post(&fields("2")).await;
    assert_eq!(done.to(), "/story/s1/reported", "{}", done.body);
    assert_eq!(room.get(done.to(), &[]).await.status, StatusCode::OK);
    let reports = room.site.store.reports(true, 10).await.unwrap();
    assert_eq!(reports[0].report.quoted, "Nobody was hurt.");
    assert_eq!(post(&fields("99")).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(post(&fields("-1")).await.status, StatusCode::BAD_REQUEST);
    let mut trapped = fields("1").to_vec();
    trapped.push(("website", "x".into()));
    let refused = post(&trapped).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    refused.is_harmless();
    assert!(refused.body.contains("alert(1)"), "the words are kept");
    assert_eq!(room.site.store.reports(true, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_style_sheet_is_kept_for_ever() {
    let room = Newsroom::open().await;
    let page = room.get("/story/s1/reported", &[]).await;
    let address = page.body.split("href=\"/talk/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let sheet = room.get(&format!("/talk/{address}"), &[]).await;
    assert!(sheet.headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert_eq!(room.get("/talk/style-0.css", &[]).await.status, StatusCode::NOT_FOUND);
}
