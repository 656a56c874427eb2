//! What a word looks like, as numbers: the form, its beginnings and ends, its shape.
//!
//! Training and reading share this file; a change to it needs a new model.

use super::lexicon;

/// How the words of a sentence are written, which says what a capital letter is worth in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// As running text is: capitals begin names.
    Running,
    /// As a headline is: most words have a capital.
    Title,
    /// All in capitals.
    Capitals,
    /// No capitals at all.
    Small,
}

/// Tells how a sentence is written from its words.
#[must_use]
pub fn case<'t>(forms: impl Iterator<Item = &'t str>) -> Case {
    let (mut words, mut upper, mut whole) = (0usize, 0usize, 0usize);
    for form in forms {
        let mut letters = form.chars().filter(|letter| letter.is_alphabetic());
        let Some(first) = letters.next() else { continue };
        let rest = letters.clone().count();
        if first.is_uppercase() {
            upper += 1;
        }
        if rest > 0 && first.is_uppercase() && letters.all(char::is_uppercase) {
            whole += 1;
        }
        // Short words stay small in headlines, so only longer ones are counted.
        if rest >= 3 || first.is_uppercase() {
            words += 1;
        }
    }
    if upper == 0 {
        Case::Small
    } else if words >= 3 && whole * 10 >= words * 7 {
        Case::Capitals
    } else if words >= 3 && upper * 10 >= words * 8 {
        Case::Title
    } else {
        Case::Running
    }
}

/// The kinds of features; the number is part of the hash.
const WORD: u8 = 0;
const SHAPE: u8 = 1;
const PREFIX: u8 = 2;
const SUFFIX: u8 = 3;
const EXACT: u8 = 4;
const LEXICON: u8 = 5;

/// Longest beginning and end that count, in letters.
const PREFIXES: usize = 4;
const SUFFIXES: usize = 5;
/// Letters of a form that are looked at: a longer one is cut.
const LONGEST: usize = 48;

/// Puts the features of a form into `into`, emptied before: first the form in lower case, then the rest.
pub fn features(form: &str, case: Case, first: bool, into: &mut Vec<u32>) {
    into.clear();
    let mut letters = ['\0'; LONGEST];
    let mut count = 0;
    for letter in form.chars().take(LONGEST) {
        letters[count] = plain(letter);
        count += 1;
    }
    let letters = &letters[..count];
    into.push(hash(WORD, letters));
    let mut shape = [' '; 12];
    let length = shape_of(form, &mut shape);
    let place = if first { 'f' } else { 'i' };
    shape[length] = place;
    shape[length + 1] = match case {
        Case::Running => 'r',
        Case::Title => 't',
        Case::Capitals => 'c',
        Case::Small => 's',
    };
    into.push(hash(SHAPE, &shape[..length + 2]));
    if form.chars().next().is_some_and(char::is_uppercase) && !first && case == Case::Running {
        into.push(hash(EXACT, letters));
    }
    of_lexicon(form, letters, into);
    for length in 1..=PREFIXES.min(count.saturating_sub(1)) {
        into.push(hash(PREFIX, &letters[..length]));
    }
    for length in 1..=SUFFIXES.min(count.saturating_sub(1)) {
        into.push(hash(SUFFIX, &letters[count - length..]));
    }
}

/// What the dictionary says of a form.
fn of_lexicon(form: &str, letters: &[char], into: &mut Vec<u32>) {
    let small: String = letters.iter().collect();
    let Some((entry, end)) = lexicon::entry(&small) else { return };
    let letter = |number: u8| char::from(b'a' + number);
    into.push(hash(LEXICON, &['c', letter(entry.classes()), end]));
    if entry.noun() > 0 {
        into.push(hash(LEXICON, &['n', letter(entry.noun())]));
    }
    if entry.verb() > 0 {
        into.push(hash(LEXICON, &['v', letter(entry.verb())]));
    }
    if entry.names() > 0 && form.chars().next().is_some_and(char::is_uppercase) {
        into.push(hash(LEXICON, &['p', letter(entry.names())]));
    }
}

/// A letter as the features see it: small, digits all alike, quotation marks and dashes in one form.
fn plain(letter: char) -> char {
    match letter {
        '0'..='9' => '0',
        '\u{2018}' | '\u{2019}' | '\u{02bc}' | '`' | '\u{00b4}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{00ab}' | '\u{00bb}' => '"',
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' => '-',
        _ if letter.is_ascii() => letter.to_ascii_lowercase(),
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

/// The shape of a form (`Xx`, `dd`, `x-x`), runs cut at two, ten characters at most; gives its length.
fn shape_of(form: &str, shape: &mut [char; 12]) -> usize {
    let mut length = 0;
    for letter in form.chars().take(LONGEST) {
        let class = match letter {
            _ if letter.is_uppercase() => 'X',
            _ if letter.is_alphabetic() => 'x',
            _ if letter.is_numeric() => 'd',
            _ => plain(letter),
        };
        if length >= 2 && shape[length - 1] == class && shape[length - 2] == class {
            continue;
        }
        if length == 10 {
            break;
        }
        shape[length] = class;
        length += 1;
    }
    length
}

/// FNV-1a over the kind and the letters.
fn hash(kind: u8, letters: &[char]) -> u32 {
    let mut hash = (0x811c_9dc5 ^ u32::from(kind)).wrapping_mul(0x0100_0193);
    for letter in letters {
        let mut rest = u32::from(*letter);
        loop {
            hash = (hash ^ (rest & 0xff)).wrapping_mul(0x0100_0193);
            rest >>= 8;
            if rest == 0 {
                break;
            }
        }
    }
    // The low bits choose the place in the table, so they must depend on all of it.
    hash ^= hash >> 15;
    hash.wrapping_mul(0x2c1b_3c6d) ^ (hash >> 12)
}
