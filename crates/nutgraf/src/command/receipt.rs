//! `nutgraf receipt`: checks a receipt again, offline.

mod pages;

use std::io::{Read as _, Write as _};

use anyhow::{Context, Result};
use desk::receipt::{Receipt, check};

use crate::{Status, cli};

/// The most bytes of a receipt.
const BYTES: u64 = 64 << 20;

pub(crate) fn run(arguments: &cli::Receipt) -> Result<Status> {
    let name = &arguments.file;
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().lock().take(BYTES).read_to_end(&mut bytes)?;
    } else {
        let file = std::fs::File::open(name);
        let file =
            file.with_context(|| format!("{name}: the receipt can't be opened. Check the spelling"))?;
        file.take(BYTES).read_to_end(&mut bytes).with_context(|| format!("{name}: can't be read"))?;
    }
    let faults = check(&bytes);
    if faults.is_empty() {
        writeln!(std::io::stdout(), "{name}: holds")?;
        if arguments.pages.is_empty() {
            return Ok(Status::Done);
        }
        let receipt: Receipt = serde_json::from_slice(&bytes).context("the receipt can't be read")?;
        let missing = pages::look(name, &receipt, &arguments.pages, &arguments.limits)?;
        if missing > 0 {
            let count = if missing == 1 { "1 passage".to_owned() } else { format!("{missing} passages") };
            eprintln!(
                "{name}: {count} not found. The page may have been changed since, or is not among the pages given."
            );
        }
        return Ok(if missing > 0 { Status::Faults } else { Status::Done });
    }
    for fault in &faults {
        writeln!(std::io::stdout(), "{name}: {}: {} [{}]", fault.place, fault.note, fault.code)?;
    }
    let count = if faults.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", faults.len()) };
    eprintln!("{name}: {count}. Ask for the receipt again from where it was made.");
    Ok(Status::Faults)
}
