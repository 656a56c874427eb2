//! Hostile words on their whole way: from a feed and a page through the newsroom to everything that readers and
//! programs are shown, and from a reader's form to the desk.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};

use super::{form, look};
use crate::command::run_in;
use crate::newsroom::Newsroom;
use crate::place::Place;

/// Breaks out of text, attributes, titles, comments, scripts, CDATA and templates, and turns the reading direction.
const EVIL: &str = "\"'></title></script><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>\
                    <!-- ]]> {{7*7}} ${7*7} \u{202E}gnp\u{2066} &#60;script&#62;alert(1)&#60;/script&#62;";

/// What no answer may hold.
const NEVER: [&str; 7] =
    ["<script>alert", "<img", "<svg/", "onerror=alert(1)>", "\u{202E}", "\u{1b}", "=\"javascript:"];

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Two outlets on this machine that print the same event, each hostile in all it says of it.
fn outlets() -> SocketAddr {
    let listener = TcpListener::bind("0.0.0.0:0").expect("a port is free");
    let at = listener.local_addr().expect("it is bound");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let first = lines.next().unwrap_or_default();
            let host = lines.find_map(|line| line.to_lowercase().strip_prefix("host: ").map(str::to_owned));
            let (kind, body) = say(first.split(' ').nth(1).unwrap_or_default(), &host.unwrap_or_default());
            let status = if body.is_empty() { "404 No" } else { "200 OK" };
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = (&stream).write_all(head.as_bytes()).and_then(|()| (&stream).write_all(body.as_bytes()));
        }
    });
    at
}

fn say(path: &str, host: &str) -> (&'static str, String) {
    let evil = escaped(EVIL);
    match path {
        "/feed" => {
            let item = |link: &str| {
                format!(
                    "<item><title>Harbour closes {evil}</title><link>{link}</link><guid>{evil}</guid><author>{evil}</author>\
                     <category>{evil}</category><description>{evil}</description><pubDate>{}</pubDate></item>",
                    "Tue, 10 Mar 2026 08:00:00 GMT"
                )
            };
            let links = [
                format!("http://{host}/story"),
                format!("http://{host}/s?x={evil}"),
                "javascript:alert(1)".to_owned(),
                "data:text/html,x".to_owned(),
            ];
            let items: String = links.iter().map(|link| item(link)).collect();
            (
                "application/rss+xml",
                format!(
                    "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{evil}</title><link>javascript:alert(1)</link>{items}</channel></rss>"
                ),
            )
        }
        _ if path.starts_with("/s") => {
            let fact = "The harbour of Nordholm closed on Monday after 115 years, and 340 dockers lost their work, the port said.";
            let more =
                "Mayor Ada Lindqvist said the town would look for a new owner before the summer begins.";
            let own = if host.starts_with("127.0.0.2") {
                "A second ferry will sail until Friday evening."
            } else {
                "The last ship left the pier at noon on Tuesday."
            };
            (
                "text/html; charset=utf-8",
                format!(
                    "<!doctype html><html lang=\"en\"><head><title>Harbour of Nordholm closes {evil}</title><meta name=\"author\" content=\"{evil}\">\
                     <meta property=\"og:site_name\" content=\"{evil}\"><meta property=\"article:published_time\" content=\"2026-03-10T08:00:00Z\">\
                     <link rel=\"canonical\" href=\"javascript:alert(1)\"></head><body><article><h1>Harbour of Nordholm closes {evil}</h1>\
                     <p class=\"byline\">By {evil}</p><p>{fact}</p><p>{more}</p><p>{own}</p><p>The owner wrote {evil} on its door, a docker said.</p>\
                     </article></body></html>"
                ),
            )
        }
        _ => ("text/plain", String::new()),
    }
}

