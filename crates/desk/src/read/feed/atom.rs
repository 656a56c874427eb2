//! Atom 0.3 and 1.0, with or without their namespace.

use super::name::Vocabulary;
use super::name::Vocabulary::{Atom, Dc, Media, Plain, Terms, Xhtml};
use super::xml::Element;
use super::{Enclosure, Entry, Feed, construct, images, person, rss, time};

/// The feed's own fields, from its root element.
pub(super) fn feed(root: Element<'_>) -> Feed {
    let moment = |names: &[&str]| moment(root, names);
    Feed {
        title: text(root, &["title"]).or_else(|| root.first(&[(Dc, "title")]).and_then(construct::text)),
        link: link(root),
        description: text(root, &["subtitle", "tagline", "description"]),
        language: root
            .attribute("xml:lang")
            .filter(|lang| !lang.is_empty())
            .map(str::to_owned)
            .or_else(|| words(root, &["language"])),
        id: words(root, &["id"]),
        updated: moment(&["updated", "modified"]),
        published: moment(&["published", "issued", "created"]),
        rights: text(root, &["rights", "copyright"]),
        generator: words(root, &["generator"]),
        authors: person::authors(root),
        categories: rss::categories(root),
        ..Feed::default()
    }
}

/// One entry.
pub(super) fn entry(item: Element<'_>) -> Entry {
    let other = |names: &[(Vocabulary, &str)]| item.first(names).and_then(construct::text);
    Entry {
        id: words(item, &["id", "guid"]),
        title: text(item, &["title"]).or_else(|| other(&[(Dc, "title"), (Media, "title")])),
        link: link(item),
        summary: text(item, &["summary", "description"])
            .or_else(|| other(&[(Dc, "description"), (Media, "description")])),
        content: text(item, &["content"]).or_else(|| other(&[(Xhtml, "body"), (Xhtml, "div")])),
        published: moment(item, &["published", "issued", "created"])
            .or_else(|| time::parse(&item.first(&[(Terms, "issued"), (Dc, "date")])?.text()?)),
        updated: moment(item, &["updated", "modified"]),
        rights: text(item, &["rights", "copyright"]),
        authors: person::authors(item),
        categories: rss::categories(item),
        enclosures: enclosures(item).collect(),
        images: images::images(item),
        source: own(item, &["source"]).and_then(source),
        source_url: own(item, &["source"]).and_then(source_url),
    }
}

/// The name of the feed that an entry was taken from.
pub(super) fn source(source: Element<'_>) -> Option<String> {
    own(source, &["title"])?.text()
}

/// The address of the feed or site that an entry was taken from: what RSS gives beside the name, or Atom's links.
pub(super) fn source_url(source: Element<'_>) -> Option<String> {
    let written = source.attribute("url").and_then(|url| source.base().resolve(url));
    written.or_else(|| link(source))
}

/// The first link to the page itself; one that says nothing of its relation is one.
pub(super) fn link(element: Element<'_>) -> Option<String> {
    links(element)
        .filter(|link| link.attribute("rel").is_none_or(|rel| matches!(rel.trim(), "" | "alternate")))
        .find_map(|link| link.base().resolve(link.attribute("href")?))
        .or_else(|| links(element).find_map(|link| link.base().resolve(&link.text()?)))
}

/// Links that are said to be enclosures.
pub(super) fn enclosures(item: Element<'_>) -> impl Iterator<Item = Enclosure> {
    links(item).filter(|link| link.attribute("rel").is_some_and(|rel| rel.trim() == "enclosure")).map(
        |link| Enclosure {
            url: link.attribute("href").and_then(|href| link.base().resolve(href)),
            kind: link.attribute("type").map(str::to_owned),
            length: link.attribute("length").map(str::to_owned),
        },
    )
}

fn links(element: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    element.children().filter(|child| matches!(child.vocabulary(), Atom | Plain) && child.local() == "link")
}

/// The first child with one of the names, in Atom's namespace or in none.
fn own<'t>(element: Element<'t>, names: &[&str]) -> Option<Element<'t>> {
    names.iter().find_map(|name| element.first(&[(Atom, name), (Plain, name)]))
}

fn text(element: Element<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| own(element, &[name]).and_then(construct::text))
}

fn words(element: Element<'_>, names: &[&str]) -> Option<String> {
    own(element, names)?.text()
}

fn moment(element: Element<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| time::parse(&own(element, &[name])?.text()?))
}
