//! How long the lists and searches of a large newsroom take. Run with `cargo test -p store --test contract -- --ignored
//! --nocapture figures`; `NUTGRAF_ARTICLES` and `NUTGRAF_DATABASE=postgres` change what is measured.

use std::future::Future;
use std::io::{BufReader, Read};
use std::time::{Duration, Instant};

use desk::article::sha256;
use serde_json::json;
use store::*;

use crate::server::{Folder, fresh, wait};

/// Invented words, the early ones far more common than the late ones, as in any language.
fn word(seed: u64) -> String {
    const PARTS: [&str; 16] = [
        "ra", "vel", "to", "mir", "san", "ko", "be", "lu", "den", "ost", "ha", "fi", "gru", "pel", "no", "wy",
    ];
    let mut number = seed;
    let mut word = String::new();
    for _ in 0..4 {
        word.push_str(PARTS[(number % 16) as usize]);
        number /= 16;
    }
    word
}

/// A small source of numbers that are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    /// A word: rank n about as often as 1/n.
    fn word(&mut self) -> String {
        let share = self.roll(1 << 20) as f64 / f64::from(1 << 20);
        word((30_000_f64.powf(share)) as u64)
    }

    fn text(&mut self, words: u64) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// A snapshot of a newsroom of that size, made as it is read.
struct Archive {
    articles: u64,
    at: u64,
    line: Vec<u8>,
    read: usize,
    dice: Dice,
}

impl Archive {
    const SHARE: u64 = 20;

    fn rows(&mut self) -> Option<String> {
        let at = self.at;
        self.at += 1;
        let stories = self.articles / Self::SHARE;
        if at == 0 {
            return Some(json!({"format": "nutgraf snapshot", "version": 1, "schema": 1}).to_string());
        }
        if at <= stories {
            return Some(self.story(at));
        }
        let at = at - stories;
        (at <= self.articles).then(|| self.article(at))
    }

    fn story(&mut self, at: u64) -> String {
        let (id, time) = (format!("s{at}"), at * 60_000);
        let headline = self.dice.text(8);
        let lines: Vec<_> = (0..12).map(|_| json!({"text": self.dice.text(22)})).collect();
        let receipt = json!({"receipt": 1, "paragraphs": [lines], "text": self.dice.text(1200)}).to_string();
        let story = json!({"table": "stories", "number": at, "id": id, "headline": headline, "lead": self.dice.text(22),
            "section": format!("section{}", at % 8), "created": time, "touched": time, "written": time,
            "published": time, "updated": time, "version": 1, "articles": Self::SHARE, "families": 3, "words": 260,
            "held": 0, "reason": "", "comments": 0});
        let digest = json!({"table": "digests", "story": id, "version": 1, "state": "published", "input": "", "seal": "",
            "headline": headline, "lead": "", "words": 260, "sentences": 12, "families": 3,
            "domains": (0..4).map(|_| format!("d{}.example", self.dice.roll(300))).collect::<Vec<_>>().join(" "),
            "refused": 0, "change": "", "correction": "", "reason": "", "created": time, "published": time,
            "receipt": receipt});
        format!("{story}\n{digest}")
    }

    fn article(&mut self, at: u64) -> String {
        let title = self.dice.text(9);
        let text = format!("{title}\n\n{}", self.dice.text(350));
        let (hash, id, time) = (sha256(text.as_bytes()), format!("a{at}"), at * 3_000);
        let story = format!("s{}", (at - 1) / Self::SHARE + 1);
        let (domain, outlet) = (format!("d{}.example", at % 300), format!("Outlet {}", at % 300));
        let record = json!({"outlet": outlet, "title": title, "lang": "en", "kind": "news", "paywalled": false,
            "reserved": false, "blocks": [[0, title.len(), "headline"], [title.len() + 2, text.len(), "paragraph"]]});
        [
            json!({"table": "texts", "hash": hash, "length": text.len(), "body": text}),
            json!({"table": "articles", "number": at, "id": id, "address": format!("https://{domain}/{at}"),
                "domain": domain, "outlet": outlet, "title": title, "published": time, "paywalled": 0, "revision": 1,
                "story": story, "likeness": 0.5, "withdrawn": 0, "grouped": 1, "added": time}),
            json!({"table": "revisions", "article": at, "number": 1, "hash": hash, "title": title,
                "record": record.to_string(), "at": time}),
            json!({"table": "members", "story": story, "article": id, "family": domain, "copy_of": null,
                "background": 0, "likeness": 0.5}),
        ]
        .map(|row| row.to_string())
        .join("\n")
    }
}

impl Read for Archive {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.read == self.line.len() {
            let Some(rows) = self.rows() else { return Ok(0) };
            (self.line, self.read) = (format!("{rows}\n").into_bytes(), 0);
        }
        let count = buffer.len().min(self.line.len() - self.read);
        buffer[..count].copy_from_slice(&self.line[self.read..self.read + count]);
        self.read += count;
        Ok(count)
    }
}

/// Prints the median and the 99th percentile of something done 200 times.
async fn measure<F: Future>(what: &str, mut act: impl FnMut(u64) -> F) -> Duration {
    let mut times = Vec::new();
    for at in 0..200 {
        let begun = Instant::now();
        act(at).await;
        times.push(begun.elapsed());
    }
    times.sort();
    println!("{what:<42} median {:>10.3?}   99th {:>10.3?}", times[100], times[198]);
    times[100]
}

