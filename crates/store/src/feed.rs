//! Feeds, how they are, and what they offered.

use desk::read::feed::Health;

use std::collections::BTreeSet;

use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Transaction};

use crate::offer::{self, Offer};
use crate::row::{clean, clean_some, corrupt, get};
use crate::{Millis, Result, State, Store};

/// A feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its number.
    pub id: i64,
    /// Its address; unique.
    pub address: String,
    /// The outlet whose feed it is.
    pub outlet: i64,
    /// What it is called.
    pub title: String,
    /// The section its articles count for; empty for none.
    pub section: String,
    /// Whether it is fetched.
    pub state: State,
    /// How it is.
    pub health: Health,
    /// What was seen last, in words: the cause, or a note.
    pub note: String,
    /// The last `ETag`.
    pub etag: Option<String>,
    /// The last `Last-Modified`.
    pub modified: Option<String>,
    /// The learned time between two fetches.
    pub interval: Millis,
    /// When it is due.
    pub next: Millis,
    /// When it was asked last.
    pub fetched: Option<Millis>,
    /// When it was last had (also unchanged).
    pub succeeded: Option<Millis>,
    /// How often it failed in a row.
    pub failures: i64,
    /// The day of the newest article it ever listed.
    pub newest: Option<Millis>,
    /// When it last listed something new.
    pub fresh: Option<Millis>,
    /// The address that it had before it moved; empty for none.
    pub moved_from: String,
    /// Its WebSub hub; empty for none.
    pub hub: String,
    /// Its topic at the hub; empty for none.
    pub topic: String,
    /// The secret shared with the hub; empty for none.
    pub secret: String,
    /// Until when the hub will tell us.
    pub lease: Option<Millis>,
    /// How many articles it offered in all.
    pub offered: i64,
    /// When it was added.
    pub added: Millis,
}

/// A feed to be added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewFeed {
    /// Its address.
    pub address: String,
    /// The outlet whose feed it is.
    pub outlet: i64,
    /// What it is called; empty to learn it.
    pub title: String,
    /// The section its articles count for; empty for none.
    pub section: String,
}

/// What came of asking for a feed: everything that is written to its row, and what it listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// When.
    pub at: Millis,
    /// How the feed is.
    pub health: Health,
    /// In words.
    pub note: String,
    /// The validators to ask with the next time.
    pub etag: Option<String>,
    /// See `etag`.
    pub modified: Option<String>,
    /// The learned interval.
    pub interval: Millis,
    /// When it is due again.
    pub next: Millis,
    /// Whether it was had (also unchanged).
    pub success: bool,
    /// How often it has failed in a row by now.
    pub failures: i64,
    /// The newest article's day by now.
    pub newest: Option<Millis>,
    /// The address to use from now on, where it moved for good.
    pub moved_to: Option<String>,
    /// What the feed calls itself; empty for unknown.
    pub title: String,
    /// Its hub and topic; empty for none.
    pub hub: String,
    /// See `hub`.
    pub topic: String,
    /// What it listed.
    pub offers: Vec<Offer>,
}

const COLUMNS: &str = "id, address, outlet, title, section, state, health, note, etag, modified, rhythm, next, \
    fetched, succeeded, failures, newest, fresh, moved_from, hub, topic, secret, lease, offered, added";

impl Store {
    /// Adds a feed unless its address is known (or was the address of one that moved); its number, and whether it
    /// is new. It is due at once.
    pub async fn add_feed(&self, feed: &NewFeed, now: Millis) -> Result<(i64, bool)> {
        let mut transaction = self.write().await?;
        let address = clean(&feed.address);
        let sql = "SELECT id FROM feeds WHERE address = $1
                   UNION ALL SELECT feed FROM moves WHERE address = $1 LIMIT 1";
        let known = sqlx::query_scalar(sql).bind(address.as_ref()).fetch_optional(&mut *transaction).await?;
        if let Some(id) = known {
            return Ok((id, false));
        }
        let sql = "INSERT INTO feeds (address, outlet, title, section, state, health, note, rhythm, next, failures,
                                      moved_from, hub, topic, secret, offered, added)
                   VALUES ($1, $2, $3, $4, 'active', 'new', '', 0, $5, 0, '', '', '', '', 0, $5) RETURNING id";
        let id = sqlx::query_scalar(sql)
            .bind(address.as_ref())
            .bind(feed.outlet)
            .bind(clean(&feed.title).as_ref())
            .bind(clean(&feed.section).as_ref())
            .bind(now)
            .fetch_one(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok((id, true))
    }

