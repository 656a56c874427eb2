//! What a page's JSON-LD says of the article: the most trusted source of its facts.

use serde_json::Value;

use crate::article::Image;

use super::people;
use super::plain::plain;
use super::tree::squeeze;

/// The most bytes of JSON-LD that are read from one page.
const LIMIT: usize = 1 << 20;

/// The article's facts as schema.org names them.
#[derive(Clone, Debug, Default)]
pub(super) struct Linked {
    /// Types of the object, without a prefix.
    pub(super) types: Vec<String>,
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    /// Those of the authors that are accounts of the publishing system and no people.
    pub(super) accounts: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) sections: Vec<String>,
    pub(super) genres: Vec<String>,
    pub(super) keywords: Vec<String>,
    pub(super) outlet: Option<String>,
    pub(super) free: Option<bool>,
    pub(super) body: Option<String>,
    pub(super) image: Option<Image>,
    pub(super) licence: Option<String>,
    pub(super) url: Option<String>,
}

/// The best article object of all scripts, that of the page's own address before others. Notes say what was broken.
pub(super) fn read(scripts: &[&str], url: Option<&str>, notes: &mut Vec<String>) -> Option<Linked> {
    let mut left = LIMIT;
    let mut values = Vec::new();
    let (mut long, mut broken) = (false, false);
    for script in scripts {
        if script.len() > left {
            long = true;
            continue;
        }
        left -= script.len();
        match parse(script) {
            Some(value) => values.push(value),
            None => broken = true,
        }
    }
    notes.extend(long.then(|| "JSON-LD too long to read".to_owned()));
    notes.extend(broken.then(|| "JSON-LD is broken".to_owned()));
    let mut objects = Vec::new();
    for value in &values {
        collect(value, &mut objects);
    }
    let best = objects
        .iter()
        .copied()
        .map(|object| (rank(object), object))
        .filter(|(rank, _)| *rank > 0)
        .map(|(rank, object)| (rank + if is_at(object, url) { 30 } else { 0 }, object))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })?
        .1;
    let mut linked = facts(best, &objects);
    linked.outlet = linked.outlet.or_else(|| site(&objects));
    Some(linked)
}

fn parse(script: &str) -> Option<Value> {
    let trimmed = script
        .trim()
        .trim_start_matches("<!--")
        .trim_end_matches("-->")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(trimmed) {
        return Some(value);
    }
    let mended = mend(trimmed);
    // A second object after the first one is lost, not the first.
    serde_json::Deserializer::from_str(&mended).into_iter::<Value>().next()?.ok()
}

/// Escapes control characters inside strings, drops commas before a closing bracket and doubles stray
/// backslashes.
fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => match chars.peek() {
                Some(&next) if "\"\\/bfnrtu".contains(next) => {
                    out.push(c);
                    out.push(next);
                    chars.next();
                }
                _ => out.push_str("\\\\"),
            },
            '"' => {
                quoted = !quoted;
                out.push(c);
            }
            c if quoted && c.is_control() => out.push(' '),
            '}' | ']' if !quoted => {
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

fn collect<'v>(value: &'v Value, out: &mut Vec<&'v Value>) {
    // The parser bounds the depth to 128, so this recursion is bounded too.
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, out)),
        Value::Object(object) => {
            if out.len() < 2_000 {
                out.push(value);
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "subjectOf", "hasPart", "liveBlogUpdate"]
            {
                if let Some(inner) = object.get(key)
                    && (key != "liveBlogUpdate" || value.get("headline").is_none())
                {
                    collect(inner, out);
                }
            }
        }
        _ => {}
    }
}

fn types(object: &Value) -> Vec<String> {
    texts(object.get("@type"))
        .into_iter()
        .map(|t| t.rsplit(['/', ':']).next().unwrap_or("").to_owned())
        .collect()
}

/// How likely the object is the page's article.
fn rank(object: &Value) -> usize {
    let base = types(object)
        .iter()
        .map(|kind| match kind.as_str() {
            kind if kind.ends_with("NewsArticle") => 8,
            "LiveBlogPosting" | "AdvertiserContentArticle" | "SatiricalArticle" => 8,
            "Report" | "BlogPosting" | "Article" | "TechArticle" | "ScholarlyArticle" | "Review" => 7,
            "SocialMediaPosting" | "CreativeWork" => 3,
            "WebPage" | "VideoObject" => 1,
            _ => 0,
        })
        .max()
        .unwrap_or(0);
    if base == 0 {
        return 0;
    }
    let has = |key: &str| usize::from(object.get(key).is_some());
    base * 10 + has("headline") * 6 + has("datePublished") * 4 + has("author") * 4 + has("articleBody") * 2
}

