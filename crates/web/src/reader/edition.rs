//! The edition of a day: its lead story, what else matters, then section by section.
//!
//! The front page is the newest edition. What leads is decided by how many independent families carry a story,
//! then by recency, then by its id: the same stories make the same page.

use std::cmp::Reverse;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use jiff::civil::Date;
use store::{JobState, Story, StoryFilter};

use super::hide::Hidden;
use super::item::Item;
use crate::day;
use crate::plain::plain;
use crate::server::answer::Answer;
use crate::server::frame::{Frame, Link};
use crate::server::{Fault, Site};

/// The most stories of one edition.
const MOST: i64 = 120;
/// How many stories stand beside the lead, and how many under it where there are enough.
const BESIDE: usize = 3;
const UNDER: usize = 2;
/// An edition with fewer stories is followed by those of earlier days.
const THIN: usize = 12;
/// How many days are looked through for the ones before and after.
const DAYS: i64 = 4000;

#[derive(Template)]
#[template(path = "reader/edition.html")]
struct Page {
    frame: Frame,
    day: String,
    iso: String,
    lead: Option<Item>,
    beside: Vec<Item>,
    under: Vec<Item>,
    sections: Vec<Part>,
    earlier: Vec<Item>,
    previous: Option<Link>,
    next: Option<Link>,
    /// Why there is nothing, in sentences.
    why: Vec<String>,
}

/// A section's part of an edition.
struct Part {
    section: Link,
    items: Vec<Item>,
}

/// The newest edition.
pub(super) async fn front(State(site): State<Site>, headers: HeaderMap) -> Result<Answer, Fault> {
    let days = site.store.days(2).await?;
    let newest = days.first().map(|&(day, _)| day::of_number(day));
    let frame = Frame::new(&site, "", "/");
    let Some(day) = newest else {
        let why = why(&site).await?;
        let today = day::civil(site.clock.now());
        return Ok(Answer::page(&Page { why, ..bare(frame, today) }));
    };
    let hidden = Hidden::of(&headers);
    let stories = stories(&site, &hidden, day).await?;
    let changed = stories.iter().filter_map(|story| story.updated).max();
    let mut page = Page {
        previous: days.get(1).map(neighbour),
        ..edition(&site, frame.hiding(hidden.len()), day, stories)
    };
    let shown = page.beside.len()
        + page.under.len()
        + page.sections.iter().map(|part| part.items.len()).sum::<usize>();
    if shown < THIN {
        page.earlier = earlier(&site, &hidden, day).await?;
    }
    if page.lead.is_none() {
        page.why = vec!["Every story of this day rests on outlets that you hide.".to_owned()];
    }
    Ok(Answer::page(&page).modified(changed))
}

