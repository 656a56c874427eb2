//! What feeds offered: each address once, whoever lists it, until it was read.

use std::collections::BTreeSet;

use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::row::{clean, get, pack, packed};
use crate::{Millis, Result, Stage, Store, job};

/// One article that a feed listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The article's address, normalised.
    pub address: String,
    /// The item's own id; empty for none.
    pub guid: String,
    /// Its headline as plain text.
    pub title: String,
    /// When it says it was published.
    pub published: Option<Millis>,
    /// The item as JSON, with the text that the feed carries.
    pub item: String,
    /// SHA-256 of what would make it read again when it changes (title and text).
    pub hash: String,
}

/// An offer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferRow {
    /// Its number.
    pub id: i64,
    /// The feed that listed it first.
    pub feed: i64,
    /// What was offered last.
    pub offer: Offer,
    /// When it was first seen.
    pub first_seen: Millis,
    /// The article it became.
    pub article: Option<String>,
    /// Why it became none; empty where it did or has not been read.
    pub reason: String,
}

impl Store {
    /// One offer.
    pub async fn offer(&self, id: i64) -> Result<Option<OfferRow>> {
        let sql = "SELECT id, address, feed, guid, title, published, item, hash, first_seen, article, reason
                   FROM offers WHERE id = $1";
        let row = sqlx::query(sql).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(offer).transpose()
    }

    /// Notes that an offer became no article, and why.
    pub async fn refuse_offer(&self, id: i64, reason: &str) -> Result<()> {
        let sql = "UPDATE offers SET reason = $1 WHERE id = $2";
        sqlx::query(sql).bind(clean(reason).as_ref()).bind(id).execute(&self.writer).await?;
        Ok(())
    }
}

/// What came of keeping an offer.
pub(crate) enum Kept {
    /// It is new.
    New,
    /// It was known and would read otherwise now.
    Changed,
    /// It was known.
    Same,
}

/// Keeps an offer, and asks for it to be read where it is new or changed. Only the feed that listed it first can
/// change it, as long as that one is in use: two feeds that word one article differently would else have it read
/// for ever. `listed` is every address that the feed lists now.
pub(crate) async fn put(
    transaction: &mut Transaction<'static, Any>,
    feed: i64,
    offer: &Offer,
    listed: &BTreeSet<&str>,
    now: Millis,
) -> Result<Kept> {
    let address = clean(&offer.address);
    let sql = "SELECT o.id, o.hash, CASE WHEN o.feed = $2 OR f.state <> 'active' THEN 1 ELSE 0 END AS ours
               FROM offers o JOIN feeds f ON f.id = o.feed WHERE o.address = $1";
    let known = sqlx::query(sql).bind(address.as_ref()).bind(feed).fetch_optional(&mut **transaction).await?;
    let kept = match &known {
        Some(row) if get::<i64>(row, "ours")? == 0 || get::<String>(row, "hash")? == offer.hash => {
            return Ok(Kept::Same);
        }
        Some(_) => Kept::Changed,
        None => match moved(transaction, feed, offer, listed).await? {
            // Only its address is another.
            Some(is_same) if is_same => return Ok(Kept::Same),
            Some(_) => Kept::Changed,
            None => Kept::New,
        },
    };
    let sql = "INSERT INTO offers (address, feed, guid, title, published, item, hash, first_seen, reason)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')
               ON CONFLICT (address) DO UPDATE SET feed = excluded.feed, guid = excluded.guid,
                   title = excluded.title, published = excluded.published, item = excluded.item,
                   hash = excluded.hash, reason = ''
               RETURNING id";
    let id: i64 = sqlx::query_scalar(sql)
        .bind(address.as_ref())
        .bind(feed)
        .bind(clean(&offer.guid).as_ref())
        .bind(clean(&offer.title).as_ref())
        .bind(offer.published)
        .bind(pack(&clean(&offer.item)))
        .bind(clean(&offer.hash).as_ref())
        .bind(now)
        .fetch_one(&mut **transaction)
        .await?;
    job::ask(&mut **transaction, Stage::Read, &id.to_string(), now, now).await?;
    Ok(kept)
}

/// Gives a known offer of the feed its new address where this one is the same item under another: publishers change
/// an address with the headline. Its id and its moment must be the same, since some feeds give one id to all items;
/// no other item may have that id, and the old address must be listed no more. Whether there is nothing new to read in it; none for a new item.
async fn moved(
    transaction: &mut Transaction<'static, Any>,
    feed: i64,
    offer: &Offer,
    listed: &BTreeSet<&str>,
) -> Result<Option<bool>> {
    let (guid, address) = (clean(&offer.guid), clean(&offer.address));
    let Some(published) = offer.published.filter(|_| !guid.is_empty()) else { return Ok(None) };
    let sql = "SELECT id, address, hash, article FROM offers WHERE feed = $1 AND published = $2 AND guid = $3
               ORDER BY id DESC LIMIT 1";
    let query = sqlx::query(sql).bind(feed).bind(published).bind(guid.as_ref());
    let Some(row) = query.fetch_optional(&mut **transaction).await? else { return Ok(None) };
    let sql = "SELECT count(*) FROM offers WHERE feed = $1 AND guid = $2";
    let many: i64 =
        sqlx::query_scalar(sql).bind(feed).bind(guid.as_ref()).fetch_one(&mut **transaction).await?;
    if many > 1 || listed.contains(get::<String>(&row, "address")?.as_str()) {
        return Ok(None);
    }
    let sql = "UPDATE offers SET address = $1 WHERE id = $2";
    sqlx::query(sql).bind(address.as_ref()).bind(get::<i64>(&row, "id")?).execute(&mut **transaction).await?;
    let is_read = get::<Option<String>>(&row, "article")?.is_some();
    Ok(Some(is_read && get::<String>(&row, "hash")? == offer.hash))
}

fn offer(row: &AnyRow) -> Result<OfferRow> {
    Ok(OfferRow {
        id: get(row, "id")?,
        feed: get(row, "feed")?,
        offer: Offer {
            address: get(row, "address")?,
            guid: get(row, "guid")?,
            title: get(row, "title")?,
            published: get(row, "published")?,
            item: packed(row, "item", "an offer's item")?,
            hash: get(row, "hash")?,
        },
        first_seen: get(row, "first_seen")?,
        article: get(row, "article")?,
        reason: get(row, "reason")?,
    })
}
