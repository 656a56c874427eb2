//! Prints every sentence whose relative dates would be written out, before and after, for JSON Lines of
//! `{date, text}` on standard input.

use std::io::{self, BufRead as _, Write as _};

use language::{dates, sentences};
use serde_json::Value;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default();
        let Some(anchor) = row["date"].as_str().and_then(|day| day.get(..10)?.parse().ok()) else { continue };
        let marks = dates::dates(text, Some(anchor));
        for sentence in sentences::sentences(text, "en") {
            let mut written = sentence.of(text).to_owned();
            for mark in marks.iter().rev().filter(|mark| mark.relative && sentence.contains(mark.span)) {
                match dates::absolute(text, mark, anchor) {
                    Some((span, words)) => {
                        written.replace_range(
                            span.start - sentence.start..span.end - sentence.start,
                            &format!("[[{words}]]"),
                        );
                    }
                    None => writeln!(out, "LEFT {:?} in {}", mark.span.of(text), sentence.of(text))?,
                }
            }
            if written.contains("[[") {
                writeln!(out, "{anchor} {}\n    {written}", sentence.of(text))?;
            }
        }
    }
    Ok(())
}
