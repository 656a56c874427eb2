//! Grouping beside three other ways: speed on an invented stream of whole articles, and how well each finds the events of the
//! gold articles.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::peers::{Peers, Timed};
use super::{Bench, ROUNDS, input, say};
use crate::dice::Dice;
use crate::news::{News, Words, core};
use crate::process;

/// A peer, on how many articles it is timed how often, and which cuts are tried on the gold articles.
struct Peer {
    name: &'static str,
    script: &'static str,
    articles: usize,
    rounds: usize,
    cuts: [&'static str; 7],
}

impl Peer {
    /// Runs it, if it can be had.
    fn run(&self, peers: &Peers, arguments: &[&OsStr]) -> Result<Timed, String> {
        if self.script == MINILM {
            peers.vectors()?;
        }
        peers.seconds(self.script, arguments)
    }
}

/// The one that needs a model.
const MINILM: &str = "minilm_stories.py";

const PEERS: [Peer; 3] = [
    Peer {
        name: "TF-IDF, nearest",
        script: "tfidf_stories.py",
        articles: 20_000,
        rounds: ROUNDS,
        cuts: ["0.06", "0.09", "0.12", "0.15", "0.18", "0.22", "0.26"],
    },
    Peer {
        name: "TF-IDF, average linkage",
        script: "linkage_stories.py",
        articles: 5_000,
        rounds: 1,
        cuts: ["0.06", "0.08", "0.10", "0.12", "0.15", "0.18", "0.22"],
    },
    Peer {
        name: "MiniLM, HDBSCAN",
        script: MINILM,
        articles: 500,
        rounds: 1,
        cuts: ["2", "3", "4", "5", "6", "8", "10"],
    },
];

/// In how many orders the articles of a day are given.
const SHUFFLES: u64 = 10;

/// The gold files.
const GOLD: [&str; 2] = ["stories/articles.jsonl", "stories/lookalikes.jsonl"];

/// All of it.
pub(super) fn stream(bench: &Bench<'_>, peers: &Peers) -> Result<()> {
    let words = Words::read(&bench.places.data)?;
    statistics(&words);
    for peer in &PEERS {
        let file = bench.scratch.join(format!("news-{}.jsonl", peer.articles));
        write(&words, peer.articles, &file)?;
        let arguments = ["group".as_ref(), file.as_os_str()];
        let ours = bench.stage(&arguments)?;
        let rounds = peer.rounds.to_string();
        let theirs = peer.run(peers, &[file.as_os_str(), rounds.as_ref()]);
        let name = format!("{} invented articles", peer.articles);
        say(&name, "articles/s", peer.articles, ours, theirs);
        if let Some([precision, recall, f1]) = score(bench, &file, &bench.scratch.join("answers.jsonl"))? {
            println!("{name:<32} BCubed F1 {f1:.3} (precision {precision:.3}, recall {recall:.3}) of ours");
        }
        bench.memory(&name, &arguments)?;
    }
    quality(bench, peers)
}

/// Writes the first articles of the stream.
fn write(words: &Words, articles: usize, path: &Path) -> Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for row in News::new(words).take(articles) {
        writeln!(out, "{row}")?;
    }
    Ok(out.flush()?)
}

/// BCubed F1 of everybody on the gold articles: a peer at the one cut that is best for both sets together, which was found on them.
fn quality(bench: &Bench<'_>, peers: &Peers) -> Result<()> {
    let files: Vec<PathBuf> = GOLD
        .iter()
        .map(|gold| Ok(input::gold(&bench.places.data, gold, &bench.scratch)?.0))
        .collect::<Result<_>>()?;
    let golds = GOLD.map(|gold| bench.places.data.join(gold));
    let mut ours = Vec::new();
    for (file, gold) in files.iter().zip(&golds) {
        bench.stage(&["group".as_ref(), file.as_os_str()])?;
        ours.extend(score(bench, gold, &bench.scratch.join("answers.jsonl"))?.map(|[.., f1]| f1));
    }
    told("nutgraf, as it is", &ours);
    for ((name, file), gold) in GOLD.iter().zip(&files).zip(&golds) {
        order(bench, name, file, gold)?;
    }
    for peer in &PEERS {
        let answers = |file: &Path| bench.scratch.join(file.with_extension(peer.script)).with_extension("");
        let asked = files.iter().try_for_each(|file| {
            let out = answers(file);
            let options = [file.as_os_str(), "0".as_ref(), out.as_os_str()];
            let cuts: Vec<_> = peer.cuts.iter().map(AsRef::as_ref).collect();
            peer.run(peers, &[&options[..], &cuts].concat()).map(|_| ())
        });
        if let Err(reason) = asked {
            println!("{:<32} skipped, {reason}", peer.name);
            continue;
        }
        let mut best = ("", Vec::new());
        for cut in peer.cuts {
            let mut reached = Vec::new();
            for (file, gold) in files.iter().zip(&golds) {
                let said = PathBuf::from(format!("{}-{cut}.jsonl", answers(file).display()));
                reached.extend(score(bench, gold, &said)?.map(|[.., f1]| f1));
            }
            if reached.iter().sum::<f64>() > best.1.iter().sum::<f64>() {
                best = (cut, reached);
            }
        }
        told(&format!("{} at {}", peer.name, best.0), &best.1);
    }
    println!("{:<32} each peer at the cut that is best on these very sets", "");
    Ok(())
}

