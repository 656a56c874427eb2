//! A small newsroom for tests: two outlets, one published story, an editor, and a clock that stands still.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use desk::article::{Article, Role, sha256};
use desk::receipt::{Excerpt, Line, Origin, Receipt};
use desk::stamp::Stamp;
use store::{Assigned, Clock, NewDigest, NewFeed, NewOutlet, Store};
use tower::ServiceExt as _;

use crate::server::{Settings, Site, router};

/// The moment at which the clock stands: March 11, 2026, 12:00 UTC.
pub(crate) const NOW: i64 = 1_773_230_400_000;
/// The name to log in with.
pub(crate) const EDITOR: &str = "ada";
/// The password to log in with.
pub(crate) const PASSWORD: &str = "correct horse battery";
/// What nobody may get into a page.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u{202E}";

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A small newsroom.
pub(crate) struct Newsroom {
    pub(crate) site: Site,
    app: Router,
    folder: PathBuf,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Drop for Newsroom {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Newsroom {
    /// A newsroom with the usual settings.
    pub(crate) async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// A newsroom with settings changed.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let folder = std::env::temp_dir().join(format!("nutgraf-web-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let store = Store::open(&format!("sqlite:{}", folder.join("news.db").display())).await.unwrap();
        let mut settings = Settings { base: "http://news.example".into(), ..Settings::default() };
        change(&mut settings);
        let mut key = [7; 32];
        getrandom::fill(&mut key).unwrap();
        let site = Site { store, clock: Clock::held(NOW), settings: Arc::new(settings), key: Arc::new(key) };
        let room = Self { app: router(site.clone()), site, folder };
        room.furnish().await;
        room
    }

    async fn furnish(&self) {
        let store = &self.site.store;
        for (domain, name) in [("post.example", "The Post"), ("herald.example", "The Herald")] {
            let outlet = NewOutlet { domain: domain.into(), name: name.into(), ..NewOutlet::default() };
            let outlet = store.put_outlet(&outlet, NOW).await.unwrap();
            let feed = NewFeed { address: format!("https://{domain}/feed"), outlet, ..NewFeed::default() };
            store.add_feed(&feed, NOW).await.unwrap();
        }
        for article in
            [article("a1", "post.example", "The Post"), article("a2", "herald.example", "The Herald")]
        {
            store.put_article(&article, None, NOW).await.unwrap();
            self.assign(&article.id, "s1").await;
        }
        let member = |id: &str, family: &str| (id.to_owned(), family.to_owned(), None, false);
        let members = [member("a1", "post.example"), member("a2", "herald.example")];
        store.set_members("s1", &members, 2).await.unwrap();
        self.publish("s1", "first", true).await;
    }

    /// Puts an article into a story.
    pub(crate) async fn assign(&self, article: &str, story: &str) {
        let assigned =
            Assigned { article: article.into(), story: story.into(), likeness: 1.0, section: "World".into() };
        self.site.store.assign(&assigned, NOW, NOW).await.unwrap();
    }

    /// Keeps a version of a story's digest; its number.
    pub(crate) async fn publish(&self, story: &str, input: &str, publish: bool) -> i64 {
        let receipt = receipt(story, input);
        let digest = NewDigest {
            story: story.into(),
            input: input.into(),
            receipt: receipt.to_json(),
            headline: receipt.headline.text.clone(),
            lead: receipt.paragraphs[0].iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "),
            words: 20,
            sentences: 3,
            families: 2,
            domains: vec!["post.example".into(), "herald.example".into()],
            refused: 1,
            change: String::new(),
            correction: String::new(),
            publish,
        };
        self.site.store.put_digest(&digest, self.site.clock.now()).await.unwrap().unwrap()
    }

    /// Asks for a page.
    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.send(request("GET", path, headers, String::new())).await
    }

    /// Sends a form.
    pub(crate) async fn post(&self, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Reply {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut request = request("POST", path, headers, body);
        let form = "application/x-www-form-urlencoded".parse().unwrap();
        request.headers_mut().insert(header::CONTENT_TYPE, form);
        self.send(request).await
    }

    /// Sends a request.
    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 8 << 20).await.unwrap();
        Reply {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }
}

