//! Feeds are asked when they are due, one at a time for each registrable domain.

use std::collections::BTreeSet;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Instant;

use anyhow::Result;
use fetch::feed::{self, Item, Outcome};
use fetch::schedule::Rhythm;
use store::{Feed, Fetched, Offer};
use tracing::Instrument as _;

use super::crew::{Rest, Work, aside};
use super::{Room, pace};

/// How many due feeds are looked at, so that many of one site don't hide the rest.
const LOOKED_AT: i64 = 2_000;

impl Room {
    /// Takes feeds that are due and whose site is free.
    pub(super) async fn fetching(self: &Arc<Self>, free: usize) -> Result<Vec<Work>> {
        let now = self.clock.now();
        let mut taken: Vec<Work> = Vec::new();
        let mut busy: BTreeSet<String> = BTreeSet::new();
        for feed in self.store.due_feeds(now, LOOKED_AT).await? {
            if taken.len() >= free {
                break;
            }
            let domain = pace::domain(&feed.address);
            if self.asked().contains(&feed.id) || busy.contains(&domain) {
                continue;
            }
            match self.pace.take(&domain, now) {
                Ok(permit) => {
                    self.asked().insert(feed.id);
                    taken.push(self.fetch(feed, permit));
                }
                Err(_) => _ = busy.insert(domain),
            }
        }
        Ok(taken)
    }

    fn asked(&self) -> MutexGuard<'_, BTreeSet<i64>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fetch(self: &Arc<Self>, feed: Feed, permit: fetch::pace::Permit) -> Work {
        let room = Arc::clone(self);
        let span = tracing::info_span!("job", stage = "fetch", key = feed.id, address = %feed.address);
        let within = span.clone();
        let work = async move {
            let begun = Instant::now();
            let id = feed.id;
            let asking = Arc::clone(&room);
            let (now, rhythm) = (room.clock.now(), room.rhythm());
            let (domain, address) = (pace::domain(&feed.address), feed.address.clone());
            let outcome = aside(move || feed::ask(&asking.client, &state(feed), &rhythm, now)).await;
            room.slow(&domain, &address);
            if let Some(until) = outcome.as_ref().ok().and_then(|outcome| outcome.rest) {
                room.pace.rest(&domain, until);
            }
            permit.finish(room.clock.now());
            let rest = async move {
                let done = match outcome {
                    Ok(outcome) => room.store.record_fetch(id, &fetched(outcome)).await.map_err(Into::into),
                    Err(error) => Err(error),
                };
                room.asked().remove(&id);
                match done {
                    Ok((new, changed)) => {
                        tracing::info!(new, changed, ms = begun.elapsed().as_millis(), "a feed was asked")
                    }
                    Err(error) => {
                        tracing::error!(error = format!("{error:#}"), "what a feed said could not be kept")
                    }
                }
            };
            Rest::new(rest.instrument(within))
        };
        Box::pin(work.instrument(span))
    }

    fn rhythm(&self) -> Rhythm {
        Rhythm::within(self.settings.min_interval_ms, self.settings.max_interval_ms)
    }
}

/// What is known of a feed before it is asked.
fn state(feed: Feed) -> feed::State {
    feed::State {
        address: feed.address,
        etag: feed.etag,
        modified: feed.modified,
        interval: feed.interval,
        failures: feed.failures,
        newest: feed.newest,
        fresh: feed.fresh,
        fetched: feed.fetched,
        health: feed.health,
        note: feed.note,
        hub: feed.hub,
        topic: feed.topic,
    }
}

/// What came of asking, as it is kept.
fn fetched(outcome: Outcome) -> Fetched {
    Fetched {
        at: outcome.at,
        health: outcome.health,
        note: outcome.note,
        etag: outcome.etag,
        modified: outcome.modified,
        interval: outcome.interval,
        next: outcome.next,
        success: outcome.success,
        failures: outcome.failures,
        newest: outcome.newest,
        moved_to: outcome.moved_to,
        title: outcome.title,
        hub: outcome.hub,
        topic: outcome.topic,
        offers: outcome.offers.into_iter().map(offer).collect(),
    }
}

fn offer(item: Item) -> Offer {
    Offer {
        address: item.address,
        guid: item.guid,
        title: item.title,
        published: item.published,
        item: item.item,
        hash: item.hash,
    }
}
