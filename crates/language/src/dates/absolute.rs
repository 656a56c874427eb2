//! Dates for readers of another day: what to write in place of `on Tuesday` or `last month`.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::{DateKind, DateMark, calendar, written};
use crate::Span;
use crate::calendar::{WEEKDAYS, choice};
use crate::numerals::SMALL;

mod neighbours;

/// The year of a month or day without one is not certain more than so many days ahead.
const NEAR: i64 = 60;
/// Nor is it more than so many days back: the day to come would be nearer.
const FAR: i64 = 183;

/// In longer paragraphs nothing is certain of quotation marks.
const PARAGRAPH_LIMIT: usize = 20_000;

/// What to put in place of an expression that only the day of publication explains, so that the sentence
/// stays correct English; the span is what to replace, a preposition before the expression included.
/// Nothing where that is not certain, and nothing inside quotation marks.
#[must_use]
pub fn absolute(text: &str, mark: &DateMark, anchor: Date) -> Option<(Span, String)> {
    if !mark.relative || mark.span.end > text.len() || is_quoted(text, mark.span.start) {
        return None;
    }
    let days = mark.days?;
    let place = Place::new(text, mark.span)?;
    if place.words.starts_with("next") && days.1 < anchor {
        return None;
    }
    // A weekday alone is not said of the day six days back: it is to come, or came already where the news is from.
    let alone = place.words.split(' ').next().and_then(calendar::weekday).is_some();
    if alone && days.0 == calendar::shifted(anchor, -6)? {
        return None;
    }
    let yearless = calendar::month(place.words.trim_start_matches("last "))
        .is_some_and(|month| month == days.0.month())
        && calendar::weekday(&place.words).is_none();
    let long_past = !place.words.starts_with("last") && days.1 < calendar::shifted(anchor, -FAR)?;
    if yearless && (long_past || days.0 > calendar::shifted(anchor, NEAR)?) {
        return None;
    }
    let phrase = Phrase::read(&place, mark, days)?;
    place.set(&phrase)
}

/// A date in words, in the forms that the grammar round it may need.
struct Phrase {
    /// The preposition that an adverb takes: `on`, `in`.
    preposition: &'static str,
    /// What stands between the preposition and the date: `the night of`, `the week of`.
    frame: &'static str,
    /// The date.
    date: String,
    /// Whether prose sets a comma after the date.
    comma: bool,
    /// A word kept before the preposition: `earlier`, `later`.
    adverb: &'static str,
}

impl Phrase {
    fn read(place: &Place<'_>, mark: &DateMark, days: calendar::Days) -> Option<Self> {
        static DAY: LazyLock<Regex> = LazyLock::new(|| {
            let days = choice(&WEEKDAYS).to_lowercase();
            let few = choice(&SMALL[1..=10]);
            Regex::new(&format!(r"^(?:(?:last|this|next|this past|this coming|coming) )?(?:{days})(?: (?:morning|afternoon|evening|night))?$|^(?:today|yesterday|tomorrow)(?: (?:morning|afternoon|evening|night))?$|^(?:this|last) (?:morning|afternoon|evening|night)$|^tonight$|^(?:a|{few}|\d+) days? ago$"))
                .expect("the pattern is constant and valid")
        });
        static SPAN: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"^(?:(earlier|later) )?(?:this|last|next) (week|month|year)$")
                .expect("the pattern is constant and valid")
        });
        let words = place.words.as_str();
        if DAY.is_match(words) {
            return Some(Self::of_day(words, days.0));
        }
        if let Some(captures) = SPAN.captures(words) {
            let adverb = match captures.get(1).map(|way| way.as_str()) {
                Some("earlier") => "earlier",
                Some(_) => "later",
                None => "",
            };
            return Some(Self::of_span(captures.get(2)?.as_str(), days.0, adverb));
        }
        Self::of_calendar(words, mark, days)
    }

    fn of_day(words: &str, day: Date) -> Self {
        let frame = match words.rsplit(' ').next() {
            Some("morning") => "the morning of",
            Some("afternoon") => "the afternoon of",
            Some("evening") => "the evening of",
            Some("night" | "tonight") => "the night of",
            _ => "",
        };
        Self { preposition: "on", frame, date: written(day), comma: true, adverb: "" }
    }

    fn of_span(unit: &str, first: Date, adverb: &'static str) -> Self {
        let (frame, date, comma) = match unit {
            "week" => ("the week of", written(first), true),
            "month" => ("", format!("{} {}", calendar::month_name(first.month()), first.year()), false),
            _ => ("", first.year().to_string(), false),
        };
        Self { preposition: "in", frame, date, comma, adverb }
    }

    /// A day or month of the calendar that lacks its year.
    fn of_calendar(words: &str, mark: &DateMark, days: calendar::Days) -> Option<Self> {
        let month = calendar::month(words.trim_start_matches("last ").trim_start_matches("next "))?;
        if mark.kind != DateKind::Date || month != days.0.month() {
            return None;
        }
        if days.0 == days.1 {
            let named =
                words.starts_with(char::is_alphabetic) && words.contains(|c: char| c.is_ascii_digit());
            return named.then(|| Self {
                preposition: "on",
                frame: "",
                date: written(days.0),
                comma: true,
                adverb: "",
            });
        }
        let whole = days == calendar::month_days(calendar::months(days.0))?;
        let bare = words.split(' ').count() == 1 || words.starts_with("last ") || words.starts_with("next ");
        (whole && bare).then(|| Self::of_span("month", days.0, ""))
    }
}

