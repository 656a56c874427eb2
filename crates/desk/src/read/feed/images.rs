//! The pictures of an entry, with what stands under them: from the media and podcast modules, enclosures and sitemaps.

use super::name::Vocabulary::{Atom, Itunes, Media, Plain};
use super::xml::Element;
use super::{Image, clean};

/// The most pictures of one entry.
const MOST: usize = 20;

/// The pictures that an entry names, in its order, each address once. Those in the text of the entry are not looked for.
pub(super) fn images(item: Element<'_>) -> Vec<Image> {
    let mut found: Vec<Image> = Vec::new();
    let mut take = |image: Option<Image>| {
        if let Some(image) =
            image.filter(|image| found.len() < MOST && found.iter().all(|one| one.url != image.url))
        {
            found.push(image);
        }
    };
    for child in item.children() {
        match (child.vocabulary(), child.local()) {
            (Media, "content") => take(content(child, &[child, item])),
            (Media, "group") => {
                child.named(Media, "content").for_each(|inner| take(content(inner, &[inner, child, item])));
                child.named(Media, "thumbnail").for_each(|inner| take(at(inner, "url", &[child, item])));
            }
            (Media, "thumbnail") => take(at(child, "url", &[item])),
            (Itunes, "image") => take(at(child, "href", &[])),
            (Plain, "enclosure") if is_picture(child) => take(at(child, "url", &[])),
            (Plain | Atom, "link") if child.attribute("rel") == Some("enclosure") && is_picture(child) => {
                take(at(child, "href", &[]));
            }
            // The image extension of sitemaps.
            (_, "image") => {
                let part = |name: &str| child.children().find(|part| part.local() == name);
                let url = part("loc").and_then(Element::text).and_then(|url| child.base().resolve(&url));
                let words = |name: &str| part(name).and_then(Element::text).map(|text| clean::plain(&text));
                take(url.map(|url| Image { url, caption: words("caption"), credit: None }));
            }
            _ => {}
        }
    }
    found
}

/// The picture that a media element is, or the still that stands for its film.
fn content(element: Element<'_>, around: &[Element<'_>]) -> Option<Image> {
    if is_picture(element) {
        return at(element, "url", around);
    }
    element.named(Media, "thumbnail").find_map(|still| at(still, "url", around))
}

/// The picture at an attribute's address; caption and credit are those of the innermost element around it.
fn at(element: Element<'_>, attribute: &str, around: &[Element<'_>]) -> Option<Image> {
    let url = element.base().resolve(element.attribute(attribute)?)?;
    let words = |name: &str| {
        let texts = around.iter().find_map(|one| one.named(Media, name).find_map(Element::text));
        texts.map(|text| clean::guess(&text, element.base()))
    };
    let caption = words("description").or_else(|| words("title"));
    Some(Image { url, caption, credit: words("credit") })
}

/// Whether an element is a picture: by its medium, its type, or the ending of its address.
fn is_picture(element: Element<'_>) -> bool {
    if let Some(medium) = element.attribute("medium") {
        return medium.eq_ignore_ascii_case("image");
    }
    if let Some(kind) = element.attribute("type") {
        return kind.to_ascii_lowercase().starts_with("image");
    }
    let address = element.attribute("url").or_else(|| element.attribute("href")).unwrap_or_default();
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"].iter().any(|ending| path.ends_with(ending))
}
