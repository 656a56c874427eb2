//! Digests: every version stays, none is edited in place.

use desk::article::sha256;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Transaction};

use crate::row::{clean, get, names, pack, packed};
use crate::{Kind, Millis, Result, Store, index, log, prose};

/// What is done with a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigestState {
    /// It waits for an editor.
    Held,
    /// It is what readers see, or was until a newer one came.
    Published,
    /// An editor took it back.
    Withdrawn,
    /// It waited and a newer version came before anybody decided.
    Passed,
}

/// A version to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDigest {
    /// The story.
    pub story: String,
    /// A hash of everything it was made from: revisions, settings, forbidden passages. The same input is kept once.
    pub input: String,
    /// The receipt in its canonical bytes.
    pub receipt: String,
    /// Its headline.
    pub headline: String,
    /// Its first paragraph without marks.
    pub lead: String,
    /// How many words it has.
    pub words: i64,
    /// How many sentences it has.
    pub sentences: i64,
    /// How many independent families it cites.
    pub families: i64,
    /// Registrable domains that it cites, each once.
    pub domains: Vec<String>,
    /// How many sentences were refused on the way.
    pub refused: i64,
    /// What changed since the version before, in words for readers; empty for a first one.
    pub change: String,
    /// The dated note that a published sentence was changed and why; empty for none.
    pub correction: String,
    /// Whether it is published at once.
    pub publish: bool,
}

/// A version in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// The story.
    pub story: String,
    /// Its number, from 1.
    pub version: i64,
    /// What is done with it.
    pub state: DigestState,
    /// Its headline.
    pub headline: String,
    /// When it was written.
    pub created: Millis,
    /// When it was published.
    pub published: Option<Millis>,
    /// How many words.
    pub words: i64,
    /// How many sentences.
    pub sentences: i64,
    /// How many families.
    pub families: i64,
    /// How many sentences were refused on the way.
    pub refused: i64,
    /// What changed.
    pub change: String,
    /// What was corrected.
    pub correction: String,
    /// Why it was withdrawn or held; empty for none.
    pub reason: String,
}

/// A version whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestRow {
    /// Everything but the receipt.
    pub row: VersionRow,
    /// The receipt in its canonical bytes.
    pub receipt: String,
}

names!(DigestState { Held = "held", Published = "published", Withdrawn = "withdrawn", Passed = "passed" });

const COLUMNS: &str = "d.story, d.version, d.state, d.headline, d.created, d.published, d.words, d.sentences, \
    d.families, d.refused, d.change, d.correction, d.reason";

impl Store {
    /// Keeps a version unless its input, or its receipt, is that of the newest one; its number if it was kept.
    /// Publishing it moves the story's headline, lead, `published` (once) and `updated`, and the search index, in the
    /// same transaction. Earlier versions that wait are passed. Where the story is held, it waits for an editor.
    pub async fn put_digest(&self, digest: &NewDigest, now: Millis) -> Result<Option<i64>> {
        self.kept(digest, None, now).await
    }

    /// The same with a line in the log, `publish` or `wait`, in the same transaction: a version that is shown has one.
    pub async fn put_digest_by(&self, digest: &NewDigest, who: &str, now: Millis) -> Result<Option<i64>> {
        self.kept(digest, Some(who), now).await
    }

    async fn kept(&self, digest: &NewDigest, who: Option<&str>, now: Millis) -> Result<Option<i64>> {
        let mut transaction = self.write().await?;
        let story = clean(&digest.story);
        let seal = sha256(digest.receipt.as_bytes());
        let sql = "SELECT version, input, seal FROM digests WHERE story = $1 ORDER BY version DESC LIMIT 1";
        let newest = sqlx::query(sql).bind(story.as_ref()).fetch_optional(&mut *transaction).await?;
        let mut version = 1;
        if let Some(row) = &newest {
            let number: i64 = get(row, "version")?;
            let same_input = get::<String>(row, "input")? == digest.input;
            if same_input || get::<String>(row, "seal")? == seal {
                if !same_input {
                    // The same digest came of another input; knowing that one spares writing it again.
                    let sql = "UPDATE digests SET input = $1 WHERE story = $2 AND version = $3";
                    let query = sqlx::query(sql).bind(clean(&digest.input).into_owned()).bind(story.as_ref());
                    query.bind(number).execute(&mut *transaction).await?;
                    transaction.commit().await?;
                }
                return Ok(None);
            }
            version = number + 1;
        }
        let sql = "SELECT held FROM stories WHERE id = $1";
        let held: Option<i64> =
            sqlx::query_scalar(sql).bind(story.as_ref()).fetch_optional(&mut *transaction).await?;
        let publish = digest.publish && held == Some(0);
        let sql = "UPDATE digests SET state = 'passed' WHERE story = $1 AND state = 'held'";
        sqlx::query(sql).bind(story.as_ref()).execute(&mut *transaction).await?;
        insert(&mut transaction, digest, &seal, version, publish, now).await?;
        if publish {
            show(self.kind, &mut transaction, &story, version, now).await?;
        }
        if let Some(who) = who {
            let action = if publish { "publish" } else { "wait" };
            let object = format!("story {story} version {version}");
            log::add(&mut *transaction, [who, action, &object, &digest.change], now).await?;
        }
        transaction.commit().await?;
        Ok(Some(version))
    }

