//! `nutgraf group`: articles to stories.

use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use desk::families::Families;
use desk::group::{Settings, group};
use desk::read::record;
use serde_json::json;

use crate::{Status, cli, rows};

pub(crate) fn run(arguments: &cli::Group) -> Result<Status> {
    let begun = Instant::now();
    let families = families(arguments.families_file.as_deref())?;
    let (records, bad) = rows::all(arguments.rows.file.as_deref())?;
    let read: Vec<_> = records.iter().map(|row| record::article(row, &families)).collect();
    let articles: Vec<_> = read.iter().flatten().cloned().collect();
    let mut labels = vec![String::new(); articles.len()];
    for story in group(&articles, &families, Settings::default()) {
        for member in &story.members {
            labels[member.article].clone_from(&story.id);
        }
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut label = labels.iter();
    for (row, article) in records.iter().zip(&read) {
        let id = row.get("id").cloned();
        let line = match article {
            Some(article) => {
                json!({"id": id.unwrap_or_else(|| json!(article.id)), "story": label.next()})
            }
            None => json!({"id": id, "error": "the record has no text"}),
        };
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    let refused = bad.len() + records.len() - articles.len();
    rows::Count { read: records.len() + bad.len(), refused }.say(begun);
    Ok(Status::Done)
}

/// The families that ship with the program, and those of the user's file.
pub(crate) fn families(file: Option<&Path>) -> Result<Families> {
    let mut families = Families::starter();
    if let Some(path) = file {
        let text = std::fs::read_to_string(path).with_context(|| {
            format!(
                "{}: the families file can't be read. Check the spelling and the permissions",
                path.display()
            )
        })?;
        for line in families.extend(&text) {
            eprintln!("{}:{line}: not a family (domain, tab, family); the line is left out", path.display());
        }
    }
    Ok(families)
}
