//! The check of one drafted sentence against its passages. It has no threshold: each demand holds or doesn't.

use language::dates;
use language::sentences::sentences;

use crate::article::{Article, PASSAGE_LIMIT, Passage, Role};
use crate::write::draft::{EditKind, Sentence, replay};

use super::edits;
use super::judge::{self, Claim, Code, Finding, Verdict};

/// The first demand that a sentence does not meet on its base passage.
pub(super) fn sentence(sentence: &Sentence, articles: &[Article]) -> Option<Finding> {
    let base = *sentence.passages.first()?;
    let article = &articles[base.article];
    if let Some(finding) = span(base, articles) {
        return Some(finding);
    }
    let source = base.text(articles);
    if replay(source, &sentence.edits).as_deref() != Some(sentence.text.as_str()) {
        return Some(Finding::whole(Code::EditUnsound, "its edits do not lead from its passage to it"));
    }
    if let Some(note) = sentence.edits.iter().find_map(|edit| edits::fault(edit, source, article)) {
        return Some(Finding::whole(Code::EditUnsound, &note));
    }
    quotations(&sentence.text, source).or_else(|| later(&sentence.text, article)).or_else(|| judged(sentence, source))
}

/// The first reason why a further passage does not say the same as the sentence.
pub(super) fn further(text: &str, passage: Passage, articles: &[Article]) -> Option<Finding> {
    if let Some(finding) = span(passage, articles) {
        return Some(finding);
    }
    let article = &articles[passage.article];
    let source = edits::with_written_days(passage.text(articles), article);
    quotations(text, &source).or_else(|| later(text, article)).or_else(|| unsupported(text, &source))
}

/// A passage is a headline, or one to three consecutive sentences of at most [`PASSAGE_LIMIT`] code points.
fn span(passage: Passage, articles: &[Article]) -> Option<Finding> {
    let article = &articles[passage.article];
    let unsound = |note: &str| Some(Finding::whole(Code::PassageUnsound, note));
    let Some(block) = article.blocks.iter().find(|block| block.span.contains(passage.span)) else {
        return unsound("the passage does not lie inside one part of the article");
    };
    let text = passage.text(articles);
    if text.chars().count() > PASSAGE_LIMIT {
        return unsound("the passage is longer than 600 characters");
    }
    if block.role == Role::Headline {
        return None;
    }
    let count = sentences(text, &article.lang).len();
    (!(1..=3).contains(&count)).then(|| Finding::whole(Code::PassageUnsound, "a passage is one to three sentences"))
}

/// Every quotation stands in the source letter for letter; only the form of quotation marks may differ.
fn quotations(text: &str, source: &str) -> Option<Finding> {
    let plain = |text: &str| text.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
    let source = plain(source);
    let quoted = text.split('“').skip(1).map(|rest| rest.split('”').next().unwrap_or(rest));
    quoted.map(plain).find(|quote| !source.contains(quote.as_str())).map(|quote| {
        Finding::whole(Code::QuoteAltered, &format!("“{quote}” does not stand in the passage letter for letter"))
    })
}

/// A past event can't be later than the article that reports it.
fn later(text: &str, article: &Article) -> Option<Finding> {
    let published = article.published?.day;
    let ahead = [
        "will", "would", "to", "until", "by", "next", "due", "expected", "scheduled", "set", "plans", "could",
        "may", "might", "before", "through", "ahead", "deadline", "from", "should", "upcoming", "planned", "for",
    ];
    let looks_ahead = language::words::words(text).iter().any(|w| ahead.contains(&w.span.of(text).to_lowercase().as_str()));
    if looks_ahead {
        return None;
    }
    let marks = dates::dates(text, Some(published));
    let after = marks.iter().find(|mark| mark.days.is_some_and(|(first, _)| first > published))?;
    let said = after.span.of(text);
    Some(Finding::whole(Code::DateImpossible, &format!("{said} is after the article of {published} was published")))
}

/// The judge's view of the base passage, its relative days written out.
fn judged(sentence: &Sentence, source: &str) -> Option<Finding> {
    let dated: Vec<_> = sentence.edits.iter().filter(|edit| edit.kind == EditKind::Date).cloned().collect();
    let mut told = replay(source, &dated)?;
    for edit in sentence.edits.iter().filter(|edit| edit.kind == EditKind::Attribution) {
        told.push_str(&edit.text);
    }
    unsupported(&sentence.text, &told)
}

fn unsupported(text: &str, source: &str) -> Option<Finding> {
    let claim = Claim { text, subject: None };
    let judgement = judge::judge(&claim, &[source]);
    if judgement.verdict == Verdict::Supported {
        return None;
    }
    let note = format!("the passage does not support it ({})", judgement.verdict.name());
    Some(judgement.findings.into_iter().next().unwrap_or_else(|| Finding::whole(Code::WordMissing, &note)))
}
