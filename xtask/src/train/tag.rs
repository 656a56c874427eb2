//! Reads the words of a CoNLL-U file, or of a folder of them, and writes what a model says of them.

use std::path::Path;
use std::time::Instant;

use language::Span;
use language::grammar::conllu::write;
use language::grammar::{Model, read_words};

use super::conllu;

/// Prints what a model says of a path, and to the side how fast.
pub(crate) fn run(model: &str, path: &str) -> Result<(), String> {
    let bytes = std::fs::read(model).map_err(|error| format!("{model}: {error}"))?;
    let start = Instant::now();
    let model = Model::load(&bytes).map_err(|flaw| flaw.to_string())?;
    eprintln!("model read in {:.1?}", start.elapsed());
    if path.ends_with(".txt") {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        text.lines().for_each(|text| print!("{}", line(&model, text)));
        return Ok(());
    }
    let sentences = conllu::read(Path::new(path), |name| name.ends_with(".conllu"))?;
    let start = Instant::now();
    let out = tagged(&model, &sentences);
    eprintln!("{:.0} sentences a second", sentences.len() as f64 / start.elapsed().as_secs_f64());
    print!("{out}");
    Ok(())
}

/// The file in CoNLL-U, names in the last column as GUM writes them.
pub(crate) fn tagged(model: &Model, sentences: &[conllu::Sentence]) -> String {
    let mut out = String::new();
    for document in sentences.chunk_by(|_, next| !next.opens) {
        let (text, spans) = laid_out(document);
        for sentence in read_words(model, &text, &spans) {
            write(&mut out, &text, &sentence);
        }
    }
    out
}

/// The words of a document with a space behind each, and where they stand.
pub(crate) fn laid_out(document: &[conllu::Sentence]) -> (String, Vec<Vec<Span>>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for sentence in document {
        let place = |word: &conllu::Word| {
            text.push_str(&word.form);
            text.push(' ');
            Span::new(text.len() - word.form.len() - 1, text.len() - 1)
        };
        spans.push(sentence.words.iter().map(place).collect());
    }
    (text, spans)
}

/// A line of text in CoNLL-U, its words as the tokeniser cuts them.
fn line(model: &Model, line: &str) -> String {
    let mut out = String::new();
    for sentence in language::grammar::read(model, line) {
        write(&mut out, line, &sentence);
    }
    out
}