/// An expression in its sentence.
struct Place<'t> {
    text: &'t str,
    span: Span,
    words: String,
    /// The word before, lower-cased, and where it starts.
    before: (String, usize),
    after: &'t str,
}

impl<'t> Place<'t> {
    fn new(text: &'t str, span: Span) -> Option<Self> {
        let head = text.get(..span.start)?;
        let after = text.get(span.end..)?;
        let trimmed = head.trim_end_matches(' ');
        let start = trimmed
            .rfind(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'')
            .map_or(0, |at| next(trimmed, at));
        let adjoining = head.len() - trimmed.len() == 1;
        let before = if adjoining { trimmed[start..].to_lowercase() } else { String::new() };
        let glued = adjoining || trimmed.is_empty() || head.ends_with(['\n', '(', '“', '"', '—', '–']);
        glued.then(|| Self {
            text,
            span,
            words: span.of(text).to_lowercase(),
            before: (before, start),
            after,
        })
    }

    fn set(&self, phrase: &Phrase) -> Option<(Span, String)> {
        if let Some(rest) = self.after.strip_prefix("'s").or_else(|| self.after.strip_prefix("’s")) {
            return self.possessive(phrase, rest);
        }
        if self.after.starts_with(['-', '–', '/', '\'', '’']) || self.is_paired() {
            return None;
        }
        const KEEP: &[&str] = &[
            "since", "until", "till", "by", "from", "before", "after", "through", "during", "to", "for",
            "of", "between",
        ];
        let before = self.before.0.as_str();
        let is_calendar = self.words.contains(|c: char| c.is_ascii_digit()) && !self.words.ends_with("ago");
        let month = calendar::month(&self.words).is_some() && self.words.split(' ').count() == 1;
        if is_calendar || month {
            // The date keeps its place and only gains its year.
            if self.after.starts_with(" of ") {
                return None;
            }
            let fits = is_calendar || KEEP.contains(&before) || before == "in";
            return fits.then(|| self.whole(self.span.start, &phrase.date, phrase.comma));
        }
        if before == phrase.preposition {
            let text = join(&["", phrase.adverb, phrase.preposition, phrase.frame, &phrase.date]);
            return Some(self.whole(self.before.1, &text, phrase.comma));
        }
        if KEEP.contains(&before) {
            let unframed = phrase.adverb.is_empty() && !self.words.ends_with("ago");
            return unframed.then(|| {
                self.whole(self.span.start, &join(&["", "", "", phrase.frame, &phrase.date]), phrase.comma)
            });
        }
        if !self.is_adverb() {
            return None;
        }
        let text = join(&["", phrase.adverb, phrase.preposition, phrase.frame, &phrase.date]);
        Some(self.whole(self.span.start, &text, phrase.comma))
    }

