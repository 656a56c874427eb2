//! Full-text search over stories and articles.

use sqlx::AssertSqlSafe;

use crate::index::{Shelf, mark};
use crate::query::Terms;
use crate::row::{get, packed};
use crate::{Kind, Millis, Result, Store, excerpt, prose};

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Words as typed; quotation marks hold a phrase together, a leading `-` excludes. All must be there.
    pub words: String,
    /// Only of that section (stories).
    pub section: Option<String>,
    /// Only of that registrable domain: stories that cite it, articles that it published.
    pub domain: Option<String>,
    /// Only published at or after that time.
    pub from: Option<Millis>,
    /// Only published before that time.
    pub until: Option<Millis>,
    /// The newest first instead of the best.
    pub newest: bool,
    /// How many to pass over.
    pub offset: i64,
    /// The most rows.
    pub limit: i64,
}

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The story's or the article's id.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// A stretch of its text with the words found between U+0002 and U+0003.
    pub excerpt: String,
    /// For articles: the outlet's printed name; for stories: the section.
    pub place: String,
    /// When it was published.
    pub published: Option<Millis>,
    /// For articles: the story, and where to read it.
    pub story: Option<String>,
    /// See `story`.
    pub url: Option<String>,
}

/// How many of the newest rows that hold the words are ranked. Ranking all would cost in proportion to the archive
/// where a word is common, and what is older than so many newer hits is what nobody looks for.
const RANKED: i64 = 2_000;

/// To how many things found are counted.
const COUNTED: i64 = 10_000;

impl Store {
    /// Published stories that hold the words, and how many there are in all (counted to a bound of 10 000).
    pub async fn search_stories(&self, search: &Search) -> Result<(Vec<Found>, i64)> {
        self.search(search, Shelf::Stories).await
    }

    /// Articles that hold the words, and how many there are in all (counted to a bound of 10 000).
    pub async fn search_articles(&self, search: &Search) -> Result<(Vec<Found>, i64)> {
        self.search(search, Shelf::Articles).await
    }

    async fn search(&self, search: &Search, shelf: Shelf) -> Result<(Vec<Found>, i64)> {
        let terms = Terms::read(&search.words);
        let mut marks = Vec::new();
        marks.extend(search.domain.as_deref().map(|domain| mark('d', domain)));
        if shelf == Shelf::Stories {
            marks.extend(search.section.as_deref().map(|section| mark('s', section)));
        }
        let Some(query) = terms.to_sql(self.kind, &marks) else { return Ok((Vec::new(), 0)) };
        let sql = self.hits(shelf, search);
        let counted = format!("SELECT count(*) FROM ({sql} LIMIT $4) AS hits");
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(counted))
            .bind(query.as_str())
            .bind(search.from.unwrap_or(i64::MIN))
            .bind(search.until.unwrap_or(i64::MAX))
            .bind(COUNTED)
            .fetch_one(&self.readers)
            .await?;
        if count == 0 {
            return Ok((Vec::new(), 0));
        }
        let order = if search.newest { "hits.at DESC NULLS LAST, hits.number DESC" } else { self.best() };
        let sql = format!(
            "SELECT hits.number AS number FROM ({sql} ORDER BY w.rowid DESC LIMIT $4) AS hits
             ORDER BY {order} LIMIT $5 OFFSET $6"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(query.as_str())
            .bind(search.from.unwrap_or(i64::MIN))
            .bind(search.until.unwrap_or(i64::MAX))
            .bind(RANKED)
            .bind(search.limit.max(0))
            .bind(search.offset.max(0))
            .fetch_all(&self.readers)
            .await?;
        let words = terms.words();
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            let number: i64 = get(row, "number")?;
            found.extend(match shelf {
                Shelf::Stories => self.found_story(number, &words).await?,
                Shelf::Articles => self.found_article(number, &words).await?,
            });
        }
        Ok((found, count))
    }

    /// The rows that hold the words ($1) between two times ($2, $3), with what they are ranked by.
    fn hits(&self, shelf: Shelf, search: &Search) -> String {
        let (table, index) = match shelf {
            Shelf::Stories => ("stories", "story_words"),
            Shelf::Articles => ("articles", "article_words"),
        };
        // Without bounds of time the rows themselves need not be looked at before they are ranked.
        let timed = if search.from.is_some() || search.until.is_some() {
            "AND r.published >= $2 AND r.published < $3"
        } else {
            "AND $2 <= $3"
        };
        match self.kind {
            Kind::Sqlite => format!(
                "SELECT w.rowid AS number, r.published AS at, bm25({index}, 6.0, 1.0, 0.0) AS rank FROM {index} w
                 JOIN {table} r ON r.number = w.rowid WHERE {index} MATCH $1 {timed}"
            ),
            Kind::Postgres => format!(
                "SELECT w.rowid AS number, r.published AS at, ts_rank(w.words, q.q) AS rank
                 FROM (SELECT CASE WHEN numnode(to_tsquery('english', $1)) > 0 THEN to_tsquery('english', $1)
                              ELSE to_tsquery('simple', $1) END AS q) AS q
                 JOIN {index} w ON w.words @@ q.q JOIN {table} r ON r.number = w.rowid WHERE TRUE {timed}"
            ),
        }
    }

    /// The order from best to worst: SQLite's rank is smaller where it is better.
    fn best(&self) -> &'static str {
        self.words("hits.rank, hits.number DESC", "hits.rank DESC, hits.number DESC")
    }

    async fn found_story(&self, number: i64, words: &[String]) -> Result<Option<Found>> {
        let sql = "SELECT s.id, s.headline, s.section, s.published, d.receipt FROM stories s
                   JOIN digests d ON d.story = s.id AND d.version = s.version WHERE s.number = $1";
        let row = sqlx::query(sql).bind(number).fetch_optional(&self.readers).await?;
        row.map(|row| {
            Ok(Found {
                id: get(&row, "id")?,
                title: get(&row, "headline")?,
                excerpt: excerpt::cut(&prose::body(&packed(&row, "receipt", "a receipt")?), words),
                place: get(&row, "section")?,
                published: get(&row, "published")?,
                story: None,
                url: None,
            })
        })
        .transpose()
    }

    async fn found_article(&self, number: i64, words: &[String]) -> Result<Option<Found>> {
        let sql = "SELECT a.id, a.title, a.outlet, a.published, a.story, a.address, t.body FROM articles a
                   JOIN revisions r ON r.article = a.number AND r.number = a.revision
                   JOIN texts t ON t.hash = r.hash WHERE a.number = $1";
        let row = sqlx::query(sql).bind(number).fetch_optional(&self.readers).await?;
        row.map(|row| {
            let title: String = get(&row, "title")?;
            let text = packed(&row, "body", "a text")?;
            let body = text.strip_prefix(title.as_str()).unwrap_or(&text);
            Ok(Found {
                id: get(&row, "id")?,
                excerpt: excerpt::cut(body, words),
                title,
                place: get(&row, "outlet")?,
                published: get(&row, "published")?,
                story: get(&row, "story")?,
                url: get(&row, "address")?,
            })
        })
        .transpose()
    }
}
