//! A feed's item as it was kept, read back: what the feed itself says of an article.

use desk::article::Article;
use desk::families::Families;
use desk::read::feed::{Entry, Person};
use desk::stamp::Stamp;
use serde_json::Value;
use store::Offer;

use crate::intake;

/// Words that the text which a feed gives as an item's content must have to be the whole article.
const WHOLE: usize = 80;
/// The same for what it calls a summary, which seldom is.
const WHOLE_SUMMARY: usize = 300;
/// Words below which a teaser says too little to stand for an article that can't be had.
const TEASER: usize = 25;

/// What a feed carries of an article.
pub(super) struct Carried {
    /// The article as far as the feed gives it.
    pub(super) article: Article,
    /// Whether that is all of it.
    pub(super) is_whole: bool,
}

/// The item of an offer.
pub(super) fn entry(offer: &Offer) -> Entry {
    let item: Value = serde_json::from_str(&offer.item).unwrap_or_default();
    let field = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
    let authors = item.get("authors").and_then(Value::as_array).into_iter().flatten();
    let name = |author: &Value| author.get("name").and_then(Value::as_str).map(str::to_owned);
    Entry {
        title: field("title").or_else(|| Some(offer.title.clone())),
        link: Some(offer.address.clone()),
        summary: field("summary"),
        content: field("content"),
        published: field("published"),
        updated: field("updated"),
        authors: authors.map(|author| Person { name: name(author), ..Person::default() }).collect(),
        source: field("source"),
        ..Entry::default()
    }
}

/// What the feed carries of an article; nothing where it gives next to no text.
pub(super) fn carried(offer: &Offer, families: &Families) -> Option<Carried> {
    let entry = entry(offer);
    let (mut article, words) = intake::carried(&entry, None, families)?;
    if words < TEASER {
        return None;
    }
    let least = if entry.content.is_some() { WHOLE } else { WHOLE_SUMMARY };
    let given = entry.content.as_deref().or(entry.summary.as_deref()).unwrap_or_default();
    let is_whole = words >= least && !is_cut(given);
    article.published = published(offer, article.published);
    article.agency = article.agency.or_else(|| entry.source.filter(|source| families.is_agency(source)));
    Some(Carried { article, is_whole })
}

/// When a feed says that an article was published. The kept moment was judged when the feed was read: one that lies
/// about the future is none there, and then the printed one isn't used either.
pub(super) fn published(offer: &Offer, printed: Option<Stamp>) -> Option<Stamp> {
    let kept = jiff::Timestamp::from_millisecond(offer.published?).ok()?;
    match printed {
        Some(stamp) if (stamp.seconds() - kept.as_second()).abs() < 86_400 => Some(stamp),
        _ => Stamp::parse(&kept.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
    }
}

/// Whether an item's HTML ends as teasers do.
fn is_cut(html: &str) -> bool {
    const DOTS: [&str; 4] = ["…", "...", "[…]", "[...]"];
    const CALLS: [&str; 4] = ["read more", "continue reading", "read full story", "read the full story"];
    let mut text = html.trim_end();
    // What stands in the last tags is no text.
    while let Some(at) = text.strip_suffix('>').and_then(|open| open.rfind('<')) {
        text = text[..at].trim_end();
    }
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let bare = bare[bare.floor_char_boundary(bare.len().saturating_sub(40))..].to_lowercase();
    DOTS.iter().any(|end| text.ends_with(end)) || CALLS.iter().any(|end| bare.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(item: Value, published: Option<i64>) -> Offer {
        Offer {
            address: "https://a.example/1".to_owned(),
            guid: String::new(),
            title: "The ferry".to_owned(),
            published,
            item: item.to_string(),
            hash: String::new(),
        }
    }

    fn words(many: usize) -> String {
        format!("<p>{}.</p>", vec!["word"; many].join(" "))
    }

    #[test]
    fn a_feed_carries_all_a_teaser_or_nothing() {
        let check = |item: Value, wanted: Option<bool>| {
            let carried = carried(&offer(item.clone(), None), &Families::default());
            assert_eq!(carried.map(|carried| carried.is_whole), wanted, "{item}");
        };
        check(serde_json::json!({"content": words(100)}), Some(true));
        check(serde_json::json!({"content": words(40)}), Some(false));
        check(serde_json::json!({"summary": words(100)}), Some(false));
        check(serde_json::json!({"summary": words(400)}), Some(true));
        check(serde_json::json!({"summary": words(5)}), None);
        check(serde_json::json!({"content": format!("{}<p>And so […]</p>", words(100))}), Some(false));
        check(serde_json::json!({"content": format!("{}<p>Continue reading.</p>", words(100))}), Some(false));
        check(serde_json::json!(["nonsense"]), None);
    }

    #[test]
    fn a_moment_that_the_feed_lied_about_is_none() {
        let text = serde_json::json!({"content": words(100), "published": "2031-01-01T00:00:00Z"});
        let day = |published| {
            carried(&offer(text.clone(), published), &Families::default()).and_then(|c| c.article.published)
        };
        assert_eq!(day(None), None);
        let told = day(Some(1_776_000_000_000)).map(|stamp| stamp.to_string());
        assert_eq!(told.as_deref(), Some("2026-04-12T13:20:00+00:00"));
    }
}
