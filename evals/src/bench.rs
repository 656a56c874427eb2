//! Speed and memory on one thread, beside the programs that people use for the same work today, on the same
//! input in the same run.

mod alone;
mod cost;
mod grammar;
mod group;
mod input;
mod peers;
mod plot;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::places::Places;
use crate::process;
pub(crate) use input::feed_files;
use peers::Peers;

/// How often each thing is timed; the best time counts, since noise only adds.
const ROUNDS: usize = 3;

/// What is timed, in order.
pub(crate) const JOBS: [&str; 7] = ["pages", "feeds", "grammar", "group", "cost", "digests", "example"];

/// Prints the table, or the part of it that is one job. There is nothing to fail at but running.
pub(crate) fn run(places: &Places, only: Option<&str>, articles: usize) -> Result<bool> {
    let bench = Bench { places, program: places.program(true)?, scratch: places.scratch("bench")? };
    println!("measured: {}, one thread, the best of {ROUNDS} rounds", bench.program.display());
    let jobs: Vec<&str> = JOBS.into_iter().filter(|job| only.is_none_or(|only| only == *job)).collect();
    if !places.data.is_dir() {
        println!("all but the example: skipped, no gold data at {}", places.data.display());
    }
    let beside = jobs.iter().any(|job| !["cost", "example"].contains(job));
    let peers = (beside && places.data.is_dir()).then(|| Peers::install(places, &bench.scratch));
    for job in jobs {
        match (&peers, job) {
            (_, "example") => bench.example()?,
            (Some(peers), "pages") => {
                bench.pages(peers)?;
                alone::pages(&bench)?;
            }
            (Some(peers), "feeds") => bench.feeds(peers)?,
            (Some(peers), "grammar") => grammar::treebanks(&bench, peers)?,
            (Some(peers), "group") => {
                bench.groups(peers)?;
                group::stream(&bench, peers)?;
            }
            // It takes long and writes the plot: only when it is asked for.
            (_, "cost") if only.is_some() && places.data.is_dir() => cost::grouping(&bench, articles)?,
            (Some(peers), "digests") => bench.digests(peers)?,
            _ => {}
        }
    }
    Ok(true)
}

struct Bench<'p> {
    places: &'p Places,
    program: PathBuf,
    scratch: PathBuf,
}

impl Bench<'_> {
    fn pages(&self, peers: &Peers) -> Result<()> {
        let (file, count) = input::pages(&self.places.data, &self.scratch)?;
        let root = self.places.data.as_os_str();
        let ours = self.stage(&["read".as_ref(), "--root".as_ref(), root, file.as_os_str()])?;
        let rounds = ROUNDS.to_string();
        let theirs = peers.seconds("trafilatura_pages.py", &[root, file.as_os_str(), rounds.as_ref()]);
        say("pages read", "pages/s", count, ours, theirs);
        self.memory("pages read", &["read".as_ref(), "--root".as_ref(), root, file.as_os_str()])
    }

    /// Feeds of both kinds that there are: thousands of small files, and large ones of many articles with their texts.
    fn feeds(&self, peers: &Peers) -> Result<()> {
        let small = (input::feeds(&self.places.data, &self.scratch)?, self.places.data.clone());
        let large = (input::large_feeds(&self.scratch)?, self.scratch.clone());
        for (name, ((file, count), root)) in [("feeds read, small", small), ("feeds read, large", large)] {
            let arguments = ["parse-feed".as_ref(), "--root".as_ref(), root.as_os_str(), file.as_os_str()];
            let ours = self.stage(&arguments)?;
            let rounds = ROUNDS.to_string();
            let peer = [root.as_os_str(), file.as_os_str(), rounds.as_ref()];
            let theirs = peers.seconds("feedparser_feeds.py", &peer);
            say(name, "feeds/s", count, ours, theirs);
            self.memory(name, &arguments)?;
        }
        Ok(())
    }

    fn groups(&self, peers: &Peers) -> Result<()> {
        for (name, made) in [
            ("articles grouped, whole texts", input::articles(&self.places.data, &self.scratch)?),
            ("articles grouped, headlines", input::headlines(&self.places.data, &self.scratch)?),
        ] {
            let (file, count) = made;
            let arguments = ["group".as_ref(), file.as_os_str()];
            let ours = self.stage(&arguments)?;
            let rounds = ROUNDS.to_string();
            let theirs = peers.seconds("tfidf_stories.py", &[file.as_os_str(), rounds.as_ref()]);
            say(name, "articles/s", count, ours, theirs);
            self.memory(name, &arguments)?;
        }
        Ok(())
    }

    fn digests(&self, peers: &Peers) -> Result<()> {
        let (file, count) = input::story(&self.places.data, &self.scratch)?;
        let options = ["digest", "--story-field", "story", "--format", "json"].map(AsRef::as_ref);
        let arguments = [&options[..], &[file.as_os_str()]].concat();
        let ours = self.whole(&arguments)?;
        // One round: it takes minutes, and noise is nothing beside them.
        let theirs = peers.seconds("lexrank_summary.py", &[file.as_os_str(), "15".as_ref(), "1".as_ref()]);
        let name = format!("digest of {count} articles");
        say(&name, "digests/s", 1, ours, theirs);
        self.memory(&name, &arguments)
    }

    /// The README's example: everything from the start of the program to its end, on all cores.
    fn example(&self) -> Result<()> {
        let folder = self.places.root.join("examples/ferry");
        if !folder.is_dir() {
            println!("example: skipped, no {}", folder.display());
            return Ok(());
        }
        let run = || process::timed(Command::new(&self.program).arg("digest").arg(&folder));
        let seconds = best(run)?;
        println!(
            "{:<32} {:>9.0} ms, from start to end, all cores",
            "digest examples/ferry",
            seconds * 1000.0
        );
        self.memory("digest examples/ferry", &["digest".as_ref(), folder.as_os_str()])
    }

    /// Seconds as a stage command itself counts them: from the first row read to the last one written.
    fn stage(&self, arguments: &[&std::ffi::OsStr]) -> Result<f64> {
        best(|| {
            let out = self.scratch.join("answers.jsonl");
            let mut command = Command::new(&self.program);
            let said = process::into_file(command.args(["--threads", "1"]).args(arguments), &out)?;
            counted(&said).with_context(|| format!("no time in what the program said: {said}"))
        })
    }

    /// Seconds of a whole run, the start of the program included.
    fn whole(&self, arguments: &[&std::ffi::OsStr]) -> Result<f64> {
        best(|| process::timed(Command::new(&self.program).args(["--threads", "1"]).args(arguments)))
    }

    fn memory(&self, name: &str, arguments: &[&std::ffi::OsStr]) -> Result<()> {
        let command: Vec<_> = [self.program.as_os_str(), "--threads".as_ref(), "1".as_ref()]
            .into_iter()
            .chain(arguments.iter().copied())
            .collect();
        match peak(self.places, &command)? {
            Some(kib) => println!("{name:<32} {:>9.1} MiB at most", kib as f64 / 1024.0),
            None => println!("{name:<32} peak memory: skipped, neither GNU time nor python3"),
        }
        Ok(())
    }
}

