//! A newsroom that runs: started on a free port, asked, measured, stopped.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// A running newsroom, stopped when it goes out of scope.
pub(super) struct Room {
    child: Child,
    /// Host and port of its site.
    pub(super) address: String,
}

impl Room {
    /// Starts the site on the data in `data`, without fetching; `files` are served as they are.
    pub(super) fn open(program: &Path, data: &Path, files: &Path) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(["serve", "--no-fetch", "--listen", "127.0.0.1:0", "--data"]).arg(data);
        command.arg("--set").arg(format!("site.files={}", files.display()));
        command.args(["--set", "log.level=error"]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let stdout = child.stdout.take().context("its output is a pipe")?;
        let mut said = String::new();
        for line in BufReader::new(stdout).lines() {
            let line = line?;
            if let Some(address) = address(&line) {
                return Ok(Self { child, address });
            }
            said.push_str(&line);
            said.push('\n');
        }
        let status = child.wait()?;
        bail!("the newsroom ended with {status} before it named its address:\n{said}")
    }

    /// The memory it holds, held at most, and holds of its own apart from files that it sees as memory, in MiB; none
    /// where the system doesn't tell.
    pub(super) fn memory(&self) -> Option<(f64, f64, f64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let kib = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kib| kib / 1024.0)
        };
        Some((kib("VmRSS:")?, kib("VmHWM:")?, kib("RssAnon:")?))
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        // A newsroom that has ended by itself is what is wanted here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The host and port of an address on this machine that a line names.
fn address(line: &str) -> Option<String> {
    let at = line.find("http://127.0.0.1:")? + "http://".len();
    let rest = &line[at..];
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ':')).unwrap_or(rest.len());
    Some(rest[..end].to_owned())
}