/// A request from this machine; `x-peer` in the headers names another one.
pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)], body: String) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "news.example");
    let mut peer = "127.0.0.1";
    for (name, value) in headers {
        if *name == "x-peer" {
            peer = value;
        } else {
            request = request.header(*name, *value);
        }
    }
    let peer: SocketAddr = SocketAddr::new(peer.parse().unwrap(), 4711);
    request.extension(ConnectInfo(peer)).body(Body::from(body)).unwrap()
}

impl Reply {
    /// Where it leads.
    pub(crate) fn to(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap())
    }

    /// The cookie that it sets, as it is sent back.
    pub(crate) fn cookie(&self) -> String {
        let cookie = self.headers.get(header::SET_COOKIE).map_or("", |cookie| cookie.to_str().unwrap());
        cookie.split(';').next().unwrap_or_default().to_owned()
    }

    /// The value of the first field of that name.
    pub(crate) fn field(&self, name: &str) -> String {
        let found = self.body.split(&format!("name=\"{name}\" value=\"")).nth(1);
        found.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    }

    /// Fails if something hostile got into the page as markup.
    #[track_caller]
    pub(crate) fn is_harmless(&self) {
        for trace in ["<script>alert", "<img src=x", "onerror=alert(2)>", "\u{202E}"] {
            assert!(!self.body.contains(trace), "{trace:?} in {}", self.body);
        }
    }
}

/// An invented article.
pub(crate) fn article(id: &str, domain: &str, outlet: &str) -> Article {
    let mut article = Article::bare(id);
    article.title = "Ferry to Nordholm stops".into();
    let parts = [
        (Role::Paragraph, "The ferry to Nordholm stopped on Monday — after 115 years. Nobody was hurt."),
        (
            Role::Paragraph,
            if id == "a1" { "The Post was told by the harbour." } else { "The Herald saw the last trip." },
        ),
    ];
    let title = article.title.clone();
    (article.text, article.blocks) = Article::compose(&title, parts);
    article.url = Some(format!("https://{domain}/{id}"));
    article.domain = Some(domain.into());
    article.outlet = outlet.into();
    article.published = Stamp::parse("2026-03-10T08:00:00Z");
    article.lang = "en".into();
    article
}

/// A receipt over the two articles; `input` makes it another one.
fn receipt(story: &str, input: &str) -> Receipt {
    let articles = [article("a1", "post.example", "The Post"), article("a2", "herald.example", "The Herald")];
    let excerpt = |source: usize, words: &str| {
        let text = &articles[source].text;
        let start = text[..text.find(words).unwrap()].chars().count();
        let source = u32::try_from(source).unwrap() + 1;
        let end = start + words.chars().count();
        Excerpt { source, start, end, text: words.into(), hash: sha256(words.as_bytes()) }
    };
    let line = |passages: Vec<Excerpt>| Line {
        text: passages[0].text.clone(),
        marks: passages.iter().map(|passage| passage.source).collect(),
        passages,
        edits: Vec::new(),
    };
    let stopped = "The ferry to Nordholm stopped on Monday — after 115 years.";
    let origins = articles.iter().zip(1..).map(|(article, number)| Origin {
        number,
        article: article.id.clone(),
        title: article.title.clone(),
        outlet: article.outlet.clone(),
        family: article.domain.clone().unwrap_or_default(),
        authors: Vec::new(),
        published: Some("2026-03-10T08:00:00Z".into()),
        url: article.url.clone(),
        fetched: None,
        paywalled: false,
        hash: article.hash(),
        length: article.text.chars().count(),
        reference: format!("“Ferry to Nordholm Stops.” {}, 10 Mar. 2026.", article.outlet),
    });
    let mut receipt = Receipt {
        receipt: 1,
        story: story.into(),
        first_mark: 1,
        headline: line(vec![excerpt(0, "Ferry to Nordholm stops")]),
        paragraphs: vec![
            vec![
                line(vec![excerpt(0, stopped), excerpt(1, stopped)]),
                line(vec![excerpt(0, "Nobody was hurt.")]),
            ],
            vec![line(vec![excerpt(1, "The Herald saw the last trip.")])],
        ],
        sources: origins.collect(),
        text: format!("Ferry to Nordholm Stops\n\n{stopped} [1], [2] {input}"),
        seal: String::new(),
    };
    receipt.seal = sha256(receipt.to_json().as_bytes());
    receipt
}
