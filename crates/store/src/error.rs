//! What can go wrong when something is kept or looked up.

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address names no database that can be opened.
    #[error(
        "{address} is no database that can be opened ({cause}). Give sqlite:PATH or postgres://USER@HOST/NAME."
    )]
    Address {
        /// The address, without its password.
        address: String,
        /// Why.
        cause: String,
    },
    /// The database was made by a newer program.
    #[error(
        "the database has schema {found}, this program knows up to {known}. Use the newer program again, or restore an older backup."
    )]
    Newer {
        /// The schema of the database.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// A row holds what this program never writes.
    #[error("{what} can't be read ({cause}). The database was changed by something else; restore a backup.")]
    Corrupt {
        /// The table and key.
        what: String,
        /// Why.
        cause: String,
    },
    /// A line of a snapshot is not one of ours.
    #[error("line {line} of the snapshot: {cause}. Nothing was changed.")]
    Snapshot {
        /// The line, from 1.
        line: usize,
        /// Why.
        cause: String,
    },
    /// The database refused or could not be reached.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// Reading or writing a snapshot failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// What the functions of this crate give.
pub type Result<T> = std::result::Result<T, Error>;
