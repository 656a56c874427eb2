//! Near-copies made of real reports: are they found, and is nothing else called a copy?
//!
//! Each report gets one copy of every kind for each seed, and beside them stand reports that share a quotation or two
//! sentences with another, twins with other names and figures, and look-alikes. One half of the seeds is for tuning,
//! the other for the figures that are quoted. What is made stays in the scratch folder: nothing of it is kept here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use serde_json::{Value, json};

use crate::places::Places;
use crate::process;

mod change;
mod real;
mod sources;

use change::{BORROWED, Dice, KINDS, Report, borrowed, copy, twin};

/// What the table of floors calls the made file.
pub(crate) const FILE: &str = "near-copies, made";
/// The seeds for tuning and those for the figures.
const TUNING: [u64; 3] = [11, 12, 13];
const QUOTED: [u64; 3] = [21, 22, 23];
/// Prints the figures of one half of the seeds, kind by kind.
pub(crate) fn run(places: &Places, tuning: bool) -> Result<bool> {
    if let Some(reason) = places.lacks() {
        println!("copies: skipped, {reason}");
        return Ok(true);
    }
    let program = places.program(false)?;
    let figures = figures(places, &program, if tuning { &TUNING } else { &QUOTED }, true)?;
    println!("copies     {figures}");
    Ok(true)
}

/// Precision and recall on the quoted seeds, and the least recall of any kind.
pub(crate) fn measure(places: &Places, program: &PathBuf) -> Result<Value> {
    figures(places, program, &QUOTED, false)
}

/// One article of the made input.
struct Made {
    id: String,
    kind: &'static str,
    /// What it was copied from; none for what is no copy.
    from: Option<String>,
}

/// Of one kind: how many there are, how many were called a copy of the right report, and how many of a wrong one.
#[derive(Default)]
struct Tally {
    all: usize,
    right: usize,
    wrong: usize,
}

fn figures(places: &Places, program: &PathBuf, seeds: &[u64], show: bool) -> Result<Value> {
    let reports = sources::reports(&places.data)?;
    let scratch = places.scratch("copies")?;
    let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
    for &seed in seeds {
        let (lookalikes, alone) = sources::lookalikes(&places.data, seed)?;
        let (made, lines) = input(&reports, &lookalikes, &alone, seed);
        let (input, answers) =
            (scratch.join(format!("{seed}.jsonl")), scratch.join(format!("{seed}.out.jsonl")));
        std::fs::write(&input, lines)?;
        process::into_file(Command::new(program).args(["group", "--copies"]).arg(&input), &answers)?;
        for wrong in judge(&made, &crate::receipts::rows(&answers)?, &mut tallies) {
            if show {
                println!("copies     seed {seed}: {wrong}");
            }
        }
    }
    Ok(summed(&tallies, show))
}

/// The articles for one seed: what each is, and as JSON Lines.
fn input(reports: &[Report], lookalikes: &[Report], alone: &[Report], seed: u64) -> (Vec<Made>, String) {
    let (mut made, mut lines) = (Vec::new(), String::new());
    let mut add = |id: String, kind: &'static str, from: Option<&str>, title: &str, paragraphs: &[String]| {
        let domain = format!("outlet{}.example", made.len());
        let row = json!({"id": id, "domain": domain, "title": title, "lang": "en", "paragraphs": paragraphs});
        let _ = writeln!(lines, "{row}");
        made.push(Made { id, kind, from: from.map(str::to_owned) });
    };
    for report in reports {
        add(report.id.clone(), "same event", None, &report.title, &report.paragraphs);
    }
    for report in lookalikes {
        add(report.id.clone(), "look-alike", None, &report.title, &report.paragraphs);
    }
    for (at, report) in reports.iter().enumerate() {
        let mut dice = Dice(seed << 32 | at as u64);
        let other = &reports[dice.below(reports.len())];
        for kind in KINDS {
            let paragraphs = copy(report, kind, &mut dice);
            add(format!("{kind} {}", report.id), kind, Some(&report.id), &other.title, &paragraphs);
        }
    }
    for (at, report) in reports.iter().chain(lookalikes).enumerate() {
        if real::is_copy(&report.id) {
            continue;
        }
        if let Some(paragraphs) = twin(&report.paragraphs, &mut Dice(seed << 32 | 1 << 30 | at as u64)) {
            add(format!("twin {}", report.id), "twin", None, &report.title, &paragraphs);
        }
    }
    // What is put between another report's paragraphs makes no copy of that report only where it isn't there itself.
    for (at, report) in alone.iter().enumerate() {
        let mut dice = Dice(seed << 32 | 1 << 31 | at as u64);
        let kind = BORROWED[(at + seed as usize / 2) % 2];
        let from = (0..8).map(|_| &reports[dice.below(reports.len())]).collect::<Vec<_>>();
        if let Some(paragraphs) = from.into_iter().find_map(|other| borrowed(report, other, kind, &mut dice))
        {
            add(format!("{kind} {}", report.id), kind, None, &report.title, &paragraphs);
        }
    }
    (made, lines)
}

