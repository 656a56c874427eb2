//! What a page's JSON-LD says of the article: the most trusted source of its facts.

use serde_json::Value;

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
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) section: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) free: Option<bool>,
    pub(super) body: Option<String>,
    pub(super) image: Option<String>,
    pub(super) url: Option<String>,
}

/// The best article object of all scripts, and notes on what was broken.
pub(super) fn read(scripts: &[&str], notes: &mut Vec<String>) -> Option<Linked> {
    let mut left = LIMIT;
    let mut values = Vec::new();
    for script in scripts {
        if script.len() > left {
            notes.push("JSON-LD too long to read".to_owned());
            continue;
        }
        left -= script.len();
        match parse(script) {
            Some(value) => values.push(value),
            None => notes.push("JSON-LD is broken".to_owned()),
        }
    }
    let mut objects = Vec::new();
    for value in &values {
        collect(value, &mut objects);
    }
    let best = objects
        .iter()
        .copied()
        .map(|object| (rank(object), object))
        .filter(|(rank, _)| *rank > 0)
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

fn facts(object: &Value, objects: &[&Value]) -> Linked {
    let text = |key: &str| texts(object.get(key)).into_iter().next();
    Linked {
        types: types(object),
        headline: text("headline").or_else(|| text("name")),
        authors: people(object.get("author").or_else(|| object.get("creator")), objects),
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        lang: text("inLanguage"),
        section: text("articleSection"),
        outlet: people(object.get("publisher"), objects).into_iter().next(),
        free: free(object),
        body: object.get("articleBody").and_then(Value::as_str).map(str::to_owned),
        image: texts(object.get("image")).into_iter().next(),
        url: text("url").or_else(|| text("mainEntityOfPage")),
    }
}

fn free(object: &Value) -> Option<bool> {
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

/// Names of persons or organisations, references by `@id` followed once.
fn people(value: Option<&Value>, objects: &[&Value]) -> Vec<String> {
    let mut out = Vec::new();
    let items: Vec<&Value> = match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(other) => vec![other],
        None => return out,
    };
    for item in items.into_iter().take(60) {
        let named = if item.get("name").is_none()
            && let Some(id) = item.get("@id")
        {
            objects
                .iter()
                .copied()
                .find(|object| object.get("@id") == Some(id) && object.get("name").is_some())
                .unwrap_or(item)
        } else {
            item
        };
        match named {
            Value::Array(inner) => inner.iter().for_each(|one| out.extend(texts(Some(one)))),
            other => out.extend(texts(other.get("name").or(Some(other)).filter(|v| !v.is_object()))),
        }
    }
    out
}

/// The texts of a value: itself, its items, or its name or value.
fn texts(value: Option<&Value>) -> Vec<String> {
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
        read(&[script], &mut Vec::new())
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
    fn authors_are_lists_objects_or_references() {
        for (author, expected) in [
            ("\"Mira Okpara\"", vec!["Mira Okpara"]),
            ("[{\"name\":\"Mira Okpara\"},{\"name\":\"Jon Vell\"}]", vec!["Mira Okpara", "Jon Vell"]),
            ("{\"name\":[\"Mira Okpara\",\"Jon Vell\"]}", vec!["Mira Okpara", "Jon Vell"]),
            ("{\"@id\":\"#m\"}", vec!["Mira Okpara"]),
            ("{}", vec![]),
        ] {
            let script = format!(
                "{{\"@graph\":[{{\"@type\":\"Article\",\"author\":{author}}},{{\"@id\":\"#m\",\"@type\":\"Person\",\"name\":\"Mira Okpara\"}}]}}"
            );
            assert_eq!(check(&script).expect("an article").authors, expected, "{author}");
        }
    }
}
