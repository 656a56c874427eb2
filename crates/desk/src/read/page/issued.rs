//! When an article was published and last changed, in the page's own offset.

use crate::stamp::Stamp;

use super::jsonld::Linked;
use super::moment;
use super::tags::{Tags, microdata};
use super::tree::Tree;

/// Names under which meta tags give the moment of publication, the surest first.
const NAMED: [&str; 23] = [
    "article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "article.published",
    "date",
    "cxenseparse:recs:publishtime",
    "og:published_time",
    "citation_publication_date",
    "og:article:published_time",
    "creation_date",
    "article:published",
    "dcterms.date",
    "created",
    "published_date",
    "last-modified-date",
];

/// Names under which they give the moment of the last change.
const CHANGED: [&str; 7] = [
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "last-modified",
    "dcterms.modified",
    "lastmod",
    "article:updated_time",
];

/// Words before a printed moment of publication, in lower case.
const LABELS: [&str; 24] = [
    "published",
    "posted",
    "date",
    "datum",
    "veröffentlicht",
    "erstellt",
    "publiziert",
    "publié",
    "publicado",
    "publicada",
    "pubblicato",
    "publicerad",
    "publisert",
    "publiceret",
    "gepubliceerd",
    "opublikowano",
    "opublikováno",
    "julkaistu",
    "опубликовано",
    "дата",
    "first published",
    "published on",
    "posted on",
    "data publikacji",
];

/// When the article was published.
pub(super) fn published(tree: &Tree, tags: &Tags, linked: &Linked, url: Option<&str>) -> Option<Stamp> {
    linked
        .published
        .as_deref()
        .and_then(moment::parse)
        .or_else(|| microdata(tree, "datePublished").iter().find_map(|text| moment::parse(text)))
        .or_else(|| NAMED.iter().flat_map(|name| tags.all(name)).find_map(|text| moment::parse(text)))
        .or_else(|| labelled(tree))
        .or_else(|| times(tree))
        .or_else(|| url.and_then(dated_path))
        .or_else(|| linked.modified.as_deref().and_then(moment::parse))
}

/// When it was last changed; nothing where that is before it was published.
pub(super) fn modified(
    tree: &Tree,
    tags: &Tags,
    linked: &Linked,
    published: Option<&Stamp>,
) -> Option<Stamp> {
    let stamp = linked
        .modified
        .as_deref()
        .and_then(moment::parse)
        .or_else(|| microdata(tree, "dateModified").iter().find_map(|text| moment::parse(text)))
        .or_else(|| tags.get(&CHANGED).and_then(moment::parse))?;
    Some(stamp).filter(|stamp| published.is_none_or(|published| stamp.day >= published.day))
}

/// A short line that is a label and a moment: `Datum 11.03.2026`.
fn labelled(tree: &Tree) -> Option<Stamp> {
    let short = |&index: &usize| {
        let node = &tree.nodes[index];
        node.end - index < 8 && matches!(node.name.as_str(), "li" | "p" | "div" | "span" | "dl" | "tr" | "td")
    };
    (0..tree.nodes.len()).filter(short).take(5_000).find_map(|index| {
        let text = tree.text(index);
        let label = text.split([' ', ':']).next()?;
        if text.len() > 60 || label.is_empty() || label.len() == text.len() {
            return None;
        }
        let lower = text.to_lowercase();
        let rest =
            LABELS.iter().filter_map(|label| lower.strip_prefix(label)).min_by_key(|rest| rest.len())?;
        if !rest.starts_with([' ', ':']) {
            return None;
        }
        moment::parse(rest.trim_start_matches([' ', ':']))
    })
}

/// The first moment that the page prints in a `<time>` or in an element whose class speaks of a date.
fn times(tree: &Tree) -> Option<Stamp> {
    let of = |index: usize| {
        let node = &tree.nodes[index];
        let given = node.attribute("datetime").or(node.attribute("data-datetime")).and_then(moment::parse);
        given.or_else(|| {
            (node.end - index < 40).then(|| tree.text(index)).and_then(|text| moment::parse(&text))
        })
    };
    let all = 0..tree.nodes.len();
    all.clone().filter(|&i| tree.nodes[i].is("time")).take(20).find_map(of).or_else(|| {
        let says = |hint: &str| {
            ["date", "time", "publish", "posted", "meta", "byline"].iter().any(|word| hint.contains(word))
        };
        all.filter(|&i| !tree.nodes[i].name.is_empty() && says(&tree.nodes[i].hint)).take(60).find_map(of)
    })
}

/// `/2026/03/11/` in the address, or eight digits that can only be a day: `/A20260311…`.
fn dated_path(url: &str) -> Option<Stamp> {
    let parts: Vec<&str> = url.split(['/', '?']).collect();
    let parted = parts.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        let fits = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        fits.then(|| moment::parse(&format!("{year}/{month}/{day}"))).flatten()
    });
    let joined = || {
        let runs = url.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() >= 8);
        runs.take(20).find_map(|run| {
            let year: u16 = run[..4].parse().ok()?;
            let text = format!("{}-{}-{}", &run[..4], &run[4..6], &run[6..8]);
            (1995..2040).contains(&year).then(|| moment::parse(&text)).flatten()
        })
    };
    parted.or_else(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, linked: &Linked, url: Option<&str>) -> (String, String) {
        let tree = Tree::parse(html.to_owned());
        let tags = Tags::read(&tree);
        let published = published(&tree, &tags, linked, url);
        let modified = modified(&tree, &tags, linked, published.as_ref());
        let text = |stamp: Option<Stamp>| stamp.map(|stamp| stamp.to_string()).unwrap_or_default();
        (text(published), text(modified))
    }

    #[test]
    fn the_day_comes_from_the_surest_place() {
        let none = Linked::default();
        let linked = Linked {
            published: Some("2026-03-11T23:40:00-05:00".to_owned()),
            modified: Some("2026-03-12T08:00:00-05:00".to_owned()),
            ..Linked::default()
        };
        for (html, linked, url, published, modified) in [
            (
                "<time datetime=2026-01-01>",
                &linked,
                None,
                "2026-03-11T23:40:00-05:00",
                "2026-03-12T08:00:00-05:00",
            ),
            (
                "<meta name=date content=2026-03-11><meta name=last-modified content=2026-03-13>",
                &none,
                None,
                "2026-03-11",
                "2026-03-13",
            ),
            (
                "<meta name=date content=2026-03-11><meta name=last-modified content=2025-03-13>",
                &none,
                None,
                "2026-03-11",
                "",
            ),
            (
                "<span class=date>24.02.2026</span><ul><li><strong>Datum</strong> 11.03.2026</li></ul>",
                &none,
                None,
                "2026-03-11",
                "",
            ),
            ("<p>Published: March 11, 2026</p><time datetime=2025-01-01>", &none, None, "2026-03-11", ""),
            ("", &none, Some("https://post.example/2026/03/11/ferry"), "2026-03-11", ""),
            ("", &none, Some("https://post.example/a/A2026031114320005196"), "2026-03-11", ""),
            ("", &none, Some("https://post.example/a/20269931"), "", ""),
            ("", &none, Some("https://post.example/a/123456789012"), "", ""),
        ] {
            assert_eq!(
                check(html, linked, url),
                (published.to_owned(), modified.to_owned()),
                "{html} {url:?}"
            );
        }
    }
}
