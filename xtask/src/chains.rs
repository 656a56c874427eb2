//! `cargo xtask chains`: measures on GUM how names, pronouns and descriptions are joined, and learns how pronouns are.
//!
//! Measured are the mentions of persons and organisations (GUM's `person` and `organization`) whose head is a proper noun,
//! a noun or a pronoun of the third person; the head is the first word whose own head lies outside the span, and of
//! several spans with one head the narrowest counts, so what “and” joins is left out. What is found is put beside it by
//! the head word. `all`: every such mention counts; what isn't found is alone in its chain; what is found beside them
//! doesn't count. `strict`: as CoNLL-2012 counts, without chains of one mention on either side; what is found beside
//! them, in chains of persons and organisations, counts against precision.

mod learn;
mod score;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

use language::grammar::chains::{Chain, Form, Mention, cases, chains};
use language::grammar::{Entity, Kind, Model, Sentence, read_words};

use crate::train::conllu;
use crate::train::export;
use crate::train::names::{self, sentence};
use crate::train::tag::laid_out;
use learn::Example;
use score::{Key, Score, Sets, b_cubed, ceaf, muc};

const PRONOUNS: &[&str] = &[
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "it",
    "its",
    "itself",
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
    "themself",
];

/// A document with its text, and what GUM says of it by sentence and head.
struct Document {
    gold: Vec<conllu::Sentence>,
    text: String,
    spans: Vec<Vec<language::Span>>,
    marks: BTreeMap<Key, (conllu::Mark, String)>,
    /// The widest mark of a head where there are several: what “and” joins.
    groups: BTreeMap<Key, String>,
}

impl Document {
    fn new(gold: &[conllu::Sentence]) -> Self {
        let (text, spans) = laid_out(gold);
        let mut marks: BTreeMap<Key, (conllu::Mark, String)> = BTreeMap::new();
        let mut groups: BTreeMap<Key, (usize, String)> = BTreeMap::new();
        for (number, (sentence, spans)) in gold.iter().zip(&spans).enumerate() {
            for mark in &sentence.marks {
                let outside = |at: &usize| {
                    let head = sentence.words[*at].head;
                    !(mark.first + 1..=mark.last + 1).contains(&head)
                };
                let head = (mark.first..=mark.last).find(outside).unwrap_or(mark.first);
                let width = mark.last - mark.first;
                let said = text[spans[mark.first].start..spans[mark.last].end].to_lowercase();
                let key = (number, head);
                if marks.get(&key).is_none_or(|(other, _)| other.last - other.first > width) {
                    marks.insert(key, (mark.clone(), said));
                }
                let widest = groups.entry(key).or_insert((width, mark.key.clone()));
                if widest.0 < width {
                    *widest = (width, mark.key.clone());
                }
            }
        }
        let groups = groups.into_iter().map(|(key, (_, group))| (key, group)).collect();
        Self { gold: gold.to_vec(), text, spans, marks, groups }
    }

    /// The marks that are measured.
    fn measured(&self) -> BTreeMap<Key, &(conllu::Mark, String)> {
        let wanted = |(key, (mark, _)): &(&Key, &(conllu::Mark, String))| {
            let word = &self.gold[key.0].words[key.1];
            let form = word.form.to_lowercase();
            matches!(mark.kind.as_str(), "person" | "organization")
                && match word.upos.as_str() {
                    "PROPN" | "NOUN" => true,
                    "PRON" => PRONOUNS.contains(&form.as_str()),
                    _ => false,
                }
        };
        self.marks.iter().filter(wanted).map(|(key, mark)| (*key, mark)).collect()
    }

    /// The sentences with trees and names of the treebank.
    fn treebank(&self) -> Vec<Sentence<'_>> {
        let entities = |gold: &conllu::Sentence| {
            let heads: Vec<Option<usize>> = gold.words.iter().map(|word| word.head.checked_sub(1)).collect();
            let outside = |first: usize, last: usize| {
                (first..=last).find(|at| heads[*at].is_none_or(|head| head < first || head > last))
            };
            let entity = |(first, last, kind): &(usize, usize, String)| {
                Some(Entity {
                    head: outside(*first, *last)?,
                    first: *first,
                    last: *last,
                    kind: Kind::named(kind)?,
                })
            };
            gold.names.iter().filter_map(entity).collect::<Vec<_>>()
        };
        let names = self.gold.iter().map(entities);
        let trees = self.gold.iter().zip(&self.spans).map(|(gold, spans)| sentence(gold, spans));
        trees.zip(names).map(|(tree, entities)| Sentence { entities, ..tree }).collect()
    }

    /// Where the treebank has the head of a mention.
    fn key(&self, sentences: &[Sentence<'_>], mention: &Mention, starts: &BTreeMap<usize, Key>) -> Key {
        let start = sentences[mention.sentence].words[mention.head].span.start;
        starts.get(&start).copied().unwrap_or_default()
    }

    fn starts(&self) -> BTreeMap<usize, Key> {
        let words = self.spans.iter().enumerate();
        words
            .flat_map(|(number, spans)| {
                spans.iter().enumerate().map(move |(at, span)| (span.start, (number, at)))
            })
            .collect()
    }

    /// The group of a mention that was found.
    fn group(&self, key: Key, form: Form) -> Option<&str> {
        match form {
            Form::Group => self.groups.get(&key).map(String::as_str),
            _ => self.marks.get(&key).map(|(mark, _)| mark.key.as_str()),
        }
    }
}

