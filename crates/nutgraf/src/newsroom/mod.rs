//! The newsroom at work: it asks feeds, reads articles, groups and writes, until somebody closes it.
//!
//! What is to be done stands in the store as due feeds and jobs; this only takes it from there. Each station takes
//! what is due, does the part that takes time, and writes down what came of it in one step, so that a crash loses
//! nothing: what was not written down comes again, and what was written down twice is there once.

mod crew;
mod fetching;
mod grouping;
mod item;
mod pace;
mod reading;
mod settings;
mod subscribing;
mod sweeping;
mod writing;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Result;
use desk::group::Stream;
use store::{Clock, Millis, Store};
use tokio::sync::{Notify, watch};

use crew::{STATIONS, Station};
use pace::Turns;

pub(crate) use settings::Settings;

/// How long a job is somebody's before another may take it.
const LEASE: Millis = 5 * MINUTE;
const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;
/// How often a job may fail before it waits for an editor.
const MOST_FAILURES: u32 = 8;

/// A newsroom. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Newsroom {
    room: Arc<Room>,
}

/// What all stations share.
struct Room {
    store: Store,
    clock: Clock,
    settings: Settings,
    client: fetch::Client,
    pace: fetch::pace::Pace,
    /// The stories that are open. There is one owner at a time, so that articles are placed in the order in which
    /// they came; none where it must be taken up from the store first.
    stream: tokio::sync::Mutex<Option<Stream>>,
    /// Feeds that are being asked.
    asked: Mutex<BTreeSet<i64>>,
    /// When jobs that wait for a domain have their turn.
    turns: Mutex<Turns>,
    /// When the next sweep is due.
    sweep: AtomicI64,
    /// When stories are looked at again.
    regroup: AtomicI64,
    /// Rings when something was done that may have made work for somebody else.
    bell: Notify,
}

impl Newsroom {
    /// A newsroom over that store. Nothing happens before [`Self::run`] or [`Self::drain`].
    pub(crate) fn new(store: Store, clock: Clock, settings: Settings) -> Self {
        let client = fetch::Client::new(&settings.limits);
        let gap = Duration::from_millis(u64::try_from(settings.gap_ms).unwrap_or_default());
        let pace = fetch::pace::Pace::new(gap);
        let room = Room {
            store,
            clock,
            settings,
            client,
            pace,
            stream: tokio::sync::Mutex::new(None),
            asked: Mutex::default(),
            turns: Mutex::default(),
            sweep: AtomicI64::new(Millis::MIN),
            regroup: AtomicI64::new(Millis::MIN),
            bell: Notify::new(),
        };
        Self { room: Arc::new(room) }
    }

    /// Works until `stop` says so; what runs then is finished if it takes no longer than some seconds.
    ///
    /// # Errors
    /// When the store can't be used at the start. Later failures are logged and tried again.
    pub(crate) async fn run(&self, stop: watch::Receiver<bool>) -> Result<()> {
        self.open().await?;
        let stations = STATIONS.map(|station| tokio::spawn(self.room.clone().crew(station, stop.clone())));
        for station in stations {
            station.await?;
        }
        Ok(())
    }

    /// Gives back what a process before us had taken: we are the only one.
    async fn open(&self) -> Result<()> {
        let now = self.room.clock.now();
        let freed = self.room.store.release_all(now).await?;
        let found = self.room.store.sweep(now).await?;
        tracing::info!(freed, found, "the newsroom opens");
        Ok(())
    }

    /// Does everything that is due at this moment of the newsroom's clock, stage after stage and in order, and
    /// returns when nothing is.
    ///
    /// # Errors
    /// When the store fails.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "tests and measurements step through played time with it")
    )]
    pub(crate) async fn drain(&self) -> Result<()> {
        loop {
            let mut done = 0;
            for station in STATIONS {
                done += self.room.clone().pass(station).await?;
            }
            if done == 0 {
                return Ok(());
            }
        }
    }
}

impl Room {
    /// How many things a station does at a time.
    fn hands(&self, station: Station) -> usize {
        match station {
            Station::Fetching | Station::Reading => self.settings.fetchers.max(1),
            Station::Writing => 2,
            Station::Sweeping | Station::Subscribing | Station::Grouping => 1,
        }
    }

    /// Takes up to `free` pieces of work that are due.
    async fn take(self: &Arc<Self>, station: Station, free: usize) -> Result<Vec<crew::Work>> {
        match station {
            Station::Sweeping => Ok(self.sweeping()),
            Station::Subscribing => self.subscribing(free).await,
            Station::Fetching => self.fetching(free).await,
            Station::Reading => self.reading(free).await,
            Station::Grouping => self.grouping().await,
            Station::Writing => self.writing(free).await,
        }
    }
}
