//! Pairs quotation marks inside each paragraph.

use crate::Span;

/// How far apart, in bytes, single marks stand round a word or two.
const WORD: usize = 30;

/// A piece of text in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// From the opening mark to the closing one, both included.
    pub(super) span: Span,
    /// Whether a closing mark was found in its paragraph.
    pub(super) closed: bool,
}

/// The pieces in quotation marks, in order: “…”, "…", ''…'', „…“, «…» and »…«. A mark left open ends with its
/// paragraph: speech over several paragraphs opens each and closes only the last. Single marks are mostly apostrophes:
/// they count where they open before a word and close behind a stop or comma (‘It is safe,’), outside of others.
pub(super) fn quotes(text: &str) -> Vec<Quote> {
    let mut out: Vec<Quote> = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut single: Option<usize> = None;
    for (at, c, end) in letters(text) {
        if c == '\n' {
            single = None;
        }
        match (c, open) {
            ('‘' | '\'', None) if single.is_none() && begins(text, at) && is_free(text, at) => {
                single = Some(at)
            }
            ('’' | '\'', None) if ends(text, at) => {
                if let Some(start) = single.take() {
                    while out.last().is_some_and(|quote| quote.span.start > start) {
                        out.pop();
                    }
                    out.push(Quote { span: Span::new(start, at + c.len_utf8()), closed: true });
                }
            }
            // `'Big' boats`: what closes so soon was no speech, unless it is the end of a plural.
            ('’' | '\'', None) if is_word_end(text, at) => {
                single = single.filter(|start| at - start > WORD || text[..at].ends_with('s'));
            }
            ('\n', Some((start, _))) => {
                let end = start + text[start..at].trim_end().len();
                if end > start + 1 {
                    out.push(Quote { span: Span::new(start, end), closed: false });
                }
                open = None;
            }
            (_, Some((start, mark))) if closes(mark, c) => {
                if at > start + 3 || text[start..at].chars().count() > 1 {
                    out.push(Quote { span: Span::new(start, end), closed: true });
                }
                open = None;
            }
            ('“' | '„' | '«', None) => open = Some((at, c)),
            ('"', None) if !is_inch(text, at) => open = Some((at, c)),
            // A closing mark before a word was meant to open.
            ('»' | '”', None) if begins(text, at) => open = Some((at, c)),
            _ => {}
        }
    }
    out
}

/// The letters of a text with the places where they start and end, and the end of the text as a line's; two straight
/// marks side by side (''yes'') are one double mark.
fn letters(text: &str) -> impl Iterator<Item = (usize, char, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let c = match text.get(at..)?.chars().next() {
            Some(_) if text[at..].starts_with("''") => {
                at += 2;
                return Some((start, '"', at));
            }
            Some(c) => c,
            None => {
                at += 1;
                return Some((start, '\n', start));
            }
        };
        at += c.len_utf8();
        Some((start, c, at))
    })
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

/// Whether a word ends at a mark and none begins.
fn is_word_end(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().nth(1));
    before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// Whether a clause may begin at a mark: nothing stands before it in its paragraph, or a stop, comma or colon.
fn is_free(text: &str, at: usize) -> bool {
    let head = text[..at].trim_end_matches([' ', '\u{a0}']);
    head.chars().next_back().is_none_or(|c| {
        matches!(c, '\n' | '.' | '!' | '?' | ',' | ':' | ';' | '’' | '\'' | '”' | '"' | '—' | '–')
    })
}

/// Whether a single mark stands behind a stop or comma and before no word.
fn ends(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().nth(1));
    before.is_some_and(|c| matches!(c, '.' | ',' | '?' | '!' | '…' | '”' | '"'))
        && !after.is_some_and(char::is_alphanumeric)
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
            ("''It's over,'' he said. ''Go.''", &["''It's over,''", "''Go.''"]),
            ("A 27\" screen and “one”.", &["“one”"]),
            ("‘It’s the boys’ boat,’ she said. ‘Go “home”.’", &["‘It’s the boys’ boat,’", "‘Go “home”.’"]),
            ("'It's over,' he said. \"Yes.\"", &["'It's over,'", "\"Yes.\""]),
            ("“He said ‘no,’ ” she said.", &["“He said ‘no,’ ”"]),
            ("The crews’ ‘big’ boat, ’tis old, rock ’n’ roll, the ’90s.", &[]),
            ("He said, 'big' boats are 'bad,' too, 'for us,' he said.", &["'for us,'"]),
            ("‘A word\nand its end,’ no more", &[]),
        ] {
            let found: Vec<&str> = quotes(text).into_iter().map(|quote| quote.span.of(text)).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
