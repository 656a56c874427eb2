//! Opening a database and bringing its schema up to date.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{Any, AnyPool, Executor as _, Transaction};

use crate::row::clean;
use crate::tally::Lagging;
use crate::{Error, Result, schema};

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An embedded file.
    Sqlite,
    /// A server.
    Postgres,
}

/// An open database. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) kind: Kind,
    /// For reading; on PostgreSQL the same as `writer`.
    pub(crate) readers: AnyPool,
    /// For writing: one connection on SQLite, which has one writer, so that waiting is a queue and never an error.
    pub(crate) writer: AnyPool,
    pub(crate) lagging: Arc<Mutex<Lagging>>,
}

/// How many connections read at once from SQLite: a few more than the cores of a small machine.
const READERS: u32 = 6;

/// How many connections a server is asked for.
const CONNECTIONS: u32 = 10;

/// Kept open for reading and writing. `synchronous = FULL` makes a commit survive a power cut too: what was answered
/// to a hub or a reader is kept. It costs one flush of the log a transaction, a few a second in a newsroom.
const WRITER: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
    PRAGMA busy_timeout = 10000; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; \
    PRAGMA journal_size_limit = 67108864;";

/// Kept open for reading only.
const READER: &str = "PRAGMA query_only = ON; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -8000; \
    PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY;";

/// The number that stands for "a transaction that reads, decides and writes" among PostgreSQL's advisory locks.
const LOCK: i64 = 0x006e_7574_6772_6166;

impl Store {
    /// Opens `sqlite:PATH` (made where it is missing) or `postgres://…`, and migrates it to the newest schema.
    ///
    /// # Errors
    /// When it can't be opened, or was made by a newer program.
    pub async fn open(address: &str) -> Result<Self> {
        Self::open_at(address, schema::NEWEST).await
    }

    /// Opens a database with an older schema than the newest, so that a test can migrate it.
    #[doc(hidden)]
    pub async fn open_at(address: &str, number: i64) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let store = if let Some(path) = address.strip_prefix("sqlite:") {
            Self::sqlite(path).await.map_err(|cause| refuse(address, &cause))?
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Self::postgres(address).await.map_err(|cause| refuse(address, &cause))?
        } else {
            return Err(Error::Address {
                address: shown(address),
                cause: "unknown kind of database".to_owned(),
            });
        };
        let mut transaction = store.write().await?;
        let found = schema::number(store.kind, &mut transaction).await?;
        schema::migrate(store.kind, &mut transaction, found, number).await?;
        transaction.commit().await?;
        Ok(store)
    }

    async fn sqlite(path: &str) -> std::result::Result<Self, sqlx::Error> {
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path.starts_with(":memory:") {
            return Err(sqlx::Error::Configuration("a path is missing".into()));
        }
        let address = format!("sqlite:{}?mode=rwc", escaped(path));
        let writer = AnyPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(60))
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .after_connect(|connection, _| {
                Box::pin(async move { connection.execute(WRITER).await.map(|_| ()) })
            })
            .connect(&address)
            .await?;
        let readers = AnyPoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(Duration::from_secs(30))
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .after_connect(|connection, _| {
                Box::pin(async move { connection.execute(READER).await.map(|_| ()) })
            })
            .connect(&address)
            .await?;
        Ok(Self { kind: Kind::Sqlite, readers, writer, lagging: Arc::default() })
    }

    async fn postgres(address: &str) -> std::result::Result<Self, sqlx::Error> {
        let pool = AnyPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(Duration::from_secs(30))
            .connect(address)
            .await?;
        Ok(Self { kind: Kind::Postgres, readers: pool.clone(), writer: pool, lagging: Arc::default() })
    }

    /// Begins a transaction that reads, decides and writes. One such runs at a time on both databases: what a newsroom
    /// writes is little, and what it decides on never changes under it.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Any>> {
        match self.kind {
            Kind::Sqlite => Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?),
            Kind::Postgres => {
                let mut transaction = self.writer.begin().await?;
                sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOCK).execute(&mut *transaction).await?;
                Ok(transaction)
            }
        }
    }

    /// One of two texts: the words of SQLite or those of PostgreSQL.
    pub(crate) fn words(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self.kind {
            Kind::Sqlite => sqlite,
            Kind::Postgres => postgres,
        }
    }

    /// Which database it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether the database answers and passes its own check (`PRAGMA quick_check` on SQLite); what it says if not.
    ///
    /// # Errors
    /// When it can't be asked.
    pub async fn sound(&self) -> Result<std::result::Result<(), String>> {
        let sql = self.words("PRAGMA quick_check(1)", "SELECT 'ok'");
        let said: String = sqlx::query_scalar(sql).fetch_one(&self.readers).await?;
        Ok(if said == "ok" { Ok(()) } else { Err(said) })
    }

    /// A key of this newsroom's own, made once and kept: for signing cookies and comment tokens. 32 bytes as hex.
    /// `fresh` is stored if there is none yet.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn secret(&self, fresh: &str) -> Result<String> {
        let known = "SELECT value FROM meta WHERE key = 'secret'";
        if let Some(secret) = sqlx::query_scalar(known).fetch_optional(&self.readers).await? {
            return Ok(secret);
        }
        let sql = "INSERT INTO meta (key, value) VALUES ('secret', $1) ON CONFLICT (key) DO NOTHING";
        sqlx::query(sql).bind(clean(fresh).as_ref()).execute(&self.writer).await?;
        Ok(sqlx::query_scalar(known).fetch_one(&self.writer).await?)
    }

    /// Closes every connection; on SQLite this also folds the log into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// A path as it stands in an address.
fn escaped(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3F").replace('#', "%23")
}

/// The address without its password, which may stand before the host or among the parameters.
fn shown(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let (rest, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    if parameters.contains('@') {
        // A password with a question mark in it looks like this: it can't be told where it ends.
        return format!("{scheme}://…");
    }
    match rest.rsplit_once('@') {
        Some((user, place)) => {
            format!("{scheme}://{}@{place}", user.split(':').next().unwrap_or_default())
        }
        None => format!("{scheme}://{rest}"),
    }
}

fn refuse(address: &str, cause: &sqlx::Error) -> Error {
    Error::Address { address: shown(address), cause: cause.to_string() }
}
