//! The way back of a snapshot into the tables, and what is made anew from them.

use std::io::{BufRead, Read as _};

use desk::article::sha256;
use serde_json::{Map, Value};
use sqlx::{Any, AssertSqlSafe, Transaction};

use crate::row::get;
use crate::snapshot::{Counts, FORMAT, bind, numbering};
use crate::table::{TABLES, Table};
use crate::{Error, Kind, Result, index, schema};

/// The most bytes of one line: more than the longest text that is ever kept.
const LINE_LIMIT: u64 = 64 << 20;

/// How many rows are indexed at once.
const BATCH: i64 = 500;

/// Replaces all rows by those of a snapshot.
pub(crate) async fn replace<R: BufRead + Send>(
    kind: Kind,
    transaction: &mut Transaction<'static, Any>,
    lines: &mut R,
) -> Result<Counts> {
    let mut number = 1;
    let first = read_line(lines, number)?;
    judge(first.as_ref()).map_err(|cause| Error::Snapshot { line: 1, cause })?;
    empty(kind, transaction).await?;
    let mut counts = Counts::new();
    loop {
        number += 1;
        let Some(object) = read_line(lines, number)? else { break };
        let refuse = |cause: String| Error::Snapshot { line: number, cause };
        let table = object.get("table").and_then(Value::as_str).and_then(Table::named);
        let table = table.ok_or_else(|| refuse("\"table\" names no table".to_owned()))?;
        check(table, &object).map_err(refuse)?;
        insert(transaction, table, &object).await.map_err(refuse)?;
        *counts.entry(table.name.to_owned()).or_default() += 1;
    }
    for table in &TABLES {
        if let Some(sql) = numbering(kind, table) {
            sqlx::query(AssertSqlSafe(sql)).execute(&mut **transaction).await?;
        }
    }
    derive(kind, transaction).await?;
    Ok(counts)
}

/// The next line as an object; nothing at the end.
fn read_line<R: BufRead>(lines: &mut R, number: usize) -> Result<Option<Map<String, Value>>> {
    let refuse = |cause: String| Error::Snapshot { line: number, cause };
    let mut line = Vec::new();
    lines.by_ref().take(LINE_LIMIT).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') {
        let cause = if line.len() as u64 == LINE_LIMIT {
            "it is too long"
        } else {
            "it ends without a newline: the file is cut off"
        };
        return Err(refuse(cause.to_owned()));
    }
    let object =
        serde_json::from_slice(&line).map_err(|cause| refuse(format!("it is no JSON object ({cause})")))?;
    Ok(Some(object))
}

/// Whether the first line is that of a snapshot that can be read here.
fn judge(first: Option<&Map<String, Value>>) -> std::result::Result<(), String> {
    let format = first.and_then(|first| first.get("format")).and_then(Value::as_str);
    if format != Some(FORMAT) {
        return Err(format!("it does not begin a {FORMAT}"));
    }
    let found = first.and_then(|first| first.get("schema")).and_then(Value::as_i64);
    match found {
        Some(found) if found == schema::NEWEST => Ok(()),
        Some(found) => Err(format!(
            "the snapshot has schema {found} and this program {}: read it with the program that wrote it, and let this one migrate the database",
            schema::NEWEST
        )),
        None => Err("it names no schema".to_owned()),
    }
}

/// Whether an object has the columns of its table and no others.
fn check(table: &Table, object: &Map<String, Value>) -> std::result::Result<(), String> {
    let columns = table.columns();
    if let Some(missing) = columns.iter().find(|column| !object.contains_key(column.name)) {
        return Err(format!("a row of {} without {:?}", table.name, missing.name));
    }
    let known = |name: &str| name == "table" || columns.iter().any(|column| column.name == name);
    if let Some(name) = object.keys().find(|name| !known(name)) {
        return Err(format!("{} has no {name:?}", table.name));
    }
    let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
    if table.name == "texts" && sha256(text("body").as_bytes()) != text("hash") {
        return Err(format!("the text {} has another hash", text("hash")));
    }
    if table.name == "meta" && text("key") == "schema" {
        return Err("the schema is not a row's to set".to_owned());
    }
    Ok(())
}

async fn insert(
    transaction: &mut Transaction<'static, Any>,
    table: &Table,
    object: &Map<String, Value>,
) -> std::result::Result<(), String> {
    let columns = table.columns();
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let marks: Vec<String> = (1..=names.len()).map(|at| format!("${at}")).collect();
    let mut sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, names.join(", "), marks.join(", "));
    if table.name == "meta" {
        sql.push_str(" ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    }
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for column in columns {
        let value = object.get(column.name).unwrap_or(&Value::Null);
        query = bind(query, column, value)?;
    }
    query.execute(&mut **transaction).await.map_err(|cause| cause.to_string())?;
    Ok(())
}

/// Takes all rows out, those that refer to others first.
async fn empty(kind: Kind, transaction: &mut Transaction<'static, Any>) -> Result<()> {
    index::clear(kind, transaction).await?;
    sqlx::query("DELETE FROM cited").execute(&mut **transaction).await?;
    for table in TABLES.iter().rev().filter(|table| table.name != "meta") {
        sqlx::query(AssertSqlSafe(format!("DELETE FROM {}", table.name))).execute(&mut **transaction).await?;
    }
    Ok(())
}

/// Makes anew what no snapshot holds: the search index, and which domains are cited by what is on show.
async fn derive(kind: Kind, transaction: &mut Transaction<'static, Any>) -> Result<()> {
    let mut last = i64::MIN;
    loop {
        let sql = "SELECT number FROM articles WHERE number > $1 ORDER BY number LIMIT $2";
        let numbers: Vec<i64> =
            sqlx::query_scalar(sql).bind(last).bind(BATCH).fetch_all(&mut **transaction).await?;
        let Some(&newest) = numbers.last() else { break };
        for number in numbers {
            index::add_article(kind, transaction, number).await?;
        }
        last = newest;
    }
    let sql = "SELECT s.id, s.published, d.domains FROM stories s
               JOIN digests d ON d.story = s.id AND d.version = s.version ORDER BY s.number";
    let shown = sqlx::query(sql).fetch_all(&mut **transaction).await?;
    for row in &shown {
        let (story, domains): (String, String) = (get(row, "id")?, get(row, "domains")?);
        let published: Option<i64> = get(row, "published")?;
        for domain in domains.split_whitespace() {
            index::cite(transaction, domain, published, &story).await?;
        }
        index::refresh_story(kind, transaction, &story).await?;
    }
    Ok(())
}
