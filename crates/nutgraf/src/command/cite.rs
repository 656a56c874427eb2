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
    let record = cite::record(&cite::from_csl(row), style);
    if csl.get("id").is_some() { record } else { rows::answer(row, number, record) }
}
