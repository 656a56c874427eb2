//! Which quotation marks of a text belong together.
//!
//! The same sign opens in one language and closes in another (`“` in English and German), and texts mix them up. So it
//! is read off the text itself: marks that stand before a word open, marks behind one close, and the custom that fits
//! most of them is the text's. A mark of another shape than its place asks for is told as wrong-facing.

use crate::Span;

/// A quotation with its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The opening mark.
    pub open: Span,
    /// The closing mark; none where the quotation goes on to the end of its paragraph, as it may where the next
    /// paragraph opens again.
    pub close: Option<Span>,
    /// How many quotations it stands in.
    pub depth: usize,
}

/// What is wrong with a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// An opening mark where one closes, or the other way round.
    WrongFacing,
    /// An opening mark that no mark of its paragraph closes, and the next paragraph does not go on.
    Unclosed,
    /// A closing mark that closes nothing.
    Unopened,
}

/// The quotation marks of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// The quotations, by their opening marks.
    pub pairs: Vec<Pair>,
    /// What is wrong, in order.
    pub faults: Vec<(Span, Fault)>,
}

/// Quotations deeper than this are not told apart.
const DEEPEST: usize = 8;

/// The kinds of marks; each is paired with its own kind only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Double,
    Single,
    Angle,
    Corner,
    Straight,
}

/// Where a mark stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Opens,
    Closes,
    Either,
}

struct Mark {
    span: Span,
    sign: char,
    sort: Sort,
    place: Place,
}

/// Customs of each kind: which signs open and which close.
const CUSTOMS: [(Sort, &str, &str); 12] = [
    (Sort::Double, "“", "”"),
    (Sort::Double, "„", "“"),
    (Sort::Double, "„", "”"),
    (Sort::Double, "”", "”"),
    (Sort::Double, "“", "“"),
    (Sort::Single, "‘", "’"),
    (Sort::Single, "‚", "‘"),
    (Sort::Single, "‚", "’"),
    (Sort::Angle, "«‹", "»›"),
    (Sort::Angle, "»›", "«‹"),
    (Sort::Angle, "»›", "»›"),
    (Sort::Corner, "「『《〈", "」』》〉"),
];

/// The quotation marks of `text`, paragraph by paragraph (line by line).
#[must_use]
pub fn pairs(text: &str) -> Pairs {
    let paragraphs = paragraphs(text);
    let marks: Vec<Vec<Mark>> = paragraphs.iter().map(|part| marks(text, *part)).collect();
    let customs: Vec<(Sort, &str, &str)> = [Sort::Double, Sort::Single, Sort::Angle, Sort::Corner]
        .into_iter()
        .filter_map(|sort| custom(sort, marks.iter().flatten()))
        .collect();
    let mut out = Pairs::default();
    for (at, part) in marks.iter().enumerate() {
        let next = marks.get(at + 1).and_then(|marks| marks.first());
        let next = next.filter(|mark| starts(text, paragraphs[at + 1], mark));
        pair(part, &customs, next, &mut out);
    }
    out.pairs.sort_by_key(|pair| pair.open.start);
    out.faults.sort();
    out
}

fn paragraphs(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut out = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            out.push(Span::new(start, start + line.trim_end().len()));
        }
        start += line.len();
    }
    out
}

/// Whether a paragraph begins with this mark.
fn starts(text: &str, paragraph: Span, mark: &Mark) -> bool {
    text[paragraph.start..mark.span.start].trim().is_empty()
}

fn marks(text: &str, paragraph: Span) -> Vec<Mark> {
    let line = paragraph.of(text);
    let mut out = Vec::new();
    let mut before = None;
    for (at, sign) in line.char_indices() {
        let end = at + sign.len_utf8();
        if let Some(sort) = sort(sign) {
            let after = line[end..].chars().next();
            let span = Span::new(paragraph.start + at, paragraph.start + end);
            let place = place(before, after);
            if !is_other(sign, before, after, place) {
                out.push(Mark { span, sign, sort, place });
            }
        }
        before = Some(sign);
    }
    out
}

