//! What is not the article by its elements: menus, teasers, share buttons, newsletter boxes, comments.
//!
//! Rules look at element names and at class names that many publishing systems share, never at an outlet.

use std::sync::LazyLock;

use regex::Regex;

use super::Form;
use super::body::Block;
use super::marks::{BODIES, FURNITURE, FURNITURE_WORDS};
use super::tree::{Node, Tree};

/// Whether nothing under the node is ever read.
pub(super) fn is_silent(node: &Node) -> bool {
    matches!(
        node.name.as_str(),
        "head"
            | "title"
            | "button"
            | "input"
            | "nav"
            | "form"
            | "label"
            | "dialog"
            | "menu"
            | "img"
            | "progress"
            | "option"
    ) && !node.is("form")
        || node.attribute("hidden").is_some()
        || node.attribute("aria-hidden") == Some("true")
        || node.attribute("style").is_some_and(|style| style.replace(' ', "").contains("display:none"))
}

/// Whether the node is marked as the body of the text.
pub(super) fn is_body(node: &Node) -> bool {
    node.attribute("itemprop").is_some_and(|value| value.split_whitespace().any(|word| word == "articleBody"))
        || node.hint.split(' ').any(|word| {
            BODIES.contains(&word) || stem(word).is_some_and(|stem| BODIES.contains(&stem) && !is_part(word))
        })
}

/// A class without the part or hash that build tools add behind two underscores or dashes.
fn stem(word: &str) -> Option<&str> {
    let at = word.as_bytes().windows(2).position(|two| two == b"__" || two == b"--")?;
    // The mark that is looked for first goes before the other.
    Some(&word[..word.find("__").unwrap_or(at)])
}

/// Whether a class names a lesser part of something.
fn is_part(word: &str) -> bool {
    [
        "header", "footer", "title", "meta", "tag", "date", "author", "image", "caption", "ad", "share",
        "related",
    ]
    .iter()
    .any(|part| word.contains(part))
}

/// Marks every node that opens a part of the page that is no article.
pub(super) fn find(tree: &Tree, blocks: &[Block], form: Form) -> Vec<bool> {
    let mut prose = vec![0usize; tree.nodes.len()];
    for block in blocks.iter().filter(|block| block.words >= 12 && block.linked * 3 <= block.words) {
        prose[block.owner] += block.words;
    }
    for node in (1..tree.nodes.len()).rev() {
        prose[tree.nodes[node].parent] += prose[node];
    }
    let total = prose[0].max(1);
    let quoted = quoted(tree);
    let mut out = vec![false; tree.nodes.len()];
    for (index, node) in tree.nodes.iter().enumerate().skip(1) {
        // A page may call its whole text "content-with-sidebar": what holds most of the prose is not furniture.
        let share = prose[index] * 100 / total;
        out[index] = match node.name.as_str() {
            "" | "html" | "body" | "main" => false,
            "footer" | "aside" => share < 40,
            // Old systems put the whole page into a form; another one asks for something.
            "form" => share < 30,
            _ if is_consent(node) => true,
            _ if is_body(node) => false,
            // What somebody said in a network, set into the text whole, is a quotation in whatever box it stands.
            "blockquote" | "div" | "figure" | "p" | "section" if quoted[index] => false,
            _ => share < 30 && is_marked(node),
        };
    }
    if form == Form::Page {
        teasers(tree, blocks, &prose, &mut out);
    }
    cards(tree, &mut out);
    out
}

/// A part of a sentence that holds an image, links and no other words is a card that opens over the name before it.
fn cards(tree: &Tree, out: &mut [bool]) {
    let total = tree.nodes.len();
    // Images, links and words outside links up to each node, so that what lies under one is a difference.
    let (mut images, mut links, mut bare) = (vec![0; total + 1], vec![0; total + 1], vec![0; total + 1]);
    let mut linked = 0;
    for (index, node) in tree.nodes.iter().enumerate() {
        let worded = index >= linked && node.text.chars().any(char::is_alphanumeric);
        images[index + 1] = images[index] + usize::from(node.is("img"));
        links[index + 1] = links[index] + usize::from(node.is("a"));
        bare[index + 1] = bare[index] + usize::from(worded);
        if node.is("a") {
            linked = linked.max(node.end);
        }
    }
    let mut paragraph = 0;
    for (index, node) in tree.nodes.iter().enumerate() {
        if node.is("p") {
            paragraph = paragraph.max(node.end);
        }
        if node.is("span") && index < paragraph {
            let under = |counted: &[usize]| counted[node.end] - counted[index];
            out[index] |= under(&images) > 0 && under(&links) > 1 && under(&bare) == 0;
        }
    }
}

