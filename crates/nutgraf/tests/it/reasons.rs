//! Why articles are or are not in one story, as `nutgraf group --reasons` and `--explain` tell.

use serde_json::json;

use crate::command::run_in;
use crate::place::Place;

/// Two reports on one accident, one on another event of the same town.
fn rows(place: &Place) {
    let row = |id: &str, date: &str, title: &str, parts: &[&str]| {
        let domain = format!("{id}.example");
        json!({"id": id, "domain": domain, "date": date, "title": title, "paragraphs": parts}).to_string()
    };
    let rows = [
        row(
            "mill",
            "2026-03-10T20:00:00Z",
            "Ferry runs aground off Port Selwick",
            &[
                "The ferry Halden Star ran aground off Port Selwick on Tuesday evening with 212 people on board.",
                "The coastguard under Tomas Wehrle took 204 of them off in the night.",
            ],
        ),
        row(
            "tide",
            "2026-03-11T08:00:00Z",
            "212 aboard as ferry strikes bank at Port Selwick",
            &[
                "All night the coastguard brought people ashore from the Halden Star, which lies off Port Selwick.",
                "Tomas Wehrle of the coastguard said 204 of the 212 aboard had left the ferry.",
            ],
        ),
        row(
            "quill",
            "2026-03-11T09:00:00Z",
            "Bakers strike over night work",
            &[
                "Bakers of the city of Tarn began a strike over extra pay for night shifts.",
                "Their union asks 4 crowns more for each hour after midnight.",
            ],
        ),
    ];
    place.file("rows.jsonl", rows.join("\n"));
}

#[test]
fn each_article_says_how_it_came_into_its_story() {
    let place = Place::new("reasons");
    rows(&place);
    run_in(place.path(), &["group", "--reasons", "rows.jsonl"])
        .code(0)
        .out(r#"{"id":"mill","#)
        .out(r#""reason":"opened a story; none was like it""#)
        .out("within a day; ")
        .out(r#""evidence":{"always":1.0,"likeness":"#);
}

#[test]
fn two_articles_are_explained_and_ids_that_are_not_there_are_named() {
    let place = Place::new("explained");
    rows(&place);
    run_in(place.path(), &["group", "--explain", "mill", "tide", "rows.jsonl"])
        .code(0)
        .out("Together: one story.")
        .out("The two alone: ")
        .out("published 0.5 days apart")
        .out("Halden (name or figure)");
    run_in(place.path(), &["group", "--explain", "mill", "quill", "rows.jsonl"])
        .code(0)
        .out("Apart: two stories.")
        .out("Both stories as one: 0.0");
    run_in(place.path(), &["group", "--explain", "mill", "moon", "rows.jsonl"])
        .code(3)
        .err("moon: no article of the input has this id");
    run_in(place.path(), &["group", "--explain", "mill", "mill", "rows.jsonl"])
        .code(3)
        .err("both ids name the same article");
}
