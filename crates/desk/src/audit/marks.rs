//! Citation marks in running text: found, taken out, and their places kept.
//!
//! A mark may stand before or after the full stop, alone or in a run, as `[5]`, `[1, 2]`, `[^ledger]`, `【3】`,
//! `^1` or `¹`. What is left is the sentence as it would read without marks, so that the splitter of sentences
//! never sees one: `in the U.S. [5].` stays one sentence, and an orphan `[5].` joins the sentence before it.

/// What a mark points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The entry of the reference list with that label.
    Label(String),
    /// An address inside the sentence.
    Address(String),
}

/// A text without its marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lifted {
    /// What is left.
    pub(super) text: String,
    /// Bytes of `text` that the marks stood behind, in order, and their targets.
    pub(super) marks: Vec<(usize, Target)>,
    /// Bytes of `text` at which a sentence surely ends, because a full stop stood behind a mark.
    pub(super) ends: Vec<usize>,
}

/// The digits of a mark; a longer run is a year or a figure.
const DIGITS: usize = 3;
/// The most bytes of a footnote's label and of the words of a link.
const LABEL: usize = 60;
const WORDS: usize = 400;
const ADDRESS: usize = 2_000;
/// The most entries that one range (`[3-7]`) may name.
const RANGE: u32 = 20;

/// Takes the marks out of `raw`. `links` are byte offsets of `raw` behind which a link ended, in order, and
/// their addresses. With `markdown`, inline links, emphasis and escapes are read too.
pub(super) fn lift(raw: &str, links: &[(usize, String)], markdown: bool) -> Lifted {
    let mut out = Lifted::default();
    let mut links = links.iter().peekable();
    let mut at = 0;
    while at < raw.len() {
        while let Some((_, address)) = links.next_if(|(end, _)| *end <= at) {
            out.place(Target::Address(address.clone()));
        }
        let rest = &raw[at..];
        if let Some(run) = run(rest, &out.text) {
            at += run.len;
            at += out.settle(run.targets, &raw[at..]);
            continue;
        }
        at += if markdown { out.markdown(rest) } else { out.literal(rest) };
    }
    for (_, address) in links {
        out.place(Target::Address(address.clone()));
    }
    out
}

impl Lifted {
    fn literal(&mut self, rest: &str) -> usize {
        let c = rest.chars().next().unwrap_or(' ');
        if c.is_whitespace() {
            if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        } else if !is_invisible(c) {
            self.text.push(c);
        }
        c.len_utf8()
    }

