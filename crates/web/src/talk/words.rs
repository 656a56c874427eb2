//! What people type, as it is kept: no control characters, nothing that turns the reading direction.

use crate::plain::plain;

/// How many marks may stand on one letter.
const MARKS: usize = 3;
/// How many empty lines may follow each other.
const EMPTY: usize = 1;

/// One line, cut to so many characters.
pub(crate) fn line(text: &str, limit: usize) -> String {
    thin(&plain(&text.chars().take(limit * 4).collect::<String>()))
        .chars()
        .take(limit)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Several lines; blanks at the beginning of a line stay, for lists and code.
pub(crate) fn several(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.split('\n') {
        let line: String = line.chars().filter(|&c| c == '\t' || is_seen(c)).collect();
        empty = if line.trim().is_empty() { empty + 1 } else { 0 };
        if empty <= EMPTY {
            out.push_str(thin(&line).trim_end());
            out.push('\n');
        }
    }
    out.trim_matches('\n').trim_end().to_owned()
}

fn is_seen(c: char) -> bool {
    matches!(c, ' '..='~') || c == '\u{A0}' || !plain(c.encode_utf8(&mut [0; 4])).is_empty()
}

/// Without heaps of marks on one letter, which run over the lines above and below.
fn thin(text: &str) -> String {
    let mut marks = 0;
    let keep = |&c: &char| {
        marks = if matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
        {
            marks + 1
        } else {
            0
        };
        marks <= MARKS
    };
    text.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_and_hidden_signs_go() {
        for (input, expected) in [
            ("a\r\nb\rc", "a\nb\nc"),
            ("a\n\n\n\n\nb", "a\n\nb"),
            ("pay\u{202E}lap\u{0}\u{7} now\u{1b}[31m", "paylap now[31m"),
            ("\n\n  - one\n    two  \n", "  - one\n    two"),
            ("Z\u{300}\u{301}\u{302}\u{303}\u{304}o", "Z\u{300}\u{301}\u{302}o"),
            ("\u{202E}\u{200B}", ""),
        ] {
            assert_eq!(several(input), expected, "{input:?}");
        }
        assert_eq!(line("  Ann\r\nSet-Cookie: a=b\u{202E} ", 40), "Ann Set-Cookie: a=b");
        assert_eq!(line("abcdef", 3), "abc");
    }
}
