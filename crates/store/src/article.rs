//! Articles and all their revisions. Texts are compressed and kept once, by their hash.

use std::collections::BTreeMap;

use desk::article::{Article, sha256};
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Transaction};

use crate::row::{clean, flag, get, pack, packed};
use crate::{Millis, Result, Stage, Store, index, job, record, story};

/// What came of keeping an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is new.
    New {
        /// Its id.
        id: String,
    },
    /// It was known, its text or headline changed: a new revision was kept.
    Revised {
        /// Its id.
        id: String,
        /// The number of the new revision, from 1.
        revision: i64,
    },
    /// It was known and is unchanged, or another address of the same outlet has the same text.
    Same {
        /// The id of the one that is kept.
        id: String,
    },
}

/// An article as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The article as of its newest revision. Its `id` is the key.
    pub article: Article,
    /// The number of that revision, from 1.
    pub revision: i64,
    /// Its story.
    pub story: Option<String>,
    /// Its likeness to the story when it came.
    pub likeness: f64,
    /// Whether it was taken out (its outlet was, or an editor did): never cited again.
    pub withdrawn: bool,
    /// When it was first kept.
    pub added: Millis,
}

/// An article in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Its outlet's registrable domain.
    pub domain: String,
    /// Its outlet's printed name.
    pub outlet: String,
    /// Its address.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Millis>,
    /// When it was first kept.
    pub added: Millis,
    /// Whether it is for subscribers.
    pub paywalled: bool,
    /// Its story.
    pub story: Option<String>,
    /// How many revisions there are.
    pub revisions: i64,
    /// Whether it was taken out.
    pub withdrawn: bool,
}

/// Which articles to list: the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleFilter {
    /// Only of that registrable domain.
    pub domain: Option<String>,
    /// Only added before that time.
    pub before: Option<Millis>,
    /// The most rows.
    pub limit: i64,
}

/// One revision of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionRow {
    /// Its number, from 1.
    pub number: i64,
    /// The headline it had.
    pub title: String,
    /// The hash of its text.
    pub hash: String,
    /// When it was fetched.
    pub at: Millis,
}

pub(crate) const LISTED: &str = "a.id, a.title, a.domain, a.outlet, a.address, a.published, a.added, a.paywalled, a.story, \
    a.revision, a.withdrawn";

/// What [`held`] reads; to be followed by `JOIN`s and conditions on `a`.
pub(crate) const WHOLE: &str =
    "SELECT a.id, a.revision, a.story, a.likeness, a.withdrawn, a.added, r.record, t.body
    FROM articles a JOIN revisions r ON r.article = a.number AND r.number = a.revision
    JOIN texts t ON t.hash = r.hash";

