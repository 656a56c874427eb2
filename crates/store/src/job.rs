//! Jobs as rows: what is to be done, once each, again after a failure, and after a crash.

use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Executor};

use crate::row::{clean, get, names};
use crate::{Millis, Result, Store};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Read an offer's article (key: the offer's number).
    Read,
    /// Put an article into a story (key: the article's id).
    Group,
    /// Write, check and publish a story (key: the story's id).
    Write,
    /// Subscribe to a feed's hub (key: the feed's number).
    Subscribe,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// It waits for its time.
    Waiting,
    /// Somebody has it until its lease ends.
    Leased,
    /// It failed too often and waits for an editor.
    Dead,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// What is to be done.
    pub stage: Stage,
    /// To what.
    pub key: String,
    /// How far it is.
    pub state: JobState,
    /// How often it was begun.
    pub attempts: i64,
    /// When it is due, or its lease ends.
    pub due: Millis,
    /// Why it failed last; empty for never.
    pub error: String,
    /// When it came.
    pub created: Millis,
    /// Rises each time the same work is asked for again; see [`Store::finish`].
    pub asked: i64,
}

names!(Stage { Read = "read", Group = "group", Write = "write", Subscribe = "subscribe" });
names!(JobState { Waiting = "waiting", Leased = "leased", Dead = "dead" });

const COLUMNS: &str = "id, stage, key, state, attempts, due, since, error, created, asked";

impl Store {
    /// Asks for work. A job with that stage and key that is already there is not doubled: it is due at the earlier of
    /// both times, and if it is being done right now it will be done once more. A dead one wakes.
    pub async fn enqueue(&self, stage: Stage, key: &str, due: Millis, now: Millis) -> Result<()> {
        ask(&self.writer, stage, key, due, now).await
    }

