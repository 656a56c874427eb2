//! Article text that stands only in a script's data, for pages that are drawn in the browser.

use super::body::{self, Text, count};
use super::tree::Tree;
use super::{Form, clean, plain, source};
use crate::article::Role;

/// Keys under which publishing systems keep text.
const KEYS: [&str; 12] = [
    "articleBody",
    "body",
    "content",
    "text",
    "html",
    "paragraph",
    "bodyHtml",
    "body_html",
    "value",
    "contentHtml",
    "copy",
    "story",
];
/// The most bytes of scripts that are searched.
const LIMIT: usize = 8 << 20;

/// How often data may be quoted inside a string of other data, as frameworks that stream a page do.
const NESTED: usize = 1;

/// The scripts' text, whichever key has most of it. Where it is HTML it is read as such, so that captions and headings
/// are told from paragraphs.
pub(super) fn read(scripts: &[&str], title: &str) -> Text {
    let (blocks, html) = longest(scripts);
    if html.contains("</p>") {
        let text = body::read(&Tree::parse(source::thin(&html).html), title, None, Form::Page);
        if body::words(&text.blocks) * 10 >= body::words(&blocks) * 6 {
            return text;
        }
    }
    Text::of(blocks)
}

/// The longest text as plain paragraphs, each once, and as it stood.
fn longest(scripts: &[&str]) -> (Vec<(Role, String)>, String) {
    let mut best: Vec<(Role, String)> = Vec::new();
    let mut raw = String::new();
    let mut most = 0;
    let mut left = LIMIT;
    for script in scripts.iter().filter(|script| KEYS.iter().any(|key| script.contains(key))) {
        let script = source::shorten(script, left);
        left -= script.len();
        let mut by_key: Vec<Vec<String>> = vec![Vec::new(); KEYS.len()];
        strings(script, &mut by_key, NESTED);
        for texts in by_key {
            let joined: Vec<(Role, String)> =
                texts.iter().flat_map(|text| clean::paragraphs(&plain::plain(text))).collect();
            let words = body::words(&joined);
            if words > most {
                (best, most) = (joined, words);
                raw = texts.join("\n");
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    best.retain(|(_, text)| seen.insert(text.clone()));
    (best, raw)
}

/// Collects the prose among the script's quoted strings by the key that stands before each.
fn strings(script: &str, by_key: &mut [Vec<String>], nested: usize) {
    let bytes = script.as_bytes();
    let mut at = 0;
    let mut key: Option<usize> = None;
    while let Some(step) = script[at..].find('"') {
        let start = at + step + 1;
        let mut end = start;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let Some(raw) = script.get(start..end.min(bytes.len())) else { return };
        at = end + 1;
        if at >= bytes.len() {
            return;
        }
        if bytes[at] == b':' || bytes[at..].starts_with(b" :") {
            key = KEYS.iter().position(|name| *name == raw);
            continue;
        }
        if nested > 0
            && raw.len() > 200
            && KEYS.iter().any(|key| raw.contains(&format!("\\\"{key}\\\":")))
            && let Ok(inner) = serde_json::from_str::<String>(&script[start - 1..=end])
        {
            strings(&inner, by_key, nested - 1);
            continue;
        }
        let Some(index) = key.filter(|_| raw.len() > 60) else { continue };
        let quoted = &script[start - 1..=end];
        if let Ok(text) = serde_json::from_str::<String>(quoted)
            && count(&text) >= 12
            && text.contains(['.', '。'])
        {
            by_key[index].push(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(script: &str) -> Vec<(Role, String)> {
        read(&[script], "").blocks
    }

    #[test]
    fn prose_in_a_script_is_found_by_its_key() {
        let line = "The ferry to Port Vell stopped on Wednesday after a crack was found in its hull.";
        let script = format!(
            "window.S={{\"a\":1,\"title\":\"x\",\"body\":[{{\"text\":\"<p>{line}</p>\"}},{{\"text\":\"{line} Again.\"}}]}}"
        );
        assert_eq!(texts(&script).len(), 2);
        let inner =
            format!("{{\"id\":7,\"text\":\"{line}\",\"more\":{{\"text\":\"{line} Once \\\"more\\\".\"}}}}");
        let streamed = format!("self.push([1,{}])", serde_json::Value::String(inner));
        let found = texts(&streamed);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[1].1.ends_with("Once \"more\"."), "{found:?}");
        for script in ["\"", "\"text\":\"", "\"text\":\"\\", "\"é\\é\"", "text"] {
            assert!(texts(script).is_empty(), "{script}");
        }
    }

    #[test]
    fn html_in_a_script_keeps_its_captions() {
        let line = "The ferry to Port Vell stopped on Wednesday after a crack was found in its hull.";
        let html = format!(
            "<p>{line} Once, and then again for days.</p><div><img src=/a><div class=caption><p>The ferry at its pier.</p></div></div><p>{line} Twice.</p>"
        );
        let script = format!("window.S={{\"content\":{}}}", serde_json::Value::String(html));
        let roles: Vec<Role> = texts(&script).into_iter().map(|(role, _)| role).collect();
        assert_eq!(roles, [Role::Paragraph, Role::Caption, Role::Paragraph]);
    }
}
