//! Days that can't be: told as past by an article that came before them, or without any date to count from.

use std::sync::LazyLock;

use jiff::civil::Date;
use language::dates::{DateMark, dates, written};
use language::words::words;
use regex::Regex;

use super::finding::{Code, Finding};
use super::quotes;

/// Words before a date that make it the end or the beginning of something still to come.
const BEFORE: [&str; 17] = [
    "until",
    "till",
    "by",
    "before",
    "from",
    "for",
    "after",
    "to",
    "through",
    "since",
    "starting",
    "beginning",
    "due",
    "next",
    "coming",
    "than",
    "between",
];
/// Words that make the whole sentence look ahead.
const AHEAD: [&str; 48] = [
    "will",
    "would",
    "shall",
    "should",
    "could",
    "may",
    "might",
    "can",
    "must",
    "won't",
    "we'll",
    "they'll",
    "it'll",
    "plan",
    "plans",
    "planned",
    "planning",
    "expect",
    "expects",
    "expected",
    "schedule",
    "scheduled",
    "due",
    "set",
    "intend",
    "intends",
    "intended",
    "hope",
    "hopes",
    "hoped",
    "aim",
    "aims",
    "propose",
    "proposed",
    "forecast",
    "upcoming",
    "forthcoming",
    "next",
    "ahead",
    "deadline",
    "promise",
    "promised",
    "until",
    "pending",
    "looming",
    "future",
    "tomorrow",
    "want",
];
/// Words that carry the day of the sentence before on.
const ONWARD: [&str; 6] = ["also", "moreover", "then", "afterwards", "later", "furthermore"];

static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|tonight)\b")
        .expect("the pattern is constant and valid")
});
static MONTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)")
        .expect("the pattern is constant and valid")
});
/// What a weekday that has its date stands next to.
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?: (?:morning|afternoon|evening|night))?,? (?:the )?(?:\d{1,2}\b|\(?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.? \d)")
        .expect("the pattern is constant and valid")
});

/// A day after `published` that the sentence tells as past.
pub(super) fn impossible(text: &str, published: Date) -> Option<Finding> {
    let lower = words(text);
    if lower.iter().any(|word| AHEAD.contains(&word.text.as_str())) {
        return None;
    }
    let marks = dates(text, Some(published));
    let mark = marks.iter().find(|mark| {
        let later = mark.days.is_some_and(|(first, _)| first > published);
        let place = lower.partition_point(|word| word.span.end <= mark.span.start);
        let before = &lower[place.saturating_sub(2)..place];
        later && is_printed(text, mark) && !before.iter().any(|word| BEFORE.contains(&word.text.as_str()))
    })?;
    let note = format!(
        "the sentence tells of {} as past, but the article was published on {}",
        mark.span.of(text),
        written(published)
    );
    Some(Finding::new(Code::DateImpossible, note))
}

/// The one day that a sentence tells of, as its source, published on `published`, makes it out.
pub(super) fn told(text: &str, published: Date) -> Option<Date> {
    let marks = dates(text, Some(published));
    let mut days = marks.iter().filter_map(day);
    let first = days.next()?;
    days.all(|day| day == first).then_some(first).filter(|day| *day <= published)
}

/// The day of a mark that means one day.
fn day(mark: &DateMark) -> Option<Date> {
    let (first, last) = mark.days?;
    (first == last).then_some(first)
}

/// A sentence that goes on from a day told in the sentence before, while what it cites came before that day.
pub(super) fn continued(text: &str, published: Date, before: Date) -> Option<Finding> {
    let goes_on = words(text).iter().any(|word| ONWARD.contains(&word.text.as_str()));
    if !goes_on || published >= before || DAY.is_match(text) {
        return None;
    }
    let note = format!(
        "the sentence goes on from {}, the day of the sentence before it, but what it cites was published on {}",
        written(before),
        written(published)
    );
    Some(Finding::new(Code::DateImpossible, note))
}

/// Whether a sentence prints a whole day that later weekdays can be counted from.
pub(super) fn is_dated(text: &str) -> bool {
    let anchor = Date::constant(2000, 1, 1);
    dates(text, Some(anchor)).iter().any(|mark| day(mark).is_some() && is_printed(text, mark))
}

/// Whether a mark names a calendar day or month itself (`20 March`, with the year or without), instead of
/// counting from the day of publication.
fn is_printed(text: &str, mark: &DateMark) -> bool {
    let words = mark.span.of(text);
    !mark.relative || words.contains(|c: char| c.is_ascii_digit()) && MONTH.is_match(words)
}

/// Days of a sentence that mean nothing without the day of publication. What is quoted speaks for itself.
pub(super) fn undated(text: &str) -> Option<Finding> {
    let mut found: Vec<&str> = Vec::new();
    let mut quoted = quotes::openness(text);
    for day in DAY.find_iter(text) {
        if !quoted(day.start()) && !DATED.is_match(&text[day.end()..]) {
            found.push(day.as_str());
        }
    }
    found.dedup();
    let named = found.join(", ");
    (!named.is_empty())
        .then(|| Finding::new(Code::DayUndated, format!("{named}: the text gives no date to count from")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_after_the_source_was_published_cannot_be_past() {
        let published = Date::constant(2026, 3, 13);
        for (text, expected) in [
            ("The first sailing left full on the morning of 20 March.", true),
            ("The ferry sank on 20 March 2026.", true),
            ("The ferry will sail on 20 March.", false),
            ("The service is suspended until 20 March.", false),
            ("The first sailing is planned for 20 March.", false),
            ("The ferry sank on 10 March.", false),
            ("The ferry sank on Tuesday.", false),
            ("The ferry sank in 1991.", false),
        ] {
            assert_eq!(impossible(text, published).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn weekdays_need_a_date() {
        for (text, expected) in [
            ("The mayor spoke on Friday.", true),
            ("The mayor spoke on Friday and Monday.", true),
            ("The mayor spoke on Tuesday 10 March.", false),
            ("The mayor spoke on Tuesday, March 10.", false),
            ("“Today is for thanks,” she said.", false),
            ("The mayor spoke.", false),
        ] {
            assert_eq!(undated(text).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_goes_on_from_the_day_before_it() {
        let told = told("The mayor spoke on Friday.", Date::constant(2026, 3, 13));
        assert_eq!(told, Some(Date::constant(2026, 3, 13)));
        let day = Date::constant(2026, 3, 13);
        for (text, published, expected) in [
            ("She also thanked the crew.", Date::constant(2026, 3, 9), true),
            ("She also thanked the crew.", day, false),
            ("She thanked the crew.", Date::constant(2026, 3, 9), false),
        ] {
            assert_eq!(continued(text, published, day).is_some(), expected, "{text}");
        }
    }
}
