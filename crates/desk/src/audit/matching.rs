//! Which article does a reference mean? By address, else by title, with outlet and day to break ties.

use std::collections::{BTreeMap, BTreeSet};

use language::words::words;

use crate::address::canonical;
use crate::article::Article;

use super::references::Reference;

/// Titles whose words agree less than that (F1) are not the same article's.
const TITLE: f64 = 0.8;
/// What the same outlet and the same day add when several titles agree.
const OUTLET: f64 = 0.2;
const DAY: f64 = 0.1;

/// For every reference the index of the article it means, where it is among those given.
pub(super) fn matched(references: &[Reference], articles: &[Article]) -> Vec<Option<usize>> {
    let mut addresses = BTreeMap::new();
    for (at, article) in articles.iter().enumerate() {
        if let Some(url) = &article.url {
            addresses.entry(canonical(url)).or_insert(at);
        }
    }
    let titles: Vec<BTreeSet<String>> = articles.iter().map(|article| bag(&article.title)).collect();
    references
        .iter()
        .map(|reference| {
            let by_address = reference.url.as_deref().and_then(|url| addresses.get(&canonical(url)).copied());
            by_address.or_else(|| by_title(reference, articles, &titles))
        })
        .collect()
}

fn by_title(reference: &Reference, articles: &[Article], titles: &[BTreeSet<String>]) -> Option<usize> {
    let wanted = bag(&reference.title);
    let mut best: Option<(f64, usize)> = None;
    for (at, (article, title)) in articles.iter().zip(titles).enumerate() {
        let alike = f1(&wanted, title);
        if alike < TITLE {
            continue;
        }
        let outlet = f1(&bag(&reference.outlet), &bag(&article.outlet)) >= TITLE;
        let day = reference.date.is_some() && reference.date == article.published.map(|stamp| stamp.day);
        let score = alike + f64::from(u8::from(outlet)) * OUTLET + f64::from(u8::from(day)) * DAY;
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, at));
        }
    }
    best.map(|(_, at)| at)
}

fn bag(text: &str) -> BTreeSet<String> {
    words(text).into_iter().map(|word| word.text).collect()
}

fn f1(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let shared = a.intersection(b).count();
    if shared == 0 {
        return 0.0;
    }
    2.0 * shared as f64 / (a.len() + b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_without_their_decoration() {
        for (a, b, same) in [
            ("https://www.tide.example/a/", "http://tide.example/a?utm_source=x#top", true),
            ("https://tide.example/a?id=1", "https://tide.example/a?id=2", false),
            ("https://tide.example/A", "https://tide.example/a", false),
            ("https://TIDE.example/a", "https://tide.example/a", true),
            ("not an address", "Not an address", true),
        ] {
            assert_eq!(canonical(a) == canonical(b), same, "{a} {b}");
        }
    }

    #[test]
    fn a_reference_finds_its_article_by_address_or_title() {
        let mut first = Article::bare("first");
        first.url = Some("https://tide.example/a".into());
        first.title = "Ferry sinks off Dunmarrow in heavy rain".into();
        first.outlet = "Tide".into();
        let second = Article { id: "second".into(), url: None, outlet: "The Quill".into(), ..first.clone() };
        let articles = [first, second];
        let reference = |title: &str, outlet: &str, url: Option<&str>| Reference {
            title: title.into(),
            outlet: outlet.into(),
            url: url.map(Into::into),
            ..Reference::default()
        };
        let references = [
            reference("", "", Some("http://www.tide.example/a/")),
            reference("Ferry Sinks Off Dunmarrow in Heavy Rain", "The Quill", None),
            reference("Ferry sinks off Dunmarrow", "", Some("https://other.example/")),
            reference("Trawler found", "Tide", None),
        ];
        assert_eq!(matched(&references, &articles), [Some(0), Some(1), None, None]);
    }
}
