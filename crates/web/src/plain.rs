//! Text from outside as a page may show it: no control characters, nothing that turns the reading direction.

/// The text on one line, without characters that are invisible or reorder what stands around them.
///
/// Marks that only state a direction (U+200E, U+200F) and joiners stay: languages are written with them.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let before = out.len();
        if before > 0 {
            out.push(' ');
        }
        let start = out.len();
        out.extend(word.chars().filter(|&c| !is_hidden(c)));
        if out.len() == start {
            out.truncate(before);
        }
    }
    out
}

/// The same where lines and blanks are to stay as they are.
pub(crate) fn visible(text: &str) -> String {
    text.chars().filter(|&c| c == '\n' || !(c.is_control() || is_hidden(c))).collect()
}

/// A headline on one line; words in its place where there is none, so that a link to it has a name.
pub(crate) fn titled(headline: &str) -> String {
    let headline = plain(headline);
    if headline.is_empty() { "Without a headline".to_owned() } else { headline }
}

/// Embeddings, overrides and isolates, annotation anchors, tags, and characters of no width.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' | '\u{200B}' | '\u{FEFF}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::{plain, visible};

    #[test]
    fn nothing_invisible_stays_and_white_space_is_one_blank() {
        for (input, expected) in [
            ("  Two\n\n words ", "Two words"),
            ("pay\u{202E}lap\u{2066} now", "paylap now"),
            ("a\u{0}b\u{7}c", "a b c"),
            ("\u{202E} \u{200B}", ""),
            ("co\u{AD}operate", "cooperate"),
            ("שלום\u{200F} a", "שלום\u{200F} a"),
        ] {
            assert_eq!(plain(input), expected, "{input:?}");
        }
        assert_eq!(visible("  a\u{202E}b\u{1b}[31m\r\n\n c\u{2066}"), "  ab[31m\n\n c");
    }
}
