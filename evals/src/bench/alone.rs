//! Each gold page in a run of its own: the slowest, and the one that takes most memory beside its size.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use serde_json::{Value, json};

use super::{Bench, input, peak};
use crate::receipts::rows;

/// A page may take that many times its own size in memory, and [`EXTRA`] on top.
const TIMES: f64 = 10.0;
/// In MiB.
const EXTRA: f64 = 20.0;
/// In milliseconds.
const SLOW: f64 = 200.0;

/// Prints both. Time is that of the whole run, the start of the program included; what the program takes for a page
/// without text is left out of the memory.
pub(super) fn pages(bench: &Bench<'_>) -> Result<()> {
    let (file, count) = input::pages(&bench.places.data, &bench.scratch)?;
    let empty = bench.scratch.join("empty.html");
    std::fs::write(&empty, "<p>")?;
    let Some((_, base)) = run(bench, &json!({"id": "empty", "file": empty}))? else {
        println!("pages, one by one: memory skipped, neither GNU time nor python3");
        return Ok(());
    };
    let mut slowest = (0.0, String::new());
    let mut largest = (f64::MIN, String::new());
    for row in rows(&file)? {
        let id = row["id"].as_str().unwrap_or_default();
        let path = bench.places.data.join(row["file"].as_str().unwrap_or_default());
        let Some((milliseconds, memory)) = run(bench, &row)? else { continue };
        let size = unpacked(&path)? / f64::from(1 << 20);
        let extra = memory - base - TIMES * size;
        if milliseconds > slowest.0 {
            slowest = (milliseconds, format!("{id}, {size:.1} MiB"));
        }
        if extra > largest.0 {
            largest = (extra, format!("{id}, {:.1} MiB for a page of {size:.1} MiB", memory - base));
        }
    }
    let verdict = |fits: bool| if fits { "within" } else { "BEYOND" };
    let within = verdict(slowest.0 <= SLOW);
    println!(
        "pages, one by one: {count}, the slowest in {:.0} ms ({within} {SLOW} ms): {}",
        slowest.0, slowest.1
    );
    let within = verdict(largest.0 <= EXTRA);
    println!(
        "pages, one by one: the most beyond {TIMES} times its size {:.1} MiB ({within} {EXTRA} MiB): {}",
        largest.0, largest.1
    );
    Ok(())
}

/// Milliseconds and MiB of one run.
fn run(bench: &Bench<'_>, row: &Value) -> Result<Option<(f64, f64)>> {
    let file = bench.scratch.join("page.jsonl");
    std::fs::write(&file, format!("{row}\n"))?;
    let arguments = ["--threads", "1", "read", "--root"].map(AsRef::as_ref);
    let named = [bench.program.as_os_str()];
    let command = [&named[..], &arguments, &[bench.places.data.as_os_str(), file.as_os_str()]].concat();
    let begun = Instant::now();
    let kib = peak(bench.places, &command)?;
    let milliseconds = begun.elapsed().as_secs_f64() * 1000.0;
    Ok(kib.map(|kib| (milliseconds, kib as f64 / 1024.0)))
}

/// The bytes of a page that was packed with gzip, which says so at its end.
fn unpacked(path: &Path) -> Result<f64> {
    let mut file = File::open(path)?;
    let mut size = [0; 4];
    file.seek(SeekFrom::End(-4))?;
    file.read_exact(&mut size)?;
    Ok(f64::from(u32::from_le_bytes(size)))
}
