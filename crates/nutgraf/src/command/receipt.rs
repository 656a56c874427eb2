//! `nutgraf receipt`: checks a receipt again, offline.

use std::io::{Read as _, Write as _};

use anyhow::{Context, Result};
use desk::receipt::check;

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
        return Ok(Status::Done);
    }
    for fault in &faults {
        writeln!(std::io::stdout(), "{name}: {}: {} [{}]", fault.place, fault.note, fault.code)?;
    }
    let count = if faults.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", faults.len()) };
    eprintln!("{name}: {count}. Ask for the receipt again from where it was made.");
    Ok(Status::Faults)
}
