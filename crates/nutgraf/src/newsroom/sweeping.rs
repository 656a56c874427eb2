//! Once a minute: finds what a lost message left, and forgets what is no longer needed.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use anyhow::Result;

use super::crew::{Rest, Work};
use super::{DAY, MINUTE, Room};

impl Room {
    /// The sweep, if it is due.
    pub(super) fn sweeping(self: &Arc<Self>) -> Vec<Work> {
        let now = self.clock.now();
        if self.sweep.load(Ordering::SeqCst) > now {
            return Vec::new();
        }
        self.sweep.store(now + MINUTE, Ordering::SeqCst);
        let room = Arc::clone(self);
        let rest = async move {
            if let Err(error) = room.tidy().await {
                tracing::error!(error = format!("{error:#}"), "the sweep failed; it comes again in a minute");
            }
        };
        let work = async move { Rest::new(rest) };
        vec![Box::pin(work)]
    }

    async fn tidy(&self) -> Result<()> {
        let now = self.clock.now();
        let found = self.store.sweep(now).await?;
        if found > 0 {
            tracing::info!(found, "the sweep found work without a job");
        }
        self.store.forget_senders(now - DAY).await?;
        self.subscriptions(now).await
    }
}
