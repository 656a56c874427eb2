//! Whole feeds, well-formed, broken and hostile. All of them are invented.

use super::*;

const BASE: &str = "https://paper.example/feed.xml";

fn read(text: &str) -> Feed {
    parse(text.as_bytes(), BASE).expect("this is a feed")
}

/// The feed's title, then `title|link|published` of its entries.
fn check(text: &str, title: &str, entries: &[&str]) {
    let feed = read(text);
    let word = |value: &Option<String>| value.clone().unwrap_or_default();
    let lines: Vec<_> = feed
        .entries
        .iter()
        .map(|entry| format!("{}|{}|{}", word(&entry.title), word(&entry.link), word(&entry.published)))
        .collect();
    assert_eq!(
        (word(&feed.title).as_str(), lines),
        (title, entries.iter().map(|e| (*e).to_owned()).collect()),
        "{text}"
    );
}

#[test]
fn every_format_is_read() {
    check(
        "<rss version='2.0'><channel><title>Paper</title><item><title>Rain</title><link>/rain</link>\
         <pubDate>Wed, 11 Mar 2026 07:40:00 +0100</pubDate></item></channel></rss>",
        "Paper",
        &["Rain|https://paper.example/rain|2026-03-11T06:40:00Z"],
    );
    check(
        "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' \
         xmlns:d='http://purl.org/dc/elements/1.1/'><channel><title>Paper</title></channel><item><title>Rain\
         </title><link>http://paper.example/1</link><d:date>2026-03-11</d:date></item></r:RDF>",
        "Paper",
        &["Rain|http://paper.example/1|2026-03-11T00:00:00Z"],
    );
    check(
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xml:base='/n/'><a:title>Paper</a:title><a:entry><a:title>\
         Rain</a:title><a:link rel='self' href='x'/><a:link href='rain'/><a:published>2026-03-11T07:40Z\
         </a:published></a:entry></a:feed>",
        "Paper",
        &["Rain|https://paper.example/n/rain|2026-03-11T07:40:00Z"],
    );
    check(
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>Paper</title><entry><title mode='escaped' \
         type='text/html'>&lt;i>Rain&lt;/i></title><issued>2026-03-11</issued></entry></feed>",
        "Paper",
        &["<i>Rain</i>||2026-03-11T00:00:00Z"],
    );
    check(
        "<CHANNEL HREF='/'><TITLE>Paper</TITLE><ITEM HREF='/1'><TITLE>Rain</TITLE></ITEM></CHANNEL>",
        "Paper",
        &["Rain|https://paper.example/1|"],
    );
    check(
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/\
         sitemap-news/0.9'><url><loc>https://paper.example/1</loc><n:news><n:publication><n:name>Paper</n:name>\
         </n:publication><n:publication_date>2026-03-11</n:publication_date><n:title>Rain</n:title></n:news></url>\
         </urlset>",
        "Paper",
        &["Rain|https://paper.example/1|2026-03-11T00:00:00Z"],
    );
    for version in ["\"https://jsonfeed.org/version/1.1\"", "\"1.1\"", "7"] {
        check(
            &format!(
                "{{\"version\":{version},\"title\":\"Paper\",\"items\":[{{\"id\":1,\"title\":\"Rain\",\"url\":\"/1\",\
                 \"date_published\":\"2026-03-11T07:40:00Z\"}}]}}"
            ),
            "Paper",
            &["Rain|https://paper.example/1|2026-03-11T07:40:00Z"],
        );
    }
}

#[test]
fn what_is_broken_is_mended() {
    check(
        "junk\u{b} <?xml version='1.0'?><rss><channel><title>A & B &mdash; &nosuch; C</title>",
        "A & B — &nosuch; C",
        &[],
    );
    check(
        "<b>Warning</b>: no cache<?xml version='1.0'?><rss><channel><title>Paper</title></channel></rss>",
        "Paper",
        &[],
    );
    check("<rss><channel><item><title>One<item><title>Two</title></channel></rss>", "", &["One||", "Two||"]);
    check("<rss><channel><item><title>One</title></item><item><title>Tw", "", &["One||"]);
    check("<rss><item><title>One <br> <b>two</title></item></rss>", "", &["One <br> <b>two</b>||"]);
    check("<rss><item><title>a\u{1}b\u{92}c</title></item></rss>", "", &["ab’c||"]);
    check(
        "<rss><item><title>1 < 2</title><guid>http://paper.example/1</guid></item></rss>",
        "",
        &["1 &lt; 2|http://paper.example/1|"],
    );
    check("<rss><item><dc:title>Rain</dc:title></item></rss><p>junk</p>", "", &["Rain||"]);
    check(
        "<!DOCTYPE rss [<!ENTITY paper 'The Paper'>]><rss><channel><title>&paper;</title></channel></rss>",
        "The Paper",
        &[],
    );
    let cut =
        "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"title\":\"One\"},{\"title\":\"Tw";
    check(cut, "", &["One||"]);
    assert_eq!(read(cut).notes.len(), 1);
}

