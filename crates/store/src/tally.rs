//! How much there is, for metrics and the desk.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use crate::row::get;
use crate::{Result, Store};

/// How much there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Outlets in use.
    pub outlets: i64,
    /// Feeds in use.
    pub feeds: i64,
    /// Feeds by health, by the name of each.
    pub health: Vec<(String, i64)>,
    /// Articles.
    pub articles: i64,
    /// Revisions.
    pub revisions: i64,
    /// Stories.
    pub stories: i64,
    /// Stories with a published digest.
    pub published: i64,
    /// Versions of digests.
    pub versions: i64,
    /// Versions that wait for an editor.
    pub waiting_digests: i64,
    /// Comments that wait for an editor.
    pub waiting_comments: i64,
    /// Open reports.
    pub open_reports: i64,
    /// Comments shown.
    pub comments: i64,
}

/// Counts of the tables that grow without end, and when they were made.
#[derive(Debug, Default)]
pub(crate) struct Lagging {
    counted: Option<(Instant, i64, i64)>,
}

/// Tables with fewer rows are always counted anew.
const LARGE: i64 = 20_000;

/// For how long the count of a large table is used again.
const FRESH: Duration = Duration::from_secs(10);

impl Store {
    /// How much there is. Counts of large tables may lag behind by some seconds.
    pub async fn tally(&self) -> Result<Tally> {
        let (articles, revisions) = self.large().await?;
        let sql = "SELECT (SELECT count(*) FROM outlets WHERE state = 'active') AS outlets,
                (SELECT count(*) FROM feeds WHERE state = 'active') AS feeds,
                (SELECT count(*) FROM stories) AS stories,
                (SELECT count(*) FROM stories WHERE version IS NOT NULL) AS published,
                (SELECT count(*) FROM digests) AS versions,
                (SELECT count(*) FROM digests WHERE state = 'held') AS waiting_digests,
                (SELECT count(*) FROM comments WHERE state = 'waiting') AS waiting_comments,
                (SELECT count(*) FROM reports WHERE closed IS NULL) AS open_reports,
                (SELECT count(*) FROM comments WHERE state = 'approved') AS comments";
        let row = sqlx::query(sql).fetch_one(&self.readers).await?;
        let sql = "SELECT health, count(*) AS many FROM feeds WHERE state = 'active' GROUP BY health ORDER BY health";
        let health = sqlx::query(sql).fetch_all(&self.readers).await?;
        Ok(Tally {
            outlets: get(&row, "outlets")?,
            feeds: get(&row, "feeds")?,
            health: health
                .iter()
                .map(|row| Ok((get(row, "health")?, get(row, "many")?)))
                .collect::<Result<_>>()?,
            articles,
            revisions,
            stories: get(&row, "stories")?,
            published: get(&row, "published")?,
            versions: get(&row, "versions")?,
            waiting_digests: get(&row, "waiting_digests")?,
            waiting_comments: get(&row, "waiting_comments")?,
            open_reports: get(&row, "open_reports")?,
            comments: get(&row, "comments")?,
        })
    }

    /// Has the large tables counted anew the next time.
    pub(crate) fn forget_counts(&self) {
        self.lagging.lock().unwrap_or_else(PoisonError::into_inner).counted = None;
    }

    /// How many articles and revisions there are.
    async fn large(&self) -> Result<(i64, i64)> {
        if let Some((at, articles, revisions)) =
            self.lagging.lock().unwrap_or_else(PoisonError::into_inner).counted
            && articles >= LARGE
            && at.elapsed() < FRESH
        {
            return Ok((articles, revisions));
        }
        let sql = "SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM revisions) AS revisions";
        let row = sqlx::query(sql).fetch_one(&self.readers).await?;
        let (articles, revisions) = (get(&row, "articles")?, get(&row, "revisions")?);
        let mut lagging = self.lagging.lock().unwrap_or_else(PoisonError::into_inner);
        lagging.counted = Some((Instant::now(), articles, revisions));
        Ok((articles, revisions))
    }
}
