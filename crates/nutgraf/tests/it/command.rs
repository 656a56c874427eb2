//! Running the program and saying what is expected of it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What one run gave.
pub(crate) struct Run {
    line: String,
    code: Option<i32>,
    out: String,
    err: String,
    took: Duration,
}

/// Runs the program in the repository's folder, with nothing on standard input.
pub(crate) fn run(arguments: &[&str]) -> Run {
    run_in(&crate::place::repository(), arguments)
}

/// Runs the program in a folder.
pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    run_with(folder, &[], arguments)
}

/// Runs the program in a folder with variables of the environment.
pub(crate) fn run_with(folder: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
    ended(program(folder).envs(variables.iter().copied()).args(arguments).stdin(Stdio::null()), arguments)
}

/// Runs the program in a folder with a text on standard input.
pub(crate) fn run_on(folder: &Path, text: &[u8], arguments: &[&str]) -> Run {
    let typed = folder.join("typed");
    std::fs::write(&typed, text).expect("the folder can be written");
    let typed = std::fs::File::open(&typed).expect("it was just written");
    ended(program(folder).args(arguments).stdin(typed), arguments)
}

/// The program in a folder, without what the user's own environment and settings would change.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
    let ours = std::env::vars_os().map(|(name, _)| name);
    for name in ours.filter(|name| name.to_string_lossy().starts_with("NUTGRAF_")) {
        command.env_remove(name);
    }
    command.current_dir(folder).env_remove("COLUMNS").env("XDG_CONFIG_HOME", folder.join("no-settings"));
    command
}

fn ended(command: &mut Command, arguments: &[&str]) -> Run {
    let begun = Instant::now();
    let output = command.output().expect("the program is built with its tests");
    Run {
        line: format!("nutgraf {}", arguments.join(" ")),
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("the program prints UTF-8"),
        err: String::from_utf8(output.stderr).expect("the program says UTF-8"),
        took: begun.elapsed(),
    }
}

impl Run {
    /// It ended with this status.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }

    /// It printed this.
    #[track_caller]
    pub(crate) fn out(self, part: &str) -> Self {
        assert!(self.out.contains(part), "{part:?} was not printed\n{self}");
        self
    }

    /// It printed nothing.
    #[track_caller]
    pub(crate) fn silent(self) -> Self {
        assert!(self.out.is_empty(), "something was printed\n{self}");
        self
    }

    /// It said this on standard error.
    #[track_caller]
    pub(crate) fn err(self, part: &str) -> Self {
        assert!(self.err.contains(part), "{part:?} was not said\n{self}");
        self
    }

    /// What it said is a message and not a crash: no panic, no backtrace, and not a wall of text.
    #[track_caller]
    pub(crate) fn clear(self) -> Self {
        for sign in ["panicked", "RUST_BACKTRACE", "stack overflow"] {
            assert!(!self.err.contains(sign), "it crashed\n{self}");
        }
        assert!(!self.err.trim().is_empty(), "it said nothing\n{self}");
        assert!(self.err.lines().count() <= 6, "that is no clear message\n{self}");
        self
    }

    /// It took no longer than that.
    #[track_caller]
    pub(crate) fn within(self, seconds: u64) -> Self {
        assert!(self.took < Duration::from_secs(seconds), "it took {:?}\n{self}", self.took);
        self
    }

    /// What it printed.
    pub(crate) fn printed(&self) -> &str {
        &self.out
    }

    /// What it said on standard error.
    pub(crate) fn said(&self) -> &str {
        &self.err
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let short = |text: &str| text.chars().take(4000).collect::<String>();
        let (out, err) = (short(&self.out), short(&self.err));
        write!(f, "$ {}\nstatus {:?}\n--- out\n{out}\n--- err\n{err}", self.line, self.code)
    }
}
