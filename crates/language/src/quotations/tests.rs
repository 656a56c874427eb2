//! Tables of invented speech.

use super::{Kind, quotations};

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

/// The pieces in quotation marks with their kinds and speakers.
fn kinds(text: &str, expected: &[(&str, Kind, Option<&str>)]) {
    let found = quotations(text);
    let found: Vec<_> = found
        .iter()
        .filter(|found| found.direct)
        .map(|found| (found.span.of(text), found.kind, found.speaker.map(|span| span.of(text))))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_quotation_in_a_quotation_is_a_part_of_it() {
    use Kind::Speech;
    kinds("“He told me ‘no,’ ” she said.", &[("“He told me ‘no,’ ”", Speech, Some("she"))]);
    kinds("“‘No’ means no,” Lind said.", &[("“‘No’ means no,”", Speech, Some("Lind"))]);
    kinds("‘He told me “no”,’ said Ada Lind.", &[("‘He told me “no”,’", Speech, Some("Ada Lind"))]);
    kinds("The boys’ boat isn’t the crews’ ‘big’ boat, Lind said.", &[]);
}

#[test]
fn speech_over_paragraphs_has_one_speaker() {
    use Kind::Speech;
    kinds(
        "“We ran,” Ada Lind said. “The boat was full.\n“We hid.\n“Then it sank.”",
        &[
            ("“We ran,”", Speech, Some("Ada Lind")),
            ("“The boat was full.", Speech, Some("Ada Lind")),
            ("“We hid.", Speech, Some("Ada Lind")),
            ("“Then it sank.”", Speech, Some("Ada Lind")),
        ],
    );
    kinds(
        "“The boat was full.\n\n“We hid.\n\n“Then it sank,” Lind said.",
        &[
            ("“The boat was full.", Speech, Some("Lind")),
            ("“We hid.", Speech, Some("Lind")),
            ("“Then it sank,”", Speech, Some("Lind")),
        ],
    );
    kinds(
        "“The boat was full.\nIt sank. “We hid,” Lind said.",
        &[("“The boat was full.", Speech, None), ("“We hid,”", Speech, Some("Lind"))],
    );
}

#[test]
fn titles_and_phrases_are_no_speech() {
    use Kind::{Phrase, Speech, Title};
    kinds("He read “The Long Tide” to the class.", &[("“The Long Tide”", Title, None)]);
    kinds("She wrote a book, “Tides.” Lind said it sold.", &[("“Tides.”", Title, None)]);
    kinds("The film “Low Water” opens soon, Lind said.", &[("“Low Water”", Title, None)]);
    kinds("The so-called “experts” left.", &[("“experts”", Phrase, None)]);
    kinds("The “new” plan is the old one.", &[("“new”", Phrase, None)]);
    kinds("He is known as “Red” there.", &[("“Red”", Phrase, None)]);
    kinds("Lind called it “a disgrace” and left.", &[("“a disgrace”", Speech, Some("Lind"))]);
    kinds("“Go Home,” Lind said.", &[("“Go Home,”", Speech, Some("Lind"))]);
    kinds("Lind said the plan was “unfair.”", &[("“unfair.”", Speech, Some("Lind"))]);
    kinds("“Yes.”", &[("“Yes.”", Speech, None)]);
}

#[test]
fn german_and_french_verbs_name_who_speaks() {
    use Kind::Speech;
    kinds("„Das Boot ist sicher“, sagte Ada Lind.", &[("„Das Boot ist sicher“", Speech, Some("Ada Lind"))]);
    kinds("Ada Lind sagte: „Das Boot ist sicher.“", &[("„Das Boot ist sicher.“", Speech, Some("Ada Lind"))]);
    kinds("»Es sinkt«, erklärte Lind.", &[("»Es sinkt«", Speech, Some("Lind"))]);
    kinds("« Le bateau coule », a déclaré Ada Lind.", &[("« Le bateau coule »", Speech, Some("Ada Lind"))]);
    kinds("Ada Lind a dit : « Il coule. »", &[("« Il coule. »", Speech, Some("Ada Lind"))]);
    kinds(
        "Lind affirme : « Il coule. » « Vite », dit-elle.",
        &[("« Il coule. »", Speech, Some("Lind")), ("« Vite »", Speech, Some("Lind"))],
    );
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
