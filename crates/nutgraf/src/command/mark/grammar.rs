//! `nutgraf mark --what grammar` and `--what trees`: words, trees, names and who is who, as JSON, as CoNLL-U, or as a
//! page that draws them.

use std::borrow::Cow;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use language::grammar::chains::{self, Chain};
use language::grammar::{Model, Sentence, conllu};
use language::{Span, grammar, names, sentences, words};
use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::{Text as Points, is_english, lang};
use crate::Status;
use crate::cli::{self, MarkFormat, What};
use crate::rows::{self, text};

mod page;

/// A text whose grammar is asked for.
struct Text {
    name: String,
    lang: String,
    text: String,
    /// Its words, where they are given.
    words: Option<Vec<Vec<Span>>>,
}

/// What the grammar makes of a text.
struct Found {
    sentences: Vec<Sentence<'static>>,
    /// Who and what it speaks of, where that was asked for.
    chains: Vec<Chain>,
    /// Why there is none.
    note: Option<String>,
}

pub(super) fn run(arguments: &cli::Mark) -> Result<Status> {
    let file = arguments.rows.file.as_deref();
    let with_names = arguments.what == What::Grammar;
    // CoNLL-U has no place for chains.
    let with_chains = with_names && arguments.format != MarkFormat::Conllu;
    // The model is read before the clock starts.
    let _ = Model::english();
    let begun = Instant::now();
    let given = texts(file)?;
    if given.is_none() && arguments.format == MarkFormat::Json {
        rows::each(file, |number, row| {
            let text = of_row(row);
            let found = found(std::slice::from_ref(&text), with_names, with_chains);
            rows::answer(row, number, object(&text, &found[0]))
        })?;
        return Ok(Status::Done);
    }
    let texts = match given {
        Some(texts) => texts,
        None => rows::all(file, of_row)?.0,
    };
    let part = texts.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts = texts.par_chunks(part).map(|texts| found(texts, with_names, with_chains));
    let found: Vec<Found> = parts.collect::<Vec<_>>().into_iter().flatten().collect();
    let count: usize = found.iter().map(|found| found.sentences.len()).sum();
    let out = match arguments.format {
        MarkFormat::Json => json_lines(&texts, &found),
        MarkFormat::Conllu => treebank(&texts, &found),
        MarkFormat::Html => page::page(&title(file), &texts, &found),
    };
    let mut output = std::io::stdout().lock();
    output.write_all(out.as_bytes())?;
    output.flush()?;
    let seconds = begun.elapsed().as_secs_f64();
    let rate = count as f64 / seconds.max(1e-9);
    let s = if texts.len() == 1 { "" } else { "s" };
    eprintln!("{} text{s}, {count} sentences, {seconds:.3} s, {rate:.0} sentences/s", texts.len());
    Ok(Status::Done)
}

fn title(file: Option<&Path>) -> String {
    let name = file.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "standard input".to_owned())
}

fn of_row(row: &Value) -> Text {
    let (key, id) = rows::identity(row, 0);
    let name =
        if key == "id" { id.as_str().map_or_else(|| id.to_string(), str::to_owned) } else { String::new() };
    let whole = text(row, "text");
    Text { name, lang: lang(row, whole), text: whole.to_owned(), words: None }
}

/// The texts of a file that is not JSON Lines: a treebank or plain text.
fn texts(file: Option<&Path>) -> Result<Option<Vec<Text>>> {
    let Some(path) = file else { return Ok(None) };
    let ends =
        |path: &Path, ending: &str| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
    if path.is_dir() {
        let entries =
            std::fs::read_dir(path).with_context(|| format!("{}: can't be listed", path.display()))?;
        let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|file| ends(file, "conllu"));
        files.sort();
        if files.is_empty() {
            bail!(
                "{}: the folder holds no .conllu file. Give a file of JSON Lines, of text, or of trees",
                path.display()
            );
        }
        let mut texts = Vec::new();
        for file in files {
            texts.extend(of_treebank(&file)?);
        }
        return Ok(Some(texts));
    }
    if ends(path, "conllu") {
        return of_treebank(path).map(Some);
    }
    if ends(path, "txt") {
        let text = read(path)?;
        let lang = lang(&Value::Null, &text);
        return Ok(Some(vec![Text { name: title(file), lang, text, words: None }]));
    }
    Ok(None)
}

fn of_treebank(path: &Path) -> Result<Vec<Text>> {
    let documents = conllu::documents(&read(path)?);
    if documents.is_empty() {
        bail!("{}: no word is in it. A line of CoNLL-U is a number, a tab, and a word", path.display());
    }
    let text = |document: conllu::Document| Text {
        name: document.name,
        lang: "en".to_owned(),
        text: document.text,
        words: Some(document.sentences),
    };
    Ok(documents.into_iter().map(text).collect())
}

fn read(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| {
        format!("{}: the file can't be opened. Check the spelling and the permissions", path.display())
    })?;
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|wrong| String::from_utf8_lossy(wrong.as_bytes()).into_owned()))
}

