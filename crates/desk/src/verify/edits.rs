//! Is an edit what it says it is?

use language::{dates, words};

use crate::article::Article;
use crate::write::draft::{Edit, EditKind};
use crate::write::time;

/// Words whose loss turns a sentence round or makes it surer than its source.
const KEPT: &[&str] = &[
    "not",
    "no",
    "never",
    "none",
    "nobody",
    "nothing",
    "neither",
    "nor",
    "without",
    "may",
    "might",
    "could",
    "allegedly",
    "reportedly",
    "apparently",
    "likely",
    "possibly",
    "perhaps",
    "probably",
    "suspected",
    "believed",
    "thought",
    "unconfirmed",
    "preliminary",
    "if",
    "unless",
    "except",
    "only",
    "almost",
    "nearly",
    "about",
    "around",
    "denied",
    "denies",
    "claimed",
    "claims",
    "alleged",
    "said",
    "says",
];

/// What is wrong with an edit of `source`, a passage of `article`; nothing where it is sound.
pub(super) fn fault(edit: &Edit, source: &str, article: &Article) -> Option<String> {
    let old = edit.span.of(source);
    let sound = match edit.kind {
        EditKind::Drop => edit.text.is_empty() && (!holds_kept(old) || is_before(edit, source)),
        EditKind::Date => is_same_day(old, &edit.text, source, edit, article),
        EditKind::Name => is_named(old, &edit.text, &source[..edit.span.start]),
        EditKind::Attribution => {
            old.is_empty() && edit.text.contains(&article.outlet) && !article.outlet.is_empty()
        }
        EditKind::Case => folded(old) == folded(&edit.text),
        EditKind::Punctuation => !old.chars().chain(edit.text.chars()).any(char::is_alphanumeric),
    };
    (!sound).then(|| format!("“{old}” may not become “{}” as a change of {}", edit.text, edit.kind.name()))
}

/// The text with each relative day outside quotation marks followed by the day it means, for comparison.
pub(super) fn with_written_days(text: &str, article: &Article) -> String {
    let Some(anchor) = article.published.map(|stamp| stamp.day) else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(text.len() + 40);
    let mut at = 0;
    for mark in dates::dates(text, Some(anchor)).iter().filter(|mark| mark.relative) {
        let Some((span, written)) = dates::absolute(text, mark, anchor) else { continue };
        if span.start < at {
            continue;
        }
        out.push_str(&text[at..span.end]);
        out.push_str(" (");
        out.push_str(&written);
        out.push(')');
        at = span.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Whether the edit drops whole sentences that stand before the one that is told, or a dateline.
fn is_before(edit: &Edit, source: &str) -> bool {
    let old = edit.span.of(source).trim_end();
    let closed =
        [".", "!", "?", ".”", "!”", "?”", ".\"", "—", "–", "--", " -"].iter().any(|end| old.ends_with(end));
    edit.span.start == 0 && closed
}

fn holds_kept(text: &str) -> bool {
    let negated = text.to_lowercase().replace('’', "'").contains("n't");
    negated || words::words(text).iter().any(|w| KEPT.contains(&w.span.of(text).to_lowercase().as_str()))
}

/// The new words mean the days that the old ones meant when the article was published.
fn is_same_day(old: &str, new: &str, source: &str, edit: &Edit, article: &Article) -> bool {
    let Some(anchor) = article.published.map(|stamp| stamp.day) else { return false };
    let meant = dates::dates(source, Some(anchor));
    let Some(meant) = meant.iter().find(|mark| mark.relative && mark.span.overlaps(edit.span)) else {
        return false;
    };
    let again = dates::absolute(source, meant, anchor);
    // The year of the article's own day may be left unsaid.
    let year = format!("{:04}", anchor.year());
    let same_words = again.is_some_and(|(span, text)| {
        let short = time::without_year(&text, &year);
        span == edit.span && [text, short].iter().any(|text| folded(text) == folded(new))
    });
    same_words && !old.is_empty()
}

/// A pronoun gives way to a name that stands before it.
fn is_named(old: &str, new: &str, before: &str) -> bool {
    let pronoun = ["he", "she"].contains(&old.to_lowercase().as_str());
    pronoun && !new.is_empty() && before.contains(new)
}

fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
