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

/// The pieces in double quotation marks, curly or straight, in order. A mark left open ends with its
/// paragraph: speech over several paragraphs opens each and closes only the last.
pub(super) fn quotes(text: &str) -> Vec<Quote> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        match (c, open) {
            ('\n', Some(start)) => {
                let end = start + text[start..at].trim_end().len();
                if end > start + 1 {
                    out.push(Quote { span: Span::new(start, end), closed: false });
                }
                open = None;
            }
            ('“' | '„', None) => open = Some(at),
            ('"', None) if !is_inch(text, at) => open = Some(at),
            ('”' | '"', Some(start)) => {
                if at > start + 3 || text[start..at].chars().count() > 1 {
                    out.push(Quote { span: Span::new(start, at + c.len_utf8()), closed: true });
                }
                open = None;
            }
            _ => {}
        }
    }
    out
}

/// A straight mark after a digit that stands before a space is one of inches.
fn is_inch(text: &str, at: usize) -> bool {
    text[..at].ends_with(|c: char| c.is_ascii_digit()) && !text[at + 1..].starts_with(char::is_alphanumeric)
}
