//! `nutgraf read`: pages to articles, as rows or from whatever holds them.

use std::io::{Read as _, Write as _};
use std::path::Path;

use anyhow::Result;
use desk::article::{Article, Block, Image, Role};
use desk::cite::Author;
use desk::families::Families;
use desk::read::parts::{Part, parts};
use desk::read::places::Places;
use desk::read::{feed, page, record};
use serde_json::{Value, json};

use crate::{Status, cli, intake, rows};

/// The most bytes of a page, unpacked.
const PAGE_BYTES: u64 = 64 << 20;

pub(crate) fn run(arguments: &cli::Read) -> Result<Status> {
    let families = Families::starter();
    let cli::Rooted { root, rows: cli::Rows { file } } = &arguments.rooted;
    if let Some(source) = file.as_deref().filter(|path| !is_rows(path)) {
        if arguments.places {
            anyhow::bail!(
                "--places needs rows whose pages are files, such as {{\"id\": \"1\", \"file\": \"page.html\"}}; {} is none",
                source.display()
            );
        }
        return sources(source, &arguments.limits, &families);
    }
    rows::each(file.as_deref(), |number, row| {
        rows::answer(row, number, read(row, root, arguments.places, &families))
    })?;
    Ok(Status::Done)
}

/// Whether a path leads to rows: it does where it is called so, begins as JSON does, or can't be looked at.
fn is_rows(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
    if ending.is_some_and(|ending| ending == "jsonl" || ending == "json" || ending == "ndjson") {
        return !path.is_dir();
    }
    let Ok(file) = std::fs::File::open(path) else { return !path.to_string_lossy().contains("://") };
    let Ok(meta) = file.metadata() else { return true };
    // What is neither file nor folder is a pipe, which can be read only once.
    if !meta.is_file() {
        return !meta.is_dir();
    }
    let mut head = Vec::new();
    if file.take(4096).read_to_end(&mut head).is_err() {
        return true;
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    head.is_empty() || head.starts_with(b"{") && !feed::looks_like_feed(head)
}

/// Prints the articles of a folder, an archive, a mailbox, a feed, a page or an address, one record a line.
fn sources(source: &Path, limits: &cli::Limits, families: &Families) -> Result<Status> {
    let intake = intake::read(&[source.to_string_lossy().into_owned()], limits, families)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for article in &intake.articles {
        writeln!(out, "{}", rows::answer(&json!({"id": article.id}), 0, fields(article, &[])))?;
    }
    out.flush()?;
    intake.summary.say(intake.articles.len());
    Ok(if intake.articles.is_empty() { Status::Unreadable } else { Status::Done })
}

fn read(row: &Value, root: &Path, places: bool, families: &Families) -> Value {
    let path = row.get("file").or_else(|| row.get("html")).and_then(Value::as_str).unwrap_or_default();
    let bytes = match load(&root.join(path)) {
        Ok(bytes) => bytes,
        Err(error) => return json!({"error": format!("{path}: {error}")}),
    };
    let url = row.get("url").and_then(Value::as_str);
    let (page, notes) = page::read(&bytes, url);
    let (title, authors, published) = (page.title.clone(), page.authors.clone(), page.published);
    let Some(article) = record::from_page(page, url, None, families) else {
        let published = published.map(|stamp| stamp.to_string());
        return json!({"title": title, "authors": authors, "published": published, "text": "", "notes": notes});
    };
    let mut record = fields(&article, &notes);
    if places {
        let page = Places::read(&bytes, url, None);
        let body = article.blocks.iter().filter(|block| block.role != Role::Headline);
        let found = body.map(|block| {
            let place = page.find(block.span.of(&article.text))?;
            Some(json!({"start": place.span.start, "end": place.span.end, "exact": place.exact}))
        });
        record["places"] = json!(found.collect::<Vec<_>>());
    }
    record
}

/// An article as a record. `text` is the body's paragraphs; `blocks` says what each part is.
pub(crate) fn fields(article: &Article, notes: &[String]) -> Value {
    let shown = || article.blocks.iter().filter(|block| block.role != Role::Headline);
    let body = shown().filter(|block| block.role != Role::Caption && block.role != Role::Correction);
    let body: Vec<&str> = body.map(|block| block.span.of(&article.text)).collect();
    let blocks = shown().map(|block| json!([block.role.name(), block.span.of(&article.text)]));
    let items = parts(article);
    let items = items.iter().map(|part| item(part, article)).collect::<Vec<_>>();
    json!({
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "authors": article.authors,
        "byline": article.authors.iter().filter_map(|name| author(name, &article.outlet)).collect::<Vec<_>>(),
        "agency": article.agency,
        "published": article.published.map(|stamp| stamp.to_string()),
        "modified": article.modified.map(|stamp| stamp.to_string()),
        "lang": article.lang,
        "kind": article.kind.name(),
        "sign": article.sign,
        "section": article.section,
        "paywalled": article.paywalled,
        "reserved": article.reserved,
        "reuse": article.reuse,
        "images": article.images.iter().map(image).collect::<Vec<_>>(),
        "links": article.links,
        "text": body.join("\n"),
        "blocks": blocks.collect::<Vec<_>>(),
        // One part is the article itself. A record with `items` would be taken for a JSON Feed.
        "parts": if items.len() > 1 { items } else { Vec::new() },
        "hash": article.hash(),
        "notes": notes,
    })
}

/// A name of the byline as a person, given and family names apart, or as an organisation.
fn author(name: &str, outlet: &str) -> Option<Value> {
    if name.to_lowercase() == outlet.to_lowercase() {
        return Some(json!({"organisation": name}));
    }
    Some(match Author::from_name(name)? {
        Author::Organisation(name) => json!({"organisation": name}),
        Author::Person { given, family, suffix } if suffix.is_empty() => {
            json!({"given": given, "family": family})
        }
        Author::Person { given, family, suffix } => {
            json!({"given": given, "family": family, "suffix": suffix})
        }
    })
}

/// One news item of a page that holds several: its heading, the time that it prints, and its first and last block.
fn item(part: &Part, article: &Article) -> Value {
    let body = article.blocks.iter().filter(|block| block.role != Role::Headline);
    let inside = |block: &Block| part.span.start <= block.span.start && block.span.end <= part.span.end;
    let first = body.clone().position(inside);
    let count = body.filter(|block| inside(block)).count();
    json!({
        "title": part.title.map(|title| title.of(&article.text)),
        "time": part.time.map(|time| time.strftime("%H:%M").to_string()),
        "blocks": [first, first.map(|first| first + count)],
    })
}

fn image(image: &Image) -> Value {
    json!({"url": image.url, "caption": image.caption, "credit": image.credit})
}

/// The bytes of a file, unpacked where it is gzip.
fn load(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path)?;
    if path.extension().is_some_and(|ending| ending == "gz") {
        flate2::read::GzDecoder::new(std::io::BufReader::new(file))
            .take(PAGE_BYTES)
            .read_to_end(&mut bytes)?;
    } else {
        file.take(PAGE_BYTES).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
