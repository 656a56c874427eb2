//! Prints the reference records that `score/references.py` measures: `cite FILE [STYLE]`.
#![expect(clippy::print_stdout, reason = "the records go to standard output")]

use desk::cite::{self, Source, Style};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: cite FILE [STYLE]")?;
    let style: Style = arguments.next().as_deref().unwrap_or("mla").parse()?;
    for line in std::fs::read_to_string(file)?.lines().filter(|line| !line.trim().is_empty()) {
        let source = Source::from_csl(&serde_json::from_str(line)?);
        println!("{}", cite::record(&source, style));
    }
    Ok(())
}
