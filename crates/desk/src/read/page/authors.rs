//! Who wrote the article: the people that the most trusted place names, before agencies, before the outlet itself.

use super::jsonld::Linked;
use super::tags::{Tags, microdata};
use super::tree::Tree;
use super::{byline, suffix};

/// Words of class names that mark a byline.
const BYLINES: [&str; 13] = [
    "byline",
    "author",
    "authors",
    "autor",
    "autoren",
    "autore",
    "autores",
    "auteur",
    "auteurs",
    "writer",
    "reporter",
    "journalist",
    "penulis",
];

/// Words of class names that mark something else about an author.
const BESIDE: [&str; 22] = [
    "bio",
    "image",
    "img",
    "avatar",
    "photo",
    "social",
    "follow",
    "description",
    "icon",
    "email",
    "twitter",
    "comment",
    "comments",
    "related",
    "teaser",
    "count",
    "newsletter",
    "card",
    "box",
    "more",
    "profile",
    "list-page",
];

/// Labels before an author's name that leave no doubt, in lower case.
const LABELS: [&str; 16] = [
    "autorin/autor",
    "autor/in",
    "autor:in",
    "autor",
    "autorin",
    "author",
    "auteur",
    "autore",
    "written by",
    "words by",
    "reported by",
    "penulis",
    "автор",
    "forfatter",
    "tekst",
    "yazar",
];

/// How many nodes behind the headline a byline may stand.
const NEAR: usize = 400;

/// The authors of a page.
#[derive(Debug, Default)]
pub(super) struct Authors {
    /// The names in order.
    pub(super) names: Vec<String>,
    /// Names that are accounts or editors by what the page says, and give way to a name that the text prints.
    pub(super) weak: Vec<String>,
}

/// What one name stands for; a person goes before an agency, and that before the outlet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Outlet,
    Agency,
    Person,
}

/// The authors by all places that name any.
pub(super) fn gather(
    tree: &Tree,
    tags: &Tags,
    linked: &Linked,
    outlet: Option<&str>,
    url: Option<&str>,
) -> Authors {
    let metas =
        |names: &[&str]| -> Vec<String> { names.iter().flat_map(|name| tags.all(name).to_vec()).collect() };
    let mut weak = byline::names(&linked.accounts);
    weak.extend(editors(tree));
    // A name with an address of the web behind it is the site's.
    weak.extend(
        metas(&["author"])
            .iter()
            .filter(|line| line.contains("www."))
            .flat_map(|line| byline::names(&[line])),
    );
    let printed = printed(tree, &weak);
    let named: Vec<String> = printed.iter().map(|(_, name)| name.clone()).collect();
    let tiers = [
        byline::names(&linked.authors),
        byline::names(&microdata(tree, "author")),
        byline::names(&metas(&["author"])),
        byline::names(&metas(&[
            "article:author",
            "articleauthor",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
            "byl",
            "cxenseparse:author",
            "author_name",
            "citation_author",
        ])),
        named,
    ];
    let rank = |name: &String| {
        if super::agency::named(name).is_some() {
            Rank::Agency
        } else if byline::is_house(name, outlet, url) || weak.contains(name) {
            Rank::Outlet
        } else {
            Rank::Person
        }
    };
    let best = |tier: &Vec<String>| tier.iter().map(rank).max();
    let most = tiers.iter().filter_map(best).max();
    let Some(tier) = tiers.iter().find(|tier| most.is_some() && best(tier) == most) else {
        return Authors { names: Vec::new(), weak };
    };
    if most != Some(Rank::Person) {
        return Authors { names: tier.clone(), weak };
    }
    let is_self =
        |name: &String| outlet.is_some_and(|outlet| suffix::same(outlet, name)) || weak.contains(name);
    // Beside a person an address of the web stands for the house.
    let is_site = |name: &String| {
        let end = name.rsplit_once('.').map_or("", |(_, end)| end);
        !name.contains(' ') && (2..=3).contains(&end.len()) && end.chars().all(|c| c.is_ascii_lowercase())
    };
    let names: Vec<String> = tier.iter().filter(|name| !is_self(name) && !is_site(name)).cloned().collect();
    let people: Vec<(usize, String)> =
        printed.iter().filter(|(_, name)| rank(name) == Rank::Person).cloned().collect();
    Authors { names: completed(names, &people), weak: weak.clone() }
}

