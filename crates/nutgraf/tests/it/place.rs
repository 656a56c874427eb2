//! Folders for tests: the repository, and an empty one for each test that writes.

use std::fs;
use std::path::{Path, PathBuf};

/// The repository.
pub(crate) fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("the crate lies two folders below the repository").to_path_buf()
}

/// A folder of a test's own, removed when the test ends.
pub(crate) struct Place(PathBuf);

impl Place {
    /// An empty folder; the name must be the test's own.
    pub(crate) fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if path.exists() {
            fs::remove_dir_all(&path).expect("what an earlier run left can be removed");
        }
        fs::create_dir_all(&path).expect("the build folder can be written");
        Self(path)
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file into it.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        fs::write(self.0.join(name), bytes).expect("the folder can be written");
        self
    }

    /// Makes an empty folder in it.
    pub(crate) fn folder(&self, name: &str) -> &Self {
        fs::create_dir_all(self.0.join(name)).expect("the folder can be written");
        self
    }

    /// Writes a file that starts so and is zeros up to a length, without taking room on the disk.
    pub(crate) fn sparse(&self, name: &str, start: &[u8], length: u64) -> &Self {
        self.file(name, start);
        let file = fs::OpenOptions::new().write(true).open(self.0.join(name));
        file.and_then(|file| file.set_len(length)).expect("a file can be made longer");
        self
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // A folder that stays is removed by the next run.
        let _ = fs::remove_dir_all(&self.0);
    }
}
