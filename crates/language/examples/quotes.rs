//! Prints the records of `score/quotes.py` for JSON Lines of `{id, text}` on standard input.

use std::io::{self, BufRead as _, Write as _};

use language::{quotations, text::CodePoints};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default();
        let points = CodePoints::new(text);
        let quotes: Vec<Value> = quotations::quotations(text)
            .into_iter()
            .map(|found| {
                json!({
                    "start": points.at(found.span.start),
                    "end": points.at(found.span.end),
                    "speaker": found.speaker.map(|span| span.of(text)),
                    "speaker_start": found.mention.map(|span| points.at(span.start)),
                    "speaker_end": found.mention.map(|span| points.at(span.end)),
                })
            })
            .collect();
        writeln!(out, "{}", json!({"id": row["id"], "quotes": quotes}))?;
    }
    Ok(())
}
