//! Hubs that tell of changes: subscribed to where the site has a public address. Polling goes on beside it.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use fetch::websub::Subscription;
use store::{Feed, Job, Millis, Stage, State};
use tracing::Instrument as _;

use super::crew::{Done, Rest, Work, aside};
use super::{DAY, Room};

/// For how long hubs are asked to tell us.
const LEASE_SECONDS: u64 = 10 * 86_400;

impl Room {
    /// Asks for subscriptions that are missing or run out within a day.
    pub(super) async fn subscriptions(&self, now: Millis) -> Result<()> {
        if self.settings.base.is_empty() {
            return Ok(());
        }
        let wanted = |feed: &&Feed| {
            let runs_out = feed.lease.is_none_or(|until| until < now + DAY);
            feed.state == State::Active && !feed.hub.is_empty() && !feed.topic.is_empty() && runs_out
        };
        for feed in self.store.feeds().await?.iter().filter(wanted) {
            self.store.enqueue(Stage::Subscribe, &feed.id.to_string(), now, now).await?;
        }
        Ok(())
    }

    /// Takes hubs that are to be subscribed to.
    pub(super) async fn subscribing(self: &Arc<Self>, free: usize) -> Result<Vec<Work>> {
        let jobs = self.lease(Stage::Subscribe, free).await?;
        Ok(jobs.into_iter().map(|job| self.subscribe(job)).collect())
    }

    fn subscribe(self: &Arc<Self>, job: Job) -> Work {
        let room = Arc::clone(self);
        let span = tracing::info_span!("job", stage = "subscribe", key = %job.key);
        let within = span.clone();
        let work = async move {
            let done = room.ask_hub(&job).await;
            let rest = async move { room.settle(&job, done).await };
            Rest::new(rest.instrument(within))
        };
        Box::pin(work.instrument(span))
    }

    async fn ask_hub(self: &Arc<Self>, job: &Job) -> Result<Done> {
        let feed = match job.key.parse() {
            Ok(id) => self.store.feed(id).await?,
            Err(_) => None,
        };
        let Some(feed) = feed.filter(|feed| feed.state == State::Active && !feed.hub.is_empty()) else {
            return Ok(Done::Finished);
        };
        let now = self.clock.now();
        let secret = if feed.secret.is_empty() { secret()? } else { feed.secret.clone() };
        // The lease runs from the hub's confirmation, which comes to the site. Until then none is written down but a
        // day to wait for it, so that a hub that never answers is asked once a day.
        self.store.set_lease(feed.id, &secret, Some(now + 2 * DAY)).await?;
        let callback = format!("{}/websub/{}", self.settings.base.trim_end_matches('/'), feed.id);
        let room = Arc::clone(self);
        let asked = aside(move || {
            let ask = Subscription {
                hub: &feed.hub,
                topic: &feed.topic,
                callback: &callback,
                secret: &secret,
                lease: LEASE_SECONDS,
            };
            fetch::websub::subscribe(&room.client, &ask)
        })
        .await?;
        Ok(match asked {
            Ok(()) => Done::Finished,
            Err(refusal) => Done::Failed { reason: refusal.to_string(), after: None },
        })
    }
}

/// A secret to share with a hub.
fn secret() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).context("the machine gives no random numbers")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
