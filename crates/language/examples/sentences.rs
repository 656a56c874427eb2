//! Prints the records of `score/sentences.py` for JSON Lines of `{id, text, lang}` on standard input.

use std::io::{self, BufRead as _, Write as _};

use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default();
        let found: Vec<&str> = language::sentences::sentences(text, row["lang"].as_str().unwrap_or("en"))
            .into_iter()
            .map(|span| span.of(text))
            .collect();
        writeln!(out, "{}", json!({"id": row["id"], "sentences": found}))?;
    }
    Ok(())
}
