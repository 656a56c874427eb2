//! Prints one scorer record for each row of a file of claims with evidence.

use std::io::{BufWriter, Write};

use desk::verify::judge::{Claim, judge};
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_else(|| "-".into());
    let wide = args.next().is_some_and(|mode| mode == "--all");
    let text = std::fs::read_to_string(path)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for (row, line) in text.lines().enumerate() {
        let record: Value = serde_json::from_str(line)?;
        let claim = record["claim"].as_str().or_else(|| record["summary"].as_str()).unwrap_or("");
        let evidence: Vec<&str> = match record["doc"].as_str() {
            Some(doc) => vec![doc],
            None => record["evidence"]
                .as_array()
                .map(|list| list.iter().filter_map(Value::as_str).collect())
                .unwrap_or_default(),
        };
        let subject = record["meta"]["claim_title"].as_str();
        let found = judge(&Claim { text: claim, subject }, &evidence);
        let mut answer = json!({"row": row, "score": found.score, "verdict": found.verdict.name(), "evidence": found.evidence});
        if wide {
            answer["features"] = json!(found.features.as_slice());
            answer["covered"] = json!(found.covered);
            let notes: Vec<Value> =
                found.findings.iter().map(|f| json!({"code": f.code.name(), "note": f.note})).collect();
            answer["findings"] = json!(notes);
        }
        writeln!(out, "{answer}")?;
    }
    out.flush()
}
