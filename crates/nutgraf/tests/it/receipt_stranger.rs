//! A checker of receipts as a stranger writes it from `docs/receipt.md`, so that prose, schema, example and program
//! stay one thing. It shares nothing with the program but SHA-256.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use desk::article::sha256;
use desk::receipt::check;
use desk::write::draft::EditKind;
use serde_json::{Value, json};

const RECEIPT: &[&str] =
    &["receipt", "story", "first_mark", "headline", "paragraphs", "sources", "text", "seal"];
const LINE: &[&str] = &["text", "marks", "passages", "edits"];
const PASSAGE: &[&str] = &["source", "start", "end", "text", "hash"];
const EDIT: &[&str] = &["kind", "start", "end", "text"];
const SOURCE: &[&str] = &[
    "number",
    "article",
    "title",
    "outlet",
    "family",
    "authors",
    "published",
    "url",
    "fetched",
    "paywalled",
    "hash",
    "length",
    "reference",
];
const KINDS: &[&str] = &["drop", "date", "name", "attribution", "case", "punctuation"];
const CODES: &[&str] = &[
    "not-a-receipt",
    "version",
    "bytes",
    "seal",
    "source",
    "span",
    "hash",
    "mark",
    "edit",
    "replay",
    "text",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn docs() -> PathBuf {
    root().join("docs")
}

fn example() -> Vec<u8> {
    std::fs::read(docs().join("receipt.example.json")).expect("the example stands in docs")
}

fn canonical(receipt: &Value) -> String {
    serde_json::to_string_pretty(receipt).expect("a value serialises") + "\n"
}

fn has_fields(value: &Value, names: &[&str]) -> bool {
    value.as_object().is_some_and(|object| object.keys().map(String::as_str).eq(names.iter().copied()))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn point(value: &Value) -> usize {
    value.as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(usize::MAX)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The sentences of the running text, then the headline.
fn lines(receipt: &Value) -> Vec<&Value> {
    list(&receipt["paragraphs"]).iter().flat_map(list).chain([&receipt["headline"]]).collect()
}

/// The codes of everything that the prose calls a fault.
fn stranger(bytes: &[u8]) -> BTreeSet<&'static str> {
    let mut faults = BTreeSet::new();
    let Ok(receipt) = serde_json::from_slice::<Value>(bytes) else {
        return BTreeSet::from(["not-a-receipt"]);
    };
    let nested = lines(&receipt).iter().all(|line| {
        let inner = |name: &str, fields| list(&line[name]).iter().all(|value| has_fields(value, fields));
        has_fields(line, LINE) && inner("passages", PASSAGE) && inner("edits", EDIT)
    });
    let sources = list(&receipt["sources"]);
    if !has_fields(&receipt, RECEIPT) || !nested || !sources.iter().all(|source| has_fields(source, SOURCE)) {
        return BTreeSet::from(["not-a-receipt"]);
    }
    if receipt["receipt"] != 1 {
        return BTreeSet::from(["version"]);
    }
    let mut say = |code: &'static str, sound: bool| _ = (!sound).then(|| faults.insert(code));
    say("bytes", canonical(&receipt).as_bytes() == bytes);
    let mut unsealed = receipt.clone();
    unsealed["seal"] = json!("");
    say("seal", receipt["seal"] == sha256(canonical(&unsealed).as_bytes()));
    let first = point(&receipt["first_mark"]);
    say(
        "source",
        sources.iter().enumerate().all(|(place, source)| point(&source["number"]) == first + place),
    );
    let mut seen: Vec<usize> = Vec::new();
    for line in lines(&receipt) {
        let passages = list(&line["passages"]);
        say("source", !passages.is_empty());
        for passage in passages {
            let number = point(&passage["source"]);
            let source = sources.iter().find(|source| point(&source["number"]) == number);
            say("source", source.is_some());
            let (start, end) = (point(&passage["start"]), point(&passage["end"]));
            let length = text(&passage["text"]).chars().count();
            let inside = source.is_some_and(|source| end <= point(&source["length"]));
            say(
                "span",
                source.is_none() || inside && end.checked_sub(start) == Some(length) && length <= 600,
            );
            say("hash", passage["hash"] == sha256(text(&passage["text"]).as_bytes()));
            if !seen.contains(&number) {
                say("mark", number == first + seen.len());
                seen.push(number);
            }
        }
        let numbers: BTreeSet<usize> = passages.iter().map(|passage| point(&passage["source"])).collect();
        say("mark", list(&line["marks"]).iter().map(point).eq(numbers));
        let base: Vec<char> = passages.first().map_or("", |base| text(&base["text"])).chars().collect();
        let edits = list(&line["edits"]);
        let sound = |edit: &Value| {
            let (start, end) = (point(&edit["start"]), point(&edit["end"]));
            KINDS.contains(&text(&edit["kind"])) && start <= end && end <= base.len()
        };
        let known = edits.iter().all(sound);
        say("edit", known);
        say(
            "replay",
            !known || passages.is_empty() || replay(&base, edits).as_deref() == line["text"].as_str(),
        );
    }
    say("source", seen.len() == sources.len());
    say("text", receipt["text"] == printed(&receipt));
    faults
}

fn replay(base: &[char], edits: &[Value]) -> Option<String> {
    let (mut out, mut at) = (String::new(), 0);
    for edit in edits {
        out.extend(base.get(at..point(&edit["start"]))?);
        out.push_str(text(&edit["text"]));
        at = point(&edit["end"]);
    }
    out.extend(base.get(at..)?);
    Some(out)
}

fn printed(receipt: &Value) -> String {
    let mut out = format!("{}\n", text(&receipt["headline"]["text"]));
    for paragraph in list(&receipt["paragraphs"]) {
        let marked = list(paragraph).iter().map(|line| {
            let marks: String = list(&line["marks"]).iter().map(|mark| format!("[{mark}]")).collect();
            format!("{}{marks}", text(&line["text"]))
        });
        out += &format!("\n{}\n", marked.collect::<Vec<_>>().join(" "));
    }
    for source in list(&receipt["sources"]) {
        out += &format!("\n{}. {}\n", source["number"], text(&source["reference"]));
    }
    out + "\n0 comments\n"
}

fn program(bytes: &[u8]) -> BTreeSet<&'static str> {
    check(bytes).into_iter().map(|fault| fault.code).collect()
}

/// Changes the example by `change`, prints and seals it anew, and asks both checkers; `code` is empty where it
/// must still hold.
fn resealed(name: &str, code: &str, change: impl FnOnce(&mut Value)) {
    let mut receipt: Value = serde_json::from_slice(&example()).expect("the example is JSON");
    change(&mut receipt);
    if code != "text" {
        receipt["text"] = json!(printed(&receipt));
    }
    receipt["seal"] = json!("");
    receipt["seal"] = json!(sha256(canonical(&receipt).as_bytes()));
    let bytes = canonical(&receipt).into_bytes();
    let (ours, theirs) = (program(&bytes), stranger(&bytes));
    assert_eq!(ours, theirs, "{name}");
    if code.is_empty() {
        assert!(ours.is_empty(), "{name}: {ours:?}");
    } else {
        assert!(ours.contains(code), "{name}: {ours:?}");
    }
}

#[test]
fn the_example_holds_and_every_flipped_byte_fails() {
    let bytes = example();
    assert_eq!(program(&bytes), BTreeSet::new());
    assert_eq!(stranger(&bytes), BTreeSet::new());
    for at in 0..bytes.len() {
        for bit in [1, 128] {
            let mut changed = bytes.clone();
            changed[at] ^= bit;
            assert!(!check(&changed).is_empty(), "byte {at} with {bit}");
            assert!(!stranger(&changed).is_empty(), "byte {at} with {bit}");
        }
    }
}

#[test]
fn each_change_that_is_sealed_again_gets_its_code_from_both() {
    resealed("nothing", "", |_| {});
    resealed("another version", "version", |r| r["receipt"] = json!(2));
    resealed("a further field", "not-a-receipt", |r| r["sources"][0]["note"] = json!(""));
    resealed("another passage text", "hash", |r| {
        r["paragraphs"][1][0]["passages"][0]["text"] =
            json!("“Now one was hurt,” said Ines Halloran, the county engineer");
        r["paragraphs"][1][0]["text"] = r["paragraphs"][1][0]["passages"][0]["text"].clone();
    });
    resealed("a span too long", "span", |r| r["headline"]["passages"][0]["end"] = json!(34));
    resealed("a span beyond its article", "span", |r| {
        r["headline"]["passages"][0]["start"] = json!(1000);
        r["headline"]["passages"][0]["end"] = json!(1033);
    });
    resealed("an unknown kind", "edit", |r| r["headline"]["edits"][0]["kind"] = json!("rewrite"));
    resealed("an edit that leaves the passage", "edit", |r| r["headline"]["edits"][1]["end"] = json!(34));
    resealed("an edit left out", "replay", |r| _ = r["headline"]["edits"].as_array_mut().map(Vec::pop));
    resealed("edits exchanged", "replay", |r| _ = r["headline"]["edits"].as_array_mut().map(|e| e.reverse()));
    resealed("another sentence", "replay", |r| r["paragraphs"][1][0]["text"] = json!("Nobody was hurt."));
    resealed("a mark left out", "mark", |r| r["paragraphs"][0][0]["marks"] = json!([0]));
    resealed("a mark doubled", "mark", |r| r["paragraphs"][0][0]["marks"] = json!([0, 0, 1]));
    resealed("used out of order", "mark", |r| {
        let passages = r["paragraphs"][0][0]["passages"].as_array_mut();
        passages.expect("a list").reverse();
    });
    resealed("a source that nobody uses", "source", |r| {
        let mut further = r["sources"][1].clone();
        further["number"] = json!(2);
        r["sources"].as_array_mut().expect("a list").push(further);
    });
    resealed("a source that is not listed", "source", |r| r["headline"]["passages"][0]["source"] = json!(7));
    resealed("another printed text", "text", |r| {
        r["text"] = json!(text(&r["text"]).replace("[0][1]", "[0] [1]"))
    });
    resealed("far code points and odd characters", "", |r| {
        let odd = "🌊 “a” \"b\" \\ \t\u{1}\u{7f}\u{2028}e\u{301} / tail";
        let length = odd.chars().count();
        let line = &mut r["paragraphs"][1][0];
        line["passages"][0] =
            json!({"source": 1, "start": 0, "end": length, "text": odd, "hash": sha256(odd.as_bytes())});
        line["edits"] = json!([{"kind": "drop", "start": 2, "end": 6, "text": ""}]);
        line["text"] = json!(odd.replacen("“a” ", "", 1));
    });
}

#[test]
fn nonsense_is_no_receipt() {
    let deep = "[".repeat(100_000);
    for bytes in ["", "null", "[]", "{}", "1e999", "\u{feff}{}", deep.as_str()] {
        assert_eq!(program(bytes.as_bytes()), BTreeSet::from(["not-a-receipt"]), "{:.20}", bytes);
        assert_eq!(stranger(bytes.as_bytes()), BTreeSet::from(["not-a-receipt"]), "{:.20}", bytes);
    }
}

#[test]
fn prose_and_schema_say_what_the_program_does() {
    let prose = std::fs::read_to_string(docs().join("receipt.md")).expect("the prose stands in docs");
    let example: Value = serde_json::from_slice(&example()).expect("the example is JSON");
    let schema = std::fs::read(docs().join("receipt.schema.json")).expect("the schema stands in docs");
    let schema: Value = serde_json::from_slice(&schema).expect("the schema is JSON");
    assert!(prose.contains(text(&example["text"])), "the printed text of the example");
    assert!(prose.contains(text(&example["seal"])), "the seal of the example");
    for code in CODES {
        assert!(prose.contains(&format!("| `{code}` |")), "the fault {code}");
    }
    let kinds: Vec<&str> = EditKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(kinds, KINDS);
    assert_eq!(schema["$defs"]["edit"]["properties"]["kind"]["enum"], json!(KINDS));
    let defined = |name: &str| &schema["$defs"][name];
    for (object, fields) in [
        (&schema, RECEIPT),
        (defined("line"), LINE),
        (defined("passage"), PASSAGE),
        (defined("edit"), EDIT),
        (defined("source"), SOURCE),
    ] {
        assert_eq!(object["additionalProperties"], json!(false));
        assert_eq!(object["required"], json!(fields));
        assert!(has_fields(&object["properties"], fields));
        assert!(fields.iter().all(|field| prose.contains(&format!("`{field}`"))));
    }
}

#[test]
fn the_program_makes_receipts_of_the_examples_that_a_stranger_accepts() {
    for story in ["ferry", "lithium"] {
        let folder = root().join("examples").join(story).join("pages");
        let run = Command::new(env!("CARGO_BIN_EXE_nutgraf"))
            .arg("digest")
            .arg(&folder)
            .args(["--format", "receipt"])
            .output();
        let bytes = run.expect("the program runs").stdout;
        assert!(!bytes.is_empty(), "{story}: no receipt");
        assert_eq!(stranger(&bytes), BTreeSet::new(), "{story}");
        for at in (0..bytes.len()).step_by(997) {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(!stranger(&changed).is_empty(), "{story}: byte {at}");
        }
    }
}
