//! Mails, mailboxes, MHTML, web archives and saved pages as sources, however they are packed.

use std::io::Write as _;

use crate::command::{run_in, run_on};
use crate::place::Place;

const TEXT: &str = "The council of Vell voted on Tuesday to repair the old harbour wall, which a storm had broken in \
January. The work will cost 4.2 million crowns and is to end before the winter, said the mayor, Ines Okoro.";

fn letter(name: &str) -> String {
    format!(
        "From: The {name} Letter <news@{name}.example>\nSubject: A wall for Vell, says {name}\nDate: Tue, 10 Mar 2026 09:00:00 +0100\n\
         MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><body><p>{TEXT}</p><p>The {name} letter saw the wall.</p></body></html>\n"
    )
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("a Vec takes all");
    encoder.finish().expect("a Vec takes all")
}

#[test]
fn newsletters_are_articles_of_their_senders() {
    let place = Place::new("newsletters");
    let mailbox = format!(
        "From a@b.example Tue Mar 10 09:00:00 2026\n{}\nFrom a@b.example Tue Mar 10 09:00:00 2026\n{}",
        letter("orrin"),
        letter("tarrow")
    );
    place.file("one.eml", letter("westerby")).file("box.mbox.gz", gzip(mailbox.as_bytes()));
    let read = run_in(place.path(), &["read", "."]).code(0).err("3 articles from 3 documents");
    let rows: Vec<serde_json::Value> =
        read.printed().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let outlets: Vec<_> = rows.iter().map(|row| row["outlet"].as_str().unwrap_or_default()).collect();
    assert_eq!(outlets, ["The orrin Letter", "The tarrow Letter", "The westerby Letter"]);
    assert_eq!(rows[0]["published"], "2026-03-10T09:00:00+01:00");
    assert_eq!(rows[0]["title"], "A wall for Vell, says orrin");
    // What it prints is what the other stages take.
    run_on(place.path(), read.printed().as_bytes(), &["digest", "-", "--families", "1"])
        .code(0)
        .out("4.2 million crowns");
    run_in(place.path(), &["digest", ".", "--families", "1"]).code(0).out("4.2 million crowns");
}

#[test]
fn hostile_mails_are_refused_in_words() {
    let place = Place::new("hostile-mails");
    let head = "From: a@b.example\nSubject: x\n";
    place
        .file("parts.eml", format!("{head}{}", "Content-Type: message/rfc822\n\n".repeat(5_000)))
        .file("empty.eml", format!("{head}\n"))
        .file(
            "picture.eml",
            format!("{head}Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"),
        );
    for (name, word) in
        [("parts.eml", "more than"), ("empty.eml", "no running text"), ("picture.eml", "no running text")]
    {
        run_in(place.path(), &["read", name])
            .code(3)
            .silent()
            .err(name)
            .err(word)
            .err("Give a newsletter")
            .within(5);
    }
}