    /// `Tuesday's vote` becomes `the March 10, 2026, vote`.
    fn possessive(&self, phrase: &Phrase, rest: &str) -> Option<(Span, String)> {
        let noun = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
        let plain = phrase.frame.is_empty()
            && phrase.adverb.is_empty()
            && !matches!(self.words.as_str(), "today" | "this year" | "this month");
        let determined = matches!(
            self.before.0.as_str(),
            "the" | "a" | "an" | "this" | "that" | "every" | "each" | "and" | "or" | "early" | "late"
        );
        if !noun || !plain || determined || self.is_paired() {
            return None;
        }
        let comma = if phrase.comma { "," } else { "" };
        let mut text = format!("the {}{comma}", phrase.date);
        if self.opens_sentence(self.span.start) {
            text = capital(&text);
        }
        let end = self.text.len() - rest.len();
        Some((Span::new(self.span.start, end), text))
    }

    /// Whether the expression stands as an adverb, so that `on` may be set before it.
    fn is_adverb(&self) -> bool {
        if neighbours::BARRED.contains(&self.before.0.as_str())
            || self.before.0.ends_with("'s")
            || self.before.0.ends_with("’s")
        {
            return false;
        }
        let Some(rest) = self.after.strip_prefix(' ') else { return true };
        let word: String = rest.chars().take(24).take_while(|c| c.is_alphanumeric()).collect();
        let opens = self.opens_sentence(self.span.start);
        // "Tuesday was dry": the day is the subject.
        const VERBS: [&str; 14] = [
            "is", "was", "will", "has", "had", "would", "brought", "saw", "marks", "marked", "came", "comes",
            "began", "could",
        ];
        if opens && VERBS.contains(&word.as_str()) {
            return false;
        }
        word.is_empty()
            || word.starts_with(char::is_uppercase)
                && !word.chars().all(char::is_numeric)
                && (opens || self.says())
            || neighbours::FOLLOWERS.contains(&word.as_str())
            || (!self.words.ends_with("day") && word.ends_with("ing"))
    }

    /// Whether the word before is a verb of saying, whose clause may begin with a name.
    fn says(&self) -> bool {
        matches!(self.before.0.as_str(), "said" | "announced" | "confirmed" | "ruled" | "added" | "told")
    }

    /// Whether another time is joined to this one (`Monday and Tuesday`).
    fn is_paired(&self) -> bool {
        static JOINED: LazyLock<Regex> = LazyLock::new(|| {
            let days = choice(&WEEKDAYS);
            Regex::new(&format!(r"^,? (?:and|or|to|through|until) (?:early |late |on )?(?:{days})|^,? (?:and|or) (?:next|last|today|tomorrow|tonight|this)\b"))
                .expect("the pattern is constant and valid")
        });
        JOINED.is_match(self.after) || matches!(self.before.0.as_str(), "and" | "or")
    }

    fn opens_sentence(&self, start: usize) -> bool {
        let head = self.text[..start].trim_end_matches([' ', '“', '"', '(']);
        let last = head.rsplit([' ', '\n']).next().unwrap_or_default();
        // "7 p.m. Tuesday": a stop that belongs to an abbreviation ends nothing.
        let abbreviated = last.strip_suffix('.').is_some_and(|bare| bare.contains('.'));
        head.is_empty() || (!abbreviated && head.ends_with(['\n', '.', '!', '?', '”', '"', ']']))
    }

    /// The replacement with its capital and its comma.
    fn whole(&self, start: usize, text: &str, comma: bool) -> (Span, String) {
        let upper = self.opens_sentence(start) && self.text[start..].starts_with(char::is_uppercase);
        let mut text = if upper { capital(text) } else { text.to_owned() };
        let goes_on = self.after.strip_prefix(' ').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '"' | '$' | '‘'))
        });
        if comma && goes_on {
            text.push(',');
        }
        (Span::new(start, self.span.end), text)
    }
}

fn next(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

fn join(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Whether a place stands inside the double quotation marks of its paragraph.
fn is_quoted(text: &str, at: usize) -> bool {
    let Some(head) = text.get(..at) else { return true };
    let paragraph = &head[head.rfind('\n').map_or(0, |line| line + 1)..];
    if paragraph.len() > PARAGRAPH_LIMIT {
        return true;
    }
    paragraph.chars().fold(false, |inside, c| match c {
        '“' => true,
        '”' => false,
        '"' => !inside,
        _ => inside,
    })
}
