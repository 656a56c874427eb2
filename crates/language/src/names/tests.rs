//! Tables of invented names.

use super::{NameKind, names};

fn check(text: &str, expected: &[&str]) {
    let found: Vec<&str> = names(text).into_iter().map(|name| name.span.of(text)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn names_are_runs_of_capitals() {
    check("Ada Lind met Otto van der Berg in Port Ellis.", &["Ada Lind", "Otto van der Berg", "Port Ellis"]);
    check("The mayor’s aide, Lind’s cousin, left Kell’s office.", &["Lind", "Kell"]);
    check("The Bank of the North sued the EPA on Tuesday.", &["Bank of the North", "EPA"]);
    check("Ferries stopped. Many ferries sank.", &[]);
    check("He left. But Lind stayed.", &["Lind"]);
    check("J. R. Halloran spoke.", &["J. R. Halloran"]);
    check("", &[]);
    check("I think I’m late.", &[]);
}

#[test]
fn titles_are_told_apart() {
    let text = "Yesterday Mr. Okoro saw Prime Minister Ada Lind.";
    let found: Vec<_> = names(text)
        .into_iter()
        .map(|name| (name.title.map(|title| title.of(text)), name.span.of(text), name.kind))
        .collect();
    let person = Some(NameKind::Person);
    assert_eq!(found, [(Some("Mr."), "Okoro", person), (Some("Prime Minister"), "Ada Lind", person)]);
}
