//! Copies and families as `nutgraf group --copies` tells of them.

use serde_json::json;

use crate::command::run_in;
use crate::place::Place;

const PARTS: [&str; 4] = [
    "A ferry with 212 people on board ran aground off Port Selwick early on Wednesday after its steering failed in heavy fog, the coast guard said.",
    "All passengers were brought ashore by lifeboats before noon, and eleven of them were treated for cuts and bruises in the town's hospital.",
    "Divers examined the hull in the afternoon and found a tear of four metres below the waterline, but no fuel had leaked into the bay.",
    "The company that runs the line said a second vessel would take over from Friday, and promised to pay back all fares.",
];

#[test]
fn a_copy_names_its_original_the_agency_and_what_differs() {
    let place = Place::new("a-copy-names-its-original");
    let added = "A teacher on board told this newspaper that nobody had lost their head.";
    let changed = PARTS[1].replace("brought ashore by", "carried to the shore in");
    let row = |id: &str, parts: &[&str]| {
        json!({"id": id, "domain": format!("{id}.example"), "title": id, "paragraphs": parts}).to_string()
    };
    let rows = [
        row("mill", &PARTS),
        row("tide", &[PARTS[2], added, &changed, PARTS[0], "— Meridian Wire"]),
        row("quill", &["Bakers in Norling went on strike.", "They ask for shorter nights."]),
    ];
    place.file("rows.jsonl", rows.join("\n"));
    place.file("families.tsv", "Meridian Wire\tagency:meridian\n");
    let field = |name: &str, value: serde_json::Value| format!("\"{name}\":{value}");
    run_in(place.path(), &["group", "--copies", "--families-file", "families.tsv", "rows.jsonl"])
        .code(0)
        .out(r#""family":"agency:meridian","copy_of":null}"#)
        .out(r#""family":"agency:meridian","copy_of":"mill""#)
        .out(&field("added", json!([added, "— Meridian Wire"])))
        .out(&field("left_out", json!([PARTS[3]])))
        .out(&field("changed", json!([[PARTS[1], changed]])))
        .out(r#""family":"quill.example","copy_of":null}"#);
    run_in(place.path(), &["group", "rows.jsonl"]).code(0).out(r#"{"id":"quill","story":"#);
}
