//! Whole pages, made of the most hostile text that an article can hold.

use desk::article::{Article, Passage, Role};
use desk::families::Families;
use desk::stamp::Stamp;
use desk::verify::digest::Digest;
use desk::write::draft::{Draft, Edit, EditKind, Sentence};
use language::Span;

use crate::policy::policy;
use crate::{AuditPassage, AuditSentence, AuditView, PageOptions, PartKind, ReferenceView, Verdict};
use crate::{audit_page, digest_page};

const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)> style=\"x\" </style> \u{202E}evil\u{2066} \
                       {{ 7 }} {% raw %} <!-- ]]> &lt;b&gt; \u{0}\u{1b}";

fn article(url: Option<&str>, words: &str) -> Article {
    let mut article = Article::bare(url.unwrap_or("local"));
    let body =
        format!("However, the {words} was seen by one, two, three, four, five, six, seven, eight people.");
    (article.text, article.blocks) = Article::compose(words, [(Role::Paragraph, &*body)]);
    article.title = words.to_owned();
    article.outlet = words.to_owned();
    article.authors = vec![words.to_owned()];
    article.lang = "en".to_owned();
    article.url = url.map(str::to_owned);
    article.published = Stamp::parse("2026-03-11");
    article
}

/// A digest of articles that say the same, one sentence each; the first sentence cites them all.
fn digest(articles: &[Article]) -> Digest {
    let passages = (0..articles.len()).map(|article| {
        let span = articles[article].blocks.last().expect("an article has a body").span;
        Passage { article, span }
    });
    let passages: Vec<Passage> = passages.collect();
    let edit =
        |kind, start, end, text: &str| Edit { kind, span: Span::new(start, end), text: text.to_owned() };
    let sentences = passages.iter().map(|&passage| {
        let opening = "However, ".len();
        let edits =
            vec![edit(EditKind::Drop, 0, opening, ""), edit(EditKind::Case, opening, opening + 1, "T")];
        Sentence::edited(articles, passage, edits).expect("the edits are in the passage")
    });
    let mut paragraph: Vec<Sentence> = sentences.collect();
    paragraph[0].passages.clone_from(&passages);
    let draft =
        Draft { story: "story".to_owned(), headline: paragraph[0].clone(), paragraphs: vec![paragraph] };
    checked(&draft, articles)
}

fn checked(draft: &Draft, articles: &[Article]) -> Digest {
    desk::verify::freeze(draft, articles, &Families::starter())
}

fn hostile_digest() -> Digest {
    digest(&[
        article(Some("javascript:alert(1)"), HOSTILE),
        article(Some("https://post.example/\"><script>?a=1&b=2#\u{202E}"), HOSTILE),
        article(Some("data:text/html,<script>alert(1)</script>"), HOSTILE),
        article(None, HOSTILE),
    ])
}

fn hostile_options() -> PageOptions {
    let hostile = || HOSTILE.to_owned();
    PageOptions {
        lang: HOSTILE.to_owned(),
        publication: hostile(),
        dateline: Some(hostile()),
        first_mark: 7,
        references: vec![ReferenceView {
            number: 7,
            parts: vec![
                (PartKind::Text, hostile()),
                (PartKind::Italic, hostile()),
                (PartKind::Link, hostile()),
                (PartKind::Link, "JavaScript:alert(1)".to_owned()),
                (PartKind::Link, "https://post.example/a\"b".to_owned()),
            ],
        }],
        refused: 2,
        comments: 1,
        generator: hostile(),
    }
}

fn hostile_audit() -> AuditView {
    let hostile = || HOSTILE.to_owned();
    let sentence = |verdict| AuditSentence {
        text: hostile(),
        verdict,
        reasons: vec![hostile()],
        passages: vec![AuditPassage {
            text: hostile(),
            outlet: hostile(),
            date: Some(hostile()),
            paywalled: true,
            url: Some("javascript:alert(1)".to_owned()),
        }],
    };
    AuditView {
        title: hostile(),
        lang: hostile(),
        figures: vec![(hostile(), hostile())],
        sentences: Verdict::ALL.map(sentence).to_vec(),
        generator: hostile(),
    }
}

/// The tags of a page: name, then attributes with their values. What `<style>` and the block of data hold is
/// no markup and is left out.
fn tags(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut out = Vec::new();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        let close = open + rest[open..].find('>').expect("every tag is closed");
        let tag = &rest[open + 1..close];
        rest = &rest[close + 1..];
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        if matches!(name, "style" | "script") {
            rest = &rest[rest.find("</").expect("style and data end")..];
        }
        out.push((name.to_owned(), self::attributes(attributes)));
    }
    out
}

