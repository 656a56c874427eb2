//! Which members of a story tell its background, not the news: what is much older than the rest, and what calls itself
//! an anniversary, a look back, an explanation.

use std::collections::BTreeSet;

use crate::article::Article;

/// How much older than the story's middle article a member is that tells the background, in seconds: sixty days.
const OLDER: i64 = 60 * 86_400;

/// With what a headline begins that explains or looks back.
const BEGINS: [&str; 12] = [
    "explained:",
    "explainer",
    "factbox",
    "fact box",
    "timeline",
    "background:",
    "profile:",
    "looking back",
    "a look back",
    "on this day",
    "remembering ",
    "a brief history",
];

/// What stands in one.
const HOLDS: [&str; 6] =
    ["anniversary", "looks back", "look back at", " explained", ": a timeline", "years on:"];

/// The members, as indices of articles, that tell the background.
///
/// Where half of them or more call themselves so, the anniversary is the news.
pub(super) fn background(articles: &[Article], members: &[usize]) -> BTreeSet<usize> {
    let mut found = older(articles, members);
    let called: Vec<usize> = members.iter().copied().filter(|at| looks_back(&articles[*at].title)).collect();
    if called.len() * 2 < members.len() {
        found.extend(called);
    }
    found
}

/// Members published long before the story's middle article.
fn older(articles: &[Article], members: &[usize]) -> BTreeSet<usize> {
    let seconds = |&article: &usize| articles[article].published.map(|stamp| (stamp.seconds(), article));
    let mut dated: Vec<(i64, usize)> = members.iter().filter_map(seconds).collect();
    dated.sort_unstable();
    let Some(&(middle, _)) = dated.get(dated.len() / 2) else {
        return BTreeSet::new();
    };
    dated.into_iter().filter(|&(at, _)| at < middle - OLDER).map(|(_, article)| article).collect()
}

/// Whether a headline says that the article explains or looks back. English only.
fn looks_back(title: &str) -> bool {
    let title = title.trim().to_lowercase();
    BEGINS.iter().any(|words| title.starts_with(words)) || HOLDS.iter().any(|words| title.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stamp::Stamp;

    fn told(rows: &[(&str, &str)]) -> Vec<usize> {
        let article = |(title, day): &(&str, &str)| {
            let mut article = Article::bare(title);
            (article.title, article.published) = ((*title).to_owned(), Stamp::parse(day));
            article
        };
        let articles: Vec<Article> = rows.iter().map(article).collect();
        background(&articles, &(0..articles.len()).collect::<Vec<_>>()).into_iter().collect()
    }

    #[test]
    fn what_is_much_older_or_calls_itself_so_is_background() {
        let news =
            [("Ferry runs aground off Selwick", "2026-03-10"), ("Ferry freed at Selwick", "2026-03-11")];
        let with = |title, day| told(&[&news[..], &[(title, day)]].concat());
        assert_eq!(with("Ferry line opens", "2025-11-01"), [2]);
        assert_eq!(with("Explainer: why ferries run aground", "2026-03-11"), [2]);
        assert_eq!(with("Timeline of the Selwick ferry", "2026-03-11"), [2]);
        assert_eq!(with("Selwick marks the anniversary of its last wreck", "2026-03-11"), [2]);
        assert_eq!(with("The tides of Selwick, explained", ""), [2]);
        for title in [
            "Captain explains why the ferry ran aground",
            "Coast guard sets timeline for inquiry",
            "Five years after wreck, ferry runs aground again",
            "What we know about the ferry",
        ] {
            assert!(with(title, "2026-03-11").is_empty(), "{title}");
        }
    }

    #[test]
    fn an_anniversary_that_most_report_is_the_news() {
        let rows = [
            ("Selwick marks the anniversary of the wreck", "2026-03-10"),
            ("On this day: the Selwick wreck", "2026-03-10"),
            ("Bells ring in Selwick", "2026-03-10"),
        ];
        assert!(told(&rows).is_empty());
        assert!(told(&rows[..1]).is_empty());
    }
}