fn documents(path: &str, wanted: impl Fn(&str) -> bool) -> Result<Vec<Document>, String> {
    let sentences = conllu::read(Path::new(path), |name| name.ends_with(".conllu") && wanted(name))?;
    let named = sentences.chunk_by(|_, next| !next.opens).filter(|document| document[0].named);
    Ok(named.map(Document::new).collect())
}

fn load(path: &str) -> Result<Model, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    Model::load(&bytes).map_err(|flaw| flaw.to_string())
}

/// Prints the chains of a text, a line each: kind, titles, names, and where it is spoken of.
pub(crate) fn show_text(model: &str, path: &str) -> ExitCode {
    let read = || std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    done(load(model).and_then(|model| {
        let text = read()?;
        let sentences = language::grammar::read(&model, &text);
        for chain in chains(&text, &sentences) {
            let said = |mention: &Mention| {
                let words = &sentences[mention.sentence].words;
                let span = words[mention.first].span.start..words[mention.last].span.end;
                format!("{}:{}", mention.sentence + 1, &text[span])
            };
            let kind = chain.kind.map_or("?", Kind::name);
            let said = chain.mentions.iter().map(said).collect::<Vec<_>>().join(" | ");
            println!("{kind} {:?} {:?} {:?}: {said}", chain.gender, chain.titles, chain.names);
        }
        Ok(())
    }))
}

/// Models for documents that are trained on: the names of each half of them are learnt from the other half, so that they
/// are found as badly as in texts that aren't known.
fn halves(file: &str, documents: &[Document]) -> Result<[Model; 2], String> {
    let bytes = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    let body = Model::without_names(&bytes).map_err(|flaw| format!("{file}: {flaw}"))?;
    let half = |half: usize| {
        let known = documents.iter().enumerate().filter(|(number, _)| number % 2 != half);
        let gold = known.map(|(_, document)| names::Document { gold: &document.gold, read: &document.gold });
        let names = names::learn(&gold.collect::<Vec<_>>(), 1);
        Model::load(&export::file(body, &names)).map_err(|flaw| flaw.to_string())
    };
    Ok([half(0)?, half(1)?])
}

/// Prints figures for the news and for all others of a folder.
pub(crate) fn run(file: &str, path: &str, options: &[&str]) -> ExitCode {
    let has = |option: &str| options.contains(&option);
    let result = load(file).and_then(|model| {
        for (what, is_news) in [("other", false), ("news", true)] {
            if has("news") && !is_news || has("other") && is_news {
                continue;
            }
            let documents = documents(path, |name| name.contains("_news_") == is_news)?;
            println!("{what}: {} documents", documents.len());
            if is_news || has("gold") {
                measure([&model, &model], &documents, has("gold"), has("--wrong"));
            } else {
                let halves = halves(file, &documents)?;
                measure(halves.each_ref(), &documents, false, has("--wrong"));
            }
        }
        Ok(())
    });
    done(result)
}

