//! Corrections and editors' notes that stand in the text, told by how they begin.

use crate::article::Role;

/// The longest line in words that may be a note: a paragraph that goes on longer tells the story.
const LONGEST: usize = 120;

/// How corrections and editors' notes begin, in lower case, with plain apostrophes.
const BEGINNINGS: [&str; 62] = [
    "correction:",
    "corrections:",
    "correction –",
    "correction —",
    "correction -",
    "correction (",
    "correction to ",
    "corrected on ",
    "clarification:",
    "clarification –",
    "clarification —",
    "clarification (",
    "editor's note",
    "editors' note",
    "editors note:",
    "ed. note:",
    "note from the editor",
    "note to readers",
    "an earlier version of this",
    "a previous version of this",
    "earlier versions of this",
    "a prior version of this",
    "an earlier headline",
    "the headline of this article has been",
    "the headline on this",
    "this article was amended",
    "this article was corrected",
    "this article was updated on",
    "this article was updated to",
    "this article was edited",
    "this article has been amended",
    "this article has been corrected",
    "this article has been updated",
    "this article has been edited",
    "this story was corrected",
    "this story was updated",
    "this story has been amended",
    "this story has been corrected",
    "this story has been updated",
    "this report has been corrected",
    "this report has been updated",
    "this piece has been corrected",
    "this piece has been updated",
    "this post has been corrected",
    "this post has been updated",
    "we have corrected",
    "anmerkung der redaktion",
    "hinweis der redaktion",
    "korrektur:",
    "korrekturhinweis",
    "berichtigung:",
    "richtigstellung",
    "in einer früheren version",
    "in einer früheren fassung",
    "in einer ersten version",
    "nota del editor",
    "nota de la redacción",
    "nota da redação",
    "fe de errores",
    "note de la rédaction",
    "rectificatif",
    "une première version de cet article",
];

/// Whether the line is a correction or an editor's note.
pub(super) fn is_note(text: &str) -> bool {
    let head = super::source::shorten(text, 120).to_lowercase().replace(['’', '‘', '`'], "'");
    let head = head.trim_start_matches(|c: char| !c.is_alphanumeric());
    BEGINNINGS.iter().any(|start| head.starts_with(start)) && text.split_whitespace().count() <= LONGEST
}

/// Gives notes among the paragraphs their role.
pub(super) fn mark(blocks: &mut [(Role, String)]) {
    for (role, text) in blocks {
        if matches!(role, Role::Paragraph | Role::Item | Role::Quotation) && is_note(text) {
            *role = Role::Correction;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_from_the_story() {
        for (text, expected) in [
            ("Correction: the ferry is 90 metres long, not 19.", true),
            ("* CORRECTION (March 11): the ferry is 90 metres long.", true),
            ("An earlier version of this article misspelled Mira Okpara's name.", true),
            ("Editor’s note: the ferry line advertises in this paper.", true),
            ("(This story has been updated to add the minister's answer.)", true),
            ("Anmerkung der Redaktion: Die Fähre ist 90 Meter lang.", true),
            ("Une première version de cet article donnait une autre longueur.", true),
            ("Corrections officers found the ferry's captain asleep.", false),
            ("The correction: a ferry that floats.", false),
            ("Updated rules for ferries were printed on Monday.", false),
            ("", false),
        ] {
            assert_eq!(is_note(text), expected, "{text}");
        }
        let long = format!("Editor's note {}", "and so on ".repeat(60));
        assert!(!is_note(&long));
    }

    #[test]
    fn headings_and_captions_stay_what_they_are() {
        let mut blocks = vec![
            (Role::Heading, "Editor's note".to_owned()),
            (Role::Item, "Clarification: the ferry did not sink.".to_owned()),
        ];
        mark(&mut blocks);
        assert_eq!(blocks[0].0, Role::Heading);
        assert_eq!(blocks[1].0, Role::Correction);
    }
}