    /// All feeds, by address; removed ones too.
    pub async fn feeds(&self) -> Result<Vec<Feed>> {
        let sql = format!("SELECT {COLUMNS} FROM feeds ORDER BY address");
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
        rows.iter().map(feed).collect()
    }

    /// One feed.
    pub async fn feed(&self, id: i64) -> Result<Option<Feed>> {
        let sql = format!("SELECT {COLUMNS} FROM feeds WHERE id = $1");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(feed).transpose()
    }

    /// Active feeds that are due, the longest due first.
    pub async fn due_feeds(&self, now: Millis, limit: i64) -> Result<Vec<Feed>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM feeds WHERE state = 'active' AND next <= $1 ORDER BY next, id LIMIT $2"
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(now).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(feed).collect()
    }

    /// When the next active feed is due.
    pub async fn next_due(&self) -> Result<Option<Millis>> {
        let sql = "SELECT min(next) FROM feeds WHERE state = 'active'";
        Ok(sqlx::query_scalar(sql).fetch_one(&self.readers).await?)
    }

    /// Writes down what came of asking for a feed. Offers that are new, or whose hash changed, get a job of
    /// [`crate::Stage::Read`] (key: the offer's number) in the same transaction; the same address offered by several
    /// feeds is one offer. How many were new, and how many changed.
    pub async fn record_fetch(&self, feed: i64, fetched: &Fetched) -> Result<(usize, usize)> {
        let mut transaction = self.write().await?;
        let listed: BTreeSet<&str> = fetched.offers.iter().map(|offer| offer.address.as_str()).collect();
        let mut seen = BTreeSet::new();
        let (mut new, mut changed) = (0, 0);
        for offer in &fetched.offers {
            if !seen.insert(offer.address.as_str()) {
                continue;
            }
            match offer::put(&mut transaction, feed, offer, &listed, fetched.at).await? {
                offer::Kept::New => new += 1,
                offer::Kept::Changed => changed += 1,
                offer::Kept::Same => {}
            }
        }
        let sql = "UPDATE feeds SET health = $1, note = $2, etag = $3, modified = $4, rhythm = $5, next = $6,
                       fetched = $7, succeeded = CASE WHEN $8 = 1 THEN $7 ELSE succeeded END, failures = $9,
                       newest = $10, fresh = CASE WHEN $11 > 0 THEN $7 ELSE fresh END,
                       title = CASE WHEN $12 = '' THEN title ELSE $12 END, hub = $13, topic = $14,
                       offered = offered + $11
                   WHERE id = $15";
        sqlx::query(sql)
            .bind(fetched.health.name())
            .bind(clean(&fetched.note).as_ref())
            .bind(clean_some(fetched.etag.as_deref()))
            .bind(clean_some(fetched.modified.as_deref()))
            .bind(fetched.interval)
            .bind(fetched.next)
            .bind(fetched.at)
            .bind(i64::from(fetched.success))
            .bind(fetched.failures)
            .bind(fetched.newest)
            .bind(i64::try_from(new).unwrap_or(i64::MAX))
            .bind(clean(&fetched.title).as_ref())
            .bind(clean(&fetched.hub).as_ref())
            .bind(clean(&fetched.topic).as_ref())
            .bind(feed)
            .execute(&mut *transaction)
            .await?;
        if let Some(address) = &fetched.moved_to {
            follow(&mut transaction, feed, &clean(address)).await?;
        }
        transaction.commit().await?;
        Ok((new, changed))
    }

    /// Pauses, wakes or removes a feed. A woken one is due at once.
    pub async fn set_feed_state(&self, id: i64, state: State, now: Millis) -> Result<()> {
        let sql =
            "UPDATE feeds SET state = $1, next = CASE WHEN $1 = 'active' THEN $2 ELSE next END WHERE id = $3";
        sqlx::query(sql).bind(state.name()).bind(now).bind(id).execute(&self.writer).await?;
        Ok(())
    }

    /// Makes a feed due at once (a hub said that it changed, or an editor asked).
    pub async fn nudge_feed(&self, id: i64, now: Millis) -> Result<()> {
        let sql = "UPDATE feeds SET next = $1 WHERE id = $2 AND next > $1";
        sqlx::query(sql).bind(now).bind(id).execute(&self.writer).await?;
        Ok(())
    }

    /// Notes a WebSub subscription: the secret and until when it lasts.
    pub async fn set_lease(&self, feed: i64, secret: &str, until: Option<Millis>) -> Result<()> {
        let sql = "UPDATE feeds SET secret = $1, lease = $2 WHERE id = $3";
        sqlx::query(sql).bind(clean(secret).as_ref()).bind(until).bind(feed).execute(&self.writer).await?;
        Ok(())
    }
}

