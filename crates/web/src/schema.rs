//! The page's description for machines: a schema.org `NewsArticle` with its citations, as JSON-LD.
//!
//! It is a block of data, which the content policy lets stand because no browser runs it.

use desk::verify::digest::{Digest, Source};
use serde_json::{Map, Value};

use crate::link;
use crate::plain::plain;

/// The JSON text, with every `<`, `>` and `&` written as an escape, so that it can't end its element.
pub(crate) fn schema(digest: &Digest, lang: &str) -> String {
    let newest = digest.sources().iter().filter_map(|source| source.published).max_by_key(|stamp| stamp.day);
    let mut page = Map::new();
    page.insert("@context".into(), "https://schema.org".into());
    page.insert("@type".into(), "NewsArticle".into());
    page.insert("headline".into(), plain(digest.headline().text()).into());
    page.insert("inLanguage".into(), lang.into());
    if let Some(stamp) = newest {
        page.insert("datePublished".into(), stamp.day.to_string().into());
    }
    page.insert("citation".into(), digest.sources().iter().map(citation).collect::<Vec<_>>().into());
    let json = Value::Object(page).to_string();
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn citation(source: &Source) -> Value {
    let mut entry = Map::new();
    entry.insert("@type".into(), "NewsArticle".into());
    entry.insert("headline".into(), plain(&source.title).into());
    if !source.outlet.is_empty() {
        let publisher =
            [("@type".to_owned(), "Organization".into()), ("name".to_owned(), plain(&source.outlet).into())];
        entry.insert("publisher".into(), Value::Object(publisher.into_iter().collect()));
    }
    if let Some(stamp) = source.published {
        entry.insert("datePublished".into(), stamp.to_string().into());
    }
    if let Some(url) = source.url.as_deref().and_then(link::web) {
        entry.insert("url".into(), url.into());
    }
    entry.insert("isAccessibleForFree".into(), (!source.paywalled).into());
    Value::Object(entry)
}