    /// Takes up to `limit` due jobs of a stage, the longest due first, until `now + lease`. Nobody else gets them
    /// before; after a crash they come again when the lease ends.
    pub async fn lease(&self, stage: Stage, now: Millis, lease: Millis, limit: i64) -> Result<Vec<Job>> {
        let skip = self.words("", "FOR UPDATE SKIP LOCKED");
        let sql = format!(
            "UPDATE jobs SET state = 'leased', attempts = attempts + 1, due = $1
             WHERE id IN (SELECT id FROM jobs WHERE stage = $2 AND state IN ('waiting', 'leased') AND due <= $3
                          ORDER BY due, id LIMIT $4 {skip})
             RETURNING {COLUMNS}"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(now + lease)
            .bind(stage.name())
            .bind(now)
            .bind(limit)
            .fetch_all(&self.writer)
            .await?;
        let mut jobs =
            rows.iter().map(|row| Ok((get::<i64>(row, "since")?, job(row)?))).collect::<Result<Vec<_>>>()?;
        jobs.sort_by_key(|(since, job)| (*since, job.id));
        Ok(jobs.into_iter().map(|(_, job)| job).collect())
    }

    /// A job is done: its row goes, unless it was asked for again in the meantime ([`Job::asked`]), then it waits.
    /// What it was about is marked done for [`Store::sweep`].
    pub async fn finish(&self, job: &Job, _now: Millis) -> Result<()> {
        let mut transaction = self.write().await?;
        let sql = "DELETE FROM jobs WHERE id = $1 AND asked = $2";
        let gone =
            sqlx::query(sql).bind(job.id).bind(job.asked).execute(&mut *transaction).await?.rows_affected();
        if gone == 0 {
            let sql = "UPDATE jobs SET state = 'waiting', due = since, attempts = 0, error = ''
                       WHERE id = $1 AND state = 'leased'";
            sqlx::query(sql).bind(job.id).execute(&mut *transaction).await?;
        } else if let Some(sql) = match job.stage {
            Stage::Group => Some("UPDATE articles SET grouped = 1 WHERE id = $1"),
            Stage::Write => Some("UPDATE stories SET written = touched WHERE id = $1 AND written < touched"),
            Stage::Read | Stage::Subscribe => None,
        } {
            sqlx::query(sql).bind(job.key.as_str()).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// A job failed: it waits until `again`, or is dead where that is none. One that was asked for again in the
    /// meantime never dies of the older failure.
    pub async fn fail(&self, job: &Job, error: &str, again: Option<Millis>, now: Millis) -> Result<()> {
        let sql = "UPDATE jobs SET error = $1,
                       state = CASE WHEN $2 = 1 AND asked = $3 THEN 'dead' ELSE 'waiting' END,
                       due = CASE WHEN asked <> $3 THEN since ELSE $4 END,
                       since = CASE WHEN asked <> $3 THEN since ELSE $4 END
                   WHERE id = $5 AND state = 'leased'";
        sqlx::query(sql)
            .bind(clean(error).as_ref())
            .bind(i64::from(again.is_none()))
            .bind(job.asked)
            .bind(again.unwrap_or(now))
            .bind(job.id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Gives back every lease: what a process does at its start when it is the only one.
    pub async fn release_all(&self, now: Millis) -> Result<u64> {
        let sql = "UPDATE jobs SET state = 'waiting', due = CASE WHEN since < $1 THEN since ELSE $1 END
                   WHERE state = 'leased'";
        Ok(sqlx::query(sql).bind(now).execute(&self.writer).await?.rows_affected())
    }

    /// Jobs for the desk: the longest due first, dead ones before.
    pub async fn jobs(&self, limit: i64) -> Result<Vec<Job>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM jobs ORDER BY CASE WHEN state = 'dead' THEN 0 ELSE 1 END, due, id LIMIT $1"
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(job).collect()
    }

    /// How many jobs there are by stage and state.
    pub async fn job_counts(&self) -> Result<Vec<(Stage, JobState, i64)>> {
        let sql =
            "SELECT stage, state, count(*) AS many FROM jobs GROUP BY stage, state ORDER BY stage, state";
        let rows = sqlx::query(sql).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| Ok((Stage::read(row, "stage")?, JobState::read(row, "state")?, get(row, "many")?)))
            .collect()
    }

    /// When the next waiting job is due.
    pub async fn next_job(&self) -> Result<Option<Millis>> {
        let sql = "SELECT min(due) FROM jobs WHERE state = 'waiting'";
        Ok(sqlx::query_scalar(sql).fetch_one(&self.readers).await?)
    }

    /// Wakes a dead job.
    pub async fn retry_job(&self, id: i64, now: Millis) -> Result<()> {
        let sql = "UPDATE jobs SET state = 'waiting', attempts = 0, due = $1, since = $1 WHERE id = $2 AND state = 'dead'";
        sqlx::query(sql).bind(now).bind(id).execute(&self.writer).await?;
        Ok(())
    }

    /// Finds what a lost message left: offers never read, articles in no story, and stories touched after their last
    /// write, without a job. How many jobs were made.
    pub async fn sweep(&self, now: Millis) -> Result<u64> {
        let mut transaction = self.write().await?;
        let mut made = 0;
        for (stage, lost) in [
            (
                Stage::Read,
                "SELECT CAST(id AS TEXT) AS what FROM offers WHERE article IS NULL AND reason = ''",
            ),
            (Stage::Group, "SELECT id AS what FROM articles WHERE grouped = 0"),
            (Stage::Write, "SELECT id AS what FROM stories WHERE written < touched"),
        ] {
            let sql = format!(
                "INSERT INTO jobs (stage, key, state, attempts, due, since, error, created, asked)
                 SELECT $1, what, 'waiting', 0, $2, $2, '', $2, 1 FROM ({lost}) AS lost
                 WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE stage = $1 AND key = what)"
            );
            let done = sqlx::query(AssertSqlSafe(sql))
                .bind(stage.name())
                .bind(now)
                .execute(&mut *transaction)
                .await?;
            made += done.rows_affected();
        }
        transaction.commit().await?;
        Ok(made)
    }
}

/// Asks for work inside a transaction, or outside of one.
pub(crate) async fn ask<'e, E>(executor: E, stage: Stage, key: &str, due: Millis, now: Millis) -> Result<()>
where
    E: Executor<'e, Database = Any>,
{
    let sql = "INSERT INTO jobs (stage, key, state, attempts, due, since, error, created, asked)
               VALUES ($1, $2, 'waiting', 0, $3, $3, '', $4, 1)
               ON CONFLICT (stage, key) DO UPDATE SET
                   asked = jobs.asked + 1,
                   attempts = CASE WHEN jobs.state = 'dead' THEN 0 ELSE jobs.attempts END,
                   state = CASE WHEN jobs.state = 'dead' THEN 'waiting' ELSE jobs.state END,
                   due = CASE WHEN jobs.state = 'dead' THEN excluded.due
                              WHEN jobs.state = 'leased' OR jobs.due < excluded.due THEN jobs.due
                              ELSE excluded.due END,
                   since = CASE WHEN jobs.state = 'dead' THEN excluded.since
                                WHEN jobs.state = 'leased' AND jobs.since <= $4 THEN excluded.since
                                WHEN jobs.since < excluded.since THEN jobs.since
                                ELSE excluded.since END";
    sqlx::query(sql)
        .bind(stage.name())
        .bind(clean(key).as_ref())
        .bind(due)
        .bind(now)
        .execute(executor)
        .await?;
    Ok(())
}

fn job(row: &AnyRow) -> Result<Job> {
    Ok(Job {
        id: get(row, "id")?,
        stage: Stage::read(row, "stage")?,
        key: get(row, "key")?,
        state: JobState::read(row, "state")?,
        attempts: get(row, "attempts")?,
        due: get(row, "due")?,
        error: get(row, "error")?,
        created: get(row, "created")?,
        asked: get(row, "asked")?,
    })
}
