//! Everything as JSON Lines, and back: for backups while running, for moving to another database, for leaving.

use std::io::{BufRead, Write};

use serde_json::{Map, Value};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Transaction};

use crate::row::{clean, get, pack, packed};
use crate::table::{Column, Holds, TABLES, Table};
use crate::{Kind, Result, Store, restore, schema};

/// How many rows of each table, by table name.
pub type Counts = std::collections::BTreeMap<String, u64>;

/// What the first line calls the format.
pub(crate) const FORMAT: &str = "nutgraf snapshot";

/// How many rows are read at once: enough to be quick, few enough that texts of any size fit in memory.
const BATCH: i64 = 100;

impl Store {
    /// Writes everything as JSON Lines, as of one moment: a first line that names format and schema, then one object a
    /// row, `{"table": …, …}`, in an order in which it can be read back. `public` leaves out editors and
    /// what they did, sessions, secrets, senders, contacts, what was reported, and what readers don't see: comments and
    /// versions that wait or were turned away.
    ///
    /// # Errors
    /// Those of the database and of the writer.
    pub async fn export<W: Write + Send>(&self, mut out: W, public: bool) -> Result<Counts> {
        let begin = self.words("BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        let mut transaction = self.readers.begin_with(begin).await?;
        let first =
            serde_json::json!({ "format": FORMAT, "version": 1, "schema": schema::NEWEST, "public": public });
        writeln!(out, "{first}")?;
        let mut counts = Counts::new();
        for table in TABLES.iter().filter(|table| !(public && table.private)) {
            let count = write_table(&mut transaction, table, public, &mut out).await?;
            counts.insert(table.name.to_owned(), count);
        }
        out.flush()?;
        Ok(counts)
    }

    /// Replaces everything by a snapshot, in one transaction: if a line is wrong nothing is changed. The newsroom's
    /// secret stays where the snapshot has none.
    ///
    /// # Errors
    /// When a line is wrong, and those of the database and of the reader.
    pub async fn import<R: BufRead + Send>(&self, mut lines: R) -> Result<Counts> {
        let mut transaction = self.write().await?;
        let counts = restore::replace(self.kind, &mut transaction, &mut lines).await?;
        transaction.commit().await?;
        self.forget_counts();
        Ok(counts)
    }
}

/// Writes a table's rows in the order of its key, some at a time.
async fn write_table<W: Write + Send>(
    transaction: &mut Transaction<'static, Any>,
    table: &Table,
    public: bool,
    out: &mut W,
) -> Result<u64> {
    let columns = table.columns();
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let key = table.key.join(", ");
    let marks: Vec<String> = (1..=table.key.len()).map(|at| format!("${at}")).collect();
    let (names, marks, limit) = (names.join(", "), marks.join(", "), table.key.len() + 1);
    let first = format!("SELECT {names} FROM {} ORDER BY {key} LIMIT $1", table.name);
    let next =
        format!("SELECT {names} FROM {} WHERE ({key}) > ({marks}) ORDER BY {key} LIMIT ${limit}", table.name);
    let mut count = 0;
    let mut last: Option<AnyRow> = None;
    loop {
        let mut query = sqlx::query(AssertSqlSafe(if last.is_some() { next.clone() } else { first.clone() }));
        if let Some(row) = &last {
            for name in table.key {
                let holds = columns.iter().find(|column| column.name == *name).map(|column| column.holds);
                query = match holds {
                    Some(Holds::Number) => query.bind(get::<i64>(row, name)?),
                    _ => query.bind(get::<String>(row, name)?),
                };
            }
        }
        let mut rows = query.bind(BATCH).fetch_all(&mut **transaction).await?;
        for row in &rows {
            // The number of the schema is in the first line, and is not the snapshot's to set.
            if table.name == "meta" && get::<String>(row, "key")? == "schema" {
                continue;
            }
            count += u64::from(write_row(table, &columns, row, public, out)?);
        }
        last = rows.pop();
        if last.is_none() {
            return Ok(count);
        }
    }
}

fn write_row<W: Write>(
    table: &Table,
    columns: &[Column],
    row: &AnyRow,
    public: bool,
    out: &mut W,
) -> Result<bool> {
    let mut object = Map::new();
    object.insert("table".to_owned(), table.name.into());
    for column in columns {
        let value = match column.holds {
            Holds::Text if public && column.private => Some("".into()),
            Holds::Text => get::<Option<String>>(row, column.name)?.map(Value::from),
            Holds::Number => get::<Option<i64>>(row, column.name)?.map(Value::from),
            Holds::Real => get::<Option<f64>>(row, column.name)?.map(Value::from),
            Holds::Packed => Some(packed(row, column.name, table.name)?.into()),
        };
        object.insert(column.name.to_owned(), value.unwrap_or(Value::Null));
    }
    if public && !open(table, &mut object) {
        return Ok(false);
    }
    serde_json::to_writer(&mut *out, &object).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(true)
}

/// Whether a row may stand in a public snapshot: versions that readers don't see may not. Of a comment that they don't
/// see only its place in the thread stays.
fn open(table: &Table, object: &mut Map<String, Value>) -> bool {
    let state = object.get("state").and_then(Value::as_str).unwrap_or_default();
    match table.name {
        "digests" => state == "published",
        "comments" if state != "approved" => {
            for name in ["author", "words"] {
                object.insert(name.to_owned(), "".into());
            }
            true
        }
        _ => true,
    }
}

/// Binds a value that stood in a snapshot.
pub(crate) fn bind<'q>(
    query: Query<'q, Any, AnyArguments>,
    column: Column,
    value: &Value,
) -> std::result::Result<Query<'q, Any, AnyArguments>, String> {
    let wrong = |kind: &str| Err(format!("{:?} is {value} and must be {kind}", column.name));
    Ok(match column.holds {
        Holds::Text => match value {
            Value::Null => query.bind(None::<String>),
            Value::String(text) => query.bind(clean(text).into_owned()),
            _ => return wrong("a text"),
        },
        Holds::Packed => match value {
            Value::String(text) => query.bind(pack(&clean(text))),
            _ => return Err(format!("{:?} must be a text", column.name)),
        },
        Holds::Number => match (value, value.as_i64()) {
            (Value::Null, _) => query.bind(None::<i64>),
            (_, Some(number)) => query.bind(number),
            _ => return wrong("a whole number"),
        },
        Holds::Real => match value.as_f64() {
            Some(number) => query.bind(number),
            None => return wrong("a number"),
        },
    })
}

/// The words that set a table's numbering behind its rows.
pub(crate) fn numbering(kind: Kind, table: &Table) -> Option<String> {
    if kind == Kind::Sqlite || table.serial.is_empty() {
        return None;
    }
    let (name, serial) = (table.name, table.serial);
    Some(format!(
        "SELECT setval(pg_get_serial_sequence('{name}', '{serial}'), (SELECT COALESCE(max({serial}), 0) + 1 FROM {name}), false)"
    ))
}
