//! Whatever an outlet writes, the newsroom asks nothing inside: no address of a feed, of an article, of a hub, of a
//! picture or a canonical page, and no redirect, however the number is written, leads to this machine.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use store::{Health, NewFeed, NewOutlet};

use super::{MINUTE, Room};

/// A server inside that counts who comes.
struct Trap {
    port: u16,
    met: Arc<AtomicUsize>,
}

impl Trap {
    fn lay() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let met = Arc::<AtomicUsize>::default();
        // Not every machine speaks IPv6; what leads there must be refused all the same.
        let both = [Some(listener), TcpListener::bind(("::1", port)).ok()];
        for listener in both.into_iter().flatten() {
            let met = Arc::clone(&met);
            std::thread::spawn(move || {
                for mut stream in listener.incoming().flatten() {
                    met.fetch_add(1, Ordering::SeqCst);
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<p>A secret.");
                }
            });
        }
        Self { port, met }
    }

    /// Every way to write where it is, and other places that are nobody's business.
    fn spellings(&self) -> Vec<String> {
        let hosts = [
            "127.0.0.1",
            "2130706433",
            "0x7f.1",
            "0x7f000001",
            "017700000001",
            "0177.0.0.1",
            "127.1",
            "127.0.0.1.",
            "0.0.0.0",
            "0",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "localhost",
            "LOCALHOST.",
            "①②⑦.⓪.⓪.①",
            "%31%32%37.0.0.1",
            "127。0。0。1",
            "news.example@127.0.0.1",
            "127.0.0.1\\@news.example",
        ];
        let port = self.port;
        let mut out: Vec<String> = hosts.iter().map(|host| format!("http://{host}:{port}/inside")).collect();
        out.extend(
            ["http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://10.0.0.1/"]
                .map(str::to_owned),
        );
        out
    }
}

type Asked = Arc<Mutex<Vec<String>>>;

/// A server that plays hosts under `.example`; what was asked of it, as method, host and path.
fn play(say: impl Fn(&str) -> String + Send + Sync + 'static) -> (SocketAddr, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let (asked, say) = (Asked::default(), Arc::new(say));
    let noted = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (noted, say) = (Arc::clone(&noted), Arc::clone(&say));
            std::thread::spawn(move || {
                let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let first = lines.next().unwrap_or_default();
                let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
                let host = head
                    .iter()
                    .find_map(|line| line.to_lowercase().strip_prefix("host: ").map(str::to_owned));
                let place =
                    format!("{}{}", host.unwrap_or_default(), first.split(' ').nth(1).unwrap_or_default());
                let method = first.split(' ').next().unwrap_or_default();
                noted.lock().unwrap().push(format!("{method} {place}"));
                let _ = (&stream).write_all(say(&place).as_bytes());
            });
        }
    });
    (address, asked)
}

fn redirect(to: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

fn page(kind: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n{body}")
}

/// A feed with a hub and a link for each address.
fn feed(hub: &str, links: &[String]) -> String {
    let mut feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>News</title>\
         <atom:link rel=\"hub\" href=\"{hub}\"/><atom:link rel=\"self\" href=\"http://well.example/feed\"/>\
         <image><url>http://well.example/picture.png</url></image>"
    );
    for (number, link) in links.iter().enumerate() {
        write!(
            feed,
            "<item><title>The ferry stops, part {number}</title><link>{link}</link><guid isPermaLink=\"true\">{link}</guid>\
             <enclosure url=\"http://well.example/picture.png\" type=\"image/png\" length=\"9\"/>\
             <description>Read on. &lt;img src=\"http://well.example/picture.png\"&gt;</description></item>"
        )
        .unwrap();
    }
    feed + "</channel></rss>"
}

