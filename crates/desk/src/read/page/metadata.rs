//! A page's facts in order of trust: JSON-LD, then microdata, then meta tags, then what the page prints.

use std::collections::BTreeMap;

use crate::stamp::Stamp;

use super::jsonld::Linked;
use super::plain::plain;
use super::tree::{Tree, squeeze};
use super::{byline, moment, title};

/// The facts of a page, apart from its kind and its text.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) title: String,
    pub(super) authors: Vec<String>,
    pub(super) outlet: Option<String>,
    pub(super) published: Option<Stamp>,
    pub(super) modified: Option<Stamp>,
    pub(super) lang: String,
    pub(super) section: Option<String>,
    pub(super) canonical: Option<String>,
    pub(super) image: Option<String>,
    pub(super) paywalled: bool,
    pub(super) reserved: bool,
}

/// Meta tags by name, the first value of each, and the canonical address.
struct Meta {
    values: BTreeMap<String, Vec<String>>,
    canonical: Option<String>,
}

/// Gathers the facts.
pub(super) fn gather(tree: &Tree, linked: &Linked, url: Option<&str>) -> Facts {
    let meta = Meta::read(tree);
    let headings = headings(tree);
    let outlet = outlet(&meta, linked).or_else(|| title::site(&page_title(tree)?, &headings));
    let address = url.or(meta.canonical.as_deref());
    let names: Vec<&str> = outlet
        .as_deref()
        .into_iter()
        .chain(meta.get(&["og:site_name"]))
        .chain(address.and_then(host))
        .collect();
    Facts {
        title: headline(tree, &meta, linked, (&headings, &names)),
        authors: authors(tree, &meta, linked, outlet.as_deref(), address),
        published: published(tree, &meta, linked, address),
        modified: linked
            .modified
            .as_deref()
            .or_else(|| {
                meta.get(&["article:modified_time", "datemodified", "og:updated_time", "last-modified"])
            })
            .and_then(moment::parse),
        lang: lang(tree, &meta, linked),
        section: linked.section.clone().or_else(|| {
            meta.get(&["article:section", "section", "articlesection", "parsely-section"]).map(str::to_owned)
        }),
        canonical: canonical(&meta, linked),
        image: linked.image.clone().or_else(|| meta.get(&["og:image", "twitter:image"]).map(str::to_owned)),
        paywalled: paywalled(&meta, linked),
        reserved: reserved(&meta),
        outlet,
    }
}

impl Meta {
    fn read(tree: &Tree) -> Self {
        let mut out = Self { values: BTreeMap::new(), canonical: None };
        for node in &tree.nodes {
            match node.name.as_str() {
                "meta" => {
                    let Some(content) = node.attribute("content") else { continue };
                    let content = squeeze(&plain(content));
                    for key in ["property", "name", "itemprop"] {
                        if let Some(name) = node.attribute(key).filter(|_| !content.is_empty()) {
                            let values = out.values.entry(name.trim().to_ascii_lowercase()).or_default();
                            if values.len() < 20 {
                                values.push(content.clone());
                            }
                        }
                    }
                }
                "link" if out.canonical.is_none() => {
                    let rel = node.attribute("rel").unwrap_or_default();
                    if rel.split_whitespace().any(|word| word.eq_ignore_ascii_case("canonical")) {
                        out.canonical =
                            node.attribute("href").filter(|href| !href.is_empty()).map(str::to_owned);
                    }
                }
                _ => {}
            }
        }
        out
    }

    fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all(name).first()).map(String::as_str)
    }
}

fn canonical(meta: &Meta, linked: &Linked) -> Option<String> {
    let stated = linked.url.clone().filter(|url| url.starts_with("http"));
    meta.canonical.clone().or_else(|| meta.get(&["og:url"]).map(str::to_owned)).or(stated)
}

