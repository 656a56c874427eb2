//! What is not the article: menus, teasers, share buttons, newsletter boxes, comments, credits.
//!
//! Rules look at element names, at class names that many publishing systems share, and at wording.

use std::sync::LazyLock;

use regex::Regex;

use crate::article::Role;

use super::body::{Block, count};
use super::title;
use super::tree::{Node, Tree, squeeze};

/// Parts of class or id names that mark furniture.
const FURNITURE: [&str; 101] = [
    "comment",
    "disqus",
    "related",
    "recommend",
    "newsletter",
    "subscribe",
    "subscription",
    "share",
    "sharing",
    "social",
    "sidebar",
    "side-bar",
    "breadcrumb",
    "cookie",
    "consent",
    "gdpr",
    "promo",
    "teaser",
    "advert",
    "sponsor",
    "taboola",
    "outbrain",
    "footer",
    "navigation",
    "navbar",
    "menu",
    "popup",
    "modal",
    "overlay",
    "paywall-",
    "paywall_",
    "byline",
    "author-bio",
    "author-box",
    "author-info",
    "author__bio",
    "author-card",
    "authorbox",
    "about-author",
    "about-the-author",
    "bio-",
    "read-more",
    "readmore",
    "read-also",
    "readalso",
    "more-on",
    "more-from",
    "see-also",
    "trending",
    "most-read",
    "most-popular",
    "mostread",
    "popular",
    "copyright",
    "tags",
    "tag-list",
    "taglist",
    "topics",
    "keywords",
    "signup",
    "sign-up",
    "login",
    "toolbar",
    "tools",
    "print-",
    "skip-",
    "visually-hidden",
    "sr-only",
    "screen-reader",
    "ad-container",
    "ad-slot",
    "adslot",
    "ad_",
    "ads-",
    "-ads",
    "dfp",
    "gallery",
    "slideshow",
    "carousel",
    "credit",
    "timestamp",
    "dateline-",
    "pagination",
    "pager",
    "rating",
    "poll",
    "quiz",
    "embed",
    "crosslink",
    "inline-link",
    "feedback",
    "donat",
    "whatsapp",
    "podcast",
    "infobox-related",
    "recirc",
    "onetrust",
    "usercentrics",
    "ccpa",
    "privacy-",
    "didomi",
];

/// Whole class names that mark furniture.
const FURNITURE_WORDS: [&str; 24] = [
    "ad",
    "ads",
    "nav",
    "meta",
    "date",
    "time",
    "author",
    "authors",
    "tag",
    "bio",
    "tools",
    "hidden",
    "hide",
    "more",
    "print",
    "noprint",
    "banner",
    "widget",
    "search",
    "kicker",
    "complementary",
    "navigation",
    "contentinfo",
    "alert",
];