/// An article whose page points inside wherever a page can point.
fn article(inside: &str) -> String {
    let words = "The ferry to Nordholm stopped on Monday after 115 years, the harbour said. ".repeat(12);
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Ferry stops</title><link rel=\"canonical\" href=\"{inside}\">\
         <link rel=\"amphtml\" href=\"{inside}\"><link rel=\"preload\" href=\"{inside}\"><link rel=\"stylesheet\" href=\"{inside}\">\
         <meta http-equiv=\"refresh\" content=\"0;url={inside}\"><meta property=\"og:url\" content=\"{inside}\">\
         <meta property=\"og:image\" content=\"http://well.example/picture.png\"><base href=\"{inside}\">\
         <script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"url\":\"{inside}\",\"image\":\"{inside}\",\
         \"mainEntityOfPage\":\"{inside}\"}}</script></head><body><article><h1>Ferry stops</h1><p>{words}</p>\
         <p>{words}</p><img src=\"http://well.example/picture.png\"><iframe src=\"{inside}\"></iframe></article></body></html>"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_inside_is_asked_whatever_an_outlet_writes() {
    let trap = Trap::lay();
    let spellings = trap.spellings();
    let inside = format!("http://127.0.0.1:{}/inside", trap.port);
    let places = spellings.clone();
    let (world, asked) = play(move |place| {
        let number = |start: &str| place.strip_prefix(start).and_then(|rest| rest.parse::<usize>().ok());
        if let Some(number) = number("well.example/redirect/") {
            return redirect(&places[number]);
        }
        if let Some(number) = number("moved.example/feed/") {
            return redirect(&places[number]);
        }
        match place {
            "robots.example/robots.txt" | "tdm.example/.well-known/tdmrep.json" => redirect(&inside),
            "well.example/feed" => {
                let mut links = places.clone();
                links
                    .extend((0..places.len()).map(|number| format!("http://well.example/redirect/{number}")));
                links.push("http://well.example/ferry".to_owned());
                page("application/rss+xml", &feed(&inside, &links))
            }
            "told.example/feed" => page(
                "application/rss+xml",
                &feed("http://hub.example/", &["http://well.example/ferry?x=1".to_owned()]),
            ),
            "robots.example/feed" | "tdm.example/feed" => {
                let link = format!("http://{}ferry", place.trim_end_matches("feed"));
                page("application/rss+xml", &feed("http://hub.example/redirect", &[link]))
            }
            "hub.example/redirect" => redirect(&inside),
            _ if place.contains("/ferry") => page("text/html; charset=utf-8", &article(&inside)),
            _ => "HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
        }
    });
    let room = Room::open("inside", |settings| {
        settings.limits.stand_in = Some(world);
        settings.base = "https://news.example".to_owned();
    })
    .await;
    let mut feeds: Vec<String> =
        ["well", "told", "robots", "tdm"].map(|host| format!("http://{host}.example/feed")).to_vec();
    feeds.extend((0..spellings.len()).map(|number| format!("http://moved.example/feed/{number}")));
    // What somebody typed at the desk.
    feeds.extend(spellings);
    for address in feeds {
        let outlet = NewOutlet { domain: "well.example".to_owned(), ..NewOutlet::default() };
        let outlet = room.store.put_outlet(&outlet, room.clock.now()).await.unwrap();
        let feed = NewFeed { address, outlet, ..NewFeed::default() };
        room.store.add_feed(&feed, room.clock.now()).await.unwrap();
    }
    room.pass(30 * MINUTE, MINUTE).await;
    assert_eq!(trap.met.load(Ordering::SeqCst), 0, "somebody came in");
    let asked = asked.lock().unwrap().clone();
    for place in [
        "GET well.example/ferry",
        "GET well.example/redirect/0",
        "GET tdm.example/.well-known/tdmrep.json",
        "POST hub.example/",
        "GET moved.example/feed/1",
    ] {
        assert!(asked.iter().any(|one| one == place), "{place} was not even asked: {asked:#?}");
    }
    assert!(!asked.iter().any(|one| one.contains("picture")), "pictures are fetched: {asked:#?}");
    for feed in room.store.feeds().await.unwrap() {
        let outside = !feed.address.contains("inside") && !feed.address.contains("moved.example");
        let told = feed.health != Health::Well;
        assert!(outside || told, "{} is said to be well", feed.address);
        assert!(
            !feed.address.contains("moved.example") || !feed.note.is_empty(),
            "{} has no reason",
            feed.address
        );
    }
    assert!(
        room.places().await.iter().all(|(address, _)| !address.contains("inside")),
        "an article claims to be inside"
    );
}