fn attributes(mut text: &str) -> Vec<(String, String)> {
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

/// What may be in our pages at all.
const ATTRIBUTES: [&str; 24] = [
    "aria-haspopup",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "charset",
    "class",
    "content",
    "datetime",
    "dir",
    "html",
    "href",
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
    "dir",
    "lang",
];

fn check_page(page: &str) {
    let tags = tags(page);
    for (name, attributes) in &tags {
        let known = [
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
        ];
        assert!(known.contains(&name.trim_start_matches('/')), "<{name}>");
        for (attribute, value) in attributes {
            assert!(ATTRIBUTES.contains(&&**attribute), "{attribute} in <{name}>");
            let local =
                value.starts_with('#') || value.starts_with("http://") || value.starts_with("https://");
            assert!(attribute != "href" || local, "{value}");
        }
        if name == "script" {
            assert_eq!(attributes[..], [("type".to_owned(), "application/ld+json".to_owned())]);
        }
    }
    let count = |wanted: &str| tags.iter().filter(|(name, _)| name == wanted).count();
    assert_eq!((count("style"), count("/style"), count("h1"), count("main")), (1, 1, 1, 1));
    assert!(count("script") <= 1);
    let css = &page[page.find("<style>").expect("a style") + 7..page.find("</style>").expect("its end")];
    let meta =
        tags.iter().find(|(_, attributes)| attributes.iter().any(|(_, v)| v == "Content-Security-Policy"));
    assert_eq!(meta.expect("the policy").1[1], ("content".to_owned(), policy(css)));
    assert!(!css.contains("url(") && !css.contains("@import"), "the style sheet asks for nothing");
    let hidden = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\0' | '\u{1b}');
    assert!(!page.contains(hidden), "no override or control character is left");
    let ids: Vec<&String> =
        tags.iter().flat_map(|(_, a)| a).filter(|(n, _)| n == "id").map(|(_, v)| v).collect();
    let mut once = ids.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "ids are unique");
    for (name, target) in tags.iter().flat_map(|(_, attributes)| attributes) {
        if matches!(name.as_str(), "popovertarget" | "aria-labelledby") {
            assert!(ids.contains(&target), "{name} {target}");
        }
    }
}

#[test]
fn hostile_text_stays_text() {
    let page = digest_page(&hostile_digest(), &hostile_options());
    check_page(&page);
    assert!(page.contains("&#60;script&#62;alert(1)"), "the words are shown, not run");
    assert!(!page.contains("<script>"));
    let audit = audit_page(&hostile_audit());
    check_page(&audit);
    assert!(audit.contains("&#60;script&#62;alert(1)") && !audit.contains("<script"));
}

#[test]
fn ordinary_pages_hold_the_same_rules() {
    let words = "well-known ferry";
    let articles = [article(Some("https://post.example/a-b,c&d"), words), article(None, words)];
    check_page(&digest_page(&digest(&articles), &PageOptions::default()));
    check_page(&audit_page(&AuditView { title: "A title".to_owned(), ..AuditView::default() }));
}

#[test]
fn the_data_for_machines_is_sound_json_and_can_not_leave_its_element() {
    let page = digest_page(&hostile_digest(), &hostile_options());
    let start = page.find("ld+json\">").expect("the data") + "ld+json\">".len();
    let data = &page[start..start + page[start..].find("</script>").expect("its end")];
    assert!(!data.contains('<'));
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    let citations = data["citation"].as_array().expect("citations");
    let linked: Vec<bool> = citations.iter().map(|citation| citation.get("url").is_some()).collect();
    assert_eq!(linked, [false, true, false, false]);
}

#[test]
fn a_card_shows_each_passage_its_changes_and_the_way_to_it() {
    let words = "well-known ferry";
    let mut articles = [article(Some("https://post.example/a#top"), words), article(None, words)];
    articles[1].paywalled = true;
    articles[1].outlet = "Sample Press".to_owned();
    let page = digest_page(&digest(&articles), &PageOptions { refused: 1, ..PageOptions::default() });
    for expected in [
        "people.<sup class=\"marks\" id=\"m1\">",
        "<span>[0]</span><span>[1]</span>",
        "left out: <q>However</q>",
        "<q>the</q> became <q>The</q>",
        "href=\"https://post.example/a#top:~:text=However%2C%20the%20well%2Dknown%20ferry,six%2C%20seven%2C%20eight%20people.\"",
        "<cite><bdi>Sample Press</bdi></cite>",
        "subscribers only",
        "<time datetime=\"2026-03-11\">March 11, 2026</time>",
        "2 articles of 2 families",
        "1 was refused and left out",
        "0 comments",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert_eq!(page.matches(":~:text=").count(), 2, "only the article with an address is linked");
}

#[test]
fn the_same_digest_gives_the_same_bytes() {
    let page = || digest_page(&hostile_digest(), &hostile_options());
    assert_eq!(page(), page());
}

#[test]
fn a_verdict_is_told_by_word_and_sign_too() {
    let page = audit_page(&hostile_audit());
    for verdict in Verdict::ALL {
        assert!(page.contains(&format!("</span> {}</p>", verdict.name())));
        assert_eq!(Verdict::from_name(verdict.name()), Some(verdict));
    }
    assert_eq!(Verdict::from_name("true"), None);
}