/// The names, or the printed ones around them where these are the same and more.
fn completed(names: Vec<String>, printed: &[(usize, String)]) -> Vec<String> {
    let place =
        |name: &String| printed.iter().find(|(_, other)| suffix::same(other, name)).map(|(at, _)| *at);
    let places: Option<Vec<usize>> = names.iter().map(place).collect();
    let Some(places) = places.filter(|places| !places.is_empty()) else { return names };
    let close = |at: usize| places.iter().any(|place| place.abs_diff(at) < 40);
    let around: Vec<String> = printed
        .iter()
        .filter(|(at, name)| close(*at) && byline::is_person(name))
        .map(|(_, n)| n.clone())
        .collect();
    if around.len() > names.len() && around.len() <= 6 { around } else { names }
}

/// Names that the page prints in its byline, with their places: by `rel=author`, by class, by label.
fn printed(tree: &Tree, weak: &[String]) -> Vec<(usize, String)> {
    let head = (0..tree.nodes.len()).find(|&at| tree.nodes[at].is("h1")).unwrap_or(0);
    let near = |at: usize| at + 150 > head && at < head + NEAR;
    // By `rel=author`, by class, by a class that says so less surely, by label.
    let mut found: [Vec<usize>; 4] = Default::default();
    for (index, node) in tree.nodes.iter().enumerate() {
        if node.name.is_empty() || matches!(node.name.as_str(), "body" | "html" | "main" | "article" | "ul") {
            continue;
        }
        let short = matches!(node.name.as_str(), "li" | "p" | "div" | "span" | "address");
        let way = match node.end - index {
            60.. => continue,
            _ if is_link(node) => 0,
            _ if is_byline(&node.hint) => 1,
            ..40 if near(index) && is_like_byline(&node.hint) => 2,
            ..40 if short => 3,
            _ => continue,
        };
        found[way].push(index);
    }
    let [linked, classed, broad, labelled] = found;
    let usable = |name: &String| looks_like_name(name) && !weak.contains(name);
    let of = |(at, line): &(usize, String)| -> Vec<(usize, String)> {
        if line.chars().count() > 120 {
            return Vec::new();
        }
        byline::names(&[line]).into_iter().filter(usable).map(|name| (*at, name)).collect()
    };
    let mut names: Vec<(usize, String)> = Vec::new();
    for (at, name) in lines(tree, &linked, 30).flat_map(|line| of(&line)) {
        if !names.iter().any(|(_, other)| suffix::same(other, &name)) && names.len() < 5 {
            names.push((at, name));
        }
    }
    let first = |found: &[usize]| {
        lines(tree, found, 30).map(|line| of(&line)).find(|names| !names.is_empty()).unwrap_or_default()
    };
    if names.is_empty() {
        names = first(&classed);
    }
    if names.is_empty() {
        names = first(&broad);
    }
    if names.is_empty() {
        names = lines(tree, &labelled, 4_000)
            .find_map(|(at, line)| by_label(&line, near(at)).map(|names| (at, names)))
            .map(|(at, names)| names.into_iter().map(|name| (at, name)).collect())
            .unwrap_or_default();
    }
    names
}

/// The lines under the nodes that may be a byline, put together only as far as they are asked for.
fn lines<'t>(tree: &'t Tree, found: &'t [usize], most: usize) -> impl Iterator<Item = (usize, String)> + 't {
    let texts = found.iter().map(|&index| (index, tree.text(index)));
    texts.filter(|(_, text)| (4..=240).contains(&text.chars().count())).take(most)
}

/// A link to the author's page that is no account for all.
fn is_link(node: &super::tree::Node) -> bool {
    let rel = node.attribute("rel").unwrap_or_default();
    rel.split_whitespace().any(|word| word == "author")
        && !node.attribute("href").is_some_and(super::people::is_account)
}

fn is_byline(hint: &str) -> bool {
    hint.split(' ').any(|word| {
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
    })
}

fn is_like_byline(hint: &str) -> bool {
    hint.split(' ').any(|word| {
        let mut parts = word.split(['-', '_']).filter(|part| !part.is_empty());
        parts.clone().any(|p| BYLINES.contains(&p)) && !parts.any(|p| BESIDE.contains(&p))
    })
}

