//! Article text that stands only in a script's data, for pages that are drawn in the browser.

use super::body::count;
use super::{clean, plain};
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

/// The script's text, whichever key has most of it.
pub(super) fn read(scripts: &[&str]) -> Vec<(Role, String)> {
    let mut best: Vec<(Role, String)> = Vec::new();
    let mut most = 0;
    let mut left = LIMIT;
    for script in scripts.iter().filter(|script| KEYS.iter().any(|key| script.contains(key))) {
        let script = super::source::shorten(script, left);
        left -= script.len();
        let mut by_key: Vec<Vec<String>> = vec![Vec::new(); KEYS.len()];
        strings(script, &mut by_key, NESTED);
        for texts in by_key {
            let joined: Vec<(Role, String)> =
                texts.iter().flat_map(|text| clean::paragraphs(&plain::plain(text))).collect();
            let words = super::body::words(&joined);
            if words > most {
                (best, most) = (joined, words);
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    best.retain(|(_, text)| seen.insert(text.clone()));
    best
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

    #[test]
    fn prose_in_a_script_is_found_by_its_key() {
        let line = "The ferry to Port Vell stopped on Wednesday after a crack was found in its hull.";
        let script = format!(
            "window.S={{\"a\":1,\"title\":\"x\",\"body\":[{{\"text\":\"<p>{line}</p>\"}},{{\"text\":\"{line} Again.\"}}]}}"
        );
        assert_eq!(read(&[&script]).len(), 2);
        let inner =
            format!("{{\"id\":7,\"text\":\"{line}\",\"more\":{{\"text\":\"{line} Once \\\"more\\\".\"}}}}");
        let streamed = format!("self.push([1,{}])", serde_json::Value::String(inner));
        let found = read(&[&streamed]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[1].1.ends_with("Once \"more\"."), "{found:?}");
        for script in ["\"", "\"text\":\"", "\"text\":\"\\", "\"é\\é\"", "text"] {
            assert!(read(&[script]).is_empty(), "{script}");
        }
    }
}
