//! Every feed file by itself: it is answered or refused in words, the program never dies of it, and none takes long.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::bench::feed_files;
use crate::places::Places;

/// What is measured.
pub(crate) const FILE: &str = "feeds, one by one";

/// The share of files that were answered, and the seconds of the slowest, the start of the program included.
pub(crate) fn measure(places: &Places, program: &Path) -> Result<Value> {
    let files = feed_files(&places.data)?;
    let (mut answered, mut slowest) = (0usize, (0.0, String::new()));
    for file in &files {
        let begun = Instant::now();
        let done = answers(places, program, file)?;
        let seconds = begun.elapsed().as_secs_f64();
        answered += usize::from(done);
        if !done {
            println!("feeds: no answer to {file}");
        }
        if seconds > slowest.0 {
            slowest = (seconds, file.clone());
        }
    }
    println!(
        "feeds: {} files one by one, {answered} answered, the slowest in {:.3} s: {}",
        files.len(),
        slowest.0,
        slowest.1
    );
    Ok(json!({"answered": answered as f64 / files.len().max(1) as f64, "slow": u8::from(slowest.0 > 2.0)}))
}

/// Whether one file gives a feed or a reason.
fn answers(places: &Places, program: &Path, file: &str) -> Result<bool> {
    let mut command = Command::new(program);
    command.args(["--threads", "1", "parse-feed", "--root"]).arg(&places.data);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().context("the program can't be started")?;
    let row = json!({"file": file, "path": file, "base": "https://outlet.example/feed"});
    let mut stdin = child.stdin.take().context("it has no input")?;
    stdin.write_all(format!("{row}\n").as_bytes())?;
    drop(stdin);
    let output = child.wait_with_output()?;
    let answer: Option<Value> = serde_json::from_slice(&output.stdout).ok();
    let told = answer.is_some_and(|answer| answer.get("entries").is_some() || answer.get("error").is_some());
    Ok(output.status.success() && told)
}