/// The edition of a day that the address names.
pub(super) async fn day(
    State(site): State<Site>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Answer, Fault> {
    let day: Date = name.parse().map_err(|_| Fault::Missing)?;
    if day.to_string() != name || !(1970..=2999).contains(&day.year()) {
        return Err(Fault::Missing);
    }
    let hidden = Hidden::of(&headers);
    let days = site.store.days(DAYS).await?;
    let (from, _) = day::bounds(day);
    let number = from / 86_400_000;
    let after = days.iter().rfind(|(other, _)| *other > number).map(neighbour);
    let before = days.iter().find(|(other, _)| *other < number).map(neighbour);
    let stories = stories(&site, &hidden, day).await?;
    let frame = Frame::new(&site, &day::long(day), &format!("/day/{day}"));
    let frame = frame.hiding(hidden.len()).described(&format!("The edition of {}.", day::long(day)));
    if stories.is_empty() {
        let why = vec![format!("No story was published on {}.", day::long(day))];
        let page = Page { previous: before, next: after, why, ..bare(frame.unlisted(), day) };
        return Ok(Answer::page(&page).status(StatusCode::NOT_FOUND));
    }
    let changed = stories.iter().filter_map(|story| story.updated).max();
    let page = Page { previous: before, next: after, ..edition(&site, frame, day, stories) };
    Ok(Answer::page(&page).modified(changed))
}

fn bare(frame: Frame, day: Date) -> Page {
    Page {
        frame,
        day: day::long(day),
        iso: day.to_string(),
        lead: None,
        beside: Vec::new(),
        under: Vec::new(),
        sections: Vec::new(),
        earlier: Vec::new(),
        previous: None,
        next: None,
        why: Vec::new(),
    }
}

fn neighbour(&(number, _): &(i64, i64)) -> Link {
    let day = day::of_number(number);
    Link::new(&day::words(day), format!("/day/{day}"))
}

/// A day's stories, the weightiest first.
async fn stories(site: &Site, hidden: &Hidden, day: Date) -> Result<Vec<Story>, Fault> {
    let (from, until) = day::bounds(day);
    let filter = StoryFilter {
        from: Some(from),
        until: Some(until),
        published: true,
        limit: MOST,
        ..StoryFilter::default()
    };
    let mut stories = hidden.left(site, site.store.stories(&filter).await?).await?;
    stories.sort_by(|a, b| rank(a).cmp(&rank(b)));
    Ok(stories)
}

fn rank(story: &Story) -> (Reverse<i64>, Reverse<Option<i64>>, &str) {
    (Reverse(story.families), Reverse(story.published), &story.id)
}

fn edition(site: &Site, frame: Frame, day: Date, stories: Vec<Story>) -> Page {
    let lead = stories.first().map(Item::new);
    let rest = stories.get(1..).unwrap_or_default();
    let (beside, rest) = rest.split_at(rest.len().min(BESIDE));
    let (under, rest) = rest.split_at(if rest.len() >= UNDER { UNDER } else { 0 });
    Page {
        lead,
        beside: Item::all(beside),
        under: Item::all(under),
        sections: parts(site, rest),
        ..bare(frame, day)
    }
}

/// The stories by section: those that the settings name in their order, then others by name.
fn parts(site: &Site, stories: &[Story]) -> Vec<Part> {
    let mut names: Vec<&str> = site.settings.sections.iter().map(String::as_str).collect();
    let mut others: Vec<&str> = stories.iter().map(|story| story.section.as_str()).collect();
    others.retain(|name| !names.contains(name));
    others.sort_unstable();
    others.dedup();
    names.extend(others);
    let part = |name: &str| {
        let own = stories.iter().filter(|story| story.section == name).map(Item::new);
        Part { section: Link::section(name), items: own.collect() }
    };
    names.into_iter().map(part).filter(|part| !part.items.is_empty()).collect()
}

/// The newest stories of the days before.
async fn earlier(site: &Site, hidden: &Hidden, day: Date) -> Result<Vec<Item>, Fault> {
    let (until, _) = day::bounds(day);
    let limit = i64::try_from(THIN).unwrap_or(MOST);
    let filter = StoryFilter { until: Some(until), published: true, limit, ..StoryFilter::default() };
    Ok(Item::all(&hidden.left(site, site.store.stories(&filter).await?).await?))
}

/// Why there is no story yet: what the newsroom has, and what it waits for.
async fn why(site: &Site) -> Result<Vec<String>, Fault> {
    let tally = site.store.tally().await?;
    let waiting: i64 = {
        let jobs = site.store.job_counts().await?;
        jobs.iter().filter(|(_, state, _)| *state != JobState::Dead).map(|(_, _, count)| count).sum()
    };
    let mut why = vec![match (tally.feeds, tally.articles) {
        (0, _) => "The newsroom reads no feed yet. Whoever runs it can add one at the desk.".to_owned(),
        (feeds, 0) => {
            format!("The newsroom has begun to read {}; no article has come yet.", counted(feeds, "feed"))
        }
        (feeds, articles) => format!(
            "So far {} gave {}, which make {}. A digest is written when enough independent publishers report one event.",
            counted(feeds, "feed"),
            counted(articles, "article"),
            if tally.stories == 1 { "1 story".to_owned() } else { format!("{} stories", tally.stories) },
        ),
    }];
    if tally.waiting_digests > 0 {
        let stand = if tally.waiting_digests == 1 { "waits" } else { "wait" };
        why.push(format!("{} {stand} for an editor’s approval.", counted(tally.waiting_digests, "digest")));
    }
    if waiting > 0 {
        let stand = if waiting == 1 { "is" } else { "are" };
        why.push(format!("{} {stand} still to be done.", counted(waiting, "piece of work")));
    }
    let newest = site.store.stories(&StoryFilter { limit: 20, ..StoryFilter::default() }).await?;
    let mut reasons: Vec<&str> =
        newest.iter().map(|story| story.reason.as_str()).filter(|reason| !reason.is_empty()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    why.extend(
        reasons
            .iter()
            .take(3)
            .map(|reason| format!("Of some stories: {}.", plain(reason).trim_end_matches('.'))),
    );
    Ok(why)
}

fn counted(count: i64, thing: &str) -> String {
    match (count, thing.split_once(' ')) {
        (1, _) => format!("1 {thing}"),
        (_, Some((noun, rest))) => format!("{count} {noun}s {rest}"),
        _ => format!("{count} {thing}s"),
    }
}
