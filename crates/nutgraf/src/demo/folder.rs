//! A folder for one run, gone when the run ends.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// A folder that is removed with everything in it when this is dropped.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// A new folder that only its owner can read.
    pub(super) fn make() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("nutgraf-demo-{}", std::process::id()));
        // What lies there is of a run with the same number that was killed. If it is somebody else's, making fails.
        let _ = std::fs::remove_dir_all(&path);
        crate::private::fresh_folder(&path).with_context(|| {
            format!("{}: the demonstration's folder can't be made. Name one with --data", path.display())
        })?;
        Ok(Self(path))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // The system's own cleaning takes what can't be removed now.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
