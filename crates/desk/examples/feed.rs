//! Reads `{file, path, base}` records from the standard input and prints one object per feed file.
//! Usage: `feed DATA_FOLDER [ROUNDS]`, the folder that the paths are relative to; ROUNDS repeats the reading
//! and prints the speed to the standard error.
#![allow(clippy::print_stdout, reason = "the records are the program's output")]

use std::io::{BufRead as _, Write as _};

use desk::read::feed;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let rounds: usize = std::env::args().nth(2).map_or(Ok(0), |rounds| rounds.parse())?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut inputs = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let field = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        let bytes = std::fs::read(std::path::Path::new(&root).join(field("path")))?;
        let base = field("base");
        let mut object = match feed::parse(&bytes, &base) {
            Ok(feed) => serde_json::to_value(feed)?,
            Err(refused) => json!({"error": refused.to_string()}),
        };
        object["file"] = json!(field("file"));
        writeln!(out, "{object}")?;
        inputs.push((bytes, base));
    }
    if rounds > 0 {
        let start = std::time::Instant::now();
        let mut read = 0;
        for (bytes, base) in std::iter::repeat_n(&inputs, rounds).flatten() {
            read += usize::from(feed::parse(bytes, base).is_ok());
        }
        let seconds = start.elapsed().as_secs_f64();
        let speed = (rounds * inputs.len()) as f64 / seconds;
        eprintln!("{speed:.0} feeds a second ({read} read)");
    }
    Ok(())
}