impl Store {
    /// Keeps an article; every text and every revision stays. It is known by its address, else by outlet and text.
    /// A new or revised one gets a job of [`crate::Stage::Group`] (key: its id) in the same transaction, and the
    /// offer it came from is marked done. An article of an outlet that was taken out comes withdrawn.
    pub async fn put_article(&self, article: &Article, offer: Option<i64>, now: Millis) -> Result<Put> {
        let article = record::cleaned(article);
        let hash = article.hash();
        let mut transaction = self.write().await?;
        let put = match known(&mut transaction, &article, &hash).await? {
            Some(known) if known.same => Put::Same { id: known.id },
            Some(known) => {
                let revision = known.revision + 1;
                revise(&mut transaction, &known, &article).await?;
                keep(&mut transaction, known.number, revision, &article, &hash, now).await?;
                index::refresh_article(self.kind, &mut transaction, known.number).await?;
                Put::Revised { id: known.id, revision }
            }
            None => {
                let (number, id) = begin(&mut transaction, &article, &hash, now).await?;
                keep(&mut transaction, number, 1, &article, &hash, now).await?;
                index::refresh_article(self.kind, &mut transaction, number).await?;
                Put::New { id }
            }
        };
        let (Put::New { id } | Put::Revised { id, .. } | Put::Same { id }) = &put;
        if !matches!(put, Put::Same { .. }) {
            job::ask(&mut *transaction, Stage::Group, id, now, now).await?;
        }
        if let Some(offer) = offer {
            let sql = "UPDATE offers SET article = $1, reason = '' WHERE id = $2";
            sqlx::query(sql).bind(id.as_str()).bind(offer).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(put)
    }

    /// One article as of its newest revision.
    pub async fn article(&self, id: &str) -> Result<Option<Held>> {
        let sql = format!("{WHOLE} WHERE a.id = $1");
        let row =
            sqlx::query(AssertSqlSafe(sql)).bind(clean(id).as_ref()).fetch_optional(&self.readers).await?;
        row.as_ref().map(held).transpose()
    }

    /// One article as of a revision.
    pub async fn article_at(&self, id: &str, revision: i64) -> Result<Option<Article>> {
        let sql = "SELECT a.id, r.record, t.body FROM articles a JOIN revisions r ON r.article = a.number
                   JOIN texts t ON t.hash = r.hash WHERE a.id = $1 AND r.number = $2";
        let row =
            sqlx::query(sql).bind(clean(id).as_ref()).bind(revision).fetch_optional(&self.readers).await?;
        row.as_ref().map(whole).transpose()
    }

    /// The id of the article at an address.
    pub async fn article_by_address(&self, address: &str) -> Result<Option<String>> {
        let sql = "SELECT id FROM articles WHERE address = $1";
        Ok(sqlx::query_scalar(sql).bind(clean(address).as_ref()).fetch_optional(&self.readers).await?)
    }

    /// Its revisions, the first first.
    pub async fn revisions(&self, id: &str) -> Result<Vec<RevisionRow>> {
        let sql =
            "SELECT r.number, r.title, r.hash, r.at FROM revisions r JOIN articles a ON a.number = r.article
                   WHERE a.id = $1 ORDER BY r.number";
        let rows = sqlx::query(sql).bind(clean(id).as_ref()).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                Ok(RevisionRow {
                    number: get(row, "number")?,
                    title: get(row, "title")?,
                    hash: get(row, "hash")?,
                    at: get(row, "at")?,
                })
            })
            .collect()
    }

    /// Articles in a list.
    pub async fn articles(&self, filter: &ArticleFilter) -> Result<Vec<ArticleRow>> {
        let before = filter.before.unwrap_or(i64::MAX);
        let from = format!("SELECT {LISTED} FROM articles a WHERE a.added < $1");
        let order = "ORDER BY a.added DESC, a.number DESC LIMIT $2";
        let rows = match &filter.domain {
            Some(domain) => {
                let sql = AssertSqlSafe(format!("{from} AND a.domain = $3 {order}"));
                let query = sqlx::query(sql).bind(before).bind(filter.limit).bind(clean(domain).into_owned());
                query.fetch_all(&self.readers).await?
            }
            None => {
                let query =
                    sqlx::query(AssertSqlSafe(format!("{from} {order}"))).bind(before).bind(filter.limit);
                query.fetch_all(&self.readers).await?
            }
        };
        rows.iter().map(listed).collect()
    }

    /// The newest grouped articles that came after `since`, in the order in which they came, at most `limit`: what
    /// grouping must know to go on after a start.
    pub async fn window(&self, since: Millis, limit: i64) -> Result<Vec<Held>> {
        let sql = format!(
            "{WHOLE} WHERE a.story IS NOT NULL AND a.added > $1 ORDER BY a.added DESC, a.number DESC LIMIT $2"
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(since).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().rev().map(held).collect()
    }

    /// The texts with these hashes.
    pub async fn texts(&self, hashes: &[String]) -> Result<BTreeMap<String, String>> {
        let mut texts = BTreeMap::new();
        for hash in hashes {
            let sql = "SELECT body FROM texts WHERE hash = $1";
            let row = sqlx::query(sql).bind(clean(hash).as_ref()).fetch_optional(&self.readers).await?;
            if let Some(row) = row {
                texts.insert(hash.clone(), packed(&row, "body", "a text")?);
            }
        }
        Ok(texts)
    }

    /// Takes an article out, or back in, and enqueues [`crate::Stage::Write`] for its story.
    pub async fn withdraw_article(&self, id: &str, withdrawn: bool, now: Millis) -> Result<()> {
        let mut transaction = self.write().await?;
        let sql = "UPDATE articles SET withdrawn = $1 WHERE id = $2 RETURNING number, story";
        let row = sqlx::query(sql)
            .bind(i64::from(withdrawn))
            .bind(clean(id).as_ref())
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(row) = row else { return Ok(()) };
        index::refresh_article(self.kind, &mut transaction, get(&row, "number")?).await?;
        if let Some(story) = get::<Option<String>>(&row, "story")? {
            story::touch(&mut transaction, &story, now).await?;
            job::ask(&mut *transaction, Stage::Write, &story, now, now).await?;
        }
        Ok(transaction.commit().await?)
    }
}

/// An article that is already kept.
struct Known {
    number: i64,
    id: String,
    revision: i64,
    /// Whether there is nothing new to keep.
    same: bool,
}

/// Finds the kept article that this one is: by address, else by outlet and text, else by the id of one without
/// an address.
async fn known(
    transaction: &mut Transaction<'static, Any>,
    article: &Article,
    hash: &str,
) -> Result<Option<Known>> {
    let (column, key) = match &article.url {
        Some(url) => ("a.address = $1", url.as_str()),
        None => ("a.address IS NULL AND a.id = $1", article.id.as_str()),
    };
    let sql = format!(
        "SELECT a.number, a.id, a.revision, r.hash, r.title FROM articles a
         JOIN revisions r ON r.article = a.number AND r.number = a.revision WHERE {column}"
    );
    let row = sqlx::query(AssertSqlSafe(sql)).bind(key).fetch_optional(&mut **transaction).await?;
    if let Some(row) = row {
        let same = get::<String>(&row, "hash")? == hash && get::<String>(&row, "title")? == article.title;
        let (number, id, revision) = (get(&row, "number")?, get(&row, "id")?, get(&row, "revision")?);
        return Ok(Some(Known { number, id, revision, same }));
    }
    let sql = "SELECT a.number, a.id, a.revision FROM revisions r JOIN articles a ON a.number = r.article
               WHERE r.hash = $1 AND a.domain = $2 AND (a.domain <> '' OR a.outlet = $3)
               ORDER BY a.number LIMIT 1";
    let row = sqlx::query(sql)
        .bind(hash)
        .bind(article.domain.as_deref().unwrap_or_default())
        .bind(article.outlet.as_str())
        .fetch_optional(&mut **transaction)
        .await?;
    row.map(|row| {
        Ok(Known {
            number: get(&row, "number")?,
            id: get(&row, "id")?,
            revision: get(&row, "revision")?,
            same: true,
        })
    })
    .transpose()
}