fn sort(sign: char) -> Option<Sort> {
    Some(match sign {
        '“' | '”' | '„' | '‟' => Sort::Double,
        '‘' | '’' | '‚' | '‛' => Sort::Single,
        '«' | '»' | '‹' | '›' => Sort::Angle,
        '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉' => Sort::Corner,
        '"' => Sort::Straight,
        _ => return None,
    })
}

/// What the neighbours of a mark say of it.
fn place(before: Option<char>, after: Option<char>) -> Place {
    let outside = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || is_dash(c));
    let free_before = outside(before) || before.is_some_and(|c| matches!(c, '(' | '[' | '¿' | '¡' | '/'));
    let free_after = outside(after)
        || after.is_some_and(|c| {
            matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '/' | '…' | '。' | '、' | '，')
        });
    let (marked_before, marked_after) =
        (before.is_some_and(|c| sort(c).is_some()), after.is_some_and(|c| sort(c).is_some()));
    match (free_before, free_after) {
        (true, false) => Place::Opens,
        (false, true) => Place::Closes,
        // Behind another mark it is what that one is, if there is a word on the other side.
        (false, false) if marked_before && !marked_after => Place::Opens,
        (false, false) if marked_after && !marked_before => Place::Closes,
        _ => Place::Either,
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―' | '-')
}

/// Signs that are apostrophes, feet and inches.
fn is_other(sign: char, before: Option<char>, after: Option<char>, place: Place) -> bool {
    let inside = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    let year = sign == '’' && place == Place::Opens && after.is_some_and(char::is_numeric);
    inside && matches!(sort(sign), Some(Sort::Single | Sort::Straight)) || year
}

/// The custom of one kind that fits most marks of the text; the first where none fits better.
fn custom<'m>(
    sort: Sort,
    marks: impl Iterator<Item = &'m Mark>,
) -> Option<(Sort, &'static str, &'static str)> {
    let mut fits = [0_usize; CUSTOMS.len()];
    let mut seen = false;
    for mark in marks.filter(|mark| mark.sort == sort) {
        seen = true;
        for (at, (_, open, close)) in CUSTOMS.iter().enumerate() {
            let fit = match mark.place {
                Place::Opens => open.contains(mark.sign),
                // An apostrophe at a word's end says nothing.
                Place::Closes => sort != Sort::Single && close.contains(mark.sign),
                Place::Either => false,
            };
            fits[at] += usize::from(fit);
        }
    }
    let mut best: Option<usize> = None;
    for (at, (of, _, _)) in CUSTOMS.iter().enumerate() {
        if *of == sort && best.is_none_or(|best| fits[at] > fits[best]) {
            best = Some(at);
        }
    }
    best.filter(|_| seen).map(|at| CUSTOMS[at])
}

/// Pairs the marks of one paragraph.
fn pair(marks: &[Mark], customs: &[(Sort, &str, &str)], next: Option<&Mark>, out: &mut Pairs) {
    let mut open: Vec<&Mark> = Vec::new();
    for mark in marks {
        let custom = customs.iter().find(|(sort, _, _)| *sort == mark.sort);
        let (opening, closing) = custom.map_or(("\"", "\""), |(_, open, close)| (*open, *close));
        let same = open.iter().rposition(|earlier| earlier.sort == mark.sort);
        let (may_open, may_close) = (opening.contains(mark.sign), closing.contains(mark.sign));
        let opens = match mark.place {
            Place::Opens => true,
            Place::Closes => false,
            Place::Either if may_open == may_close => same.is_none(),
            Place::Either => may_open,
        };
        match same {
            _ if opens => {
                if !may_open {
                    // At the start of a word a single closing mark is an apostrophe: ’tis.
                    if mark.sort == Sort::Single {
                        continue;
                    }
                    out.faults.push((mark.span, Fault::WrongFacing));
                }
                if open.len() < DEEPEST {
                    open.push(mark);
                }
            }
            Some(at) => {
                if !may_close {
                    out.faults.push((mark.span, Fault::WrongFacing));
                }
                unclosed(open.drain(at + 1..), out);
                let depth = open.len() - 1;
                if let Some(first) = open.pop() {
                    out.pairs.push(Pair { open: first.span, close: Some(mark.span), depth });
                }
            }
            // Apostrophes end words, and inches follow figures.
            None if matches!(mark.sort, Sort::Single | Sort::Straight) => {}
            None => out.faults.push((mark.span, Fault::Unopened)),
        }
    }
    if let (Some(last), Some(next)) = (open.first(), next)
        && last.sort == next.sort
        && last.sign == next.sign
    {
        out.pairs.push(Pair { open: last.span, close: None, depth: 0 });
        open.remove(0);
    }
    unclosed(open.drain(..), out);
}

