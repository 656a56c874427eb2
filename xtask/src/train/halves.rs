//! Trees over sentences that the network didn't learn from: each half of the documents read by a network trained on
//! the other, so that names are learned from trees with the errors that they will meet.

use std::collections::BTreeMap;
use std::path::Path;

use language::grammar::Model;

use super::conllu::{self, Sentence};
use super::network::Sizes;
use super::{Plan, body, export, names, tag};

/// How often the network of a half goes through its sentences.
const EPOCHS: usize = 8;

/// The documents with names, each with its trees by the network that didn't learn from it, in order.
pub(crate) fn trees(
    sentences: &[Sentence],
    plan: &Plan,
    sizes: &Sizes,
) -> Result<Vec<Vec<Sentence>>, String> {
    let kept = plan.trees.as_deref().filter(|path| Path::new(path).exists());
    let text = match kept {
        Some(path) => std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?,
        None => half(sentences, plan, sizes, 0)? + &half(sentences, plan, sizes, 1)?,
    };
    if let (None, Some(path)) = (kept, &plan.trees) {
        std::fs::write(path, &text).map_err(|error| format!("{path}: {error}"))?;
    }
    let mut pieces = conllu::parse(&text).into_iter();
    let documents = || sentences.chunk_by(|_, next| !next.opens).enumerate();
    let mut trees = BTreeMap::new();
    for half in 0..2 {
        for (number, document) in documents().filter(|(number, document)| is_read(*number, document, half)) {
            trees.insert(number, aligned(document, &mut pieces));
        }
    }
    Ok(trees.into_values().collect())
}

fn is_read(number: usize, document: &[Sentence], half: usize) -> bool {
    document[0].named && number % 2 == half
}

/// The trees of one half as CoNLL-U, by a network that learned from all but this half.
fn half(sentences: &[Sentence], plan: &Plan, sizes: &Sizes, half: usize) -> Result<String, String> {
    let (mut learned, mut read) = (Vec::new(), Vec::new());
    for (number, document) in sentences.chunk_by(|_, next| !next.opens).enumerate() {
        let into = if is_read(number, document, half) { &mut read } else { &mut learned };
        into.extend_from_slice(document);
    }
    let plan = Plan { epochs: EPOCHS.min(plan.epochs), seed: plan.seed, ..Plan::default() };
    let body = body(&learned, &plan, sizes, |_, _| ());
    let model = Model::load(&export::file(&body, &names::Names::none())).map_err(|flaw| flaw.to_string())?;
    Ok(tag::tagged(&model, &read))
}

/// The trees of a document from the pieces in which its sentences were read.
fn aligned(document: &[Sentence], pieces: &mut impl Iterator<Item = Sentence>) -> Vec<Sentence> {
    let whole = |gold: &Sentence| {
        let mut whole = pieces.next().unwrap_or_default();
        while whole.words.len() < gold.words.len() {
            let Some(piece) = pieces.next() else { break };
            let before = whole.words.len();
            whole.words.extend(piece.words.into_iter().map(|mut word| {
                if word.head > 0 {
                    word.head += before;
                }
                word
            }));
        }
        whole
    };
    document.iter().map(whole).collect()
}
