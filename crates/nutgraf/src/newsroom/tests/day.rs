//! Two hundred feeds of every temper over one simulated day, through the whole newsroom: every article offered is
//! stored once, edits are revisions, each feed's health is right, and no site is asked faster than its pace.

mod paper;
mod town;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use desk::families::registrable;
use store::{ArticleFilter, Feed, JobState, NewFeed, NewOutlet, Stage, State};

use super::Room;
use crate::newsroom::{DAY, HOUR, MINUTE, Settings};
use paper::{MORNING, PAPERS, Paper};
use town::Town;

/// The least time between two questions to one site.
const GAP: i64 = 2_000;

/// Feeds are looked at on full minutes, so that many things that are due share one step of the clock.
const STEP: i64 = MINUTE;

fn change(settings: &mut Settings) {
    settings.gap_ms = GAP;
    settings.settle_ms = MINUTE;
    settings.fetchers = 32;
    settings.limits.timeout = std::time::Duration::from_secs(5);
}

/// Subscribes to every paper.
async fn subscribe(room: &Room, papers: &[Paper]) {
    for paper in papers {
        let domain = super::super::pace::domain(&paper.feed());
        let outlet = NewOutlet { domain, ..NewOutlet::default() };
        let outlet = room.store.put_outlet(&outlet, room.clock.now()).await.unwrap();
        let feed = NewFeed { address: paper.feed(), outlet, ..NewFeed::default() };
        let (_, is_new) = room.store.add_feed(&feed, room.clock.now()).await.unwrap();
        assert!(is_new, "{}", paper.feed());
    }
}

/// Moves the clock from one thing that is due to the next until that moment: to jobs exactly, to feeds by the minute.
async fn pass(room: &Room, until: i64) -> usize {
    let mut steps = 0;
    loop {
        room.newsroom.drain().await.unwrap();
        steps += 1;
        let now = room.clock.now();
        let minute = now - now.rem_euclid(STEP) + STEP;
        let feed = room.store.next_due().await.unwrap().map_or(until, |due| due.max(minute));
        let feed = feed + (STEP - feed.rem_euclid(STEP)) % STEP;
        let job = room.store.next_job().await.unwrap().unwrap_or(until);
        assert!(job > now, "a job was due and was not done");
        let next = feed.min(job);
        if next >= until {
            room.clock.advance(until - now);
            return steps;
        }
        room.clock.advance(next - now);
    }
}

/// What is stored, by address.
async fn stored(room: &Room) -> BTreeMap<String, (String, i64)> {
    let filter = ArticleFilter { limit: 100_000, ..ArticleFilter::default() };
    let rows = room.store.articles(&filter).await.unwrap();
    let count = rows.len();
    let by_address: BTreeMap<_, _> =
        rows.into_iter().map(|row| (row.url.unwrap_or_default(), (row.id, row.revisions))).collect();
    assert_eq!(by_address.len(), count, "two articles have one address");
    by_address
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_two_hundred_feeds_is_stored_whole_and_once() {
    let begun = Instant::now();
    let papers: Vec<Paper> = PAPERS.iter().flat_map(Paper::all).collect();
    assert!(papers.len() >= 200, "{}", papers.len());
    let mut room = Room::open("day", change).await;
    room.clock.advance(MORNING - room.clock.now());
    let town = Town::open(room.clock.clone(), papers.clone());
    room.settings.limits.stand_in = Some(town.address);
    room.restart().await;
    subscribe(&room, &papers).await;
    let mut steps = pass(&room, MORNING + DAY).await;
    let feeds = room.store.feeds().await.unwrap();
    for feed in &feeds {
        room.store.set_feed_state(feed.id, State::Paused, room.clock.now()).await.unwrap();
    }
    // What was offered last is read to its end.
    steps += pass(&room, MORNING + DAY + HOUR).await;

    let (offered, revised) = compare(&room, &town).await;
    let wrong = healths(&papers, &feeds);
    let (looks, least) = pace(&town);
    waiting(&room).await;
    eprintln!(
        "{} feeds, 24 h simulated in {} steps and {:.1} s: {looks} looks and pages, {} requests; {offered} articles \
         offered, each stored once, {revised} of them with revisions; wrong healths: {wrong:?}; least gap within a site {least} ms",
        feeds.len(),
        steps,
        begun.elapsed().as_secs_f64(),
        town.asked().len(),
    );
    assert!(wrong.is_empty());
    assert!(least >= GAP, "two questions to a site were {least} ms apart");
}

/// What the town offered against what is stored; how many articles that are, and how many with revisions.
async fn compare(room: &Room, town: &Arc<Town>) -> (usize, usize) {
    let (offered, mut stored) = (town.offered(), stored(room).await);
    let (mut revised, mut odd) = (0, Vec::new());
    for offer in offered.values() {
        let address = &offer.address;
        match (stored.remove(address), offer.is_article) {
            (Some((id, revisions)), true) => {
                revised += usize::from(revisions > 1);
                let kept: BTreeSet<String> = texts(room, &id, revisions).await;
                if kept != offer.versions || kept.len() != usize::try_from(revisions).unwrap() {
                    odd.push(format!(
                        "{address}: versions {:?} were printed, {kept:?} are kept",
                        offer.versions
                    ));
                }
            }
            (None, false) => {}
            (Some(_), false) => odd.push(format!("{address}: it is stored, and was none")),
            (None, true) => odd.push(format!("{address}: it is not stored")),
        }
    }
    odd.extend(stored.into_keys().map(|address| format!("{address}: nobody offered it")));
    let many = odd.len();
    // One of each temper says enough.
    odd.dedup_by_key(|line| line.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().to_owned());
    assert!(odd.is_empty(), "{many} of {}: {odd:#?}", offered.len());
    (offered.values().filter(|offer| offer.is_article).count(), revised)
}

/// The marks of the versions of an article, which every text of the town carries.
async fn texts(room: &Room, id: &str, revisions: i64) -> BTreeSet<String> {
    let mut marks = BTreeSet::new();
    for number in 1..=revisions {
        let article = room.store.article_at(id, number).await.unwrap().unwrap();
        marks.insert(paper::mark_of(&article.text));
    }
    marks
}

/// Feeds whose health is not what it should be.
fn healths(papers: &[Paper], feeds: &[Feed]) -> Vec<String> {
    let mut wrong = Vec::new();
    for paper in papers {
        let address = paper.evening();
        let feed = feeds.iter().find(|feed| feed.address == address);
        let Some(feed) = feed else {
            wrong.push(format!("{address}: there is no such feed"));
            continue;
        };
        if feed.health != paper.health {
            wrong.push(format!("{address}: {:?}, not {:?}: {}", feed.health, paper.health, feed.note));
        }
    }
    wrong
}

/// How often sites were asked, and the least time between two of those.
fn pace(town: &Arc<Town>) -> (usize, i64) {
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    let (mut looks, mut least) = (0, i64::MAX);
    for asked in town.asked().iter().filter(|asked| asked.is_begin) {
        looks += 1;
        let site = registrable(&asked.host).unwrap_or_else(|| asked.host.clone());
        if let Some(before) = last.insert(site, asked.at) {
            least = least.min(asked.at - before);
        }
    }
    (looks, least)
}

/// Nothing waits that shouldn't: no job is dead, and only pages of live stories are still to be read again.
async fn waiting(room: &Room) {
    for job in room.store.jobs(10_000).await.unwrap() {
        let again = job.stage == Stage::Read && job.key.starts_with("article:");
        assert!(again && job.state == JobState::Waiting, "{job:?}");
    }
}
