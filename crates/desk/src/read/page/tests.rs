//! Invented pages, friendly and hostile.

use std::fmt::Write as _;

use super::*;

const FIRST: &str = "The ferry to Port Vell stopped on Wednesday after a crack was found in its hull, the port authority said.";
const SECOND: &str = "Some two hundred passengers waited at the pier until buses came, and many of them spent the night in a school.";
const THIRD: &str = "The ship was built in 1987 and had passed an inspection in the spring, according to the harbour master, Mira Okpara.";

fn body(html: &str) -> Vec<(Role, String)> {
    read(html.as_bytes(), None).0.blocks
}

fn texts(html: &str) -> Vec<String> {
    body(html).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn the_text_is_told_from_what_stands_around_it() {
    for around in [
        "<nav><a href=/a>Home</a> <a href=/b>World</a></nav>",
        "<aside><p>Ten ways to cook a herring, chosen by our readers over many happy years of eating.</p></aside>",
        "<div class=newsletter><p>Every morning we send the news to your inbox, free of charge and free of spam.</p></div>",
        "<div class='related-links'><ul><li><a href=/x>Ferry breaks down again in Vellburg</a></li></ul></div>",
        "<section id=comments><p>I was on this ferry and it was awful, nobody told us a thing for hours on end.</p></section>",
        "<div id=onetrust-banner><p>We and our partners store cookies on your device to show you things you like.</p></div>",
        "<p>Read more: The history of the ferry</p>",
        "<p>Advertisement</p>",
        "<p>Published 11 March | Updated 14:14</p>",
        "<p>3 min read</p>",
        "<p><a href=/x>The ferry that could not swim, a history</a></p>",
        "<div><h3><a href=/x>Another story of the day</a></h3><p>It has a short text that goes with it, to lure you there.</p></div>",
        "<div style='display: none'>hidden words of no use to anybody at all, but quite many of them.</div>",
        "<script>var a = '<p>not text</p>';</script><style>p { color: red }</style><svg><text>x</text></svg>",
    ] {
        for html in [
            format!(
                "<html><body>{around}<article><h1>Ferry stops</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article></body>"
            ),
            format!("<html><body><div><p>{FIRST}</p><p>{SECOND}</p>{around}<p>{THIRD}</p></div></body>"),
            format!("<html><body><div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>{around}</body>"),
        ] {
            assert_eq!(texts(&html), [FIRST, SECOND, THIRD], "{around}");
        }
    }
}

#[test]
fn what_the_text_links_to_is_kept_and_what_stands_around_it_is_not() {
    let html = format!(
        "<nav><a href=/world>World</a></nav><article><h1>Ferry stops</h1><p>{FIRST} <a href='https://herald.example/ferry#top'>The \
         Herald</a> was first.</p><p>{SECOND} <a href='/2025/storm'>A storm</a>, <a href='#note'>a note</a>, <a \
         href='mailto:a@b.example'>a letter</a>, <a href=/ferry>this</a>, <a href='https://herald.example/ferry'>again</a>.</p>\
         <p>{THIRD}</p><p><a href=/x>The ferry that could not swim, a history</a></p></article>"
    );
    let (page, _) = read(html.as_bytes(), Some("https://bell.example/ferry"));
    assert_eq!(page.links, ["https://herald.example/ferry", "https://bell.example/2025/storm"]);
    let (nowhere, _) = read(html.as_bytes(), None);
    assert_eq!(nowhere.links, ["https://herald.example/ferry"]);
}

#[test]
fn the_parts_of_the_text_have_their_roles() {
    let html = format!(
        "<article><h1>Ferry stops</h1><p>{FIRST}</p><h2>What was found</h2><ul><li>A crack of two metres</li></ul>\
         <figure><img><figcaption>The ferry in 2019</figcaption></figure><blockquote><p>{SECOND}</p></blockquote>\
         <p><b>The night in the school</b></p><p>{THIRD}</p><p>Correction: An earlier version gave a wrong year.</p></article>"
    );
    let roles: Vec<Role> = body(&html).into_iter().map(|(role, _)| role).collect();
    use Role::{Caption, Correction, Heading, Item, Paragraph, Quotation};
    assert_eq!(roles, [Paragraph, Heading, Item, Caption, Quotation, Heading, Paragraph, Correction]);
}

#[test]
fn a_text_in_several_places_comes_whole_and_a_second_article_does_not() {
    let pieces = format!(
        "<main><div class=article-body><p>{FIRST}</p></div><div>ad</div><div class=article-body><p>{SECOND}</p></div></main>"
    );
    assert_eq!(texts(&pieces), [FIRST, SECOND]);
    let breaks = format!("<body><div>{FIRST}<br><br>{SECOND}<br/>\n<br/>{THIRD}</div>");
    assert_eq!(texts(&breaks), [FIRST, SECOND, THIRD]);
    let two = format!(
        "<title>Ferry stops</title><main><article><h1>Ferry stops</h1><p>{FIRST}</p><p>{SECOND}</p></article>\
         <article><h1>Herring is back</h1><p>{THIRD}</p><p>{THIRD} Again.</p></article></main>"
    );
    assert_eq!(texts(&two), [FIRST, SECOND]);
}

#[test]
fn pieces_without_prose_come_with_the_text_that_they_stand_in() {
    let piece = |inner: &str| format!("<section class=article-content__group><div>{inner}</div></section>");
    let html = format!(
        "<div class=article-content__group><h3>Most read</h3></div><main><div>{}{}{}<div>{}{}</div></div></main>",
        piece(&format!("<p>{FIRST}</p>")),
        piece("<h3>Passengers wait</h3>"),
        piece(&format!("<p>{SECOND}</p>")),
        piece("<h3>An old ship</h3>"),
        piece(&format!("<p>{THIRD}</p>")),
    );
    assert_eq!(texts(&html), [FIRST, "Passengers wait", SECOND, "An old ship", THIRD]);
}

#[test]
fn posts_with_bodies_of_their_own_belong_together_and_articles_with_headlines_do_not() {
    let posts = |head: &str| {
        let post = |name: &str, text: &str| {
            format!(
                "<article><{head}>{name}</{head}><time datetime=2026-03-11T10:00Z>2 hours ago</time><div class=article-body><p>{text}</p></div></article>"
            )
        };
        format!("<main>{}{}{}</main>", post("A", FIRST), post("B", SECOND), post("C", THIRD))
    };
    assert_eq!(texts(&posts("h3")), ["A", FIRST, "B", SECOND, "C", THIRD]);
    assert_eq!(texts(&posts("h1")).len(), 1);
}

#[test]
fn what_stands_between_paragraphs_and_is_no_text_is_left_out() {
    for between in [
        "<p>Also at the harbour | <a href=/x>Herring is back in Norling, fishers say</a></p>",
        "<p>Donnerstag, 5. März 2026, 14:02 Uhr</p>",
        "<p><time datetime=2026-03-05T14:02Z>two days ago</time></p>",
        "<form><p>I would like to hear of offers, events and updates from the Vell Post, as its privacy notice says.</p></form>",
    ] {
        let html = format!("<article><p>{FIRST}</p>{between}<p>{SECOND}</p><p>{THIRD}</p></article>");
        assert_eq!(texts(&html), [FIRST, SECOND, THIRD], "{between}");
    }
    let post =
        format!("<div class=embed-box><blockquote class=twitter-tweet><p>{THIRD}</p></blockquote></div>");
    let html = format!("<article><p>{FIRST}</p>{post}<p>{SECOND}</p><p>{FIRST} Again.</p></article>");
    assert_eq!(body(&html)[1], (Role::Quotation, THIRD.to_owned()));
    let card = "<span class=pop><img src=/a.jpg><a href=/a>Mira Okpara</a><a href=/b>Harbour master speaks of ferries</a></span>";
    let html = format!(
        "<article><p>{FIRST}</p><p>{SECOND} <a href=/a>Mira Okpara</a>{card} was there.</p></article>"
    );
    assert_eq!(texts(&html)[1], format!("{SECOND} Mira Okpara was there."));
    let credits = format!(
        "<article><p>{FIRST}</p><p>{SECOND}</p><p>(Reporting by Ana Ruiz in Port Vell and Jon Vell in Norling; writing by Ana Ruiz; editing by Bo Ek)</p><p><a href=/s>Our standards of trust for everything</a></p></article>"
    );
    assert_eq!(texts(&credits), [FIRST, SECOND]);
}

#[test]
fn text_that_stands_only_in_data_is_read() {
    let linked = format!(
        "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{FIRST}\\n{SECOND}\\n{THIRD}\"}}</script><p>Loading</p>"
    );
    assert_eq!(texts(&linked), [FIRST, SECOND, THIRD]);
    let mut state = String::new();
    for text in [FIRST, SECOND, THIRD] {
        let _ = write!(state, "{{\"type\":\"paragraph\",\"content\":\"<p>{text}</p>\"}},");
    }
    let padding = " ".repeat(1_000);
    let script = format!("<script>window.state=[{state}]{padding}</script><div id=root></div>");
    assert_eq!(texts(&script), [FIRST, SECOND, THIRD]);
}

#[test]
fn facts_come_from_the_most_trusted_place() {
    let linked = "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry stops\",\"author\":[{\"name\":\"By Mira Okpara\"},\
                  {\"name\":\"Jon Vell\"}],\"datePublished\":\"2026-03-11T23:40:00-05:00\",\"isAccessibleForFree\":\"False\",\"publisher\":{\"name\":\"Vell Post\"}}</script>";
    let metas = "<html lang=en-GB><head><title>Ferry stops | Vell Post</title><meta name=author content='Vell Post'>\
                 <meta property=article:published_time content=2026-03-12T04:40:00Z><meta name=robots content='index, noai'>\
                 <link rel=canonical href=https://post.example/ferry></head>";
    let (page, _) = read(format!("{metas}{linked}<p>PORT VELL (AP) — {FIRST}</p>").as_bytes(), None);
    assert_eq!(page.title, "Ferry stops");
    assert_eq!(page.authors, ["Mira Okpara", "Jon Vell"]);
    assert_eq!(page.published.map(|s| s.to_string()).as_deref(), Some("2026-03-11T23:40:00-05:00"));
    assert_eq!((page.outlet.as_deref(), page.lang.as_str()), (Some("Vell Post"), "en-gb"));
    assert_eq!(page.canonical.as_deref(), Some("https://post.example/ferry"));
    assert_eq!((page.paywalled, page.reserved), (true, true));
    assert_eq!(page.agency.as_deref(), Some("Associated Press"));

    let printed = format!(
        "{metas}<h1>Ferry stops</h1><p class=byline>By Mira Okpara and Jon Vell</p><article><p>{FIRST}</p><p>{SECOND}</p></article>"
    );
    let (page, _) = read(printed.as_bytes(), None);
    assert_eq!(page.authors, ["Mira Okpara", "Jon Vell"]);
    assert_eq!(page.published.map(|s| s.to_string()).as_deref(), Some("2026-03-12T04:40:00+00:00"));
    assert!(!page.paywalled);
}

#[test]
fn hostile_pages_are_read_without_harm() {
    let many = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len());
    let size = 600_000;
    let mut attributes = String::from("<p ");
    let mut fonts = String::new();
    for n in 0..20_000 {
        let _ = write!(attributes, "a{n} class{n}=x ");
        let _ = write!(fonts, "<b id=x{n}><p><a href={n}>");
    }
    let closing = format!("{}{}", many("<i><div><b>", 3_000), many("</x>", size));
    for html in [
        many("<div>", size),
        many("<div><p>a", size),
        many("<b><p>a", size),
        many("<table><tr>x", size),
        many("<svg>", size),
        many("<", size),
        many("<a b=", size),
        many("<!--", size),
        many("&", size),
        many("<p>a</b></i></div>", size),
        many("<script>", size),
        many("<script type=application/ld+json>{", size),
        many("</p>", size),
        many("<li><ul>", size),
        many("<select><option>", size),
        many("<h1><a href=x>one two three</a>", size),
        many("<title>", size),
        many("\0", size),
        many("<article><p>One two three, four five six seven eight nine ten eleven twelve thirteen.", size),
        many("<br>", size),
        many("<frameset><math><mi>", size),
        many("<td>x<table>y", size),
        many("<p class=byline>By Ana Ruiz", size),
        many("<meta name=author content=x>", size),
        many("<time>2026", size),
        attributes,
        fonts,
        closing,
        format!("<script type=application/ld+json>{}</script>", many("[", size)),
        format!("<script type=application/ld+json>{}</script>", many("{\"@graph\":[", size)),
        format!("<script>{}</script>", many("\"text\":\"a\\", size)),
    ] {
        let (page, _) = read(html.as_bytes(), Some("https://a.example/"));
        assert!(page.blocks.iter().map(|(_, text)| text.len()).sum::<usize>() <= 2 * html.len());
    }
    for bytes in [
        vec![],
        vec![0xff, 0xfe],
        vec![0xff; 1000],
        (0..=255).collect::<Vec<u8>>().repeat(20),
        vec![0xef, 0xbb, 0xbf],
    ] {
        let _ = read(&bytes, Some("é"));
        let _ = read(&bytes, Some("//"));
    }
}