/// For each node whether all that is said under it is posts of networks, set in as these ask for it.
fn quoted(tree: &Tree) -> Vec<bool> {
    const POSTS: [&str; 6] = [
        "twitter-tweet",
        "twitter-video",
        "instagram-media",
        "tiktok-embed",
        "bluesky-embed",
        "mastodon-embed",
    ];
    let is_post =
        |node: &Node| node.is("blockquote") && node.hint.split(' ').any(|word| POSTS.contains(&word));
    let total = tree.nodes.len();
    // Words within and outside of posts up to each node, so that what lies under one is a difference.
    let (mut within, mut outside) = (vec![0; total + 1], vec![0; total + 1]);
    let mut end = 0;
    for (index, node) in tree.nodes.iter().enumerate() {
        if is_post(node) {
            end = end.max(node.end);
        }
        let worded = node.text.chars().any(char::is_alphanumeric);
        within[index + 1] = within[index] + usize::from(worded && index < end);
        outside[index + 1] = outside[index] + usize::from(worded && index >= end);
    }
    let under = |counted: &[usize], index: usize| counted[tree.nodes[index].end] - counted[index];
    (0..total).map(|index| under(&within, index) > 0 && under(&outside, index) == 0).collect()
}

/// A heading that is nothing but a link opens a teaser: it goes, with the little text that stands around it.
fn teasers(tree: &Tree, blocks: &[Block], prose: &[usize], out: &mut [bool]) {
    const LITTLE: usize = 70;
    for block in blocks {
        if !is_heading(&tree.nodes[block.owner]) || block.words < 3 || block.linked < block.words {
            continue;
        }
        let mut top = block.owner;
        for _ in 0..6 {
            let parent = tree.nodes[top].parent;
            if prose[parent] > LITTLE.min(prose[0] / 4)
                || matches!(tree.nodes[parent].name.as_str(), "body" | "main" | "html")
                || is_body(&tree.nodes[parent])
            {
                break;
            }
            top = parent;
        }
        out[top] = true;
    }
}

fn is_heading(node: &Node) -> bool {
    matches!(node.name.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether the node is a consent dialog, which may hold more text than a short report.
fn is_consent(node: &Node) -> bool {
    node.hint.split(' ').any(|word| {
        [
            "onetrust",
            "usercentrics",
            "didomi",
            "cookieconsent",
            "cookie-consent",
            "cookie-banner",
            "cookie-notice",
            "qc-cmp",
            "gdpr-",
        ]
        .iter()
        .any(|start| word.starts_with(start))
    })
}

fn is_marked(node: &Node) -> bool {
    if node.hint.len() < 3 || matches!(node.name.as_str(), "b" | "strong" | "em" | "i") {
        return false;
    }
    // A paragraph is judged by its words; its class often names the site's system.
    if node.is("p") || node.is("a") { LINE_MARKS.is_match(&node.hint) } else { MARKS.is_match(&node.hint) }
}

/// All class names that mark furniture, as one pattern over a node's hint.
static MARKS: LazyLock<Regex> = LazyLock::new(|| marks(&FURNITURE));

/// The same for a paragraph or a link.
static LINE_MARKS: LazyLock<Regex> =
    LazyLock::new(|| marks(&["byline", "newsletter", "credit", "read-more", "related"]));

fn marks(parts: &[&str]) -> Regex {
    let pattern = format!("{}| (?:{}) ", parts.join("|"), FURNITURE_WORDS.join("|"));
    Regex::new(&pattern).expect("the class names hold no special signs of patterns")
}
