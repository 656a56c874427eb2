//! The stages that have gold answers: which command answers, from which input, and which scorer judges.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::places::Places;
use crate::process;

/// One stage on one gold file.
pub(crate) struct Stage {
    /// The stage's name in the table of floors.
    pub(crate) name: &'static str,
    /// The gold file or folder, from the folder of gold data.
    pub(crate) file: &'static str,
    /// The command's arguments; `{data}` is the gold folder and `{input}` the file to read.
    arguments: &'static str,
    /// The scorer's file name without its ending.
    scorer: &'static str,
    /// Where the command's input comes from.
    input: Input,
}

#[derive(Clone, Copy)]
enum Input {
    /// The gold file itself: the commands never look at its answers.
    Gold,
    /// What the scorer prints with `--input`.
    Printed,
    /// The files of a gold folder that its models are not trained on: those with `_news_` in their names.
    News,
}

const fn stage(
    name: &'static str,
    file: &'static str,
    arguments: &'static str,
    scorer: &'static str,
    input: Input,
) -> Stage {
    Stage { name, file, arguments, scorer, input }
}

/// How trees and names are asked for over the words of a treebank.
const TREEBANK: &str = "mark --what grammar --format conllu {input}";

/// All of them, in the order of the working day.
pub(crate) const STAGES: [Stage; 18] = [
    stage("read", "pages/body.jsonl", "read --root {data} {input}", "read", Input::Gold),
    stage("read", "publishers/gold.jsonl", "read --root {data} {input}", "read", Input::Gold),
    stage("parse-feed", "feeds", "parse-feed --root {data} {input}", "feeds", Input::Printed),
    stage("mark", "language/sentences.jsonl", "mark --what sentences {input}", "sentences", Input::Printed),
    stage(
        "mark",
        "language/golden_rules.jsonl",
        "mark --what sentences {input}",
        "sentences",
        Input::Printed,
    ),
    stage("mark", "language/dates.jsonl", "mark --what dates {input}", "dates", Input::Gold),
    stage("mark", "language/quotes.jsonl", "mark --what quotes {input}", "quotes", Input::Gold),
    stage("mark", "grammar/ewt/dev.conllu", TREEBANK, "grammar", Input::Gold),
    stage("mark", "grammar/gum", TREEBANK, "grammar", Input::News),
    stage("group", "stories/articles.jsonl", "group {input}", "group", Input::Gold),
    stage("group", "stories/lookalikes.jsonl", "group {input}", "group", Input::Gold),
    stage(
        "digest",
        "stories/keyfacts.jsonl",
        "digest --all --story-field category --words 250 --format json {input}",
        "digest",
        Input::Gold,
    ),
    stage("check", "support/cited.jsonl", "check {input}", "support", Input::Gold),
    stage("check", "support/smalledits.jsonl", "check {input}", "support", Input::Gold),
    stage("check", "support/sentences.jsonl", "check {input}", "support", Input::Gold),
    stage("check", "support/sentences_xsum.jsonl", "check {input}", "support", Input::Gold),
    stage("check", "support/answers.jsonl", "check {input}", "support", Input::Gold),
    stage("cite", "references/mla.jsonl", "cite --style mla {input}", "references", Input::Gold),
];

impl Stage {
    /// Runs the command and gives what the scorer says of its answers, which stay in the scratch folder.
    pub(crate) fn measure(&self, places: &Places, program: &PathBuf) -> Result<Value> {
        let scratch = places.scratch("floors")?;
        let mut gold = places.data.join(self.file);
        let scorer = places.score.join(self.scorer).with_extension("py");
        let name = format!("{}-{}", self.name, self.file.trim_end_matches(".jsonl").replace('/', "-"));
        let input = match self.input {
            Input::Gold => gold.clone(),
            Input::News => {
                gold = news(&gold, &scratch.join(&name))?;
                gold.clone()
            }
            Input::Printed => {
                let input = scratch.join(format!("{name}.input.jsonl"));
                let mut print = Command::new("python3");
                process::into_file(print.arg(&scorer).arg("--input").arg(&gold), &input)?;
                input
            }
        };
        let answers = scratch.join(format!("{name}.jsonl"));
        let mut command = Command::new(program);
        for argument in self.arguments.split(' ') {
            match argument {
                "{data}" => command.arg(&places.data),
                "{input}" => command.arg(&input),
                other => command.arg(other),
            };
        }
        process::into_file(&mut command, &answers)?;
        process::json(Command::new("python3").arg(&scorer).arg(&gold).arg(&answers))
            .with_context(|| format!("the scorer did not judge {}", answers.display()))
    }
}

/// A folder with the news among the files of another.
pub(crate) fn news(all: &Path, folder: &Path) -> Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    for entry in std::fs::read_dir(all).with_context(|| format!("{}: can't be listed", all.display()))? {
        let file = entry?.path();
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.contains("_news_") {
            std::fs::copy(&file, folder.join(name))?;
        }
    }
    Ok(folder.to_owned())
}
