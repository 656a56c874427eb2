//! `nutgraf group`: articles to stories.

mod day;
mod explain;
mod page;

use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use desk::article::Article;
use desk::families::Families;
use desk::group::{Evidence, NAMES, Origins, Place, Settings, Story, align, group, reason, trace};
use desk::read::record;
use language::Span;
use serde_json::{Map, Value, json};

use crate::{Status, cli, rows};

pub(crate) fn run(arguments: &cli::Group) -> Result<Status> {
    day::check(arguments);
    let begun = Instant::now();
    let families = families(arguments.families_file.as_deref())?;
    let label = arguments.features.as_deref();
    let (read, bad) = rows::all(arguments.rows.file.as_deref(), |row| {
        let label = label.map(|field| rows::text(row, field).to_owned());
        let article = record::article(row, &families);
        let id = row.get("id").cloned().or_else(|| article.as_ref().map(|article| json!(article.id)));
        (id, label, article)
    })?;
    let (mut ids, mut labels, mut articles) = (Vec::with_capacity(read.len()), Vec::new(), Vec::new());
    for (id, label, article) in read {
        ids.push((id, article.is_some()));
        labels.extend(label.filter(|_| article.is_some()));
        articles.extend(article);
    }
    let mut settings = Settings::default();
    if let Some(weights) = arguments.weights {
        settings.weights = weights;
    }
    settings.window.days = arguments.days;
    if label.is_some() {
        return features(&articles, &labels, settings);
    }
    let day = match day::day(&articles, arguments) {
        Ok(day) => day,
        Err(wrong) => {
            eprintln!("nutgraf: {wrong}");
            return Ok(Status::Nothing);
        }
    };
    let html = arguments.format == cli::GroupFormat::Html;
    settings.near = arguments.reasons || html;
    let mut lines = vec![json!({}); articles.len()];
    let origins = Origins::new(&articles, &families);
    let stories = group(&articles, &origins, settings);
    if let Some(ids) = &arguments.explain {
        return explain::run(&articles, &stories, ids, settings);
    }
    let shown = day::shown(&articles, &stories, day);
    if html {
        let page = page::page(&articles, &stories, &shown, day);
        std::io::stdout().lock().write_all(page.as_bytes())?;
        count(ids.len(), bad.len(), articles.len()).say(begun);
        return Ok(Status::Done);
    }
    for story in shown {
        for member in &story.members {
            let line = &mut lines[member.article];
            line["story"] = json!(story.id);
            if arguments.copies {
                line["families"] = json!(story.families());
            }
            if arguments.reasons {
                reasons(line, story, &member.placed);
            }
        }
    }
    if arguments.copies {
        lines.iter_mut().enumerate().for_each(|(at, line)| tell(line, &articles, &origins, at));
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut lines = lines.into_iter();
    for (id, is_article) in &ids {
        let mut line = match is_article {
            true => json!({"id": id}),
            false => json!({"id": id, "error": "the record has no text"}),
        };
        if *is_article {
            let more = lines.next().and_then(|line| line.as_object().cloned()).unwrap_or_default();
            if !more.contains_key("story") {
                continue;
            }
            more.into_iter().for_each(|(name, value)| line[name] = value);
        }
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    count(ids.len(), bad.len(), articles.len()).say(begun);
    Ok(Status::Done)
}

fn count(records: usize, bad: usize, articles: usize) -> rows::Count {
    rows::Count { read: records + bad, refused: bad + records - articles }
}

/// Writes down how an article came into its story, and what is nearly one with that.
fn reasons(line: &mut Value, story: &Story, place: &Place) {
    line["reason"] = json!(reason(place));
    line["likelihood"] = json!(rounded(place.likeness));
    let named = |evidence: Evidence| {
        NAMES
            .iter()
            .zip(evidence)
            .map(|(name, kind)| ((*name).to_owned(), json!(rounded(kind))))
            .collect::<Map<_, _>>()
    };
    line["evidence"] = json!(place.evidence.map(named));
    let told =
        |(story, likelihood): &(String, f64)| json!({"story": story, "likelihood": rounded(*likelihood)});
    line["next"] = json!(place.next.as_ref().map(told));
    line["first"] = json!(place.first);
    line["near"] = story.near.iter().map(told).collect();
}

fn rounded(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}

/// What the weights of the evidence are learned from.
fn features(articles: &[Article], labels: &[String], settings: Settings) -> Result<Status> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for traced in trace(articles, labels, settings) {
        let named = NAMES.iter().zip(traced.evidence).map(|(name, kind)| ((*name).to_owned(), json!(kind)));
        let stories = traced.first.map(|first| &labels[first]);
        let line = json!({"same": traced.same, "stories": stories, "evidence": named.collect::<Map<_, _>>()});
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(Status::Done)
}

/// Writes down the family of an article, and of a copy its original and the sentences that differ.
fn tell(line: &mut Value, articles: &[Article], origins: &Origins, at: usize) {
    line["family"] = json!(origins.family(at));
    let original = origins.original(at);
    line["copy_of"] = json!(original.map(|(first, _)| &articles[first].id));
    let Some((first, share)) = original else { return };
    let (first, copy) = (&articles[first], &articles[at]);
    let aligned = align(first, copy);
    let texts =
        |spans: &[Span], of: &Article| spans.iter().map(|span| json!(span.of(&of.text))).collect::<Value>();
    let changed =
        aligned.changed.iter().map(|(here, there)| json!([there.of(&first.text), here.of(&copy.text)]));
    line["copied"] = json!(share);
    line["added"] = texts(&aligned.added, copy);
    line["left_out"] = texts(&aligned.left_out, first);
    line["changed"] = changed.collect();
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
            eprintln!(
                "{}:{line}: not a family (domain, tab, family) or agency (name, tab, agency:family); the line is left out",
                path.display()
            );
        }
    }
    Ok(families)
}
