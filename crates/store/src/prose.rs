//! The words of a digest, taken out of its receipt: what is searched and what is quoted in a list of things found.

use serde::Deserialize;

/// The parts of a receipt that are read here; see `docs/receipt.md`.
#[derive(Deserialize)]
struct Receipt {
    paragraphs: Vec<Vec<Line>>,
}

#[derive(Deserialize)]
struct Line {
    text: String,
}

/// The sentences of all paragraphs, without marks; empty for what is no receipt.
pub(crate) fn body(receipt: &str) -> String {
    let Ok(receipt) = serde_json::from_str::<Receipt>(receipt) else { return String::new() };
    let lines =
        |paragraph: &Vec<Line>| paragraph.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
    receipt.paragraphs.iter().map(lines).collect::<Vec<_>>().join("\n\n")
}
