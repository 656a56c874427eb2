//! A sentence of an article made fit to stand outside it: the edits, nothing phrased anew.

use std::sync::LazyLock;

use jiff::civil::Date;
use language::dates::{self, DateKind};
use language::{Span, calendar, names, words};
use regex::Regex;

use crate::article::{Article, PASSAGE_LIMIT, Passage};

use super::draft::{Edit, EditKind, Sentence};
use super::lexicon::CONNECTIVES;

static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^(?:[A-Z][A-Z .,'’/-]{2,40}|[A-Z][\w .’'-]{2,25})(?:, [A-Z][\w.]{1,12}(?: [A-Z][\w.]{1,12})?)?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?:, \d{4})?(?: \([^)]{2,40}\))? ?(?:[–—]|--| - ) ?";
    Regex::new(pattern).expect("the pattern is fixed")
});
/// A dateline behind glued furniture.
static INNER_DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r" [A-Z]{4,}(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?: \([^)]{2,40}\))? ?(?:[–—]|--| - ) ?";
    Regex::new(pattern).expect("the pattern is fixed")
});
/// Words in capitals that label what follows: the heading of another item, a player's button.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    let pattern =
        r"^(?:(?:CLOSE|WATCH|VIDEO|LIVE|BREAKING|UPDATE|Photos:|Video:) |(?:[A-Z]{2,}[’'A-Z]* ){3,})";
    Regex::new(pattern).expect("the pattern is fixed")
});
/// A photo credit in brackets before the sentence.
static CREDIT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\([^)]{2,80}\) ").expect("the pattern is fixed"));
/// A capital article in the middle of a sentence, where a caption or heading ran into it.
static GLUE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"[\p{Ll}\p{Nd}\p{Lu})] ((?:A|An) \p{L}|(?:The|At least|In|He|She|It|They|This|Some|Dozens|Hundreds|After|When|As) \p{Ll})";
    Regex::new(pattern).expect("the pattern is fixed")
});
static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r" ?[\(\[](?:[a-z][^)\]]*|[^)\]]*\b(?:pictured|photo|above|below|left|right)\b[^)\]]*)[\)\]]")
        .expect("the pattern is fixed")
});

/// The sentence at `span` of an article, edited to stand alone; `before` is the sentence before it in the same
/// paragraph, taken into the passage only when a pronoun needs its name. Relative days are told from `anchor`. Nothing where
/// it can't be mended.
pub(super) fn polish(
    article: &Article,
    index: usize,
    span: Span,
    before: Option<Span>,
    anchor: Option<Date>,
) -> Option<Sentence> {
    let own = span.of(&article.text);
    let mut edits = Vec::new();
    let mut start = span.start;
    let head = opening(own, &mut edits);
    if let Some((pronoun, name, from)) = before.and_then(|before| antecedent(article, before, span, head)) {
        let by = span.start - from;
        edits.iter_mut().for_each(|edit| edit.span = edit.span.shifted(by));
        edits.insert(0, Edit { kind: EditKind::Drop, span: Span::new(0, by), text: String::new() });
        edits.push(Edit { kind: EditKind::Name, span: pronoun.shifted(by), text: name });
        start = from;
    } else if let Some(first) = own[head..].chars().next().filter(|c| head > 0 && c.is_lowercase()) {
        let place = Span::new(head, head + first.len_utf8());
        edits.push(Edit { kind: EditKind::Case, span: place, text: first.to_uppercase().to_string() });
    }
    let base = Passage { article: index, span: Span::new(start, span.end) };
    let text = base.span.of(&article.text);
    if text.chars().count() > PASSAGE_LIMIT {
        return None;
    }
    let from = span.start - start;
    asides(text, from, &mut edits);
    days(anchor, text, from, &mut edits)?;
    quotation_marks(text, from, &mut edits);
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    Sentence::edited(std::slice::from_ref(article), Passage { article: 0, span: base.span }, edits)
        .map(|sentence| Sentence { passages: vec![base], ..sentence })
}

