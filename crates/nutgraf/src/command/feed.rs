//! `nutgraf parse-feed`: feed files to feeds.

use std::path::Path;

use anyhow::Result;
use desk::read::feed;
use serde_json::{Value, json};

use crate::rows::text;
use crate::{Status, cli, rows};

pub(crate) fn run(arguments: &cli::Rooted) -> Result<Status> {
    rows::each(arguments.rows.file.as_deref(), |_, row| parse(row, &arguments.root))?;
    Ok(Status::Done)
}

fn parse(row: &Value, root: &Path) -> Value {
    let file = row.get("file").cloned().unwrap_or(Value::Null);
    let path = row.get("path").or_else(|| row.get("file")).and_then(Value::as_str).unwrap_or_default();
    let bytes = match std::fs::read(root.join(path)) {
        Ok(bytes) => bytes,
        Err(error) => return json!({"file": file, "error": format!("{path}: {error}")}),
    };
    match feed::parse(&bytes, text(row, "base")) {
        Ok(feed) => {
            let mut object = serde_json::Map::new();
            object.insert("file".to_owned(), file);
            if let Ok(Value::Object(fields)) = serde_json::to_value(&feed) {
                object.extend(fields);
            }
            Value::Object(object)
        }
        Err(refused) => json!({"file": file, "error": refused.to_string()}),
    }
}