/// How much it moves BCubed F1 in which order the articles of a day come: their dates are cut to the day, and the order of the
/// file, which counts then, is shuffled. A file without dates is one day.
fn order(bench: &Bench<'_>, name: &str, file: &Path, gold: &Path) -> Result<()> {
    let text = std::fs::read_to_string(file)?;
    let mut rows: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    for date in rows.iter_mut().filter_map(|row| row.get_mut("date")) {
        *date = date.as_str().and_then(|date| date.get(..10)).into();
    }
    let shuffled = bench.scratch.join("shuffled.jsonl");
    let mut reached = Vec::new();
    for seed in 1..=SHUFFLES {
        let mut dice = Dice::new(seed);
        (1..rows.len()).rev().for_each(|at| rows.swap(at, dice.below(at + 1)));
        let mut out = BufWriter::new(File::create(&shuffled)?);
        rows.iter().try_for_each(|row| writeln!(out, "{row}"))?;
        out.flush()?;
        bench.stage(&["group".as_ref(), shuffled.as_os_str()])?;
        reached.extend(score(bench, gold, &bench.scratch.join("answers.jsonl"))?.map(|[.., f1]| f1));
    }
    let least = reached.iter().copied().fold(f64::INFINITY, f64::min);
    let most = reached.iter().copied().fold(0.0, f64::max);
    println!("{SHUFFLES:<3} shuffles within each day    BCubed F1 {least:.4} to {most:.4} {name}");
    Ok(())
}

fn told(name: &str, reached: &[f64]) {
    let figures: Vec<String> = GOLD.iter().zip(reached).map(|(gold, f1)| format!("{f1:.3} {gold}")).collect();
    println!("{name:<32} BCubed F1 {}", figures.join(", "));
}

/// BCubed precision, recall and F1 as the scorer has them; none without a scorer.
fn score(bench: &Bench<'_>, gold: &Path, said: &Path) -> Result<Option<[f64; 3]>> {
    let scorer = bench.places.score.join("group.py");
    if !scorer.is_file() {
        println!("BCubed F1 skipped, no {}", scorer.display());
        return Ok(None);
    }
    let judged = process::json(Command::new("python3").arg(scorer).arg(gold).arg(said))?;
    let figure =
        |name| judged.get(name).and_then(Value::as_f64).with_context(|| format!("no {name} in {judged}"));
    Ok(Some([figure("bcubed_p")?, figure("bcubed_r")?, figure("bcubed_f1")?]))
}

/// How like the invented words are to the real ones: the share of all words that the most frequent ones make up, and how many
/// different ones there are after so many.
fn statistics(words: &Words) {
    let real: Vec<String> = words.all().filter_map(counted).collect();
    let invented: Vec<String> = News::new(words)
        .flat_map(|row| {
            row["text"]
                .as_str()
                .unwrap_or_default()
                .split_whitespace()
                .filter_map(counted)
                .collect::<Vec<_>>()
        })
        .take(real.len() * 4)
        .collect();
    for (name, list) in [("real", &real[..]), ("invented", &invented[..real.len()])] {
        let mut counts = std::collections::BTreeMap::<&str, usize>::new();
        list.iter().for_each(|word| *counts.entry(word).or_default() += 1);
        let mut counts: Vec<usize> = counts.into_values().collect();
        counts.sort_unstable_by_key(|count| std::cmp::Reverse(*count));
        let share = |ranks| 100.0 * counts.iter().take(ranks).sum::<usize>() as f64 / list.len() as f64;
        let shares = [10, 100, 1000, 10_000].map(|ranks| format!("{ranks}: {:.1} %", share(ranks)));
        println!(
            "{:<32} of {} words the most frequent are {}",
            format!("{name} words"),
            list.len(),
            shares.join(", ")
        );
    }
    for (name, list) in [("real", &real), ("invented", &invented)] {
        let mut seen = BTreeSet::new();
        let mut new = Vec::new();
        for (number, word) in list.iter().enumerate() {
            seen.insert(word);
            if [10_000, 100_000, real.len(), real.len() * 2, real.len() * 4].contains(&(number + 1)) {
                new.push(format!("{} of {}", seen.len(), number + 1));
            }
        }
        println!("{:<32} different: {}", format!("{name} words"), new.join(", "));
    }
}

/// A word as it is counted.
fn counted(form: &str) -> Option<String> {
    Some(core(form).to_lowercase()).filter(|word| !word.is_empty())
}
