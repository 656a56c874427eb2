//! Where things lie: the gold data, the scorers, the program that is measured, and what a run leaves behind.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};

use crate::process;

/// The folders and the program of one run.
pub(crate) struct Places {
    /// The repository.
    pub(crate) root: PathBuf,
    /// The gold data; may be absent.
    pub(crate) data: PathBuf,
    /// The scorers; may be absent.
    pub(crate) score: PathBuf,
    /// The program to measure; none means that it is built first.
    pub(crate) nutgraf: Option<PathBuf>,
}

impl Default for Places {
    fn default() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.parent().unwrap_or(here).to_path_buf();
        let beside = root.parent().unwrap_or(&root).join("shared");
        Self { data: beside.join("data"), score: beside.join("score"), nutgraf: None, root }
    }
}

impl Places {
    /// Why the stages can't be measured, if so.
    pub(crate) fn lacks(&self) -> Option<String> {
        if !self.data.is_dir() {
            return Some(format!("no gold data at {}", self.data.display()));
        }
        if !self.score.is_dir() {
            return Some(format!("no scorers at {}", self.score.display()));
        }
        (!process::python()).then(|| "no python3, which the scorers need".to_owned())
    }

    /// A folder for what a run leaves behind, so that one can look into it.
    pub(crate) fn scratch(&self, name: &str) -> Result<PathBuf> {
        let folder = self.target().join("evals").join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// The program to measure, built first where none was named.
    pub(crate) fn program(&self, release: bool) -> Result<PathBuf> {
        if let Some(path) = &self.nutgraf {
            ensure!(path.is_file(), "{}: no such program. Check what --nutgraf says", path.display());
            return Ok(path.clone());
        }
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root).args(["build", "--quiet", "--package", "nutgraf"]);
        if release {
            cargo.arg("--release");
        }
        process::output(&mut cargo)?;
        let profile = if release { "release" } else { "debug" };
        Ok(self.target().join(profile).join(format!("nutgraf{}", std::env::consts::EXE_SUFFIX)))
    }

    fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.root.join("target"), Into::into)
    }
}
