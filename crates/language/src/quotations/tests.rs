//! Tables of invented speech.

use super::quotations;

/// The first quotation of `text`: its words, whether they are direct, and who said them.
fn check(text: &str, words: &str, direct: bool, speaker: Option<&str>) {
    let found = quotations(text);
    let hit = found.iter().find(|found| found.span.of(text) == words && found.direct == direct);
    assert!(hit.is_some(), "{text}: {:?}", found.iter().map(|found| found.span.of(text)).collect::<Vec<_>>());
    assert_eq!(hit.and_then(|hit| hit.speaker).map(|span| span.of(text)), speaker, "{text}");
}

#[test]
fn direct_speech_has_its_speaker() {
    check("“The ferry is safe,” Mayor Lind said.", "“The ferry is safe,”", true, Some("Mayor Lind"));
    check(
        "\"The ferry is safe,\" said Ada Lind, the mayor.",
        "\"The ferry is safe,\"",
        true,
        Some("Ada Lind"),
    );
    check("Ada Lind, the mayor, said: “It is safe.”", "“It is safe.”", true, Some("Ada Lind"));
    check("Ada Lind said it was over. “It is safe,” she added.", "“It is safe,”", true, Some("Ada Lind"));
    check("“It is safe,” Lind said. “Go home.”", "“Go home.”", true, Some("Lind"));
    check("“It is over.", "“It is over.", true, None);
}

#[test]
fn reported_speech_is_found() {
    check("Lind said that the ferry was safe.", "that the ferry was safe", false, Some("Lind"));
    check("Lind said the ferry was safe.", "the ferry was safe", false, Some("Lind"));
    check("The old ferry was safe, Lind said.", "The old ferry was safe", false, Some("Lind"));
    check("The old ferry was safe, according to Lind.", "The old ferry was safe", false, Some("Lind"));
    check("According to Lind, the ferry was safe.", "the ferry was safe", false, Some("Lind"));
}

#[test]
fn odd_bytes_do_no_harm() {
    for text in [
        "“",
        "”",
        "\"\"",
        "said",
        "“” said",
        "according to",
        "according to ,",
        "é said é.",
        ", said",
        "A: b",
        "“a\n“b",
    ] {
        let _ = quotations(text);
    }
}
