//! One look at one feed: asked for, read, judged, and told when to look again. What comes out is what is kept.

use std::collections::BTreeSet;

use desk::read::feed::{self as reader, Entry, Feed, Health, Listed, Refused, Sight};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::address;
use crate::http::Client;
use crate::plain::plain;
use crate::poll::{Answer, Ask, Had, Wait};
use crate::refusal::{self, Refusal};
use crate::schedule::{Brought, Rhythm};
use crate::statement::Statement;
use crate::websub::Links;

/// The most articles that are taken from one feed at once: its newest.
pub const MOST: usize = 500;

/// The most bytes of one item that are kept; text beyond that is dropped, and its page is read instead.
const ITEM: usize = 512 << 10;

const DAY: i64 = 86_400_000;

/// The first moment of 1990. What claims to be older has no day that can be believed.
const OLDEST: i64 = 631_152_000_000;

/// The longest note that is kept.
const NOTE: usize = 400;

/// What is known of a feed before it is asked. Times are milliseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Its address.
    pub address: String,
    /// The last `ETag`.
    pub etag: Option<String>,
    /// The last `Last-Modified`.
    pub modified: Option<String>,
    /// The learned time between two requests; 0 for unknown.
    pub interval: i64,
    /// How often it failed in a row.
    pub failures: i64,
    /// The day of the newest article it ever listed.
    pub newest: Option<i64>,
    /// When it last listed something new.
    pub fresh: Option<i64>,
    /// When it was asked last.
    pub fetched: Option<i64>,
    /// How it was.
    pub health: Health,
    /// What was said of it.
    pub note: String,
    /// Its WebSub hub; empty for none.
    pub hub: String,
    /// Its topic at the hub; empty for none.
    pub topic: String,
}

/// One article that a feed lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The article's address, in its normal form.
    pub address: String,
    /// The item's own id; empty for none.
    pub guid: String,
    /// Its headline as plain text.
    pub title: String,
    /// When it says it was published, where that can be believed.
    pub published: Option<i64>,
    /// The item as JSON ([`Entry`]), with the text that the feed carries.
    pub item: String,
    /// SHA-256 of the words of title and text: another one means that the article is to be read again.
    pub hash: String,
}

/// What came of it: all that is kept of one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// When.
    pub at: i64,
    /// How the feed is.
    pub health: Health,
    /// In words: the cause and the next step, or a note.
    pub note: String,
    /// The validators to ask with the next time.
    pub etag: Option<String>,
    /// See `etag`.
    pub modified: Option<String>,
    /// The learned interval.
    pub interval: i64,
    /// When it is due again.
    pub next: i64,
    /// Whether it was had (also unchanged).
    pub success: bool,
    /// How often it has failed in a row by now.
    pub failures: i64,
    /// The newest article's day by now.
    pub newest: Option<i64>,
    /// The address to use from now on, where it moved for good.
    pub moved_to: Option<String>,
    /// What the feed calls itself; empty for unknown.
    pub title: String,
    /// Its WebSub hub; empty for none. What was known stays where the feed did not come.
    pub hub: String,
    /// Its topic at the hub; empty for none.
    pub topic: String,
    /// What it listed, in its order, each address once.
    pub offers: Vec<Item>,
    /// Until when its whole site is to be left alone (429 or 503): for [`crate::pace::Pace::rest`].
    pub rest: Option<i64>,
}

/// Asks for a feed at `now` (milliseconds since 1970), and tells what is to be kept. It never fails: that a feed
/// can't be had is what is kept then.
#[must_use]
pub fn ask(client: &Client, state: &State, rhythm: &Rhythm, now: i64) -> Outcome {
    // After a failure the whole is asked for, so that "nothing changed" never hides what went wrong.
    let sound = state.failures == 0
        && matches!(state.health, Health::Well | Health::Empty | Health::Undated | Health::Silent);
    let known = |validator: &'_ Option<String>| validator.clone().filter(|_| sound);
    let (etag, modified) = (known(&state.etag), known(&state.modified));
    let ask = Ask { address: &state.address, etag: etag.as_deref(), modified: modified.as_deref() };
    match client.poll(&ask) {
        Answer::Unchanged { etag, modified, moved_to, max_age } => {
            let mut outcome = unchanged(state, rhythm, now, floor(None, max_age));
            outcome.moved_to = moved_to.filter(|to| can_move(state, to));
            if let Some(to) = &outcome.moved_to {
                (outcome.health, outcome.note) =
                    reader::judge(&Sight::Listed(Listed { moved_to: Some(to), ..Listed::default() }));
            }
            Outcome { etag, modified, ..outcome }
        }
        Answer::Had(had) => {
            let base = had.document.url.clone().unwrap_or_else(|| state.address.clone());
            match reader::parse(&had.document.bytes, &base) {
                Ok(feed) => listed(state, rhythm, now, *had, &feed),
                Err(refused) => failed(state, rhythm, now, &Sight::Strange { what: &strange(&refused) }),
            }
        }
        Answer::Refused { refusal, retry_after, status } => {
            turned_away(state, rhythm, now, &refusal, retry_after, status)
        }
    }
}

