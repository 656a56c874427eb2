//! What readers say under a digest.

use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Transaction};

use crate::row::{clean, flag, get, names};
use crate::{Millis, Result, Store};

/// What is done with a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentState {
    /// It waits for an editor.
    Waiting,
    /// It is shown.
    Approved,
    /// An editor turned it away.
    Rejected,
    /// Its author deleted it: the words are gone, the place in the thread stays.
    Deleted,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its number.
    pub id: i64,
    /// The story.
    pub story: String,
    /// The comment it answers.
    pub parent: Option<i64>,
    /// The name its author gave.
    pub author: String,
    /// Its words, Markdown as typed; empty where it is deleted.
    pub words: String,
    /// What is done with it.
    pub state: CommentState,
    /// Whether an editor wrote it.
    pub editor: bool,
    /// When it was written.
    pub created: Millis,
    /// When its author changed it.
    pub edited: Option<Millis>,
    /// SHA-256 of the token with which its author may change it.
    pub token: String,
}

/// A comment to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewComment {
    /// The story.
    pub story: String,
    /// The comment it answers.
    pub parent: Option<i64>,
    /// The name its author gave.
    pub author: String,
    /// Its words.
    pub words: String,
    /// What is done with it.
    pub state: CommentState,
    /// Whether an editor wrote it.
    pub editor: bool,
    /// SHA-256 of the token with which its author may change it.
    pub token: String,
    /// A keyed hash of where it came from, for rate limits; pruned after a day.
    pub sender: String,
}

names!(CommentState { Waiting = "waiting", Approved = "approved", Rejected = "rejected", Deleted = "deleted" });

const COLUMNS: &str =
    "c.id, c.story, c.parent, c.author, c.words, c.state, c.editor, c.created, c.edited, c.token";

/// For how long the same words of one sender are the same comment.
const ECHO: Millis = 3_600_000;

