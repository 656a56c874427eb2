//! Can this sentence stand in a digest, away from its article?

use language::{Span, names, words};

use super::lexicon::{FURNITURE, OWN_VOICE, POINTING, POINTING_PAIRS, SAYING};

/// The fewest and the most words of a sentence that is worth printing.
const WORDS: std::ops::RangeInclusive<usize> = 7..=50;

/// Whether a sentence, as it would be printed, can stand alone: whole, in nobody's own voice, no page
/// furniture, nothing in it that points outside, its quotations with their speaker.
pub(super) fn stands_alone(text: &str) -> bool {
    fault(text).is_none()
}

/// Why a sentence can't stand alone.
pub(super) fn fault(text: &str) -> Option<&'static str> {
    let faults: [(bool, &str); 5] = [
        (!is_whole(text), "not a whole sentence of 7 to 50 words"),
        (is_furniture(text), "page furniture"),
        (points_outside(text), "points outside itself"),
        (has_own_voice(text), "in somebody's own voice"),
        (!is_attributed(text), "a quotation without its speaker"),
    ];
    faults.into_iter().find(|(holds, _)| *holds).map(|(_, why)| why)
}

fn is_whole(text: &str) -> bool {
    let count = words::words(text).len();
    let opens = text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '“');
    let closes = text.ends_with(['.', '!']) || [".”", "!”", ".’", ".)"].iter().any(|end| text.ends_with(end));
    WORDS.contains(&count)
        && opens
        && closes
        && is_balanced(text)
        && !text.contains(['?', '|', '•', '►', '…'])
        && !text.contains("...")
}

/// Every bracket and quotation mark has its partner; a closing single mark may be an apostrophe, an opening one
/// not.
fn is_balanced(text: &str) -> bool {
    let count = |wanted: char| text.chars().filter(|&c| c == wanted).count();
    let apostrophes = text.char_indices().filter(|&(at, c)| c == '’' && is_apostrophe(text, at)).count();
    let singles = count('’') - apostrophes;
    count('“') == count('”')
        && count('"') == 0
        && count('(') == count(')')
        && count('[') == count(']')
        && (singles == count('‘') || singles == 0 && count('‘') == 0)
        && !runs_together(text)
}

/// A mark with a letter on both sides, or after the s of a plural.
fn is_apostrophe(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + '’'.len_utf8()..].chars().next();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    letter(before) && letter(after) || before == Some('s') && after.is_some_and(|c| c == ' ' || c == ',')
}

/// Whether a caption or heading without a full stop was glued to the sentence: "… in south London The driver …".
fn runs_together(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let lost_space = chars.windows(4).any(|four| {
        let [a, b, stop, next] = four else { return false };
        a.is_lowercase()
            && b.is_lowercase()
            && matches!(stop, '.' | '!' | '?' | ',' | ';')
            && next.is_uppercase()
    });
    lost_space || text.contains(" .") || text.contains(" ,") || super::polish::glue(text).is_some()
}

fn is_furniture(text: &str) -> bool {
    let lower = text.to_lowercase();
    let shouted = text.split(' ').filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 2);
    let (loud, all) = shouted.fold((0, 0), |(loud, all), word| {
        (loud + usize::from(!word.chars().any(char::is_lowercase)), all + 1)
    });
    FURNITURE.iter().any(|piece| holds_whole(&lower, piece)) || loud * 3 > all
}

/// Whether `piece` stands in `text` with no letter before or after it.
fn holds_whole(text: &str, piece: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let edge = |c: Option<char>| letter(c) && piece.chars().next().is_some_and(char::is_alphabetic);
    text.match_indices(piece).any(|(at, _)| {
        let end = at + piece.len();
        let after = letter(text[end..].chars().next()) && letter(piece.chars().next_back());
        !edge(text[..at].chars().next_back()) && !after
    })
}