/// The outcome of a success before it is known what is in it.
fn success(state: &State, now: i64) -> Outcome {
    Outcome {
        at: now,
        health: state.health,
        note: state.note.clone(),
        etag: None,
        modified: None,
        interval: state.interval,
        next: now,
        success: true,
        failures: 0,
        newest: state.newest,
        moved_to: None,
        title: String::new(),
        hub: state.hub.clone(),
        topic: state.topic.clone(),
        offers: Vec::new(),
        rest: None,
    }
}

fn unchanged(state: &State, rhythm: &Rhythm, now: i64, floor: i64) -> Outcome {
    let interval = match state.newest {
        Some(newest) => rhythm.unchanged(state.interval, Some(newest), now),
        None => rhythm.felt(state.interval, Brought::Nothing),
    };
    let mut outcome = success(state, now);
    // What was listed is still the same; only silence can have grown.
    if matches!(state.health, Health::Well | Health::Silent) {
        let seen = Listed {
            items: 1,
            articles: 1,
            dated: 1,
            idle: state.newest.map(|newest| now.saturating_sub(newest)),
            patience: rhythm.silence(state.interval.saturating_mul(2)),
            moved_to: None,
        };
        let (health, note) = reader::judge(&Sight::Listed(seen));
        if health != Health::Well || state.health != Health::Well {
            outcome.note = note;
        }
        outcome.health = health;
    }
    Outcome { interval, next: rhythm.next(&state.address, now, interval, floor), ..outcome }
}

fn listed(state: &State, rhythm: &Rhythm, now: i64, had: Had, feed: &Feed) -> Outcome {
    let offers = items(feed, now);
    let days: Vec<i64> = offers.iter().filter_map(|item| item.published).map(|day| day.min(now)).collect();
    let newest = days.iter().copied().max().max(state.newest);
    let statement = statement(&had);
    let floor = floor(statement.every, had.max_age);
    let learned = rhythm.learn(&days, state.interval, now);
    let interval = if learned.gap.is_none() && days.is_empty() && !offers.is_empty() {
        let news = state.fresh.is_some() && state.fresh == state.fetched;
        rhythm.felt(state.interval, if news { Brought::News } else { Brought::Nothing })
    } else {
        learned.interval
    };
    let interval = interval.max(floor.min(rhythm.most));
    let moved_to = had.moved_to.filter(|to| can_move(state, to));
    let (health, words) = reader::judge(&Sight::Listed(Listed {
        items: feed.entries.len(),
        articles: offers.len(),
        dated: days.len(),
        idle: newest.map(|newest| now.saturating_sub(newest)),
        patience: rhythm.silence(learned.gap.unwrap_or_else(|| interval.saturating_mul(2))),
        moved_to: moved_to.as_deref(),
    }));
    let links = Links { hub: had.hub, topic: had.topic }.or(statement.links);
    Outcome {
        health,
        note: note(words, feed, &offers),
        etag: had.etag,
        modified: had.modified,
        interval,
        next: rhythm.next(&state.address, now, interval, floor),
        newest,
        moved_to,
        title: plain(feed.title.as_deref().unwrap_or_default()),
        topic: links.hub.as_ref().and(links.topic).unwrap_or_default(),
        hub: links.hub.unwrap_or_default(),
        offers,
        ..success(state, now)
    }
}

/// What was mended in a feed, and what is odd in it, after what is to be said first.
fn note(mut words: String, feed: &Feed, offers: &[Item]) -> String {
    let mut add = |sentence: String| {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&sentence);
    };
    for note in &feed.notes {
        add(format!("It was read, and {note}."));
    }
    let undated = offers.iter().filter(|item| item.published.is_none()).count();
    if undated > 0 && undated < offers.len() {
        let bare = feed.entries.iter().filter(|entry| entry.published.is_none() && entry.updated.is_none());
        let wrong = match undated.saturating_sub(bare.count()) {
            0 => String::new(),
            count => format!(": {count} name one in the future or before 1990"),
        };
        add(format!("{undated} of its {} articles have no day that can be believed{wrong}.", offers.len()));
    }
    words.chars().take(NOTE).collect()
}

fn statement(had: &Had) -> Statement {
    let base = had.document.url.as_deref().and_then(|address| Url::parse(address).ok());
    base.map_or_else(Statement::default, |base| Statement::of(&had.document.bytes, &base))
}

/// The least time between two requests that the feed or its server asks for.
fn floor(every: Option<i64>, max_age: Option<std::time::Duration>) -> i64 {
    // A server that keeps everything for longer than a day speaks of its pictures, not of its news.
    let max_age = max_age.and_then(|age| i64::try_from(age.as_millis()).ok()).filter(|&age| age <= DAY);
    every.max(max_age).unwrap_or(0)
}

/// Whether an address can take the place of the feed's.
fn can_move(state: &State, to: &str) -> bool {
    to != state.address && address::normal(to).is_some()
}