    /// Whether the newest version of a story was made from that input.
    pub async fn has_input(&self, story: &str, input: &str) -> Result<bool> {
        let sql = "SELECT input FROM digests WHERE story = $1 ORDER BY version DESC LIMIT 1";
        let newest: Option<String> =
            sqlx::query_scalar(sql).bind(clean(story).as_ref()).fetch_optional(&self.readers).await?;
        Ok(newest.as_deref() == Some(input))
    }

    /// Publishes, holds or withdraws a version. Publishing shows it; withdrawing the one that is shown takes the
    /// story off the site (its page then says why).
    pub async fn set_digest_state(
        &self,
        story: &str,
        version: i64,
        state: DigestState,
        reason: &str,
        now: Millis,
    ) -> Result<()> {
        let mut transaction = self.write().await?;
        let (story, reason) = (clean(story), clean(reason));
        let published = if state == DigestState::Published { Some(now) } else { None };
        let sql = "UPDATE digests SET state = $1, reason = $2,
                       published = CASE WHEN published IS NULL THEN $3 ELSE published END
                   WHERE story = $4 AND version = $5";
        let done = sqlx::query(sql)
            .bind(state.name())
            .bind(reason.as_ref())
            .bind(published)
            .bind(story.as_ref())
            .bind(version)
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(());
        }
        if state == DigestState::Published {
            show(self.kind, &mut transaction, &story, version, now).await?;
        } else {
            hide(self.kind, &mut transaction, &story, version, &reason).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// One version.
    pub async fn digest(&self, story: &str, version: i64) -> Result<Option<DigestRow>> {
        let sql = format!("SELECT {COLUMNS}, d.receipt FROM digests d WHERE d.story = $1 AND d.version = $2");
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(clean(story).as_ref())
            .bind(version)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(whole).transpose()
    }

    /// The version that readers see.
    pub async fn published(&self, story: &str) -> Result<Option<DigestRow>> {
        let sql = format!(
            "SELECT {COLUMNS}, d.receipt FROM stories s JOIN digests d ON d.story = s.id AND d.version = s.version
             WHERE s.id = $1"
        );
        let row =
            sqlx::query(AssertSqlSafe(sql)).bind(clean(story).as_ref()).fetch_optional(&self.readers).await?;
        row.as_ref().map(whole).transpose()
    }

    /// All versions of a story, the newest first.
    pub async fn versions(&self, story: &str) -> Result<Vec<VersionRow>> {
        let sql = format!("SELECT {COLUMNS} FROM digests d WHERE d.story = $1 ORDER BY d.version DESC");
        let rows =
            sqlx::query(AssertSqlSafe(sql)).bind(clean(story).as_ref()).fetch_all(&self.readers).await?;
        rows.iter().map(listed).collect()
    }

    /// Versions that wait for an editor, the oldest first.
    pub async fn waiting_digests(&self, limit: i64) -> Result<Vec<VersionRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM digests d WHERE d.state = 'held' ORDER BY d.created, d.story LIMIT $1"
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(listed).collect()
    }

    /// Published versions with a correction, the newest first.
    pub async fn corrections(&self, limit: i64) -> Result<Vec<VersionRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM digests d WHERE d.state = 'published' AND d.correction <> ''
             ORDER BY d.published DESC, d.story LIMIT $1"
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(listed).collect()
    }
}

