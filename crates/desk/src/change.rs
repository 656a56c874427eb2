//! Here are two receipts of one story: what changed for readers, and what must be corrected?

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::article::{Article, sha256};
use crate::receipt::{Line, Receipt};

/// How many characters of a sentence are quoted in a note.
const QUOTED: usize = 160;

/// What changed from one version to the next, in words for readers: `2 sentences new, 1 taken out; now 7 families`.
/// Empty where nothing did that a reader could see.
#[must_use]
pub fn change(before: &Receipt, after: &Receipt) -> String {
    let (new, gone) = (missing(after, before).len(), missing(before, after).len());
    let mut parts: Vec<String> = Vec::new();
    if before.headline.text != after.headline.text {
        parts.push("a new headline".to_owned());
    }
    match (new, gone) {
        (0, 0) => {}
        (new, 0) => parts.push(format!("{} new", sentences(new))),
        (0, gone) => parts.push(format!("{} taken out", sentences(gone))),
        (new, gone) => parts.push(format!("{} new, {gone} taken out", sentences(new))),
    }
    let cited = cited_anew(before, after);
    if cited > 0 {
        parts.push(format!("other sources for {}", sentences(cited)));
    }
    if parts.is_empty() && order(before) != order(after) {
        parts.push("another order".to_owned());
    }
    if parts.is_empty() && before.text != after.text {
        parts.push("references brought up to date".to_owned());
    }
    let (had, has) = (families(before), families(after));
    if had != has {
        let now = if has == 1 { "now 1 family".to_owned() } else { format!("now {has} families") };
        return if parts.is_empty() { now } else { format!("{}; {now}", parts.join("; ")) };
    }
    parts.join("; ")
}

/// The dated note for sentences that were published and are gone or changed because their source was: revised by its
/// outlet, taken out (it is not among `articles` any more), or dropped by an editor. `dropped` holds the hashes of
/// dropped passages. Empty where no sentence was corrected: what only made room for better ones is none.
#[must_use]
pub fn correction(
    before: &Receipt,
    after: Option<&Receipt>,
    articles: &[Article],
    dropped: &BTreeSet<String>,
    day: Date,
) -> String {
    let gone = after.map_or_else(|| lines(before).collect(), |after| missing(before, after));
    let come = after.map_or_else(Vec::new, |after| missing(after, before));
    let notes: Vec<String> = gone
        .into_iter()
        .filter_map(|line| {
            let (cause, article) = cause(before, line, articles, dropped)?;
            let now = article.and_then(|id| successor(line, &come, after, id));
            Some(match now {
                Some(now) => {
                    format!("{} now reads {}, because {cause}.", quoted(&line.text), quoted(&now.text))
                }
                None => format!("{} was taken out, because {cause}.", quoted(&line.text)),
            })
        })
        .collect();
    if notes.is_empty() {
        return String::new();
    }
    format!("Correction, {}: {}", day.strftime("%-d %B %Y"), notes.join(" "))
}

/// Why a published sentence does not stand any more, and the article that was revised, if that is why.
fn cause<'r>(
    receipt: &'r Receipt,
    line: &Line,
    articles: &[Article],
    dropped: &BTreeSet<String>,
) -> Option<(String, Option<&'r str>)> {
    let base = line.passages.first()?;
    if dropped.contains(&base.hash) {
        return Some(("an editor took it back".to_owned(), None));
    }
    let origin = receipt.sources.iter().find(|source| source.number == base.source)?;
    let Some(article) = articles.iter().find(|article| article.id == origin.article) else {
        return Some((format!("its source in {} is no longer used", origin.outlet), None));
    };
    let changed = sha256(article.text.as_bytes()) != origin.hash && !article.text.contains(&base.text);
    changed.then(|| (format!("{} changed its report", origin.outlet), Some(origin.article.as_str())))
}

/// The new sentence that stands on the same article and shares at least half its words with the old one.
fn successor<'a>(old: &Line, come: &[&'a Line], after: Option<&Receipt>, article: &str) -> Option<&'a Line> {
    let after = after?;
    let of_article = |line: &&&Line| {
        let base = line.passages.first().map(|passage| passage.source);
        after.sources.iter().any(|source| Some(source.number) == base && source.article == article)
    };
    let words =
        |text: &str| language::words::words(text).into_iter().map(|word| word.text).collect::<BTreeSet<_>>();
    let own = words(&old.text);
    let shared = |line: &Line| words(&line.text).intersection(&own).count();
    let best = come.iter().filter(of_article).max_by_key(|line| shared(line))?;
    (2 * shared(best) >= own.len()).then_some(*best)
}

/// The sentences of `of` that `than` does not have, each as often as it has more of it. The headline is none.
fn missing<'r>(of: &'r Receipt, than: &Receipt) -> Vec<&'r Line> {
    let mut held: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines(than) {
        *held.entry(&line.text).or_default() += 1;
    }
    let lacks = |line: &&Line| match held.get_mut(line.text.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    lines(of).filter(lacks).collect()
}

/// How many sentences that stayed are cited to other articles than before.
fn cited_anew(before: &Receipt, after: &Receipt) -> usize {
    let cited = |receipt: &Receipt, line: &Line| -> BTreeSet<String> {
        let named = |number: u32| receipt.sources.iter().find(move |source| source.number == number);
        line.passages.iter().filter_map(|p| named(p.source)).map(|source| source.article.clone()).collect()
    };
    let old: BTreeMap<&str, BTreeSet<String>> =
        lines(before).map(|line| (line.text.as_str(), cited(before, line))).collect();
    let differs = |line: &&Line| old.get(line.text.as_str()).is_some_and(|had| *had != cited(after, line));
    lines(after).filter(differs).count()
}