/// The text with everything between quotation marks blanked out, byte for byte.
pub(super) fn unquoted(text: &str) -> String {
    let mut inside = false;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        inside = match c {
            '“' => true,
            '”' => false,
            _ => inside,
        };
        if inside || c == '”' {
            (0..c.len_utf8()).for_each(|_| out.push(' '));
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether the sentence's first words, or a pronoun before any name, mean something outside it.
fn points_outside(text: &str) -> bool {
    let bare = unquoted(text);
    let tokens: Vec<Span> = words::words(&bare).iter().map(|word| word.span).collect();
    let lower = |at: usize| tokens.get(at).map(|span| span.of(&bare).to_lowercase()).unwrap_or_default();
    let first = lower(0);
    if !text.starts_with('“') {
        let pair = format!("{first} {}", lower(1));
        if POINTING.contains(&first.as_str())
            || POINTING_PAIRS.contains(&pair.as_str())
            || counts(&first, &lower(1))
        {
            return true;
        }
    }
    if tokens.iter().any(|&span| is_loose(span, &bare)) {
        return true;
    }
    let named = names::names(&bare).first().map_or(usize::MAX, |name| name.span.start);
    let somebody = [" a ", " an ", "A ", "An "]
        .iter()
        .filter_map(|article| bare.find(article))
        .min()
        .unwrap_or(usize::MAX);
    let pronouns = ["he", "she", "him", "her", "his", "hers", "they", "them", "their"];
    let pronoun = tokens.iter().find(|span| pronouns.contains(&span.of(&bare).to_lowercase().as_str()));
    pronoun.is_some_and(|span| {
        let several = span.of(&bare).to_lowercase().starts_with("th");
        if several { span.start < 12 } else { span.start < named.min(somebody) }
    })
}

/// Whether the sentence opens with somebody who says something.
pub(super) fn reports_speech(text: &str) -> bool {
    let bare = unquoted(text);
    let all = words::words(&bare);
    let first = all.iter().position(|word| SAYING.contains(&word.text.as_str()));
    first.is_some_and(|at| at * 2 < all.len())
}

/// "Three had broken bones": a count of somebody named before.
fn counts(first: &str, second: &str) -> bool {
    const COUNTS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "many",
        "some", "most", "all", "few",
    ];
    const VERBS: &[&str] =
        &["had", "have", "has", "were", "was", "are", "is", "others", "more", "remain", "remained"];
    COUNTS.contains(&first) && VERBS.contains(&second)
}

/// "it" or "them" with nothing before it in the sentence that it could mean.
fn is_loose(span: Span, bare: &str) -> bool {
    if !["it", "them", "this", "those"].contains(&span.of(bare)) {
        return false;
    }
    if ["this", "those"].contains(&span.of(bare)) {
        let next = bare[span.end..].trim_start();
        return next.starts_with([',', '.']) && span.start < 40;
    }
    let before = &bare[..span.start];
    let determined = words::words(before).iter().any(|word| {
        [
            "the", "a", "an", "its", "their", "his", "her", "some", "every", "each", "no", "that", "how",
            "whether", "what",
        ]
        .contains(&word.text.as_str())
    });
    let counted = before.chars().any(|c| c.is_ascii_digit());
    let plural =
        words::words(before).iter().skip(1).any(|word| word.text.len() > 4 && word.text.ends_with('s'));
    !determined && !counted && !plural && before.len() < 60
}

fn has_own_voice(text: &str) -> bool {
    let bare = unquoted(text);
    bare.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').any(|word| {
        let word = word.replace('’', "'");
        OWN_VOICE.contains(&word.as_str()) || OWN_VOICE.contains(&word.split('\'').next().unwrap_or(""))
    })
}

/// A quotation of five words or more needs a verb of saying and somebody named or titled outside it.
fn is_attributed(text: &str) -> bool {
    let longest = text.split('“').skip(1).filter_map(|rest| rest.split('”').next());
    let longest = longest.map(|quoted| words::words(quoted).len()).max().unwrap_or(0);
    if longest < 5 {
        return true;
    }
    let bare = unquoted(text);
    let outside: Vec<String> = words::words(&bare).iter().map(|w| w.span.of(&bare).to_lowercase()).collect();
    outside.len() >= 2 && outside.iter().any(|word| SAYING.contains(&word.as_str()))
}
