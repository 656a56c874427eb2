//! Feeds are read back by the reader of feeds that this very project has.

use desk::read::feed;
use desk::stamp::Stamp;
use store::{CommentState, NewComment, StoryFilter};

use crate::asked::{Reply, get};
use crate::seed::{NOW, Room};

fn read(address: &str, reply: &Reply) -> feed::Feed {
    let feed = feed::parse(&reply.bytes, &format!("https://sheet.example{address}"));
    let feed = feed.unwrap_or_else(|refused| panic!("{address}: {refused:?}\n{}", reply.text()));
    assert_eq!(feed.notes, Vec::<String>::new(), "{address}");
    for entry in &feed.entries {
        let dated = |text: &Option<String>| {
            text.as_deref().and_then(Stamp::parse).is_some_and(|at| at.time.is_some())
        };
        assert!(dated(&entry.published), "{address}: {entry:?}");
        assert!(
            entry.link.as_deref().is_some_and(|link| link.starts_with("https://sheet.example/story/")),
            "{entry:?}"
        );
        assert!(
            entry.id.is_some() && entry.title.is_some() && entry.summary.is_some() | entry.content.is_some()
        );
    }
    feed
}

async fn first(room: &Room) -> store::Story {
    let filter = StoryFilter { published: true, limit: 1, ..StoryFilter::default() };
    room.site.store.stories(&filter).await.expect("stories").remove(0)
}

#[tokio::test]
async fn every_feed_is_sound_in_every_format() {
    let room = Room::filled().await;
    let site = room.router();
    let id = first(&room).await.id;
    for (format, kind) in
        [("atom", "application/atom+xml"), ("rss", "application/rss+xml"), ("json", "application/feed+json")]
    {
        for address in [
            format!("/feed.{format}"),
            format!("/section/World/feed.{format}"),
            format!("/story/{id}/feed.{format}"),
            format!("/search/feed.{format}?q=the"),
        ] {
            let reply = get(&site, &address).await.fine();
            assert!(reply.header("content-type").starts_with(kind), "{address}");
            let feed = read(&address, &reply);
            assert!(!feed.entries.is_empty(), "{address}");
            assert!(feed.title.is_some_and(|title| !title.is_empty()), "{address}");
        }
        assert!(!get(&site, &format!("/section/Nowhere/feed.{format}")).await.status.is_success());
        assert!(!get(&site, &format!("/search/feed.{format}")).await.status.is_success());
    }
    let all = read("/feed.atom", &get(&site, "/feed.atom").await);
    let ids: Vec<_> = all.entries.iter().map(|entry| entry.id.clone()).collect();
    let again = read("/feed.json", &get(&site, "/feed.json").await);
    assert_eq!(ids, again.entries.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>());
}

#[tokio::test]
async fn comments_have_a_feed_of_what_is_approved() {
    let room = Room::filled().await;
    let id = first(&room).await.id;
    for (words, state) in
        [("Was it <b>safe</b> & sound?", CommentState::Approved), ("Buy pills", CommentState::Waiting)]
    {
        let comment = NewComment {
            story: id.clone(),
            parent: None,
            author: "Ada <Quill>".to_owned(),
            words: words.to_owned(),
            state,
            editor: false,
            token: "t".to_owned(),
            sender: words.to_owned(),
        };
        room.site.store.put_comment(&comment, NOW).await.expect("the comment is kept");
    }
    let address = format!("/story/{id}/comments.atom");
    let reply = get(&room.router(), &address).await.fine();
    let feed = read(&address, &reply);
    assert_eq!(feed.entries.len(), 1);
    assert!(reply.text().contains("Ada &#60;Quill&#62;") && !reply.text().contains("pills"));
}

#[tokio::test]
async fn the_map_lists_every_story_and_the_news_among_them() {
    let room = Room::filled().await;
    let site = room.router();
    let map = get(&site, "/sitemap.xml").await.fine();
    let text = map.text();
    assert!(map.header("content-type").starts_with("application/xml"));
    let filter = StoryFilter { published: true, limit: 50, ..StoryFilter::default() };
    for story in room.site.store.stories(&filter).await.expect("stories") {
        assert!(text.contains(&format!("<loc>https://sheet.example/story/{}</loc>", story.id)));
    }
    assert!(text.contains("<news:publication_date>2026-03-14T08:00:00Z</news:publication_date>"));
    let mut reader = quick_xml::Reader::from_str(&text);
    while !matches!(reader.read_event().expect("sound XML"), quick_xml::events::Event::Eof) {}
    let robots = get(&site, "/robots.txt").await.fine().text();
    assert!(robots.contains("Sitemap: https://sheet.example/sitemap.xml"));
}

#[tokio::test]
async fn our_feeds_can_be_taken_away() {
    let room = Room::filled().await;
    let list = get(&room.router(), "/outlets.opml").await.fine().text();
    let mut reader = quick_xml::Reader::from_str(&list);
    while !matches!(reader.read_event().expect("sound XML"), quick_xml::events::Event::Eof) {}
    assert!(list.contains("xmlUrl=\"https://northernledger.example/feed.xml\""));
}