/// The names of a short line that begins with a label: `Author Mira Okpara` anywhere, `By …` near the headline.
fn by_label(line: &str, near: bool) -> Option<Vec<String>> {
    let line = line.split(", in ").next().unwrap_or(line).trim_end_matches([',', ' ']);
    if line.chars().count() > 90 {
        return None;
    }
    let lower = line.to_lowercase();
    let label = LABELS
        .iter()
        .filter(|label| lower.strip_prefix(**label).is_some_and(|rest| rest.starts_with([' ', ':'])));
    // Lower-casing may change lengths, so the cut is checked against the line itself.
    let rest = label.max_by_key(|label| label.len()).and_then(|label| line.get(label.len()..));
    if let Some(rest) = rest {
        let names = byline::names(&[rest.trim_start_matches([' ', ':'])]);
        return (!names.is_empty() && names.iter().all(|name| byline::is_person(name))).then_some(names);
    }
    if !near {
        return None;
    }
    if let Some(names) = byline::line(line) {
        return Some(names);
    }
    // `By TPN`: a desk's letters.
    let letters = line.strip_prefix("By ").or_else(|| line.strip_prefix("by "))?;
    let is_mark = (2..=5).contains(&letters.len()) && letters.chars().all(|c| c.is_ascii_uppercase());
    is_mark.then(|| vec![letters.to_owned()])
}

/// Names behind the label `Editor`: they had the article in hand, but did not write it.
fn editors(tree: &Tree) -> Vec<String> {
    let mut out = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        if node.end - index >= 8
            || !matches!(node.name.as_str(), "div" | "p" | "span" | "li")
            || out.len() > 5
        {
            continue;
        }
        let text = tree.text(index);
        let lower = text.to_lowercase();
        if text.len() < 60
            && let Some(rest) = lower.strip_prefix("editor").map(str::trim_start)
            && rest.starts_with(':')
            && let Some((_, name)) = text.split_once(':')
        {
            out.extend(byline::names(&[name]));
        }
    }
    out
}

fn looks_like_name(name: &str) -> bool {
    (2..=5).contains(&name.split_whitespace().count()) && name.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str) -> Vec<String> {
        let tree = Tree::parse(html.to_owned());
        let linked = Linked::default();
        gather(&tree, &Tags::read(&tree), &linked, Some("The Vell Post"), None).names
    }

    #[test]
    fn printed_bylines_are_found() {
        for (html, expected) in [
            (
                "<h1>Ferry</h1><ul><li class=authors__list-item><span>von</span> <span>Mira Okpara</span></li></ul>",
                vec!["Mira Okpara"],
            ),
            (
                "<h1>Ferry</h1><div class=author-2>Mira Okpara</div><div class=info>Editor : <a rel=author>Jon Vell</a></div>",
                vec!["Mira Okpara"],
            ),
            (
                "<h1>Ferry</h1><ul><li><strong>Datum</strong> 11.03.2026</li><li><strong>Autorin/Autor</strong> Mira Okpara</li></ul>",
                vec!["Mira Okpara"],
            ),
            ("<h1>Ferry</h1><p>By TVP, in <a>News</a>, <a>Harbor</a></p>", vec!["TVP"]),
            ("<h1>Ferry</h1><p>By Mira Okpara and Jon Vell</p>", vec!["Mira Okpara", "Jon Vell"]),
            (
                "<meta name=author content='The Vell Post'><meta name=articleAuthor content=Reuters><h1>Ferry</h1>",
                vec!["Reuters"],
            ),
            (
                "<meta name=author content='Mira Okpara'><h1>Ferry</h1><p><a rel=author>Jon Vell</a> <a rel=author>Mira Okpara</a></p>",
                vec!["Jon Vell", "Mira Okpara"],
            ),
            (
                "<meta name=author content='The Vell Post'><h1>Ferry</h1><a rel=author href=/author/admin/>Vell P</a>",
                vec!["The Vell Post"],
            ),
            ("<h1>Ferry</h1><div class=author-bio>Mira Okpara writes about ships</div>", vec![]),
            ("<h1>Ferry</h1><p>By Wednesday the ferry was back.</p>", vec![]),
        ] {
            assert_eq!(check(html), expected, "{html}");
        }
    }
}
