//! A megabyte of what is worst for a reader of pages, feeds and records costs about what a megabyte of prose does.

use std::time::{Duration, Instant};

use desk::article::{Article, Role};
use desk::edit::edit;
use desk::families::Families;
use desk::group::{Member, Origins, Settings, Story, group};
use desk::read::{discover, feed, mail, page};
use desk::stamp::Stamp;
use desk::write;

/// How long each kind is.
const LONG: usize = 1 << 20;

/// The most time for a megabyte. Measured on the thread alone where the system tells it, so that what else the machine
/// does is not counted.
const MOST: Duration = Duration::from_secs(1);

fn spent(begun: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|told| told.split(' ').next().and_then(|first| first.parse().ok()));
    nanos.map_or_else(|| begun.elapsed(), Duration::from_nanos)
}

/// The kinds: a name and what is repeated, or an opening and its close.
fn kinds() -> Vec<(&'static str, String)> {
    let fill = |unit: &str| unit.repeat(LONG / unit.len());
    let nest = |open: &str, close: &str| {
        let times = LONG / (open.len() + close.len());
        open.repeat(times) + &close.repeat(times)
    };
    vec![
        ("nested blocks", nest("<div>", "</div>")),
        ("open blocks", fill("<div>")),
        ("open inline", fill("<b><i>")),
        ("misnested", fill("<b><p><a><table></b></p>")),
        ("closing only", fill("</div>")),
        ("less than", fill("<")),
        ("broken attributes", fill("<a href=\"x' b=")),
        ("one tag of many attributes", format!("<p {}>x", fill("a=1 "))),
        ("ampersands", fill("&amp;")),
        ("half entities", fill("&#x")),
        ("packed entities", fill("&amp;lt;")),
        ("comments", fill("<!--")),
        ("sections", fill("<![CDATA[")),
        ("ends of sections", fill("]]>")),
        ("declarations", fill("<!DOCTYPE a [")),
        ("one long word", fill("a")),
        ("blanks", fill(" ")),
        ("lines", fill("\n")),
        ("paragraphs", fill("<p>A. ")),
        ("cells", fill("<tr><td>1")),
        ("links", fill("<a href=/x>Read more</a> ")),
        ("quotation marks", fill("\"“'")),
        ("abbreviations", fill("U.S. Mr. No. ")),
        ("dates", fill("2026-03-10T08:00 March 10, 2026 ")),
        ("numbers", fill("1,000.5 million 3½ ")),
        ("bylines", fill("By Ada Lund and Bo Ek, ")),
        ("dashes", fill("— – - ")),
        ("marks on one letter", fill("\u{301}")),
        ("half characters", fill("\u{FFFD}\u{200D}")),
        ("JSON lists", format!("<script type=\"application/ld+json\">{}</script>", fill("["))),
        ("JSON objects", format!("<script type=\"application/ld+json\">{}</script>", fill("{\"a\":"))),
        ("JSON strings", format!("<script type=\"application/ld+json\">{{\"a\":\"{}", fill("\\\\\""))),
        ("scripts", fill("<script>")),
        ("styles", fill("<style>p{</style>")),
        ("meta", fill("<meta property=og:title content=x>")),
    ]
}

fn within(what: &str, name: &str, bytes: usize, work: impl FnOnce()) -> Option<String> {
    let begun = Instant::now();
    let before = spent(begun);
    work();
    let took = spent(begun).saturating_sub(before);
    let most = MOST * u32::try_from(bytes.div_ceil(LONG)).expect("a few megabytes");
    (took > most).then(|| format!("{what} of {name}, {bytes} bytes, took {took:?}"))
}

#[test]
fn hostile_pages_cost_little() {
    let mut late = Vec::new();
    for (name, bad) in kinds() {
        let prose = "The ferry to Nordholm stopped on Monday after 115 years, the harbour said. ".repeat(20);
        for (at, html) in [
            (
                "within",
                format!("<html><body><article><h1>Ferry</h1><p>{prose}</p>{bad}<p>{prose}</p></article>"),
            ),
            ("before", format!("<html><head><title>{bad}</title></head><body><p>{prose}</p>")),
        ] {
            late.extend(within("a page", &format!("{name} {at}"), html.len(), || {
                let _ = page::read(html.as_bytes(), Some("https://post.example/a"));
            }));
        }
    }
    assert!(late.is_empty(), "{late:#?}");
}

