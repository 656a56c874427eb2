//! A page or mail of several news items → an article for each, so that each is grouped and cited apart.
//!
//! A live blog stays one article: its posts tell one event. The items of a brief or a newsletter have nothing to do
//! with each other, and left together they would drag strangers into one story.

use language::words::words;

use super::parts::{Part, parts};
use crate::article::{Article, Block, Kind, Role, sha256};

/// The fewest words below its heading that make an item an article.
const WORDS: usize = 20;

/// The most items that are made articles; a page of more is a list.
const ITEMS: usize = 100;

/// The article, or one for each news item that it holds, in order; what stands outside of items comes first and keeps
/// the article's id and address. An item's headline is its heading, its address opens the page at that heading.
#[must_use]
pub fn apart(article: Article) -> Vec<Article> {
    if article.kind == Kind::LiveBlog {
        return vec![article];
    }
    let parts = parts(&article);
    let whole: Vec<&Part> = parts.iter().filter(|part| is_whole(part, &article)).collect();
    if !(2..=ITEMS).contains(&whole.len()) {
        return vec![article];
    }
    let taken = |block: &Block| {
        whole.iter().any(|part| part.span.start <= block.span.start && block.span.end <= part.span.end)
    };
    let mut out = Vec::with_capacity(whole.len() + 1);
    let left: Vec<(Role, &str)> = blocks(&article, |block| block.role != Role::Headline && !taken(block));
    if left.iter().any(|(role, _)| matches!(role, Role::Paragraph | Role::Quotation)) {
        out.push(made(&article, &article.title, &left));
    }
    for part in whole {
        let Some(title) = part.title else { continue };
        let inside = |block: &Block| {
            part.span.start <= block.span.start && block.span.end <= part.span.end && block.span != title
        };
        let mut item = made(&article, title.of(&article.text), &blocks(&article, inside));
        item.id = sha256(format!("{}\n{}", article.id, item.title).as_bytes())[..16].to_owned();
        item.url = article.url.as_deref().map(|url| at_words(url, &item.title));
        item.images.clear();
        out.push(item);
    }
    out
}

fn blocks(article: &Article, wanted: impl Fn(&Block) -> bool) -> Vec<(Role, &str)> {
    let kept = article.blocks.iter().filter(|block| wanted(block));
    kept.map(|block| (block.role, block.span.of(&article.text))).collect()
}

fn made(article: &Article, title: &str, blocks: &[(Role, &str)]) -> Article {
    let (text, placed) = Article::compose(title, blocks.iter().copied());
    // Which item a link stands in isn't known, and strangers must not be tied together by it.
    let (title, links) = (title.to_owned(), Vec::new());
    Article { title, text, blocks: placed, openings: Vec::new(), links, ..article.clone() }
}

/// Whether a part has a heading and enough running text below it.
fn is_whole(part: &Part, article: &Article) -> bool {
    let inside = article.blocks.iter().filter(|block| {
        part.span.start <= block.span.start
            && block.span.end <= part.span.end
            && matches!(block.role, Role::Paragraph | Role::Item | Role::Quotation)
    });
    part.title.is_some()
        && inside.map(|block| words(block.span.of(&article.text)).len()).sum::<usize>() >= WORDS
}

