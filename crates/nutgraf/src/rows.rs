//! JSON Lines in, JSON Lines out: the frame that every stage command shares.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde_json::{Map, Value, json};

/// How many rows are held in memory at once.
const CHUNK: usize = 512;
/// The most bytes of a row.
const ROW_BYTES: u64 = 64 << 20;

/// Runs `answer` over every row on all cores and prints the answers in input order; a line of counts and times
/// goes to standard error. A row that is no JSON object gets `{"row": n, "error": …}`, n counted from 0.
pub(crate) fn each(file: Option<&Path>, answer: impl Fn(usize, &Value) -> Value + Sync) -> Result<()> {
    let begun = Instant::now();
    let mut input = open(file)?;
    let mut output = BufWriter::new(std::io::stdout().lock());
    let mut count = Count::default();
    loop {
        let rows = chunk(&mut *input, count.read)?;
        if rows.is_empty() {
            break;
        }
        let answers: Vec<(bool, String)> = rows
            .par_iter()
            .map(|(number, row)| match row {
                Ok(row) => {
                    let value = answer(*number, row);
                    (value.get("error").is_some(), value.to_string())
                }
                Err(error) => (true, json!({"row": number, "error": error}).to_string()),
            })
            .collect();
        for (refused, line) in answers {
            writeln!(output, "{line}")?;
            count.refused += usize::from(refused);
        }
        count.read += rows.len();
    }
    output.flush()?;
    count.say(begun);
    Ok(())
}

/// What `take` makes of all rows that are JSON objects, and the numbers of those that are not. The rows themselves are let
/// go of as they are read.
pub(crate) fn all<T: Send>(
    file: Option<&Path>,
    take: impl Fn(&Value) -> T + Sync,
) -> Result<(Vec<T>, Vec<usize>)> {
    let mut input = open(file)?;
    let (mut good, mut bad, mut read) = (Vec::new(), Vec::new(), 0);
    loop {
        let rows = chunk(&mut *input, read)?;
        if rows.is_empty() {
            return Ok((good, bad));
        }
        read += rows.len();
        bad.extend(rows.iter().filter(|(_, row)| row.is_err()).map(|(number, _)| *number));
        good.par_extend(rows.par_iter().filter_map(|(_, row)| row.as_ref().ok()).map(&take));
    }
}

/// Counts for the last line on standard error.
#[derive(Default)]
pub(crate) struct Count {
    pub(crate) read: usize,
    pub(crate) refused: usize,
}

impl Count {
    /// Prints rows, refusals and time.
    pub(crate) fn say(&self, begun: Instant) {
        let seconds = begun.elapsed().as_secs_f64();
        let rate = self.read as f64 / seconds.max(1e-9);
        eprintln!("{} rows, {} refused, {seconds:.3} s, {rate:.0} rows/s", self.read, self.refused);
    }
}

/// A bare field of a record as text; numbers as they are written.
pub(crate) fn text<'v>(row: &'v Value, name: &str) -> &'v str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The record's id, or its row number where it has none.
pub(crate) fn identity(row: &Value, number: usize) -> (&'static str, Value) {
    let inner = row.get("id").or_else(|| row.get("meta").and_then(|meta| meta.get("id")));
    inner.map_or(("row", json!(number)), |id| ("id", id.clone()))
}

/// An object with the record's identity first.
pub(crate) fn answer(row: &Value, number: usize, fields: Value) -> Value {
    let (key, id) = identity(row, number);
    let mut object = Map::new();
    object.insert(key.to_owned(), id);
    if let Value::Object(fields) = fields {
        object.extend(fields);
    }
    Value::Object(object)
}

fn open(file: Option<&Path>) -> Result<Box<dyn BufRead>> {
    match file {
        Some(path) if path != Path::new("-") => {
            if path.is_dir() {
                anyhow::bail!("{}: this is a folder. Give a file of JSON Lines", path.display());
            }
            let file = File::open(path).with_context(|| {
                format!(
                    "{}: the file can't be opened. Check the spelling and the permissions",
                    path.display()
                )
            })?;
            Ok(Box::new(BufReader::with_capacity(1 << 18, file)))
        }
        _ => Ok(Box::new(BufReader::new(std::io::stdin()))),
    }
}

type Numbered = (usize, Result<Value, String>);

fn chunk(input: &mut dyn BufRead, from: usize) -> Result<Vec<Numbered>> {
    let mut rows: Vec<Numbered> = Vec::new();
    let mut line = Vec::new();
    while rows.len() < CHUNK {
        line.clear();
        let taken = std::io::Read::take(&mut *input, ROW_BYTES).read_until(b'\n', &mut line)?;
        if taken == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let row = serde_json::from_slice::<Value>(&line).map_err(|error| format!("not JSON: {error}"));
        let row =
            row.and_then(|row| if row.is_object() { Ok(row) } else { Err("not a JSON object".to_owned()) });
        rows.push((from + rows.len(), row));
    }
    Ok(rows)
}
