//! What may stand in a page of the site, tag by tag, and what a reader's aids need to find their way.

use std::collections::BTreeSet;

type Attributes = Vec<(String, String)>;

const VOID: [&str; 7] = ["!doctype", "meta", "link", "input", "br", "hr", "img"];

/// Checks a page: sound markup, nothing that runs, only our own and web addresses, ids that exist, headings in
/// order, a name for every field and button, and no hidden character.
pub(crate) fn check(address: &str, page: &str) {
    let tags = tags(address, page);
    check_nesting(address, &tags);
    check_names(address, &tags);
    check_headings(address, &tags);
    for (name, attributes) in &tags {
        check_tag(address, name, attributes);
    }
    let hidden = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\0' | '\u{1b}');
    assert!(!page.contains(hidden), "{address}: an override or control character is left");
    let count = |wanted: &str| tags.iter().filter(|(name, _)| name == wanted).count();
    assert_eq!((count("main"), count("h1"), count("title"), count("script")), (1, 1, 1, 1), "{address}");
    assert!(page.contains("class=\"skip\"") && page.contains("rel=\"canonical\""), "{address}");
    let data =
        between(page, "<script type=\"application/ld+json\">", "</script>").expect("data for machines");
    let data: serde_json::Value =
        serde_json::from_str(data).unwrap_or_else(|error| panic!("{address}: {error}"));
    assert_eq!(data["@context"], "https://schema.org", "{address}");
}

fn check_tag(address: &str, name: &str, attributes: &Attributes) {
    assert!(
        !matches!(name, "img" | "iframe" | "object" | "embed" | "style" | "base" | "svg"),
        "{address}: <{name}>"
    );
    for (attribute, value) in attributes {
        assert!(!attribute.starts_with("on") && attribute != "style", "{address}: {attribute} in <{name}>");
        if matches!(attribute.as_str(), "href" | "action" | "src") {
            let ours = value.starts_with('/') && !value.starts_with("//");
            let web = value.starts_with('#') || value.starts_with("https://") || value.starts_with("http://");
            assert!(ours || web, "{address}: {attribute}={value}");
        }
    }
    if name == "script" {
        assert_eq!(attributes[..], [("type".to_owned(), "application/ld+json".to_owned())], "{address}");
    }
}

fn check_nesting(address: &str, tags: &[(String, Attributes)]) {
    let mut open: Vec<&str> = Vec::new();
    for (name, _) in tags {
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{address}: </{name}>");
        } else if !VOID.contains(&name.as_str()) {
            assert!(!(name == "p" && open.contains(&"p")), "{address}: a paragraph in a paragraph");
            assert!(!(name == "a" && open.contains(&"a")), "{address}: a link in a link");
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{address}: {open:?} are never closed");
}

fn check_names(address: &str, tags: &[(String, Attributes)]) {
    let all = || tags.iter().flat_map(|(_, attributes)| attributes);
    let ids: Vec<&String> = all().filter(|(name, _)| name == "id").map(|(_, value)| value).collect();
    let once: BTreeSet<&&String> = ids.iter().collect();
    assert_eq!(once.len(), ids.len(), "{address}: an id stands twice");
    for (name, target) in all() {
        if matches!(name.as_str(), "popovertarget" | "aria-labelledby" | "aria-describedby" | "for") {
            assert!(ids.contains(&target), "{address}: {name} {target}");
        }
        if name == "href" && target.starts_with('#') {
            assert!(ids.iter().any(|id| **id == target[1..]), "{address}: {target}");
        }
    }
    let labelled: BTreeSet<&str> =
        all().filter(|(name, _)| name == "for").map(|(_, id)| id.as_str()).collect();
    for (name, attributes) in
        tags.iter().filter(|(name, _)| matches!(name.as_str(), "input" | "select" | "textarea"))
    {
        let value = |wanted: &str| {
            attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
        };
        let named = value("id").is_some_and(|id| labelled.contains(id)) || value("aria-label").is_some();
        assert!(named || value("type") == Some("hidden"), "{address}: <{name}> without a label");
    }
}

fn check_headings(address: &str, tags: &[(String, Attributes)]) {
    let levels = tags.iter().filter_map(|(name, _)| name.strip_prefix('h')?.parse::<u8>().ok());
    let levels: Vec<u8> = levels.collect();
    for pair in levels.windows(2) {
        assert!(
            pair[1] <= pair[0] + 1,
            "{address}: a heading of level {} after one of level {}",
            pair[1],
            pair[0]
        );
    }
}

/// The tags of a page: name, then attributes with their values. What `<script>` holds is data and left out.
pub(crate) fn tags(address: &str, page: &str) -> Vec<(String, Attributes)> {
    let mut out = Vec::new();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        let close = open + rest[open..].find('>').unwrap_or_else(|| panic!("{address}: a tag is not closed"));
        let tag = &rest[open + 1..close];
        rest = &rest[close + 1..];
        let (name, text) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        if name == "script" {
            rest = &rest[rest.find("</script").expect("data end")..];
        }
        out.push((name.trim_end_matches('/').to_owned(), attributes(address, text)));
    }
    out
}

fn attributes(address: &str, mut text: &str) -> Attributes {
    let mut out = Vec::new();
    text = text.trim();
    while let Some(name) = text.split([' ', '=', '\n']).next().filter(|name| !name.is_empty()) {
        text = &text[name.len()..];
        let mut value = "";
        if let Some(quoted) = text.strip_prefix("=\"") {
            value = &quoted[..quoted.find('"').unwrap_or_else(|| panic!("{address}: {name} is not closed"))];
            text = &quoted[value.len() + 1..];
        }
        assert!(
            text.is_empty() || text.starts_with([' ', '\n']),
            "{address}: attributes are parted by blanks: {text}"
        );
        text = text.trim_start();
        out.push((name.to_owned(), value.to_owned()));
    }
    out
}

/// The text between two signs.
pub(crate) fn between<'t>(text: &'t str, from: &str, to: &str) -> Option<&'t str> {
    let rest = &text[text.find(from)? + from.len()..];
    rest.find(to).map(|end| &rest[..end])
}