fn say(name: &str, unit: &str, count: usize, ours: f64, theirs: Result<peers::Timed, String>) {
    let rate = |seconds: f64| count as f64 / seconds.max(1e-9);
    print!("{name:<32} {:>9.1} {unit}", rate(ours));
    match theirs {
        Ok(peer) => {
            println!(
                "; {} {:.2} {unit}; ratio {:.1}",
                peer.name,
                rate(peer.seconds),
                peer.seconds / ours.max(1e-9)
            );
        }
        Err(reason) => println!("; peer skipped, {reason}"),
    }
}

fn best(run: impl Fn() -> Result<f64>) -> Result<f64> {
    (0..ROUNDS).map(|_| run()).try_fold(f64::INFINITY, |best, seconds| Ok(best.min(seconds?)))
}

/// The seconds in a stage command's last line: `92 rows, 0 refused, 0.412 s, 223 rows/s`.
fn counted(said: &str) -> Option<f64> {
    said.lines().rev().find_map(|line| {
        line.split(", ").find_map(|part| part.strip_suffix(" s")?.parse::<f64>().ok()).filter(|s| *s > 0.0)
    })
}

/// The most memory a program held, in KiB.
fn peak(places: &Places, command: &[&std::ffi::OsStr]) -> Result<Option<u64>> {
    let time = Path::new("/usr/bin/time");
    if time.is_file() {
        let output = process::output(Command::new(time).args(["-f", "peak %M"]).args(command));
        // Other systems have a time of that name that knows no -f.
        if let Ok(output) = output {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let kib = said.lines().rev().find_map(|line| line.strip_prefix("peak ")?.parse().ok());
            if kib.is_some() {
                return Ok(kib);
            }
        }
    }
    if !process::python() {
        return Ok(None);
    }
    let mut helper = Command::new("python3");
    let output = process::output(helper.arg(places.root.join("evals/peers/peak.py")).args(command))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_says_its_time_in_the_last_line() {
        for (said, expected) in [
            ("92 rows, 0 refused, 0.412 s, 223 rows/s\n", Some(0.412)),
            ("a note, with commas\n5 rows, 1 refused, 2.000 s, 2 rows/s", Some(2.0)),
            ("nothing", None),
        ] {
            assert_eq!(counted(said), expected, "{said}");
        }
    }
}