/// Class names that mark the body of the text.
const BODIES: [&str; 42] = [
    "article-body",
    "articlebody",
    "article__body",
    "article_body",
    "article-content",
    "article__content",
    "articlecontent",
    "article-text",
    "article__text",
    "articletext",
    "story-body",
    "storybody",
    "story__body",
    "story-content",
    "storycontent",
    "story__content",
    "entry-content",
    "entry__content",
    "post-content",
    "post__content",
    "post-body",
    "content-body",
    "content__body",
    "body-content",
    "article-paragraphs",
    "body-copy",
    "article-main-body",
    "rich-text-body",
    "richtext-body",
    "text-body",
    "article-body__content",
    "td-post-content",
    "single-content",
    "news-body",
    "news-content",
    "article-entry",
    "articlebody-content",
    "article-html",
    "main-article-body",
    "article-detail-content",
    "c-entry-content",
    "paragraph-wrapper",
];

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
            // Build tools add a part or a hash behind two underscores or dashes.
            let stem = word.find("__").or_else(|| word.find("--")).map_or(word, |at| &word[..at]);
            BODIES.contains(&word) || BODIES.contains(&stem) && !is_part(word)
        })
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
pub(super) fn furniture(tree: &Tree, blocks: &[Block]) -> Vec<bool> {
    let mut prose = vec![0usize; tree.nodes.len()];
    for block in blocks.iter().filter(|block| block.words >= 12 && block.linked * 3 <= block.words) {
        prose[block.owner] += block.words;
    }
    for node in (1..tree.nodes.len()).rev() {
        prose[tree.nodes[node].parent] += prose[node];
    }
    let total = prose[0].max(1);
    let mut out = vec![false; tree.nodes.len()];
    for (index, node) in tree.nodes.iter().enumerate().skip(1) {
        // A page may call its whole text "content-with-sidebar": what holds most of the prose is not furniture.
        let share = prose[index] * 100 / total;
        out[index] = match node.name.as_str() {
            "" | "html" | "body" | "main" => false,
            "footer" | "aside" => share < 40,
            _ if is_consent(node) => true,
            _ if is_body(node) => false,
            _ => share < 30 && is_marked(node),
        };
    }
    teasers(tree, blocks, &prose, &mut out);
    out
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

/// What a block is, by the elements that hold it.
pub(super) fn role(tree: &Tree, owner: usize, text: &str, words: usize, bold: usize) -> Role {
    let mut node = owner;
    for _ in 0..12 {
        let here = &tree.nodes[node];
        match here.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return Role::Heading,
            "figcaption" | "figure" => return Role::Caption,
            "blockquote" => return Role::Quotation,
            "li" | "dd" | "dt" => return if is_note(text) { Role::Correction } else { Role::Item },
            "article" | "body" | "main" | "section" => break,
            _ if here.hint.split(' ').any(|word| word.contains("caption")) => return Role::Caption,
            _ => {}
        }
        node = here.parent;
    }
    if is_note(text) {
        return Role::Correction;
    }
    if words <= 40 && is_credited(text) {
        return Role::Caption;
    }
    let unstopped = !text.ends_with(['.', '!', '"', '”', '»', '…', ':', '。']);
    if words <= 14 && bold >= words && unstopped { Role::Heading } else { Role::Paragraph }
}

/// Whether the line ends with an image's credit in brackets, as captions do.
fn is_credited(text: &str) -> bool {
    let Some(open) =
        text.trim_end().strip_suffix(')').and_then(|text| text.rfind('(').map(|at| &text[at + 1..]))
    else {
        return false;
    };
    let lower = open.to_lowercase();
    ["image", "photo", "picture", "pic:", "credit", "foto", "bild:", "getty"]
        .iter()
        .any(|word| lower.starts_with(word))
}

/// Whether the line is a correction or an editor's note.
fn is_note(text: &str) -> bool {
    let lower = super::source::shorten(text, 80).to_lowercase();
    let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    [
        "correction:",
        "corrections:",
        "correction —",
        "correction (",
        "correction -",
        "clarification:",
        "editor's note",
        "editor’s note",
        "editors' note",
        "editors’ note",
        "this article was amended",
        "this article has been updated to correct",
        "this story has been corrected",
        "this story has been updated to correct",
        "an earlier version of this",
        "a previous version of this",
        "this article has been corrected",
        "anmerkung der redaktion",
        "korrektur:",
        "in einer früheren version",
        "in einer früheren fassung",
        "nota del editor",
        "fe de errores",
        "note de la rédaction",
    ]
    .iter()
    .any(|start| lower.starts_with(start))
}

/// The chosen blocks without scraps, each once.
pub(super) fn lines(tree: &Tree, blocks: &[&Block], headline: &str) -> Vec<(Role, String)> {
    let mut out: Vec<(Role, String)> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let last = blocks
        .iter()
        .rposition(|block| block.words >= 12 && block.linked * 3 <= block.words)
        .map_or(0, |at| at + 1);
    for (index, block) in blocks.iter().enumerate() {
        if drop(tree, block, headline, index >= last) || !seen.insert(block.text.as_str()) && block.words > 4
        {
            continue;
        }
        out.push((block.role, block.text.clone()));
    }
    while out.last().is_some_and(|(role, _)| *role == Role::Heading) {
        out.pop();
    }
    out
}