fn lines(receipt: &Receipt) -> impl Iterator<Item = &Line> {
    receipt.paragraphs.iter().flatten()
}

fn order(receipt: &Receipt) -> Vec<Vec<&str>> {
    receipt.paragraphs.iter().map(|p| p.iter().map(|line| line.text.as_str()).collect()).collect()
}

/// How many independent families a receipt cites.
#[must_use]
pub fn families(receipt: &Receipt) -> usize {
    receipt.sources.iter().map(|source| source.family.as_str()).collect::<BTreeSet<_>>().len()
}

fn sentences(many: usize) -> String {
    if many == 1 { "1 sentence".to_owned() } else { format!("{many} sentences") }
}

/// A sentence in quotation marks, cut at a word where it is long.
fn quoted(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(QUOTED) else { return format!("“{text}”") };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("“{}…”", &text[..cut])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::receipt::{Excerpt, Origin};

    fn line(text: &str, source: u32) -> Line {
        let excerpt = Excerpt {
            source,
            start: 0,
            end: text.chars().count(),
            text: text.to_owned(),
            hash: sha256(text.as_bytes()),
        };
        Line { text: text.to_owned(), marks: vec![source], passages: vec![excerpt], edits: Vec::new() }
    }

    /// A receipt whose sentences stand on articles a0, a1, … of outlets of their own, by number.
    fn receipt(sentences: &[(&str, u32)], articles: &[Article]) -> Receipt {
        let last = sentences.iter().map(|&(_, source)| source).max().unwrap_or_default();
        let origin = |number: u32| Origin {
            number,
            article: format!("a{number}"),
            title: String::new(),
            outlet: format!("Outlet {number}"),
            family: format!("family {number}"),
            authors: Vec::new(),
            published: None,
            url: None,
            fetched: None,
            paywalled: false,
            hash: articles[number as usize].hash(),
            length: 1000,
            reference: String::new(),
        };
        Receipt {
            receipt: 1,
            story: "s".to_owned(),
            first_mark: 0,
            headline: line("The ferry", 0),
            paragraphs: vec![sentences.iter().map(|&(text, source)| line(text, source)).collect()],
            sources: (0..=last).map(origin).collect(),
            text: format!("{sentences:?}"),
            seal: String::new(),
        }
    }

    fn articles(texts: &[&str]) -> Vec<Article> {
        let article = |(at, text): (usize, &&str)| Article {
            text: (*text).to_owned(),
            ..Article::bare(&format!("a{at}"))
        };
        texts.iter().enumerate().map(article).collect()
    }

    #[test]
    fn a_change_is_told_in_words() {
        let all = articles(&["A. B.", "C. D.", "E."]);
        let check = |before: &[(&str, u32)], after: &[(&str, u32)], wanted: &str| {
            assert_eq!(
                change(&receipt(before, &all), &receipt(after, &all)),
                wanted,
                "{before:?} → {after:?}"
            );
        };
        check(&[("A.", 0), ("C.", 1)], &[("A.", 0), ("C.", 1)], "");
        check(&[("A.", 0), ("C.", 1)], &[("A.", 0), ("C.", 1), ("D.", 1)], "1 sentence new");
        check(
            &[("A.", 0), ("C.", 1)],
            &[("A.", 0), ("D.", 1), ("E.", 2)],
            "2 sentences new, 1 taken out; now 3 families",
        );
        check(&[("A.", 0), ("C.", 1)], &[("A.", 0)], "1 sentence taken out; now 1 family");
        check(&[("A.", 0), ("C.", 1)], &[("C.", 1), ("A.", 0)], "another order");
        check(&[("A.", 0), ("C.", 1)], &[("A.", 1), ("C.", 0)], "other sources for 2 sentences");
        check(&[("A.", 0), ("A.", 0)], &[("A.", 0)], "1 sentence taken out");
    }

    #[test]
    fn only_what_lost_its_source_is_a_correction() {
        let day = jiff::civil::date(2026, 4, 17);
        let old = articles(&["Nine people were hurt.", "The pilot slept.", "It rained."]);
        let before =
            receipt(&[("Nine people were hurt.", 0), ("The pilot slept.", 1), ("It rained.", 2)], &old);
        let revised = articles(&["Seven people were hurt.", "The pilot slept.", "It rained."]);
        let after =
            receipt(&[("Seven people were hurt.", 0), ("The pilot slept.", 1), ("It rained.", 2)], &revised);
        let none = BTreeSet::new();
        assert_eq!(
            correction(&before, Some(&after), &revised, &none, day),
            "Correction, 17 April 2026: “Nine people were hurt.” now reads “Seven people were hurt.”, because Outlet 0 changed its report."
        );
        let without = receipt(&[("Nine people were hurt.", 0), ("It rained.", 2)], &old);
        assert_eq!(correction(&before, Some(&without), &old, &none, day), "", "it only made room");
        let hidden: Vec<Article> = old.iter().filter(|article| article.id != "a1").cloned().collect();
        assert_eq!(
            correction(&before, Some(&without), &hidden, &none, day),
            "Correction, 17 April 2026: “The pilot slept.” was taken out, because its source in Outlet 1 is no longer used."
        );
        let dropped = BTreeSet::from([sha256(b"The pilot slept.")]);
        assert_eq!(
            correction(&before, Some(&without), &old, &dropped, day),
            "Correction, 17 April 2026: “The pilot slept.” was taken out, because an editor took it back."
        );
        assert!(correction(&before, None, &hidden[..1], &none, day).contains("Outlet 2"), "all is gone");
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_word() {
        let long = "wörd ".repeat(60);
        assert!(quoted(&long).ends_with("wörd…”") && quoted(&long).chars().count() <= QUOTED + 3);
    }
}
