//! Stories: which articles report one event, and what is published of it.

use std::collections::BTreeSet;

use desk::group::Moved;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::filter::Filter;
use crate::row::{clean, flag, get};
use crate::{Millis, Result, Stage, Store, index, job};

/// A story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its id; stable for ever.
    pub id: String,
    /// The headline of its published digest, else of its first article.
    pub headline: String,
    /// The first paragraph of its published digest; empty for none.
    pub lead: String,
    /// Its section.
    pub section: String,
    /// When it was opened.
    pub created: Millis,
    /// When its articles last changed.
    pub touched: Millis,
    /// When its digest was first published.
    pub published: Option<Millis>,
    /// When what is published last really changed.
    pub updated: Option<Millis>,
    /// The published version.
    pub version: Option<i64>,
    /// How many articles it has.
    pub articles: i64,
    /// How many independent families carry it.
    pub families: i64,
    /// How many words the published digest has.
    pub words: i64,
    /// Whether an editor stopped publication: new versions are kept but not shown.
    pub held: bool,
    /// Why there is no digest; empty where there is one or none was tried.
    pub reason: String,
    /// How many approved comments it has.
    pub comments: i64,
}

/// Which stories to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryFilter {
    /// Only of that section.
    pub section: Option<String>,
    /// Only those whose published digest cites that registrable domain.
    pub domain: Option<String>,
    /// Only published (else touched) at or after that time.
    pub from: Option<Millis>,
    /// Only published (else touched) before that time.
    pub until: Option<Millis>,
    /// `true`: only published ones, the newest published first; `false`: all, the last touched first.
    pub published: bool,
    /// How many to pass over.
    pub offset: i64,
    /// The most rows.
    pub limit: i64,
}

/// Where an article was put.
#[derive(Clone, Debug, PartialEq)]
pub struct Assigned {
    /// The article.
    pub article: String,
    /// Its story; made where it is not there yet.
    pub story: String,
    /// Its likeness to the story.
    pub likeness: f64,
    /// The section that the story takes if it is new.
    pub section: String,
}

const COLUMNS: &str = "s.id, s.headline, s.lead, s.section, s.created, s.touched, s.published, s.updated, s.version, \
    s.articles, s.families, s.words, s.held, s.reason, s.comments";

/// How many milliseconds a day has.
const DAY: i64 = 86_400_000;

impl Store {
    /// Puts an article into a story (once: an article stays in its story), makes the story where it is new, and
    /// enqueues [`crate::Stage::Write`] (key: the story) to run at `write_at`, in one transaction.
    pub async fn assign(&self, assigned: &Assigned, now: Millis, write_at: Millis) -> Result<()> {
        let mut transaction = self.write().await?;
        let sql = "SELECT title, story FROM articles WHERE id = $1";
        let row = sqlx::query(sql)
            .bind(clean(&assigned.article).as_ref())
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(row) = row else { return Ok(()) };
        let story = match get::<Option<String>>(&row, "story")? {
            // A revised article: its story is written anew, and nothing else moves.
            Some(story) => story,
            None => {
                place(&mut transaction, assigned, &get::<String>(&row, "title")?, now).await?;
                clean(&assigned.story).into_owned()
            }
        };
        let sql = "UPDATE articles SET grouped = 1 WHERE id = $1";
        sqlx::query(sql).bind(clean(&assigned.article).as_ref()).execute(&mut *transaction).await?;
        touch(&mut transaction, &story, now).await?;
        job::ask(&mut *transaction, Stage::Write, &story, write_at, now).await?;
        Ok(transaction.commit().await?)
    }