/// Drops what ran into the sentence from before it, a dateline and an opening connective; returns where the
/// sentence proper begins.
fn opening(text: &str, edits: &mut Vec<Edit>) -> usize {
    let mut head = CREDIT.find(text).map_or(0, |found| found.end());
    head += LABEL.find(&text[head..]).map_or(0, |found| found.end());
    head += glued(&text[head..]);
    let dateline = DATELINE.find(&text[head..]).filter(|found| is_dateline(found.as_str()));
    head += dateline.map_or(0, |found| found.end());
    for connective in CONNECTIVES {
        let Some(rest) = text[head..].strip_prefix(connective) else { continue };
        let gap = rest.len() - rest.trim_start_matches([',', ' ']).len();
        if gap > 0 {
            head += connective.len() + gap;
            break;
        }
    }
    if head > 0 {
        edits.push(Edit { kind: EditKind::Drop, span: Span::new(0, head), text: String::new() });
    }
    head
}

/// Where the sentence begins that furniture ran into; 0 where none did, or where too little is left.
fn glued(text: &str) -> usize {
    let dateline = INNER_DATELINE.find(text).map(|found| found.end()).filter(|&end| end < 260);
    let mut begins = dateline.unwrap_or(0);
    while let Some(at) = glue(&text[begins..]) {
        begins += at;
    }
    let left = text[begins..].split(' ').count();
    if left < 8 || is_quoted(text, begins) { 0 } else { begins }
}

/// Where a capital word in the middle of a text shows that another sentence begins there.
pub(super) fn glue(text: &str) -> Option<usize> {
    GLUE.captures_iter(text).find_map(|found| {
        let at = found.get(1).map(|word| word.start())?;
        let before = text[..at].trim_end().rsplit(' ').next().unwrap_or("").to_lowercase();
        let joins = [
            "of", "the", "to", "in", "and", "for", "or", "a", "class", "vitamin", "grade", "plan", "group",
            "by", "from", "with", "on", "at", "called", "titled", "told",
        ];
        (!joins.contains(&before.as_str()) && !is_quoted(text, at)).then_some(at)
    })
}

