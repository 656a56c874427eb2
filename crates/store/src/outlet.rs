//! Who publishes.

use std::collections::BTreeSet;

use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use crate::row::{clean, flag, get, names};
use crate::{Millis, Result, Stage, Store, index, job, story};

/// Whether something is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is used.
    Active,
    /// It rests until somebody wakes it.
    Paused,
    /// It was taken out. Its row stays, so that it does not come back by itself.
    Removed,
}

/// An outlet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// Its number.
    pub id: i64,
    /// Its registrable domain; unique.
    pub domain: String,
    /// Its printed name.
    pub name: String,
    /// The family set by hand; empty where the shipped list or the domain decides.
    pub family: String,
    /// Two-letter country; empty where unknown.
    pub country: String,
    /// Whether its articles are for subscribers as a rule.
    pub paywalled: bool,
    /// Whether it is used.
    pub state: State,
    /// When it was added.
    pub added: Millis,
}

/// An outlet to be added or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewOutlet {
    /// Its registrable domain.
    pub domain: String,
    /// Its printed name.
    pub name: String,
    /// Its family; empty for none set.
    pub family: String,
    /// Its country; empty for unknown.
    pub country: String,
    /// Whether its articles are for subscribers as a rule.
    pub paywalled: bool,
}

names!(State { Active = "active", Paused = "paused", Removed = "removed" });

const COLUMNS: &str = "id, domain, name, family, country, paywalled, state, added";

impl Store {
    /// Adds an outlet, or fills what an existing one has empty; its number.
    pub async fn put_outlet(&self, outlet: &NewOutlet, now: Millis) -> Result<i64> {
        let sql = "INSERT INTO outlets (domain, name, family, country, paywalled, state, added)
                   VALUES ($1, $2, $3, $4, $5, 'active', $6)
                   ON CONFLICT (domain) DO UPDATE SET
                       name = CASE WHEN outlets.name = '' THEN excluded.name ELSE outlets.name END,
                       family = CASE WHEN outlets.family = '' THEN excluded.family ELSE outlets.family END,
                       country = CASE WHEN outlets.country = '' THEN excluded.country ELSE outlets.country END
                   RETURNING id";
        let id = sqlx::query_scalar(sql)
            .bind(clean(&outlet.domain).as_ref())
            .bind(clean(&outlet.name).as_ref())
            .bind(clean(&outlet.family).as_ref())
            .bind(clean(&outlet.country).as_ref())
            .bind(i64::from(outlet.paywalled))
            .bind(now)
            .fetch_one(&self.writer)
            .await?;
        Ok(id)
    }

    /// Writes name, family, country and paywall mark of an outlet anew.
    pub async fn change_outlet(&self, id: i64, outlet: &NewOutlet) -> Result<()> {
        let sql = "UPDATE outlets SET name = $1, family = $2, country = $3, paywalled = $4 WHERE id = $5";
        sqlx::query(sql)
            .bind(clean(&outlet.name).as_ref())
            .bind(clean(&outlet.family).as_ref())
            .bind(clean(&outlet.country).as_ref())
            .bind(i64::from(outlet.paywalled))
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// All outlets, by name.
    pub async fn outlets(&self) -> Result<Vec<Outlet>> {
        let sql = format!("SELECT {COLUMNS} FROM outlets ORDER BY name, id");
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
        rows.iter().map(outlet).collect()
    }

    /// The outlet of a registrable domain.
    pub async fn outlet(&self, domain: &str) -> Result<Option<Outlet>> {
        let sql = format!("SELECT {COLUMNS} FROM outlets WHERE domain = $1");
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(clean(domain).as_ref())
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(outlet).transpose()
    }

    /// Sets an outlet's state and that of its feeds. Taking one out also withdraws its articles and enqueues
    /// [`crate::Stage::Write`] for every story that holds one; using it again brings back those that went with it,
    /// not those that an editor took out.
    pub async fn set_outlet_state(&self, id: i64, state: State, now: Millis) -> Result<()> {
        let mut transaction = self.write().await?;
        let sql = "UPDATE outlets SET state = $1 WHERE id = $2 RETURNING domain";
        let domain: Option<String> =
            sqlx::query_scalar(sql).bind(state.name()).bind(id).fetch_optional(&mut *transaction).await?;
        let Some(domain) = domain else { return Ok(()) };
        let sql = "UPDATE feeds SET state = $1, next = CASE WHEN next > $2 THEN $2 ELSE next END
                   WHERE outlet = $3 AND state <> $1";
        sqlx::query(sql).bind(state.name()).bind(now).bind(id).execute(&mut *transaction).await?;
        let (from, to) = if state == State::Removed { (0, 2) } else { (2, 0) };
        let sql =
            "UPDATE articles SET withdrawn = $1 WHERE domain = $2 AND withdrawn = $3 RETURNING number, story";
        let rows =
            sqlx::query(sql).bind(to).bind(domain.as_str()).bind(from).fetch_all(&mut *transaction).await?;
        let mut stories = BTreeSet::new();
        for row in &rows {
            index::refresh_article(self.kind, &mut transaction, get(row, "number")?).await?;
            stories.extend(get::<Option<String>>(row, "story")?);
        }
        for story in &stories {
            story::touch(&mut transaction, story, now).await?;
            job::ask(&mut *transaction, Stage::Write, story, now, now).await?;
        }
        Ok(transaction.commit().await?)
    }
}

fn outlet(row: &AnyRow) -> Result<Outlet> {
    Ok(Outlet {
        id: get(row, "id")?,
        domain: get(row, "domain")?,
        name: get(row, "name")?,
        family: get(row, "family")?,
        country: get(row, "country")?,
        paywalled: flag(row, "paywalled")?,
        state: State::read(row, "state")?,
        added: get(row, "added")?,
    })
}