    /// Puts articles that are in one story into another, makes that one where it is new, and enqueues
    /// [`crate::Stage::Write`] for both, in one transaction. An article that isn't where it is said to be stays.
    pub async fn shift(&self, moved: &[Moved], now: Millis, write_at: Millis) -> Result<()> {
        let mut transaction = self.write().await?;
        let mut changed = BTreeSet::new();
        for Moved { article, from, to } in moved {
            let sql = "SELECT a.title, a.likeness, s.section FROM articles a JOIN stories s ON s.id = a.story
                       WHERE a.id = $1 AND a.story = $2";
            let row = sqlx::query(sql).bind(clean(article).as_ref()).bind(clean(from).as_ref());
            let Some(row) = row.fetch_optional(&mut *transaction).await? else { continue };
            let sql = "DELETE FROM members WHERE story = $1 AND article = $2";
            let gone = sqlx::query(sql).bind(clean(from).as_ref()).bind(clean(article).as_ref());
            gone.execute(&mut *transaction).await?;
            let sql = "UPDATE stories SET articles = articles - 1 WHERE id = $1";
            sqlx::query(sql).bind(clean(from).as_ref()).execute(&mut *transaction).await?;
            let assigned = Assigned {
                article: article.clone(),
                story: to.clone(),
                likeness: get(&row, "likeness")?,
                section: get(&row, "section")?,
            };
            place(&mut transaction, &assigned, &get::<String>(&row, "title")?, now).await?;
            changed.extend([clean(from).into_owned(), clean(to).into_owned()]);
        }
        for story in &changed {
            touch(&mut transaction, story, now).await?;
            job::ask(&mut *transaction, Stage::Write, story, write_at, now).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// One story.
    pub async fn story(&self, id: &str) -> Result<Option<Story>> {
        const SQL: &str = "SELECT s.id, s.headline, s.lead, s.section, s.created, s.touched, s.published, s.updated,
            s.version, s.articles, s.families, s.words, s.held, s.reason, s.comments FROM stories s WHERE s.id = $1";
        let row = sqlx::query(SQL).bind(clean(id).as_ref()).fetch_optional(&self.readers).await?;
        row.as_ref().map(story).transpose()
    }

    /// Stories in a list.
    pub async fn stories(&self, filter: &StoryFilter) -> Result<Vec<Story>> {
        let (from, narrowed, time) = narrow(filter);
        let rows = narrowed
            .query(&format!("SELECT {COLUMNS} {from}"), &format!("ORDER BY {time} DESC, s.id DESC"))
            .page(filter.limit, filter.offset)
            .rows(&self.readers)
            .await?;
        rows.iter().map(story).collect()
    }

    /// How many stories a filter finds, offset and limit aside.
    pub async fn count_stories(&self, filter: &StoryFilter) -> Result<i64> {
        let (from, narrowed, _) = narrow(filter);
        narrowed.query(&format!("SELECT count(*) {from}"), "").number(&self.readers).await
    }

    /// Days with published stories, the newest first, with how many: days since 1970 in UTC.
    pub async fn days(&self, limit: i64) -> Result<Vec<(i64, i64)>> {
        let sql = "SELECT published / $1 AS day, count(*) AS many FROM stories
                   WHERE version IS NOT NULL AND published IS NOT NULL GROUP BY published / $1
                   ORDER BY day DESC LIMIT $2";
        let rows = sqlx::query(sql).bind(DAY).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok((get(row, "day")?, get(row, "many")?))).collect()
    }

    /// Sections with published stories, with how many, by name.
    pub async fn sections(&self) -> Result<Vec<(String, i64)>> {
        let sql = "SELECT section, count(*) AS many FROM stories WHERE version IS NOT NULL
                   GROUP BY section ORDER BY section";
        let rows = sqlx::query(sql).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok((get(row, "section")?, get(row, "many")?))).collect()
    }