fn done(result: Result<(), String>) -> ExitCode {
    result.map_or_else(
        |message| {
            eprintln!("{message}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

const ROWS: [&str; 4] = ["all, same string", "all", "strict, same string", "strict"];

fn measure(models: [&Model; 2], documents: &[Document], gold_trees: bool, wrong: bool) {
    let mut scores = [[Score::default(); 3]; 4];
    for (number, document) in documents.iter().enumerate() {
        let sentences = if gold_trees {
            document.treebank()
        } else {
            read_words(models[number % 2], &document.text, &document.spans)
        };
        let found = chains(&document.text, &sentences);
        let starts = document.starts();
        let keys: Vec<(Option<Kind>, Vec<Key>)> =
            found.iter().map(|chain| keyed(document, &sentences, chain, &starts)).collect();
        let measured = document.measured();
        let gold = sets(measured.iter().map(|(key, (mark, _))| (*key, mark.key.clone())));
        let same = sets(measured.iter().map(|(key, (_, said))| (*key, said.clone())));
        let all = restricted(&keys, &measured.keys().copied().collect());
        let several = |sets: &Sets| -> Sets { sets.iter().filter(|set| set.len() > 1).cloned().collect() };
        let acting = keys.iter().filter(|(kind, _)| matches!(kind, Some(Kind::Person | Kind::Organization)));
        let strict: Sets = acting.map(|(_, set)| set.clone()).collect();
        let pairs = [
            (gold.clone(), same.clone()),
            (gold.clone(), all),
            (several(&gold), several(&same)),
            (several(&gold), several(&strict)),
        ];
        for (row, (gold, found)) in scores.iter_mut().zip(pairs) {
            for (score, measure) in row.iter_mut().zip([b_cubed, muc, ceaf]) {
                score.add(measure(&gold, &found));
            }
        }
        if wrong {
            show(document, &keys, &measured);
        }
    }
    for (what, row) in ROWS.iter().zip(scores) {
        let figures = row.map(|score| score.figures().map(|figure| format!("{figure:.3}")).join(" "));
        println!("  {what:20} B3 {}  MUC {}  CEAFe {}", figures[0], figures[1], figures[2]);
    }
}

/// A chain as keys; of several mentions with one head only one counts, and of what “and” joins none.
fn keyed(
    document: &Document,
    sentences: &[Sentence<'_>],
    chain: &Chain,
    starts: &BTreeMap<usize, Key>,
) -> (Option<Kind>, Vec<Key>) {
    let single = chain.mentions.iter().filter(|mention| mention.form != Form::Group);
    let keys: BTreeSet<Key> = single.map(|mention| document.key(sentences, mention, starts)).collect();
    (chain.kind, keys.into_iter().collect())
}

fn sets(keys: impl Iterator<Item = (Key, String)>) -> Sets {
    let mut sets: BTreeMap<String, Vec<Key>> = BTreeMap::new();
    keys.for_each(|(key, group)| sets.entry(group).or_default().push(key));
    sets.into_values().collect()
}

/// What was found, of what is measured only; what wasn't found is alone.
fn restricted(found: &[(Option<Kind>, Vec<Key>)], measured: &BTreeSet<Key>) -> Sets {
    let mut left = measured.clone();
    let mut sets: Sets = Vec::new();
    for (_, set) in found {
        let set: Vec<Key> = set.iter().copied().filter(|key| left.remove(key)).collect();
        if !set.is_empty() {
            sets.push(set);
        }
    }
    sets.extend(left.into_iter().map(|key| vec![key]));
    sets
}

/// Prints the links that are wrong (`+`: to what stands before it in its chain, `-`: not found at all).
fn show(
    document: &Document,
    found: &[(Option<Kind>, Vec<Key>)],
    measured: &BTreeMap<Key, &(conllu::Mark, String)>,
) {
    let place = |key: &Key| format!("{}:{} {:?}", document.gold[key.0].id, key.1 + 1, measured[key].1);
    for (_, set) in found {
        let set: Vec<&Key> = set.iter().filter(|key| measured.contains_key(key)).collect();
        for two in set.windows(2).filter(|two| measured[two[0]].0.key != measured[two[1]].0.key) {
            println!("  + {} <- {}", place(two[1]), place(two[0]));
        }
    }
    let whole: BTreeMap<Key, usize> =
        found.iter().enumerate().flat_map(|(at, (_, set))| set.iter().map(move |key| (*key, at))).collect();
    let mut before: BTreeMap<&str, Key> = BTreeMap::new();
    for (key, (mark, _)) in measured {
        if let Some(last) = before.insert(&mark.key, *key)
            && (whole.get(key) != whole.get(&last) || !whole.contains_key(key))
        {
            println!("  - {} <- {}", place(key), place(&last));
        }
    }
}

/// Prints the weights of pronouns that the documents but the news teach, and how often they are right on documents that
/// they weren't learnt from.
pub(crate) fn learn(file: &str, path: &str) -> ExitCode {
    const FOLDS: usize = 5;
    let result = documents(path, |name| !name.contains("_news_")).and_then(|documents| {
        let models = halves(file, &documents)?;
        let mut examples: Vec<(usize, Example)> = Vec::new();
        for (number, document) in documents.iter().enumerate() {
            let sentences = read_words(&models[number % 2], &document.text, &document.spans);
            let starts = document.starts();
            let group =
                |mention: &Mention| document.group(document.key(&sentences, mention, &starts), mention.form);
            let alike = |one: &Mention, two: &Mention| group(one).is_some() && group(one) == group(two);
            let cases = cases(&document.text, &sentences, alike);
            examples.extend(cases.into_iter().map(|case| (number % FOLDS, Example::new(case, alike))));
        }
        let mut counts = [(0, 0); 6];
        for fold in 0..FOLDS {
            let of = |is_held: bool| -> Vec<&Example> {
                examples
                    .iter()
                    .filter(|(number, _)| (*number == fold) == is_held)
                    .map(|(_, example)| example)
                    .collect()
            };
            let right = learn::right(&learn::weights(&of(false)), &of(true));
            counts.iter_mut().zip(right).for_each(|(sum, right)| *sum = (sum.0 + right.0, sum.1 + right.1));
        }
        let all: Vec<&Example> = examples.iter().map(|(_, example)| example).collect();
        let rows = ["he", "she", "it", "they", "the company", "the man"];
        for ((what, (right, count)), nearest) in rows.iter().zip(counts).zip(learn::nearest(&all)) {
            eprintln!("{what}: of {count} on documents that weren't learnt from {right} are right, the nearest {nearest}");
        }
        print!("{}", learn::printed(&learn::weights(&all)));
        Ok(())
    });
    done(result)
}
