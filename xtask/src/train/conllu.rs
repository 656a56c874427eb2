//! Sentences in CoNLL-U, with the named spans that GUM writes into the last column.

use std::path::{Path, PathBuf};

#[derive(Clone, Default)]
pub(crate) struct Word {
    pub(crate) form: String,
    pub(crate) lemma: String,
    pub(crate) upos: String,
    pub(crate) feats: String,
    pub(crate) head: usize,
    pub(crate) relation: String,
    misc: String,
}

/// A named span: first and last word from 0, and its kind.
pub(crate) type Name = (usize, usize, String);

/// A span that speaks of somebody or something; those of one document with the same key speak of one.
#[derive(Clone)]
pub(crate) struct Mark {
    pub(crate) key: String,
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) kind: String,
}

#[derive(Clone, Default)]
pub(crate) struct Sentence {
    pub(crate) words: Vec<Word>,
    /// Whether its names are marked at all.
    pub(crate) named: bool,
    /// Whether a document begins with it.
    pub(crate) opens: bool,
    pub(crate) names: Vec<Name>,
    /// All that is marked, names among them.
    pub(crate) marks: Vec<Mark>,
    /// As the treebank counts it.
    pub(crate) id: String,
}

/// Reads a file, or the files of a folder in the order of their names, of which `wanted` says which.
pub(crate) fn read(path: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<Sentence>, String> {
    let said = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let mut files: Vec<PathBuf> = vec![path.to_owned()];
    if path.is_dir() {
        let entries = std::fs::read_dir(path).map_err(|error| said(path, error))?;
        files = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.sort();
        files.retain(|file| file.file_name().and_then(|name| name.to_str()).is_some_and(&wanted));
    }
    let mut sentences = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).map_err(|error| said(&file, error))?;
        sentences.extend(parse(&text));
    }
    Ok(sentences)
}

pub(crate) fn parse(text: &str) -> Vec<Sentence> {
    let named = text.contains("Entity=");
    let mut sentences = Vec::new();
    let mut words = Vec::new();
    let mut opens = true;
    let mut id = String::new();
    for line in text.lines().chain([""]) {
        if line.is_empty() {
            if !words.is_empty() {
                let marks = if named { marks(&words) } else { Vec::new() };
                let names = names(&words, &marks);
                let (words, id) = (std::mem::take(&mut words), std::mem::take(&mut id));
                sentences.push(Sentence { words, named, opens, names, marks, id });
                opens = false;
            }
        } else if line.starts_with("# newdoc") {
            opens = true;
        } else if let Some(told) = line.strip_prefix("# sent_id = ") {
            told.clone_into(&mut id);
        } else if !line.starts_with('#')
            && let [id, form, lemma, upos, _, feats, head, relation, _, misc] =
                line.split('\t').collect::<Vec<_>>()[..]
            && id.bytes().all(|byte| byte.is_ascii_digit())
        {
            words.push(Word {
                form: form.to_owned(),
                lemma: lemma.to_owned(),
                upos: upos.to_owned(),
                feats: feats.to_owned(),
                head: head.parse().unwrap_or(0),
                relation: relation.to_owned(),
                misc: misc.to_owned(),
            });
        }
    }
    sentences
}

/// The spans whose head is a proper noun.
fn names(words: &[Word], marks: &[Mark]) -> Vec<Name> {
    let named = marks.iter().filter(|mark| headed_by_name(words, mark.first, mark.last));
    named.map(|mark| (mark.first, mark.last, mark.kind.clone())).collect()
}

fn marks(words: &[Word]) -> Vec<Mark> {
    let mut open: Vec<(String, usize, String)> = Vec::new();
    let mut spans: Vec<Mark> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(marks) = word.misc.split('|').find_map(|part| part.strip_prefix("Entity=")) else {
            continue;
        };
        for (opens, mark, closes) in pieces(marks) {
            let mut parts = mark.split('-');
            let key = parts.next().unwrap_or_default().to_owned();
            if opens {
                let kind = parts.next().unwrap_or_default().to_owned();
                if closes {
                    spans.push(Mark { key, first: at, last: at, kind });
                } else {
                    open.push((key, at, kind));
                }
            } else if let Some(place) = open.iter().rposition(|(name, ..)| *name == key) {
                let (key, first, kind) = open.remove(place);
                spans.push(Mark { key, first, last: at, kind });
            }
        }
    }
    spans
}

/// The marks of one word: whether each opens, what it says, whether it closes.
fn pieces(marks: &str) -> Vec<(bool, &str, bool)> {
    let mut pieces = Vec::new();
    let mut rest = marks;
    while !rest.is_empty() {
        let opens = rest.starts_with('(');
        let body = if opens { &rest[1..] } else { rest };
        let end = body.find(['(', ')']).unwrap_or(body.len());
        let closes = body[end..].starts_with(')');
        pieces.push((opens, &body[..end], closes));
        rest = &body[end + usize::from(closes)..];
    }
    pieces
}

pub(crate) fn headed_by_name(words: &[Word], first: usize, last: usize) -> bool {
    words[first..=last]
        .iter()
        .any(|word| word.upos == "PROPN" && !(first + 1..=last + 1).contains(&word.head))
}
