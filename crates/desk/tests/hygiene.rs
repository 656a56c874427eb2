//! What a page hides in its text is taken out of it, and the notes of the reading say so.

use desk::read::page;

fn check(sentence: &str, text: &str, note: Option<&str>) {
    let html = format!(
        "<!doctype html><meta charset=utf-8><title>Harbour</title><article><h1>Harbour</h1><p>{sentence}</p>\
         <p>The ferry had run between the island and the town since 1911, and was loved by all who took it.</p>\
         <p>A tug will pull it free at high water on Monday, the harbour master told the town’s council.</p></article>"
    );
    let (page, notes) = page::read(html.as_bytes(), None);
    assert_eq!(page.blocks.first().map(|(_, text)| text.as_str()), Some(text), "{notes:?}");
    assert_eq!(notes.first().map(String::as_str), note);
}

#[test]
fn the_notes_say_what_was_taken_out_of_the_text() {
    let clean = "The ferry wasn’t near the harbour when it ran aground, and none of its passengers was hurt.";
    check(clean, clean, None);
    check(&clean.replace(' ', "&nbsp;"), clean, None);
    check(
        &clean.replace("harbour", "har&shy;bour").replace("none", "no\u{200b}ne"),
        clean,
        Some("taken out of the text: 1 zero-width character, 1 soft hyphen"),
    );
    check(
        &clean.replace('’', "â€™").replace("ferry", "fer\u{202e}ry"),
        clean,
        Some("taken out of the text: 1 mark of direction; in it: 1 misread character repaired"),
    );
}