#[test]
#[ignore = "it fills a large newsroom; for figures only"]
fn figures() {
    let articles = std::env::var("NUTGRAF_ARTICLES").ok().and_then(|it| it.parse().ok()).unwrap_or(200_000);
    let folder = Folder::new("figures");
    let postgres = std::env::var("NUTGRAF_DATABASE").is_ok_and(|it| it == "postgres");
    let address = if postgres { fresh().expect("PostgreSQL is installed") } else { folder.address() };
    wait(async {
        let store = Store::open(&address).await.unwrap();
        let begun = Instant::now();
        let archive = Archive { articles, at: 0, line: Vec::new(), read: 0, dice: Dice(7) };
        let counts = store.import(BufReader::new(archive)).await.unwrap();
        println!("import {:?} in {:?}", counts, begun.elapsed());
        let begun = Instant::now();
        let mut sink = std::io::sink();
        store.export(&mut sink, false).await.unwrap();
        println!("export in {:?}", begun.elapsed());
        lists(&store, articles).await;
        searches(&store).await;
        throughput(&store, articles / Archive::SHARE).await;
    });
}

async fn lists(store: &Store, articles: u64) {
    let front = StoryFilter { published: true, limit: 30, ..Default::default() };
    measure("front page", |_| store.stories(&front)).await;
    let desk = StoryFilter { limit: 30, ..Default::default() };
    measure("stories at the desk", |_| store.stories(&desk)).await;
    measure("section", |at| {
        let filter = StoryFilter { section: Some(format!("section{}", at % 8)), ..front.clone() };
        async move { store.stories(&filter).await.unwrap() }
    })
    .await;
    measure("outlet", |at| {
        let filter = StoryFilter { domain: Some(format!("d{at}.example")), ..front.clone() };
        async move { (store.stories(&filter).await.unwrap(), store.count_stories(&filter).await.unwrap()) }
    })
    .await;
    measure("count of stories", |_| store.count_stories(&front)).await;
    let deep = StoryFilter { offset: 9_000, ..front.clone() };
    measure("page 300 of the archive", |_| store.stories(&deep)).await;
    measure("days", |_| store.days(60)).await;
    measure("sections", |_| store.sections()).await;
    measure("articles of an outlet", |at| {
        let filter = ArticleFilter { domain: Some(format!("d{at}.example")), before: None, limit: 50 };
        async move { store.articles(&filter).await.unwrap() }
    })
    .await;
    measure("published digest", |at| async move {
        store.published(&format!("s{}", at * 7 % 400 + 1)).await.unwrap()
    })
    .await;
    measure("members", |at| async move { store.members(&format!("s{}", at + 1)).await.unwrap() }).await;
    measure("members whole", |at| async move { store.members_whole(&format!("s{}", at + 1)).await.unwrap() })
        .await;
    measure(
        "article",
        |at| async move { store.article(&format!("a{}", at * 997 % articles + 1)).await.unwrap() },
    )
    .await;
    measure("tally", |_| store.tally()).await;
}

async fn searches(store: &Store) {
    for (what, from, until) in [("commonest", 1, 20), ("common", 20, 400), ("rare", 5_000, 29_000)] {
        for (kind, domain) in [("", None), (" of one outlet", Some("d7.example".to_owned()))] {
            let search = |at: u64| Search {
                words: word(from + at * 31 % (until - from)),
                domain: domain.clone(),
                limit: 20,
                ..Default::default()
            };
            measure(&format!("search {what} word in articles{kind}"), |at| {
                let search = search(at);
                async move { store.search_articles(&search).await.unwrap() }
            })
            .await;
        }
    }
    for (what, newest) in [("best", false), ("newest", true)] {
        measure(&format!("search two words in articles, {what}"), |at| {
            let search = Search {
                words: format!("{} {}", word(at + 2), word(at + 50)),
                newest,
                limit: 20,
                ..Default::default()
            };
            async move { store.search_articles(&search).await.unwrap() }
        })
        .await;
        measure(&format!("search two words in stories, {what}"), |at| {
            let search = Search {
                words: format!("{} {}", word(at + 2), word(at + 50)),
                newest,
                limit: 20,
                ..Default::default()
            };
            async move { store.search_stories(&search).await.unwrap() }
        })
        .await;
    }
    measure("search common word, old days only", |at| {
        let search = Search {
            words: word(at + 1),
            from: Some(0),
            until: Some(20_000_000),
            limit: 20,
            ..Default::default()
        };
        async move { store.search_articles(&search).await.unwrap() }
    })
    .await;
}

/// What a story page asks for, by many readers at once.
async fn throughput(store: &Store, stories: u64) {
    let begun = Instant::now();
    let readers: Vec<_> = (0..16)
        .map(|reader| {
            let store = store.clone();
            tokio::spawn(async move {
                for at in 0..250_u64 {
                    let id = format!("s{}", (reader * 250 + at) * 37 % stories + 1);
                    store.story(&id).await.unwrap().unwrap();
                    store.published(&id).await.unwrap().unwrap();
                }
            })
        })
        .collect();
    for reader in readers {
        reader.await.unwrap();
    }
    println!("story and its digest: {:.0} a second", 4000.0 / begun.elapsed().as_secs_f64());
}