/// Gives a feed the address to which it moved. Where another feed has that one already, this feed is taken out.
async fn follow(transaction: &mut Transaction<'static, Any>, feed: i64, address: &str) -> Result<()> {
    let old: Option<String> = sqlx::query_scalar("SELECT address FROM feeds WHERE id = $1 AND address <> $2")
        .bind(feed)
        .bind(address)
        .fetch_optional(&mut **transaction)
        .await?;
    let Some(old) = old else { return Ok(()) };
    let other: Option<i64> = sqlx::query_scalar("SELECT id FROM feeds WHERE address = $1")
        .bind(address)
        .fetch_optional(&mut **transaction)
        .await?;
    if other.is_some() {
        let sql = "UPDATE feeds SET state = 'removed', health = 'moved' WHERE id = $1";
        sqlx::query(sql).bind(feed).execute(&mut **transaction).await?;
        return Ok(());
    }
    let sql = "UPDATE feeds SET address = $1, moved_from = $2 WHERE id = $3";
    sqlx::query(sql).bind(address).bind(old.as_str()).bind(feed).execute(&mut **transaction).await?;
    sqlx::query("DELETE FROM moves WHERE address = $1").bind(address).execute(&mut **transaction).await?;
    let sql = "INSERT INTO moves (address, feed) VALUES ($1, $2)
               ON CONFLICT (address) DO UPDATE SET feed = excluded.feed";
    sqlx::query(sql).bind(old.as_str()).bind(feed).execute(&mut **transaction).await?;
    Ok(())
}

fn feed(row: &AnyRow) -> Result<Feed> {
    let health: String = get(row, "health")?;
    Ok(Feed {
        id: get(row, "id")?,
        address: get(row, "address")?,
        outlet: get(row, "outlet")?,
        title: get(row, "title")?,
        section: get(row, "section")?,
        state: State::read(row, "state")?,
        health: Health::from_name(&health).ok_or_else(|| corrupt("the column health", &health))?,
        note: get(row, "note")?,
        etag: get(row, "etag")?,
        modified: get(row, "modified")?,
        interval: get(row, "rhythm")?,
        next: get(row, "next")?,
        fetched: get(row, "fetched")?,
        succeeded: get(row, "succeeded")?,
        failures: get(row, "failures")?,
        newest: get(row, "newest")?,
        fresh: get(row, "fresh")?,
        moved_from: get(row, "moved_from")?,
        hub: get(row, "hub")?,
        topic: get(row, "topic")?,
        secret: get(row, "secret")?,
        lease: get(row, "lease")?,
        offered: get(row, "offered")?,
        added: get(row, "added")?,
    })
}
