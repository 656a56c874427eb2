//! How a station keeps its hands busy, stops when it is told to, and survives what goes wrong.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use store::{Job, Millis, Stage};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::{LEASE, MINUTE, MOST_FAILURES, Room};

/// A piece of work: the part that takes time and runs beside others, which gives the rest.
pub(super) type Work = Pin<Box<dyn Future<Output = Rest> + Send>>;

/// The part that writes down what came of a piece of work. In [`super::Newsroom::drain`] it runs in the order of the
/// jobs.
pub(super) struct Rest(Pin<Box<dyn Future<Output = ()> + Send>>);

impl Rest {
    pub(super) fn new(rest: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(Box::pin(rest))
    }

    async fn run(self) {
        self.0.await;
    }
}

/// How long a station with nothing to do waits before it looks again; a bell wakes it earlier.
const LOOK: Duration = Duration::from_millis(400);
/// How long it waits after the store failed.
const REST: Duration = Duration::from_secs(2);
/// How long what runs may take when the newsroom closes.
const GRACE: Duration = Duration::from_secs(8);

/// Who does what, in the order of the working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Station {
    Sweeping,
    Subscribing,
    Fetching,
    Reading,
    Grouping,
    Writing,
}

pub(super) const STATIONS: [Station; 6] = [
    Station::Sweeping,
    Station::Subscribing,
    Station::Fetching,
    Station::Reading,
    Station::Grouping,
    Station::Writing,
];

impl Room {
    /// Keeps a station's hands busy until `stop` says so.
    pub(super) async fn crew(self: Arc<Self>, station: Station, mut stop: watch::Receiver<bool>) {
        let mut running: JoinSet<()> = JoinSet::new();
        while !*stop.borrow() {
            let free = self.hands(station).saturating_sub(running.len());
            let taken = if free == 0 { Ok(Vec::new()) } else { self.take(station, free).await };
            let wait = match &taken {
                Err(error) => {
                    tracing::error!(?station, %error, "the store failed; trying again");
                    REST
                }
                Ok(_) => LOOK,
            };
            for work in taken.unwrap_or_default() {
                running.spawn(async move { work.await.run().await });
            }
            tokio::select! {
                Some(done) = running.join_next(), if !running.is_empty() => self.done(station, done),
                () = self.bell.notified(), if running.len() < self.hands(station) => {}
                () = sleep(wait) => {}
                changed = stop.changed() => if changed.is_err() { break },
            }
        }
        let rest = async { while running.join_next().await.is_some() {} };
        if timeout(GRACE, rest).await.is_err() {
            tracing::warn!(?station, "what was still running is given up; it comes again at the next start");
        }
    }

    fn done(&self, station: Station, done: Result<(), tokio::task::JoinError>) {
        if let Err(error) = done {
            tracing::error!(?station, %error, "a piece of work broke; it comes again when its lease ends");
        }
        self.bell.notify_waiters();
    }

    /// Does what is due at a station once: side by side what takes time, in order what is written down. How much
    /// there was.
    pub(super) async fn pass(self: Arc<Self>, station: Station) -> Result<usize> {
        let taken = self.take(station, self.hands(station)).await?;
        let running: Vec<_> = taken.into_iter().map(tokio::spawn).collect();
        let count = running.len();
        for work in running {
            work.await?.run().await;
        }
        Ok(count)
    }

    /// Takes due jobs of a stage.
    pub(super) async fn lease(&self, stage: Stage, free: usize) -> Result<Vec<Job>> {
        let free = i64::try_from(free).unwrap_or(i64::MAX);
        Ok(self.store.lease(stage, self.clock.now(), LEASE, free).await?)
    }

    /// Writes down how a job went. Where even that fails, the job comes again when its lease ends.
    pub(super) async fn settle(&self, job: &Job, done: Result<Done>) {
        let now = self.clock.now();
        let settled = match done {
            Ok(Done::Finished) => self.store.finish(job, now).await,
            Ok(Done::Later { at }) => self.store.fail(job, &job.error, Some(at.max(now + 1)), now).await,
            Ok(Done::Failed { reason, after }) => self.failed(job, &reason, after).await,
            Err(error) => self.failed(job, &format!("{error:#}"), None).await,
        };
        if let Err(error) = settled {
            tracing::error!(stage = ?job.stage, key = %job.key, %error, "a job could not be settled");
        }
    }

    /// A failed job waits twice as long after each failure, and for an editor after too many. How often it failed
    /// stands in its words, because waiting for one's turn counts as a beginning and not as a failure.
    async fn failed(&self, job: &Job, reason: &str, after: Option<Millis>) -> store::Result<()> {
        let now = self.clock.now();
        let failures = failures(&job.error) + 1;
        let wait = MINUTE << failures.min(MOST_FAILURES).saturating_sub(1);
        let again = (failures < MOST_FAILURES).then(|| (now + wait).max(after.unwrap_or(now)));
        tracing::warn!(stage = ?job.stage, key = %job.key, failures, reason, "a job failed");
        self.store.fail(job, &format!("failed {failures} times: {reason}"), again, now).await
    }
}

/// How a job went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Done {
    /// It is done.
    Finished,
    /// It must wait for its turn.
    Later { at: Millis },
    /// It failed; try again, not before `after`.
    Failed { reason: String, after: Option<Millis> },
}

/// How often a job failed, by the words of its last failure.
pub(super) fn failures(error: &str) -> u32 {
    let count = error.strip_prefix("failed ").and_then(|rest| rest.split(' ').next());
    count.and_then(|count| count.parse().ok()).unwrap_or_default()
}

/// Runs what computes or blocks where it holds nobody up.
pub(super) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| anyhow::anyhow!("the program broke on it ({error})"))
}