#[test]
fn hostile_mails_and_pages_with_feeds_cost_little() {
    let mut late = Vec::new();
    let families = Families::default();
    let head = "From: a@b.example\nSubject: Rain\n";
    for (name, bad) in kinds() {
        late.extend(within("the feeds of a page", name, bad.len(), || {
            let _ = discover::feeds(bad.as_bytes(), "https://post.example/");
        }));
        for (at, mail) in [
            ("in the text", format!("{head}Content-Type: text/html\n\n{bad}")),
            ("in plain text", format!("{head}\n{bad}")),
            ("in the head", format!("{head}X-Odd: {bad}\nTo: {bad}\n\nRain")),
            ("in the subject", format!("From: {bad}\nDate: {bad}\nSubject: {bad}\n\nRain")),
            ("as type", format!("{head}Content-Type: multipart/mixed; boundary={bad}\n\n--{bad}\n\nRain")),
            ("packed", format!("{head}Content-Transfer-Encoding: base64\n\n{bad}")),
            ("quoted", format!("{head}Content-Transfer-Encoding: quoted-printable\n\n{bad}")),
        ] {
            late.extend(within("a mail", &format!("{name} {at}"), mail.len(), || {
                let _ = mail::read(mail.as_bytes(), &families);
            }));
        }
    }
    for (name, unit) in
        [("borders", "--b\n"), ("parts", "--b\nX: y\n\n"), ("words", "=?utf-8?q?a?= "), ("equals", "=\n")]
    {
        let mail =
            format!("{head}Content-Type: multipart/mixed; boundary=b\n\n{}", unit.repeat(LONG / unit.len()));
        late.extend(within("a mail", name, mail.len(), || {
            let _ = mail::read(mail.as_bytes(), &families);
        }));
    }
    assert!(late.is_empty(), "{late:#?}");
}

#[test]
fn hostile_feeds_cost_little() {
    let mut late = Vec::new();
    for (name, bad) in kinds() {
        let escaped = bad.replace('&', "&amp;").replace('<', "&lt;");
        let json = serde_json::Value::from(bad.as_str());
        for (at, feed) in [
            ("bare", format!("<rss version=\"2.0\"><channel><title>News</title><item>{bad}")),
            (
                "in an entry",
                format!(
                    "<rss version=\"2.0\"><channel><item><title>{escaped}</title><link>https://a.example/</link><author>{escaped}</author><pubDate>{escaped}</pubDate><description>{escaped}</description></item></channel></rss>"
                ),
            ),
            (
                "in a section",
                format!(
                    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"html\"><![CDATA[{bad}]]></content></entry></feed>"
                ),
            ),
            (
                "in JSON",
                format!(
                    "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{{\"id\":\"1\",\"title\":{json},\"content_html\":{json}}}]}}"
                ),
            ),
        ] {
            late.extend(within("a feed", &format!("{name} {at}"), feed.len(), || {
                let _ = feed::parse(feed.as_bytes(), "https://post.example/feed");
            }));
        }
    }
    let laughs: String =
        (1..30).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY l0 \"ha\">{laughs}]><rss version=\"2.0\"><channel><item><title>&l29;</title></item></channel></rss>"
    );
    late.extend(within("a feed", "of entities in entities", bomb.len(), || {
        let _ = feed::parse(bomb.as_bytes(), "https://post.example/feed");
    }));
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\"><channel><item><title>a &x; b</title><link>https://a.example/</link></item></channel></rss>";
    let feed = feed::parse(outside.as_bytes(), "https://post.example/feed").expect("the rest is sound");
    assert!(!format!("{feed:?}").contains("root:"), "a file came in by an entity");
    assert!(late.is_empty(), "{late:#?}");
}

/// An article of one paragraph or of many, as long as a page may be that somebody sends us to keep us busy.
fn article(id: &str, parts: &[String]) -> Article {
    let (text, blocks) = Article::compose(
        "The ferry to Nordholm stops",
        parts.iter().map(|part| (Role::Paragraph, part.as_str())),
    );
    Article {
        outlet: format!("The {id}"),
        domain: Some(format!("{id}.example")),
        url: Some(format!("https://{id}.example/a")),
        title: "The ferry to Nordholm stops".to_owned(),
        published: Stamp::parse("2026-03-10"),
        lang: "en".to_owned(),
        text,
        blocks,
        ..Article::bare(id)
    }
}

#[test]
fn hostile_articles_cost_little() {
    let mut late = Vec::new();
    let number = |at: usize| {
        format!(
            "Pier {at} of the ferry to Nordholm was closed on Tuesday after {at} people saw a crack {at} metres long, the harbour said. "
        )
    };
    let many: Vec<String> = (0..LONG / 120).map(number).collect();
    let mut cases = vec![
        ("many paragraphs", many.clone()),
        ("one paragraph", vec![many.concat()]),
        ("one sentence", vec!["the ferry to Nordholm, closed on Tuesday, ".repeat(LONG / 42)]),
        ("the same paragraph", vec![number(7); LONG / 120]),
    ];
    cases.extend(kinds().into_iter().map(|(name, bad)| (name, vec![number(1), bad, number(2)])));
    for (name, parts) in cases {
        let articles = [
            article("post", &parts),
            article("herald", &parts[..parts.len().min(5000)]),
            article("lantern", &[number(1)]),
        ];
        let bytes = articles.iter().map(|article| article.text.len()).sum();
        late.extend(within("grouping", name, bytes, || {
            let _ = group(&articles, &Origins::new(&articles, &Families::default()), Settings::default());
        }));
        let member = |article: usize| Member {
            article,
            family: format!("f{article}"),
            copy_of: None,
            background: false,
            placed: desk::group::Place::default(),
        };
        let story = Story { id: "s1".to_owned(), members: (0..3).map(member).collect(), near: Vec::new() };
        late.extend(within("writing", name, bytes, || {
            let _ = edit(&story, &articles, write::Settings::default());
        }));
    }
    assert!(late.is_empty(), "{late:#?}");
}
