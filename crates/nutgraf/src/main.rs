//! The program: one binary, its roles as subcommands.

mod cli;
mod command;
mod demo;
mod intake;
mod list;
mod log;
mod newsroom;
mod opml;
mod private;
mod rows;
mod settings;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};

/// Reading pages asks for memory in many small pieces; this allocator hands them out faster than the system's.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Some(threads) = cli.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.get());
        pool.build_global().expect("the pool is built once, before anything uses it");
    }
    let done = match cli.command {
        Command::Digest(arguments) => command::digest::run(&arguments),
        Command::Audit(arguments) => command::audit::run(&arguments),
        Command::Receipt(arguments) => command::receipt::run(&arguments),
        Command::Serve(arguments) => command::serve::run(&arguments),
        Command::Config(arguments) => command::config::run(&arguments),
        Command::Feeds(arguments) => command::feeds::run(&arguments),
        Command::Password(arguments) => command::password::run(&arguments),
        Command::Backup(arguments) => command::keep::backup(&arguments),
        Command::Restore(arguments) => command::keep::restore(&arguments),
        Command::Export(arguments) => command::keep::export(&arguments),
        Command::Import(arguments) => command::keep::import(&arguments),
        Command::Read(arguments) => command::read::run(&arguments),
        Command::ParseFeed(arguments) => command::feed::run(&arguments),
        Command::Mark(arguments) => command::mark::run(&arguments),
        Command::Group(arguments) => command::group::run(&arguments),
        Command::Check(arguments) => command::check::run(&arguments),
        Command::Cite(arguments) => command::cite::run(&arguments),
    };
    match done {
        Ok(status) => status.into(),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("nutgraf: {error:#}");
            Status::Unreadable.into()
        }
    }
}

/// What the program tells the shell; documented in `--help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// The job is done.
    Done,
    /// The job is done and found faults: an audit with a sentence that isn't supported, a broken receipt.
    Faults,
    /// An input could not be read.
    Unreadable,
    /// There was nothing to write: no article, no story with enough families, no sentence that passed.
    Nothing,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Faults => 1,
            Status::Unreadable => 3,
            Status::Nothing => 4,
        })
    }
}

/// A reader that stops early (`nutgraf … | head`) is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kinds = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    kinds.map(std::io::Error::kind).any(|kind| kind == std::io::ErrorKind::BrokenPipe)
}
