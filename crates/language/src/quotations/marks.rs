//! Pairs quotation marks inside each paragraph.

use crate::Span;

/// A piece of text in double quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// From the opening mark to the closing one, both included.
    pub(super) span: Span,
    /// Whether a closing mark was found in its paragraph.
    pub(super) closed: bool,
}

/// The pieces in double quotation marks, in order: “…”, "…", „…“, «…» and »…«. A mark left open ends with its
/// paragraph: speech over several paragraphs opens each and closes only the last.
pub(super) fn quotes(text: &str) -> Vec<Quote> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        match (c, open) {
            ('\n', Some((start, _))) => {
                let end = start + text[start..at].trim_end().len();
                if end > start + 1 {
                    out.push(Quote { span: Span::new(start, end), closed: false });
                }
                open = None;
            }
            (_, Some((start, mark))) if closes(mark, c) => {
                if at > start + 3 || text[start..at].chars().count() > 1 {
                    out.push(Quote { span: Span::new(start, at + c.len_utf8()), closed: true });
                }
                open = None;
            }
            ('“' | '„' | '«', None) => open = Some((at, c)),
            ('"', None) if !is_inch(text, at) => open = Some((at, c)),
            ('»', None) if begins(text, at) => open = Some((at, c)),
            _ => {}
        }
    }
    out
}

/// Whether a mark ends what another began.
fn closes(open: char, c: char) -> bool {
    match open {
        '„' => matches!(c, '“' | '”' | '"'),
        '«' => c == '»',
        '»' => c == '«',
        _ => matches!(c, '”' | '"'),
    }
}

/// Whether a word begins at a mark and none ends there.
fn begins(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().nth(1));
    before.is_none_or(char::is_whitespace) && after.is_some_and(char::is_alphanumeric)
}

/// A straight mark after a digit that stands before a space is one of inches.
fn is_inch(text: &str, at: usize) -> bool {
    text[..at].ends_with(|c: char| c.is_ascii_digit()) && !text[at + 1..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::quotes;

    #[test]
    fn marks_of_other_tongues_are_paired() {
        for (text, wanted) in [
            ("Er sagte: „Das Schiff sank.“ Dann ging er. “Yes.”", &["„Das Schiff sank.“", "“Yes.”"][..]),
            ("Elle a dit : « Le bateau a coulé. » Puis rien.", &["« Le bateau a coulé. »"]),
            ("»Das Schiff sank«, sagte er.", &["»Das Schiff sank«"]),
            ("„Mówił tak” i poszedł.", &["„Mówił tak”"]),
            ("« Un premier paragraphe\n« et le second. »", &["« Un premier paragraphe", "« et le second. »"]),
            ("Next page » and more « back", &["« back"]),
            ("A 27\" screen and “one”.", &["“one”"]),
        ] {
            let found: Vec<&str> = quotes(text).into_iter().map(|quote| quote.span.of(text)).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
