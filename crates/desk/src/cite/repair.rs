//! The typography of a title inside a reference, which the styles' own renderer leaves to others: curly
//! quotation marks of the right level, and one closing mark, never two.

/// Which quotation marks stand around a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Around {
    /// `“title”`: quotation marks inside become single.
    Double,
    /// `‘title’` or no marks at all: quotation marks inside are double.
    Other,
}

/// One quotation mark that was opened and not closed yet.
struct Open {
    single: bool,
    straight: bool,
    /// Where it was written to.
    at: usize,
}

/// Straight quotation marks and apostrophes made curly, and the level of each mark turned to fit the marks
/// around the title. A single mark that opens and never closes was an apostrophe (`'til`).
pub(super) fn curled(title: &str, around: Around) -> String {
    let mut out = String::with_capacity(title.len() + 8);
    let mut open: Vec<Open> = Vec::new();
    let mut before: Option<char> = None;
    let mut chars = title.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        match c {
            '“' | '‘' => begin(&mut out, &mut open, c, around),
            '"' | '\'' if opens(before, after) => begin(&mut out, &mut open, c, around),
            '"' | '”' | '\'' | '’' => end(&mut out, &mut open, c, (before, after), around),
            _ => out.push(c),
        }
        before = Some(c);
    }
    // From the end backwards, so that the earlier places stay right whatever is replaced.
    for mark in open.iter().rev().filter(|mark| mark.single && mark.straight) {
        if let Some(c) = out[mark.at..].chars().next() {
            out.replace_range(mark.at..mark.at + c.len_utf8(), "’");
        }
    }
    out
}

/// Whether a straight mark opens: after a space, a bracket, a dash or another opening mark, before a word.
fn opens(before: Option<char>, after: Option<char>) -> bool {
    let room = before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '/' | '“' | '‘' | '"' | '\'')
    });
    room && after.is_some_and(|c| !c.is_whitespace())
}

fn begin(out: &mut String, open: &mut Vec<Open>, c: char, around: Around) {
    let at = out.len();
    out.push(if is_single(open.len(), around) { '‘' } else { '“' });
    open.push(Open { single: matches!(c, '\'' | '‘'), straight: c == '\'', at });
}

fn end(
    out: &mut String,
    open: &mut Vec<Open>,
    c: char,
    (before, after): (Option<char>, Option<char>),
    around: Around,
) {
    let single = matches!(c, '\'' | '’');
    let inside_word = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    let closes = open.last().is_some_and(|last| last.single == single) && !(single && inside_word);
    if closes {
        open.pop();
        out.push(if is_single(open.len(), around) { '’' } else { '”' });
    } else {
        out.push(if single { '’' } else { '”' });
    }
}

fn is_single(depth: usize, around: Around) -> bool {
    depth.is_multiple_of(2) == (around == Around::Double)
}

/// A title with the mark that follows it: inside its closing quotation marks, and left out where the title
/// ends with a mark of its own.
pub(super) fn sealed(title: &str, mark: char) -> String {
    let bare = title.trim_end_matches(['’', '”']);
    if bare.ends_with(['.', '?', '!', '…']) {
        return title.to_owned();
    }
    let closing = &title[bare.len()..];
    // Without an opening mark the last one is an apostrophe, as in `the dockers’`.
    if bare.contains(['‘', '“']) { format!("{bare}{mark}{closing}") } else { format!("{title}{mark}") }
}

/// The short months that the MLA Handbook writes otherwise than the styles' renderer.
pub(super) fn months(text: &str) -> String {
    text.replace("Jun. ", "June ").replace("Jul. ", "July ").replace("Sep. ", "Sept. ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_are_curled_and_fit_their_level() {
        for (title, inside, bare) in [
            ("It's \"over\"", "It’s ‘over’", "It’s “over”"),
            ("'no' says mayor", "‘no’ says mayor", "“no” says mayor"),
            ("Dockers' strike", "Dockers’ strike", "Dockers’ strike"),
            ("“She said ‘go’ twice”", "‘She said “go” twice’", "“She said ‘go’ twice”"),
            ("Waiting 'til dawn", "Waiting ’til dawn", "Waiting ’til dawn"),
            ("The '90s are back", "The ’90s are back", "The ’90s are back"),
            ("Cut 5\" short", "Cut 5” short", "Cut 5” short"),
            ("'It's on'", "‘It’s on’", "“It’s on”"),
            ("'", "’", "’"),
        ] {
            assert_eq!(curled(title, Around::Double), inside);
            assert_eq!(curled(title, Around::Other), bare);
        }
    }

    #[test]
    fn the_closing_mark_stands_once_and_inside() {
        for (title, expected) in [
            ("A day", "A day."),
            ("A day?", "A day?"),
            ("A ‘day’", "A ‘day.’"),
            ("A ‘day?’", "A ‘day?’"),
            ("By the dockers’", "By the dockers’."),
            ("In the U.S.", "In the U.S."),
        ] {
            assert_eq!(sealed(title, '.'), expected);
        }
    }
}
