//! `cargo xtask test`: everything there is to check, in the order in which a mistake is cheapest to find.

use std::process::{Command, ExitCode};

use crate::count::Count;
use crate::step::{cargo, exists, passes, root, tests, timed};
use crate::tool::{BROWSER, DRIVER, POSTGRES};

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

/// The tests of all crates. What needs a browser, its driver or a database server that is not there is skipped and
/// counted as that.
fn workspace() -> Count {
    let mut command = cargo(&["test", "--quiet", "--workspace", "--no-fail-fast", "--"]);
    let mut count = Count::default();
    for (tool, module) in [(BROWSER, "browser::"), (DRIVER, "walk::"), (POSTGRES, "")] {
        match tool.find() {
            Some(path) => {
                tool.tell(&mut command, &path);
            }
            None => {
                count += Count::skip();
                if !module.is_empty() {
                    command.args(["--skip", module]);
                }
            }
        }
    }
    count += tests(&mut command);
    count
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

/// Licences, sources and advisories of all dependencies. The list of advisories is fetched; where it can't be, that
/// is said and counted as skipped.
fn licences() -> Count {
    if !exists(&mut cargo(&["deny", "--version"])) {
        println!("no cargo-deny: install it with cargo install --locked cargo-deny");
        return Count::skip();
    }
    let deny = ["deny", "--log-level", "error", "check"];
    let mut count = check(&[&deny[..], &["bans", "licenses", "sources"]].concat());
    if exists(&mut cargo(&["deny", "--log-level", "off", "fetch", "db"])) {
        count += check(&[&deny[..], &["--disable-fetch", "advisories"]].concat());
    } else {
        println!("advisories: their list can't be fetched from here");
        count += Count::skip();
    }
    count
}
