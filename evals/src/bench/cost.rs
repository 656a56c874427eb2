//! What grouping one more article costs as the archive grows: in time, and in memory.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::Bench;
use super::plot::{Line, Plot};
use crate::process;

/// The window is this part of the stream: so it is full well before the tenth part that is compared with the end.
const SHORT: usize = 20;
/// Another run looks back this far, which is as far as memory is promised for.
const LONG: usize = 2;
/// How many articles a second are wanted of one thread.
const WANTED: f64 = 3000.0;

/// The rows that one run printed.
struct Run {
    window: usize,
    rows: Vec<Row>,
}

/// What held for the articles since the row before: microseconds for each, MiB at its end and at most so far.
struct Row {
    articles: usize,
    making: f64,
    placing: f64,
    held: Option<f64>,
    most: Option<f64>,
}

/// Runs over that many articles, says what they cost, and draws it.
pub(super) fn grouping(bench: &Bench<'_>, articles: usize) -> Result<()> {
    ensure!(articles >= 1000, "--articles {articles}: too few to tell what one costs. Try 20000 or more");
    let runs = [run(bench, articles, articles / SHORT)?, run(bench, articles, articles / LONG)?];
    for run in &runs {
        run.say();
    }
    let plot = drawn(&runs, articles);
    let path = bench.places.root.join("evals/grouping-cost.svg");
    std::fs::write(&path, plot.svg()).with_context(|| format!("{} can't be written", path.display()))?;
    println!("drawn: {}", path.display());
    Ok(())
}

/// Each run is a program of its own, so that the memory of one is not counted for the other.
fn run(bench: &Bench<'_>, articles: usize, window: usize) -> Result<Run> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("place").arg("--data").arg(&bench.places.data);
    command.args(["--articles", &articles.to_string(), "--window", &window.to_string()]);
    let said = process::output(&mut command)?.stdout;
    let rows = String::from_utf8_lossy(&said).lines().map(row).collect::<Result<Vec<_>>>()?;
    Ok(Run { window, rows })
}

fn row(line: &str) -> Result<Row> {
    let read: Value = serde_json::from_str(line).with_context(|| format!("not JSON: {line}"))?;
    let number = |name: &str| read.get(name).and_then(Value::as_f64);
    let time = |name: &str| number(name).with_context(|| format!("no {name} in {line}"));
    let mib = |name: &str| number(name).map(|kib| kib / 1024.0);
    let articles = read.get("articles").and_then(Value::as_u64).and_then(|count| count.try_into().ok());
    Ok(Row {
        articles: articles.with_context(|| format!("no articles in {line}"))?,
        making: time("making")?,
        placing: time("placing")?,
        held: mib("held"),
        most: mib("most"),
    })
}

impl Run {
    /// Prints each row, and early and late beside each other.
    fn say(&self) {
        let window = self.window;
        println!("window of {window} articles:");
        println!(
            "{:>10} {:>12} {:>12} {:>12} {:>10}",
            "articles", "making, µs", "placing, µs", "articles/s", "MiB held"
        );
        for row in &self.rows {
            let held = row.held.map_or_else(|| "unknown".to_owned(), |held| format!("{held:.0}"));
            let rate = 1e6 / (row.making + row.placing);
            println!(
                "{:>10} {:>12.1} {:>12.1} {rate:>12.0} {held:>10}",
                row.articles, row.making, row.placing
            );
        }
        let last = self.rows.last().map_or(0, |row| row.articles);
        let (early, late) = (self.mean(last / 10, last / 10 + last / 20), self.mean(last - last / 20, last));
        if window <= last / 10 {
            println!(
                "placing one: {early:.1} µs in the twentieth behind article {}, {late:.1} µs in the last; ratio {:.2}",
                last / 10,
                late / early
            );
        }
        match self.rows.last().and_then(|row| row.most) {
            Some(most) => println!("{most:.0} MiB at most, beyond what the stream itself takes"),
            None => println!("peak memory: skipped, this system does not tell it"),
        }
    }

    /// The mean of the times for placing between two places of the stream.
    fn mean(&self, from: usize, to: usize) -> f64 {
        let rows = self.rows.iter().filter(|row| row.articles > from && row.articles <= to);
        let (sum, count) = rows.fold((0.0, 0.0), |(sum, count), row| (sum + row.placing, count + 1.0));
        sum / f64::max(count, 1.0)
    }
}

fn drawn(runs: &[Run], articles: usize) -> Plot {
    let placing = runs.iter().map(|run| Line {
        name: format!("placing, window of {} articles", grouped(run.window)),
        points: run.rows.iter().map(|row| (row.articles as f64, row.placing)).collect(),
    });
    let making = runs.iter().take(1).map(|run| Line {
        name: "making an article from its record".to_owned(),
        points: run.rows.iter().map(|row| (row.articles as f64, row.making)).collect(),
    });
    Plot {
        title: "Grouping: what one more article costs".to_owned(),
        caption: format!(
            "One thread, articles of 400 words. cargo run --release -p evals -- bench --only cost --articles {articles}"
        ),
        across: "articles grouped so far".to_owned(),
        up: "microseconds an article".to_owned(),
        lines: placing.chain(making).collect(),
        limit: (1e6 / WANTED, format!("{} articles a second", grouped(WANTED as usize))),
    }
}

/// A number with its thousands parted.
pub(super) fn grouped(number: usize) -> String {
    if number < 1000 {
        number.to_string()
    } else {
        format!("{},{:03}", grouped(number / 1000), number % 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn early_and_late_are_parts_of_the_stream_that_do_not_reach_into_each_other() {
        let rows = (1..=20).map(|at| Row {
            articles: at * 10,
            making: 0.0,
            placing: at as f64,
            held: None,
            most: None,
        });
        let run = Run { window: 10, rows: rows.collect() };
        assert!((run.mean(20, 30) - 3.0).abs() < 1e-9 && (run.mean(180, 200) - 19.5).abs() < 1e-9);
    }

    #[test]
    fn a_row_is_read_as_it_was_printed() {
        let row = row(r#"{"articles":10,"making":2.5,"placing":3.0,"held":2048,"most":null}"#)
            .expect("it is whole");
        assert_eq!((row.articles, row.held, row.most), (10, Some(2.0), None));
        assert_eq!(grouped(1_000_000), "1,000,000");
    }
}
