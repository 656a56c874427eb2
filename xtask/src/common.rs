//! `cargo xtask common`: how often common English words stand in texts, from the treebanks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use language::words;

/// How many words a text has: as many as a piece of news.
const WORDS: usize = 400;
/// The least share of texts, per mille, that a common word stands in, and in how many documents it does.
const LEAST: usize = 10;
const DOCUMENTS: usize = 4;

const HEADER: &str = "\
# English stems and in how many of 1,000 texts of 400 words each stands, counted by `cargo xtask common` in
# UD_English-EWT (The Board of Trustees of The Leland Stanford Junior University and its contributors, CC BY-SA 4.0)
# and GUM (Zeldes 2017, annotations CC BY 4.0, texts under the licences that it states). No text of either is in it.
";

/// Writes stems with the share of texts, per mille, that they stand in.
///
/// Long documents are cut into texts of 400 words, short ones put together.
pub(crate) fn run(data: &str, out: &str) -> Result<(), String> {
    let mut documents = Vec::new();
    for folder in ["ewt", "gum"] {
        let folder = Path::new(data).join(folder);
        let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.sort();
        for file in files {
            let text =
                std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            for document in text.split("# newdoc").skip(1) {
                let lines = document.lines().filter_map(|line| line.strip_prefix("# text = "));
                documents.push(lines.collect::<Vec<_>>().join("\n"));
            }
        }
    }
    let mut standing: BTreeMap<String, (usize, BTreeSet<usize>)> = BTreeMap::new();
    let (mut texts, mut long, mut stems) = (0, 0, BTreeSet::new());
    let mut close = |texts: &mut usize, stems: &mut BTreeSet<(String, usize)>| {
        *texts += 1;
        let mut met = BTreeSet::new();
        for (stem, document) in std::mem::take(stems) {
            let entry = standing.entry(stem.clone()).or_default();
            entry.0 += usize::from(met.insert(stem));
            entry.1.insert(document);
        }
    };
    for (number, document) in documents.iter().enumerate() {
        for line in document.lines() {
            long += words::words(line).len();
            stems.extend(words::content(line, "en").into_iter().map(|(_, stem)| (stem, number)));
            if long >= WORDS {
                close(&mut texts, &mut stems);
                long = 0;
            }
        }
    }
    let common = standing.iter().filter_map(|(stem, (count, documents))| {
        let share = count * 1000 / texts.max(1);
        let figure = stem.starts_with(|c: char| c.is_ascii_digit());
        (share >= LEAST && documents.len() >= DOCUMENTS && !figure).then(|| format!("{stem}\t{share}\n"))
    });
    let lines: Vec<String> = common.collect();
    println!("{texts} texts, {} common stems", lines.len());
    std::fs::write(out, format!("{HEADER}{}", lines.concat())).map_err(|error| format!("{out}: {error}"))
}