    fn markdown(&mut self, rest: &str) -> usize {
        let mut chars = rest.chars();
        match (chars.next(), chars.next()) {
            (Some('\\'), Some(c)) if c.is_ascii_punctuation() => {
                self.text.push(c);
                return 1 + c.len_utf8();
            }
            (Some('*' | '`'), _) => return 1,
            (Some('_'), next) => {
                let inside =
                    self.text.ends_with(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
                if !inside {
                    return 1;
                }
            }
            (Some('['), _) => {
                if let Some((words, address, len)) = link(rest) {
                    return len + self.link(words, address, &rest[len..]);
                }
            }
            _ => {}
        }
        self.literal(rest)
    }

    /// A link whose words are a number is a mark; other words belong to the sentence.
    fn link(&mut self, words: &str, address: &str, rest: &str) -> usize {
        let digits = words.trim_matches(['[', ']', '\\', '^']);
        let local = address.starts_with('#');
        if let Some(label) = number(digits) {
            let own =
                if local { Target::Label(label.to_string()) } else { Target::Address(address.to_owned()) };
            return self.settle(vec![own], rest);
        }
        self.text.push_str(&words.replace(['*', '`', '\\'], ""));
        if !local {
            self.place(Target::Address(address.to_owned()));
        }
        0
    }

    fn place(&mut self, target: Target) {
        let at = self.text.trim_end().len();
        self.marks.push((at, target));
    }

    /// Sets down a run of marks before `rest` and gives back how many bytes of `rest` are dealt with.
    fn settle(&mut self, targets: Vec<Target>, rest: &str) -> usize {
        let spaced = self.text.ends_with(' ');
        let next = rest.chars().next();
        if spaced && next.is_none_or(|c| c.is_whitespace() || is_point(c)) {
            self.text.truncate(self.text.trim_end().len());
        }
        for target in targets {
            self.place(target);
        }
        let Some(next) = next else { return 0 };
        if matches!(next, '.' | '!' | '?' | '。') {
            if !ends_stopped(&self.text) && !self.text.is_empty() {
                self.text.push(next);
            }
            let closers =
                rest[next.len_utf8()..].chars().take_while(|c| matches!(c, '”' | '’' | '"' | '\'' | ')'));
            let closers: String = closers.collect();
            self.text.push_str(&closers);
            self.ends.push(self.text.len());
            return next.len_utf8() + closers.len();
        }
        if next.is_alphanumeric() {
            self.text.push(' ');
        }
        0
    }
}

/// A run of marks, also spaced or parted by commas.
struct Run {
    targets: Vec<Target>,
    len: usize,
}

fn run(rest: &str, before: &str) -> Option<Run> {
    let (mut targets, mut len) = one(rest, before)?;
    loop {
        let gap = rest[len..].bytes().take_while(|b| matches!(b, b' ' | b',')).count();
        // A comma behind the last mark is the sentence's own.
        let Some((more, taken)) = bracketed(&rest[len + gap..]) else { return Some(Run { targets, len }) };
        targets.extend(more);
        len += gap + taken;
    }
}

/// The mark that `rest` opens with, and its bytes.
fn one(rest: &str, before: &str) -> Option<(Vec<Target>, usize)> {
    bracketed(rest).or_else(|| caret(rest, before)).or_else(|| raised(rest, before))
}

fn bracketed(rest: &str) -> Option<(Vec<Target>, usize)> {
    let (open, close) = match rest.chars().next()? {
        '[' => ('[', ']'),
        '【' => ('【', '】'),
        _ => return None,
    };
    let inner = &rest[open.len_utf8()..];
    let end = inner.bytes().take(LABEL + 3).position(|b| b == b']' || b == 0xe3).filter(|&end| end > 0)?;
    if !inner.is_char_boundary(end) || !inner[end..].starts_with(close) {
        return None;
    }
    let len = open.len_utf8() + end + close.len_utf8();
    // A link in Markdown, and a footnote's own definition, are no marks.
    if rest[len..].starts_with('(') {
        return None;
    }
    let body = &inner[..end];
    if let Some(label) = body.strip_prefix('^') {
        let sound = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[');
        return sound.then(|| (vec![Target::Label(label.to_owned())], len));
    }
    Some((labels(body)?, len))
}

/// `3`, `1, 2`, `3–5`.
fn labels(body: &str) -> Option<Vec<Target>> {
    let mut out = Vec::new();
    for part in body.split([',', ';']) {
        let mut ends = part.trim().split(['-', '–']).map(|digits| number(digits.trim()));
        let first = ends.next()??;
        let last = match ends.next() {
            Some(last) => last?,
            None => first,
        };
        if ends.next().is_some() || last < first || last - first > RANGE {
            return None;
        }
        out.extend((first..=last).map(|n| Target::Label(n.to_string())));
    }
    Some(out)
}

fn number(digits: &str) -> Option<u32> {
    let sound = (1..=DIGITS).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if sound { digits.parse().ok() } else { None }
}

/// `^1` behind a word or a stop; `2^10` is a power.
fn caret(rest: &str, before: &str) -> Option<(Vec<Target>, usize)> {
    let body = rest.strip_prefix('^')?;
    let len = body.bytes().take_while(u8::is_ascii_digit).count();
    let stands = before.chars().next_back().is_some_and(|c| !c.is_whitespace() && !c.is_ascii_digit());
    let ends = !body[len..].starts_with(|c: char| c.is_alphanumeric());
    let number = number(&body[..len]).filter(|_| stands && ends)?;
    Some((vec![Target::Label(number.to_string())], 1 + len))
}

/// Raised digits behind a stop or a word of four letters; `km²` is a unit.
fn raised(rest: &str, before: &str) -> Option<(Vec<Target>, usize)> {
    let digits: Vec<u32> = rest.chars().map_while(raised_digit).take(DIGITS + 1).collect();
    if digits.is_empty() || digits.len() > DIGITS {
        return None;
    }
    let stopped = before.ends_with(|c: char| is_point(c) || is_closer(c));
    let letters = before.chars().rev().take(4).filter(|c| c.is_alphabetic()).count();
    if !stopped && letters < 4 {
        return None;
    }
    let number = digits.iter().fold(0, |number, digit| number * 10 + digit);
    let len = rest.chars().take(digits.len()).map(char::len_utf8).sum();
    Some((vec![Target::Label(number.to_string())], len))
}

fn raised_digit(c: char) -> Option<u32> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|digit| digit == c).and_then(|at| u32::try_from(at).ok())
}

