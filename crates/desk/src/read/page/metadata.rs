//! A page's facts in order of trust: JSON-LD, then microdata, then meta tags, then what the page prints.

use crate::article::Image;
use crate::stamp::Stamp;

use super::jsonld::Linked;
use super::tags::{Tags, microdata};
use super::tree::Tree;
use super::{authors, image, issued, rights, suffix, title};

/// Names under which meta tags give the section.
const SECTIONS: [&str; 8] = [
    "article:section",
    "section",
    "articlesection",
    "parsely-section",
    "content_category",
    "category",
    "cxenseparse:category",
    "article:category",
];

/// Names under which they give the genre.
const GENRES: [&str; 8] = [
    "article:genre",
    "genre",
    "article:type",
    "article_type",
    "articletype",
    "content_type",
    "article:content_type",
    "page_type",
];

/// Words of class names that mark the label above a headline.
const LABELED: [&str; 9] =
    ["kicker", "overline", "eyebrow", "dachzeile", "topline", "overhead", "rubric", "flag", "pretitle"];

/// The facts of a page, apart from its kind and its text.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) title: String,
    pub(super) authors: Vec<String>,
    /// Names that are accounts or editors, and give way to one that the text prints.
    pub(super) weak: Vec<String>,
    pub(super) outlet: Option<String>,
    pub(super) published: Option<Stamp>,
    pub(super) modified: Option<Stamp>,
    pub(super) lang: String,
    pub(super) sections: Vec<String>,
    pub(super) genres: Vec<String>,
    pub(super) keywords: Vec<String>,
    pub(super) description: Option<String>,
    /// Whether the page calls itself an opinion.
    pub(super) opinion: bool,
    /// What is printed above the headline.
    pub(super) labels: Vec<String>,
    pub(super) canonical: Option<String>,
    pub(super) images: Vec<Image>,
    pub(super) paywalled: bool,
    pub(super) reuse: rights::Reuse,
}

/// Gathers the facts.
pub(super) fn gather(tree: &Tree, linked: &Linked, url: Option<&str>) -> Facts {
    let tags = Tags::read(tree);
    let headings = headings(tree);
    let page = page_title(tree);
    let address = url.or(tags.canonical.as_deref());
    let outlet = outlet(&tags, linked).or_else(|| suffix::site(page.as_deref()?, &headings));
    let outlet = outlet.map(|name| short(&name, address.and_then(host)));
    let sections = listed(&linked.sections, &tags, &SECTIONS);
    let published = issued::published(tree, &tags, linked, address.or(tags.get(&["og:url"])));
    let authors = authors::gather(tree, &tags, linked, outlet.as_deref(), address);
    Facts {
        title: headline(
            tree,
            &tags,
            linked,
            &Printed {
                headings: &headings,
                page: page.as_deref(),
                outlet: outlet.as_deref(),
                address,
                sections: &sections,
            },
        ),
        authors: authors.names,
        weak: authors.weak,
        modified: issued::modified(tree, &tags, linked, published.as_ref()),
        published,
        lang: lang(tree, &tags, linked),
        sections,
        genres: listed(&linked.genres, &tags, &GENRES),
        keywords: listed(&linked.keywords, &tags, &["keywords", "news_keywords", "article:tag"]),
        description: tags.get(&["description", "og:description"]).map(str::to_owned),
        opinion: tags.get(&["article:opinion"]).is_some_and(|value| value.eq_ignore_ascii_case("true")),
        labels: labels(tree),
        images: image::gather(tree, &tags, linked, address.or(linked.url.as_deref())),
        canonical: canonical(&tags, linked),
        paywalled: rights::paywalled(&tags, linked),
        reuse: rights::reuse(&tags, linked),
        outlet,
    }
}

/// What JSON-LD lists, then what the tags of these names do, each once.
fn listed(linked: &[String], tags: &Tags, names: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in linked.iter().chain(names.iter().flat_map(|name| tags.all(name))) {
        if !text.is_empty() && text.len() < 1_000 && out.len() < 20 && !out.contains(text) {
            out.push(text.clone());
        }
    }
    out
}

fn canonical(tags: &Tags, linked: &Linked) -> Option<String> {
    let stated = linked.url.clone().filter(|url| url.starts_with("http"));
    tags.canonical.clone().or_else(|| tags.get(&["og:url"]).map(str::to_owned)).or(stated)
}

/// The outlet's name: a proper one wherever it stands, before an address, an account or a label for machines.
fn outlet(tags: &Tags, linked: &Linked) -> Option<String> {
    let usable = |name: &&str| {
        let label = ["copyright", "©", "@"].iter().any(|start| name.to_lowercase().starts_with(start));
        !label && !name.contains("//") && name.chars().count() <= 60
    };
    let proper = |name: &&str| name.chars().any(char::is_uppercase) && !name.contains('.');
    let site = tags.get(&["og:site_name", "application-name"]).filter(usable);
    let site = site.filter(|name| proper(name) || !name.is_ascii());
    let publisher = linked.outlet.as_deref().filter(usable);
    let others = || {
        ["og:site_name", "application-name", "publisher", "dc.publisher", "copyright"]
            .iter()
            .filter_map(|name| tags.get(&[name]).filter(usable))
    };
    site.or(publisher.filter(proper))
        .or_else(|| others().find(proper))
        .or(publisher)
        .or_else(|| others().next())
        .map(str::to_owned)
}

