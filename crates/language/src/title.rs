//! English headline capitals: every word but articles, conjunctions and prepositions starts large.

/// Articles, coordinating conjunctions and prepositions, which stay small inside a title. The prepositions
/// are those of the common reference managers, so that lists made by them and by us agree.
const SMALL: &[&str] = &[
    "a",
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "alongside",
    "amid",
    "amidst",
    "among",
    "amongst",
    "an",
    "and",
    "around",
    "as",
    "aside",
    "astride",
    "at",
    "atop",
    "barring",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "besides",
    "between",
    "beyond",
    "but",
    "by",
    "circa",
    "de",
    "despite",
    "down",
    "during",
    "except",
    "for",
    "from",
    "given",
    "in",
    "inside",
    "into",
    "lest",
    "like",
    "near",
    "next",
    "nor",
    "notwithstanding",
    "of",
    "off",
    "on",
    "onto",
    "or",
    "out",
    "over",
    "per",
    "plus",
    "pro",
    "sans",
    "since",
    "so",
    "than",
    "the",
    "through",
    "throughout",
    "thru",
    "till",
    "to",
    "toward",
    "towards",
    "under",
    "underneath",
    "until",
    "unto",
    "up",
    "upon",
    "v",
    "van",
    "versus",
    "via",
    "von",
    "vs",
    "with",
    "within",
    "without",
    "yet",
];

/// What the capitals are for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// A digest's own headline.
    Headline,
    /// Somebody else's headline in a reference: nothing is made small that the outlet wrote large.
    Entry,
}

/// One word of a title with its surroundings.
struct Word<'t> {
    text: &'t str,
    /// What stands between the word before and this one.
    before: &'t str,
    /// The first character after it.
    after: Option<char>,
    first: bool,
    last: bool,
}

/// English headline capitals for a digest's headline by the MLA Handbook's rules: names, acronyms and words
/// like `iPhone` stay as they are, both sides of a hyphen are large, the first and last word and the word
/// after a colon always. In a title that is already in capitals, small words are made small.
#[must_use]
pub fn title_case(title: &str) -> String {
    cased(title, Purpose::Headline)
}

/// The capitals of a title inside a reference. As in the common reference managers, the first word of the
/// first passage in straight single quotation marks keeps the outlet's own letter.
pub fn entry_case(title: &str) -> String {
    cased(title, Purpose::Entry)
}

fn cased(title: &str, purpose: Purpose) -> String {
    let words = words(title);
    let shrinks = purpose == Purpose::Headline && !is_sentence(title, &words);
    let mut quoted = purpose == Purpose::Headline;
    let mut out = String::with_capacity(title.len() + 8);
    let mut end = 0;
    for (start, word) in &words {
        out.push_str(word.before);
        let opens_quote = !quoted && word.before.ends_with('\'') && !word.before.starts_with('\'');
        quoted |= word.before.ends_with('\'') && (word.first || opens_quote);
        if opens_quote && !word.first || is_address(title, *start) {
            out.push_str(word.text);
        } else if is_small(word) {
            push_small(&mut out, word.text, shrinks);
        } else {
            push_large(&mut out, word);
        }
        end = start + word.text.len();
    }
    out.push_str(title.get(end..).unwrap_or_default());
    out
}

