//! What full-text search looks through, kept in the same transaction as what it is made from.

use sqlx::{Any, Transaction};

use crate::row::{flag, get, packed};
use crate::{Kind, Result, prose};

/// The most bytes of one text that can be found: PostgreSQL holds at most a megabyte of words a row.
const INDEXED_LIMIT: usize = 200_000;

/// What is searched in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shelf {
    /// Digests that are shown.
    Stories,
    /// Articles that are in use.
    Articles,
}

/// The word by which searches are narrowed to something, made so that no tokenizer parts or stems it.
pub(crate) fn mark(what: char, value: &str) -> String {
    let digits: String = value.to_lowercase().bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("x{what}{digits}x")
}

/// Brings the index up to date with an article; a withdrawn one is not found.
pub(crate) async fn refresh_article(
    kind: Kind,
    transaction: &mut Transaction<'static, Any>,
    number: i64,
) -> Result<()> {
    forget(transaction, Shelf::Articles, number).await?;
    add_article(kind, transaction, number).await
}

/// Enters an article of which nothing is in the index yet.
pub(crate) async fn add_article(
    kind: Kind,
    transaction: &mut Transaction<'static, Any>,
    number: i64,
) -> Result<()> {
    let sql = "SELECT a.title, a.domain, a.withdrawn, t.body FROM articles a
               JOIN revisions r ON r.article = a.number AND r.number = a.revision
               JOIN texts t ON t.hash = r.hash WHERE a.number = $1";
    let row = sqlx::query(sql).bind(number).fetch_optional(&mut **transaction).await?;
    let Some(row) = row else { return Ok(()) };
    if flag(&row, "withdrawn")? {
        return Ok(());
    }
    let (title, domain): (String, String) = (get(&row, "title")?, get(&row, "domain")?);
    let text = packed(&row, "body", "a text")?;
    let body = text.strip_prefix(title.as_str()).unwrap_or(&text);
    enter(kind, transaction, Shelf::Articles, number, [&title, body, &mark('d', &domain)]).await
}

/// Brings the index up to date with a story; one without a digest on show is not found.
pub(crate) async fn refresh_story(
    kind: Kind,
    transaction: &mut Transaction<'static, Any>,
    story: &str,
) -> Result<()> {
    let sql = "SELECT s.number, s.section, s.headline, d.receipt, d.domains FROM stories s
               LEFT JOIN digests d ON d.story = s.id AND d.version = s.version WHERE s.id = $1";
    let row = sqlx::query(sql).bind(story).fetch_optional(&mut **transaction).await?;
    let Some(row) = row else { return Ok(()) };
    let number: i64 = get(&row, "number")?;
    forget(transaction, Shelf::Stories, number).await?;
    let Some(domains) = get::<Option<String>>(&row, "domains")? else { return Ok(()) };
    let (section, headline): (String, String) = (get(&row, "section")?, get(&row, "headline")?);
    let body = prose::body(&packed(&row, "receipt", "a receipt")?);
    let mut marks = mark('s', &section);
    for domain in domains.split_whitespace() {
        marks.push(' ');
        marks.push_str(&mark('d', domain));
    }
    enter(kind, transaction, Shelf::Stories, number, [&headline, &body, &marks]).await
}

/// Notes that what a story shows cites a domain.
pub(crate) async fn cite(
    transaction: &mut Transaction<'static, Any>,
    domain: &str,
    published: Option<i64>,
    story: &str,
) -> Result<()> {
    let sql = "INSERT INTO cited (domain, published, story) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    sqlx::query(sql).bind(domain).bind(published).bind(story).execute(&mut **transaction).await?;
    Ok(())
}

/// Empties the index.
pub(crate) async fn clear(kind: Kind, transaction: &mut Transaction<'static, Any>) -> Result<()> {
    let statements = match kind {
        Kind::Sqlite => [
            "INSERT INTO story_words (story_words) VALUES ('delete-all')",
            "INSERT INTO article_words (article_words) VALUES ('delete-all')",
        ],
        Kind::Postgres => ["DELETE FROM story_words", "DELETE FROM article_words"],
    };
    for sql in statements {
        sqlx::query(sql).execute(&mut **transaction).await?;
    }
    Ok(())
}

async fn forget(transaction: &mut Transaction<'static, Any>, shelf: Shelf, number: i64) -> Result<()> {
    let sql = match shelf {
        Shelf::Stories => "DELETE FROM story_words WHERE rowid = $1",
        Shelf::Articles => "DELETE FROM article_words WHERE rowid = $1",
    };
    sqlx::query(sql).bind(number).execute(&mut **transaction).await?;
    Ok(())
}

async fn enter(
    kind: Kind,
    transaction: &mut Transaction<'static, Any>,
    shelf: Shelf,
    number: i64,
    [title, body, marks]: [&str; 3],
) -> Result<()> {
    let sql = match (kind, shelf) {
        (Kind::Sqlite, Shelf::Stories) => {
            "INSERT INTO story_words (rowid, title, body, marks) VALUES ($1, $2, $3, $4)"
        }
        (Kind::Sqlite, Shelf::Articles) => {
            "INSERT INTO article_words (rowid, title, body, marks) VALUES ($1, $2, $3, $4)"
        }
        (Kind::Postgres, Shelf::Stories) => {
            "INSERT INTO story_words (rowid, words) VALUES ($1, setweight(to_tsvector('english', $2), 'A')
                || to_tsvector('english', $3) || to_tsvector('simple', $2 || ' ' || $3 || ' ' || $4))"
        }
        (Kind::Postgres, Shelf::Articles) => {
            "INSERT INTO article_words (rowid, words) VALUES ($1, setweight(to_tsvector('english', $2), 'A')
                || to_tsvector('english', $3) || to_tsvector('simple', $2 || ' ' || $3 || ' ' || $4))"
        }
    };
    let body = &body[..body.floor_char_boundary(INDEXED_LIMIT)];
    sqlx::query(sql).bind(number).bind(title).bind(body).bind(marks).execute(&mut **transaction).await?;
    Ok(())
}
