//! The reference list for other programs: CSL-JSON, BibTeX, RIS.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::source::{Author, Source, spaced};

/// The sources as an array of CSL-JSON items, in the order given.
#[must_use]
pub fn csl(sources: &[Source]) -> Value {
    Value::Array(sources.iter().map(csl_item).collect())
}

fn csl_item(source: &Source) -> Value {
    let mut item = Map::new();
    item.insert("id".into(), json!(source.id));
    item.insert("type".into(), json!("article-newspaper"));
    let authors: Vec<Value> = source.authors.iter().map(csl_author).collect();
    let parts = |date: Date| json!({"date-parts": [[date.year(), date.month(), date.day()]]});
    let fields = [
        ("title", Some(json!(source.title)).filter(|_| !source.title.is_empty())),
        ("container-title", Some(json!(source.outlet)).filter(|_| !source.outlet.is_empty())),
        ("author", Some(Value::Array(authors)).filter(|_| !source.authors.is_empty())),
        ("issued", source.published.map(parts)),
        ("URL", source.url.as_ref().map(|url| json!(url))),
        ("accessed", source.accessed.map(parts)),
    ];
    item.extend(fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    Value::Object(item)
}

fn csl_author(author: &Author) -> Value {
    match author {
        Author::Organisation(name) => json!({"literal": name}),
        Author::Person { given, family, suffix } => {
            let parts = [("family", family), ("given", given), ("suffix", suffix)];
            let filled = parts.into_iter().filter(|(_, text)| !text.is_empty());
            Value::Object(filled.map(|(name, text)| (name.to_owned(), json!(text))).collect())
        }
    }
}

/// The sources as BibLaTeX entries: `@article` where the outlet is known, `@online` otherwise. Keys are
/// made of the first name and the year and are unique within the list.
#[must_use]
pub fn bibtex(sources: &[Source]) -> String {
    let mut taken = BTreeMap::new();
    let mut out = String::new();
    for source in sources {
        let kind = if source.outlet.is_empty() { "online" } else { "article" };
        let authors: Vec<String> = source.authors.iter().map(bibtex_author).collect();
        // Writing to a string cannot fail, so the results are dropped.
        let _ = writeln!(out, "@{kind}{{{},", key(source, &mut taken));
        let fields = [
            ("author", authors.join(" and ")),
            // The second pair of braces keeps the outlet's capitals.
            ("title", braced(&source.title)),
            ("journaltitle", braced(&source.outlet)),
            ("date", source.published.map(|day| day.to_string()).unwrap_or_default()),
            ("url", source.url.as_deref().map(address).unwrap_or_default()),
            ("urldate", source.accessed.map(|day| day.to_string()).unwrap_or_default()),
        ];
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            let _ = writeln!(out, "  {name} = {{{value}}},");
        }
        out.push_str("}\n\n");
    }
    out.truncate(out.trim_end().len());
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn braced(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{{{}}}", escaped(text)) }
}

fn bibtex_author(author: &Author) -> String {
    match author {
        Author::Organisation(name) => braced(name),
        Author::Person { given, family, suffix } => {
            let parts = [family, suffix, given];
            let names: Vec<String> =
                parts.into_iter().filter(|p| !p.is_empty()).map(|p| escaped(p)).collect();
            // A name with the word that parts names must not be taken for two.
            let whole = names.join(", ");
            if whole.contains(" and ") { format!("{{{whole}}}") } else { whole }
        }
    }
}

/// Text with LaTeX's own characters written so that they print.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in spaced(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '$' | '&' | '%' | '#' | '_' => out.extend(['\\', c]),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// An address with the characters percent-encoded that would end or break the field.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '{' | '}' | '\\' | ' ' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

fn key(source: &Source, taken: &mut BTreeMap<String, u32>) -> String {
    let name = match source.authors.first() {
        Some(Author::Person { family, .. }) => family,
        Some(Author::Organisation(name)) => name,
        None => &source.outlet,
    };
    let mut stem: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    if stem.is_empty() {
        stem.push_str("source");
    }
    if let Some(day) = source.published {
        let _ = write!(stem, "{}", day.year());
    }
    let copies = taken.entry(stem.clone()).or_default();
    *copies += 1;
    // A stem has no hyphen, so a numbered key never equals another stem.
    if *copies == 1 { stem } else { format!("{stem}-{copies}") }
}

/// The sources as RIS records of type `NEWS`.
#[must_use]
pub fn ris(sources: &[Source]) -> String {
    let mut out = String::new();
    for source in sources {
        line(&mut out, "TY", "NEWS");
        line(&mut out, "ID", &source.id);
        for author in &source.authors {
            line(&mut out, "AU", &ris_author(author));
        }
        line(&mut out, "TI", &source.title);
        line(&mut out, "T2", &source.outlet);
        if let Some(day) = source.published {
            line(&mut out, "PY", &day.year().to_string());
            line(&mut out, "DA", &ris_day(day));
        }
        line(&mut out, "UR", source.url.as_deref().unwrap_or_default());
        line(&mut out, "Y2", &source.accessed.map(ris_day).unwrap_or_default());
        out.push_str("ER  - \r\n");
    }
    out
}

fn line(out: &mut String, tag: &str, value: &str) {
    // One value is one line: a line break inside would start a field of its own.
    let value = spaced(value);
    if !value.is_empty() {
        let _ = write!(out, "{tag}  - {value}\r\n");
    }
}

fn ris_author(author: &Author) -> String {
    match author {
        Author::Organisation(name) => name.clone(),
        Author::Person { given, family, suffix } => {
            let parts = [family.as_str(), given, suffix];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
    }
}

fn ris_day(day: Date) -> String {
    format!("{:04}/{:02}/{:02}", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        Source {
            id: "n1".into(),
            title: "Quay & {Dock}: 50% off".into(),
            outlet: "The Lantern".into(),
            authors: ["Ada van Quill", "HNA"].iter().filter_map(|name| Author::from_name(name)).collect(),
            published: Some(jiff::civil::date(2026, 3, 1)),
            url: Some("https://lantern.example/a_b?c={d}".into()),
            accessed: None,
        }
    }

    #[test]
    fn csl_items_come_back_as_the_source_they_were() {
        assert_eq!(Source::from_csl(&csl(&[source()])[0]), source());
    }

    #[test]
    fn bibtex_escapes_and_gives_each_source_its_own_key() {
        let out = bibtex(&[source(), source()]);
        assert!(
            out.contains("@article{vanquill2026,\n") && out.contains("@article{vanquill2026-2,\n"),
            "{out}"
        );
        assert!(out.contains("title = {{Quay \\& \\{Dock\\}: 50\\% off}},"), "{out}");
        assert!(out.contains("author = {van Quill, Ada and {HNA}},"), "{out}");
        assert!(out.contains("url = {https://lantern.example/a_b?c=%7Bd%7D},"), "{out}");
        assert_eq!(bibtex(&[]), "");
        assert!(bibtex(&[Source::default()]).starts_with("@online{source,"));
    }

    #[test]
    fn ris_writes_one_value_a_line() {
        let mut two = source();
        two.title = "A\nER  - B".into();
        assert_eq!(
            ris(&[two]),
            "TY  - NEWS\r\nID  - n1\r\nAU  - van Quill, Ada\r\nAU  - HNA\r\nTI  - A ER - B\r\nT2  - The Lantern\r\nPY  - 2026\r\n\
             DA  - 2026/03/01\r\nUR  - https://lantern.example/a_b?c={d}\r\nER  - \r\n"
        );
    }
}