fn turned_away(
    state: &State,
    rhythm: &Rhythm,
    now: i64,
    refusal: &Refusal,
    retry_after: Option<Wait>,
    status: Option<u16>,
) -> Outcome {
    let cause = refusal.cause();
    let sight = match refusal.code {
        "forbidden" | "legal" | "robots" => Sight::Denied { cause },
        "not-found" => {
            // The note of the last failure tells whether it was the same.
            let again = state.failures > 0 && state.note.to_lowercase().starts_with(&cause.to_lowercase());
            let times = if again { state.failures + 1 } else { 1 };
            Sight::Missing { cause, times, status: status.unwrap_or(404) }
        }
        "empty" => Sight::Strange { what: "empty" },
        "unrecognised" | "nested-gzip" | "archive-fetched" => {
            Sight::Strange { what: "neither a feed nor a page" }
        }
        _ => Sight::Failed { cause },
    };
    let mut outcome = failed(state, rhythm, now, &sight);
    if matches!(status, Some(429 | 503)) {
        let until = match retry_after {
            Some(wait) => wait.until(now),
            None if status == Some(429) => now.saturating_add(rhythm.back_off(outcome.failures)),
            None => return outcome,
        };
        outcome.rest = Some(until);
        outcome.next = outcome.next.max(rhythm.next(&state.address, until, 1, 0));
    }
    outcome
}

/// What is kept when a feed was not had: the validators go, the rhythm that was learned stays.
fn failed(state: &State, rhythm: &Rhythm, now: i64, sight: &Sight<'_>) -> Outcome {
    let failures = state.failures.saturating_add(1);
    let (health, note) = reader::judge(sight);
    let wait = if health == Health::Gone { rhythm.farewell(failures) } else { rhythm.back_off(failures) };
    Outcome {
        health,
        note: note.chars().take(NOTE).collect(),
        success: false,
        failures,
        next: rhythm.next(&state.address, now, wait, 0),
        ..success(state, now)
    }
}

fn strange(refused: &Refused) -> String {
    match refused {
        Refused::Empty => "empty".to_owned(),
        Refused::Page => "a page for people (perhaps a login or an error), not a feed".to_owned(),
        Refused::SitemapIndex => "a list of sitemaps, each of which can be added".to_owned(),
        Refused::FeedList => "a list of feeds (OPML), which can be imported".to_owned(),
        Refused::Root(name) => format!("XML with the root element <{}>, not a feed", refusal::plain(name)),
        Refused::Json => "JSON without a list of items".to_owned(),
        Refused::Text => "text that is neither markup nor JSON".to_owned(),
    }
}

/// The articles that a feed lists: each address once, at most the newest [`MOST`].
fn items(feed: &Feed, now: i64) -> Vec<Item> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<Item> = feed.entries.iter().filter_map(|entry| item(entry, now)).collect();
    found.retain(|item| seen.insert(item.address.clone()));
    if found.len() > MOST {
        let mut order: Vec<usize> = (0..found.len()).collect();
        // Those without a day count as old; among equals the feed's order holds.
        order.sort_by_key(|&at| std::cmp::Reverse(found[at].published));
        let kept: BTreeSet<usize> = order.into_iter().take(MOST).collect();
        let mut at = 0;
        found.retain(|_| {
            at += 1;
            kept.contains(&(at - 1))
        });
    }
    found
}

fn item(entry: &Entry, now: i64) -> Option<Item> {
    // Some feeds give the address only as the id.
    let address =
        [&entry.link, &entry.id].into_iter().flatten().find_map(|address| address::normal(address))?;
    let title = plain(entry.title.as_deref().unwrap_or_default());
    let text = entry.content.as_deref().or(entry.summary.as_deref()).unwrap_or_default();
    let hash = Sha256::digest(format!("{title}\n{}", plain(text)).as_bytes());
    let day =
        |written: &Option<String>| written.as_deref().and_then(moment).filter(|&day| believable(day, now));
    Some(Item {
        address,
        guid: entry.id.as_deref().unwrap_or_default().chars().take(1024).collect(),
        title,
        published: day(&entry.published).or_else(|| day(&entry.updated)),
        item: json(entry),
        hash: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
    })
}

/// An item as JSON, without its text where that is too long.
fn json(entry: &Entry) -> String {
    let write =
        |entry: &Entry| serde_json::to_string(entry).expect("strings and lists can be written as JSON");
    let whole = write(entry);
    if whole.len() <= ITEM {
        return whole;
    }
    let summary = Entry { content: None, ..entry.clone() };
    let shorter = write(&summary);
    if shorter.len() <= ITEM {
        return shorter;
    }
    write(&Entry {
        id: None,
        title: None,
        link: None,
        published: entry.published.clone(),
        ..Entry::default()
    })
}

/// Milliseconds since 1970 from a moment as the reader writes it.
fn moment(written: &str) -> Option<i64> {
    written.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

/// Whether an article can have been published then.
fn believable(day: i64, now: i64) -> bool {
    day >= OLDEST && day <= now.saturating_add(DAY)
}

#[cfg(test)]
mod tests;
