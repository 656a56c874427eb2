//! Words as treebanks count them: "don't" is two, "well-known" three, "U.S." one.

use crate::Span;
use crate::sentences::is_abbreviation;

/// Beginnings that stay joined to what follows their hyphen.
const JOINED: &[&str] = &[
    "anti", "bi", "co", "counter", "cross", "de", "e", "ex", "extra", "inter", "intra", "macro", "mega",
    "micro", "mid", "mini", "mis", "mono", "multi", "neo", "non", "over", "pan", "post", "pre", "pro",
    "pseudo", "quasi", "re", "semi", "sub", "super", "trans", "tri", "ultra", "un", "under", "uni", "vice",
    "x",
];
/// What is written as one word and counted as two: the first has so many letters.
const SPLIT: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("gotta", 3),
    ("wanna", 3),
    ("gimme", 3),
    ("lemme", 3),
    ("dont", 2),
    ("didnt", 3),
    ("doesnt", 4),
    ("isnt", 2),
    ("wasnt", 3),
    ("arent", 3),
    ("cant", 2),
    ("wont", 2),
    ("havent", 4),
    ("hasnt", 3),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
];
/// Units that stand directly behind a number.
const UNITS: &[&str] =
    &["am", "pm", "km", "kg", "m", "cm", "mm", "mph", "ft", "k", "bn", "mg", "g", "hrs", "%", "°", "€"];
/// Ends behind an apostrophe.
const CLITICS: &[&str] = &["s", "re", "ve", "ll", "d", "m"];

/// Letters between two spaces that are looked at together: more is cut, so that no text takes long.
const LONGEST: usize = 300;

/// The words of a sentence, as spans of `text`.
#[must_use]
pub fn tokens(text: &str, sentence: Span) -> Vec<Span> {
    let mut tokens = Vec::new();
    let body = sentence.of(text);
    let last = body.trim_end().len();
    let mut start = 0;
    for chunk in body.split_inclusive(char::is_whitespace) {
        let end = start + chunk.trim_end().len();
        let mut from = start;
        while from < end {
            let to = body.floor_char_boundary(end.min(from + LONGEST));
            let closes = to >= last;
            Splitter { text: body, tokens: &mut tokens, shift: sentence.start, closes }.chunk(from, to);
            from = to;
        }
        start += chunk.len();
    }
    tokens
}

/// Cuts a chunk between spaces into words.
struct Splitter<'t, 'o> {
    text: &'t str,
    tokens: &'o mut Vec<Span>,
    shift: usize,
    /// Whether the chunk closes its sentence.
    closes: bool,
}