impl Store {
    /// Keeps a comment; its number. The same words by the same sender under the same story within an hour are kept
    /// once.
    pub async fn put_comment(&self, comment: &NewComment, now: Millis) -> Result<i64> {
        let mut transaction = self.write().await?;
        let (story, words, sender) = (clean(&comment.story), clean(&comment.words), clean(&comment.sender));
        let sql = "SELECT id FROM comments WHERE sender = $1 AND sender <> '' AND created > $2 AND story = $3
                   AND words = $4 AND state <> 'deleted' LIMIT 1";
        let echo: Option<i64> = sqlx::query_scalar(sql)
            .bind(sender.as_ref())
            .bind(now - ECHO)
            .bind(story.as_ref())
            .bind(words.as_ref())
            .fetch_optional(&mut *transaction)
            .await?;
        if let Some(id) = echo {
            return Ok(id);
        }
        let sql = "INSERT INTO comments (story, parent, author, words, state, shown, editor, created, token, sender)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id";
        let id = sqlx::query_scalar(sql)
            .bind(story.as_ref())
            .bind(comment.parent)
            .bind(clean(&comment.author).as_ref())
            .bind(words.as_ref())
            .bind(comment.state.name())
            .bind(i64::from(comment.state == CommentState::Approved))
            .bind(i64::from(comment.editor))
            .bind(now)
            .bind(clean(&comment.token).as_ref())
            .bind(sender.as_ref())
            .fetch_one(&mut *transaction)
            .await?;
        recount(&mut transaction, id).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// One comment.
    pub async fn comment(&self, id: i64) -> Result<Option<Comment>> {
        let sql = format!("SELECT {COLUMNS} FROM comments c WHERE c.id = $1");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(comment).transpose()
    }

    /// A story's approved comments and the places of deleted ones that were approved and have answers, the oldest
    /// first.
    pub async fn comments(&self, story: &str) -> Result<Vec<Comment>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM comments c WHERE c.story = $1 AND (c.state = 'approved' OR (c.state = 'deleted'
                AND c.shown = 1 AND EXISTS (SELECT 1 FROM comments a WHERE a.parent = c.id
                                            AND (a.state = 'approved' OR (a.state = 'deleted' AND a.shown = 1)))))
             ORDER BY c.id"
        );
        let rows =
            sqlx::query(AssertSqlSafe(sql)).bind(clean(story).as_ref()).fetch_all(&self.readers).await?;
        rows.iter().map(comment).collect()
    }

    /// The newest approved comments of all stories.
    pub async fn recent_comments(&self, limit: i64) -> Result<Vec<Comment>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM comments c WHERE c.state = 'approved' ORDER BY c.id DESC LIMIT $1"
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(comment).collect()
    }

    /// Comments in a state, the oldest first.
    pub async fn comments_in(&self, state: CommentState, limit: i64) -> Result<Vec<Comment>> {
        let sql = format!("SELECT {COLUMNS} FROM comments c WHERE c.state = $1 ORDER BY c.id LIMIT $2");
        let rows =
            sqlx::query(AssertSqlSafe(sql)).bind(state.name()).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(comment).collect()
    }

    /// How many comments a sender left since then.
    pub async fn comments_by(&self, sender: &str, since: Millis) -> Result<i64> {
        let sql = "SELECT count(*) FROM comments WHERE sender = $1 AND sender <> '' AND created >= $2";
        Ok(sqlx::query_scalar(sql).bind(clean(sender).as_ref()).bind(since).fetch_one(&self.readers).await?)
    }

    /// Changes a comment's words; it waits again where `state` says so.
    pub async fn edit_comment(&self, id: i64, words: &str, state: CommentState, now: Millis) -> Result<()> {
        let mut transaction = self.write().await?;
        let sql =
            "UPDATE comments SET words = $1, state = $2, edited = $3 WHERE id = $4 AND state <> 'deleted'";
        sqlx::query(sql)
            .bind(clean(words).as_ref())
            .bind(state.name())
            .bind(now)
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        recount(&mut transaction, id).await?;
        Ok(transaction.commit().await?)
    }

    /// Approves, rejects or deletes a comment, and keeps the story's count right.
    pub async fn set_comment_state(&self, id: i64, state: CommentState) -> Result<()> {
        let mut transaction = self.write().await?;
        let sql = "UPDATE comments SET state = $1,
                       words = CASE WHEN $1 = 'deleted' THEN '' ELSE words END,
                       author = CASE WHEN $1 = 'deleted' THEN '' ELSE author END
                   WHERE id = $2 AND state <> 'deleted'";
        sqlx::query(sql).bind(state.name()).bind(id).execute(&mut *transaction).await?;
        recount(&mut transaction, id).await?;
        Ok(transaction.commit().await?)
    }

    /// Forgets where comments and reports came from that are older than that.
    pub async fn forget_senders(&self, before: Millis) -> Result<()> {
        let mut transaction = self.write().await?;
        for sql in [
            "UPDATE comments SET sender = '' WHERE sender <> '' AND created < $1",
            "UPDATE reports SET sender = '' WHERE sender <> '' AND created < $1",
        ] {
            sqlx::query(sql).bind(before).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }
}

/// Notes that a comment was shown, and counts the comments of its story anew.
async fn recount(transaction: &mut Transaction<'static, Any>, id: i64) -> Result<()> {
    let sql = "UPDATE comments SET shown = 1 WHERE id = $1 AND state = 'approved' AND shown = 0";
    sqlx::query(sql).bind(id).execute(&mut **transaction).await?;
    let sql = "UPDATE stories SET comments = (SELECT count(*) FROM comments c
                                              WHERE c.story = stories.id AND c.state = 'approved')
               WHERE id = (SELECT story FROM comments WHERE id = $1)";
    sqlx::query(sql).bind(id).execute(&mut **transaction).await?;
    Ok(())
}

fn comment(row: &AnyRow) -> Result<Comment> {
    Ok(Comment {
        id: get(row, "id")?,
        story: get(row, "story")?,
        parent: get(row, "parent")?,
        author: get(row, "author")?,
        words: get(row, "words")?,
        state: CommentState::read(row, "state")?,
        editor: flag(row, "editor")?,
        created: get(row, "created")?,
        edited: get(row, "edited")?,
        token: get(row, "token")?,
    })
}
