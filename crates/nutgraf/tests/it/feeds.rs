//! `nutgraf feeds`: adding, listing, pausing, removing, lists as OPML, and what is said of wrong ones.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use crate::command::{run_in, run_on, run_with};
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
    feeds(&["add", "file:///etc/passwd", "https://orrin.example/feed"])
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

/// A site whose front page names one feed, whose hub names two, and whose third page names none.
fn site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let mut request = [0; 2048];
            let read = stream.read(&mut request).unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..read]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or("/");
            let link = |name: &str| {
                format!("<link rel=alternate type=application/rss+xml title='{name}' href='/{name}.xml'>")
            };
            let body = match path {
                "/one" => format!("<!doctype html><title>One</title>{}", link("news")),
                "/two" => format!("<!doctype html><title>Two</title>{}{}", link("world"), link("sport")),
                "/none" => "<!doctype html><title>None</title><p>No feed here.".to_owned(),
                "/plain" => "<rss version='2.0'><channel><title>Plain</title><item><title>x</title></item></channel></rss>".to_owned(),
                _ => String::new(),
            };
            let status = if body.is_empty() { "404 Not Found" } else { "200 OK" };
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{address}")
}

#[test]
fn the_feed_of_a_page_is_found() {
    let place = Place::new("feeds-found");
    let site = site();
    let feeds = |name: &str| {
        let address = format!("{site}/{name}");
        run_with(place.path(), &[("NUTGRAF_FETCH_ALLOW_PRIVATE", "true")], &["feeds", "add", &address])
    };
    feeds("one").code(0).err("names its feed").err("/news.xml: added").out("1 feeds added");
    feeds("two")
        .code(3)
        .out("/world.xml\tworld\n")
        .out("/sport.xml\tsport\n")
        .err("names 2 feeds")
        .out("0 feeds added");
    feeds("none").code(3).err("this is no feed, and names none").out("0 feeds added");
    feeds("plain").code(0).err("/plain: added").out("1 feeds added");
    feeds("gone").code(3).err("no such page").out("0 feeds added");
}

#[test]
fn a_list_as_json_is_imported_with_counts() {
    let place = Place::new("feeds-json");
    place.file(
        "list.json",
        r#"{"World": {"category_type": "core", "feeds": ["https://a.example/rss", "b.example/feed", "https://a.example/rss"]},
            "Vell": {"feeds": ["https://c.example/feed"]}}"#,
    );
    let feeds = |arguments: &[&str]| run_in(place.path(), &[&["feeds"], arguments].concat());
    feeds(&["import", "list.json"])
        .code(3)
        .err("b.example/feed: this is no address")
        .err("4 in the list: 2 added, 1 known already, 1 refused")
        .out("2 feeds added");
    feeds(&["list"]).code(0).out("https://a.example/rss\tWorld").out("https://c.example/feed\t");
    place.file("odd.json", "{\"a\": ");
    feeds(&["import", "odd.json"]).code(3).silent().clear().err("odd.json").err("broken JSON");
}