fn drop(tree: &Tree, block: &Block, headline: &str, trailing: bool) -> bool {
    if block.role == Role::Correction {
        return false;
    }
    if block.role == Role::Heading && tree.nodes[block.owner].is("h1") || title::same(&block.text, headline) {
        return true;
    }
    let prose = block.words >= 12 && block.linked * 2 <= block.words;
    if is_scrap(&block.text, block.words) {
        return true;
    }
    if block.words >= 4 && block.linked * 10 >= block.words * 9 {
        return true;
    }
    let stopped = block.text.ends_with(['.', '!', '?', '"', '”', '’', '»', '“', ':', ')', '。', '」', '…']);
    if trailing && !(block.role == Role::Item && block.linked == 0 && block.words > 2) {
        return !prose && !(stopped && block.linked == 0);
    }
    if block.role == Role::Item {
        return block.linked * 2 > block.words;
    }
    block.role == Role::Paragraph
        && !stopped
        && block.words < 6
        && block.bold < block.words
        && block.linked > 0
}

/// Lines that are furniture by their wording, in lower case: what they start with.
const SCRAPS: [&str; 60] = [
    "read more",
    "read also",
    "also read",
    "read next",
    "more:",
    "more on",
    "related:",
    "related article",
    "related stories",
    "see also",
    "watch:",
    "watch now",
    "listen:",
    "photo:",
    "photo by",
    "photos:",
    "image:",
    "image credit",
    "picture:",
    "pic:",
    "credit:",
    "foto:",
    "fotos:",
    "bild:",
    "quelle:",
    "lesen sie auch",
    "lesen sie mehr",
    "mehr zum thema",
    "auch interessant",
    "das könnte sie auch",
    "lire aussi",
    "à lire aussi",
    "lee también",
    "leer más",
    "leggi anche",
    "les også",
    "läs mer",
    "les mer",
    "sign up",
    "subscribe",
    "follow us",
    "follow @",
    "click here",
    "advertisement",
    "anzeige",
    "share this",
    "all rights reserved",
    "copyright ©",
    "© ",
    "this website uses cookies",
    "we use cookies",
    "join our",
    "get the latest",
    "download the",
    "newsletter",
    "baca juga",
    "czytaj także",
    "czytaj więcej",
    "читайте также",
    "continue reading",
];

fn is_scrap(text: &str, words: usize) -> bool {
    let lower = super::source::shorten(text, 200).to_lowercase();
    let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    if words <= 30 && SCRAPS.iter().any(|start| lower.starts_with(start)) {
        return true;
    }
    // A line that is a date and little else is the page's stamp, and markup that shows is a mistake.
    if words <= 9
        && lower.chars().any(|c| c.is_ascii_digit())
        && super::moment::parse(lower).is_some()
        && !text.ends_with(['.', '?', '!', '"', '”'])
    {
        return true;
    }
    if text.starts_with('<')
        || lower.contains("cookie")
            && ["website", "web site", "your browser", "site to function", "webseite"]
                .iter()
                .any(|word| lower.contains(word))
    {
        return true;
    }
    let credit = ["getty images", "ap photo", "shutterstock", "istock", "file photo"];
    words <= 12 && credit.iter().any(|word| lower.contains(word))
        || words <= 30
            && (lower.contains("all rights reserved") || lower.contains("may not be published, broadcast"))
        || [
            "share", "print", "comments", "comment", "tweet", "email", "save", "facebook", "twitter",
            "whatsapp",
        ]
        .contains(&lower)
}

/// Plain text cut at line ends into paragraphs, scraps left out.
pub(super) fn paragraphs(text: &str) -> Vec<(Role, String)> {
    text.lines()
        .map(squeeze)
        .filter(|line| !line.is_empty() && !is_scrap(line, count(line)))
        .map(|line| (if is_note(&line) { Role::Correction } else { Role::Paragraph }, line))
        .collect()
}
