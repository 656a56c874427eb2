//! What a page's `<meta>` and `<link>` tags and its microdata say, by name.

use std::collections::BTreeMap;

use super::plain::plain;
use super::tree::{Tree, squeeze};

/// The most names that are kept of one page.
const NAMES: usize = 2_000;

/// The most values that are kept of one name.
const VALUES: usize = 20;

/// Meta tags by name, and the addresses of links that say something of the article.
#[derive(Debug, Default)]
pub(super) struct Tags {
    values: BTreeMap<String, Vec<String>>,
    /// The address that the page calls its own.
    pub(super) canonical: Option<String>,
    /// The address of the licence that the page links to.
    pub(super) licence: Option<String>,
}

impl Tags {
    /// Reads the page's tags.
    pub(super) fn read(tree: &Tree) -> Self {
        let mut out = Self::default();
        for node in &tree.nodes {
            match node.name.as_str() {
                "meta" => {
                    let Some(content) = node.attribute("content") else { continue };
                    let content = squeeze(&plain(content));
                    for key in ["property", "name", "itemprop"] {
                        if let Some(name) = node.attribute(key).filter(|_| !content.is_empty()) {
                            let name = name.trim().to_ascii_lowercase();
                            if out.values.len() >= NAMES && !out.values.contains_key(&name) {
                                continue;
                            }
                            let values = out.values.entry(name).or_default();
                            if values.len() < VALUES {
                                values.push(content.clone());
                            }
                        }
                    }
                }
                "link" | "a" => {
                    let href = node.attribute("href").filter(|href| !href.is_empty());
                    let rel = node.attribute("rel").unwrap_or_default();
                    let is = |name: &str| rel.split_whitespace().any(|word| word.eq_ignore_ascii_case(name));
                    if out.canonical.is_none() && node.is("link") && is("canonical") {
                        out.canonical = href.map(str::to_owned);
                    }
                    if out.licence.is_none() && (is("license") || is("licence")) {
                        out.licence = href.map(str::to_owned);
                    }
                }
                _ => {}
            }
        }
        out
    }

    /// All values of a name.
    pub(super) fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first value of the first name that has one.
    pub(super) fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all(name).first()).map(String::as_str)
    }
}

/// Texts or contents of elements with that `itemprop`.
pub(super) fn microdata(tree: &Tree, property: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        let named = node
            .attribute("itemprop")
            .is_some_and(|value| value.split_whitespace().any(|word| word == property));
        if !named || node.is("meta") || out.len() >= 20 {
            continue;
        }
        let inner = tree.under(index).skip(1).find(|&i| tree.nodes[i].attribute("itemprop") == Some("name"));
        let value = match inner {
            Some(inner) => {
                tree.nodes[inner].attribute("content").map_or_else(|| tree.text(inner), str::to_owned)
            }
            None => node
                .attribute("datetime")
                .or(node.attribute("content"))
                .map_or_else(|| tree.text(index), str::to_owned),
        };
        if !value.is_empty() && value.len() < 500 {
            out.push(value);
        }
    }
    out
}
