//! `nutgraf config`: the settings in force and where each comes from.

use std::io::Write as _;

use anyhow::Result;

use crate::{Status, cli, settings};

pub(crate) fn run(arguments: &cli::Config) -> Result<Status> {
    let mut out = std::io::stdout().lock();
    if arguments.example {
        out.write_all(settings::example().as_bytes())?;
        return Ok(Status::Done);
    }
    let in_force = settings::in_force(&arguments.options)?;
    match &in_force.file {
        Some(file) => writeln!(out, "# settings file: {}", file.display())?,
        None => writeln!(out, "# no settings file; nutgraf config --example prints one to start from")?,
    }
    for (row, origin) in in_force.rows() {
        writeln!(out, "{row}  # {origin}")?;
    }
    Ok(Status::Done)
}
