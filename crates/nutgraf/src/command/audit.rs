//! `nutgraf audit`: judges a cited text sentence by sentence against its sources.

use std::io::{Read, Write as _};

use anyhow::{Context, Result};
use desk::article::Article;
use desk::audit::{self, Audit, Audited, Shown};
use web::{AuditPassage, AuditSentence, AuditView, Verdict};

use crate::cli::{self, AuditFormat};
use crate::{Status, command, intake};

/// The most bytes of a text.
const BYTES: u64 = 16 << 20;

pub(crate) fn run(arguments: &cli::Audit) -> Result<Status> {
    let text = read(&arguments.text)?;
    let articles = articles(arguments)?;
    let audit = audit::audit(&text, &articles);
    if audit.sentences.is_empty() {
        eprintln!("nutgraf: {}: no sentence was found, so there is nothing to judge", arguments.text);
    }
    let printed = match arguments.format {
        AuditFormat::Text => audit::print::text(&audit),
        AuditFormat::Json => format!("{}\n", audit::print::json(&audit)),
        AuditFormat::Html => web::audit_page(&view(&audit, &articles, &arguments.text)),
    };
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(printed.as_bytes())?;
    stdout.flush()?;
    Ok(if audit::print::is_faulty(&audit) { Status::Faults } else { Status::Done })
}

fn read(name: &str) -> Result<String> {
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().lock().take(BYTES).read_to_end(&mut bytes)?;
    } else {
        let file = std::fs::File::open(name);
        let file = file.with_context(|| format!("{name}: the text can't be opened. Check the spelling"))?;
        file.take(BYTES).read_to_end(&mut bytes).with_context(|| format!("{name}: can't be read"))?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn articles(arguments: &cli::Audit) -> Result<Vec<Article>> {
    if arguments.sources.is_empty() {
        eprintln!("nutgraf: no --sources were given, so no sentence can be checked against what it cites");
        return Ok(Vec::new());
    }
    let families = command::group::families(None)?;
    let intake = intake::read(&arguments.sources, &arguments.limits, &families)?;
    intake.summary.say(intake.articles.len());
    Ok(intake.articles)
}

/// The audit as the page shows it.
fn view(audit: &Audit, articles: &[Article], name: &str) -> AuditView {
    let title = if audit.title.is_empty() { name } else { &audit.title };
    let mut figures = audit::print::table(audit);
    figures.extend(audit.faults.iter().map(|fault| ("Marks and list".to_owned(), fault.note.clone())));
    AuditView {
        title: title.to_owned(),
        lang: audit.lang.clone(),
        figures,
        sentences: audit.sentences.iter().map(|sentence| sentence_view(sentence, articles)).collect(),
        generator: format!("Audited with Nutgraf {}.", env!("CARGO_PKG_VERSION")),
    }
}

fn sentence_view(sentence: &Audited, articles: &[Article]) -> AuditSentence {
    let reasons = sentence.findings.iter().map(|finding| finding.note.clone());
    AuditSentence {
        text: sentence.text.clone(),
        verdict: Verdict::from_name(audit::print::word(sentence)).unwrap_or(Verdict::Uncheckable),
        reasons: reasons.collect(),
        passages: sentence.passages.iter().map(|shown| passage_view(shown, articles)).collect(),
    }
}

fn passage_view(shown: &Shown, articles: &[Article]) -> AuditPassage {
    let article = &articles[shown.passage.article];
    AuditPassage {
        text: shown.text.clone(),
        outlet: shown.outlet.clone(),
        date: article.published.map(|stamp| language::dates::written(stamp.day)),
        paywalled: article.paywalled,
        url: article.url.clone(),
    }
}
