//! Folders and files that only their owner can read: a newsroom's data hold passwords' hashes, sessions and keys.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Result};
use std::path::Path;

/// Makes a folder and those above it, where they are missing; one that is there stays as it is.
pub(crate) fn folder(path: &Path) -> Result<()> {
    builder().recursive(true).create(path)
}

/// Makes a folder that must not be there yet.
pub(crate) fn fresh_folder(path: &Path) -> Result<()> {
    builder().create(path)
}

/// Makes a file that must not be there yet. A link that somebody laid at its place is taken away, not followed.
pub(crate) fn fresh_file(path: &Path) -> Result<File> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => options().create_new(true).open(path),
    }
}

/// Opens a file for writing and makes it where it is missing; what is in it stays.
pub(crate) fn file(path: &Path) -> Result<File> {
    options().create(true).truncate(false).open(path)
}

fn options() -> OpenOptions {
    let mut options = File::options();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn builder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}
