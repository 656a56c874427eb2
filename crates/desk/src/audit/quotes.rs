//! Quotations, compared with the article letter by letter.
//!
//! Letters, digits and apostrophes count; punctuation, the form of quotation marks, characters without width
//! and a capital at the very beginning do not. Brackets and ellipses part a quotation: its parts must stand in
//! the article in that order.

use std::collections::BTreeMap;

use language::Span;

use super::marks::is_invisible;

/// A longer quotation is compared that far.
const LONGEST: usize = 300;
/// How many quotations of one sentence are looked at.
const MOST: usize = 50;
/// A part of so few words is either there or not; alone it decides nothing.
const SHORT: usize = 3;
/// The share of a quotation's words that an altered one shares with the article.
const ALIKE: f64 = 0.6;

/// A direct quotation of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quoted<'t> {
    /// The words between the quotation marks.
    pub(super) text: &'t str,
    /// Whether it has enough words to decide the sentence.
    pub(super) weighty: bool,
}

/// How a quotation stands in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Letter for letter.
    Exact(Span),
    /// In other words; the note shows them.
    Altered(Span, String),
    /// Not at all.
    Absent,
}

/// The words of a text, for looking quotations up.
pub(super) struct Searched {
    tokens: Vec<(Span, String)>,
}

/// The direct quotations of a sentence. One that isn't closed runs to the end, one that isn't opened began in
/// an earlier sentence.
pub(super) fn quoted(text: &str) -> Vec<Quoted<'_>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (None, '“' | '"' | '«' | '„') => open = Some((at + c.len_utf8(), c)),
            (Some((start, by)), _) if closes(by, c) => {
                push(&text[start..at], &mut out);
                open = None;
            }
            (None, '”') if out.is_empty() => push(&text[..at], &mut out),
            _ => {}
        }
    }
    if let Some((start, _)) = open.filter(|(_, by)| *by != '"') {
        push(&text[start..], &mut out);
    }
    out
}

/// Tells of rising places of a text whether a quotation is open there.
pub(super) fn openness(text: &str) -> impl FnMut(usize) -> bool {
    let (mut read, mut open) = (0, false);
    move |place| {
        for c in text[read..place].chars() {
            match c {
                '“' => open = true,
                '”' => open = false,
                '"' => open = !open,
                _ => {}
            }
        }
        read = place;
        open
    }
}

fn closes(open: char, c: char) -> bool {
    match open {
        '"' => c == '"',
        '«' => c == '»',
        '„' => matches!(c, '“' | '”'),
        _ => c == '”',
    }
}

fn push<'t>(text: &'t str, out: &mut Vec<Quoted<'t>>) {
    let words = tokens(text).len();
    if words > 0 && out.len() < MOST {
        out.push(Quoted { text, weighty: words >= SHORT });
    }
}

impl Searched {
    pub(super) fn new(text: &str) -> Self {
        Self { tokens: tokens(text) }
    }

    /// Looks a quotation up.
    pub(super) fn find(&self, quotation: &str) -> Found {
        let mut whole: Option<Span> = None;
        let mut from = 0;
        for part in parts(quotation) {
            let words: Vec<(Span, String)> = tokens(part).into_iter().take(LONGEST).collect();
            if words.is_empty() {
                continue;
            }
            let Some(at) = self.exact(&words, from) else { return self.nearly(&words) };
            from = at + words.len();
            let span = Span::new(self.tokens[at].0.start, self.tokens[from - 1].0.end);
            whole = Some(whole.map_or(span, |whole| Span::new(whole.start, span.end)));
        }
        whole.map_or(Found::Absent, Found::Exact)
    }

    fn exact(&self, words: &[(Span, String)], from: usize) -> Option<usize> {
        let windows = self.tokens.get(from..)?.windows(words.len());
        let mut windows = windows.enumerate();
        windows.find(|(_, window)| is_same(words, window)).map(|(at, _)| from + at)
    }

    /// The stretch of the article that shares most words with the quotation, and where they differ.
    fn nearly(&self, words: &[(Span, String)]) -> Found {
        let size = words.len();
        if size < SHORT || self.tokens.is_empty() {
            return Found::Absent;
        }
        let mut need: BTreeMap<String, i32> = BTreeMap::new();
        for (_, word) in words {
            *need.entry(word.to_lowercase()).or_default() += 1;
        }
        let folded: Vec<String> = self.tokens.iter().map(|(_, word)| word.to_lowercase()).collect();
        let (mut shared, mut best) = (0_usize, (0_usize, 0_usize));
        for (at, word) in folded.iter().enumerate() {
            if let Some(left) = need.get_mut(word) {
                shared += usize::from(*left > 0);
                *left -= 1;
            }
            if let Some(left) = at.checked_sub(size).and_then(|gone| need.get_mut(&folded[gone])) {
                *left += 1;
                shared -= usize::from(*left > 0);
            }
            if shared > best.0 {
                best = (shared, at);
            }
        }
        if (best.0 as f64) < ALIKE * size as f64 {
            return Found::Absent;
        }
        let slack = size / 4 + 2;
        let start = (best.1 + 1).saturating_sub(size + slack);
        let window = &self.tokens[start..(best.1 + 1 + slack).min(self.tokens.len())];
        difference(words, window)
    }
}

fn is_same(words: &[(Span, String)], window: &[(Span, String)]) -> bool {
    words
        .iter()
        .zip(window)
        .enumerate()
        .all(|(at, ((_, a), (_, b)))| a == b || at == 0 && a.to_lowercase() == b.to_lowercase())
}

