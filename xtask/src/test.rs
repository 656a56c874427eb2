//! `cargo xtask test`: everything there is to check, in the order in which a mistake is cheapest to find.

use std::process::{Command, ExitCode};

use crate::browser;
use crate::count::Count;
use crate::step::{cargo, exists, passes, root, tests, timed};

/// Runs every step, even after one failed, and prints the sum in the last line.
pub(crate) fn run() -> ExitCode {
    let mut sum = Count::default();
    sum += timed("form", || check(&["fmt", "--all", "--check"]));
    sum += timed("lints", || {
        check(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])
    });
    sum += timed("documentation", || {
        let mut doc = cargo(&["doc", "--quiet", "--no-deps", "--workspace"]);
        Count::one(passes(doc.env("RUSTDOCFLAGS", "-D warnings")))
    });
    // Build and tests name the whole workspace alike, so that every dependency is built once, with one set of
    // features.
    sum += timed("build", || check(&["build", "--quiet", "--workspace"]));
    sum += timed("tests", workspace);
    sum += timed("floors", floors);
    sum += timed("licences", licences);
    if sum.skipped > 0 {
        println!("{} skipped", sum.skipped);
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
    ExitCode::from(u8::from(sum.failed > 0))
}

fn check(arguments: &[&str]) -> Count {
    Count::one(passes(&mut cargo(arguments)))
}

/// The tests of all crates, with the browser test where there is a browser.
fn workspace() -> Count {
    let mut command = cargo(&["test", "--quiet", "--workspace", "--no-fail-fast"]);
    match browser::find() {
        Some(path) => tests(command.env("CHROMIUM", path)),
        None => {
            let mut count = tests(command.args(["--", "--skip", "browser::"]));
            count += Count::skip();
            count
        }
    }
}

/// The figures on the gold data. The program that measures stands beside this one in the build folder.
fn floors() -> Count {
    let beside = std::env::current_exe().ok().and_then(|path| Some(path.parent()?.to_path_buf()));
    let Some(folder) = beside else {
        println!("the build folder can't be found");
        return Count::one(false);
    };
    let program = |name: &str| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(program("evals"));
    command.current_dir(root()).arg("floors").arg("--nutgraf").arg(program("nutgraf"));
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => {
            println!("evals can't be started: {error}");
            return Count::one(false);
        }
    };
    let said = String::from_utf8_lossy(&output.stdout);
    print!("{said}{}", String::from_utf8_lossy(&output.stderr));
    if said.starts_with("floors: skipped") { Count::skip() } else { Count::one(output.status.success()) }
}

/// Licences and advisories of all dependencies.
fn licences() -> Count {
    if !exists(&mut cargo(&["deny", "--version"])) {
        println!("no cargo-deny: install it with cargo install --locked cargo-deny");
        return Count::skip();
    }
    check(&["deny", "--log-level", "error", "check"])
}
