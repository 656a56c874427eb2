//! Which articles and which stories: `--since`, `--until`, `--topic`, `--all`, or the largest recent one.

use anyhow::{Result, bail};
use desk::article::Article;
use desk::group::Story;
use jiff::civil::Date;
use jiff::ToSpan as _;

use crate::cli::Digest;

/// Days before the newest article in which a story is recent.
const RECENT: i32 = 7;

/// Which articles lie in the time asked for. Undated ones do unless a time is asked for.
pub(super) fn in_time(articles: &[Article], since: Option<&str>, until: Option<&str>) -> Result<Vec<bool>> {
    let newest = newest(articles);
    let since = since.map(|when| day(when, newest)).transpose()?;
    let until = until.map(|when| day(when, newest)).transpose()?;
    let within = |article: &Article| match article.published.map(|stamp| stamp.day) {
        Some(day) => since.is_none_or(|since| day >= since) && until.is_none_or(|until| day <= until),
        None => since.is_none() && until.is_none(),
    };
    Ok(articles.iter().map(within).collect())
}

/// The stories to write; nothing, with the reason said, where there is none.
pub(super) fn stories(arguments: &Digest, articles: &[Article], stories: Vec<Story>, least: usize) -> Option<Vec<Story>> {
    let found = stories.len();
    let mut enough: Vec<Story> = stories.into_iter().filter(|story| story.families() >= least).collect();
    if enough.is_empty() {
        eprintln!(
            "nutgraf: none of the {found} stories is reported by {least} or more independent families, so nothing is written. \
             Give more sources, a longer time, or a lower --families."
        );
        return None;
    }
    if arguments.all || arguments.story_field.is_some() {
        return Some(enough);
    }
    if let Some(topic) = &arguments.topic {
        let best = (0..enough.len()).map(|at| (about(&enough[at], articles, topic), at));
        let best = best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        return match best {
            Some((score, at)) if score > 0.0 => Some(vec![enough.swap_remove(at)]),
            _ => {
                eprintln!("nutgraf: no story with {least} or more families speaks of “{topic}”. There are:");
                enough.iter().take(20).for_each(|story| eprintln!("  {}", title(story, articles)));
                None
            }
        };
    }
    let newest = newest(articles);
    let recent = |story: &Story| {
        let last = story.members.iter().filter_map(|m| articles[m.article].published).map(|stamp| stamp.day).max();
        newest.is_none_or(|newest| last.is_some_and(|last| last >= newest.saturating_sub(RECENT.days())))
    };
    let size = |story: &Story| (recent(story), story.families(), story.members.len());
    let largest = (0..enough.len()).max_by_key(|&at| (size(&enough[at]), std::cmp::Reverse(at)))?;
    Some(vec![enough.swap_remove(largest)])
}

/// A day, or that many days before the newest article (`7d`).
fn day(when: &str, newest: Option<Date>) -> Result<Date> {
    if let Ok(day) = when.parse::<Date>() {
        return Ok(day);
    }
    let days = when.strip_suffix('d').and_then(|days| days.parse::<i32>().ok()).filter(|days| (0..100_000).contains(days));
    match (days, newest) {
        (Some(days), Some(newest)) => Ok(newest.saturating_sub(days.days())),
        (Some(_), None) => bail!("{when}: days are counted from the newest article, and none has a date. Give a day"),
        (None, _) => bail!("{when}: neither a day (2026-03-10) nor a number of days (7d)"),
    }
}

fn newest(articles: &[Article]) -> Option<Date> {
    articles.iter().filter_map(|article| article.published).map(|stamp| stamp.day).max()
}

/// How much of the topic's words a story's headlines and texts hold; headlines count double.
fn about(story: &Story, articles: &[Article], topic: &str) -> f64 {
    let stems = |text: &str| language::words::content(text, "en").into_iter().map(|(_, stem)| stem).collect::<Vec<_>>();
    let wanted = stems(topic);
    let of_article = |member: &desk::group::Member| {
        let article = &articles[member.article];
        let (title, text) = (stems(&article.title), stems(&article.text));
        let held: usize = wanted.iter().map(|stem| 2 * usize::from(title.contains(stem)) + usize::from(text.contains(stem))).sum();
        held as f64 / (3 * wanted.len().max(1)) as f64
    };
    story.members.iter().map(of_article).sum::<f64>() / story.members.len() as f64
}

fn title<'a>(story: &Story, articles: &'a [Article]) -> &'a str {
    story.members.first().map_or("", |member| &articles[member.article].title)
}