fn outlet(meta: &Meta, linked: &Linked) -> Option<String> {
    let usable = |name: &&str| !name.contains("//") && name.chars().count() <= 60;
    let site = meta.get(&["og:site_name", "application-name"]).filter(usable);
    // An address, an account or a word in small letters is a label for machines, not a name.
    let is_name =
        |name: &&str| name.chars().any(char::is_uppercase) && !name.contains('.') && !name.starts_with('@');
    let site = site.filter(|name| is_name(name) || !name.is_ascii());
    site.or(linked.outlet.as_deref().filter(usable))
        .or_else(|| meta.get(&["og:site_name", "publisher", "dc.publisher", "copyright"]).filter(usable))
        .map(str::to_owned)
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

fn headline(tree: &Tree, meta: &Meta, linked: &Linked, (h1, names): (&[String], &[&str])) -> String {
    let first = linked.headline.as_deref().or_else(|| meta.get(&["og:title"]));
    // Of several first-level headings the one that repeats the headline counts, else the first.
    let heading = h1.iter().find(|h| first.is_some_and(|t| title::same(h, t))).or(h1.first()).cloned();
    let shared = meta.get(&["og:title"]).map(str::to_owned);
    // What the page prints decides between the two; search engines and social networks are told other headlines.
    let printed = |given: &Option<String>| {
        given.as_deref().is_some_and(|given| h1.iter().any(|h| title::ends(h, given)))
    };
    let (one, other) = if printed(&shared) || linked.headline.is_none() {
        (shared, linked.headline.clone())
    } else {
        (linked.headline.clone(), shared)
    };
    let candidates = [
        one,
        other,
        microdata(tree, "headline").into_iter().next(),
        heading,
        meta.get(&["twitter:title", "dc.title", "title"]).map(str::to_owned),
        page_title(tree),
    ];
    title::choose(&candidates, names)
}

/// Texts or contents of elements with that `itemprop`.
fn microdata(tree: &Tree, property: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        let named = node
            .attribute("itemprop")
            .is_some_and(|value| value.split_whitespace().any(|word| word == property));
        if !named || node.is("meta") || out.len() >= 20 {
            continue;
        }
        let inner = tree.under(index).skip(1).find(|&i| tree.nodes[i].attribute("itemprop") == Some("name"));
        let value = match inner {
            Some(inner) => {
                tree.nodes[inner].attribute("content").map_or_else(|| tree.text(inner), str::to_owned)
            }
            None => node
                .attribute("datetime")
                .or(node.attribute("content"))
                .map_or_else(|| tree.text(index), str::to_owned),
        };
        if !value.is_empty() && value.len() < 500 {
            out.push(value);
        }
    }
    out
}

fn authors(
    tree: &Tree,
    meta: &Meta,
    linked: &Linked,
    outlet: Option<&str>,
    url: Option<&str>,
) -> Vec<String> {
    let metas =
        |names: &[&str]| -> Vec<String> { names.iter().flat_map(|name| meta.all(name).to_vec()).collect() };
    let tiers = [
        byline::names(&linked.authors),
        byline::names(&microdata(tree, "author")),
        byline::names(&metas(&["author"])),
        byline::names(&metas(&[
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "byl",
            "cxenseparse:author",
            "author_name",
            "citation_author",
        ])),
        printed(tree),
    ];
    // A person named further down the order of trust beats the outlet named further up.
    let person = tiers.iter().find(|tier| tier.iter().any(|name| !byline::is_house(name, outlet, url)));
    let Some(tier) = person.or_else(|| tiers.iter().find(|tier| !tier.is_empty())) else { return Vec::new() };
    if tier.iter().all(|name| byline::is_house(name, outlet, url)) {
        return tier.clone();
    }
    let is_self = |name: &String| outlet.is_some_and(|outlet| title::same(outlet, name));
    tier.iter().filter(|name| !is_self(name)).cloned().collect()
}

