//! What a digest is written as, and where to.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use desk::cite::{self, Part};
use desk::edit::Edited;
use desk::group::Story;
use desk::print::{self, Form};
use desk::receipt::receipt;
use desk::verify::digest::{Cited, Digest};
use language::text::CodePoints;
use serde_json::{Value, json};
use web::{PageOptions, PartKind, ReferenceView};

use crate::cli::{self, Format};

/// Writes every digest and returns how many there were.
pub(super) fn write(
    arguments: &cli::Digest,
    form: Form,
    stories: &[Story],
    edited: &[Edited],
) -> Result<usize> {
    let mut taken = BTreeSet::new();
    let mut count = 0;
    if let Some(folder) = &arguments.out {
        std::fs::create_dir_all(folder).with_context(|| {
            format!("{}: the folder can't be made. Give one that you may write to", folder.display())
        })?;
    }
    let mut stdout = std::io::stdout().lock();
    for (story, edited) in stories.iter().zip(edited) {
        let Some(digest) = &edited.digest else { continue };
        let bytes = bytes(arguments.format, form, story, edited, digest);
        match &arguments.out {
            Some(folder) => save(folder, &file_name(&story.id, arguments.format, &mut taken), &bytes)?,
            None if count > 0 && arguments.format == Format::Text => {
                write!(stdout, "\n{}\n\n{bytes}", "=".repeat(72))?;
            }
            None => stdout.write_all(bytes.as_bytes())?,
        }
        count += 1;
    }
    stdout.flush()?;
    if let Some(folder) = &arguments.out {
        eprintln!("wrote: {count} digests into {}", folder.display());
    }
    Ok(count)
}

fn save(folder: &Path, name: &str, bytes: &str) -> Result<()> {
    let path = folder.join(name);
    std::fs::write(&path, bytes)
        .with_context(|| format!("{}: can't be written. Check the space and the permissions", path.display()))
}

fn file_name(story: &str, format: Format, taken: &mut BTreeSet<String>) -> String {
    let ending = match format {
        Format::Text => "txt",
        Format::Markdown => "md",
        Format::Html => "html",
        Format::Json | Format::Receipt | Format::CslJson => "json",
        Format::Bibtex => "bib",
        Format::Ris => "ris",
    };
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
    let mut name: String = story.chars().map(plain).take(80).collect();
    if name.is_empty() || !taken.insert(name.clone()) {
        name = format!("{name}-{}", &desk::article::sha256(story.as_bytes())[..8]);
        taken.insert(name.clone());
    }
    format!("{name}.{ending}")
}

fn bytes(format: Format, form: Form, story: &Story, edited: &Edited, digest: &Digest) -> String {
    let sources = || digest.sources().iter().map(print::citable).collect::<Vec<_>>();
    match format {
        Format::Text => print::text(digest, form),
        Format::Markdown => print::markdown(digest, form),
        Format::Html => page(form, story, edited, digest),
        Format::Json => format!("{}\n", record(form, story, edited, digest)),
        Format::Receipt => receipt(digest, form).to_json(),
        Format::CslJson => format!("{:#}\n", cite::csl(&sources())),
        Format::Bibtex => cite::bibtex(&sources()),
        Format::Ris => cite::ris(&sources()),
    }
}

/// The digest as one JSON object: a citation names an article id and spans in code points, never a mark.
fn record(form: Form, story: &Story, edited: &Edited, digest: &Digest) -> Value {
    let points: Vec<CodePoints> =
        digest.sources().iter().map(|source| CodePoints::new(&source.text)).collect();
    let sentence = |cited: &Cited| {
        let citations = cited.marks().into_iter().map(|source| {
            let own = cited.passages().iter().filter(|passage| passage.source == source);
            let spans = own.map(|passage| {
                json!([points[source].at(passage.span.start), points[source].at(passage.span.end)])
            });
            json!({"article": digest.sources()[source].article, "spans": spans.collect::<Vec<_>>()})
        });
        let citations = citations.collect::<Vec<_>>();
        let edits = cited.edits().iter().map(|edit| edit.kind.name()).collect::<BTreeSet<_>>();
        json!({"text": cited.text(), "citations": citations, "edited": edits})
    };
    let references = print::references(digest, form.style);
    let references = digest.sources().iter().zip(references).map(|(source, text)| {
        json!({
            "article": source.article,
            "outlet": source.outlet,
            "family": source.family,
            "title": source.title,
            "published": source.published.map(|stamp| stamp.to_string()),
            "url": source.url,
            "text": text,
        })
    });
    let refused = edited.refused.iter().filter(|refusal| refusal.passage.is_none()).map(|refusal| {
        json!({
            "text": refusal.sentence, "code": refusal.finding.code.name(), "note": refusal.finding.note,
        })
    });
    json!({
        "story": story.id,
        "headline": sentence(digest.headline()),
        "sentences": digest.sentences().map(sentence).collect::<Vec<_>>(),
        "paragraphs": digest.paragraphs().iter().map(Vec::len).collect::<Vec<_>>(),
        "references": references.collect::<Vec<_>>(),
        "families": digest.families(),
        "refused": refused.collect::<Vec<_>>(),
    })
}

/// The digest as one self-contained page.
fn page(form: Form, story: &Story, edited: &Edited, digest: &Digest) -> String {
    let parts = |source| cite::reference_parts(&print::citable(source), form.style);
    let set = |part: &Part| match part {
        Part::Text(text) => (PartKind::Text, text.clone()),
        Part::Italic(text) => (PartKind::Italic, text.clone()),
        Part::Link(text) => (PartKind::Link, text.clone()),
    };
    let numbered = (form.first_mark..).zip(digest.sources());
    let references = numbered
        .map(|(number, source)| ReferenceView { number, parts: parts(source).iter().map(set).collect() });
    let options = PageOptions {
        first_mark: form.first_mark,
        references: references.collect(),
        refused: edited.refused.iter().filter(|refusal| refusal.passage.is_none()).count(),
        generator: format!("Made with Nutgraf {}; story {}", env!("CARGO_PKG_VERSION"), story.id),
        ..PageOptions::default()
    };
    web::digest_page(digest, &options)
}