    /// Notes why a story has no digest (empty: forget it).
    pub async fn set_reason(&self, story: &str, reason: &str) -> Result<()> {
        let sql = "UPDATE stories SET reason = $1 WHERE id = $2";
        sqlx::query(sql)
            .bind(clean(reason).as_ref())
            .bind(clean(story).as_ref())
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Puts a story into a section.
    pub async fn set_section(&self, story: &str, section: &str) -> Result<()> {
        let mut transaction = self.write().await?;
        let sql = "UPDATE stories SET section = $1 WHERE id = $2";
        let (section, story) = (clean(section), clean(story));
        sqlx::query(sql).bind(section.as_ref()).bind(story.as_ref()).execute(&mut *transaction).await?;
        index::refresh_story(self.kind, &mut transaction, &story).await?;
        Ok(transaction.commit().await?)
    }

    /// Stops or resumes publication of a story's new versions.
    pub async fn set_held(&self, story: &str, held: bool) -> Result<()> {
        let sql = "UPDATE stories SET held = $1 WHERE id = $2";
        sqlx::query(sql).bind(i64::from(held)).bind(clean(story).as_ref()).execute(&self.writer).await?;
        Ok(())
    }
}

/// Notes that a story's articles, or what may be said of them, changed.
pub(crate) async fn touch(
    transaction: &mut Transaction<'static, Any>,
    story: &str,
    now: Millis,
) -> Result<()> {
    // Two changes in one millisecond still differ, so that a write between them is not taken for one after both.
    let sql =
        "UPDATE stories SET touched = CASE WHEN touched < $1 THEN $1 ELSE touched + 1 END WHERE id = $2";
    sqlx::query(sql).bind(now).bind(story).execute(&mut **transaction).await?;
    Ok(())
}

/// Puts an article that has no story into one.
async fn place(
    transaction: &mut Transaction<'static, Any>,
    assigned: &Assigned,
    title: &str,
    now: Millis,
) -> Result<()> {
    let sql = "INSERT INTO stories (id, headline, lead, section, created, touched, written, articles, families, words,
                                    held, reason, comments)
               VALUES ($1, $2, '', $3, $4, $4, $5, 0, 0, 0, 0, '', 0) ON CONFLICT (id) DO NOTHING";
    sqlx::query(sql)
        .bind(clean(&assigned.story).as_ref())
        .bind(title)
        .bind(clean(&assigned.section).as_ref())
        .bind(now)
        .bind(now - 1)
        .execute(&mut **transaction)
        .await?;
    let sql = "INSERT INTO members (story, article, family, background, likeness) VALUES ($1, $2, '', 0, $3)";
    sqlx::query(sql)
        .bind(clean(&assigned.story).as_ref())
        .bind(clean(&assigned.article).as_ref())
        .bind(assigned.likeness)
        .execute(&mut **transaction)
        .await?;
    let sql = "UPDATE articles SET story = $1, likeness = $2 WHERE id = $3";
    sqlx::query(sql)
        .bind(clean(&assigned.story).as_ref())
        .bind(assigned.likeness)
        .bind(clean(&assigned.article).as_ref())
        .execute(&mut **transaction)
        .await?;
    let sql = "UPDATE stories SET articles = articles + 1 WHERE id = $1";
    sqlx::query(sql).bind(clean(&assigned.story).as_ref()).execute(&mut **transaction).await?;
    Ok(())
}

/// What a filter asks for: the tables, the conditions, and the time by which it orders.
fn narrow(filter: &StoryFilter) -> (&'static str, Filter, &'static str) {
    let mut narrowed = Filter::new();
    // Published stories of one domain are one range of `cited`, which carries their time.
    let (from, time) = match (&filter.domain, filter.published) {
        (Some(_), true) => ("FROM cited c JOIN stories s ON s.id = c.story", "c.published"),
        (_, true) => ("FROM stories s", "s.published"),
        (_, false) => ("FROM stories s", "s.touched"),
    };
    if let Some(domain) = &filter.domain {
        if filter.published {
            narrowed.text("c.domain = ", domain);
        } else {
            narrowed.text("s.id IN (SELECT story FROM cited WHERE domain = ", domain).close();
        }
    }
    if filter.published {
        narrowed.fixed("s.version IS NOT NULL");
    }
    if let Some(section) = &filter.section {
        narrowed.text("s.section = ", section);
    }
    if let Some(from) = filter.from {
        narrowed.number_of(&format!("{time} >= "), from);
    }
    if let Some(until) = filter.until {
        narrowed.number_of(&format!("{time} < "), until);
    }
    (from, narrowed, time)
}

fn story(row: &AnyRow) -> Result<Story> {
    Ok(Story {
        id: get(row, "id")?,
        headline: get(row, "headline")?,
        lead: get(row, "lead")?,
        section: get(row, "section")?,
        created: get(row, "created")?,
        touched: get(row, "touched")?,
        published: get(row, "published")?,
        updated: get(row, "updated")?,
        version: get(row, "version")?,
        articles: get(row, "articles")?,
        families: get(row, "families")?,
        words: get(row, "words")?,
        held: flag(row, "held")?,
        reason: get(row, "reason")?,
        comments: get(row, "comments")?,
    })
}