async fn insert(
    transaction: &mut Transaction<'static, Any>,
    digest: &NewDigest,
    seal: &str,
    version: i64,
    publish: bool,
    now: Millis,
) -> Result<()> {
    let state = if publish { DigestState::Published } else { DigestState::Held };
    let sql =
        "INSERT INTO digests (story, version, state, input, seal, headline, lead, words, sentences, families,
                                    domains, refused, change, correction, reason, created, published, receipt)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', $15, $16, $17)";
    sqlx::query(sql)
        .bind(clean(&digest.story).as_ref())
        .bind(version)
        .bind(state.name())
        .bind(clean(&digest.input).as_ref())
        .bind(seal)
        .bind(clean(&digest.headline).as_ref())
        .bind(clean(&digest.lead).as_ref())
        .bind(digest.words)
        .bind(digest.sentences)
        .bind(digest.families)
        .bind(clean(&digest.domains.join(" ")).as_ref())
        .bind(digest.refused)
        .bind(clean(&digest.change).as_ref())
        .bind(clean(&digest.correction).as_ref())
        .bind(now)
        .bind(publish.then_some(now))
        .bind(pack(&digest.receipt))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Makes a version the one that readers see.
async fn show(
    kind: Kind,
    transaction: &mut Transaction<'static, Any>,
    story: &str,
    version: i64,
    now: Millis,
) -> Result<()> {
    let sql = "SELECT d.headline, d.receipt FROM stories s JOIN digests d ON d.story = s.id AND d.version = s.version
               WHERE s.id = $1";
    let before = sqlx::query(sql).bind(story).fetch_optional(&mut **transaction).await?;
    let sql = "SELECT headline, lead, words, domains, change, receipt FROM digests WHERE story = $1 AND version = $2";
    let after = sqlx::query(sql).bind(story).bind(version).fetch_one(&mut **transaction).await?;
    // What readers saw is the measure: a version that only says the same moves nothing.
    let changed = match &before {
        Some(before) => {
            get::<String>(before, "headline")? != get::<String>(&after, "headline")?
                || !get::<String>(&after, "change")?.is_empty()
                || prose::body(&packed(before, "receipt", "a receipt")?)
                    != prose::body(&packed(&after, "receipt", "a receipt")?)
        }
        None => true,
    };
    let sql = "UPDATE stories SET version = $1, headline = $2, lead = $3, words = $4, reason = '',
                   published = CASE WHEN published IS NULL THEN $5 ELSE published END,
                   updated = CASE WHEN $6 = 1 OR updated IS NULL THEN $5 ELSE updated END
               WHERE id = $7 RETURNING published";
    let published: Option<i64> = sqlx::query_scalar(sql)
        .bind(version)
        .bind(get::<String>(&after, "headline")?)
        .bind(get::<String>(&after, "lead")?)
        .bind(get::<i64>(&after, "words")?)
        .bind(now)
        .bind(i64::from(changed))
        .bind(story)
        .fetch_one(&mut **transaction)
        .await?;
    sqlx::query("DELETE FROM cited WHERE story = $1").bind(story).execute(&mut **transaction).await?;
    let domains: String = get(&after, "domains")?;
    for domain in domains.split_whitespace() {
        index::cite(transaction, domain, published, story).await?;
    }
    index::refresh_story(kind, transaction, story).await
}

/// Takes a story off the site if this version is the one on show.
async fn hide(
    kind: Kind,
    transaction: &mut Transaction<'static, Any>,
    story: &str,
    version: i64,
    reason: &str,
) -> Result<()> {
    let sql = "UPDATE stories SET version = NULL, lead = '', words = 0, reason = $1,
                   headline = COALESCE((SELECT a.title FROM members m JOIN articles a ON a.id = m.article
                                        WHERE m.story = stories.id ORDER BY a.number LIMIT 1), headline)
               WHERE id = $2 AND version = $3";
    let done = sqlx::query(sql).bind(reason).bind(story).bind(version).execute(&mut **transaction).await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    sqlx::query("DELETE FROM cited WHERE story = $1").bind(story).execute(&mut **transaction).await?;
    index::refresh_story(kind, transaction, story).await
}

fn listed(row: &AnyRow) -> Result<VersionRow> {
    Ok(VersionRow {
        story: get(row, "story")?,
        version: get(row, "version")?,
        state: DigestState::read(row, "state")?,
        headline: get(row, "headline")?,
        created: get(row, "created")?,
        published: get(row, "published")?,
        words: get(row, "words")?,
        sentences: get(row, "sentences")?,
        families: get(row, "families")?,
        refused: get(row, "refused")?,
        change: get(row, "change")?,
        correction: get(row, "correction")?,
        reason: get(row, "reason")?,
    })
}

fn whole(row: &AnyRow) -> Result<DigestRow> {
    Ok(DigestRow { row: listed(row)?, receipt: packed(row, "receipt", "a receipt")? })
}