/// A dateline is a place in capitals, or it carries an agency in brackets.
fn is_dateline(head: &str) -> bool {
    let place = head.split([',', '(', '–', '—', '-']).next().unwrap_or(head);
    head.contains('(') || place.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

/// Where a sentence opens with "He" or "She" and the one before opens with the one person it names: the
/// pronoun's span, the name, and where the passage must begin.
fn antecedent(article: &Article, before: Span, span: Span, head: usize) -> Option<(Span, String, usize)> {
    let own = &span.of(&article.text)[head..];
    let pronoun = ["He ", "She ", "he ", "she "].iter().find(|word| own.starts_with(**word))?.trim_end();
    let text = before.of(&article.text);
    if text.contains(['“', '"']) {
        return None;
    }
    let found = names::names(text);
    let first = found.first()?;
    let opens = first.title.map_or(first.span.start, |title| title.start.min(first.span.start)) == 0;
    let name = first.span.of(text);
    let person = name.split(' ').count() >= 2 || first.title.is_some();
    let rivals = found[1..].iter().filter(|other| {
        let other_text = other.span.of(text);
        let ahead = text[..other.span.start].trim_end().rsplit(' ').next().unwrap_or("").to_lowercase();
        let placed = ["in", "at", "of", "from", "on", "near", "the", "to", "for"].contains(&ahead.as_str());
        other_text.split(' ').count() >= 2 && !placed && other_text != name
    });
    if !opens || !person || rivals.count() > 0 {
        return None;
    }
    Some((Span::new(head, head + pronoun.len()), name.to_owned(), before.start))
}

/// Drops asides in brackets that only the page could explain.
fn asides(text: &str, from: usize, edits: &mut Vec<Edit>) {
    for found in ASIDE.find_iter(&text[from..]) {
        let span = Span::new(from + found.start(), from + found.end());
        // Figures in brackets are facts, not pointers.
        let figures = found.as_str().chars().any(|c| c.is_ascii_digit());
        if !figures && !is_quoted(text, span.start) && edits.iter().all(|edit| !edit.span.overlaps(span)) {
            edits.push(Edit { kind: EditKind::Drop, span, text: String::new() });
        }
    }
}

/// Writes relative days out. Nothing where one outside quotation marks can't be.
fn days(anchor: Option<Date>, text: &str, from: usize, edits: &mut Vec<Edit>) -> Option<()> {
    let own = &text[from..];
    for mark in dates::dates(own, anchor) {
        if !mark.relative || is_quoted(own, mark.span.start) {
            continue;
        }
        let said = mark.span.of(own);
        if !matches!(mark.kind, DateKind::Date | DateKind::Time) || mark.value.ends_with("_REF") {
            // "Today" in the sense of these days can't be told from the day itself with certainty.
            if ["today", "tonight", "tomorrow", "yesterday"].contains(&said.to_lowercase().as_str()) {
                return None;
            }
            continue;
        }
        if is_plain(said, mark.kind) {
            continue;
        }
        if is_doubtful(&own[..mark.span.start], mark.days, anchor?) {
            return None;
        }
        let (span, written) = dates::absolute(own, &mark, anchor?)?;
        let span = span.shifted(from);
        if edits.iter().any(|edit| edit.span.overlaps(span)) {
            return None;
        }
        let opens =
            edits.iter().map(|edit| edit.span.end).max().unwrap_or(from) == span.start || span.start == from;
        let text = if opens { capitalised(&written) } else { written };
        edits.push(Edit { kind: EditKind::Date, span, text });
    }
    Some(())
}

/// Whether a day was taken as past although the words before it look ahead: the word nearest to the day decides
/// ("said it would open on Thursday" looks ahead, "would open, it said on Thursday" doesn't).
fn is_doubtful(before: &str, days: Option<(Date, Date)>, anchor: Date) -> bool {
    const AHEAD: &[&str] = &[
        "will",
        "would",
        "until",
        "due",
        "expected",
        "expects",
        "scheduled",
        "set",
        "plans",
        "planned",
        "planning",
        "next",
        "by",
        "before",
        "shall",
        "should",
        "could",
        "may",
        "might",
        "ahead",
    ];
    const SAID: &[&str] =
        &["said", "says", "told", "announced", "was", "were", "had", "began", "came", "went", "did", "made"];
    if days.is_none_or(|(_, last)| last > anchor) {
        return false;
    }
    let mut looks_ahead = false;
    for word in words::words(before) {
        let past = SAID.contains(&word.text.as_str()) || word.text.len() > 4 && word.text.ends_with("ed");
        looks_ahead = (looks_ahead && !past) || AHEAD.contains(&word.text.as_str());
    }
    looks_ahead
}

/// Whether a date that hangs on the day of publication may stay as it is: a month by its name, a clock time.
fn is_plain(said: &str, kind: DateKind) -> bool {
    let lower = said.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let month = words.any(|word| calendar::month(word).is_some());
    let days =
        ["day", "morning", "night", "evening", "afternoon", "tonight", "week", "yesterday", "tomorrow"];
    month || kind == DateKind::Time && !days.iter().any(|day| lower.contains(day))
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Turns straight quotation marks and apostrophes into typographic ones.
pub(super) fn quotation_marks(text: &str, from: usize, edits: &mut Vec<Edit>) {
    let mut open = false;
    let mut before = ' ';
    let free = edits.clone();
    for (at, c) in text.char_indices().skip_while(|&(at, _)| at < from) {
        let curly = match c {
            '"' => {
                open = !open;
                Some(if open { "“" } else { "”" })
            }
            '\'' if before.is_alphanumeric() => Some("’"),
            '\'' if before.is_whitespace() || before == '“' || before == '"' => Some("‘"),
            '\'' => Some("’"),
            _ => None,
        };
        let span = Span::new(at, at + c.len_utf8());
        if let Some(curly) = curly
            && free.iter().all(|edit| !edit.span.overlaps(span))
        {
            edits.push(Edit { kind: EditKind::Punctuation, span, text: curly.to_owned() });
        }
        before = c;
    }
}

/// Whether byte `at` stands inside double quotation marks.
pub(super) fn is_quoted(text: &str, at: usize) -> bool {
    text[..at].chars().fold(false, |inside, c| match c {
        '“' => true,
        '”' => false,
        '"' => !inside,
        _ => inside,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Role;
    use crate::stamp::Stamp;

    /// The sentence as it would be printed from an article of Wednesday, 11 March 2026; empty where it can't be.
    fn polished(paragraph: &str, from: usize) -> String {
        told_from(Stamp::parse("2026-03-11T09:00:00+00:00"), paragraph, from)
    }

    /// The same, its relative days told from that day.
    fn told_from(day: Option<Stamp>, paragraph: &str, from: usize) -> String {
        let (text, blocks) = Article::compose("A headline", [(Role::Paragraph, paragraph)]);
        let article = Article { text, blocks, outlet: "The Post".into(), ..Article::bare("a") };
        let start = article.blocks[1].span.start;
        let span = Span::new(start + from, start + paragraph.len());
        let before = (from > 0).then(|| Span::new(start, start + paragraph[..from].trim_end().len()));
        let anchor = day.map(|stamp| stamp.day);
        polish(&article, 0, span, before, anchor).map(|sentence| sentence.text).unwrap_or_default()
    }

    #[test]
    fn a_day_that_nothing_explains_is_not_printed() {
        assert_eq!(told_from(None, "The ferry ran aground on Tuesday.", 0), "");
        let dated = "The ferry ran aground on March 10, 2026.";
        assert_eq!(told_from(None, dated, 0), dated);
    }

    #[test]
    fn what_only_the_page_explains_is_mended() {
        for (text, wanted) in [
            ("PORT ELM, March 11 (Meridian Wire) — A ferry ran aground.", "A ferry ran aground."),
            ("PORT ELM, Sel. — A ferry ran aground.", "A ferry ran aground."),
            ("PORT ELM, West Bank — A ferry ran aground.", "A ferry ran aground."),
            ("The port is busier today than ever.", ""),
            ("But the ferry ran aground.", "The ferry ran aground."),
            ("However, nobody was hurt.", "Nobody was hurt."),
            ("The mayor (pictured above) said \"no\".", "The mayor said “no”."),
            ("The bridge (412 metres) is closed.", "The bridge (412 metres) is closed."),
            ("The ferry ran aground on Tuesday.", "The ferry ran aground on March 10, 2026."),
            ("“We sail on Tuesday,” the captain said.", "“We sail on Tuesday,” the captain said."),
            ("It would open an inquiry on Thursday.", "It would open an inquiry on March 12, 2026."),
            (
                "A view of the pier at noon The ferry ran aground and nobody on it was hurt.",
                "The ferry ran aground and nobody on it was hurt.",
            ),
        ] {
            assert_eq!(polished(text, 0), wanted, "{text}");
        }
    }

    #[test]
    fn a_pronoun_becomes_the_one_person_named_before() {
        let one = "Ada Quill opened the inquiry in Port Elm. ";
        assert_eq!(
            polished(&format!("{one}She asked for the charts."), one.len()),
            "Ada Quill asked for the charts."
        );
        let two = "Ada Quill met Tomas Wehrle. ";
        assert_eq!(
            polished(&format!("{two}She asked for the charts."), two.len()),
            "She asked for the charts."
        );
    }

    #[test]
    fn a_day_that_may_be_either_is_not_written_out() {
        let anchor = jiff::civil::date(2026, 3, 11);
        let past = Some((jiff::civil::date(2026, 3, 5), jiff::civil::date(2026, 3, 5)));
        assert!(is_doubtful("The board plans a hearing on ", past, anchor));
        assert!(!is_doubtful("The board will sit, the clerk said on ", past, anchor));
        assert!(!is_doubtful("The board sat on ", past, anchor));
    }
}
