//! What was done to a passage, in words that need no explanation.

use desk::write::draft::{Edit, EditKind};

use crate::plain::plain;

/// One change between a passage and the sentence made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Words stand for other words.
    Became { before: String, after: String },
    /// Words are left out.
    LeftOut(String),
    /// Words were added.
    Added(String),
    /// Only punctuation or white space differs.
    Punctuation,
}

/// The changes that a reader should hear of, in order. Changes of punctuation are named once, at the end.
pub(crate) fn changes(passage: &str, edits: &[Edit]) -> Vec<Change> {
    let mut out: Vec<Change> = edits.iter().filter_map(|edit| change(passage, edit)).collect();
    let before = out.len();
    out.retain(|change| *change != Change::Punctuation);
    if out.len() < before {
        out.push(Change::Punctuation);
    }
    out
}

fn change(passage: &str, edit: &Edit) -> Option<Change> {
    let (start, end) = (edit.span.start, edit.span.end);
    let taken = passage.get(start..end)?;
    if edit.kind == EditKind::Punctuation {
        return Some(Change::Punctuation);
    }
    if edit.kind == EditKind::Case {
        // One letter means nothing to a reader; the word that it stands in does.
        let head = passage[..start].rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| next(passage, at));
        let tail = passage[end..].find(|c: char| !c.is_alphanumeric()).map_or(passage.len(), |at| end + at);
        let after = format!("{}{}{}", &passage[head..start], edit.text, &passage[end..tail]);
        return worded(&passage[head..tail], &after);
    }
    worded(taken, &edit.text)
}

/// A comma or a full stop at the edge of what was added or left out is not worth a reader's time.
fn worded(before: &str, after: &str) -> Option<Change> {
    let (before, after) = (plain(before), plain(after));
    let edge = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':');
    let has_words = |text: &str| text.contains(char::is_alphanumeric);
    match (has_words(&before), has_words(&after)) {
        _ if before == after => None,
        (false, false) => Some(Change::Punctuation),
        (false, true) => Some(Change::Added(after.trim_matches(edge).to_owned())),
        (true, false) => Some(Change::LeftOut(before.trim_matches(edge).to_owned())),
        (true, true) => {
            let comma = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':');
            let (before, after) = (before.trim_matches(comma), after.trim_matches(comma));
            let became = Change::Became { before: before.to_owned(), after: after.to_owned() };
            Some(if before == after { Change::Punctuation } else { became })
        }
    }
}

fn next(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use language::Span;

    fn check(passage: &str, kind: EditKind, taken: &str, text: &str, expected: &[Change]) {
        let start = passage.find(taken).unwrap_or(0);
        let edit = Edit { kind, span: Span::new(start, start + taken.len()), text: text.to_owned() };
        assert_eq!(changes(passage, &[edit]), expected, "{taken} → {text}");
    }

    fn became(before: &str, after: &str) -> Change {
        Change::Became { before: before.to_owned(), after: after.to_owned() }
    }

    #[test]
    fn every_kind_of_edit_has_its_words() {
        let passage = "“He resigned on Tuesday,” the clerk said — élan.";
        check(passage, EditKind::Date, "on Tuesday", "on March 10,", &[became("on Tuesday", "on March 10")]);
        check(passage, EditKind::Name, "He", "Ola Brandt", &[became("He", "Ola Brandt")]);
        check(passage, EditKind::Case, "t", "T", &[became("the", "The")]);
        check(passage, EditKind::Case, "é", "É", &[became("élan", "Élan")]);
        check(passage, EditKind::Drop, " the clerk said", "", &[Change::LeftOut("the clerk said".into())]);
        check(passage, EditKind::Attribution, "", "The Post said ", &[Change::Added("The Post said".into())]);
        check(
            passage,
            EditKind::Attribution,
            ".",
            ", the Post said.",
            &[Change::Added("the Post said".into())],
        );
        check(passage, EditKind::Punctuation, " —", ",", &[Change::Punctuation]);
    }

    #[test]
    fn an_edit_that_leaves_the_passage_is_passed_over() {
        let edit =
            |start, end| Edit { kind: EditKind::Drop, span: Span::new(start, end), text: String::new() };
        assert_eq!(changes("é", &[edit(0, 1), edit(0, 9)]), []);
    }
}
