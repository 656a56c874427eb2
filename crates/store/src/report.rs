//! What readers report as wrong in a sentence.

use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use crate::row::{clean, get};
use crate::{Millis, Result, Store};

/// A reported error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its number.
    pub id: i64,
    /// What was reported.
    pub report: NewReport,
    /// When.
    pub created: Millis,
    /// When an editor closed it.
    pub closed: Option<Millis>,
    /// What the editor answered; empty for none.
    pub answer: String,
}

/// An error to be reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewReport {
    /// The story.
    pub story: String,
    /// The version of its digest.
    pub version: i64,
    /// The sentence: 0 is the headline, then from 1 in reading order.
    pub sentence: i64,
    /// The sentence's words as shown.
    pub quoted: String,
    /// What is wrong.
    pub words: String,
    /// How to reach the reader; empty for not at all.
    pub contact: String,
    /// A keyed hash of where it came from.
    pub sender: String,
}

const COLUMNS: &str = "id, story, version, sentence, quoted, words, contact, sender, created, closed, answer";

impl Store {
    /// Keeps a report; its number.
    pub async fn put_report(&self, report: &NewReport, now: Millis) -> Result<i64> {
        let sql =
            "INSERT INTO reports (story, version, sentence, quoted, words, contact, sender, created, answer)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '') RETURNING id";
        let id = sqlx::query_scalar(sql)
            .bind(clean(&report.story).as_ref())
            .bind(report.version)
            .bind(report.sentence)
            .bind(clean(&report.quoted).as_ref())
            .bind(clean(&report.words).as_ref())
            .bind(clean(&report.contact).as_ref())
            .bind(clean(&report.sender).as_ref())
            .bind(now)
            .fetch_one(&self.writer)
            .await?;
        Ok(id)
    }

    /// Reports, open or closed, the newest first.
    pub async fn reports(&self, open: bool, limit: i64) -> Result<Vec<Report>> {
        let which = if open { "IS NULL" } else { "IS NOT NULL" };
        let sql = format!("SELECT {COLUMNS} FROM reports WHERE closed {which} ORDER BY id DESC LIMIT $1");
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(report).collect()
    }

    /// How many reports a sender left since then.
    pub async fn reports_by(&self, sender: &str, since: Millis) -> Result<i64> {
        let sql = "SELECT count(*) FROM reports WHERE sender = $1 AND sender <> '' AND created >= $2";
        Ok(sqlx::query_scalar(sql).bind(clean(sender).as_ref()).bind(since).fetch_one(&self.readers).await?)
    }

    /// Closes a report with an answer.
    pub async fn close_report(&self, id: i64, answer: &str, now: Millis) -> Result<()> {
        let sql = "UPDATE reports SET closed = $1, answer = $2 WHERE id = $3";
        sqlx::query(sql).bind(now).bind(clean(answer).as_ref()).bind(id).execute(&self.writer).await?;
        Ok(())
    }
}

fn report(row: &AnyRow) -> Result<Report> {
    Ok(Report {
        id: get(row, "id")?,
        report: NewReport {
            story: get(row, "story")?,
            version: get(row, "version")?,
            sentence: get(row, "sentence")?,
            quoted: get(row, "quoted")?,
            words: get(row, "words")?,
            contact: get(row, "contact")?,
            sender: get(row, "sender")?,
        },
        created: get(row, "created")?,
        closed: get(row, "closed")?,
        answer: get(row, "answer")?,
    })
}