impl Splitter<'_, '_> {
    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.tokens.push(Span::new(start + self.shift, end + self.shift));
        }
    }

    fn chunk(&mut self, mut start: usize, mut end: usize) {
        let is_smiley =
            matches!(&self.text[start..end], ":)" | ":-)" | ";)" | ";-)" | ":(" | ":-(" | ":D" | ":P");
        if is_smiley
            || is_address(&self.text[start..end]) && !self.text[start..end].ends_with([')', ',', '>'])
        {
            let stop = self.text[start..end].trim_end_matches(['.', '?', '!']).len();
            self.push(start, start + stop);
            return self.run(start + stop, end);
        }
        // What opens the chunk.
        while start < end {
            let letter = self.first(start, end);
            let next = start + self.same(start, end);
            if next > start + letter.len_utf8() && is_repeated(letter) {
                self.push(start, next);
                start = next;
                continue;
            }
            let next = start + letter.len_utf8();
            let rest = &self.text[next..end];
            let opens = is_opening(letter)
                || is_dash(letter) && !rest.starts_with(|next: char| next.is_ascii_digit())
                || (letter == '\'' || letter == '\u{2019}')
                    && !is_clitic(rest)
                    && !rest.starts_with(|d: char| d.is_ascii_digit());
            if !opens {
                break;
            }
            self.push(start, next);
            start = next;
        }
        // What closes it, which is kept until the inside is out.
        let mut closing = Vec::new();
        while start < end {
            let Some(letter) = self.text[start..end].chars().next_back() else { break };
            let run = self.text[start..end].trim_end_matches(letter).len() + start;
            if run + letter.len_utf8() < end && (is_repeated(letter) || letter == '.') {
                closing.push((run, end));
                end = run;
                continue;
            }
            let before = end - letter.len_utf8();
            let body = &self.text[start..before];
            let closes = match letter {
                '.' => !self.keeps_stop(body, closing.is_empty()),
                '!' | '?' if body.ends_with(['!', '?']) => {
                    let marks = self.text[start..end].trim_end_matches(['!', '?']).len() + start;
                    closing.push((marks, end));
                    end = marks;
                    continue;
                }
                '\'' | '\u{2019}' => true,
                _ => is_closing(letter) && !(letter == ')' && is_item(&self.text[start..end])),
            };
            if !closes {
                break;
            }
            closing.push((before, end));
            end = before;
        }
        self.inside(start, end);
        for (start, end) in closing.into_iter().rev() {
            self.push(start, end);
        }
    }

    fn first(&self, start: usize, end: usize) -> char {
        self.text[start..end].chars().next().unwrap_or(' ')
    }

    /// Whether a stop belongs to the word before it.
    fn keeps_stop(&self, body: &str, last: bool) -> bool {
        let word = body.rsplit(['-', '/']).next().unwrap_or(body);
        let mut letters = word.chars();
        let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        let dotted = word.contains('.')
            && word.split('.').all(|part| {
                part.chars().count() <= 2 && !part.is_empty() && part.chars().all(char::is_alphabetic)
            });
        let closes = self.closes && last;
        dotted
            || single && (!closes || word == word.to_uppercase() && word != "I")
            || is_abbreviation(word) && (!closes || word.starts_with(char::is_uppercase))
    }

    /// Marks of one kind behind each other are one word.
    fn run(&mut self, mut start: usize, end: usize) {
        while start < end {
            self.push(start, start + self.same(start, end));
            start += self.same(start, end);
        }
    }

    /// The length of the run of one mark.
    fn same(&self, start: usize, end: usize) -> usize {
        let letter = self.first(start, end);
        end - start - self.text[start..end].trim_start_matches(letter).len()
    }

    /// The inside of a chunk: hyphens, slashes, dots and dashes between words.
    fn inside(&mut self, start: usize, end: usize) {
        let chunk = &self.text[start..end];
        if is_address(chunk) {
            return self.push(start, end);
        }
        let mut from = start;
        let mut at = start;
        while at < end {
            let letter = self.first(at, end);
            let next = at + letter.len_utf8();
            let (left, right) = (&self.text[from..at], &self.text[next..end]);
            let mut stop = next;
            let cuts = match letter {
                '-' if right.starts_with('-') => {
                    stop = at + self.text[at..end].len() - self.text[at..end].trim_start_matches('-').len();
                    true
                }
                '-' | '\u{2010}' => {
                    !left.is_empty() && !right.is_empty() && !is_joined(left) && !is_code(left, right)
                }
                _ if is_dash(letter) => true,
                '/' => {
                    let numbers = is_number(left) && right.starts_with(|d: char| d.is_ascii_digit());
                    left.len() > 1 && !right.is_empty() && !numbers
                }
                '.' if right.starts_with('.') => {
                    stop = at + self.text[at..end].len() - self.text[at..end].trim_start_matches('.').len();
                    true
                }
                '(' | ')' | '[' | ']' | '"' | '\u{201c}' | '\u{201d}' | ';' | '\u{2026}' | '=' | '<'
                | '>' | '~' | '+' | '*' | '|' => true,
                ',' | ':' => {
                    !(left.ends_with(|d: char| d.is_ascii_digit())
                        && right.starts_with(|d: char| d.is_ascii_digit()))
                }
                '?' | '!' => right.starts_with(char::is_alphabetic),
                _ => false,
            };
            if cuts {
                self.word(from, at);
                self.push(at, stop);
                from = stop;
                at = stop;
            } else {
                at = next;
            }
        }
        self.word(from, end);
    }

    /// A word that may have an end behind an apostrophe, a unit behind a number, or two words in one.
    fn word(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        if word.len() > 64 || word.is_empty() {
            return self.push(start, end);
        }
        let small = word.to_ascii_lowercase().replace(['\u{2019}', '`', '\u{02bc}'], "'");
        if let Some((_, first)) = SPLIT.iter().find(|(split, _)| *split == small) {
            self.push(start, start + first);
            return self.push(start + first, end);
        }
        if let Some(at) = word.rfind(['\'', '\u{2019}', '`', '\u{02bc}']).filter(|at| *at > 0) {
            let behind = word[at..].chars().skip(1).collect::<String>().to_ascii_lowercase();
            let before = &word[..at];
            if behind == "t" && before.to_ascii_lowercase().ends_with('n') && before.len() > 1 {
                self.push(start, start + at - 1);
                return self.push(start + at - 1, end);
            }
            if CLITICS.contains(&behind.as_str()) {
                self.word(start, start + at);
                return self.push(start + at, end);
            }
        }
        let digits = word.len()
            - word.trim_start_matches(|d: char| d.is_ascii_digit() || matches!(d, '.' | ',' | ':')).len();
        if digits > 0
            && word.starts_with(|d: char| d.is_ascii_digit())
            && UNITS.contains(&&small[digits.min(small.len())..])
        {
            self.push(start, start + digits);
            return self.push(start + digits, end);
        }
        self.push(start, end);
    }
}

