//! Input that is wrong or hostile: each gives one clear message that names the thing, the cause and the next
//! step, and the exit status that `--help` states.

use std::fs::File;
use std::io::{BufWriter, Write as _};

use crate::command::{run, run_in};
use crate::place::Place;

const UNREADABLE: i32 = 3;
const NOTHING: i32 = 4;
const MEGABYTES: u64 = 1 << 20;

#[test]
fn a_missing_file() {
    let cases: &[&[&str]] = &[
        &["digest", "nope.html"],
        &["audit", "nope.txt"],
        &["receipt", "nope.json"],
        &["read", "nope.jsonl"],
        &["parse-feed", "nope.jsonl"],
        &["mark", "--what", "dates", "nope.jsonl"],
        &["group", "nope.jsonl"],
        &["check", "nope.jsonl"],
        &["cite", "nope.jsonl"],
    ];
    for arguments in cases {
        run(arguments).code(UNREADABLE).silent().clear().err("nope.").err("Check");
    }
}

#[test]
fn an_empty_folder() {
    let place = Place::new("an-empty-folder");
    place.folder("empty");
    let run = run_in(place.path(), &["digest", "empty"]);
    run.code(UNREADABLE).silent().clear().err("empty: the folder holds no files").err("Give one");
}

#[test]
fn an_empty_file() {
    let place = Place::new("an-empty-file");
    place.file("void.html", "");
    run_in(place.path(), &["digest", "void.html"])
        .code(UNREADABLE)
        .silent()
        .clear()
        .err("void.html")
        .err("Give");
}

#[test]
fn a_binary_file() {
    let place = Place::new("a-binary-file");
    let bytes: Vec<u8> = (0..=255).cycle().skip(127).take(20_000).collect();
    place.file("thing.bin", &bytes);
    let run = run_in(place.path(), &["digest", "thing.bin"]);
    run.code(UNREADABLE).silent().clear().err("thing.bin: not a page").err("Give an HTML");
}

#[test]
fn rows_that_are_not_json() {
    let place = Place::new("rows-that-are-not-json");
    place.file("rows.jsonl", b"\x7fELF\x00\x01\nnull\n[1]\n{\"id\":\"a\"\n\xff\xfe\n");
    let stages: &[&[&str]] = &[
        &["read", "rows.jsonl"],
        &["parse-feed", "rows.jsonl"],
        &["mark", "--what", "sentences", "rows.jsonl"],
        &["mark", "--what", "dates", "rows.jsonl"],
        &["mark", "--what", "quotes", "rows.jsonl"],
        &["group", "rows.jsonl"],
        &["check", "rows.jsonl"],
        &["cite", "rows.jsonl"],
    ];
    for arguments in stages {
        run_in(place.path(), arguments).code(0).clear().err("5 rows, 5 refused");
    }
}

#[test]
fn a_binary_receipt() {
    let place = Place::new("a-binary-receipt");
    place.file("thing.bin", b"\x7fELF\x00\x01\xff");
    run_in(place.path(), &["receipt", "thing.bin"]).code(1).clear().out("thing.bin").err("1 fault");
}

#[test]
fn a_page_of_200_megabytes() {
    let place = Place::new("a-page-of-200-megabytes");
    place.sparse("zeros.html", b"", 200 * MEGABYTES);
    place.sparse("page.html", b"<html><body><p>The ferry", 200 * MEGABYTES);
    for name in ["zeros.html", "page.html"] {
        let run = run_in(place.path(), &["digest", name]).within(20);
        run.code(UNREADABLE)
            .silent()
            .clear()
            .err(name)
            .err("200 MB is over the limit")
            .err("--max-page-bytes");
    }
}

#[test]
fn a_feed_of_a_million_items_is_over_the_limit() {
    let place = Place::new("a-feed-of-a-million-items");
    feed(&place, |item| {
        format!("<item><title>Item {item}</title><link>https://news.example/{item}</link></item>")
    });
    let run = run_in(place.path(), &["digest", "feed.xml"]).within(60);
    run.code(UNREADABLE).silent().clear().err("feed.xml").err("over the limit").err("--max-feed-bytes");
}

#[test]
fn a_feed_of_a_million_items_within_the_limit() {
    let place = Place::new("a-feed-of-a-million-empty-items");
    feed(&place, |_| "<item/>".to_owned());
    let run = run_in(place.path(), &["digest", "feed.xml"]).within(60);
    run.code(NOTHING).silent().clear().err("feed.xml").err("no article");
}

fn feed(place: &Place, item: impl Fn(u32) -> String) {
    let file = File::create(place.path().join("feed.xml")).expect("the folder can be written");
    let mut out = BufWriter::new(file);
    let mut put = |text: &str| out.write_all(text.as_bytes()).expect("the disk has room");
    put("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Million</title>");
    (0..1_000_000).for_each(|number| put(&item(number)));
    put("</channel></rss>");
}

#[test]
fn broken_utf_8() {
    let place = Place::new("broken-utf-8");
    let paragraph =
        "The harbour council of Selwick met on Monday and voted to close the caf\u{e9} on the old pier. ";
    let mut page = b"<html><head><title>Pier caf\xe9 closes</title></head><body><article>".to_vec();
    for _ in 0..8 {
        page.extend_from_slice(b"<p>\xff\xfe ");
        page.extend(paragraph.chars().map(|c| u8::try_from(u32::from(c)).expect("it is Latin-1")));
        page.extend_from_slice(b"\xc3\x28 \xf0\x9f</p>");
    }
    place.file("broken.html", &page);
    let run = run_in(place.path(), &["digest", "broken.html"]);
    run.code(NOTHING).silent().clear().err("1 articles from 1 documents").err("independent families");
}

#[test]
fn a_page_with_no_article() {
    let place = Place::new("a-page-with-no-article");
    place.file(
        "front.html",
        "<html><body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav></body></html>",
    );
    let run = run_in(place.path(), &["digest", "front.html"]);
    run.code(NOTHING)
        .silent()
        .clear()
        .err("front.html: no article was found")
        .err("Give the address of an article");
}

#[test]
fn an_address_in_a_private_network() {
    for address in [
        "http://127.0.0.1/",
        "http://10.0.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://192.168.1.1/",
    ] {
        let run = run(&["digest", address]).within(20);
        run.code(UNREADABLE).silent().clear().err(address).err("refused").err("--allow-private");
    }
}

#[test]
fn an_address_that_is_not_of_the_web() {
    for address in ["ftp://news.example/", "file:///etc/passwd", "gopher://news.example/1"] {
        run(&["digest", address]).within(20).code(UNREADABLE).silent().clear().err(address);
    }
}

#[test]
fn no_story_with_two_families() {
    let place = Place::new("no-story-with-two-families");
    let row = |id: &str, title: &str, text: &str| {
        format!(
            "{{\"id\":\"{id}\",\"url\":\"https://courier.example/{id}\",\"domain\":\"courier.example\",\"date\":\"2026-03-10\",\"title\":\"{title}\",\"text\":\"{text}\"}}\n"
        )
    };
    let rows = row(
        "a",
        "Bakery Burns",
        "A bakery in Port Selwick burned down on Monday. Nobody was hurt, the fire chief said.",
    ) + &row(
        "b",
        "Bridge Opens",
        "The new bridge over the Orrin opened on Tuesday. It cost 12 million crowns to build.",
    );
    place.file("rows.jsonl", rows);
    let run = run_in(place.path(), &["digest", "rows.jsonl"]);
    run.code(NOTHING).silent().clear().err("2 or more independent families").err("--families");
}