/// What the grammar makes of texts, which are read together.
fn found(texts: &[Text], with_names: bool, with_chains: bool) -> Vec<Found> {
    let model = Model::english();
    let words: Vec<Cow<'_, [Vec<Span>]>> = texts.iter().map(words_of).collect();
    let given: Vec<(&str, &[Vec<Span>])> =
        texts.iter().zip(&words).map(|(text, words)| (text.text.as_str(), words.as_ref())).collect();
    let trees = grammar::trees_of_texts(model, &given);
    let found = |(text, mut sentences): (&Text, Vec<Sentence<'static>>)| {
        if with_names {
            grammar::find_names(model, &text.text, &mut sentences);
        }
        let chains = if with_chains { chains::chains(&text.text, &sentences) } else { Vec::new() };
        let note = (!is_english(&text.lang)).then(|| {
            format!("{}: only English has a grammar; words and names are told by their form", text.lang)
        });
        Found { sentences, chains, note }
    };
    texts.iter().zip(trees).map(found).collect()
}

/// The words of a text's sentences; none of a text that isn't English.
fn words_of(text: &Text) -> Cow<'_, [Vec<Span>]> {
    match &text.words {
        _ if !is_english(&text.lang) => Cow::Borrowed(&[]),
        Some(words) => Cow::Borrowed(words),
        None => Cow::Owned(grammar::words(&text.text)),
    }
}

fn treebank(texts: &[Text], found: &[Found]) -> String {
    let mut out = String::new();
    for (text, found) in texts.iter().zip(found) {
        let name = text.name.replace(char::is_control, " ");
        out += &if name.is_empty() { "# newdoc\n".to_owned() } else { format!("# newdoc id = {name}\n") };
        if let Some(note) = &found.note {
            out += &format!("# {}\n\n", note.replace(char::is_control, " "));
        }
        for sentence in &found.sentences {
            conllu::write(&mut out, &text.text, sentence);
        }
    }
    out
}

fn json_lines(texts: &[Text], found: &[Found]) -> String {
    let mut out = String::new();
    for (text, found) in texts.iter().zip(found) {
        let mut all = Map::new();
        all.insert("id".to_owned(), json!(text.name));
        if let Value::Object(object) = object(text, found) {
            all.extend(object);
        }
        out += &Value::Object(all).to_string();
        out.push('\n');
    }
    out
}

/// What the grammar makes of a text as a record; places count code points.
fn object(text: &Text, found: &Found) -> Value {
    let points = Points::new(&text.text);
    if let Some(note) = &found.note {
        let sentences =
            sentences::sentences(&text.text, &text.lang).into_iter().map(|span| shallow(&points, span));
        return json!({"grammar": sentences.collect::<Vec<_>>(), "note": note});
    }
    let sentences = found.sentences.iter().map(|sentence| deep(&points, sentence));
    let chains = found.chains.iter().map(|chain| of_chain(&points, &found.sentences, chain));
    json!({"grammar": sentences.collect::<Vec<_>>(), "chains": chains.collect::<Vec<_>>()})
}

/// A chain: who it is, and every place that speaks of them.
fn of_chain(text: &Points<'_>, sentences: &[Sentence<'_>], chain: &Chain) -> Value {
    let mentions = chain.mentions.iter().filter_map(|mention| {
        let words = &sentences.get(mention.sentence)?.words;
        let (first, last) = (words.get(mention.first)?.span, words.get(mention.last)?.span);
        let mut object = text.object(Span::new(first.start, last.end));
        object.insert("text".to_owned(), json!(&text.whole[first.start..last.end]));
        object.insert("form".to_owned(), json!(mention.form.name()));
        object.insert("sentence".to_owned(), json!(mention.sentence));
        object.insert("first".to_owned(), json!(mention.first));
        object.insert("last".to_owned(), json!(mention.last));
        Some(Value::Object(object))
    });
    json!({
        "name": chain.name,
        "kind": chain.kind.map(language::grammar::Kind::name),
        "gender": chain.gender.map(chains::Gender::name),
        "names": chain.names,
        "titles": chain.titles,
        "mentions": mentions.collect::<Vec<Value>>(),
    })
}

/// A sentence of a language without a grammar: its words, and what looks like a name.
fn shallow(text: &Points<'_>, sentence: Span) -> Value {
    let part = sentence.of(text.whole);
    let object = |span: Span| {
        let span = Span::new(sentence.start + span.start, sentence.start + span.end);
        let mut object = text.object(span);
        object.insert("text".to_owned(), json!(span.of(text.whole)));
        Value::Object(object)
    };
    let words: Vec<Value> = words::words(part).iter().map(|word| object(word.span)).collect();
    let names: Vec<Value> = names::names(part).iter().map(|name| object(name.span)).collect();
    json!({"words": words, "names": names})
}

fn deep(text: &Points<'_>, sentence: &Sentence<'_>) -> Value {
    let words = sentence.words.iter().map(|word| {
        let mut object = text.object(word.span);
        object.insert("text".to_owned(), json!(word.span.of(text.whole)));
        object.insert("class".to_owned(), json!(word.class.name()));
        object.insert("features".to_owned(), json!(word.features));
        object.insert("lemma".to_owned(), json!(word.lemma));
        object.insert("head".to_owned(), json!(word.head));
        object.insert("relation".to_owned(), json!(word.relation.name()));
        Value::Object(object)
    });
    let words: Vec<Value> = words.collect();
    let names = sentence.entities.iter().map(|name| {
        let (first, last) = (sentence.words[name.first].span, sentence.words[name.last].span);
        let mut object = text.object(Span::new(first.start, last.end));
        object.insert("kind".to_owned(), json!(name.kind.name()));
        object.insert("first".to_owned(), json!(name.first));
        object.insert("last".to_owned(), json!(name.last));
        Value::Object(object)
    });
    json!({ "words": words, "names": names.collect::<Vec<Value>>() })
}
