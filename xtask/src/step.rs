//! One step of the check: a program, its time, and whether it ended well.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::count::Count;

/// Says what a step gave and how long it took.
pub(crate) fn timed(name: &str, run: impl FnOnce() -> Count) -> Count {
    println!("--- {name}");
    let begun = Instant::now();
    let count = run();
    let outcome = match count {
        Count { failed: 1.., .. } => "failed",
        Count { passed: 0, .. } => "skipped",
        _ => "ok",
    };
    println!("--- {name}: {outcome}, {:.1} s", begun.elapsed().as_secs_f64());
    count
}

/// Runs a program that prints for itself.
pub(crate) fn passes(command: &mut Command) -> bool {
    match command.status() {
        Ok(status) => status.success(),
        Err(error) => {
            println!("{} can't be started: {error}", command.get_program().display());
            false
        }
    }
}

/// Runs `cargo test`, prints what it prints, and counts its tests. Tests that don't compile count as one failure.
pub(crate) fn tests(command: &mut Command) -> Count {
    let mut count = Count::default();
    let mut child = match command.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => {
            println!("{} can't be started: {error}", command.get_program().display());
            return Count::one(false);
        }
    };
    if let Some(stdout) = child.stdout.take() {
        let mut lines = BufReader::new(stdout).split(b'\n');
        while let Some(Ok(line)) = lines.next() {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            count += Count::of_line(&line).unwrap_or_default();
        }
    }
    let well = child.wait().is_ok_and(|status| status.success());
    if !well && count.failed == 0 {
        count += Count::one(false);
    }
    count
}

/// Cargo, as the one that started this program.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments);
    command
}

/// Whether a program is there at all.
pub(crate) fn exists(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The repository.
pub(crate) fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}
