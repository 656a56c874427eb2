//! `nutgraf cite`: CSL records to references.

use anyhow::Result;
use desk::cite::{self, Style};
use serde_json::{Value, json};

use crate::{Status, cli, rows};

pub(crate) fn run(arguments: &cli::Cite) -> Result<Status> {
    let style = arguments.style;
    rows::each(arguments.rows.file.as_deref(), |number, row| reference(row, number, style))?;
    Ok(Status::Done)
}

fn reference(row: &Value, number: usize, style: Style) -> Value {
    let Some(csl) = row.get("csl").filter(|csl| csl.is_object()) else {
        return rows::answer(row, number, json!({"error": "the record has no csl object"}));
    };
    let source = cite::from_csl(csl);
    let id = csl.get("id").cloned().unwrap_or_else(|| json!(number));
    let accessed = row.get("accessed").and_then(cite::csl_date);
    let text = cite::reference(&source, style);
    let with_access = accessed.map(|day| {
        cite::reference(&cite::Source { accessed: Some(day), ..source.clone() }, style)
    });
    json!({"id": id, "text": text, "text_accessed": with_access})
}
