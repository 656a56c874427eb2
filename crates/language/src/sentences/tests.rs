//! Tables of invented texts and their sentences.

use super::sentences;

fn check(text: &str, lang: &str, expected: &[&str]) {
    let found: Vec<&str> = sentences(text, lang).into_iter().map(|span| span.of(text)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn stops_end_sentences() {
    check("The ferry sank. Nobody was hurt.", "en", &["The ferry sank.", "Nobody was hurt."]);
    check("  Why? Who knows!  ", "en", &["Why?", "Who knows!"]);
    check("", "en", &[]);
    check(" \n\n ", "en", &[]);
    check("A headline\n\nA body. More.", "en", &["A headline", "A body.", "More."]);
    check(
        "It fell 2.5 percent to $1.40. Traders left.",
        "en",
        &["It fell 2.5 percent to $1.40.", "Traders left."],
    );
}

#[test]
fn abbreviations_do_not_end_sentences() {
    for text in [
        "Mr. Okoro met Dr. Lind in Washington, D.C. on Monday.",
        "The U.S. Senate heard Gen. P. J. Halloran at 9 a.m. Tuesday.",
        "Acme Corp. Chairman Lena Ruiz spoke.",
        "He won No. 4 of the series on Nov. 9 in Kent, Ohio.",
        "It was in the U.S. [5].",
        "“Is it over?” Mayor Lind asked.",
        "She works at Yippee! in sales.",
    ] {
        check(text, "en", &[text]);
    }
    check("He lives in the U.S. The house is old.", "en", &["He lives in the U.S.", "The house is old."]);
    check("It opened at 9 a.m. The queue was long.", "en", &["It opened at 9 a.m.", "The queue was long."]);
    check("He fell ill. Doctors came.", "en", &["He fell ill.", "Doctors came."]);
}

#[test]
fn quotes_and_brackets_stay_with_their_sentence() {
    check("“It is over.” She left.", "en", &["“It is over.”", "She left."]);
    check(
        "\"It is over.\" she said. (He left.) Rain fell.",
        "en",
        &["\"It is over.\" she said.", "(He left.)", "Rain fell."],
    );
    check(
        "It burned.[5] It fell.[6][7] All left. [8] Rain.",
        "en",
        &["It burned.[5]", "It fell.[6][7]", "All left. [8]", "Rain."],
    );
    check("It burned.[5]The mayor left.", "en", &["It burned.[5]", "The mayor left."]);
}

#[test]
fn a_signature_stays_with_what_it_signs() {
    for text in ["“We sail. Go home.” – Ada Lind", "\"It sank.\" - Ada Lind"] {
        assert!(sentences(text, "en").iter().all(|span| !span.of(text).starts_with(['-', '–'])), "{text}");
    }
    check("I was on deck. I fell. Ada Lind", "en", &["I was on deck.", "I fell. Ada Lind"]);
    check("The ferry sank. Ada Lind", "en", &["The ferry sank.", "Ada Lind"]);
    check("It sank. – Nobody knew.", "en", &["It sank.", "– Nobody knew."]);
}

#[test]
fn an_ellipsis_behind_a_stop_opens_the_next_sentence() {
    check("It fell. . . . The port closed.", "en", &["It fell.", ". . . The port closed."]);
    check("It . . . fell. . . .", "en", &["It . . . fell. . . ."]);
}

#[test]
fn lists_begin_items() {
    check("1. Close the door 2. Open the window", "en", &["1. Close the door", "2. Open the window"]);
    check("a) Go.\nb) Stay.", "en", &["a) Go.", "b) Stay."]);
}

#[test]
fn other_languages_have_their_own_stops() {
    check("船が沈んだ。けが人はいない。", "ja", &["船が沈んだ。", "けが人はいない。"]);
    check("「終わった。」と市長は言った。", "ja", &["「終わった。」と市長は言った。"]);
    check(
        "Am 12. Juni kam Dr. Lind z. B. nach Kiel. Er blieb.",
        "de",
        &["Am 12. Juni kam Dr. Lind z. B. nach Kiel.", "Er blieb."],
    );
    check("¿Quién es? El Sr. Ruiz.", "es", &["¿Quién es?", "El Sr. Ruiz."]);
    check("नाव डूब गई। कोई घायल नहीं।", "hi", &["नाव डूब गई।", "कोई घायल नहीं।"]);
}

#[test]
fn odd_bytes_do_no_harm() {
    for text in [
        "...",
        ". . . .",
        "\u{feff}.\u{0}",
        "[5].",
        "é.é.",
        "1.)",
        "• ",
        "a. b. c.",
        "“”.",
        "U.S.",
        ".[5",
        "。」",
    ] {
        let _ = sentences(text, "en");
        let _ = sentences(text, "de");
    }
}
