//! A stretch of text around the first words found, those words between U+0002 and U+0003.

use language::words::stem;

use crate::query::is_part;

/// About how many characters an excerpt has.
const LENGTH: usize = 240;

/// How many of them stand before the first word found.
const BEFORE: usize = 60;

/// Cuts the excerpt; the beginning of the text where none of the words is in it.
pub(crate) fn cut(text: &str, words: &[String]) -> String {
    let wanted: Vec<(String, String)> = words.iter().map(|word| (word.clone(), stem(word, "en"))).collect();
    let first =
        spans(text).find(|&(start, end)| is_found(&text[start..end], &wanted)).map_or(0, |(start, _)| start);
    let start = begin(text, first);
    let end = start + text[start..].char_indices().nth(LENGTH).map_or(text.len() - start, |(at, _)| at);
    let end = if end < text.len() { last_gap(text, start, end) } else { end };
    let window = &text[start..end];
    let mut excerpt = String::with_capacity(window.len() + 16);
    if start > 0 {
        excerpt.push('…');
    }
    let mut copied = 0;
    for (from, to) in spans(window).filter(|&(from, to)| is_found(&window[from..to], &wanted)) {
        push(&mut excerpt, &window[copied..from]);
        excerpt.push('\u{2}');
        excerpt.push_str(&window[from..to]);
        excerpt.push('\u{3}');
        copied = to;
    }
    push(&mut excerpt, &window[copied..]);
    if end < text.len() {
        excerpt.push('…');
    }
    excerpt.trim().to_owned()
}

/// Adds text with its white space made single, and without what could be taken for a mark.
fn push(excerpt: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            if !excerpt.ends_with(' ') {
                excerpt.push(' ');
            }
        } else {
            excerpt.push(c);
        }
    }
}

/// Where an excerpt begins whose first word found is at `first`: after a gap between words.
fn begin(text: &str, first: usize) -> usize {
    let Some((earliest, _)) = text[..first].char_indices().rev().take(BEFORE).last() else { return first };
    if earliest == 0 {
        return 0;
    }
    text[earliest..first].find(char::is_whitespace).map_or(first, |gap| {
        let gap = earliest + gap;
        gap + text[gap..].chars().next().map_or(0, char::len_utf8)
    })
}

fn last_gap(text: &str, start: usize, end: usize) -> usize {
    text[start..end].rfind(char::is_whitespace).map_or(end, |gap| start + gap)
}

/// The words of a text.
fn spans(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(is_part)?;
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
        from = end;
        Some((start, end))
    })
}

/// Whether a word is one of those wanted, in any of its forms. Only words that begin alike are stemmed.
fn is_found(word: &str, wanted: &[(String, String)]) -> bool {
    wanted.iter().any(|(whole, stemmed)| {
        let head = stemmed.chars().take(3);
        let alike = word.chars().flat_map(char::to_lowercase).zip(head.clone()).all(|(a, b)| a == b);
        alike && word.chars().count() >= head.count() && {
            let lower = word.to_lowercase();
            lower == *whole || stem(&lower, "en") == *stemmed
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, words: &[&str]) -> String {
        cut(text, &words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn words_found_are_marked_in_every_form() {
        assert_eq!(
            of("The dams held. A Dam, two.", &["dam"]),
            "The \u{2}dams\u{3} held. A \u{2}Dam\u{3}, two."
        );
        assert_eq!(of("Nothing here.", &["dam"]), "Nothing here.");
        assert_eq!(of("", &["dam"]), "");
    }

    #[test]
    fn a_long_text_is_cut_between_words_and_marks_of_its_own_are_gone() {
        let text = format!("{} \u{2}dam\u{3} {}", "wörd ".repeat(100), "äfter ".repeat(100));
        let excerpt = of(&text, &["dam"]);
        assert!(excerpt.starts_with("…wörd") && excerpt.ends_with("äfter…"), "{excerpt}");
        assert_eq!(excerpt.matches('\u{2}').count(), 1, "{excerpt}");
        assert!(excerpt.chars().count() < LENGTH + 10);
    }
}
