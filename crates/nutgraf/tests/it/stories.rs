//! Stories as `nutgraf group --format html` shows them, and the stories of a day.

use serde_json::json;

use crate::command::{Run, run_in};
use crate::place::Place;

const USAGE: i32 = 2;
const NOTHING: i32 = 4;

/// A ferry that ran aground, a strike of bakers, and a cargo ship that ran aground elsewhere: outlet, day, headline, text.
const ROWS: [[&str; 4]; 5] = [
    [
        "mill",
        "2026-03-10",
        "Port Sorrel ferry <script>alert(1)</script> runs aground in fog",
        "The ferry Marigold with 212 people on board ran aground off Port Sorrel on Tuesday. Ada Quill, the mayor of \
         Port Sorrel, said that nobody on the Marigold was hurt.",
    ],
    [
        "tide",
        "2026-03-11",
        "Port Sorrel ferry runs aground",
        "The ferry Marigold lies aground off Port Sorrel with 212 people brought ashore. Mayor Ada Quill thanked the \
         crew of the Marigold on Wednesday.",
    ],
    [
        "vane",
        "2026-03-11",
        "Marigold ferry aground off Port Sorrel: 212 brought ashore",
        "All 212 people were brought ashore from the ferry Marigold, which ran aground off Port Sorrel. Quill, the \
         mayor, spoke of luck. Ada Quill had warned of fog.",
    ],
    [
        "loaf",
        "2026-03-11",
        "Bakers in Norling go on strike",
        "Bakers in Norling went on strike on Wednesday. They ask for shorter nights and for warmer bread.",
    ],
    [
        "reed",
        "2026-03-12",
        "Cargo ship aground off Lindow",
        "The cargo ship Halcyon with 40 tonnes of timber on board ran aground off Lindow on Thursday. Bram Orne, the \
         harbour master of Lindow, said that nobody was hurt.",
    ],
];

fn row([id, day, title, text]: [&str; 4]) -> String {
    let (outlet, domain) = (format!("{id} Post"), format!("{id}.example"));
    json!({"id": id, "domain": domain, "outlet": outlet, "date": day, "title": title, "text": text})
        .to_string()
}

fn rows() -> String {
    ROWS.map(row).join("\n")
}

fn page(place: &Place, more: &[&str]) -> Run {
    run_in(place.path(), &[&["group", "--format", "html", "rows.jsonl"], more].concat()).code(0)
}

#[test]
fn a_page_shows_what_reports_a_story_and_what_nearly_joined() {
    let place = Place::new("stories-page");
    place.file("rows.jsonl", rows());
    let all = page(&place, &["--day", "all"])
        .out("<h1>Stories</h1>")
        .out("5 articles")
        .out(">Marigold ferry aground off Port Sorrel: 212 brought ashore</h2>")
        .out("3 families")
        .out("<bdi>Ada Quill</bdi>&nbsp;<span class=\"number\">3</span>")
        .out("March 10–11, 2026")
        .out("1 article, 1 new family")
        .out("2 articles, 2 new families")
        .out("&#60;script&#62;alert(1)&#60;/script&#62;")
        .out("Nearly joined")
        .out("opened a story; ");
    assert!(!all.printed().contains("<script"), "{all}");
    assert_eq!(all.printed().matches("<h1").count(), 1, "{all}");
    let near = all.printed().split("Nearly joined").nth(1).unwrap_or_default();
    assert!(near.contains("href=\"#story-"), "what nearly joined leads there\n{all}");
    assert_eq!(all.printed(), page(&place, &["--day", "all"]).printed());
}

#[test]
fn a_page_shows_the_newest_day_and_records_every_day_if_none_is_wanted() {
    let place = Place::new("stories-days");
    place.file("rows.jsonl", rows());
    let newest = page(&place, &[]).out("<h1>Stories of March 12, 2026</h1>").out("other days not shown");
    assert!(!newest.printed().contains("Bakers"), "{newest}");
    page(&place, &["--day", "2026-03-10"]).out("Stories of March 10, 2026").out("March 11, 2026");
    let lines = |more: &[&str]| {
        let run = run_in(place.path(), &[&["group", "rows.jsonl"], more].concat()).code(0);
        run.printed().lines().count()
    };
    assert_eq!([lines(&[]), lines(&["--day", "all"]), lines(&["--day", "2026-03-10"])], [5, 5, 3]);
}

#[test]
fn wrong_days_and_wishes_are_told() {
    let place = Place::new("stories-mistakes");
    place
        .file("rows.jsonl", rows())
        .file("none.jsonl", "")
        .file("undated.jsonl", row(["a", "", "A title", "A text."]));
    let run = |arguments: &[&str]| run_in(place.path(), &[&["group"], arguments].concat()).silent().clear();
    run(&["--day", "2026-04-01", "rows.jsonl"])
        .code(NOTHING)
        .err("2026-04-01: no article is of this day")
        .err("the first is of 2026-03-10, the last of 2026-03-12");
    run(&["--day", "2026-04-01", "undated.jsonl"]).code(NOTHING).err("no article has a date");
    run(&["--format", "html", "none.jsonl"]).code(NOTHING).err("no article was read");
    run(&["--day", "soon", "rows.jsonl"]).code(USAGE).err("give a day (2026-03-10) or all");
    for wish in [&["--copies"][..], &["--reasons"], &["--explain", "mill", "tide"]] {
        run(&[&["--format", "html", "rows.jsonl"], wish].concat()).code(USAGE).err("--format html");
    }
    run(&["--day", "all", "rows.jsonl", "--explain", "mill", "tide"]).code(USAGE).err("--explain");
    run_in(place.path(), &["group", "--format", "html", "undated.jsonl"])
        .code(0)
        .out("<h1>Stories</h1>")
        .out("no date");
}
