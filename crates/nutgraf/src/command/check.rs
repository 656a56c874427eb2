//! `nutgraf check`: claims against evidence.

use anyhow::Result;
use desk::verify::judge::{Claim, judge, model};
use language::sentences::sentences;
use serde_json::{Map, Value, json};

use crate::{Status, cli, rows};

pub(crate) fn run(arguments: &cli::Check) -> Result<Status> {
    let features = arguments.features;
    rows::each(arguments.rows.file.as_deref(), |number, row| {
        rows::answer(row, number, verdict(row, features))
    })?;
    Ok(Status::Done)
}

fn verdict(row: &Value, features: bool) -> Value {
    let claim = row.get("claim").or_else(|| row.get("summary")).and_then(Value::as_str);
    let Some(claim) = claim else {
        return json!({"error": "the record has no claim: give {claim, evidence}, {doc, claim} or {doc, summary}"});
    };
    let listed = row.get("evidence").and_then(Value::as_array);
    let doc = row.get("doc").and_then(Value::as_str);
    let evidence: Vec<&str> = match (listed, doc) {
        (Some(passages), _) => passages.iter().map(|p| p.as_str().unwrap_or_default()).collect(),
        (None, Some(doc)) => sentences(doc, "en").into_iter().map(|span| span.of(doc)).collect(),
        (None, None) => {
            return json!({"error": "the record has no evidence: give {claim, evidence}, {doc, claim} or {doc, summary}"});
        }
    };
    let subject = row.get("meta").and_then(|meta| meta.get("claim_title")).and_then(Value::as_str);
    let judgement = judge(&Claim { text: claim, subject }, &evidence);
    let findings =
        judgement.findings.iter().map(|finding| json!({"code": finding.code.name(), "note": finding.note}));
    let mut answer = json!({
        "score": (judgement.score * 1e6).round() / 1e6,
        "verdict": judgement.verdict.name(),
        "evidence": judgement.evidence,
        "findings": findings.collect::<Vec<_>>(),
    });
    if features {
        let named = model::NAMES.iter().zip(judgement.features);
        answer["features"] =
            named.map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<Map<_, _>>().into();
    }
    answer
}
