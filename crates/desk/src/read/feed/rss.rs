//! RSS 0.9x–2.0, RSS 1.0 in RDF, and CDF, with the modules that carry what RSS itself has no element for.

use super::construct;
use super::name::Vocabulary::{Atom, Content, Dc, Feedburner, Itunes, Media, Plain, Terms, Xhtml};
use super::xml::Element;
use super::{Enclosure, Entry, Feed, atom, images, person, time};

/// The feed's own fields, from its root element.
pub(super) fn feed(root: Element<'_>) -> Feed {
    let channel = root.named(Plain, "channel").next().unwrap_or(root);
    let moment =
        |names: &[_]| channel.first(names).and_then(Element::text).and_then(|text| time::parse(&text));
    let text = |names: &[_]| channel.first(names).and_then(construct::text);
    let words = |names: &[_]| channel.first(names).and_then(Element::text);
    let attribute = |name| channel.attribute(name).map(str::to_owned);
    Feed {
        title: text(&[(Plain, "title"), (Atom, "title"), (Dc, "title")]),
        link: link(channel),
        description: text(&[
            (Plain, "description"),
            (Plain, "tagline"),
            (Atom, "subtitle"),
            (Atom, "tagline"),
            (Plain, "abstract"),
            (Dc, "description"),
            (Itunes, "subtitle"),
            (Itunes, "summary"),
        ]),
        language: words(&[(Plain, "language"), (Dc, "language")])
            .or_else(|| root.attribute("xml:lang").map(str::to_owned)),
        id: words(&[(Plain, "guid"), (Atom, "id"), (Plain, "id")]),
        updated: moment(&[(Plain, "lastbuilddate"), (Atom, "updated"), (Terms, "modified"), (Dc, "date")])
            .or_else(|| time::parse(&attribute("lastmod")?)),
        published: moment(&[(Plain, "pubdate"), (Terms, "issued"), (Terms, "created")]),
        rights: text(&[
            (Plain, "copyright"),
            (Dc, "rights"),
            (Atom, "rights"),
            (Plain, "rights"),
            (Media, "copyright"),
        ]),
        generator: words(&[(Plain, "generator"), (Atom, "generator")]).or_else(|| {
            let agent = channel.children().find(|child| child.local() == "generatoragent")?;
            agent.attribute("resource").map(str::to_owned)
        }),
        authors: person::authors(channel),
        categories: categories(channel),
        ..Feed::default()
    }
}

/// One item.
pub(super) fn entry(item: Element<'_>) -> Entry {
    let moment = |names: &[_]| item.first(names).and_then(Element::text).and_then(|text| time::parse(&text));
    let text = |names: &[_]| item.first(names).and_then(construct::text);
    let guid = item.first(&[(Plain, "guid"), (Atom, "id"), (Plain, "id")]);
    let id = guid.and_then(Element::text);
    let permanent = guid.filter(|guid| {
        guid.local() == "guid"
            && !guid.attribute("ispermalink").is_some_and(|value| value.eq_ignore_ascii_case("false"))
    });
    let from_id =
        || id.as_deref().filter(|id| permanent.is_some() && id.starts_with("http")).map(str::to_owned);
    let source = item.named(Plain, "source").chain(item.named(Atom, "source")).next();
    Entry {
        title: text(&[(Plain, "title"), (Atom, "title"), (Dc, "title"), (Media, "title")]),
        link: link(item).or_else(from_id),
        summary: text(&[
            (Plain, "description"),
            (Atom, "summary"),
            (Plain, "summary"),
            (Plain, "abstract"),
            (Dc, "description"),
            (Itunes, "summary"),
            (Itunes, "subtitle"),
            (Media, "description"),
        ]),
        content: text(&[
            (Content, "encoded"),
            (Xhtml, "body"),
            (Xhtml, "div"),
            (Plain, "body"),
            (Plain, "fullitem"),
            (Atom, "content"),
            (Plain, "content"),
        ]),
        published: moment(&[
            (Plain, "pubdate"),
            (Atom, "published"),
            (Terms, "issued"),
            (Terms, "created"),
            (Dc, "date"),
        ]),
        updated: moment(&[(Atom, "updated"), (Terms, "modified"), (Dc, "date"), (Plain, "lastmod")])
            .or_else(|| time::parse(item.attribute("lastmod")?)),
        rights: text(&[(Plain, "copyright"), (Dc, "rights"), (Atom, "rights"), (Media, "copyright")]),
        authors: person::authors(item),
        categories: categories(item),
        enclosures: enclosures(item),
        images: images::images(item),
        source: source.and_then(|source| atom::source(source).or_else(|| source.text())),
        source_url: source.and_then(atom::source_url),
        id,
    }
}

/// The page: the article's own address where a counting service names it, else RSS's link, else Atom's.
fn link(element: Element<'_>) -> Option<String> {
    let resolve = |child: Element<'_>| child.base().resolve(&child.text()?);
    let own = element.named(Feedburner, "origlink").find_map(resolve);
    own.or_else(|| element.named(Plain, "link").find_map(resolve))
        .or_else(|| atom::link(element))
        .or_else(|| element.base().resolve(element.attribute("href")?))
}

/// Subjects in order, each once.
pub(super) fn categories(element: Element<'_>) -> Vec<String> {
    let mut subjects: Vec<String> = Vec::new();
    for child in element.children() {
        let terms = match (child.vocabulary(), child.local()) {
            (Plain | Atom, "category") => {
                let attribute = child.attribute("term").or_else(|| child.attribute("label")).map(str::trim);
                vec![child.text().or_else(|| attribute.map(str::to_owned))]
            }
            (Dc, "subject") | (Media, "category") => vec![child.text()],
            (Itunes, "category") => std::iter::once(child)
                .chain(child.named(Itunes, "category"))
                .map(|child| child.attribute("text").map(|text| text.trim().to_owned()))
                .collect(),
            (Itunes, "keywords") => {
                child.text().unwrap_or_default().split([',', ' ']).map(|word| Some(word.to_owned())).collect()
            }
            _ => continue,
        };
        for term in terms.into_iter().flatten().filter(|term| !term.is_empty()) {
            if subjects.len() < 1000 && !subjects.contains(&term) {
                subjects.push(term);
            }
        }
    }
    subjects
}

fn enclosures(item: Element<'_>) -> Vec<Enclosure> {
    let own = item.named(Plain, "enclosure").map(|child| Enclosure {
        url: child
            .attribute("url")
            .or_else(|| child.attribute("href"))
            .and_then(|url| child.base().resolve(url)),
        kind: child.attribute("type").map(str::to_owned),
        length: child.attribute("length").map(str::to_owned),
    });
    own.filter(|enclosure| enclosure.url.is_some()).chain(atom::enclosures(item)).collect()
}
