//! `nutgraf mark --what grammar`: texts, records and treebanks in; records, CoNLL-U and a page out.

use crate::command::{run_in, run_on};
use crate::place::Place;

const USAGE: i32 = 2;
const UNREADABLE: i32 = 3;

const TEXT: &str = "Ada Quill, the mayor of Port Sorrel, said on Tuesday that the ferry would sail again. She had asked for it.";

/// Numbered lines of a treebank: what stands in a column of each.
fn column(printed: &str, column: usize) -> Vec<&str> {
    let rows = printed.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_digit()));
    rows.filter_map(|row| row.split('\t').nth(column)).collect()
}

#[test]
fn a_text_becomes_trees_and_a_treebank_keeps_its_words() {
    let place = Place::new("trees");
    place.file("story.txt", TEXT);
    let first = run_in(place.path(), &["mark", "--what", "grammar", "--format", "conllu", "story.txt"])
        .code(0)
        .out("# newdoc id = story.txt")
        .out("Entity=(0-person")
        .err("2 sentences");
    assert_eq!(column(first.printed(), 1).iter().filter(|form| **form == ".").count(), 2);
    assert_eq!(column(first.printed(), 6).iter().filter(|head| **head == "0").count(), 2);

    place.file("given.conllu", first.printed());
    let again =
        run_in(place.path(), &["mark", "--what", "trees", "--format", "conllu", "given.conllu"]).code(0);
    for same in [1, 2, 3, 6, 7] {
        assert_eq!(column(first.printed(), same), column(again.printed(), same), "column {same}");
    }
    assert!(!again.printed().contains("Entity="), "names were not asked for");
    place.folder("bank").file("bank/a.conllu", first.printed());
    let folder = run_in(place.path(), &["mark", "--what", "grammar", "--format", "conllu", "bank"]).code(0);
    assert_eq!(column(folder.printed(), 9), column(first.printed(), 9));
}

#[test]
fn records_tell_words_with_their_places() {
    let place = Place::new("tree-records");
    let rows = format!("{}\nbroken\n", serde_json::json!({"id": "a", "text": format!("Größe: {TEXT}")}));
    let run = run_on(place.path(), rows.as_bytes(), &["mark", "--what", "grammar"]).code(0);
    let lines: Vec<serde_json::Value> =
        run.printed().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&lines[0]["id"], lines[1]["error"].is_string()), (&"a".into(), true));
    let words = lines[0]["grammar"].as_array().expect("sentences").iter();
    let words: Vec<_> = words.flat_map(|sentence| sentence["words"].as_array().expect("words")).collect();
    let quill = words.iter().find(|word| word["text"] == "Quill").expect("Quill");
    assert_eq!((&quill["start"], &quill["end"], &quill["class"]), (&11.into(), &16.into(), &"PROPN".into()));
    let chains = lines[0]["chains"].as_array().expect("chains").iter();
    let quill = chains.filter(|chain| chain["name"] == "Ada Quill").map(|chain| &chain["mentions"]);
    let said: Vec<&str> = quill
        .flat_map(|mentions| mentions.as_array().expect("mentions"))
        .filter_map(|mention| mention["text"].as_str())
        .collect();
    assert_eq!(said, ["Ada Quill", "the mayor of Port Sorrel", "She"]);
}

#[test]
fn a_page_draws_trees() {
    let place = Place::new("tree-page");
    place.file("story.txt", TEXT);
    let run = run_in(place.path(), &["mark", "--what", "grammar", "--format", "html", "story.txt"]).code(0);
    let run = run.out("<title>Grammar: story.txt</title>").out(">nsubj</text>").out("person");
    let run = run.out("Who is who");
    assert_eq!(run.printed().matches("<svg").count(), 2);
    let row = |text: &str| serde_json::json!({"id": text, "text": text}).to_string();
    let rows = format!(
        "{}\n{}\n",
        row(TEXT),
        row("Mayor Quill opened the harbour. Quill thanked the crews of the ferry.")
    );
    run_on(place.path(), rows.as_bytes(), &["mark", "--what", "grammar", "--format", "html"])
        .code(0)
        .out("Across the texts")
        .out("standard input");
}

#[test]
fn other_languages_have_no_trees_and_it_is_said() {
    let place = Place::new("tree-languages");
    let german = "Die Bürgermeisterin von Port Sorrel sagte am Dienstag, dass die Fähre bald wieder fahre.";
    place.file("bericht.txt", german);
    let run = run_in(place.path(), &["mark", "--what", "grammar", "bericht.txt"]).code(0);
    let run = run.out("only English has a grammar").out("Port Sorrel");
    assert!(!run.printed().contains("relation"));
    run_in(place.path(), &["mark", "--what", "grammar", "--format", "html", "bericht.txt"])
        .code(0)
        .out("only English has a grammar");
    run_in(place.path(), &["mark", "--what", "grammar", "--format", "conllu", "bericht.txt"])
        .code(0)
        .out("# de: only English");
    let row = serde_json::json!({"lang": "sv", "text": TEXT}).to_string();
    run_on(place.path(), row.as_bytes(), &["mark", "--what", "trees"]).code(0).out("sv: only English");
}

#[test]
fn wrong_ways_are_told() {
    let place = Place::new("tree-mistakes");
    place.folder("heap").file("empty.conllu", "# nothing\n").file("dates.jsonl", "{}\n");
    let run = |arguments: &[&str]| run_in(place.path(), &[&["mark"], arguments].concat()).silent().clear();
    run(&["--what", "grammar", "heap"])
        .code(UNREADABLE)
        .err("heap: the folder holds no .conllu file")
        .err("Give");
    run(&["--what", "grammar", "empty.conllu"]).code(UNREADABLE).err("empty.conllu: no word is in it");
    run(&["--what", "grammar", "nope.txt"]).code(UNREADABLE).err("nope.txt").err("Check the spelling");
    run(&["--what", "dates", "--format", "html", "dates.jsonl"]).code(USAGE).err("--what grammar");
}
