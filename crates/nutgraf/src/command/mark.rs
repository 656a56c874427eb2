//! `nutgraf mark`: what a text says of itself.

use anyhow::Result;
use language::text::CodePoints;
use language::{dates, quotations, sentences};
use serde_json::{Value, json};

use crate::cli::What;
use crate::rows::text;
use crate::{Status, cli, rows};

pub(crate) fn run(arguments: &cli::Mark) -> Result<Status> {
    let mark = match arguments.what {
        What::Sentences => sentences_of,
        What::Dates => dates_of,
        What::Quotes => quotes_of,
    };
    rows::each(arguments.rows.file.as_deref(), |number, row| rows::answer(row, number, mark(row)))?;
    Ok(Status::Done)
}

fn sentences_of(row: &Value) -> Value {
    let whole = text(row, "text");
    let lang = row.get("lang").and_then(Value::as_str).unwrap_or("en");
    let sentences = sentences::sentences(whole, lang);
    json!({"sentences": sentences.into_iter().map(|span| span.of(whole)).collect::<Vec<_>>()})
}

fn dates_of(row: &Value) -> Value {
    let whole = text(row, "text");
    let points = CodePoints::new(whole);
    let anchor = desk::stamp::Stamp::parse(text(row, "dct")).map(|stamp| stamp.day);
    let marks = dates::dates(whole, anchor).into_iter().map(|mark| {
        json!({
            "start": points.at(mark.span.start),
            "end": points.at(mark.span.end),
            "type": mark.kind.name(),
            "value": mark.value,
        })
    });
    json!({"timex": marks.collect::<Vec<_>>()})
}

fn quotes_of(row: &Value) -> Value {
    let whole = text(row, "text");
    let points = CodePoints::new(whole);
    let quotes = quotations::quotations(whole).into_iter().map(|quote| {
        let mut object = json!({
            "start": points.at(quote.span.start),
            "end": points.at(quote.span.end),
            "speaker": quote.speaker.map(|span| span.of(whole)),
        });
        if let Some(speaker) = quote.mention {
            object["speaker_start"] = json!(points.at(speaker.start));
            object["speaker_end"] = json!(points.at(speaker.end));
        }
        object
    });
    json!({"quotes": quotes.collect::<Vec<_>>()})
}
