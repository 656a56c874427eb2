//! The Markdown that comments may use: paragraphs, emphasis, links, quotes, lists and code, nothing else.
//!
//! The parser's events become a flat list of pieces of a closed kind, and a template writes them. What isn't on
//! the list keeps its words and loses its form; HTML is shown as it was typed.

use askama::Template;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::words::several;
use crate::link;

/// How deep quotes and lists may stand in each other.
const DEEPEST: usize = 6;

/// A comment's words, ready to print.
#[derive(Template)]
#[template(path = "talk/words.html")]
pub(crate) struct Markdown {
    pieces: Vec<Piece>,
}

/// One piece of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Open(Element),
    Close(Element),
    Link(String),
    Text(String),
    Code(String),
    Break,
}

/// What may stand around words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Paragraph,
    Emphasis,
    Strong,
    Quote,
    Bullets,
    Numbers,
    Item,
    Block,
    Anchor,
}

/// Reads a comment's words.
pub(crate) fn markdown(words: &str) -> Markdown {
    // They are cleaned when they come in, too; what is in the database may have come in by another door.
    let words = several(words);
    let mut reader = Reader::default();
    for event in Parser::new_ext(&words, Options::empty()) {
        reader.take(event);
    }
    Markdown { pieces: reader.pieces }
}

#[derive(Default)]
struct Reader {
    pieces: Vec<Piece>,
    /// For each element that is open in the source: what was opened for it, if anything.
    open: Vec<Option<Element>>,
    depth: usize,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(end) => self.end(end),
            Event::Code(words) => self.pieces.push(Piece::Code(words.into_string())),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.pieces.push(Piece::Break),
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => self.text(&words),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let element = match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::HtmlBlock => Some(Element::Paragraph),
            Tag::Emphasis => Some(Element::Emphasis),
            Tag::Strong => Some(Element::Strong),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => Some(Element::Block),
            Tag::BlockQuote(_) => self.nested(Element::Quote),
            Tag::List(None) => self.nested(Element::Bullets),
            Tag::List(Some(_)) => self.nested(Element::Numbers),
            // An item whose list was too deep to open is a paragraph of the one above.
            Tag::Item if matches!(self.open.last(), Some(Some(Element::Bullets | Element::Numbers))) => {
                Some(Element::Item)
            }
            Tag::Link { dest_url, .. } => {
                if let Some(address) = link::web(dest_url) {
                    self.pieces.push(Piece::Link(address));
                    self.open.push(Some(Element::Anchor));
                    return;
                }
                None
            }
            _ => None,
        };
        self.open.push(element);
        if let Some(element) = element {
            self.pieces.push(Piece::Open(element));
        }
    }

    fn nested(&mut self, element: Element) -> Option<Element> {
        self.depth += 1;
        (self.depth <= DEEPEST).then_some(element)
    }

    fn end(&mut self, end: TagEnd) {
        if matches!(end, TagEnd::BlockQuote(_) | TagEnd::List(_)) {
            self.depth = self.depth.saturating_sub(1);
        }
        if let Some(Some(element)) = self.open.pop() {
            self.pieces.push(Piece::Close(element));
        }
    }

    fn text(&mut self, words: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(text)) => text.push_str(words),
            _ => self.pieces.push(Piece::Text(words.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        let html = markdown(words).render().unwrap();
        assert_eq!(html.trim(), expected, "{words:?}");
    }

    #[test]
    fn the_subset_is_printed() {
        check("A *b* **c** `d<`", "<p>A <em>b</em> <strong>c</strong> <code>d&#60;</code></p>");
        check("> quoted\n\nmine", "<blockquote><p>quoted</p></blockquote><p>mine</p>");
        check("- a\n- b", "<ul><li>a</li><li>b</li></ul>");
        check("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>");
        check("```\nx < y\n```", "<pre><code>x &#60; y\n</code></pre>");
        check(
            "[the post](https://post.example/a)",
            "<p><a href=\"https://post.example/a\" rel=\"nofollow ugc noopener\">the post</a></p>",
        );
    }

    #[test]
    fn nothing_else_gets_through() {
        check("# Big", "<p>Big</p>");
        check("<script>alert(1)</script>", "<p>&#60;script&#62;alert(1)&#60;/script&#62;</p>");
        check("a <b onclick=x>b</b>", "<p>a &#60;b onclick=x&#62;b&#60;/b&#62;</p>");
        check("![alt](https://post.example/a.png)", "<p>alt</p>");
        check("[x](javascript:alert(1)) [y](data:text/html,a)", "<p>x y</p>");
        check("<javascript:alert(1)>", "<p>javascript:alert(1)</p>");
        check("[a](//post.example) [b](/desk/logout)", "<p>a b</p>");
        let quoted = markdown(&format!("{}deep", ">".repeat(3000))).render().unwrap();
        assert_eq!(quoted.matches("<blockquote>").count(), DEEPEST);
        assert_eq!(quoted.matches("</blockquote>").count(), DEEPEST);
    }

    #[test]
    fn deep_lists_stay_well_formed() {
        let words: String = (0..40).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect();
        let html = markdown(&words).render().unwrap();
        for element in ["ul", "li", "p"] {
            let count = |sign: &str| html.matches(&format!("<{sign}{element}>")).count();
            assert_eq!(count(""), count("/"), "{element}");
        }
        assert_eq!(html.matches("<li>").count(), DEEPEST);
    }
    #[test]
    fn hostile_words_cost_little() {
        // A form holds 64 KiB at most; what is in the database may have come in by an import.
        let long = 1 << 20;
        for unit in [
            "[",
            "![",
            "](",
            "[a](",
            "[a][b]",
            "*",
            "**a ",
            "_a*",
            "*a _b ",
            "`",
            "`a``b```",
            "~~~\n",
            "> ",
            ">\n> ",
            "- ",
            "1. ",
            "- a\n  ",
            "<",
            "<!--",
            "<a ",
            "&",
            "&#x",
            "\\",
            "\n\n",
            "# ",
            "|",
            "a\n=\n",
            "[a]: b\n",
            "[a]: <b> 'c\n",
            "\u{301}",
            "\u{202E}",
            "http://a.example ",
            "\t",
            "a",
        ] {
            let words = unit.repeat(long / unit.len());
            let begun = std::time::Instant::now();
            let html = markdown(&words).render().expect("it is written to memory");
            let took = begun.elapsed();
            // The other tests share the machine: what grows with the square takes minutes, and not some seconds.
            assert!(took.as_secs() < 5, "{unit:?} took {took:?}");
            assert!(html.len() < 64 * words.len() + 1024, "{unit:?} became {} bytes", html.len());
        }
    }
}
