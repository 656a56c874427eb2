//! The page's description for machines: schema.org as JSON-LD, with a digest's citations.
//!
//! It is a block of data, which the content policy lets stand because no browser runs it.

use desk::receipt::{Origin, Receipt};
use desk::stamp::Stamp;
use serde_json::{Map, Value};

use crate::link;
use crate::plain::plain;

/// What a story's page says beside its receipt.
pub(crate) struct Publication<'p> {
    /// The name of the newsroom.
    pub(crate) name: &'p str,
    /// Its address.
    pub(crate) base: &'p str,
    /// The page's own address.
    pub(crate) page: &'p str,
    /// When the digest was first published, RFC 3339.
    pub(crate) published: String,
    /// When it last really changed, RFC 3339.
    pub(crate) updated: String,
    /// The section it stands in.
    pub(crate) section: &'p str,
    /// How many words it has.
    pub(crate) words: i64,
    /// How many comments it has.
    pub(crate) comments: i64,
}

/// A `NewsArticle` with its citations.
pub(crate) fn article(receipt: &Receipt, lang: &str, publication: Option<&Publication<'_>>) -> String {
    let stamps = receipt.sources.iter().filter_map(|source| Stamp::parse(source.published.as_deref()?));
    let newest = stamps.max_by_key(|stamp| stamp.day);
    let mut page = Map::new();
    page.insert("@context".into(), "https://schema.org".into());
    page.insert("@type".into(), "NewsArticle".into());
    page.insert("headline".into(), plain(&receipt.headline.text).into());
    page.insert("inLanguage".into(), lang.into());
    match (publication, newest) {
        (Some(publication), _) => describe(&mut page, publication),
        (None, Some(stamp)) => _ = page.insert("datePublished".into(), stamp.day.to_string().into()),
        (None, None) => {}
    }
    page.insert("citation".into(), receipt.sources.iter().map(citation).collect::<Vec<_>>().into());
    block(&Value::Object(page))
}

/// The JSON text, with every `<`, `>` and `&` written as an escape, so that it can't end its element.
pub(crate) fn block(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// An organisation by its name.
pub(crate) fn organisation(name: &str) -> Value {
    let entries = [("@type".to_owned(), "Organization".into()), ("name".to_owned(), plain(name).into())];
    Value::Object(entries.into_iter().collect())
}

fn describe(page: &mut Map<String, Value>, publication: &Publication<'_>) {
    page.insert("url".into(), publication.page.into());
    page.insert("mainEntityOfPage".into(), publication.page.into());
    page.insert("datePublished".into(), publication.published.as_str().into());
    page.insert("dateModified".into(), publication.updated.as_str().into());
    page.insert("articleSection".into(), publication.section.into());
    page.insert("wordCount".into(), publication.words.into());
    page.insert("commentCount".into(), publication.comments.into());
    page.insert("isAccessibleForFree".into(), true.into());
    let mut publisher = organisation(publication.name);
    publisher["url"] = publication.base.into();
    page.insert("publisher".into(), publisher.clone());
    page.insert("author".into(), publisher);
}

fn citation(source: &Origin) -> Value {
    let mut entry = Map::new();
    entry.insert("@type".into(), "NewsArticle".into());
    entry.insert("headline".into(), plain(&source.title).into());
    if !source.outlet.is_empty() {
        entry.insert("publisher".into(), organisation(&source.outlet));
    }
    if let Some(stamp) = &source.published {
        entry.insert("datePublished".into(), stamp.as_str().into());
    }
    if let Some(url) = source.url.as_deref().and_then(link::web) {
        entry.insert("url".into(), url.into());
    }
    entry.insert("isAccessibleForFree".into(), (!source.paywalled).into());
    Value::Object(entry)
}