#[test]
fn pages_of_any_size_cost_bounded_time() {
    let many = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len());
    let size = 4_000_000;
    let deep = format!("{}<p>{FIRST}</p>{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    for (name, html) in [
        ("a hundred thousand levels", deep),
        ("one gigantic attribute", format!("<p class=\"{}\">{FIRST}</p>", many("x ", size))),
        ("one endless line", format!("<p>{}</p>", many("word and word. ", size))),
        ("one endless word", format!("<p>{}</p>", many("x", size))),
        ("a million tiny tags", many("<i>", size)),
        ("a million closed tags", many("<b>a</b>", size)),
        ("headings only", many("<h2>One two three</h2>", size)),
        ("walls only", many("<p>Sign in to unlock</p><li>x", size)),
        ("a script of strings", format!("<script>{}</script>", many("\"text\":\"<p\",", size))),
    ] {
        let start = std::time::Instant::now();
        let (page, _) = read(html.as_bytes(), Some("https://a.example/"));
        let taken = start.elapsed();
        // The tests run slower than a release, and beside each other.
        assert!(taken.as_secs() < 20, "{name} took {taken:?}");
        assert!(page.blocks.iter().map(|(_, text)| text.len()).sum::<usize>() <= html.len(), "{name}");
    }
}

#[test]
fn a_page_costs_what_its_size_does() {
    let many = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len());
    let bold: String = (0..100).map(|n| format!("<b id=x{n}>")).collect();
    let script = format!("<script>{{\"text\":\"{}\"}}</script>", many(FIRST, 1_400));
    let kinds: [(&str, &dyn Fn(usize) -> String); 14] = [
        ("bold that is opened again in each paragraph", &|size| {
            format!("<p>{bold}</p>{}", many("<p>x</p>", size))
        }),
        ("bold in paragraphs that nobody closes", &|size| format!("<p>{bold}{}", many("<p>x</p>", size))),
        ("bold across blocks", &|size| format!("<div>{bold}</div>{}", many("<div>x</div>", size))),
        ("one long and many short scripts", &|size| {
            format!("<script>{{\"text\":\"{}\"}}</script>{}", many(FIRST, size / 2), many(&script, size / 2))
        }),
        ("names in names", &|size| format!("{}{}", "<div itemprop=author>".repeat(190), many(FIRST, size))),
        ("headings in headings", &|size| {
            let deep = "<h2><div>".repeat(90);
            format!("<title>x</title><article><p>{FIRST}</p></article><article>{deep}{}", many(FIRST, size))
        }),
        ("broken data", &|size| many("<script type=application/ld+json>{</script>", size)),
        ("articles", &|size| {
            many(
                &format!(
                    "<article><h2>Post</h2><time datetime=2026-03-11T10:00Z></time><p>{FIRST}</p></article>"
                ),
                size,
            )
        }),
        ("times", &|size| many("<time datetime=2026-03-11T10:00Z>x</time><p>a b c</p>", size)),
        ("cells", &|size| format!("<table>{}", many("<tr><td>1</td><td>2</td></tr>", size))),
        ("lines about the author", &|size| {
            format!(
                "<meta name=author content='Ana Ruiz'><p>{FIRST}{SECOND}</p><p>{THIRD}</p>{}",
                many("<p>Ana Ruiz is.</p>", size)
            )
        }),
        ("boxes with images", &|size| many("<div><img src=a><p>a b c d</p></div>", size)),
        ("cards", &|size| many("<p>a <span><img><a>x</a><a>y</a></span>", size)),
        ("letters of nothing", &|size| many("a\0b ", size)),
    ];
    for (name, page) in kinds {
        let time = |size: usize| {
            let html = page(size);
            let begun = std::time::Instant::now();
            let (read, notes) = read(html.as_bytes(), Some("https://a.example/"));
            assert!(notes.len() < 10 && read.openings.len() <= read.blocks.len(), "{name}");
            begun.elapsed().as_millis()
        };
        let (half, whole) = (time(1_000_000), time(2_000_000));
        // Beside other work a short time says little; what grows with the square takes far longer.
        assert!(whole < 3 * half + 1_500, "{name}: {half} ms, then {whole} ms");
    }
}

#[test]
fn headings_that_head_nothing_and_walls_are_left_out() {
    let html = format!(
        "<title>Ferry stops</title><article><h2>Port Vell</h2><h2>A crack in the hull</h2><p>{FIRST}</p>\
         <p>REGISTER / SIGN IN TO UNLOCK MORE ARTICLES</p><ul><li>Read more each month.</li></ul>\
         <h2>More videos</h2><h2>What comes next</h2><p>{SECOND}</p><h3>Further</h3></article>"
    );
    let (page, _) = read(html.as_bytes(), None);
    let roles: Vec<&str> = page.blocks.iter().map(|(role, _)| role.name()).collect();
    assert_eq!(roles, ["heading", "paragraph", "heading", "paragraph"], "{:?}", page.blocks);
    assert_eq!(page.blocks[0].1, "A crack in the hull");
    assert_eq!(page.blocks[2].1, "What comes next");
}
