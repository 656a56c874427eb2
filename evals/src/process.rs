//! Running other programs, and saying what they said when they fail.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// Runs a program that must end well.
pub(crate) fn output(command: &mut Command) -> Result<Output> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{name} can't be started"))?;
    ensure!(output.status.success(), "{name} ended with {}:\n{}", output.status, last(&output.stderr));
    Ok(output)
}

/// Runs a program that must end well, its standard output going into a file; gives what it said on standard
/// error.
pub(crate) fn into_file(command: &mut Command, file: &Path) -> Result<String> {
    let made = File::create(file).with_context(|| format!("{} can't be written", file.display()))?;
    let said = output(command.stdout(Stdio::from(made)))?.stderr;
    Ok(String::from_utf8_lossy(&said).into_owned())
}

/// How a program ended, whatever it was.
pub(crate) fn status(command: &mut Command) -> Result<Option<i32>> {
    Ok(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?.code())
}

/// How long a program that must end well took, in seconds.
pub(crate) fn timed(command: &mut Command) -> Result<f64> {
    let begun = Instant::now();
    output(command)?;
    Ok(begun.elapsed().as_secs_f64())
}

/// The one JSON value that a program prints.
pub(crate) fn json(command: &mut Command) -> Result<Value> {
    let printed = output(command)?.stdout;
    serde_json::from_slice(&printed).with_context(|| format!("not JSON: {}", last(&printed)))
}

/// Whether Python is there.
pub(crate) fn python() -> bool {
    status(Command::new("python3").arg("--version")).is_ok_and(|code| code == Some(0))
}

fn last(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let lines: Vec<&str> = said.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}
