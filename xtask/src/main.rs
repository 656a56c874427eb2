//! Tasks of this repository: `cargo xtask test` checks everything there is to check.
#![expect(clippy::print_stdout, reason = "a task talks to the person who started it")]

mod count;
mod step;
mod test;
mod tool;

use std::process::ExitCode;

const USAGE: &str = "Usage: cargo xtask test

  test   form, lints, documentation, tests, floors, browser tests and licences; the last line is
         “N passed, N failed”, and the exit status is 1 when something failed";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test"] => test::run(),
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