#[test]
fn words_from_outside_stay_words() {
    let place = Place::new("guard-words");
    let port = outlets().port();
    for host in ["127.0.0.1", "127.0.0.2"] {
        run_in(place.path(), &["feeds", "add", &format!("http://{host}:{port}/feed")]).code(0);
    }
    let more = ["allow_private=true", "gap=0s"].map(|setting| format!("fetch.{setting}"));
    let sets = [
        "--set",
        &more[0],
        "--set",
        &more[1],
        "--set",
        "write.settle=0s",
        "--set",
        "write.families=1",
        "--set",
        "comments.approve=false",
    ];
    let newsroom = Newsroom::start(place.path(), &sets);
    let found = newsroom.until("/search?q=harbour&in=articles", 60, |page| page.body.contains("/article/"));
    let front = newsroom.until("/", 60, |page| page.body.contains("href=\"/story/"));
    let first = |page: &str, start: &str| {
        let rest = page.split(&format!("href=\"{start}")).nth(1).expect("it is listed");
        format!("{start}{}", rest.split(['"', '#', '?']).next().unwrap_or_default())
    };
    let (story, article) = (first(&front.body, "/story/"), first(&found.body, "/article/"));
    leave(&newsroom, &story);
    let api = format!("/api/v1/stories/{}", story.rsplit('/').next().unwrap_or_default());
    let site = [
        "/",
        "/outlets",
        "/archive",
        "/how",
        "/corrections",
        "/feed.atom",
        "/feed.rss",
        "/feed.json",
        "/sitemap.xml",
        "/outlets.opml",
        "/api/v1/stories",
        "/api/v1/articles",
    ];
    let mut paths: Vec<String> = site.map(str::to_owned).to_vec();
    paths.extend(
        [
            "",
            "/version/1",
            "/digest.txt",
            "/digest.md",
            "/receipt.json",
            "/report?sentence=1",
            "/comments.atom",
            "/feed.json",
        ]
        .map(|end| format!("{story}{end}")),
    );
    paths.extend([article, api.clone(), format!("{api}/comments"), format!("{api}/receipt")]);
    let coded: String = url::form_urlencoded::byte_serialize(EVIL.as_bytes()).collect();
    for page in ["search", "search/feed.atom", "search/feed.json", "api/v1/search"] {
        paths.push(format!("/{page}?q={coded}&in=articles&outlet={coded}&section={coded}"));
        paths.push(format!("/{page}?q=harbour+{coded}"));
    }
    let mut shown = 0;
    for path in paths {
        let said = look(&newsroom, &path, &[]);
        assert!(said.status() < 500 && said.status() > 0, "{path}: {}", said.text);
        harmless(&path, &said.text, said.headers("content-type").concat().as_str());
        shown += usize::from(said.text.contains("alert(1)"));
    }
    assert!(shown > 12, "the hostile words are on {shown} pages only, so that nothing was tried");
    desk(&newsroom, &story);
}

/// Leaves a hostile comment and a hostile report, as a reader does.
fn leave(newsroom: &Newsroom, story: &str) {
    let page = look(newsroom, story, &[]).text;
    let token = page.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let token = token.expect("the page of a story has a form").to_owned();
    std::thread::sleep(std::time::Duration::from_millis(3_200));
    let coded: String = url::form_urlencoded::byte_serialize(EVIL.as_bytes()).collect();
    let words = format!("{coded}%0A%0A%5Bx%5D(javascript:alert(1))%20%5By%5D(data:text/html,x)");
    let said = form(
        newsroom,
        &format!("{story}/comment"),
        &[],
        &format!("token={token}&name={coded}&words={words}"),
    );
    assert_eq!(said.status(), 303, "{}", said.text);
    let said = form(
        newsroom,
        &format!("{story}/report"),
        &[],
        &format!("token={token}&version=1&sentence=1&words={words}&contact={coded}"),
    );
    assert_eq!(said.status(), 303, "{}", said.text);
    let refused = form(newsroom, &format!("{story}/comment"), &[], &format!("name={coded}&words={words}"));
    assert_eq!(refused.status(), 400);
    harmless("a refused comment", &refused.text, "text/html");
}

/// What editors see of it.
fn desk(newsroom: &Newsroom, story: &str) {
    let password = newsroom.password.clone();
    // The feeds were added first, so that the newsroom is not new; its editor is.
    let password = password.expect("the first start says it");
    let said = form(newsroom, "/desk/login", &[], &format!("name=editor&password={password}"));
    let set = said.headers("set-cookie").concat();
    let cookie = set.split(';').next().unwrap_or_default().to_owned();
    for path in [
        "/desk",
        "/desk/stories",
        "/desk/waiting",
        "/desk/jobs",
        "/desk/feeds",
        "/desk/outlets",
        "/desk/outlet/127.0.0.1",
        "/desk/comments",
        "/desk/comments?show=shown",
        "/desk/reports",
        "/desk/log",
        &format!("/desk{story}"),
    ] {
        let said = look(newsroom, path, &[("Cookie", &cookie)]);
        assert!(matches!(said.status(), 200 | 404), "{path}: {}", said.text);
        harmless(path, &said.text, "text/html");
    }
}

#[track_caller]
fn harmless(path: &str, text: &str, kind: &str) {
    let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    if kind.contains("json") {
        // In JSON words are words, and no browser takes it for a page.
        assert!(text.to_lowercase().contains("x-content-type-options: nosniff"), "{path}");
        return;
    }
    if kind.starts_with("text/plain") || kind.starts_with("text/markdown") {
        assert!(text.to_lowercase().contains("x-content-type-options: nosniff"), "{path}");
        assert!(!body.contains('\u{202E}'), "{path}");
        return;
    }
    for never in NEVER {
        assert!(!body.contains(never), "{path}: {never:?} in {body}");
    }
}
