//! Articles join their story, one after another in the order in which they came.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use anyhow::{Context as _, Result};
use desk::article::Article;
use desk::group::{self, Moved, Placed, Stream};
use desk::section;
use store::{Assigned, Held, Job, Millis, Stage};
use tracing::Instrument as _;

use super::crew::{Done, Rest, Work, aside};
use super::{DAY, HOUR, Room};

/// How many articles are placed in one go.
const BATCH: usize = 64;

impl Room {
    /// Takes articles that are to be grouped: one piece of work, for their order is what counts.
    pub(super) async fn grouping(self: &Arc<Self>) -> Result<Vec<Work>> {
        let jobs = self.lease(Stage::Group, BATCH).await?;
        if jobs.is_empty() {
            return Ok(self.regrouping());
        }
        let room = Arc::clone(self);
        let rest = async move {
            for job in jobs {
                let span = tracing::info_span!("job", stage = "group", key = %job.key);
                room.group(&job).instrument(span).await;
            }
        };
        let work = async move { Rest::new(rest) };
        Ok(vec![Box::pin(work)])
    }

    /// Once an hour, when no article waits, stories that changed are looked at again with all that is known by then.
    fn regrouping(self: &Arc<Self>) -> Vec<Work> {
        let (now, due) = (self.clock.now(), self.regroup.load(Ordering::SeqCst));
        if due > now {
            return Vec::new();
        }
        self.regroup.store(now + HOUR, Ordering::SeqCst);
        if due == Millis::MIN {
            return Vec::new();
        }
        let room = Arc::clone(self);
        let rest = async move {
            if let Err(error) = room.look_again().await {
                tracing::error!(
                    error = format!("{error:#}"),
                    "stories could not be regrouped; it comes again in an hour"
                );
            }
        };
        let work = async move { Rest::new(rest) };
        vec![Box::pin(work)]
    }

    async fn look_again(&self) -> Result<()> {
        let mut owned = self.stream.lock().await;
        let Some(mut stream) = owned.take() else { return Ok(()) };
        let (stream, moved) = aside(move || {
            let moved = stream.settle();
            (stream, moved)
        })
        .await?;
        let now = self.clock.now();
        self.shift(&moved, now, now + self.settings.settle_ms).await?;
        *owned = Some(stream);
        Ok(())
    }

    async fn shift(&self, moved: &[Moved], now: Millis, write_at: Millis) -> Result<()> {
        if !moved.is_empty() {
            tracing::info!(articles = moved.len(), "articles went to another story");
            self.store.shift(moved, now, write_at).await.context("stories could not be regrouped")?;
        }
        Ok(())
    }

    async fn group(&self, job: &Job) {
        let begun = Instant::now();
        let done = self.place(job).await.map(|()| Done::Finished);
        tracing::debug!(ms = begun.elapsed().as_millis(), ?done, "grouped");
        self.settle(job, done).await;
    }

    async fn place(&self, job: &Job) -> Result<()> {
        let Some(held) = self.store.article(&job.key).await? else { return Ok(()) };
        let now = self.clock.now();
        let write_at = now + self.settings.settle_ms;
        // A revision does not move an article: its story is written anew.
        if let Some(story) = &held.story {
            self.store.enqueue(Stage::Write, story, write_at, now).await?;
            return Ok(());
        }
        if held.withdrawn {
            return Ok(());
        }
        let mut owned = self.stream.lock().await;
        let mut stream = match owned.take() {
            Some(stream) => stream,
            None => self.taken_up().await?,
        };
        let article = held.article;
        let section = section(&article);
        let id = article.id.clone();
        let (stream, placed) = aside(move || {
            let placed = stream.place(&article);
            (stream, placed)
        })
        .await?;
        let Placed { story, likeness, is_new, moved, .. } = placed;
        tracing::info!(story, likeness, is_new, "an article was placed");
        let assigned = Assigned { article: id, story, likeness, section };
        self.store
            .assign(&assigned, now, write_at)
            .await
            .context("the article could not be put into its story")?;
        self.shift(&moved, now, write_at).await?;
        // Only now is the stream what the store says; after a failure above it is taken up from there again.
        *owned = Some(stream);
        Ok(())
    }

    /// The stories that were open, from the store.
    async fn taken_up(&self) -> Result<Stream> {
        let settings = group::Settings { window: self.settings.window, ..group::Settings::default() };
        let count = |articles| i64::try_from(articles).unwrap_or(i64::MAX);
        let since = self.clock.now() - i64::from(settings.window.days) * DAY;
        let mut window = self.store.window(since, count(settings.window.most)).await?;
        if window.len() < settings.window.least {
            window = self.store.window(Millis::MIN, count(settings.window.least)).await?;
        }
        aside(move || {
            let mut stream = Stream::new(settings);
            for Held { article, story, .. } in &window {
                if let Some(story) = story {
                    stream.restore(article, story);
                }
            }
            stream
        })
        .await
    }
}

/// The section that the article's story takes if it opens one. Reading put the feed's word before the page's.
fn section(article: &Article) -> String {
    section::of(article.section.as_deref().unwrap_or_default(), None, article.url.as_deref())
}