/// Counts what was answered of each article, and names what was wrong.
fn judge(made: &[Made], answers: &[Value], tallies: &mut BTreeMap<&'static str, Tally>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (made, answer) in made.iter().zip(answers) {
        let said = answer.get("copy_of").and_then(Value::as_str).map(real::root);
        let itself = real::is_copy(&made.id).then_some(made.id.as_str());
        let from = made.from.as_deref().or(itself).map(real::root);
        let tally = tallies.entry(made.kind).or_default();
        tally.all += 1;
        tally.right += usize::from(said.is_some() && said == from);
        tally.wrong += usize::from(said.is_some() && said != from);
        if said != from {
            let share = answer.get("copied").and_then(Value::as_f64).unwrap_or_default();
            wrong.push(format!("{} is said to copy {} ({share:.2})", made.id, said.unwrap_or("nothing")));
        }
    }
    wrong
}

/// The figures of all kinds together, and the recall of the kind that is found least.
fn summed(tallies: &BTreeMap<&str, Tally>, show: bool) -> Value {
    let of = |kinds: &[&str], what: fn(&Tally) -> usize| -> usize {
        kinds.iter().filter_map(|kind| tallies.get(kind)).map(what).sum()
    };
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    if show {
        println!("copies     kind             made  found  wrong  recall");
        for (kind, Tally { all, right, wrong }) in tallies {
            let recall =
                if KINDS.contains(kind) { format!("{:.4}", share(*right, *all)) } else { String::new() };
            println!("copies     {kind:<15} {all:>5} {right:>6} {wrong:>6}  {recall}");
        }
    }
    let all: Vec<&str> = tallies.keys().copied().collect();
    let right = of(&all, |tally| tally.right);
    let recall = |kind: &&str| share(of(&[kind], |tally| tally.right), of(&[kind], |tally| tally.all));
    json!({
        "copies": of(&KINDS, |tally| tally.all),
        "others": of(&all, |tally| tally.all) - of(&KINDS, |tally| tally.all),
        "precision": share(right, right + of(&all, |tally| tally.wrong)),
        "recall": share(of(&KINDS, |tally| tally.right), of(&KINDS, |tally| tally.all)),
        "least_recall": KINDS.iter().map(recall).fold(1.0, f64::min),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_counts_when_its_own_original_is_named() {
        let made =
            |id: &str, kind, from: Option<&str>| Made { id: id.into(), kind, from: from.map(str::to_owned) };
        let all = [
            made("a", "same event", None),
            made("b", "brief", Some("a")),
            made("c", "brief", Some("a")),
            made("d", "mixed", Some("a")),
            made("e", "twin", None),
        ];
        let said = [None, Some("a"), Some("x"), None, Some("a")];
        let answers: Vec<Value> = said.iter().map(|id| json!({"copy_of": id})).collect();
        let mut tallies = BTreeMap::new();
        assert_eq!(judge(&all, &answers, &mut tallies).len(), 3);
        let figures = summed(&tallies, false);
        assert_eq!(figures["precision"].as_f64(), Some(1.0 / 3.0));
        assert_eq!(figures["recall"].as_f64(), Some(1.0 / 3.0));
    }
}
