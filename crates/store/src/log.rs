//! The audit log: who did what, when. Rows are only ever added.

use sqlx::{Any, Executor};

use crate::row::{clean, get};
use crate::{Millis, Result, Store};

/// One line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: Millis,
    /// Who: an editor's name, or `nutgraf` for what it does by itself.
    pub who: String,
    /// What was done, a verb: `publish`, `hold`, `withdraw`, `drop`, `approve`, …
    pub action: String,
    /// To what: `story s1a2… version 3`, `comment 12`, `feed https://…`.
    pub object: String,
    /// The rest in words.
    pub detail: String,
}

impl Store {
    /// Adds a line.
    pub async fn log(&self, who: &str, action: &str, object: &str, detail: &str, now: Millis) -> Result<()> {
        add(&self.writer, [who, action, object, detail], now).await
    }

    /// The newest lines before the one with that number.
    pub async fn entries(&self, before: Option<i64>, limit: i64) -> Result<Vec<Entry>> {
        let sql =
            "SELECT id, at, who, action, object, detail FROM log WHERE id < $1 ORDER BY id DESC LIMIT $2";
        let rows =
            sqlx::query(sql).bind(before.unwrap_or(i64::MAX)).bind(limit).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                Ok(Entry {
                    id: get(row, "id")?,
                    at: get(row, "at")?,
                    who: get(row, "who")?,
                    action: get(row, "action")?,
                    object: get(row, "object")?,
                    detail: get(row, "detail")?,
                })
            })
            .collect()
    }
}

/// Adds a line inside a transaction, or outside of one: who, action, object and detail.
pub(crate) async fn add<'e, E>(executor: E, words: [&str; 4], now: Millis) -> Result<()>
where
    E: Executor<'e, Database = Any>,
{
    let sql = "INSERT INTO log (at, who, action, object, detail) VALUES ($1, $2, $3, $4, $5)";
    let query =
        words.iter().fold(sqlx::query(sql).bind(now), |query, word| query.bind(clean(word).into_owned()));
    query.execute(executor).await?;
    Ok(())
}
