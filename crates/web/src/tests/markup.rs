//! What may stand in a page of ours, tag by tag.

use crate::policy::policy;

type Attributes = Vec<(String, String)>;

const ELEMENTS: [&str; 47] = [
    "!doctype",
    "html",
    "head",
    "meta",
    "style",
    "title",
    "script",
    "body",
    "a",
    "header",
    "p",
    "main",
    "article",
    "section",
    "h1",
    "h2",
    "div",
    "span",
    "sup",
    "button",
    "ol",
    "ul",
    "li",
    "i",
    "figure",
    "figcaption",
    "cite",
    "bdi",
    "time",
    "blockquote",
    "q",
    "footer",
    "table",
    "caption",
    "tbody",
    "tr",
    "th",
    "td",
    "dl",
    "dt",
    "dd",
    "h3",
    "sub",
    "svg",
    "g",
    "path",
    "text",
];

const ATTRIBUTES: [&str; 29] = [
    "aria-haspopup",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "charset",
    "class",
    "content",
    "datetime",
    "dir",
    "href",
    "html",
    "http-equiv",
    "id",
    "lang",
    "name",
    "popover",
    "popovertarget",
    "popovertargetaction",
    "rel",
    "role",
    "scope",
    "type",
    "tabindex",
    "width",
    "height",
    "viewBox",
    "d",
    "x",
    "y",
];

/// Checks that a page holds nothing but our own markup, one style sheet that its policy names, no address but
/// web addresses, and no hidden characters.
pub(super) fn check_page(page: &str) {
    let tags = tags(page);
    for (name, attributes) in &tags {
        check_tag(name, attributes);
    }
    let count = |wanted: &str| tags.iter().filter(|(name, _)| name == wanted).count();
    assert_eq!((count("style"), count("/style"), count("h1"), count("main")), (1, 1, 1, 1));
    assert!(count("script") <= 1);
    let css = &page[page.find("<style>").expect("a style") + 7..page.find("</style>").expect("its end")];
    assert!(!css.contains("url(") && !css.contains("@import"), "the style sheet asks for nothing");
    let named =
        |attributes: &Attributes| attributes.iter().any(|(_, value)| value == "Content-Security-Policy");
    let meta = tags.iter().find(|(_, attributes)| named(attributes)).expect("the policy");
    assert_eq!(meta.1[1], ("content".to_owned(), policy(css)));
    let hidden = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\0' | '\u{1b}');
    assert!(!page.contains(hidden), "no override or control character is left");
    check_ids(&tags);
}

fn check_tag(name: &str, attributes: &Attributes) {
    assert!(ELEMENTS.contains(&name.trim_start_matches('/')), "<{name}>");
    for (attribute, value) in attributes {
        assert!(ATTRIBUTES.contains(&&**attribute), "{attribute} in <{name}>");
        let local = value.starts_with('#') || value.starts_with("http://") || value.starts_with("https://");
        assert!(attribute != "href" || local, "{value}");
    }
    if name == "script" {
        assert_eq!(attributes[..], [("type".to_owned(), "application/ld+json".to_owned())]);
    }
}

fn check_ids(tags: &[(String, Attributes)]) {
    let all = || tags.iter().flat_map(|(_, attributes)| attributes);
    let ids: Vec<&String> = all().filter(|(name, _)| name == "id").map(|(_, value)| value).collect();
    let once: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(once.len(), ids.len(), "ids are unique");
    for (name, target) in all() {
        if matches!(name.as_str(), "popovertarget" | "aria-labelledby") {
            assert!(ids.contains(&target), "{name} {target}");
        }
    }
}

/// The tags of a page: name, then attributes with their values. What `<style>` and the block of data hold is
/// no markup and is left out.
fn tags(page: &str) -> Vec<(String, Attributes)> {
    let mut out = Vec::new();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        let close = open + rest[open..].find('>').expect("every tag is closed");
        let tag = &rest[open + 1..close];
        rest = &rest[close + 1..];
        let (name, text) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        if matches!(name, "style" | "script") {
            rest = &rest[rest.find("</").expect("style and data end")..];
        }
        out.push((name.to_owned(), attributes(text)));
    }
    out
}

fn attributes(mut text: &str) -> Attributes {
    let mut out = Vec::new();
    while let Some(name) = text.split([' ', '=', '\n']).next().filter(|name| !name.is_empty()) {
        text = &text[name.len()..];
        let mut value = "";
        if let Some(quoted) = text.strip_prefix("=\"") {
            value = &quoted[..quoted.find('"').expect("every value is closed")];
            text = &quoted[value.len() + 1..];
        }
        assert!(text.is_empty() || text.starts_with(' '), "attributes are parted by blanks: {text}");
        text = text.trim_start();
        out.push((name.to_owned(), value.to_owned()));
    }
    out
}
