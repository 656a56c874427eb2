//! A receipt's passages are looked for in the pages that it cites.

use crate::command::{run, run_in};
use crate::place::{Place, repository};

fn receipt(place: &Place) -> String {
    let ferry = repository().join("examples/ferry");
    let made = run(&["digest", &ferry.to_string_lossy(), "--format", "receipt"]).code(0);
    place.file("receipt.json", made.printed());
    ferry.join("pages").to_string_lossy().into_owned()
}

#[test]
fn every_passage_of_the_example_stands_in_its_page() {
    let place = Place::new("passages-in-their-pages");
    let pages = receipt(&place);
    let found = run_in(place.path(), &["receipt", "receipt.json", "--pages", &pages]).code(0);
    found.out("source 0: ").out("found in").out("bytes ");
}

#[test]
fn a_page_that_was_changed_or_is_not_given_is_named() {
    let place = Place::new("passages-gone-from-their-pages");
    let pages = receipt(&place);
    let folder = place.path().join("changed");
    std::fs::create_dir(&folder).expect("the folder can be written");
    for page in std::fs::read_dir(&pages).expect("the example has pages") {
        let path = page.expect("a page").path();
        let text =
            std::fs::read_to_string(&path).expect("a page").replace("187 passengers", "178 passengers");
        let name = path.file_name().expect("a name");
        if !name.to_string_lossy().starts_with("09") {
            std::fs::write(folder.join(name), text).expect("the folder can be written");
        }
    }
    run_in(place.path(), &["receipt", "receipt.json", "--pages", "changed"])
        .code(1)
        .out("not found [passage-missing]: The Halden Star was carrying 187 passengers")
        .out("no page given holds any of its")
        .err("passages not found");
    run_in(place.path(), &["receipt", "receipt.json", "--pages", "nowhere"]).code(3).clear().err("nowhere");
}

#[test]
fn the_places_of_a_pages_text_are_its_own_bytes() {
    let place = Place::new("places-of-a-page");
    let text = "The ferry to Vell&nbsp;Harbour runs <b>again</b> after a pump was replaced, the harbour master said. ";
    let page =
        format!("<html><body><article><h1>Ferry runs</h1><p>{}</p></article></body></html>", text.repeat(6));
    place.file("page.html", &page).file("rows.jsonl", "{\"id\": \"1\", \"file\": \"page.html\"}\n");
    let read = run_in(place.path(), &["read", "--places", "rows.jsonl"]).code(0);
    let row: serde_json::Value = serde_json::from_str(read.printed()).expect("a row");
    let span = &row["places"][0];
    let bound = |name: &str| usize::try_from(span[name].as_u64().expect("an offset")).expect("it fits");
    assert_eq!(&page[bound("start")..bound("end")], text.repeat(6).trim_end());
    assert_eq!(span["exact"], true);
    run_in(place.path(), &["read", "--places", "page.html"]).clear().err("--places needs rows");
}
