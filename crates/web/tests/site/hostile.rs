//! The most hostile words that an outlet, a feed or a reader can send stay words.

use desk::article::{Article, Passage, Role};
use desk::edit::Edited;
use desk::families::Families;
use desk::group::{Member, Story};
use desk::stamp::Stamp;
use desk::write::draft::{Draft, Sentence};
use store::Assigned;

use crate::asked::{get, get_with};
use crate::markup::check;
use crate::seed::{NOW, Room};

const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)> </title></main> \u{202E}evil\u{2066} {{ 7 }} \
                       <!-- ]]> &lt;b&gt; \u{1b}";

fn article(id: &str, url: Option<&str>) -> Article {
    let mut article = Article::bare(id);
    let body = format!("The {HOSTILE} was seen by one, two, three, four, five, six people.");
    (article.text, article.blocks) = Article::compose(HOSTILE, [(Role::Paragraph, &*body)]);
    article.title = HOSTILE.to_owned();
    article.outlet = HOSTILE.to_owned();
    article.authors = vec![HOSTILE.to_owned()];
    article.agency = Some(HOSTILE.to_owned());
    article.lang = "en".to_owned();
    article.url = url.map(str::to_owned);
    article.domain = Some("post.example".to_owned());
    article.published = Stamp::parse("2026-03-13T08:00Z");
    article.fetched = Some(HOSTILE.to_owned());
    article
}

/// A published story that is hostile through and through.
async fn story(room: &Room) -> String {
    let mut articles = vec![
        article("a\"><b>1", Some("javascript:alert(1)")),
        article("a2", Some("https://post.example/\"><script>?a=1&b=2#\u{202E}")),
    ];
    articles[1].text.push_str(" Two.");
    let id = "s0123456789ab".to_owned();
    for article in &articles {
        room.site.store.put_article(article, None, NOW).await.expect("kept");
        let assigned = Assigned {
            article: article.id.clone(),
            story: id.clone(),
            likeness: 1.0,
            section: "<i>World".to_owned(),
        };
        room.site.store.assign(&assigned, NOW, NOW).await.expect("assigned");
    }
    let members = (0..2).map(|article| Member {
        article,
        family: HOSTILE.to_owned(),
        copy_of: None,
        background: false,
        placed: desk::group::Place::default(),
    });
    let group = Story { id: id.clone(), members: members.collect(), near: Vec::new() };
    let passage = |article: usize| Passage { article, span: articles[article].blocks[1].span };
    let mut sentence = Sentence::edited(&articles, passage(0), Vec::new()).expect("a sentence");
    sentence.passages.push(passage(1));
    let draft = Draft { story: id.clone(), headline: sentence.clone(), paragraphs: vec![vec![sentence]] };
    let digest =
        desk::verify::verify(&draft, &group, &articles).expect("every sentence stands in its passage");
    let edited = Edited { digest: Some(digest), refused: Vec::new(), reason: String::new() };
    room.publish(&id, &edited, HOSTILE, NOW).await.expect("published");
    let rows = [("a\"><b>1".to_owned(), HOSTILE.to_owned(), Some("a2".to_owned()), true)];
    room.site.store.set_members(&id, &rows, 2).await.expect("members");
    room.site
        .store
        .put_outlet(
            &store::NewOutlet {
                domain: "post.example".into(),
                name: HOSTILE.into(),
                family: HOSTILE.into(),
                country: "<b".into(),
                paywalled: true,
            },
            NOW,
        )
        .await
        .expect("the outlet");
    assert!(Families::starter().name("post.example").is_none());
    id
}

#[tokio::test]
async fn hostile_words_stay_words_on_every_page() {
    let room = Room::empty().await;
    let id = story(&room).await;
    let site = room.router();
    for address in [
        "/".to_owned(),
        format!("/story/{id}"),
        format!("/story/{id}/version/1"),
        format!("/story/{id}/report?sentence=1"),
        "/section/%3Ci%3EWorld".to_owned(),
        "/archive".to_owned(),
        "/outlets".to_owned(),
        "/outlet/post.example".to_owned(),
        "/article/a%22%3E%3Cb%3E1".to_owned(),
        "/article/a2".to_owned(),
        "/search?q=seen".to_owned(),
        "/search?q=seen&in=articles".to_owned(),
        "/search?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%E2%80%AE&outlet=%22onfocus%3Dx&section=%3C%2Fselect%3E".to_owned(),
    ] {
        let page = get(&site, &address).await.fine().text();
        check(&address, &page);
        assert!(!page.contains("<script>") && !page.contains("<img") && !page.contains("onerror=alert(1)>"), "{address}");
        assert!(!page.to_lowercase().contains("=\"javascript:"), "{address}");
    }
    for address in [
        format!("/story/{id}/feed.atom"),
        "/feed.rss".to_owned(),
        "/sitemap.xml".to_owned(),
        "/outlets.opml".to_owned(),
    ] {
        let text = get(&site, &address).await.fine().text();
        let mut reader = quick_xml::Reader::from_str(&text);
        while !matches!(reader.read_event().expect("sound XML"), quick_xml::events::Event::Eof) {}
        assert!(
            !text.contains("<script") && !text.contains('\u{202E}') && !text.contains('\u{1b}'),
            "{address}"
        );
    }
    let markdown = get(&site, &format!("/story/{id}/digest.md")).await.fine().text();
    assert!(!markdown.contains("><script") && markdown.contains("\\<script"), "{markdown}");
}

#[tokio::test]
async fn requests_full_of_nonsense_are_answered() {
    let room = Room::filled().await;
    let site = room.router();
    for address in [
        "/search?q=%00%FF%FE",
        "/search?q=%22%22%22---%20OR%20NEAR(%20*",
        "/search?q=a&page=99999999999999999999",
        "/search?page=-1&q=ferry",
        "/search?q=ferry&q=boat",
        "/section/World?page=abc",
        "/story/%F0%9F%92%A9",
        "/outlet/%22%3E%3Cscript%3E",
        "/day/0000-00-00",
        "/day/9999-12-31",
        "/article/%0a",
    ] {
        let reply = get(&site, address).await;
        assert!(reply.status.as_u16() < 500, "{address}: {}", reply.text());
        check(address, &reply.text());
    }
    let cookie = format!("hide={}\"; hide==; =; {}", "|".repeat(5000), "x=".repeat(100));
    let reply = get_with(&site, "/", &[("cookie", &cookie)]).await;
    assert_eq!(reply.status, 200);
    let odd = [
        ("if-none-match", "\"\\,,,W/"),
        ("if-modified-since", "never"),
        ("accept-encoding", ";;q=,gzip;q=x"),
    ];
    assert_eq!(get_with(&site, "/", &odd).await.status, 200);
}