/// Whether the object says that it is the article at that address.
fn is_at(object: &Value, url: Option<&str>) -> bool {
    let plain = |url: &str| -> String {
        let url = url.split(['?', '#']).next().unwrap_or(url);
        let url = url.split_once("//").map_or(url, |(_, rest)| rest);
        url.trim_start_matches("www.").trim_end_matches('/').to_lowercase()
    };
    let Some(url) = url.map(plain) else { return false };
    let page = object.get("mainEntityOfPage");
    let page_id = page.and_then(|page| page.get("@id"));
    [object.get("url"), page, page_id, object.get("@id")]
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .any(|stated| plain(stated) == url)
}

fn facts(object: &Value, objects: &[&Value]) -> Linked {
    let text = |key: &str| texts(object.get(key)).into_iter().next();
    let authors = people::named(object.get("author").or_else(|| object.get("creator")), objects);
    let accounts = authors.iter().filter(|(_, account)| *account).map(|(name, _)| name.clone()).collect();
    Linked {
        types: types(object),
        headline: text("headline").or_else(|| text("name")),
        authors: authors.into_iter().map(|(name, _)| name).collect(),
        accounts,
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        lang: text("inLanguage"),
        sections: texts(object.get("articleSection")),
        genres: texts(object.get("genre")),
        keywords: texts(object.get("keywords")),
        outlet: people::named(object.get("publisher"), objects).into_iter().next().map(|(name, _)| name),
        free: free(object),
        body: object.get("articleBody").and_then(Value::as_str).map(str::to_owned),
        image: image(object, objects),
        licence: text("license").filter(|licence| !licence.is_empty()),
        url: text("url").or_else(|| text("mainEntityOfPage")),
    }
}

/// The article's first image.
fn image(object: &Value, objects: &[&Value]) -> Option<Image> {
    let first = match object.get("image")? {
        Value::Array(items) => items.first()?,
        other => other,
    };
    let referred = |id: &Value| {
        objects
            .iter()
            .copied()
            .find(|object| object.get("@id") == Some(id) && object.get("contentUrl").is_some())
    };
    let first = match first.get("@id") {
        Some(id) if first.get("url").is_none() && first.get("contentUrl").is_none() => {
            referred(id).unwrap_or(first)
        }
        _ => first,
    };
    let stated = |keys: &[&str]| keys.iter().find_map(|key| texts(first.get(*key)).into_iter().next());
    let url = match first {
        Value::String(url) => Some(url.trim().to_owned()),
        _ => stated(&["url", "contentUrl", "@id"]),
    };
    Some(Image {
        url: url.filter(|url| !url.is_empty())?,
        caption: stated(&["caption", "description"]),
        credit: stated(&["creditText", "copyrightNotice", "copyrightHolder", "creator", "author"]),
    })
}