/// `[words](address)`, its words, address and bytes.
fn link(rest: &str) -> Option<(&str, &str, usize)> {
    let middle = rest.bytes().take(WORDS).collect::<Vec<_>>().windows(2).position(|pair| pair == b"](")?;
    let words = rest.get(1..middle)?;
    let address = rest.get(middle + 2..)?;
    let close = address.bytes().take(ADDRESS).position(|b| b == b')')?;
    let url = address.get(..close)?.split_whitespace().next()?.trim_matches(['<', '>']);
    let leads = ["http://", "https://", "#"].iter().any(|head| url.starts_with(head));
    (leads && is_balanced(words)).then_some((words, url, middle + 2 + close + 1))
}

/// Whether no bracket closes that was not opened, so that the words are one link's own.
fn is_balanced(words: &str) -> bool {
    let mut open = 0_i32;
    words.chars().all(|c| {
        open += i32::from(c == '[') - i32::from(c == ']');
        open >= 0
    }) && open == 0
}

fn is_point(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…' | '。' | '，')
}

fn is_closer(c: char) -> bool {
    matches!(c, '”' | '’' | '"' | '\'' | ')' | ']' | '»')
}

fn ends_stopped(text: &str) -> bool {
    text.trim_end_matches(is_closer).ends_with(['.', '!', '?', '…', '。'])
}

/// Characters without width, which publishers and models leave in texts.
pub(super) fn is_invisible(c: char) -> bool {
    !c.is_control() && language::hygiene::is_invisible(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, text: &str, marks: &[(usize, &str)]) {
        let lifted = lift(raw, &[], true);
        let found: Vec<(usize, &str)> = lifted
            .marks
            .iter()
            .map(|(at, target)| match target {
                Target::Label(label) | Target::Address(label) => (*at, label.as_str()),
            })
            .collect();
        assert_eq!((lifted.text.as_str(), found.as_slice()), (text, marks), "{raw}");
    }

    #[test]
    fn marks_are_taken_out_wherever_they_stand() {
        check("It sank.[0] Rain fell.", "It sank. Rain fell.", &[(8, "0")]);
        check("It sank. [0] Rain.", "It sank. Rain.", &[(8, "0")]);
        check("It sank [0]. Rain.", "It sank. Rain.", &[(7, "0")]);
        check("It left the U.S. [5].", "It left the U.S.", &[(16, "5")]);
        check("It sank. [5]. Rain.", "It sank. Rain.", &[(8, "5")]);
        check("It sank.[1][2] Rain.", "It sank. Rain.", &[(8, "1"), (8, "2")]);
        check("It sank [1, 2], then rose.", "It sank, then rose.", &[(7, "1"), (7, "2")]);
        check("It sank [1], [2].", "It sank.", &[(7, "1"), (7, "2")]);
        check("It sank.[3–5]", "It sank.", &[(8, "3"), (8, "4"), (8, "5")]);
        check("It sank.[^tide] Rain.", "It sank. Rain.", &[(8, "tide")]);
        check("It sank.^1 Rain.", "It sank. Rain.", &[(8, "1")]);
        check("It sank.¹² Rain.", "It sank. Rain.", &[(8, "12")]);
        check("It sank【2】.", "It sank.", &[(7, "2")]);
        check("It sank.[5]The crew left.", "It sank. The crew left.", &[(8, "5")]);
        check("“It sank [2].” He left.", "“It sank.” He left.", &[(10, "2")]);
    }

    #[test]
    fn what_looks_like_a_mark_stays() {
        for raw in [
            "In [2024] it sank.",
            "The [crew] left.",
            "2^10 boats.",
            "Over 12 km² of sand.",
            "[]",
            "[",
            "x[1",
            "【",
        ] {
            check(raw, raw, &[]);
        }
    }

    #[test]
    fn markdown_is_read_as_text() {
        check(
            "**It** sank in [the bay](https://a.example/x).",
            "It sank in the bay.",
            &[(18, "https://a.example/x")],
        );
        check("It sank.[2](https://a.example/x)", "It sank.", &[(8, "https://a.example/x")]);
        check(r"It sank \[5\] snake_case.", "It sank [5] snake_case.", &[]);
    }

    #[test]
    fn odd_bytes_do_no_harm() {
        for raw in [
            "[é](",
            "[^",
            "[^]",
            "^",
            "[1-",
            "[9-1]",
            "[1-999]",
            "[日本]",
            "\\",
            "[a](http://",
            "é¹",
            "[5].",
            "[1【2】",
        ] {
            let _ = lift(raw, &[(900, String::new())], true);
        }
    }
}
