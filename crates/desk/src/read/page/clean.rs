//! Scraps by their wording: "Read more", photo credits, stamps, notices of rights.

use crate::article::Role;

use super::body::{Block, count};
use super::postmark;
use super::role::is_note;
use super::scrap;
use super::title;
use super::tree::{Tree, spaced};

/// The chosen blocks without scraps, each once.
pub(super) fn lines<'b>(tree: &Tree, blocks: &[&'b Block], headline: &str) -> Vec<&'b Block> {
    let mut out: Vec<&Block> = Vec::new();
    let mut walled = false;
    let mut seen = std::collections::BTreeSet::new();
    let last = blocks
        .iter()
        .rposition(|block| block.words >= 12 && block.linked * 3 <= block.words)
        .map_or(0, |at| at + 1);
    let first = blocks.iter().position(|block| block.words >= 12).unwrap_or(0);
    for (index, block) in blocks.iter().enumerate() {
        // What a registration wall lists as its favours goes with it.
        walled = scrap::is_account(&block.text.to_lowercase(), block.words)
            || walled && block.role == Role::Item && block.words < 15;
        // A single word in a list above the text is a menu's.
        let menu = index < first && block.role == Role::Item && block.words < 2;
        if walled
            || menu
            || drop(tree, block, headline, index >= last)
            || !seen.insert(block.text.as_str()) && block.words > 4
        {
            continue;
        }
        out.push(block);
    }
    // What stands below a text about how it was made and where there is more.
    while out.len() > 1 && out.last().is_some_and(|block| scrap::is_colophon(&block.text, block.words)) {
        out.pop();
    }
    headed(tree, out, headline)
}

/// The blocks without headings that head nothing: before the end, before another of the same or a higher level,
/// or above the text as a part of the headline.
fn headed<'b>(tree: &Tree, blocks: Vec<&'b Block>, headline: &str) -> Vec<&'b Block> {
    let mut out: Vec<&Block> = Vec::with_capacity(blocks.len());
    for block in blocks.into_iter().rev() {
        let kept = block.role != Role::Heading
            || out.last().is_some_and(|below| {
                below.role != Role::Heading
                    || scrap::level(tree, below.owner) > scrap::level(tree, block.owner)
            });
        if kept {
            out.push(block);
        }
    }
    out.reverse();
    let headline = headline.to_lowercase();
    let leading = out.iter().take_while(|block| block.role == Role::Heading).count();
    let of_headline = |block: &Block| {
        let text = block.text.to_lowercase();
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        block.words >= 3 && (headline.contains(text) || !headline.is_empty() && text.contains(&headline))
    };
    let mut index = 0;
    out.retain(|block| {
        index += 1;
        index > leading || leading < 2 && !of_headline(block)
    });
    out
}

fn drop(tree: &Tree, block: &Block, headline: &str, trailing: bool) -> bool {
    if block.role == Role::Correction {
        return false;
    }
    if block.role == Role::Heading && tree.nodes[block.owner].is("h1") || title::same(&block.text, headline) {
        return true;
    }
    let stamp = block.timed && !is_clock(&block.text);
    if block.role == Role::Paragraph && (block.points || stamp || postmark::is_one(&block.text)) {
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
        return !(prose || stopped && block.linked == 0);
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

/// Whether a line begins with a time of day, which says when a post was made on the page's own clock.
fn is_clock(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with([':', '.', 'h'])
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
    if words <= 12 && is_stamp(lower) || scrap::is_scrap(text, lower, words) {
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

/// When it was published or changed, or how long it takes to read.
fn is_stamp(lower: &str) -> bool {
    let has_digit = lower.chars().any(|c| c.is_ascii_digit());
    let dated = [
        "published",
        "updated",
        "last updated",
        "posted",
        "publiziert",
        "veröffentlicht",
        "aktualisiert",
        "stand:",
        "uppdaterad",
        "publicerad",
        "oppdatert",
        "publisert",
        "publicado",
        "actualizado",
        "publié",
        "mis à jour",
        "pubblicato",
        "aggiornato",
        "opublikowano",
    ];
    let timed =
        ["min read", "minute read", "minutes read", "min lesezeit", "min. lesezeit", "minuten lesezeit"];
    let unstopped = !lower.ends_with(['.', '!', '?', '"', '”']);
    has_digit
        && unstopped
        && (dated.iter().any(|word| lower.starts_with(word))
            || timed.iter().any(|word| lower.ends_with(word)))
}

/// Plain text cut at line ends into paragraphs, scraps left out.
pub(super) fn paragraphs(text: &str) -> Vec<(Role, String)> {
    text.lines()
        .map(spaced)
        .filter(|line| !line.is_empty() && !is_scrap(line, count(line)))
        .map(|line| (if is_note(&line) { Role::Correction } else { Role::Paragraph }, line))
        .collect()
}
