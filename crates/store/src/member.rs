//! Which articles a story has, and which of their passages an editor forbade.

use sqlx::AssertSqlSafe;

use crate::row::{clean, clean_some, flag, get};
use crate::{ArticleRow, Held, Millis, Result, Stage, Store, article, job, story};

/// An article's place in a story.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberRow {
    /// The article.
    pub article: ArticleRow,
    /// The family it counts for.
    pub family: String,
    /// The article it copies.
    pub copy_of: Option<String>,
    /// Whether it tells the background.
    pub background: bool,
    /// Its likeness to the story when it came.
    pub likeness: f64,
}

impl Store {
    /// Writes down what is known of a story's members and how many families it has.
    /// Tuples: article, family, copy of, background.
    pub async fn set_members(
        &self,
        story: &str,
        members: &[(String, String, Option<String>, bool)],
        families: i64,
    ) -> Result<()> {
        let mut transaction = self.write().await?;
        let sql =
            "UPDATE members SET family = $1, copy_of = $2, background = $3 WHERE story = $4 AND article = $5";
        for (article, family, copy_of, background) in members {
            sqlx::query(sql)
                .bind(clean(family).as_ref())
                .bind(clean_some(copy_of.as_deref()))
                .bind(i64::from(*background))
                .bind(clean(story).as_ref())
                .bind(clean(article).as_ref())
                .execute(&mut *transaction)
                .await?;
        }
        let sql = "UPDATE stories SET families = $1 WHERE id = $2";
        sqlx::query(sql).bind(families).bind(clean(story).as_ref()).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// A story's articles for a list, in publication order.
    pub async fn members(&self, story: &str) -> Result<Vec<MemberRow>> {
        let sql = format!(
            "SELECT {}, m.family, m.copy_of, m.background, m.likeness FROM members m
             JOIN articles a ON a.id = m.article WHERE m.story = $1 ORDER BY a.published NULLS LAST, a.number",
            article::LISTED
        );
        let rows =
            sqlx::query(AssertSqlSafe(sql)).bind(clean(story).as_ref()).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                Ok(MemberRow {
                    article: article::listed(row)?,
                    family: get(row, "family")?,
                    copy_of: get(row, "copy_of")?,
                    background: flag(row, "background")?,
                    likeness: get(row, "likeness")?,
                })
            })
            .collect()
    }

    /// A story's articles whole, in publication order; withdrawn ones are left out.
    pub async fn members_whole(&self, story: &str) -> Result<Vec<Held>> {
        let sql = format!(
            "{} JOIN members m ON m.article = a.id WHERE m.story = $1 AND a.withdrawn = 0
             ORDER BY a.published NULLS LAST, a.number",
            article::WHOLE
        );
        let rows =
            sqlx::query(AssertSqlSafe(sql)).bind(clean(story).as_ref()).fetch_all(&self.readers).await?;
        rows.iter().map(article::held).collect()
    }

    /// Forbids a passage as the base of a sentence from now on: article, first and end byte of its text, and the
    /// hash of the passage's words. The story is written anew.
    pub async fn drop_passage(
        &self,
        story: &str,
        article: &str,
        start: i64,
        end: i64,
        hash: &str,
        now: Millis,
    ) -> Result<()> {
        let mut transaction = self.write().await?;
        let sql =
            "INSERT INTO dropped (story, article, first, past, hash, at) VALUES ($1, $2, $3, $4, $5, $6)
                   ON CONFLICT (story, article, first, past, hash) DO NOTHING";
        sqlx::query(sql)
            .bind(clean(story).as_ref())
            .bind(clean(article).as_ref())
            .bind(start)
            .bind(end)
            .bind(clean(hash).as_ref())
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        let story = clean(story);
        story::touch(&mut transaction, &story, now).await?;
        job::ask(&mut *transaction, Stage::Write, &story, now, now).await?;
        Ok(transaction.commit().await?)
    }

    /// The forbidden passages of a story: article, first and end byte, hash of the words.
    pub async fn dropped(&self, story: &str) -> Result<Vec<(String, i64, i64, String)>> {
        let sql = "SELECT article, first, past, hash FROM dropped WHERE story = $1 ORDER BY id";
        let rows = sqlx::query(sql).bind(clean(story).as_ref()).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| Ok((get(row, "article")?, get(row, "first")?, get(row, "past")?, get(row, "hash")?)))
            .collect()
    }
}
