//! News sitemaps: the addresses of articles with their headlines, for outlets that offer no feed.

use super::name::Vocabulary::{News, Plain, Sitemap};
use super::xml::Element;
use super::{Entry, clean, images, time};

/// One address. Only the news extension gives a headline and a date of publication.
pub(super) fn entry(url: Element<'_>) -> Entry {
    let news = url.named(News, "news").next();
    let field = |name: &str| news?.named(News, name).next()?.text();
    let address = url.first(&[(Sitemap, "loc"), (Plain, "loc")]).and_then(Element::text);
    let changed = url.first(&[(Sitemap, "lastmod"), (Plain, "lastmod")]).and_then(Element::text);
    let outlet =
        news.and_then(|news| news.named(News, "publication").next()?.named(News, "name").next()?.text());
    Entry {
        link: address.as_deref().and_then(|address| url.base().resolve(address)),
        id: address,
        title: field("title").map(|title| clean::guess(&title, url.base())),
        published: field("publication_date").and_then(|date| time::parse(&date)),
        updated: changed.and_then(|date| time::parse(&date)),
        categories: field("keywords")
            .map(|words| {
                words.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
            })
            .unwrap_or_default(),
        images: images::images(url),
        source: outlet,
        ..Entry::default()
    }
}
