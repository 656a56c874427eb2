//! Tasks of this repository: `cargo xtask test` checks everything there is to check.
#![expect(clippy::print_stdout, reason = "a task talks to the person who started it")]

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

  test   form, lints, documentation, tests, floors, browser tests and licences; the last line is
         “N passed, N failed”, and the exit status is 1 when something failed
  train  makes the grammar's model from the treebanks in ../shared/data/grammar
  tag    prints what a model says of a CoNLL-U file or a folder of them, or of a text (.txt)
  speech learns from a folder of GUM's documents what is attributed to somebody, and writes
         crates/language/data/speech.bin";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test"] => test::run(),
        ["train", ref options @ ..] => train::run(options),
        ["tag", model, path] => train::tag(model, path),
        ["speech", folder] => train::speech(folder),
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
