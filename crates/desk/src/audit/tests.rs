//! The planted faults of the example, and the shape of a published digest.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Audit, Code, audit, print};
use crate::article::Article;
use crate::families::Families;
use crate::read::{page, record};

fn root() -> PathBuf {
    let local = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    std::env::var_os("NUTGRAF_EXAMPLES").map_or(local, PathBuf::from)
}

fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(root().join(path)).ok()
}

fn pages() -> Vec<Article> {
    let Ok(folder) = std::fs::read_dir(root().join("ferry/pages")) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = folder.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    paths.iter().filter_map(|path| {
        let (page, _) = page::read(&std::fs::read(path).ok()?, None);
        record::from_page(page, None, path.file_stem()?.to_str(), &Families::starter())
    }).collect()
}

fn verdict(audit: &Audit, sentence: &str) -> Option<&'static str> {
    audit.sentences.iter().find(|s| s.text.starts_with(sentence)).map(|s| s.verdict.name())
}

#[test]
fn the_planted_faults_of_the_example_are_found() {
    let (Some(text), Some(expected)) = (read("audit/ferry-brief.txt"), read("audit/expected.json")) else { return };
    let audit = audit(&text, &pages());
    let expected: Vec<Value> = serde_json::from_str(&expected).expect("the example is JSON");
    println!("{}", print::text(&audit));
    let mut right = 0;
    for row in &expected {
        let (sentence, wanted) = (row["sentence"].as_str().unwrap(), row["verdict"].as_str().unwrap());
        let found = verdict(&audit, sentence);
        right += usize::from(found == Some(wanted));
        if found != Some(wanted) {
            println!("{sentence}: {found:?}, expected {wanted} ({})", row["fault"]);
        }
    }
    println!("{right} of {} verdicts", expected.len());
    assert_eq!(audit.sentences.len(), expected.len());
    assert!(right >= 14, "{right} of {}", expected.len());
}

#[test]
fn the_faulty_marks_of_the_example_are_found() {
    let (Some(text), Some(expected)) = (read("audit/ferry-brief.txt"), read("audit/expected-references.json")) else { return };
    let audit = audit(&text, &pages());
    let expected: Vec<Value> = serde_json::from_str(&expected).expect("the example is JSON");
    let mut wanted: Vec<(String, &str)> =
        expected.iter().map(|row| (row["reference"].to_string(), row["fault"].as_str().unwrap())).collect();
    let mut found: Vec<(String, &str)> = audit.faults.iter().map(|f| (f.label.clone(), f.code)).collect();
    wanted.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, wanted);
}

#[test]
fn markdown_gives_the_same_verdicts_as_text() {
    let (Some(text), Some(markdown)) = (read("audit/ferry-brief.txt"), read("audit/ferry-brief.md")) else { return };
    let articles = pages();
    let (plain, marked) = (audit(&text, &articles), audit(&markdown, &articles));
    assert!(!marked.sentences.is_empty() && marked.faults.is_empty());
    for sentence in &marked.sentences {
        assert_eq!(verdict(&plain, &sentence.text), Some(sentence.verdict.name()), "{}", sentence.text);
    }
}

#[test]
fn a_published_digest_shows_its_faults_without_its_sources() {
    let Some(path) = std::env::var_os("NUTGRAF_SPECIMEN") else { return };
    let audit = audit(&std::fs::read_to_string(path).unwrap(), &[]);
    println!("{}", print::text(&audit));
    let with = |code| audit.sentences.iter().filter(|s| s.has(code)).count();
    assert_eq!((audit.sentences.len(), with(Code::Uncited)), (13, 2));
    assert_eq!((with(Code::DateImpossible), with(Code::DayUndated)), (1, 3));
    assert!(audit.faults.is_empty());
}

#[test]
fn an_article_supports_its_own_sentences() {
    let articles = pages();
    let (mut all, mut supported) = (0, 0);
    for article in &articles {
        let body: Vec<String> = (article.blocks.iter().skip(1))
            .flat_map(|block| language::sentences::sentences(block.span.of(&article.text), "en").into_iter().map(|s| s.shifted(block.span.start)))
            .map(|span| span.of(&article.text))
            .filter(|text| text.ends_with(['.', '”']) && text.split_whitespace().count() > 5)
            .map(|text| format!("{text}[1]"))
            .collect();
        let text = format!("{}\n\n1. “{}” {}, {}\n", body.join("\n\n"), article.title, article.outlet, article.url.as_deref().unwrap_or("-"));
        let audit = audit(&text, &articles);
        all += audit.sentences.len();
        for sentence in &audit.sentences {
            supported += usize::from(sentence.verdict.name() == "supported");
            if sentence.verdict.name() != "supported" {
                println!("{} {}: {} {:?}", article.id, sentence.verdict.name(), sentence.text, sentence.findings);
            }
        }
    }
    println!("{supported} of {all} supported by themselves");
    assert!(supported * 100 >= all * 97);
}
