//! Whole pages, made of the most hostile text that an article can hold.

mod markup;
mod stories;

use desk::article::{Article, Passage, Role};
use desk::families::Families;
use desk::group::{Member, Place, Story};
use desk::stamp::Stamp;
use desk::verify::digest::Digest;
use desk::write::draft::{Draft, Edit, EditKind, Sentence};
use language::Span;

use crate::{AuditPassage, AuditSentence, AuditView, PageOptions, PartKind, ReferenceView, Verdict};
use crate::{
    GrammarChain, GrammarReferent, GrammarSentence, GrammarSpan, GrammarText, GrammarView, GrammarWord,
};
use crate::{audit_page, digest_page, grammar_page};

use markup::check_page;

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
    let members = (0..articles.len()).map(|article| Member {
        article,
        family: Families::starter().of(&articles[article]),
        copy_of: None,
        background: false,
        placed: Place { likeness: 1.0, ..Place::default() },
    });
    let story = Story { id: draft.story.clone(), members: members.collect(), near: Vec::new() };
    desk::verify::verify(draft, &story, articles).expect("every sentence stands in its passages")
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
fn a_grammar_page_draws_hostile_texts_too() {
    let hostile = || HOSTILE.to_owned();
    let word = |head| GrammarWord {
        form: hostile(),
        apart: true,
        class: hostile(),
        features: hostile(),
        lemma: hostile(),
        head,
        relation: hostile(),
    };
    let text = GrammarText {
        name: hostile(),
        lang: hostile(),
        note: Some(hostile()),
        sentences: vec![GrammarSentence {
            words: vec![word(Some(1)), word(None), word(Some(9))],
            names: vec![GrammarSpan { first: 0, last: 7, kind: hostile() }],
        }],
        // Mentions that cross, that end nowhere, and that stand in no sentence.
        chains: vec![GrammarChain {
            name: hostile(),
            kind: hostile(),
            mentions: vec![(0, 0, 1), (0, 1, 9), (0, 1, 2), (7, 0, 0), (0, 2, 1)],
        }],
    };
    let referent =
        GrammarReferent { name: hostile(), kind: hostile(), called: vec![hostile()], texts: vec![0, 7] };
    let view =
        GrammarView { title: hostile(), across: vec![referent], texts: vec![text], generator: hostile() };
    let page = grammar_page(&view);
    check_page(&page);
    assert!(page.contains("&#60;script&#62;alert(1)") && !page.contains("<script"));
    assert_eq!(page.matches("<span class=\"mention").count(), page.matches("</sub></span>").count());
    check_page(&grammar_page(&GrammarView::default()));
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
