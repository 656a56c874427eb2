//! `nutgraf serve` from outside: an empty machine, a taken port, a second newsroom, the end.

use std::net::TcpListener;
use std::time::Duration;

use serde_json::Value;

use crate::command::{run, run_in, run_on};
use crate::newsroom::Newsroom;
use crate::place::Place;

#[test]
fn on_an_empty_machine_it_opens_says_its_password_once_and_ends_when_asked() {
    let place = Place::new("an-empty-machine");
    let newsroom = Newsroom::start(place.path(), &["--no-fetch"]);
    assert_eq!(newsroom.get("/").status, 200);
    assert_eq!(newsroom.get("/no/such/page").status, 404);
    let password = newsroom.password.clone().expect("the first start says the password");
    assert!(password.len() >= 16, "{password} is too short");
    assert!(!newsroom.log(place.path()).contains(&password), "the password is in the log");
    let (code, took) = newsroom.end();
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(10), "it took {took:?} to end");
    let listed = run_in(place.path(), &["feeds", "list"]).code(0);
    assert!(listed.printed().lines().count() >= 40, "the starter feeds are not there\n{listed}");

    let again = Newsroom::start(place.path(), &["--no-fetch"]);
    assert_eq!(again.password, None, "the password is said again");
    again.end();
    run_in(place.path(), &["password", "editor"]).code(0).out("editor: ");
    run_on(place.path(), b"short\n", &["password", "editor", "--stdin"]).code(3).silent().err("at least 10");
    run_on(place.path(), b"long enough for a desk\n", &["password", "nia", "--stdin"]).code(0).out("nia");
}

#[test]
fn a_taken_port_is_said_with_the_next_step_and_nothing_is_made() {
    let place = Place::new("a-taken-port");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let at = taken.local_addr().expect("it is bound").to_string();
    run_in(place.path(), &["serve", "--listen", &at])
        .code(3)
        .silent()
        .clear()
        .err(&at)
        .err("taken")
        .err("--listen");
    assert!(!place.path().join("nutgraf-data").exists(), "a folder was made for nothing");
    run_in(place.path(), &["serve", "--listen", "nowhere.invalid:80"])
        .code(3)
        .silent()
        .clear()
        .err("nowhere.invalid:80");
}

#[test]
fn two_newsrooms_do_not_share_a_folder() {
    let place = Place::new("two-newsrooms");
    let first = Newsroom::start(place.path(), &["--demo", "--data", "data"]);
    let second = ["serve", "--demo", "--data", "data", "--listen", "127.0.0.1:0"];
    run_in(place.path(), &second).code(3).silent().err("another nutgraf serve runs").err("--data");
    first.end();
}

#[test]
fn the_log_is_json_when_asked_for() {
    let place = Place::new("a-log-of-json");
    let newsroom = Newsroom::start(place.path(), &["--no-fetch", "--set", "log.format=json"]);
    newsroom.get("/");
    let folder = place.path().to_path_buf();
    newsroom.end();
    let log = std::fs::read_to_string(folder.join("serve.log")).expect("there is a log");
    assert!(!log.trim().is_empty(), "nothing was logged");
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(line["level"].is_string() && line["timestamp"].is_string(), "{line}");
    }
}

#[test]
fn wishes_that_make_no_sense_are_refused() {
    run(&["serve", "--demo", "--no-fetch"]).code(2).silent().err("--no-fetch");
    run(&["serve", "--database", "mysql://x"]).code(3).silent().clear().err("sqlite:PATH or postgres://");
    let place = Place::new("a-database-that-is-none");
    place.file("notes.txt", "This is no database. ".repeat(300));
    let odd = ["serve", "--no-fetch", "--listen", "127.0.0.1:0", "--database", "sqlite:notes.txt"];
    run_in(place.path(), &odd).code(3).silent().clear().err("notes.txt");
    place.folder("folder");
    let odd = ["serve", "--no-fetch", "--listen", "127.0.0.1:0", "--database", "sqlite:folder"];
    run_in(place.path(), &odd).code(3).silent().clear().err("folder");
}
