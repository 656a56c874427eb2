use crate::grammar::{self, LONGEST, Model};
use crate::quotations::{Quotation, read};

fn found(text: &str) -> Vec<Quotation> {
    read(text, &grammar::read(Model::english(), text))
}

/// Each piece that is looked for is found, with its speaker.
#[track_caller]
fn check(text: &str, expected: &[(&str, Option<&str>)]) {
    let found = found(text);
    let found: Vec<(&str, Option<&str>)> =
        found.iter().map(|found| (found.span.of(text), found.speaker.map(|span| span.of(text)))).collect();
    for one in expected {
        assert!(found.contains(one), "{text}\n{one:?} isn't among {found:?}");
    }
}

#[track_caller]
fn check_none(text: &str) {
    let found = found(text);
    assert!(
        found.is_empty(),
        "{text}: {:?}",
        found.iter().map(|found| found.span.of(text)).collect::<Vec<_>>()
    );
}

#[test]
fn a_clause_after_its_verb_is_the_speakers() {
    check("Mayor Lind said that the ferry was safe.", &[("that the ferry was safe", Some("Mayor Lind"))]);
    check("Ada Lind believes the ferry is safe.", &[("the ferry is safe", Some("Ada Lind"))]);
    check(
        "Lind asked whether the ferry would sail on Friday.",
        &[("whether the ferry would sail on Friday", Some("Lind"))],
    );
    check(
        "Lind told reporters that the old harbor would close.",
        &[("that the old harbor would close", Some("Lind"))],
    );
}

#[test]
fn a_clause_before_its_verb_is_the_speakers() {
    check("The old ferry was safe, Lind said.", &[("The old ferry was safe", Some("Lind"))]);
    check(
        "The old ferry is safe, according to Mayor Lind.",
        &[("The old ferry is safe", Some("Mayor Lind"))],
    );
    check(
        "According to Mayor Lind, the old ferry is safe.",
        &[("the old ferry is safe", Some("Mayor Lind"))],
    );
}

#[test]
fn a_clause_may_be_split() {
    check(
        "The new plan, he said, will save the harbor.",
        &[("The new plan", Some("he")), ("will save the harbor", Some("he"))],
    );
}

#[test]
fn verbs_may_share_a_speaker() {
    check(
        "Lind said that the ferry was safe and added that the harbor would open.",
        &[("that the ferry was safe", Some("Lind")), ("that the harbor would open", Some("Lind"))],
    );
    check(
        "Lind left the meeting, saying that the ferry was unsafe.",
        &[("that the ferry was unsafe", Some("Lind"))],
    );
}

#[test]
fn who_says_is_the_person_before() {
    let text = "Ada Lind, who said that the ferry was safe, left on Friday.";
    check(text, &[("that the ferry was safe", Some("Ada Lind"))]);
    let found = found(text);
    assert_eq!(found.first().and_then(|found| found.mention).map(|span| span.of(text)), Some("who"));
}

#[test]
fn wants_and_promises_are_attributed() {
    check("Lind wants to close the old harbor.", &[("to close the old harbor", Some("Lind"))]);
    check("Lind vowed to close the old harbor.", &[("to close the old harbor", Some("Lind"))]);
    check("Lind called for a new harbor law.", &[("a new harbor law", Some("Lind"))]);
}

#[test]
fn nouns_attribute_too() {
    check("Lind’s claim that the ferry was unsafe is wrong.", &[("that the ferry was unsafe", Some("Lind"))]);
    check("A new study shows that ferries are safe.", &[("that ferries are safe", Some("A new study"))]);
}

#[test]
fn a_report_within_a_report_has_its_own_speaker() {
    check(
        "Lind said that Berg believes that the ferry is safe.",
        &[
            ("that Berg believes that the ferry is safe", Some("Lind")),
            ("that the ferry is safe", Some("Berg")),
        ],
    );
}

#[test]
fn a_pronoun_is_the_last_speaker() {
    let text = "Ada Lind said that the ferry was safe. She said that it would sail.";
    check(text, &[("that it would sail", Some("Ada Lind"))]);
    let found = found(text);
    assert_eq!(found.last().and_then(|found| found.mention).map(|span| span.of(text)), Some("She"));
}

#[test]
fn quotations_keep_their_marks() {
    let text = "“The ferry is safe,” Ada Lind, the mayor of Nordby, said in a statement.";
    check(text, &[("“The ferry is safe,”", Some("Ada Lind"))]);
    check("Lind said the plan was “unfair.”", &[("“unfair.”", Some("Lind"))]);
    check("“It is safe.” — Ada Lind", &[("“It is safe.”", Some("Ada Lind"))]);
}

#[test]
fn what_happens_is_nobodys_words() {
    check_none("The ferry left the harbor at noon. It was late.");
    check_none("Three boats sank and two men swam to the shore.");
    check_none("");
}

#[test]
fn odd_texts_do_no_harm() {
    for unit in [
        "said ",
        "said that ",
        "according to ",
        "who said ",
        "“a” said ",
        ", he said, ",
        "'' ",
        "accord ",
        "that ",
    ] {
        let text = unit.repeat(3 * LONGEST);
        for found in found(&text) {
            for span in [Some(found.span), found.speaker, found.mention, found.cue].into_iter().flatten() {
                assert!(text.get(span.start..span.end).is_some(), "{unit}: {span:?}");
            }
        }
    }
    // Trees of another text name places that aren't there.
    let trees = grammar::read(Model::english(), "Lind said that the ferry was safe.");
    let _ = read("é", &trees);
}

#[test]
fn without_weights_the_patterns_are_left() {
    let text = "Lind said that the ferry was safe. Lind wants to close the old harbor.";
    let trees = grammar::read(Model::english(), text);
    let found = crate::quotations::read_with(text, &trees, &[]);
    let said: Vec<&str> = found.iter().map(|found| found.span.of(text)).collect();
    assert_eq!(said, ["that the ferry was safe"]);
}