/// The words of a title with the byte each starts at. An apostrophe between letters is part of its word.
fn words(title: &str) -> Vec<(usize, Word<'_>)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut chars = title.char_indices().peekable();
    let mut start = None;
    while let Some((at, c)) = chars.next() {
        let next_is_letter = chars.peek().is_some_and(|&(_, next)| is_part(next));
        let inside = is_part(c) || (start.is_some() && matches!(c, '\'' | '’') && next_is_letter);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                spans.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    spans.extend(start.map(|from| (from, title.len())));
    let count = spans.len();
    let mut end = 0;
    spans
        .into_iter()
        .enumerate()
        .map(|(index, (from, to))| {
            let before = &title[end..from];
            end = to;
            let after = title[to..].chars().next();
            (
                from,
                Word { text: &title[from..to], before, after, first: index == 0, last: index + 1 == count },
            )
        })
        .collect()
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether a title is written like a sentence: a word that would be large in a headline starts small.
fn is_sentence(title: &str, words: &[(usize, Word<'_>)]) -> bool {
    words.iter().any(|(start, word)| {
        let starts_small = word.text.chars().next().is_some_and(char::is_lowercase);
        starts_small && !has_inner_capital(word.text) && !is_small(word) && !is_address(title, *start)
    })
}

/// Whether the word stays small where it stands.
fn is_small(word: &Word<'_>) -> bool {
    let in_compound = word.before.ends_with(is_hyphen) && word.before.chars().count() == 1;
    let opens_compound = word.after == Some('-') && !in_compound;
    let opens = word.before.contains([':', '?', '!']) || word.before.contains(". ");
    if word.first || word.last || opens || opens_compound {
        return false;
    }
    let mut letters = word.text.chars();
    let single_small =
        matches!((letters.next(), letters.next()), (Some(c), None) if c.is_lowercase() && c != 'i');
    let plain = !has_inner_capital(word.text);
    single_small || plain && SMALL.binary_search(&word.text.to_lowercase().as_str()).is_ok()
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn has_inner_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

/// Whether the word at `start` belongs to something that is written in one fixed way: a domain, an
/// abbreviation with inner points, a handle, a hashtag. Looks at a bounded stretch only.
fn is_address(title: &str, start: usize) -> bool {
    let (before, rest) = title.split_at(start);
    let lead = before.chars().next_back();
    let word_end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let mut after = rest[word_end..].chars();
    let dotted = after.next() == Some('.') && after.next().is_some_and(char::is_alphabetic);
    let mut back = before.chars().rev();
    let follows_dot = back.next() == Some('.') && back.next().is_some_and(char::is_alphabetic);
    matches!(lead, Some('@' | '#')) || dotted || follows_dot
}

fn push_small(out: &mut String, word: &str, shrinks: bool) {
    if shrinks {
        out.extend(word.chars().flat_map(char::to_lowercase));
    } else {
        out.push_str(word);
    }
}

fn push_large(out: &mut String, word: &Word<'_>) {
    let mut chars = word.text.chars();
    match chars.next() {
        // `iPhone` and its like keep their own spelling.
        Some(first) if !has_inner_capital(word.text) => {
            out.extend(first.to_uppercase());
            out.push_str(chars.as_str());
        }
        _ => out.push_str(word.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_small_words_is_sorted_for_searching() {
        assert!(SMALL.is_sorted());
    }

    #[test]
    fn headlines_get_the_capitals_of_the_handbook() {
        for (title, expected) in [
            ("ferry sinks off the coast of Norland", "Ferry Sinks off the Coast of Norland"),
            ("what the mayor asked for", "What the Mayor Asked For"),
            ("storm warning: a town waits", "Storm Warning: A Town Waits"),
            ("iPhone maker sues NATO and eBay", "iPhone Maker Sues NATO and eBay"),
            ("state-of-the-art well-known in-depth plan", "State-of-the-Art Well-Known In-Depth Plan"),
            ("Ministers Meet In The Hague After Vote", "Ministers Meet in the Hague after Vote"),
            ("ministers meet in The Hague", "Ministers Meet in The Hague"),
            ("‘no proof’ that it’s over", "‘No Proof’ That It’s Over"),
            ("3rd plane hits 1st tower at 5 p.m. today", "3rd Plane Hits 1st Tower at 5 p.m. Today"),
            (
                "sales at lantern.example rise as @quill leaves",
                "Sales at lantern.example Rise as @quill Leaves",
            ),
            ("what now? the town decides", "What Now? The Town Decides"),
            ("élan, and i", "Élan, and I"),
            ("", ""),
            ("…", "…"),
        ] {
            assert_eq!(title_case(title), expected);
        }
    }

    #[test]
    fn a_cited_title_keeps_what_the_outlet_wrote_large() {
        for (title, expected) in [
            ("What We Teach About Doors", "What We Teach About Doors"),
            ("Town 'kept waiting' by 'slow trains'", "Town 'kept Waiting' by 'Slow Trains'"),
            ("'lost at sea' and found", "'Lost at Sea' and Found"),
            ("flyquill plane (and pilot) lands", "Flyquill Plane (and Pilot) Lands"),
        ] {
            assert_eq!(entry_case(title), expected);
        }
    }
}
