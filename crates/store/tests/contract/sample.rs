//! Invented articles, digests and feeds for the tests.

use desk::article::{Article, Role};
use desk::stamp::Stamp;
use store::*;

pub(crate) fn article(address: &str, title: &str, words: &str) -> Article {
    let (text, blocks) = Article::compose(title, [(Role::Paragraph, words)]);
    Article {
        url: Some(address.to_owned()),
        domain: Some("harbor.example".to_owned()),
        outlet: "Harbor Post".to_owned(),
        title: title.to_owned(),
        text,
        blocks,
        published: Stamp::parse("2026-03-11T23:40:00-05:00"),
        ..Article::bare(&format!("a{}", &desk::article::sha256(address.as_bytes())[..16]))
    }
}

pub(crate) fn digest(story: &str, input: &str, sentence: &str) -> NewDigest {
    NewDigest {
        story: story.to_owned(),
        input: input.to_owned(),
        receipt: format!(
            "{{\"receipt\":1,\"headline\":{{}},\"paragraphs\":[[{{\"text\":\"{sentence}\"}}]]}}\n"
        ),
        headline: "Dam holds".to_owned(),
        lead: sentence.to_owned(),
        words: 10,
        sentences: 1,
        families: 2,
        domains: vec!["harbor.example".to_owned()],
        refused: 0,
        change: String::new(),
        correction: String::new(),
        publish: true,
    }
}

/// What a feed gave at a time.
pub(crate) fn fetched(at: Millis, offers: &[(&str, &str)]) -> Fetched {
    let offer = |(address, hash): &(&str, &str)| Offer {
        address: (*address).to_owned(),
        guid: String::new(),
        title: "Dam holds".to_owned(),
        published: None,
        item: "{}".to_owned(),
        hash: (*hash).to_owned(),
    };
    Fetched {
        at,
        health: Health::Well,
        note: String::new(),
        etag: None,
        modified: None,
        interval: 60_000,
        next: at + 60_000,
        success: true,
        failures: 0,
        newest: None,
        moved_to: None,
        title: "Harbor".to_owned(),
        hub: String::new(),
        topic: String::new(),
        offers: offers.iter().map(offer).collect(),
    }
}

/// An outlet with one feed: their numbers.
pub(crate) async fn feed(store: &Store, domain: &str) -> (i64, i64) {
    let outlet =
        NewOutlet { domain: domain.to_owned(), name: "Harbor Post".to_owned(), ..Default::default() };
    let outlet = store.put_outlet(&outlet, 1).await.unwrap();
    let feed = NewFeed { address: format!("https://{domain}/feed"), outlet, ..Default::default() };
    (outlet, store.add_feed(&feed, 1).await.unwrap().0)
}

/// A story with one article: the article's id.
pub(crate) async fn story(store: &Store, id: &str, address: &str, words: &str, now: Millis) -> String {
    let Put::New { id: article } =
        store.put_article(&article(address, &format!("About {id}"), words), None, now).await.unwrap()
    else {
        panic!("{address} was known")
    };
    let assigned = Assigned {
        article: article.clone(),
        story: id.to_owned(),
        likeness: 0.5,
        section: "world".to_owned(),
    };
    store.assign(&assigned, now, now).await.unwrap();
    article
}

/// Takes and finishes every due job of a stage: their keys.
pub(crate) async fn drain(store: &Store, stage: Stage, now: Millis) -> Vec<String> {
    let mut keys = Vec::new();
    loop {
        let jobs = store.lease(stage, now, 1000, 10).await.unwrap();
        if jobs.is_empty() {
            return keys;
        }
        for job in jobs {
            store.finish(&job, now).await.unwrap();
            keys.push(job.key);
        }
    }
}
