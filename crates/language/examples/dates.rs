//! Prints the records of `score/dates.py` for JSON Lines of `{id, dct, text}` on standard input.

use std::io::{self, BufRead as _, Write as _};

use language::{dates, text::CodePoints};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default();
        let anchor = row["dct"].as_str().and_then(|day| day.parse().ok());
        let points = CodePoints::new(text);
        let timex: Vec<Value> = dates::dates(text, anchor)
            .into_iter()
            .map(|mark| {
                json!({
                    "start": points.at(mark.span.start),
                    "end": points.at(mark.span.end),
                    "type": mark.kind.name(),
                    "value": mark.value,
                    "text": mark.span.of(text),
                })
            })
            .collect();
        writeln!(out, "{}", json!({"id": row["id"], "timex": timex}))?;
    }
    Ok(())
}
