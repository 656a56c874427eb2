//! Trees and names: speed and accuracy beside spaCy's small English model.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde_json::Value;

use super::peers::Peers;
use super::{Bench, ROUNDS, say};
use crate::{process, stages};

/// The words and sentences of treebanks, on which both programs do all that they do.
pub(super) fn treebanks(bench: &Bench<'_>, peers: &Peers) -> Result<()> {
    let data = bench.places.data.join("grammar");
    let news = stages::news(&data.join("gum"), &bench.scratch.join("gum-news"))?;
    for (name, path) in
        [("trees, names of web texts", data.join("ewt/dev.conllu")), ("trees, names of news", news)]
    {
        let said = bench.scratch.join("peer.conllu");
        let peer = speed(bench, peers, name, (&path, &said), ROUNDS)?;
        accuracy(
            bench,
            "nutgraf",
            &path,
            &bench.scratch.join("answers.jsonl"),
            &["upos", "lemma", "uas", "las", "names_f1"],
        )?;
        if let Some(peer) = peer {
            // Its heads and relations follow another guideline, so that they can't be held against the treebank.
            accuracy(bench, &peer, &path, &said, &["upos", "lemma", "names_f1"])?;
        }
    }
    // What training learned from says nothing of accuracy, but it is large, so that starting weighs little. The peer
    // takes half a minute, and noise is nothing beside that.
    let (path, said) = (data.join("ewt/train.conllu"), bench.scratch.join("peer.conllu"));
    if path.is_file() {
        speed(bench, peers, "trees, names, at length", (&path, &said), 1)?;
    }
    Ok(())
}

/// Prints how fast a treebank is read; the peer reads it so many times and leaves what it says in `said`. Gives the
/// peer's name.
fn speed(
    bench: &Bench<'_>,
    peers: &Peers,
    name: &str,
    (path, said): (&Path, &Path),
    rounds: usize,
) -> Result<Option<String>> {
    let count = sentences(path)?;
    let asked = |what: &'static str| {
        ["mark", "--what", what, "--format", "conllu"]
            .map(OsStr::new)
            .into_iter()
            .chain([path.as_os_str()])
            .collect::<Vec<_>>()
    };
    let trees = bench.stage(&asked("trees"))?;
    println!("{name:<32} {:>9.1} sentences/s without names", count as f64 / trees.max(1e-9));
    let ours = bench.stage(&asked("grammar"))?;
    let rounds = rounds.to_string();
    let theirs = peers.seconds("spacy_grammar.py", &[path.as_os_str(), said.as_os_str(), rounds.as_ref()]);
    let peer = theirs.as_ref().ok().map(|timed| timed.name.clone());
    say(name, "sentences/s", count, ours, theirs);
    bench.memory(name, &asked("grammar"))?;
    Ok(peer)
}

/// What the scorer says of some trees.
fn accuracy(bench: &Bench<'_>, name: &str, gold: &Path, said: &Path, figures: &[&str]) -> Result<()> {
    let scorer = bench.places.score.join("grammar.py");
    if !scorer.is_file() {
        println!("{name}: accuracy skipped, no {}", scorer.display());
        return Ok(());
    }
    let judged = process::json(Command::new("python3").arg(scorer).arg(gold).arg(said))?;
    let named = judged.get("names_gold").and_then(Value::as_u64).is_some_and(|count| count > 0);
    print!("{name:<32}");
    for figure in figures.iter().filter(|figure| named || !figure.starts_with("names")) {
        print!(" {figure} {:.4}", judged.get(*figure).and_then(Value::as_f64).unwrap_or_default());
    }
    println!();
    Ok(())
}

/// How many sentences a treebank has: empty lines end them.
fn sentences(path: &Path) -> Result<usize> {
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        files = std::fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    }
    let count = |file| Ok(std::fs::read_to_string(file)?.lines().filter(|line| line.is_empty()).count());
    files.into_iter().map(count).sum()
}
