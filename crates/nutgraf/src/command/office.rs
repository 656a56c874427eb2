//! What every command of the newsroom begins with: the settings, the data folder, the open database.

use std::future::Future;
use std::io::Read as _;

use anyhow::{Context as _, Result, bail};
use store::{Clock, Store};

use crate::cli;
use crate::private;
use crate::settings::{self, Settings};

/// What every SQLite database begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Whether a database may be made where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// It is made.
    Makes,
    /// It must be there: the command makes no sense on an empty one.
    Stands,
}

/// Runs a command of the newsroom with its settings, its store and the time.
pub(crate) fn within<F, T>(
    options: &cli::Options,
    need: Need,
    work: impl FnOnce(Settings, Store, Clock) -> F,
) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let settings = settings::in_force(options)?.settings;
    runtime()?.block_on(async {
        let store = open(&settings, need).await?;
        work(settings, store, Clock::System).await
    })
}

/// The threads that wait for network and database.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("no threads can be started. Raise the limit of processes, or end some")
}

/// Opens the database that the settings name, and makes its folder.
pub(crate) async fn open(settings: &Settings, need: Need) -> Result<Store> {
    if let Some(path) = settings.database.strip_prefix("sqlite:") {
        let path = std::path::Path::new(path);
        if need == Need::Stands && !path.exists() {
            bail!(
                "{}: there is no newsroom yet. Start it with nutgraf serve, or say with --data or --database where it is",
                path.display()
            );
        }
        check_file(path)?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            private::folder(folder).with_context(|| {
                format!("{}: the folder can't be made. Name another with --data", folder.display())
            })?;
        }
        // SQLite gives the files that it lays beside this one the same rights.
        private::file(path).with_context(|| {
            format!(
                "{}: the database can't be written. Name another with --data or --database",
                path.display()
            )
        })?;
    }
    Ok(Store::open(&settings.database).await?)
}

/// Refuses a file that is something else than a database before anything is tried with it.
fn check_file(path: &std::path::Path) -> Result<()> {
    let told = "Name another with --database sqlite:PATH, or a folder with --data";
    if path.is_dir() {
        bail!("{}: this is a folder, not a database. {told}", path.display());
    }
    let Ok(file) = std::fs::File::open(path) else { return Ok(()) };
    let mut start = Vec::new();
    file.take(MAGIC.len() as u64).read_to_end(&mut start)?;
    if !start.is_empty() && start != MAGIC {
        bail!("{}: this file is not a SQLite database. {told}", path.display());
    }
    Ok(())
}
