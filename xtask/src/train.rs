//! `cargo xtask train`: makes the grammar's model from the treebanks, the same bytes from the same seed.
//!
//! A network reads words and says tags, heads and relations; rules for lemmas are counted; names are learned from
//! their clues.
//! Trained are UD_English-EWT's `train.conllu` and GUM but for its news, on which it is measured.

pub(crate) mod conllu;
pub(crate) mod export;
mod halves;
mod lemmas;
mod lstm;
mod matrix;
mod measure;
pub(crate) mod names;
mod network;
mod random;
mod speech;
pub(crate) mod tag;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use language::grammar::Model;

use conllu::Sentence;
use matrix::Adam;
use network::{Drop, Network, SIZES, Sizes};
use random::Random;
use vocabulary::{Example, Vocabulary};

/// Sentences whose gradients are added up before a step.
const BATCH: usize = 16;
/// The length of the first full step; it grows to this and then shrinks to nothing.
const RATE: f32 = 0.003;
/// Steps in which it grows.
const WARM: f32 = 400.0;
/// After so many times through the sentences, the network is measured.
const MEASURED: usize = 3;

const OPTIONS: &str = "--data, --epochs, --seed, --out, --names-only MODEL and --trees FILE";

/// What training is told.
pub(crate) struct Plan {
    /// The folder with `ewt` and `gum`.
    pub(crate) data: String,
    /// How often it goes through all sentences.
    pub(crate) epochs: usize,
    /// From which all that looks random follows.
    pub(crate) seed: u64,

    /// The file that it writes.
    pub(crate) out: String,
    /// A model of which all is kept but the names.
    pub(crate) model: Option<String>,
    /// Where the trees are kept from which names are learned: read if the file is there, else made and written.
    pub(crate) trees: Option<String>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            data: "../shared/data/grammar".to_owned(),
            epochs: 24,
            seed: 1,
            out: "crates/language/data/grammar.bin".to_owned(),
            model: None,
            trees: None,
        }
    }
}

/// Reads `--data`, `--epochs`, `--seed`, `--out`, `--names-only` and `--trees`, trains and writes the model.
pub(crate) fn run(arguments: &[&str]) -> ExitCode {
    let mut plan = Plan::default();
    for pair in arguments.chunks(2) {
        let known = match *pair {
            ["--data", value] => {
                value.clone_into(&mut plan.data);
                true
            }
            ["--out", value] => {
                value.clone_into(&mut plan.out);
                true
            }
            ["--epochs", value] => value.parse().map(|epochs| plan.epochs = epochs).is_ok(),
            ["--names-only", value] => {
                plan.model = Some(value.to_owned());
                true
            }
            ["--trees", value] => {
                plan.trees = Some(value.to_owned());
                true
            }
            ["--seed", value] => value.parse().map(|seed| plan.seed = seed).is_ok(),
            _ => false,
        };
        if !known {
            eprintln!("train: {} can't be read; it takes {OPTIONS}", pair.join(" "));
            return ExitCode::from(2);
        }
    }
    done(train(&plan))
}

/// Prints what a model says of a CoNLL-U file, a folder of them, or the lines of a text.
pub(crate) fn tag(model: &str, path: &str) -> ExitCode {
    done(tag::run(model, path))
}

/// Learns what is attributed to somebody from a folder of GUM's documents.
pub(crate) fn speech(folder: &str) -> ExitCode {
    done(speech::run(folder, "crates/language/data/speech.bin"))
}

pub(crate) fn done(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn train(plan: &Plan) -> Result<(), String> {
    let data = Path::new(&plan.data);
    let mut sentences = conllu::read(&data.join("ewt/train.conllu"), |_| true)?;
    sentences.extend(conllu::read(&data.join("gum"), |name| !name.contains("_news_"))?);
    let measured = [
        ("dev", conllu::read(&data.join("ewt/dev.conllu"), |_| true)?),
        ("news", conllu::read(&data.join("gum"), |name| name.contains("_news_"))?),
    ];
    let body = match &plan.model {
        Some(path) => {
            let file = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
            Model::without_names(&file).map_err(|flaw| format!("{path}: {flaw}"))?.to_vec()
        }
        None => body(&sentences, plan, &SIZES, |network, known| {
            for (what, sentences) in &measured {
                println!("  {what}: {}", measure::measure(network, known, sentences));
            }
        }),
    };
    let file = named(&body, &sentences, plan, &SIZES)?;
    Model::load(&file).map_err(|flaw| format!("what was trained can't be read: {flaw}"))?;
    std::fs::write(&plan.out, &file).map_err(|error| format!("{}: {error}", plan.out))?;
    println!("{}: {} bytes", plan.out, file.len());
    Ok(())
}

/// The bytes of a model whose names are learned from sentences.
fn named(body: &[u8], sentences: &[Sentence], plan: &Plan, sizes: &Sizes) -> Result<Vec<u8>, String> {
    let gold = || sentences.chunk_by(|_, next| !next.opens).filter(|document| document[0].named);
    let trees = halves::trees(sentences, plan, sizes)?;
    let read = gold().zip(&trees).map(|(gold, read)| names::Document { gold, read });
    let documents: Vec<_> = read.chain(gold().map(|gold| names::Document { gold, read: gold })).collect();
    Ok(export::file(body, &names::learn(&documents, plan.seed)))
}

/// All of a model but the names.
fn body(
    sentences: &[Sentence],
    plan: &Plan,
    sizes: &Sizes,
    measured: impl Fn(&Network, &Vocabulary),
) -> Vec<u8> {
    let known = Vocabulary::new(sentences);
    println!("{} sentences, {} features, {} tags", sentences.len(), known.counts.len(), known.tags.len());
    let examples: Vec<Example> = sentences.iter().map(|sentence| known.example(sentence)).collect();
    let mut random = Random::new(plan.seed);
    let mut network = Network::new(sizes, &known, &mut random);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let steps = plan.epochs * examples.len().div_ceil(BATCH);
    let mut step = 0;
    for epoch in 1..=plan.epochs {
        let start = Instant::now();
        random.shuffle(&mut order);
        let mut loss = 0.0f64;
        for batch in order.chunks(BATCH) {
            let rate = RATE * ((step + 1) as f32 / WARM).min(1.0) * (1.0 - step as f32 / steps as f32);
            step += 1;
            loss += learn(&mut network, &known, &examples, batch, &Adam::new(rate, step), &mut random);
        }
        println!("{epoch}: loss {loss:.0} in {:.0?}", start.elapsed());
        if epoch % MEASURED == 0 || epoch == plan.epochs {
            measured(&network, &known);
        }
    }
    export::body(&network, &known, &lemmas::learn(sentences))
}

/// One step over a few sentences; gives the loss.
fn learn(
    network: &mut Network,
    known: &Vocabulary,
    examples: &[Example],
    batch: &[usize],
    adam: &Adam,
    random: &mut Random,
) -> f64 {
    let mut touched = Vec::new();
    let mut loss = 0.0;
    for at in batch {
        let (of_sentence, rows) = network.learn(&examples[*at], known, &Drop::USUAL, random);
        loss += f64::from(of_sentence);
        touched.extend(rows.into_iter().flatten());
    }
    for param in network.dense() {
        let rows = param.rows;
        param.step(0, rows, adam);
    }
    touched.sort_unstable();
    touched.dedup();
    for row in touched {
        network.words.step(row as usize, row as usize + 1, adam);
    }
    loss
}
