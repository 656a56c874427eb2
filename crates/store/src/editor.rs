//! Who may sit at the desk, and their sessions.

use sqlx::any::AnyRow;

use crate::row::{clean, get};
use crate::{Millis, Result, Store};

/// Somebody who may sit at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    /// The number.
    pub id: i64,
    /// The name to log in with.
    pub name: String,
    /// The password's hash in PHC form.
    pub password: String,
}

/// A session at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token in the cookie.
    pub token: String,
    /// Whose it is.
    pub editor: i64,
    /// The name.
    pub name: String,
    /// When it ends.
    pub until: Millis,
}

impl Store {
    /// Adds an editor or changes a password; sessions of that editor end.
    pub async fn put_editor(&self, name: &str, password: &str, now: Millis) -> Result<i64> {
        let mut transaction = self.write().await?;
        let sql = "INSERT INTO editors (name, password, added) VALUES ($1, $2, $3)
                   ON CONFLICT (name) DO UPDATE SET password = excluded.password RETURNING id";
        let id: i64 = sqlx::query_scalar(sql)
            .bind(clean(name).as_ref())
            .bind(clean(password).as_ref())
            .bind(now)
            .fetch_one(&mut *transaction)
            .await?;
        sqlx::query("DELETE FROM sessions WHERE editor = $1").bind(id).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// The editor of that name.
    pub async fn editor(&self, name: &str) -> Result<Option<Editor>> {
        let sql = "SELECT id, name, password FROM editors WHERE name = $1";
        let row = sqlx::query(sql).bind(clean(name).as_ref()).fetch_optional(&self.readers).await?;
        row.as_ref().map(editor).transpose()
    }

    /// All editors, by name.
    pub async fn editors(&self) -> Result<Vec<Editor>> {
        let rows = sqlx::query("SELECT id, name, password FROM editors ORDER BY name")
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(editor).collect()
    }

    /// Opens a session; those that have ended go.
    pub async fn open_session(&self, editor: i64, token: &str, until: Millis, now: Millis) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM sessions WHERE until <= $1").bind(now).execute(&mut *transaction).await?;
        let sql = "INSERT INTO sessions (token, editor, until, opened) VALUES ($1, $2, $3, $4)";
        sqlx::query(sql)
            .bind(clean(token).as_ref())
            .bind(editor)
            .bind(until)
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// The session with that token's hash that has not ended.
    pub async fn session(&self, token: &str, now: Millis) -> Result<Option<Session>> {
        let sql =
            "SELECT s.token, s.editor, e.name, s.until FROM sessions s JOIN editors e ON e.id = s.editor
                   WHERE s.token = $1 AND s.until > $2";
        let row =
            sqlx::query(sql).bind(clean(token).as_ref()).bind(now).fetch_optional(&self.readers).await?;
        row.map(|row| {
            Ok(Session {
                token: get(&row, "token")?,
                editor: get(&row, "editor")?,
                name: get(&row, "name")?,
                until: get(&row, "until")?,
            })
        })
        .transpose()
    }

    /// Ends a session.
    pub async fn close_session(&self, token: &str) -> Result<()> {
        sqlx::query("DELETE FROM sessions WHERE token = $1")
            .bind(clean(token).as_ref())
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}

fn editor(row: &AnyRow) -> Result<Editor> {
    Ok(Editor { id: get(row, "id")?, name: get(row, "name")?, password: get(row, "password")? })
}