#[test]
fn a_base_outlives_the_entries_that_were_taken_out() {
    let feed = read(
        "<rss><channel xml:base='/n/'><title>Paper</title></channel><i/><item xml:base='a/'><link>1</link></item>\
         <channel><link>x</link></channel><item xml:base='b/'><link>2</link></item></rss>",
    );
    let links: Vec<_> = feed.entries.iter().filter_map(|entry| entry.link.as_deref()).collect();
    assert_eq!(links, ["https://paper.example/a/1", "https://paper.example/b/2"]);
}

#[test]
fn fields_beyond_the_headline() {
    let feed = read(
        "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item><author>ida@paper.example \
         (Ida Berg)</author><dc:creator>Ola Vik</dc:creator><category>Weather</category><source url='x'>Wire\
         </source><enclosure url='/a.mp3' type='audio/mpeg' length='9'/><description>Short</description>\
         <content:encoded><![CDATA[<p onclick='x'>Long</p><script>y</script>]]></content:encoded></item></channel></rss>",
    );
    let entry = &feed.entries[0];
    assert_eq!(entry.authors[0].name.as_deref(), Some("Ida Berg"));
    assert_eq!(entry.authors[1].name.as_deref(), Some("Ola Vik"));
    assert_eq!(entry.categories, ["Weather"]);
    assert_eq!(entry.source.as_deref(), Some("Wire"));
    assert_eq!(entry.enclosures[0].url.as_deref(), Some("https://paper.example/a.mp3"));
    assert_eq!((entry.summary.as_deref(), entry.content.as_deref()), (Some("Short"), Some("<p>Long</p>")));
}

#[test]
fn what_is_no_feed_is_refused_in_words() {
    let refused = |text: &str, expected: &str| {
        assert_eq!(
            parse(text.as_bytes(), BASE).map_err(|refused| refused.to_string()),
            Err(expected.to_owned())
        );
        assert!(!looks_like_feed(text.as_bytes()), "{text}");
    };
    refused(" \n", "empty: the answer has no content");
    refused("<!DOCTYPE html><html><body>Log in</body></html>", "an HTML page, not a feed");
    refused("<!doctype html>", "an HTML page, not a feed");
    refused("<note/>", "not a feed: root element <note>");
    refused("{\"error\":\"no\"}", "not a feed: JSON without a list of items");
    refused("Too many requests", "not a feed: neither markup nor JSON");
    refused("<opml><body/></opml>", "an OPML list of feeds: import it instead of adding it as a feed");
    refused("<sitemapindex/>", "a sitemap index: add one of the sitemaps that it lists");
    assert!(looks_like_feed(b"<?xml version='1.0'?><!-- <html> --><rdf:RDF>"));
}

#[test]
fn hostile_input_costs_little_and_stops_nothing() {
    let item = "<item><title>Rain</title></item>";
    let around = |inside: &str| format!("<rss><channel>{inside}{item}</channel></rss>");
    let many = 200_000;
    for (name, text) in [
        ("deep", around(&format!("<x>{}{}</x>", "<a>".repeat(many), "</a>".repeat(many)))),
        ("open: never closed", around(&format!("<x>{}</x>", "<a>".repeat(many)))),
        ("open: wrong ends", around(&format!("{}{}", "<a>".repeat(many), "</b>".repeat(many)))),
        ("attribute", around(&format!("<x y='{}'/>", "z".repeat(4 << 20)))),
        ("attributes", around(&format!("<x {}/>", "a='b' ".repeat(many)))),
        ("open: namespaces", around(&"<x xmlns:a='b'>".repeat(many))),
        ("line", around(&"word ".repeat(many * 4))),
        ("ampersands", around(&"&".repeat(many))),
        ("tags in text", around(&"<".repeat(many))),
        ("children", around(&"<x/>".repeat(many * 2))),
    ] {
        let feed = read(&text);
        assert!(feed.entries.len() <= 1, "{name}");
        assert!(feed.entries.len() == 1 || name.starts_with("open"), "{name}: {:?}", feed.notes);
    }
    for piece in ["<rssx>", "<!--", "<![CDATA[", "<a b='", "<?", "<!DOCTYPE [", "&a", "</", "<!"] {
        let text = piece.repeat(many / 4);
        let _ = (parse(around(&text).as_bytes(), BASE), parse(text.as_bytes(), BASE));
    }
    let bomb = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>".to_owned()
        + &format!("<!ENTITY c '{}'>]>", "&b;".repeat(100))
        + &around(&format!("<title>{}</title>", "&c;".repeat(10_000)));
    assert!(read(&bomb).title.is_some_and(|title| title.len() < bomb.len() * 8));
}

#[test]
fn a_million_entries_are_bounded() {
    let text = format!("<rss><channel>{}</channel></rss>", "<item><title>x</title></item>".repeat(1_000_000));
    let feed = read(&text);
    assert_eq!(feed.entries.len(), MAX_ITEMS);
    assert_eq!(feed.notes, ["990000 entries beyond the first 10000 were left out"]);
    let json = format!("{{\"items\":[{}{{}}]}}", "{\"id\":1},".repeat(100_000));
    assert_eq!(read(&json).entries.len(), MAX_ITEMS);
    let short = parse_within(text.as_bytes(), BASE, 1000).expect("this is a feed");
    assert_eq!(short.notes.len(), 2);
}