/// Whether all may read it: as the article says, else as its parts say.
fn free(object: &Value) -> Option<bool> {
    let parts = match object.get("hasPart") {
        Some(Value::Array(items)) => items.iter().take(50).collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let closed = parts.into_iter().any(|part| flag(part) == Some(false));
    flag(object).or(closed.then_some(false))
}

fn flag(object: &Value) -> Option<bool> {
    match object.get("isAccessibleForFree")? {
        Value::Bool(free) => Some(*free),
        Value::String(word) => match word.trim().to_ascii_lowercase().rsplit('/').next()? {
            "false" | "no" | "0" => Some(false),
            "true" | "yes" | "1" => Some(true),
            _ => None,
        },
        _ => None,
    }
}

fn site(objects: &[&Value]) -> Option<String> {
    let named = |kind: &str| objects.iter().find(|object| types(object).iter().any(|t| t == kind));
    let object =
        named("NewsMediaOrganization").or_else(|| named("Organization")).or_else(|| named("WebSite"))?;
    texts(object.get("name")).into_iter().next()
}

/// The texts of a value: itself, its items, or its name or value.
pub(super) fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => {
            let text = squeeze(&plain(text));
            if text.is_empty() { Vec::new() } else { vec![text] }
        }
        Some(Value::Array(items)) => {
            items.iter().take(60).filter(|item| !item.is_array()).flat_map(|item| texts(Some(item))).collect()
        }
        Some(Value::Object(object)) => ["name", "@value", "alternateName", "@id", "url"]
            .iter()
            .find_map(|key| object.get(*key).and_then(Value::as_str))
            .map(|text| vec![squeeze(&plain(text))])
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str) -> Option<Linked> {
        read(&[script], None, &mut Vec::new())
    }

    #[test]
    fn broken_json_is_mended_a_little() {
        for script in [
            "{\"@type\":\"NewsArticle\",\"headline\":\"Ferry stopped\"}",
            "<!-- {\"@type\":\"NewsArticle\",\"headline\":\"Ferry\nstopped\",} -->",
            "[{\"@type\":[\"NewsArticle\"],\"headline\":\"Ferry stopped\",},];",
            "{\"@graph\":[{\"@type\":\"WebSite\"},{\"@type\":\"http://schema.org/Article\",\"headline\":\"Ferry &amp;nbsp;stopped\"}]}",
        ] {
            assert_eq!(check(script).and_then(|l| l.headline).as_deref(), Some("Ferry stopped"), "{script}");
        }
        for script in ["", "{", "null", "[[[[", "{\"@type\":\"Person\"}", "\\", "{\"a\":\"\\"] {
            assert!(check(script).is_none(), "{script}");
        }
        assert!(check(&"[".repeat(100_000)).is_none());
    }

    #[test]
    fn a_wall_around_a_part_is_a_wall() {
        for (said, free) in [
            ("\"isAccessibleForFree\":\"False\"", Some(false)),
            ("\"hasPart\":{\"@type\":\"WebPageElement\",\"isAccessibleForFree\":false}", Some(false)),
            ("\"isAccessibleForFree\":true,\"hasPart\":[{\"isAccessibleForFree\":false}]", Some(true)),
            ("\"hasPart\":[{\"isAccessibleForFree\":true}]", None),
        ] {
            let script = format!("{{\"@type\":\"NewsArticle\",{said}}}");
            assert_eq!(check(&script).expect("an article").free, free, "{said}");
        }
    }

    #[test]
    fn the_main_image_comes_with_what_is_said_of_it() {
        let image = |url: &str, caption: Option<&str>, credit: Option<&str>| {
            let some = |text: Option<&str>| text.map(str::to_owned);
            Some(Image { url: url.to_owned(), caption: some(caption), credit: some(credit) })
        };
        for (said, expected) in [
            ("\"https://i.example/a.jpg\"", image("https://i.example/a.jpg", None, None)),
            (
                "[\"https://i.example/a.jpg\",\"https://i.example/b.jpg\"]",
                image("https://i.example/a.jpg", None, None),
            ),
            (
                "{\"url\":\"https://i.example/a.jpg\",\"caption\":\"The hull\",\"creditText\":\"Jon Vell\"}",
                image("https://i.example/a.jpg", Some("The hull"), Some("Jon Vell")),
            ),
            (
                "{\"contentUrl\":\"https://i.example/a.jpg\",\"author\":{\"name\":\"Jon Vell\"}}",
                image("https://i.example/a.jpg", None, Some("Jon Vell")),
            ),
            ("[]", None),
            ("null", None),
        ] {
            let script = format!("{{\"@type\":\"NewsArticle\",\"image\":{said}}}");
            assert_eq!(check(&script).expect("an article").image, expected, "{said}");
        }
    }

    #[test]
    fn the_article_of_the_address_goes_before_another() {
        let script = "[{\"@type\":\"NewsArticle\",\"headline\":\"Herring is back\",\"author\":\"A\",\"url\":\"https://a.example/herring\"},\
                      {\"@type\":\"NewsArticle\",\"headline\":\"Ferry stopped\",\"mainEntityOfPage\":{\"@id\":\"http://www.a.example/ferry/\"}}]";
        let linked = read(&[script], Some("https://a.example/ferry?from=feed"), &mut Vec::new());
        assert_eq!(linked.and_then(|l| l.headline).as_deref(), Some("Ferry stopped"));
    }
}