/// Marks of which several behind each other are one word.
fn is_repeated(letter: char) -> bool {
    matches!(letter, '-' | '=' | '_' | '*' | '<' | '>' | '+' | '~' | '#' | '!' | '?' | '\'' | '.')
}

fn is_opening(letter: char) -> bool {
    matches!(
        letter,
        '(' | '['
            | '{'
            | '<'
            | '"'
            | '\u{201c}'
            | '\u{201d}'
            | '\u{201e}'
            | '\u{2018}'
            | '\u{ab}'
            | '\u{bb}'
            | '\u{2039}'
            | '$'
            | '#'
            | '\u{a3}'
            | '\u{20ac}'
            | '\u{a5}'
            | '*'
            | '~'
            | '`'
            | '='
            | '>'
            | '|'
            | '\u{2022}'
            | '\u{2026}'
            | '+'
            | '_'
            | '/'
            | ','
    )
}

fn is_closing(letter: char) -> bool {
    matches!(
        letter,
        ')' | ']'
            | '}'
            | '>'
            | '"'
            | '\u{201c}'
            | '\u{201d}'
            | '\u{bb}'
            | '\u{ab}'
            | '\u{203a}'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '\u{2026}'
            | '%'
            | '*'
            | '~'
            | '='
            | '|'
            | '_'
            | '-'
            | '\u{2013}'
            | '\u{2014}'
            | '/'
            | '\u{20ac}'
            | '\u{b0}'
            | '<'
            | '\u{ae}'
            | '\u{2122}'
    )
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2013}' | '\u{2014}' | '\u{2012}' | '\u{2015}' | '\u{2212}')
}

fn is_clitic(rest: &str) -> bool {
    let word = rest.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    word.len() <= 2 && CLITICS.contains(&word.to_ascii_lowercase().as_str())
        || ["em", "cause", "til", "tis", "twas"].contains(&word.to_ascii_lowercase().as_str())
}

/// An item's mark: `1)`, `a)`.
fn is_item(chunk: &str) -> bool {
    let body = &chunk[..chunk.len() - 1];
    !body.is_empty() && body.len() <= 2 && body.chars().all(char::is_alphanumeric)
}

/// Whether a hyphen joins what stands before it to what follows.
fn is_joined(left: &str) -> bool {
    left.len() < 10 && JOINED.contains(&left.to_ascii_lowercase().as_str())
}

/// Numbers of telephones and the like: digits and hyphens only, two hyphens or more.
fn is_code(left: &str, right: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    digits(left)
        && left.len() >= 3
        && right.len() >= 4
        && right.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        || left.contains('-') && left.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

fn is_number(text: &str) -> bool {
    text.ends_with(|letter: char| letter.is_ascii_digit())
}

/// Addresses of pages and mailboxes.
fn is_address(chunk: &str) -> bool {
    let Some(at) =
        chunk.find("://").or_else(|| chunk.find('@')).or_else(|| chunk.starts_with("www.").then_some(0))
    else {
        return ["com", "org", "net", "edu", "gov"].iter().any(|end| {
            chunk.strip_suffix(end).and_then(|name| name.strip_suffix('.')).is_some_and(|name| {
                name.len() > 2
                    && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
            })
        });
    };
    chunk.starts_with(|letter: char| letter.is_alphanumeric()) && chunk[at..].contains('.')
        || chunk.starts_with("http")
}