#[test]
fn a_feed_cut_at_every_byte_keeps_its_complete_entries() {
    let whole = "\u{feff}<?xml version='1.0' encoding='utf-8'?><!DOCTYPE rss [<!ENTITY é 'é'>]><rss xmlns:dc='http://\
                 purl.org/dc/elements/1.1/'><channel><title>Pâper &amp; Co</title><item><title>Öne</title><link>\
                 /1</link></item><!-- no --><item><title><![CDATA[Two <b>é</b>]]></title><description>&lt;p \
                 class='x'&gt;&#x201c;&mdash;</description></item></channel></rss>";
    let mut most = 0;
    for end in 0..=whole.len() {
        let count = parse(&whole.as_bytes()[..end], BASE).map_or(0, |feed| feed.entries.len());
        assert!(count >= most, "at {end}");
        most = count;
        let _ = parse(&whole.as_bytes()[end..], BASE);
    }
    assert_eq!(most, 2);
}

#[test]
fn damaged_feeds_never_stop_the_reading() {
    let whole = [
        "<?xml version='1.0' encoding='utf-8'?><rss><channel xml:base='/x/'><title>Pâper &amp; Co</title><item><title>\
         <![CDATA[Öne <b title='x'>]]></title><link>/1</link><pubDate>Wed, 11 Mär 2026 07:40:00 +0100</pubDate>\
         <author>ida@paper.example (Ida)</author><description>&lt;p&gt;<i>é</i></description></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='xhtml'><div>Öne</div></title><content \
         mode='base64'>w7ZuZQ==</content><updated>2026-03-11T07:40:00.5+01:00</updated></entry></feed>",
        "{\"version\":\"1.1\",\"items\":[{\"title\":\"Öne\",\"date_published\":\"20260311\",\"url\":\"//a/b\"}]}",
    ];
    let marks = b"<>&;/!?'\"=[]-: \0\xff\xc3#x{}";
    let mut seed = 7u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(seed >> 33).expect("it has 31 bits") % below
    };
    for round in 0..6000 {
        let mut bytes = whole[round % whole.len()].as_bytes().to_vec();
        for _ in 0..=next(6) {
            let at = next(bytes.len());
            match next(3) {
                0 => bytes[at] = marks[next(marks.len())],
                1 => bytes.insert(at, marks[next(marks.len())]),
                _ => drop(bytes.remove(at)),
            }
        }
        let _ = (parse(&bytes, BASE), looks_like_feed(&bytes));
    }
}

#[test]
fn pictures_and_origin_land_in_the_entry() {
    let feed = read(
        "<rss xmlns:media='http://search.yahoo.com/mrss/' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><item>\
         <title>Rain</title><source url='https://wire.example/rss'>The Wire</source>\
         <media:content url='/a.jpg' medium='image'><media:description>A &lt;b>wall&lt;/b></media:description>\
         <media:credit>Ada Lund</media:credit></media:content>\
         <media:content url='/film.mp4' type='video/mp4'><media:thumbnail url='/still.png'/></media:content>\
         <media:group><media:content url='/b.webp'/><media:content url='/a.jpg' type='image/jpeg'/></media:group>\
         <media:thumbnail url='javascript:x'/><itunes:image href='/cover.png'/>\
         <enclosure url='/c.jpg' type='image/jpeg' length='9'/><enclosure url='/d.mp3' type='audio/mpeg'/></item></channel></rss>",
    );
    let entry = &feed.entries[0];
    let images: Vec<_> =
        entry.images.iter().map(|image| image.url.trim_start_matches("https://paper.example")).collect();
    assert_eq!(images, ["/a.jpg", "/still.png", "/b.webp", "/cover.png", "/c.jpg"]);
    let first = &entry.images[0];
    assert_eq!(
        (first.caption.as_deref(), first.credit.as_deref()),
        (Some("A <b>wall</b>"), Some("Ada Lund"))
    );
    assert_eq!(
        (entry.source.as_deref(), entry.source_url.as_deref()),
        (Some("The Wire"), Some("https://wire.example/rss"))
    );
    let feed = read(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Rain</title><source><title>The Wire</title>\
         <link href='https://wire.example/'/></source><link rel='enclosure' type='image/png' href='/e.png'/></entry></feed>",
    );
    let entry = &feed.entries[0];
    assert_eq!(entry.source_url.as_deref(), Some("https://wire.example/"));
    assert_eq!(entry.images[0].url, "https://paper.example/e.png");
    let feed = read("{\"items\": [{\"title\": \"Rain\", \"image\": \"/f.png\"}]}");
    assert_eq!(feed.entries[0].images[0].url, "https://paper.example/f.png");
    let feed = read(
        "<urlset xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'><url><loc>/rain</loc><image:image>\
         <image:loc>/g.png</image:loc><image:caption>A wall</image:caption></image:image></url></urlset>",
    );
    assert_eq!(feed.entries[0].images[0].caption.as_deref(), Some("A wall"));
}