/// The name without what companies and slogans add to it: `The Vell Post, Harbor Press Ltd` is `The Vell Post`.
fn short(name: &str, host: Option<&str>) -> String {
    let parts: Vec<&str> = [" - ", " | ", " – ", " — ", ", "]
        .iter()
        .fold(vec![name], |parts, sign| parts.iter().flat_map(|part| part.split(sign)).collect());
    let letters =
        |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let Some(host) = host.map(letters).filter(|host| host.len() > 2 && parts.len() > 1) else {
        return name.to_owned();
    };
    let fits = |part: &&&str| {
        let part = letters(part);
        part.len() > 2 && (host.contains(&part) || part.contains(&host))
    };
    parts.iter().find(fits).map_or(name, |part| part.trim()).to_owned()
}

/// The labels of an address that may be the site's name.
fn host(url: &str) -> Option<&str> {
    let host = url.split("//").nth(1)?.split(['/', ':', '?']).next()?;
    host.trim_start_matches("www.").split('.').next()
}

/// The page's first-level headings.
fn headings(tree: &Tree) -> Vec<String> {
    let all = (0..tree.nodes.len()).filter(|&node| tree.nodes[node].is("h1")).take(20);
    all.map(|node| tree.text(node)).filter(|text| !text.is_empty()).collect()
}

fn page_title(tree: &Tree) -> Option<String> {
    tree.first("title").map(|node| tree.text(node))
}

/// What the headline is told by beside JSON-LD and meta tags.
struct Printed<'p> {
    headings: &'p [String],
    page: Option<&'p str>,
    outlet: Option<&'p str>,
    address: Option<&'p str>,
    sections: &'p [String],
}

fn headline(tree: &Tree, tags: &Tags, linked: &Linked, printed: &Printed) -> String {
    let sites: Vec<&str> = printed
        .outlet
        .into_iter()
        .chain(tags.get(&["og:site_name"]))
        .chain(tags.get(&["application-name"]))
        .chain(linked.outlet.as_deref())
        .chain(printed.address.and_then(host))
        .filter(|name| name.chars().count() <= 60)
        .collect();
    let sections: Vec<&str> = printed.sections.iter().map(String::as_str).collect();
    let named = microdata(tree, "headline").into_iter().next();
    title::choose(&title::Sources {
        linked: linked.headline.as_deref(),
        shared: tags.get(&["og:title"]),
        named: named.as_deref(),
        headings: printed.headings,
        other: tags.get(&["twitter:title", "dc.title", "title"]),
        page: printed.page,
        sites: &sites,
        sections: &sections,
    })
}

/// Short texts near the headline whose class says that they are its kicker.
fn labels(tree: &Tree) -> Vec<String> {
    let Some(head) = tree.first("h1") else { return Vec::new() };
    let range = head.saturating_sub(60)..(head + 60).min(tree.nodes.len());
    let marked = |&node: &usize| {
        let node = &tree.nodes[node];
        node.hint.split([' ', '-', '_']).any(|word| LABELED.contains(&word))
    };
    range
        .filter(|&node| !tree.nodes[node].name.is_empty() && tree.nodes[node].end - node < 12)
        .filter(marked)
        .map(|node| tree.text(node))
        .filter(|text| (3..40).contains(&text.chars().count()))
        .take(10)
        .collect()
}

fn lang(tree: &Tree, tags: &Tags, linked: &Linked) -> String {
    let html = tree
        .first("html")
        .and_then(|node| tree.nodes[node].attribute("lang").or(tree.nodes[node].attribute("xml:lang")));
    let usable = |text: &&str| {
        let head = text.split(['-', '_']).next().unwrap_or_default();
        (2..=3).contains(&head.len()) && head.chars().all(|c| c.is_ascii_alphabetic())
    };
    html.filter(usable)
        .or(linked.lang.as_deref().filter(usable))
        .or_else(|| tags.get(&["og:locale", "language", "dc.language", "content-language"]).filter(usable))
        .map(|text| text.trim().replace('_', "-").to_lowercase())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_named_without_its_company() {
        for (name, host, expected) in [
            ("The Vell Post, Harbor Press Ltd", Some("vellpost"), "The Vell Post"),
            ("Vell Post, Harbor Press Ltd", Some("vellpost"), "Vell Post"),
            ("Breaking news and headlines - Vell Post", Some("vellpost"), "Vell Post"),
            ("Vell Post", Some("harbor"), "Vell Post"),
            ("Harbor, Coast and Sea", Some("hcs"), "Harbor, Coast and Sea"),
            ("", None, ""),
        ] {
            assert_eq!(short(name, host), expected, "{name}");
        }
    }
}