/// Words with their spans; characters without width are passed over.
fn tokens(text: &str) -> Vec<(Span, String)> {
    let mut out: Vec<(Span, String)> = Vec::new();
    let mut open = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner =
            matches!(c, '\'' | '’') && open && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if is_invisible(c) {
            continue;
        }
        if !c.is_alphanumeric() && !inner {
            open = false;
            continue;
        }
        let c = if c == '’' { '\'' } else { c };
        let end = chars.peek().map_or(text.len(), |(next, _)| *next);
        match out.last_mut().filter(|_| open) {
            Some((span, word)) => {
                word.push(c);
                span.end = end;
            }
            None => out.push((Span::new(at, end), c.to_string())),
        }
        open = true;
    }
    out
}

/// The parts of a quotation between ellipses and brackets.
fn parts(quotation: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = quotation;
    loop {
        let cuts = [
            rest.find('…').map(|at| (at, at + '…'.len_utf8())),
            rest.find("...").map(|at| (at, at + 3)),
            bracket(rest),
        ];
        let Some((start, end)) = cuts.into_iter().flatten().min() else {
            out.push(rest);
            return out;
        };
        out.push(&rest[..start]);
        rest = &rest[end..];
    }
}

fn bracket(text: &str) -> Option<(usize, usize)> {
    let start = text.find('[')?;
    Some((start, start + text[start..].find(']')? + 1))
}

/// What differs between a quotation and the stretch of the article it is nearest to.
fn difference(words: &[(Span, String)], window: &[(Span, String)]) -> Found {
    let pairs = common(words, window);
    let (Some(&first), Some(&last)) = (pairs.first(), pairs.last()) else { return Found::Absent };
    // Words before the first and behind the last shared one differ only as far as the quotation has such.
    let from = first.1.saturating_sub(first.0);
    let to = (last.1 + words.len() - last.0).min(window.len());
    let span = Span::new(window[from].0.start, window[to - 1].0.end);
    let mut notes = Vec::new();
    let (mut a, mut b) = (0, from);
    for (next_a, next_b) in pairs.into_iter().chain([(words.len(), to)]) {
        notes.extend(told(&words[a..next_a], &window[b.min(next_b)..next_b]));
        (a, b) = (next_a + 1, next_b + 1);
    }
    if notes.is_empty() {
        notes.push("the words stand there in another form".to_owned());
    }
    notes.truncate(3);
    Found::Altered(span, notes.join("; "))
}

fn told(quoted: &[(Span, String)], source: &[(Span, String)]) -> Option<String> {
    let said =
        |words: &[(Span, String)]| words.iter().map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(" ");
    match (quoted.is_empty(), source.is_empty()) {
        (true, true) => None,
        (false, false) => Some(format!("“{}” where the source has “{}”", said(quoted), said(source))),
        (false, true) => Some(format!("“{}” is not in the source", said(quoted))),
        (true, false) => Some(format!("leaves out “{}”", said(source))),
    }
}

/// Pairs of places of a longest common subsequence.
fn common(words: &[(Span, String)], window: &[(Span, String)]) -> Vec<(usize, usize)> {
    let (n, m) = (words.len(), window.len());
    let mut table = vec![0_u16; (n + 1) * (m + 1)];
    let same = |a: usize, b: usize| {
        words[a].1 == window[b].1 || a == 0 && words[a].1.to_lowercase() == window[b].1.to_lowercase()
    };
    for a in (0..n).rev() {
        for b in (0..m).rev() {
            table[a * (m + 1) + b] = if same(a, b) {
                table[(a + 1) * (m + 1) + b + 1] + 1
            } else {
                table[(a + 1) * (m + 1) + b].max(table[a * (m + 1) + b + 1])
            };
        }
    }
    let (mut a, mut b, mut out) = (0, 0, Vec::new());
    while a < n && b < m {
        if same(a, b) {
            out.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if table[(a + 1) * (m + 1) + b] >= table[a * (m + 1) + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "“The ship was upright, the tide was falling and we’d hours,” he said. The cap\u{ad}tain left “on foot”.";

    fn check(quotation: &str, expected: &str) {
        let found = match Searched::new(SOURCE).find(quotation) {
            Found::Exact(span) => format!("exact: {}", span.of(SOURCE)),
            Found::Altered(_, note) => note,
            Found::Absent => "absent".to_owned(),
        };
        assert_eq!(found, expected, "{quotation}");
    }

    #[test]
    fn quotations_are_compared_letter_by_letter() {
        check("The ship was upright,", "exact: The ship was upright");
        check("the tide was falling and we'd hours", "exact: the tide was falling and we’d hours");
        check("the captain left", "exact: The cap\u{ad}tain left");
        check("The ship was … falling", "exact: The ship was upright, the tide was falling");
        check("[It] was upright", "exact: was upright");
        check("the tide was rising and we’d hours", "“rising” where the source has “falling”");
        check("The big ship was upright", "“big” is not in the source");
        check("the tide was falling we’d hours", "leaves out “and”");
        check("the ship was Upright", "“Upright” where the source has “upright”");
        check("nobody saw the lights", "absent");
        check("red line", "absent");
    }

    #[test]
    fn quotations_are_found_in_a_sentence() {
        let texts = |text| quoted(text).into_iter().map(|quote| quote.text).collect::<Vec<_>>();
        assert_eq!(texts("He said “no” and \"yes, sir\"."), ["no", "yes, sir"]);
        assert_eq!(texts("“It goes on"), ["It goes on"]);
        assert_eq!(texts("12\" of rain"), Vec::<&str>::new());
        assert_eq!(texts("“ ”"), Vec::<&str>::new());
    }
}
