//! Backups and copies: taken while the newsroom runs, put back whole or not at all.

use std::fs;

use crate::command::{run_in, run_on};
use crate::newcomer::story;
use crate::newsroom::Newsroom;
use crate::place::Place;

#[test]
fn a_backup_taken_while_serving_gives_the_same_site_elsewhere() {
    let place = Place::new("a-backup");
    let newsroom = Newsroom::start(place.path(), &["--demo", "--data", "data"]);
    let front = newsroom.until("/", 60, |page| story(&page.body, "Ferry").is_some());
    let ferry = story(&front.body, "Ferry").expect("it was just there");
    run_in(place.path(), &["backup", "one.jsonl.gz", "--data", "data"])
        .code(0)
        .err("written")
        .err("articles");
    newsroom.end();
    let files = fs::read_dir(place.path()).expect("readable").flatten();
    assert!(!files.map(|file| file.file_name()).any(|name| name.to_string_lossy().ends_with(".part")));

    run_in(place.path(), &["restore", "one.jsonl.gz", "--data", "other"]).code(0).err("restored");
    let again = Newsroom::start(place.path(), &["--no-fetch", "--data", "other"]);
    assert_eq!(again.password, None, "the editor did not come back");
    let receipt = again.get(&format!("{ferry}/version/1"));
    assert_eq!(receipt.status, 200, "{}", receipt.body);
    again.end();

    run_in(place.path(), &["restore", "one.jsonl.gz", "--data", "other"])
        .code(3)
        .silent()
        .err("would be lost")
        .err("--replace");
    run_in(place.path(), &["restore", "one.jsonl.gz", "--data", "other", "--replace"]).code(0);
    let public = run_in(place.path(), &["export", "--public", "--data", "other"]).code(0);
    assert!(!public.printed().contains("argon2"), "a password's hash is in the public copy");
    let all = run_in(place.path(), &["export", "--data", "other"]).code(0);
    assert!(all.printed().contains("argon2"), "the whole copy has no editors");
    run_on(place.path(), all.printed().as_bytes(), &["import", "--data", "third"]).code(0).err("imported");
    let third = run_in(place.path(), &["export", "--data", "third"]).code(0);
    assert_eq!(third.printed(), all.printed(), "the copy of a copy differs");
}

#[test]
fn what_is_no_backup_changes_nothing_and_is_said() {
    let place = Place::new("no-backup");
    run_in(place.path(), &["backup", "one.jsonl.gz"]).code(3).silent().clear().err("no newsroom yet");
    run_in(place.path(), &["restore", "nowhere.gz"])
        .code(3)
        .silent()
        .clear()
        .err("nowhere.gz")
        .err("spelling");
    run_in(place.path(), &["feeds", "add", "https://orrin.example/feed"]).code(0);
    place
        .file("odd.jsonl", "{\"table\": \"nonsense\"}\n")
        .file("odd.gz", [0x1f, 0x8b, 1, 2, 3])
        .folder("folder");
    for odd in ["odd.jsonl", "odd.gz"] {
        run_in(place.path(), &["restore", odd, "--replace"]).code(3).silent().clear().err(odd);
    }
    run_in(place.path(), &["backup", "folder"]).code(3).silent().clear().err("this is a folder");
    run_in(place.path(), &["backup", "no/such/folder/one.gz"])
        .code(3)
        .silent()
        .clear()
        .err("can't be written");
    run_on(place.path(), b"", &["import", "--replace"]).code(3).silent().clear().err("standard input");
    run_in(place.path(), &["feeds", "list"]).code(0).out("https://orrin.example/feed");
}
