//! What time does to sentences: a state that later reports have overtaken, and years that need saying once.

use std::sync::LazyLock;

use jiff::civil::Date;
use language::{dates, words};
use regex::Regex;

use crate::article::Article;

use super::draft::{EditKind, Sentence, replay};

/// A state that was true while the report was written.
static PASSING: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?i)\b(?:is|are|was|were|has been|have been) (?:being|under way|underway|still|now|currently|trying|working|racing|searching|ongoing|unclear|unknown|expected|feared|believed to be)\b|\b(?:so far|remains? (?:trapped|missing|unknown|unclear|at large|in custody)|as of|at this stage|yet to|trying to|battling to|now|currently|ongoing|underway|under way)\b";
    Regex::new(pattern).expect("the pattern is fixed")
});

/// Whether later articles of the story may have overtaken the sentence: it tells a passing state, or it looks
/// ahead to a day that has come.
pub(super) fn is_overtaken(text: &str, article: &Article, newest: Option<Date>) -> bool {
    let (Some(own), Some(newest)) = (article.published.map(|stamp| stamp.day), newest) else {
        return false;
    };
    if own >= newest {
        return false;
    }
    let bare = super::fitness::unquoted(text);
    let ahead = ["will", "would", "due", "expected", "scheduled", "set"];
    let looks_ahead = words::words(&bare).iter().any(|word| ahead.contains(&word.text.as_str()));
    let come = || {
        let marks = dates::dates(&bare, Some(own));
        marks.iter().filter_map(|mark| mark.days).any(|(first, last)| first > own && last <= newest)
    };
    PASSING.is_match(&bare) || looks_ahead && come()
}

/// How many days an article may be dated behind the middle one of its story for its date to be believed.
const LATE: i32 = 30;

/// The day from which an article's relative days are told, given those on which all articles of its story were published.
///
/// Nothing for one that is dated long behind the middle one: that is rather the day on which it was fetched, and
/// "on Sunday night" would become a day on which nothing happened.
pub(super) fn anchor(article: &Article, days: &[Date]) -> Option<Date> {
    let own = article.published?.day;
    let mut days = days.to_vec();
    days.sort_unstable();
    let middle = *days.get(days.len().saturating_sub(1) / 2)?;
    (own.since(middle).ok()?.get_days() <= LATE).then_some(own)
}

/// Says the year of a written-out day once: later sentences leave the same year out.
pub(super) fn year_once(paragraphs: &mut [Vec<Sentence>], articles: &[Article]) {
    let mut said: Option<String> = None;
    for sentence in paragraphs.iter_mut().flatten() {
        let mut first = None;
        for edit in sentence.edits.iter_mut().filter(|edit| edit.kind == EditKind::Date) {
            let Some(year) = year(&edit.text) else { continue };
            if said.as_ref() == Some(&year) {
                edit.text = without_year(&edit.text, &year);
            } else if said.is_none() {
                first.get_or_insert(year);
            }
        }
        said = said.or(first);
        let base = sentence.passages.first().map(|passage| passage.text(articles));
        if let Some(text) = base.and_then(|base| replay(base, &sentence.edits)) {
            sentence.text = text;
        }
    }
}

/// The year of a day written as `March 10, 2026`.
fn year(text: &str) -> Option<String> {
    let (_, rest) = text.rsplit_once(", ")?;
    let year = rest.trim_end_matches(',');
    (year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())).then(|| year.to_owned())
}

/// The day without its year: `on March 10, 2026,` becomes `on March 10`.
pub(crate) fn without_year(text: &str, year: &str) -> String {
    text.replace(&format!(", {year},"), "").replace(&format!(", {year}"), "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stamp::Stamp;

    #[test]
    fn a_date_far_behind_the_rest_of_the_story_explains_no_day() {
        let check = |own: &str, others: &[&str], wanted: bool| {
            let article = Article { published: Stamp::parse(own), ..Article::bare("a") };
            let days: Vec<Date> = others.iter().filter_map(|day| Stamp::parse(day)).map(|s| s.day).collect();
            assert_eq!(anchor(&article, &days).is_some(), wanted, "{own} among {others:?}");
        };
        check("2026-11-27", &["2026-10-02", "2026-10-03", "2026-11-27"], false);
        check("2026-11-27", &["2026-10-02", "2026-11-27"], false);
        check("2026-10-30", &["2026-10-02", "2026-10-03", "2026-10-30"], true);
        check("2026-10-02", &["2026-10-02", "2026-11-27", "2026-11-27"], true);
        check("2026-11-27", &["2026-11-27"], true);
        check("", &["2026-11-27"], false);
    }
}
