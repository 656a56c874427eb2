//! An audit as text for people and as one JSON object for programs.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::verify::judge::Verdict;

use super::finding::Code;
use super::{Audit, Audited};

/// The sign of a verdict, so that it can be told without colour.
#[must_use]
pub fn sign(sentence: &Audited) -> &'static str {
    match sentence.verdict {
        Verdict::Supported => "✓",
        Verdict::Partly => "≈",
        Verdict::Contradicted => "≠",
        Verdict::Unsupported => "×",
        Verdict::Uncheckable if sentence.has(Code::Uncited) => "–",
        Verdict::Uncheckable => "?",
    }
}

/// The word printed for a sentence: its verdict, or `uncited`.
#[must_use]
pub fn word(sentence: &Audited) -> &'static str {
    if sentence.has(Code::Uncited) { Code::Uncited.name() } else { sentence.verdict.name() }
}

/// Whether the text has a fault: a sentence that its sources don't bear out, one without a mark, or a fault of
/// marks and list.
#[must_use]
pub fn is_faulty(audit: &Audit) -> bool {
    let sound = |sentence: &Audited| match sentence.verdict {
        Verdict::Supported => true,
        Verdict::Uncheckable => !sentence.has(Code::Uncited),
        Verdict::Partly | Verdict::Contradicted | Verdict::Unsupported => false,
    };
    !audit.faults.is_empty() || !audit.sentences.iter().all(sound)
}

/// Each sentence with its verdict, its reasons and its best passage; faults of marks and list; the figures.
#[must_use]
pub fn text(audit: &Audit) -> String {
    let mut out = String::new();
    if !audit.title.is_empty() {
        writeln!(out, "{}\n", clean(&audit.title)).expect("a string takes all");
    }
    for (number, sentence) in (1..).zip(&audit.sentences) {
        sentence_text(&mut out, number, sentence).expect("a string takes all");
    }
    if !audit.faults.is_empty() {
        out.push_str("Marks and list\n");
        for fault in &audit.faults {
            writeln!(out, "  {} [{}]", clean(&fault.note), fault.code).expect("a string takes all");
        }
        out.push('\n');
    }
    out.push_str("Figures\n");
    for (name, figure) in table(audit) {
        writeln!(out, "  {name:<48} {figure:>6}").expect("a string takes all");
    }
    out
}

fn sentence_text(out: &mut String, number: usize, sentence: &Audited) -> std::fmt::Result {
    let marks: String = sentence.citations.iter().map(|citation| format!("[{}]", citation.label)).collect();
    writeln!(out, "{number:>3}. {} {}", sign(sentence), word(sentence))?;
    writeln!(out, "     {}{}", clean(&sentence.text), clean(&marks))?;
    if sentence.citations.len() > 1 {
        let each = sentence.citations.iter().map(|c| format!("[{}] {}", c.label, c.verdict.name()));
        writeln!(out, "     alone: {}", clean(&each.collect::<Vec<_>>().join(", ")))?;
    }
    for finding in &sentence.findings {
        writeln!(out, "     · {} [{}]", clean(&finding.note), finding.code.name())?;
    }
    if let Some(passage) = sentence.passages.first() {
        let outlet = if passage.outlet.is_empty() { &passage.article } else { &passage.outlet };
        writeln!(out, "     > {}: {}", clean(outlet), clean(&passage.text))?;
    }
    out.push('\n');
    Ok(())
}

/// One line, without characters that would steer a terminal.
fn clean(text: &str) -> String {
    let visible = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    visible.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rows of the table of figures: what was counted, and the figure.
#[must_use]
pub fn table(audit: &Audit) -> Vec<(String, String)> {
    let share = |share: Option<f64>| share.map_or("–".to_owned(), |share| format!("{:.0} %", share * 100.0));
    let figures = &audit.figures;
    let mut out: Vec<(String, String)> = vec![
        ("Citation recall".to_owned(), share(figures.recall)),
        ("Citation precision".to_owned(), share(figures.precision)),
    ];
    out.extend(figures.counts().into_iter().map(|(_, name, count)| (name.to_owned(), count.to_string())));
    out
}

/// The audit as one object: `{title, sentences, references, faults, figures}`. Offsets count code points.
#[must_use]
pub fn json(audit: &Audit) -> Value {
    let references = audit.references.iter().map(|listed| {
        let reference = &listed.reference;
        json!({
            "label": reference.label,
            "title": reference.title,
            "outlet": reference.outlet,
            "date": reference.date.map(|day| day.to_string()),
            "url": reference.url,
            "listed": reference.listed,
            "article": listed.id,
        })
    });
    let faults = audit.faults.iter().map(|fault| {
        json!({"reference": number(&fault.label), "fault": fault.code, "note": fault.note})
    });
    let share = |share: Option<f64>| share.map(|share| (share * 1e6).round() / 1e6);
    let mut figures = Map::new();
    figures.insert("recall".to_owned(), json!(share(audit.figures.recall)));
    figures.insert("precision".to_owned(), json!(share(audit.figures.precision)));
    figures.extend(audit.figures.counts().into_iter().map(|(name, _, count)| (name.to_owned(), json!(count))));
    json!({
        "title": audit.title,
        "sentences": audit.sentences.iter().map(sentence_json).collect::<Vec<_>>(),
        "references": references.collect::<Vec<_>>(),
        "faults": faults.collect::<Vec<_>>(),
        "figures": figures,
    })
}

fn sentence_json(sentence: &Audited) -> Value {
    let citations = sentence.citations.iter().map(|c| json!({"mark": number(&c.label), "verdict": c.verdict.name()}));
    let findings = sentence.findings.iter().map(|f| json!({"code": f.code.name(), "note": f.note}));
    let passages = sentence.passages.iter().map(|p| {
        json!({"article": p.article, "outlet": p.outlet, "start": p.start, "end": p.end, "text": p.text})
    });
    json!({
        "text": sentence.text,
        "marks": sentence.citations.iter().map(|citation| number(&citation.label)).collect::<Vec<_>>(),
        "verdict": sentence.verdict.name(),
        "citations": citations.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
        "passages": passages.collect::<Vec<_>>(),
    })
}

/// A label as a number where it is one.
fn number(label: &str) -> Value {
    label.parse::<u32>().map_or_else(|_| json!(label), |number| json!(number))
}
