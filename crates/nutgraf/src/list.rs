//! Lists of feeds as JSON, by category: `{"World": {"feeds": ["https://…", …]}, …}`, the form of `kite_feeds.json`.

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::opml::{FEEDS, Outline};

/// Whether a file is such a list, and no OPML.
pub(crate) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// Reads a list: categories with their feeds, or a bare list of addresses. What stands where an address should, and is
/// none, is given as it stands, to be refused by name.
pub(crate) fn read(text: &str) -> Result<Vec<Outline>> {
    let value: Value =
        serde_json::from_str(text).context("this is not a list of feeds: it is broken JSON")?;
    let mut found = Vec::new();
    match &value {
        Value::Object(categories) => {
            for (category, content) in categories {
                let feeds = content.get("feeds").unwrap_or(content);
                feeds.as_array().into_iter().flatten().for_each(|feed| found.extend(outline(feed, category)));
            }
        }
        Value::Array(feeds) => feeds.iter().for_each(|feed| found.extend(outline(feed, ""))),
        _ => {}
    }
    if found.len() > FEEDS {
        bail!("the list has more than {FEEDS} feeds. Import it in parts");
    }
    Ok(found)
}

/// A feed as its address, or as an object that has one.
fn outline(feed: &Value, category: &str) -> Option<Outline> {
    let text = |names: &[&str]| names.iter().find_map(|name| feed.get(name)?.as_str()).map(str::to_owned);
    let address = feed.as_str().map(str::to_owned).or_else(|| text(&["url", "feed", "xmlUrl", "address"]))?;
    let folders = if category.is_empty() { Vec::new() } else { vec![category.to_owned()] };
    Some(Outline { address, title: text(&["title", "name"]).unwrap_or_default(), folders })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_keep_their_category() {
        let list = r#"{"World": {"category_type": "core", "feeds": ["https://a.example/rss", 5]},
                       "Vell": ["https://b.example/rss", {"url": "https://c.example/rss", "name": "C"}], "odd": 1}"#;
        assert!(is_json(list) && !is_json(" <opml/>"));
        let found = read(list).expect("a list");
        let shown: Vec<_> = found
            .iter()
            .map(|one| (one.address.as_str(), one.folders.join("/"), one.title.as_str()))
            .collect();
        let expected = [
            ("https://a.example/rss", "World", ""),
            ("https://b.example/rss", "Vell", ""),
            ("https://c.example/rss", "Vell", "C"),
        ];
        assert_eq!(shown, expected.map(|(address, folder, title)| (address, folder.to_owned(), title)));
        assert_eq!(read(r#"["https://a.example/rss"]"#).expect("a list").len(), 1);
        assert!(read("{").is_err());
        let many = format!("[{}\"x\"]", "\"x\",".repeat(FEEDS));
        assert!(read(&many).is_err());
    }
}
