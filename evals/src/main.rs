//! Measures nutgraf from outside: each stage's figures on the gold data against their floors, the promises
//! about receipts, and speed beside the programs that people use today.
//!
//! It knows nutgraf as a program with JSON Lines in and out, so that it measures what a user gets; [`place`] alone, which times
//! single articles, looks inside.
#![expect(clippy::print_stdout, reason = "the table is what this program is for")]

mod bench;
mod copies;
mod dice;
mod feeds;
mod floors;
mod news;
mod newsroom;
mod place;
mod places;
mod process;
mod receipts;
mod stages;

use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use places::Places;

const USAGE: &str = "Usage: evals floors|copies|bench|newsroom|place [--data DIR] [--score DIR] [--nutgraf PATH] [--only JOB] [--write]
             [--tuning] [--stories N] [--articles N] [--long] [--window N]

  floors   measures every stage on the gold data and compares with evals/floors.json; exit status 1 when a
           figure is below its floor; --write sets the floors at what was reached
  copies   makes near-copies of the gold articles and says which are found, by kind of change; --tuning takes the seeds
           that rules may be fitted on
  bench    speed and memory on one thread, beside the programs that people use for the same work, where Python is there;
           --only pages, feeds, grammar, group, digests or example does that job alone; --only cost has N articles
           [200000; with --long 1000000] grouped and draws what one costs as their number grows: evals/grouping-cost.svg
  newsroom the site under load with N stories [10000] and N articles [200000] stored; exit status 1 when it is
           slower than promised
  place    groups N invented articles [200000] from inside, looking back N articles [10000], and prints what one costs

  --data DIR       the gold data [default: ../shared/data beside the repository]
  --score DIR      the scorers [default: ../shared/score beside the repository]
  --nutgraf PATH   the program to measure [default: built by cargo; bench: the release build]";

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("evals: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether everything is as it should be.
fn run() -> Result<bool> {
    let mut arguments = std::env::args().skip(1);
    let (mut what, mut write, mut tuning) = (String::new(), false, false);
    let (mut stories, mut articles) = (10_000, 200_000);
    let (mut only, mut window) = (None, 10_000);
    let mut places = Places::default();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().map(Into::into);
        match argument.as_str() {
            "--data" => places.data = value().unwrap_or_default(),
            "--score" => places.score = value().unwrap_or_default(),
            "--nutgraf" => places.nutgraf = value(),
            "--only" => only = Some(arguments.next().unwrap_or_default()),
            "--write" => write = true,
            "--tuning" => tuning = true,
            "--stories" => stories = number(arguments.next())?,
            "--articles" => articles = number(arguments.next())?,
            "--long" => articles = 1_000_000,
            "--window" => window = number(arguments.next())?,
            "--help" | "-h" => what = String::new(),
            _ if what.is_empty() && !argument.starts_with('-') => what = argument,
            _ => bail!("{argument}: not an option of this program.\n\n{USAGE}"),
        }
    }
    match what.as_str() {
        "floors" => floors::run(&places, write),
        "bench" => match only {
            Some(job) if !bench::JOBS.contains(&job.as_str()) => {
                bail!("{job:?}: none of {}.\n\n{USAGE}", bench::JOBS.join(", "))
            }
            only => bench::run(&places, only.as_deref(), articles),
        },
        "copies" => copies::run(&places, tuning),
        "newsroom" => newsroom::run(&places, stories, articles),
        "place" => place::run(&places, articles, window),
        "" => {
            println!("{USAGE}");
            Ok(true)
        }
        _ => bail!("{what}: none of floors, copies, bench, newsroom and place.\n\n{USAGE}"),
    }
}

fn number(argument: Option<String>) -> Result<usize> {
    let argument = argument.unwrap_or_default();
    argument.parse().with_context(|| format!("{argument:?}: not a number.\n\n{USAGE}"))
}
