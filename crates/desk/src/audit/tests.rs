//! The planted faults of the example, articles against themselves, and a text without its sources.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Audit, audit, print};
use crate::article::Article;
use crate::families::Families;
use crate::read::{page, record};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(root().join(path)).ok()
}

fn pages() -> Vec<Article> {
    let Ok(folder) = std::fs::read_dir(root().join("ferry/pages")) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = folder.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    paths
        .iter()
        .filter_map(|path| {
            let (page, _) = page::read(&std::fs::read(path).ok()?, None);
            record::from_page(page, None, path.file_stem()?.to_str(), &Families::starter())
        })
        .collect()
}

fn verdict(audit: &Audit, sentence: &str) -> Option<&'static str> {
    audit.sentences.iter().find(|s| s.text.starts_with(sentence)).map(|s| s.verdict.name())
}

#[test]
fn the_planted_faults_of_the_example_are_found() {
    let (Some(text), Some(expected)) = (read("audit/ferry-brief.txt"), read("audit/expected.json")) else {
        return;
    };
    let audit = audit(&text, &pages());
    let expected: Vec<Value> = serde_json::from_str(&expected).expect("the example is JSON");
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
    assert!(right >= 16, "{right} of {}", expected.len());
}

#[test]
fn the_faulty_marks_of_the_example_are_found() {
    let (Some(text), Some(expected)) =
        (read("audit/ferry-brief.txt"), read("audit/expected-references.json"))
    else {
        return;
    };
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
    let (Some(text), Some(markdown)) = (read("audit/ferry-brief.txt"), read("audit/ferry-brief.md")) else {
        return;
    };
    let articles = pages();
    let (plain, marked) = (audit(&text, &articles), audit(&markdown, &articles));
    assert!(!marked.sentences.is_empty() && marked.faults.is_empty());
    for sentence in &marked.sentences {
        assert_eq!(verdict(&plain, &sentence.text), Some(sentence.verdict.name()), "{}", sentence.text);
    }
}

#[test]
fn a_text_shows_its_faults_without_its_sources() {
    let text = "Tram Board Closes the Hill Line

The board closed the hill line on Friday after a cable frayed.[0] The mayor also asked for a second opinion on the cable.[1]

Riders were told to walk, said the board's spokeswoman, Ada Quill. “It is a short walk,” she said, and nobody \
was heard to agree in the U.S. [2].

0. “Hill line shut” The Tide, 13 Mar. 2026, https://tide.example/a

1. “Board weighs its cables” Quillport News, 9 Mar. 2026, https://quill.example/b

2. “A short walk” The Lantern, 14 Mar. 2026, https://lantern.example/c

Leave a comment below. 0 comments
";
    let audit = audit(text, &[]);
    assert_eq!(audit.title, "Tram Board Closes the Hill Line");
    let codes: Vec<Vec<&str>> = audit
        .sentences
        .iter()
        .map(|s| s.findings.iter().map(|finding| finding.code.name()).collect())
        .collect();
    let expected = [
        vec!["source-missing", "day-undated"],
        vec!["source-missing", "date-impossible"],
        vec!["uncited"],
        vec!["source-missing"],
    ];
    assert_eq!(codes, expected);
    assert!(audit.sentences.iter().all(|sentence| sentence.verdict.name() == "uncheckable"));
    assert_eq!((audit.figures.recall, audit.figures.precision), (None, None));
    assert!(audit.faults.is_empty() && print::is_faulty(&audit));
}

#[test]
fn an_audit_stands_any_text() {
    let Some(text) = read("audit/ferry-brief.txt") else { return };
    let articles = pages();
    for end in (0..text.len()).step_by(97).filter(|end| text.is_char_boundary(*end)) {
        let audit = audit(&text[end..], &articles[..2]);
        let _ = (print::text(&audit), print::json(&audit));
    }
}

#[test]
fn an_article_supports_its_own_sentences() {
    let articles = pages();
    let (mut all, mut supported) = (0, 0);
    for article in &articles {
        let body: Vec<String> = (article.blocks.iter().skip(1))
            .flat_map(|block| {
                language::sentences::sentences(block.span.of(&article.text), "en")
                    .into_iter()
                    .map(|s| s.shifted(block.span.start))
            })
            .map(|span| span.of(&article.text))
            .filter(|text| text.ends_with(['.', '”']) && text.split_whitespace().count() > 5)
            .map(|text| format!("{text}[1]"))
            .collect();
        let text = format!(
            "{}\n\n1. “{}” {}, {}\n",
            body.join("\n\n"),
            article.title,
            article.outlet,
            article.url.as_deref().unwrap_or("-")
        );
        let audit = audit(&text, &articles);
        all += audit.sentences.len();
        for sentence in &audit.sentences {
            supported += usize::from(sentence.verdict.name() == "supported");
            if sentence.verdict.name() != "supported" {
                println!(
                    "{} {}: {} {:?}",
                    article.id,
                    sentence.verdict.name(),
                    sentence.text,
                    sentence.findings
                );
            }
        }
    }
    println!("{supported} of {all} supported by themselves");
    assert!(supported * 100 >= all * 97);
}
