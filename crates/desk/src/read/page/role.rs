//! What a block of the text is: paragraph, heading, item, quotation, caption or correction.

use crate::article::Role;

use super::tree::Tree;

/// What a block is, by the elements that hold it.
pub(super) fn of(tree: &Tree, owner: usize, text: &str, words: usize, bold: usize) -> Role {
    let mut node = owner;
    for _ in 0..12 {
        let here = &tree.nodes[node];
        match here.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return Role::Heading,
            "figcaption" | "figure" => return Role::Caption,
            "blockquote" => return Role::Quotation,
            "li" | "dd" | "dt" => return if is_note(text) { Role::Correction } else { Role::Item },
            "article" | "body" | "main" | "section" => break,
            _ if here.hint.split(' ').any(|word| word.contains("caption")) => return Role::Caption,
            _ => {}
        }
        node = here.parent;
    }
    if is_note(text) {
        return Role::Correction;
    }
    if words <= 40 && is_credited(text) {
        return Role::Caption;
    }
    let unstopped = !text.ends_with(['.', '!', '"', '”', '»', '…', ':', '。']);
    if words <= 14 && bold >= words && unstopped { Role::Heading } else { Role::Paragraph }
}

/// Whether the line ends with an image's credit in brackets, as captions do.
fn is_credited(text: &str) -> bool {
    let Some(open) =
        text.trim_end().strip_suffix(')').and_then(|text| text.rfind('(').map(|at| &text[at + 1..]))
    else {
        return false;
    };
    // An agency and a name parted by a stroke, or a sign of copyright, is a credit too.
    let named = open.starts_with(char::is_uppercase) && !open.contains(|c: char| c.is_ascii_digit());
    if open.starts_with('©') || named && open.contains('/') && open.split_whitespace().count() <= 6 {
        return true;
    }
    let lower = open.to_lowercase();
    ["image", "photo", "picture", "pic:", "credit", "foto", "bild:", "getty"]
        .iter()
        .any(|word| lower.starts_with(word))
}

/// Whether the line is a correction or an editor's note.
pub(super) fn is_note(text: &str) -> bool {
    let lower = super::source::shorten(text, 80).to_lowercase();
    let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    [
        "correction:",
        "corrections:",
        "correction —",
        "correction (",
        "correction -",
        "clarification:",
        "editor's note",
        "editor’s note",
        "editors' note",
        "editors’ note",
        "this article was amended",
        "this article has been updated to correct",
        "this story has been corrected",
        "this story has been updated to correct",
        "an earlier version of this",
        "a previous version of this",
        "this article has been corrected",
        "anmerkung der redaktion",
        "korrektur:",
        "in einer früheren version",
        "in einer früheren fassung",
        "nota del editor",
        "fe de errores",
        "note de la rédaction",
    ]
    .iter()
    .any(|start| lower.starts_with(start))
}
