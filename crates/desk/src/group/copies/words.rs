//! A text as its copies are told by: its words as numbers, and of each whether it is a name, a figure, quoted.

use language::Span;

use super::super::terms::letter;
use crate::article::{Article, Role};

/// Words of one article that are looked at; what stands behind them is not.
const MOST: usize = 4096;
/// Words outside of quotations that a text must have for those alone to be compared.
const FEWEST: usize = 20;
/// Letters of the longest abbreviation after which a full stop ends no sentence.
const SHORT: usize = 3;
/// Number words that outlets write as figures or not, as their house styles say. “One” is seldom a number.
const FIGURES: [(&str, &str); 11] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
];

/// One word: 28 bits that tell it from others, and four marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word(u32);

impl Word {
    const NAME: u32 = 1;
    const FIGURE: u32 = 2;
    const QUOTED: u32 = 4;
    const FIRST: u32 = 8;
    const MARKS: u32 = 15;

    /// The word itself, whatever its marks.
    pub(super) fn bare(self) -> u32 {
        self.0 & !Self::MARKS
    }

    /// Whether it tells one event from another: a name inside a sentence, or a figure.
    pub(super) fn is_telling(self) -> bool {
        self.0 & (Self::NAME | Self::FIGURE) != 0
    }

    /// Whether it stands between quotation marks or in a block quotation.
    pub(super) fn is_quoted(self) -> bool {
        self.0 & Self::QUOTED != 0
    }

    /// Whether a sentence begins with it, as far as its surroundings show.
    pub(super) fn is_first(self) -> bool {
        self.0 & Self::FIRST != 0
    }
}

/// The words of an article's body, its headline and captions left out: a copy often has others.
pub(super) fn words(article: &Article) -> Vec<Word> {
    let mut reader = Reader::new(!article.lang.starts_with("de"));
    for block in &article.blocks {
        if let (false, Some(text)) = (
            matches!(block.role, Role::Headline | Role::Caption),
            article.text.get(block.span.start..block.span.end),
        ) {
            reader.block(text, block.role);
        }
    }
    if article.blocks.is_empty() {
        reader.block(article.text.strip_prefix(&article.title).unwrap_or(&article.text), Role::Paragraph);
    }
    let mut words = reader.words;
    // What is nearly all quotation has nothing else to be told by.
    if words.iter().filter(|word| !word.is_quoted()).count() < FEWEST {
        words.iter_mut().for_each(|word| word.0 &= !Word::QUOTED);
    }
    words
}

/// The words of one span of an article's text.
pub(super) fn words_of(text: &str, span: Span) -> Vec<Word> {
    let mut reader = Reader::new(true);
    reader.block(text.get(span.start..span.end).unwrap_or_default(), Role::Paragraph);
    reader.words
}

/// Reads block after block.
struct Reader {
    words: Vec<Word>,
    /// Whether a capital makes a name; German gives one to every noun.
    capitals: bool,
    /// The mark of the quotation that is open.
    open: Option<char>,
    /// Whether the next word begins a sentence.
    first: bool,
    /// Whether the last word was short and had a capital: “Mr.” ends no sentence.
    abbreviated: bool,
}

impl Reader {
    fn new(capitals: bool) -> Self {
        Self { words: Vec::new(), capitals, open: None, first: true, abbreviated: false }
    }

    fn block(&mut self, text: &str, role: Role) {
        (self.open, self.first) = (None, true);
        let mut at = 0;
        while let Some((c, length)) = letter(text, at) {
            if self.words.len() >= MOST {
                return;
            }
            if c.is_alphanumeric() {
                at += self.word(&text[at..], role);
            } else {
                at += length;
                if c != ' ' {
                    self.sign(c, &text[at..]);
                }
            }
        }
    }