/// Names that the page prints in its byline: `rel=author`, then elements whose class says so.
fn printed(tree: &Tree) -> Vec<String> {
    let mut linked = Vec::new();
    let mut classed = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        if node.name.is_empty() || matches!(node.name.as_str(), "body" | "html" | "main" | "article" | "ul") {
            continue;
        }
        let is_link =
            node.attribute("rel").is_some_and(|rel| rel.split_whitespace().any(|word| word == "author"));
        let is_byline = node.hint.split(' ').any(|word| {
            word.contains("byline")
                || [
                    "author",
                    "author-name",
                    "authors",
                    "article-author",
                    "article__author",
                    "autor",
                    "author__name",
                    "article-author__name",
                    "entry-author",
                    "post-author",
                ]
                .contains(&word)
        });
        if !(is_link || is_byline) || node.end - index > 60 {
            continue;
        }
        let text = tree.text(index);
        if text.chars().count() < 4 || text.chars().count() > 120 {
            continue;
        }
        if is_link {
            linked.push(text)
        } else {
            classed.push(text)
        }
        if linked.len() + classed.len() >= 30 {
            break;
        }
    }
    let looks_like_name = |name: &String| {
        let words = name.split_whitespace().count();
        (2..=5).contains(&words)
            && name.split_whitespace().next().is_some_and(|w| w.starts_with(char::is_uppercase))
    };
    let mut names: Vec<String> = byline::names(&linked).into_iter().filter(looks_like_name).take(5).collect();
    if names.is_empty() {
        names = classed
            .iter()
            .map(|line| byline::names(&[line]))
            .find(|n| n.iter().any(looks_like_name))
            .unwrap_or_default();
        names.retain(looks_like_name);
    }
    names
}

fn published(tree: &Tree, meta: &Meta, linked: &Linked, url: Option<&str>) -> Option<Stamp> {
    let named = [
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
        "last-modified-date",
        "og:article:published_time",
        "creation_date",
        "article:published",
        "dcterms.date",
        "created",
    ];
    linked
        .published
        .as_deref()
        .and_then(moment::parse)
        .or_else(|| microdata(tree, "datePublished").iter().find_map(|text| moment::parse(text)))
        .or_else(|| named.iter().flat_map(|name| meta.all(name)).find_map(|text| moment::parse(text)))
        .or_else(|| times(tree))
        .or_else(|| url.and_then(dated_path))
        .or_else(|| linked.modified.as_deref().and_then(moment::parse))
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

/// `/2026/03/11/` in the address.
fn dated_path(url: &str) -> Option<Stamp> {
    let parts: Vec<&str> = url.split(['/', '?']).collect();
    parts.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        let fits = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        fits.then(|| moment::parse(&format!("{year}/{month}/{day}"))).flatten()
    })
}

fn lang(tree: &Tree, meta: &Meta, linked: &Linked) -> String {
    let html = tree
        .first("html")
        .and_then(|node| tree.nodes[node].attribute("lang").or(tree.nodes[node].attribute("xml:lang")));
    let usable = |text: &&str| {
        let head = text.split(['-', '_']).next().unwrap_or_default();
        (2..=3).contains(&head.len()) && head.chars().all(|c| c.is_ascii_alphabetic())
    };
    html.filter(usable)
        .or(linked.lang.as_deref().filter(usable))
        .or_else(|| meta.get(&["og:locale", "language", "dc.language", "content-language"]).filter(usable))
        .map(|text| text.trim().replace('_', "-").to_lowercase())
        .unwrap_or_default()
}

fn paywalled(meta: &Meta, linked: &Linked) -> bool {
    let tier = meta.get(&["article:content_tier", "content_tier"]).map(str::to_ascii_lowercase);
    linked.free == Some(false)
        || linked.free.is_none() && tier.is_some_and(|tier| tier == "locked")
        || linked.free.is_none()
            && meta.get(&["isaccessibleforfree"]).is_some_and(|value| value.eq_ignore_ascii_case("false"))
}

/// Reservations against reading by machines: `noai` in a robots tag, or the TDM reservation protocol.
fn reserved(meta: &Meta) -> bool {
    let says = |value: &String| {
        value
            .split([',', ' '])
            .any(|word| ["noai", "noimageai", "noml"].contains(&word.trim().to_ascii_lowercase().as_str()))
    };
    meta.all("robots").iter().chain(meta.all("googlebot")).any(says)
        || meta.all("tdm-reservation").iter().any(|value| value.trim() == "1")
}
