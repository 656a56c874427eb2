//! `nutgraf feeds`: adding, listing, pausing, removing, lists as OPML, and what is said of wrong ones.

use crate::command::{run_in, run_on};
use crate::place::Place;

#[test]
fn feeds_are_added_listed_paused_woken_and_removed() {
    let place = Place::new("feeds");
    let feeds = |arguments: &[&str]| run_in(place.path(), &[&["feeds"], arguments].concat());
    feeds(&[
        "add",
        "https://orrin.example/feed.xml#top",
        "https://NEWS.tarrow.example/rss",
        "--section",
        "Science",
    ])
    .code(0)
    .out("2 feeds added");
    feeds(&["add", "https://orrin.example/feed.xml"]).code(0).out("0 feeds added").err("known already");
    feeds(&["list"]).code(0).out("active\tnew\t").out("https://orrin.example/feed.xml\tScience");
    feeds(&["pause", "https://orrin.example/feed.xml"]).code(0).out("rests");
    feeds(&["list"]).code(0).out("paused\tnew\t-\thttps://orrin.example/feed.xml");
    feeds(&["wake", "https://orrin.example/feed.xml"]).code(0);
    feeds(&["remove", "https://news.tarrow.example/rss"]).code(0).out("taken out");
    let list =
        feeds(&["list"]).code(0).out("active\tnew\t").out("removed\tnew\t-\thttps://news.tarrow.example/rss");
    assert_eq!(list.printed().lines().count(), 2);
    let export = feeds(&["export"]).code(0).out("<opml version=\"2.0\">").out("orrin.example");
    assert!(!export.printed().contains("tarrow"), "a removed feed is in the list");
}

#[test]
fn a_list_of_feeds_moves_to_another_newsroom() {
    let (here, there) = (Place::new("feeds-here"), Place::new("feeds-there"));
    let addresses = ["https://a.example/rss?x=1&y=2", "https://b.example/feed"];
    run_in(here.path(), &["feeds", "add", "--section", "Sport", addresses[0], addresses[1]]).code(0);
    let list = run_in(here.path(), &["feeds", "export"]).code(0);
    run_on(there.path(), list.printed().as_bytes(), &["feeds", "import", "-"]).code(0).out("2 feeds added");
    let again = run_in(there.path(), &["feeds", "export"]).code(0);
    assert_eq!(list.printed(), again.printed());
    there.file("feeds.opml", list.printed());
    run_in(there.path(), &["feeds", "import", "feeds.opml"]).code(0).out("0 feeds added");
}

#[test]
fn what_is_no_feed_or_no_list_is_said_with_the_next_step() {
    let place = Place::new("wrong-feeds");
    let feeds = |arguments: &[&str]| run_in(place.path(), &[&["feeds"], arguments].concat());
    feeds(&["list"]).code(3).silent().clear().err("there is no newsroom yet").err("nutgraf serve");
    feeds(&["add"]).code(2).silent().err("URL");
    feeds(&["add", "orrin.example"])
        .code(3)
        .err("no address")
        .err("https://news.example/feed.xml")
        .out("0 feeds added");
    feeds(&["add", "file:///etc/passwd", "https://orrin.example/"])
        .code(3)
        .err("only http and https")
        .out("1 feeds added");
    feeds(&["add", "https://x.example/", "--section", "Weather"])
        .code(3)
        .silent()
        .clear()
        .err("no section")
        .err("World");
    feeds(&["pause", "https://nobody.example/"])
        .code(3)
        .silent()
        .clear()
        .err("no such feed")
        .err("feeds list");
    feeds(&["import", "nowhere.opml"]).code(3).silent().clear().err("nowhere.opml").err("spelling");
    place
        .file("page.html", "<html><body>Not a list</body></html>")
        .file("empty.opml", "<opml><body/></opml>");
    feeds(&["import", "page.html"]).code(3).silent().clear().err("page.html").err("not OPML");
    feeds(&["import", "empty.opml"]).code(3).silent().clear().err("names no feed");
    feeds(&["check", "http://127.0.0.1:9/feed"]).code(1).out("http://127.0.0.1:9/feed");
    feeds(&["check", "no address"]).code(3).silent().clear().err("no address");
}