    /// Takes the word at the head of `rest`, and says how long it is.
    fn word(&mut self, rest: &str, role: Role) -> usize {
        let mut hash = 0x811c_9dc5_u32;
        let (mut length, mut letters, mut figure) = (0, 0, false);
        let capital = rest.starts_with(char::is_uppercase);
        loop {
            let plain = rest.as_bytes()[length..].iter().map(|byte| byte | 0x20);
            for byte in plain.take_while(u8::is_ascii_lowercase) {
                hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
                letters += 1;
                length += 1;
            }
            let Some((c, bytes)) = letter(rest, length) else { break };
            if is_unspaced(c) && letters > 0 {
                break;
            }
            if c.is_alphanumeric() {
                hash = folded(hash, c);
                letters += 1;
                figure |= c.is_numeric();
            } else if !is_inner(c, letter(rest, length + bytes).map_or(' ', |(next, _)| next), figure) {
                break;
            } else if c == '.' {
                hash = folded(hash, c);
            }
            length += bytes;
            if is_unspaced(c) {
                break;
            }
        }
        let plain = (3..=6).contains(&letters).then(|| as_figure(&rest[..length])).flatten();
        let mut word = spread(plain.unwrap_or(hash)) & !Word::MARKS;
        let named = capital && !self.first && self.capitals && role != Role::Heading;
        let quoted = self.open.is_some() || role == Role::Quotation;
        let marks = [
            (named, Word::NAME),
            (figure || plain.is_some(), Word::FIGURE),
            (quoted, Word::QUOTED),
            (self.first, Word::FIRST),
        ];
        marks.iter().filter(|(is, _)| *is).for_each(|(_, mark)| word |= mark);
        self.words.push(Word(word));
        self.first = false;
        self.abbreviated = capital && letters <= SHORT;
        length
    }

    /// What a sign between words means: the end of a sentence, the beginning or end of a quotation.
    fn sign(&mut self, sign: char, rest: &str) {
        match (sign, self.open) {
            ('.', _) if self.abbreviated => {}
            ('.' | '!' | '?' | '。' | '！' | '？', _) => self.first = true,
            ('”' | '»', _) | ('"', Some('"')) | ('“', Some('„')) => self.open = None,
            ('’', Some('‘')) if !rest.starts_with(char::is_alphanumeric) => self.open = None,
            ('"' | '“' | '„' | '«' | '‘', None) => self.open = Some(sign),
            _ => {}
        }
    }
}

/// Whether a sign inside a word belongs to it: an apostrophe, or a point or comma between digits.
fn is_inner(sign: char, next: char, figure: bool) -> bool {
    match sign {
        '\'' | '’' => next.is_alphanumeric(),
        '.' | ',' => figure && next.is_ascii_digit(),
        _ => false,
    }
}

/// One more letter of FNV-1a, in lower case.
fn folded(hash: u32, letter: char) -> u32 {
    let add = |hash: u32, c: char| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193);
    if letter.is_ascii() {
        return add(hash, letter.to_ascii_lowercase());
    }
    letter.to_lowercase().fold(hash, add)
}

fn as_figure(word: &str) -> Option<u32> {
    let (_, figure) = FIGURES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word))?;
    Some(figure.chars().fold(0x811c_9dc5, folded))
}

/// Spreads what FNV leaves in the low bits over all of them.
fn spread(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35)
}

/// Whether a script puts no spaces between words, so that each sign counts as one.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Word> {
        words_of(text, Span::new(0, text.len()))
    }

    #[test]
    fn words_are_the_same_whatever_their_writing() {
        for (one, other) in [
            ("The mayor’s HOUSE", "the mayor's house"),
            ("three dead", "3 dead"),
            ("1,200 houses", "1200 houses"),
            ("a “b” c", "a b c"),
            ("東京で", "東京 で"),
        ] {
            let bare = |text: &str| read(text).into_iter().map(Word::bare).collect::<Vec<_>>();
            assert_eq!(bare(one), bare(other), "{one}");
        }
        assert_ne!(read("5.6")[0].bare(), read("56")[0].bare());
    }

    #[test]
    fn names_figures_quotations_and_beginnings_are_marked() {
        let check = |text: &str, is: fn(Word) -> bool, wanted: &[usize]| {
            let marked: Vec<usize> =
                read(text).into_iter().enumerate().filter(|(_, word)| is(*word)).map(|(at, _)| at).collect();
            assert_eq!(marked, wanted, "{text}");
        };
        check("The ferry of Port Elm sank at 7.", Word::is_telling, &[3, 4, 7]);
        check("It sank. Nobody died, Mr. Quill said.", Word::is_first, &[0, 2]);
        check(
            "He said: “It is bad.” Then \"worse\" came, and ‘don’t go’ too.",
            Word::is_quoted,
            &[2, 3, 4, 6, 9, 10],
        );
        check("„Nein“, sagte er.", Word::is_quoted, &[0]);
    }
}