/// Opening marks that found no closing one. A single one is likelier an apostrophe.
fn unclosed<'m>(marks: impl Iterator<Item = &'m Mark>, out: &mut Pairs) {
    for mark in marks.filter(|mark| mark.sort != Sort::Single) {
        out.faults.push((mark.span, Fault::Unclosed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs as their quotations, faults as sign and word.
    fn check(text: &str, expected: &[&str], faults: &[(&str, Fault)]) {
        let found = pairs(text);
        let quoted: Vec<&str> = found
            .pairs
            .iter()
            .map(|pair| &text[pair.open.start..pair.close.map_or(pair.open.end, |close| close.end)])
            .collect();
        assert_eq!(quoted, expected, "{text}");
        let told: Vec<(&str, Fault)> =
            found.faults.iter().map(|(span, fault)| (span.of(text), *fault)).collect();
        assert_eq!(told, faults, "{text}");
    }

    #[test]
    fn marks_are_paired_in_the_custom_of_the_text() {
        check("“Yes,” she said. “No.”", &["“Yes,”", "“No.”"], &[]);
        check("„Ja“, sagte sie. „Nein.“", &["„Ja“", "„Nein.“"], &[]);
        check("„Tak” – powiedziała.", &["„Tak”"], &[]);
        check("”Ja”, sade hon.", &["”Ja”"], &[]);
        check("« Oui », dit-elle. «Non»", &["« Oui »", "«Non»"], &[]);
        check("»Ja«, sagte sie.", &["»Ja«"], &[]);
        check("彼は「はい」と言った。", &["「はい」"], &[]);
        check("他说“好”了。", &["“好”"], &[]);
        check("\"Yes,\" she said, \"but 5\" is short.\"", &["\"Yes,\"", "\"but 5\""], &[]);
    }

    #[test]
    fn quotations_in_quotations_and_apostrophes_are_told_apart() {
        check("“He said ‘no’ twice,” she said.", &["“He said ‘no’ twice,”", "‘no’"], &[]);
        check("‘It’s the boys’ boat,’ he said.", &["‘It’s the boys’"], &[]);
        check("The crew’s ’90s boat isn’t the boys’ boat.", &[], &[]);
        check("’Tis the 6’ 2” man.", &[], &[("”", Fault::Unopened)]);
    }

    #[test]
    fn marks_that_face_the_wrong_way_are_told() {
        check("“Yes,“ she said. “No,” he said.", &["“Yes,“", "“No,”"], &[("“", Fault::WrongFacing)]);
        check("”Yes,” she said. “No,” he said.", &["”Yes,”", "“No,”"], &[("”", Fault::WrongFacing)]);
        check("“Yes, she said.", &[], &[("“", Fault::Unclosed)]);
        check("Yes,” she said. “No.”", &["“No.”"], &[("”", Fault::Unopened)]);
    }

    #[test]
    fn a_quotation_may_go_on_in_the_next_paragraph() {
        check("“We ran.\n\n“We hid,” she said.", &["“", "“We hid,”"], &[]);
        check("“We ran.\n\nThey hid.", &[], &[("“", Fault::Unclosed)]);
    }

    #[test]
    fn many_marks_cost_little() {
        for unit in ["“", "”", "‘a ", "“a‘b ", "\"", "«"] {
            let text = unit.repeat(200_000);
            let found = pairs(&text);
            assert!(found.pairs.len() + found.faults.len() <= 200_000 * 2, "{unit}");
        }
    }
}