/// Makes the row of a new article: its number and id. The id it came with is kept unless another article has it.
async fn begin(
    transaction: &mut Transaction<'static, Any>,
    article: &Article,
    hash: &str,
    now: Millis,
) -> Result<(i64, String)> {
    let sql = "SELECT count(*) FROM articles WHERE id = $1";
    let taken: i64 = sqlx::query_scalar(sql).bind(article.id.as_str()).fetch_one(&mut **transaction).await?;
    let id = if taken > 0 || article.id.is_empty() {
        let seed = format!("{}\n{}\n{hash}", article.id, article.url.as_deref().unwrap_or_default());
        format!("a{}", &sha256(seed.as_bytes())[..20])
    } else {
        article.id.clone()
    };
    let sql =
        "INSERT INTO articles (id, address, domain, outlet, title, published, paywalled, revision, likeness,
                                     withdrawn, grouped, added)
               VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 0.0,
                       CASE WHEN EXISTS (SELECT 1 FROM outlets WHERE domain = $3 AND state = 'removed')
                            THEN 2 ELSE 0 END, 0, $8)
               RETURNING number";
    let number = sqlx::query_scalar(sql)
        .bind(id.as_str())
        .bind(article.url.as_deref())
        .bind(article.domain.as_deref().unwrap_or_default())
        .bind(article.outlet.as_str())
        .bind(article.title.as_str())
        .bind(published(article))
        .bind(i64::from(article.paywalled))
        .bind(now)
        .fetch_one(&mut **transaction)
        .await?;
    Ok((number, id))
}

/// Brings the row of a known article up to its new revision.
async fn revise(transaction: &mut Transaction<'static, Any>, known: &Known, article: &Article) -> Result<()> {
    let sql = "UPDATE articles SET domain = $1, outlet = $2, title = $3, published = $4, paywalled = $5,
                   revision = $6, grouped = 0 WHERE number = $7";
    sqlx::query(sql)
        .bind(article.domain.as_deref().unwrap_or_default())
        .bind(article.outlet.as_str())
        .bind(article.title.as_str())
        .bind(published(article))
        .bind(i64::from(article.paywalled))
        .bind(known.revision + 1)
        .bind(known.number)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Keeps a revision and its text.
async fn keep(
    transaction: &mut Transaction<'static, Any>,
    number: i64,
    revision: i64,
    article: &Article,
    hash: &str,
    now: Millis,
) -> Result<()> {
    let sql = "INSERT INTO texts (hash, length, body) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING";
    sqlx::query(sql)
        .bind(hash)
        .bind(i64::try_from(article.text.len()).unwrap_or(i64::MAX))
        .bind(pack(&article.text))
        .execute(&mut **transaction)
        .await?;
    let sql =
        "INSERT INTO revisions (article, number, hash, title, record, at) VALUES ($1, $2, $3, $4, $5, $6)";
    sqlx::query(sql)
        .bind(number)
        .bind(revision)
        .bind(hash)
        .bind(article.title.as_str())
        .bind(record::record(article))
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

fn published(article: &Article) -> Option<Millis> {
    article.published.map(|stamp| stamp.seconds() * 1000)
}

/// An article in a list, from the columns of `LISTED`.
pub(crate) fn listed(row: &AnyRow) -> Result<ArticleRow> {
    Ok(ArticleRow {
        id: get(row, "id")?,
        title: get(row, "title")?,
        domain: get(row, "domain")?,
        outlet: get(row, "outlet")?,
        url: get(row, "address")?,
        published: get(row, "published")?,
        added: get(row, "added")?,
        paywalled: flag(row, "paywalled")?,
        story: get(row, "story")?,
        revisions: get(row, "revision")?,
        withdrawn: flag(row, "withdrawn")?,
    })
}

/// An article whole, from the columns of [`WHOLE`].
pub(crate) fn held(row: &AnyRow) -> Result<Held> {
    Ok(Held {
        article: whole(row)?,
        revision: get(row, "revision")?,
        story: get(row, "story")?,
        likeness: get(row, "likeness")?,
        withdrawn: flag(row, "withdrawn")?,
        added: get(row, "added")?,
    })
}

fn whole(row: &AnyRow) -> Result<Article> {
    let id: String = get(row, "id")?;
    let text = packed(row, "body", &format!("the text of article {id}"))?;
    record::article(&id, &get::<String>(row, "record")?, text)
}
