//! Tasks of this repository: `cargo xtask test` checks everything there is to check.
#![expect(clippy::print_stdout, reason = "a task talks to the person who started it")]

mod chains;
mod common;
mod count;
mod step;
mod test;
mod tool;
mod train;

use std::process::ExitCode;

const USAGE: &str = "Usage: cargo xtask test
       cargo xtask train [--data DIR] [--epochs N] [--seed N] [--out FILE]
       cargo xtask tag MODEL PATH
       cargo xtask speech FOLDER
       cargo xtask common FOLDER
       cargo xtask chains MODEL PATH [news|other] [gold] [--wrong]
       cargo xtask chains learn MODEL PATH
       cargo xtask chains show MODEL TEXT

  test   form, lints, documentation, tests, floors, browser tests and licences; the last line is
         “N passed, N failed”, and the exit status is 1 when something failed
  train  makes the grammar's model from the treebanks in ../shared/data/grammar
  tag    prints what a model says of a CoNLL-U file or a folder of them, or of a text (.txt)
  speech learns from a folder of GUM's documents what is attributed to somebody, and writes
         crates/language/data/speech.bin
  common counts in how many texts of the treebanks under a folder each word stands, and writes the common ones to
         crates/desk/data/common.tsv
  chains prints how well names, pronouns and descriptions of GUM's documents are joined, or learns the weights
         by which pronouns are";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test"] => test::run(),
        ["train", ref options @ ..] => train::run(options),
        ["tag", model, path] => train::tag(model, path),
        ["speech", folder] => train::speech(folder),
        ["common", folder] => train::done(common::run(folder, "crates/desk/data/common.tsv")),
        ["chains", "learn", model, path] => chains::learn(model, path),
        ["chains", "show", model, path] => chains::show_text(model, path),
        ["chains", model, path, ref options @ ..] => chains::run(model, path, options),
        ["--help" | "-h"] => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}
