//! `nutgraf mark`: what a text says of itself.

mod grammar;

use anyhow::Result;
use clap::CommandFactory as _;
use language::grammar::Model;
use language::text::CodePoints;
use language::{Span, dates, numbers, quotations, sentences, tongue};
use serde_json::{Map, Value, json};

use crate::cli::{MarkFormat, What};
use crate::rows::text;
use crate::{Status, cli, rows};

pub(crate) fn run(arguments: &cli::Mark) -> Result<Status> {
    let parts: &[Part] = match arguments.what {
        What::All => &[sentences_of, dates_of, numbers_of, quotes_of],
        What::Sentences => &[sentences_of],
        What::Dates => &[dates_of],
        What::Numbers => &[numbers_of],
        What::Quotes => &[quotes_of],
        What::Trees | What::Grammar => return grammar::run(arguments),
    };
    if arguments.format != MarkFormat::Json {
        let told = "--format conllu and html are for trees: add --what grammar, or leave --format out";
        cli::Cli::command().error(clap::error::ErrorKind::ArgumentConflict, told).exit();
    }
    rows::each(arguments.rows.file.as_deref(), |number, row| {
        let whole = text(row, "text");
        let text = Text::new(whole);
        let mut marks = Map::new();
        for part in parts {
            let (name, found) = part(row, &text);
            marks.insert(name.to_owned(), Value::Array(found));
        }
        rows::answer(row, number, Value::Object(marks))
    })?;
    Ok(Status::Done)
}

/// What is marked of a row: the name of the field, and what was found.
type Part = fn(&Value, &Text<'_>) -> (&'static str, Vec<Value>);

/// A text with its code points, in which records count.
struct Text<'t> {
    whole: &'t str,
    points: CodePoints,
}

impl<'t> Text<'t> {
    fn new(whole: &'t str) -> Self {
        Self { whole, points: CodePoints::new(whole) }
    }

    /// An object that opens with the places where a span starts and ends.
    fn object(&self, span: Span) -> Map<String, Value> {
        let mut object = Map::new();
        self.place(&mut object, "", span);
        object
    }

    fn place(&self, object: &mut Map<String, Value>, prefix: &str, span: Span) {
        object.insert(format!("{prefix}start"), json!(self.points.at(span.start)));
        object.insert(format!("{prefix}end"), json!(self.points.at(span.end)));
    }
}

fn sentences_of(row: &Value, text: &Text<'_>) -> (&'static str, Vec<Value>) {
    let lang = row.get("lang").and_then(Value::as_str).unwrap_or("en");
    let sentences = sentences::sentences(text.whole, lang);
    ("sentences", sentences.into_iter().map(|span| json!(unwrapped(span.of(text.whole)))).collect())
}

/// A sentence on one line: where its text was wrapped by hand stands a space.
fn unwrapped(sentence: &str) -> String {
    sentence.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn dates_of(row: &Value, text: &Text<'_>) -> (&'static str, Vec<Value>) {
    let printed = ["dct", "date", "published"].iter().find_map(|name| row.get(*name)?.as_str());
    let anchor = printed.and_then(desk::stamp::Stamp::parse).map(|stamp| stamp.day);
    let marks = dates::dates(text.whole, anchor).into_iter().map(|mark| {
        let mut object = text.object(mark.span);
        object.insert("type".to_owned(), json!(mark.kind.name()));
        object.insert("value".to_owned(), json!(mark.value));
        Value::Object(object)
    });
    ("timex", marks.collect())
}

fn numbers_of(_: &Value, text: &Text<'_>) -> (&'static str, Vec<Value>) {
    let found = numbers::quantities(text.whole).into_iter().map(|quantity| {
        let mut object = text.object(quantity.span);
        object.insert("value".to_owned(), figure(quantity.value));
        if let Some(to) = quantity.to {
            object.insert("to".to_owned(), figure(to));
        }
        object.insert("unit".to_owned(), json!(quantity.unit));
        object.insert("bound".to_owned(), json!(quantity.bound.map(numbers::Bound::name)));
        object.insert("approximate".to_owned(), json!(quantity.approximate));
        Value::Object(object)
    });
    ("numbers", found.collect())
}

/// Whole numbers are printed without a fraction.
#[expect(clippy::cast_possible_truncation, reason = "whole numbers below 2^53 are exact in both types")]
fn figure(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT { json!(value as i64) } else { json!(value) }
}

fn quotes_of(row: &Value, text: &Text<'_>) -> (&'static str, Vec<Value>) {
    let quotes = found_quotes(row, text.whole).into_iter().map(|quote| {
        let mut object = text.object(quote.span);
        object.insert("direct".to_owned(), json!(quote.direct));
        object.insert("kind".to_owned(), json!(quote.kind.name()));
        object.insert("speaker".to_owned(), json!(quote.speaker.map(|span| span.of(text.whole))));
        if let Some(speaker) = quote.mention {
            text.place(&mut object, "speaker_", speaker);
        }
        if let Some(cue) = quote.cue {
            object.insert("cue".to_owned(), json!(cue.of(text.whole)));
            text.place(&mut object, "cue_", cue);
        }
        Value::Object(object)
    });
    ("quotes", quotes.collect())
}

/// The quotations of a text: by its trees if it is English, else by patterns.
fn found_quotes(row: &Value, text: &str) -> Vec<quotations::Quotation> {
    if !is_english(&lang(row, text)) {
        return quotations::quotations(text);
    }
    quotations::read(text, &language::grammar::trees(Model::english(), text))
}

/// The language that a row names, else the one that its text seems to be in; a short text passes for English.
fn lang(row: &Value, text: &str) -> String {
    let named = row.get("lang").and_then(Value::as_str).map(str::to_lowercase);
    named.or_else(|| tongue::tongue(text).map(str::to_owned)).unwrap_or_else(|| "en".to_owned())
}

/// Whether there is a grammar for a language.
fn is_english(lang: &str) -> bool {
    lang == "en" || lang.starts_with("en-")
}