/// The address with a text fragment, which browsers scroll to.
fn at_words(url: &str, words: &str) -> String {
    let bare = url.split('#').next().unwrap_or(url);
    let mut out = format!("{bare}#:~:text=");
    // Commas, hyphens and ampersands have a meaning of their own there.
    for byte in words.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'.' {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The part of an address that tells articles apart: with its fragment where that opens one item of a page.
#[must_use]
pub fn key(url: &str) -> &str {
    if is_item(url) { url } else { url.split('#').next().unwrap_or(url) }
}

/// Whether an address opens one item of a page.
#[must_use]
pub fn is_item(url: &str) -> bool {
    url.split_once('#').is_some_and(|(_, fragment)| fragment.starts_with(":~:text="))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Opening;

    const FERRY: &str = "The ferry between Vell and Oster runs again from Monday, the harbour master said on Friday, \
        after a pump was replaced.";
    const BRIDGE: &str = "Councillors in Oster voted by nine to two on Thursday night to close the old bridge to \
        lorries until spring comes.";

    fn brief(title: &str, blocks: &[(Role, &str)]) -> Article {
        let (text, placed) = Article::compose(title, blocks.iter().copied());
        Article {
            url: Some("https://post.example/brief#top".into()),
            title: title.into(),
            text,
            blocks: placed,
            ..Article::bare("a")
        }
    }

    #[test]
    fn each_item_of_a_brief_is_an_article_and_nothing_is_lost() {
        let article = brief(
            "Morning brief: Friday in Vell",
            &[
                (Role::Paragraph, "Good morning, and thank you for reading."),
                (Role::Heading, "Ferry, back at last"),
                (Role::Paragraph, FERRY),
                (Role::Heading, "Bridge closed"),
                (Role::Paragraph, BRIDGE),
                (Role::Heading, "And finally"),
                (Role::Paragraph, "See you on Monday."),
            ],
        );
        let items = apart(article.clone());
        let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
        assert_eq!(titles, ["Morning brief: Friday in Vell", "Ferry, back at last", "Bridge closed"]);
        assert_eq!(items[1].text, format!("Ferry, back at last\n\n{FERRY}"));
        assert_eq!(
            items[1].url.as_deref(),
            Some("https://post.example/brief#:~:text=Ferry%2C%20back%20at%20last")
        );
        assert!(items[0].text.contains("See you on Monday.") && items[0].id == article.id);
        for block in &article.blocks {
            let text = block.span.of(&article.text);
            assert!(items.iter().any(|item| item.text.contains(text)), "{text} was lost");
        }
        let mut ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
        ids.dedup();
        assert_eq!(ids.len(), 3);
    }

    #[test]
    fn a_report_and_a_live_blog_stay_whole() {
        let blocks = [
            (Role::Heading, "What was said"),
            (Role::Paragraph, FERRY),
            (Role::Heading, "What comes next"),
            (Role::Paragraph, BRIDGE),
            (Role::Heading, "Why it matters"),
            (Role::Paragraph, FERRY),
        ];
        let report = brief("Ferry runs again", &blocks);
        assert_eq!(apart(report.clone()), [report]);
        let live = Article { kind: Kind::LiveBlog, ..brief("Ferry runs again: live", &blocks) };
        assert_eq!(apart(live.clone()), [live]);
    }

    #[test]
    fn a_letter_is_taken_apart_where_it_shows_its_items_and_a_long_list_is_not() {
        let blocks = [
            (Role::Heading, "Ferry, back at last"),
            (Role::Paragraph, FERRY),
            (Role::Heading, "Who said so"),
            (Role::Paragraph, "The harbour master."),
            (Role::Heading, "Bridge closed"),
            (Role::Paragraph, BRIDGE),
        ];
        let openings = [0, 4].map(|block| Opening { block, at: None }).to_vec();
        let letter = Article { openings, ..brief("Friday in Vell", &blocks) };
        let items = apart(letter);
        let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
        assert_eq!(titles, ["Ferry, back at last", "Bridge closed"]);
        assert!(items[0].text.contains("Who said so") && items.iter().all(|item| item.openings.is_empty()));
        let many = blocks.repeat(100);
        assert_eq!(apart(brief("Morning brief", &many)).len(), 1);
    }

    #[test]
    fn only_the_fragment_of_an_item_tells_articles_apart() {
        assert_eq!(key("https://post.example/a#comments"), "https://post.example/a");
        assert_eq!(key("https://post.example/a#:~:text=b"), "https://post.example/a#:~:text=b");
        assert_eq!(key("https://post.example/a"), "https://post.example/a");
    }
}
