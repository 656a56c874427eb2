//! Reads the pages that records name and prints what was read, for the scorer of `read`.
//!
//! `page --root DIR FILE`: records `{id, url, html}` or `{id, url, file}`, one a line.
#![expect(clippy::print_stdout, reason = "records go to standard output")]

use std::io::Read as _;
use std::time::Instant;

use serde_json::{Value, json};

fn main() {
    let mut root = String::from(".");
    let mut file = String::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--root" => root = arguments.next().unwrap_or_default(),
            _ => file = argument,
        }
    }
    let records = std::fs::read_to_string(&file).expect("the file of records can be read");
    let mut times = Vec::new();
    for record in records.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let path = record["html"].as_str().or(record["file"].as_str()).unwrap_or_default();
        let packed = std::fs::read(format!("{root}/{path}")).unwrap_or_default();
        let mut bytes = Vec::new();
        if path.ends_with(".gz") {
            flate2::read::GzDecoder::new(packed.as_slice())
                .read_to_end(&mut bytes)
                .expect("the page can be unpacked");
        } else {
            bytes = packed;
        }
        let start = Instant::now();
        let (page, notes) = desk::read::page::read(&bytes, record["url"].as_str());
        times.push(start.elapsed().as_secs_f64() * 1e3);
        println!(
            "{}",
            json!({
                "id": record["id"], "title": page.title, "authors": page.authors,
                "published": page.published.map(|stamp| stamp.to_string()), "text": page.text(),
                "outlet": page.outlet, "lang": page.lang, "kind": page.kind.name(), "agency": page.agency,
                "paywalled": page.paywalled, "reserved": page.reserved, "section": page.section, "notes": notes,
            })
        );
    }
    times.sort_by(f64::total_cmp);
    let mean = times.iter().sum::<f64>() / times.len().max(1) as f64;
    eprintln!("{} pages, mean {mean:.1} ms, longest {:.0} ms", times.len(), times.last().unwrap_or(&0.0));
}
