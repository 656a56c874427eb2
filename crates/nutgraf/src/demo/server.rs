//! The server that stands in for all outlets of the examples: feeds that grow, pages that come out one by one.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, HOST, LOCATION};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::BEGIN;
use super::material::{Material, Page};
use super::odd::{self, Answer};

const ROBOTS: &str = "User-agent: *\nDisallow: /account\n";
const LOGIN: &str = include_str!("login.html");

#[derive(Clone)]
struct Play {
    material: Arc<Material>,
    begun: Instant,
}

/// Starts the server on a free port of this machine; it ends with the program.
pub(super) async fn start(material: Arc<Material>, begun: Instant) -> std::io::Result<SocketAddr> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let place = listener.local_addr()?;
    let router = Router::new().fallback(answer).with_state(Play { material, begun });
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the server of the demonstration stopped");
        }
    });
    Ok(place)
}

async fn answer(State(play): State<Play>, uri: Uri, headers: HeaderMap) -> Response {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_lowercase();
    say(&play.material, &host, uri.path(), play.begun.elapsed().as_secs())
}

/// What a host says at a path and second.
fn say(material: &Material, host: &str, path: &str, second: u64) -> Response {
    let odd = material.feeds.iter().find(|feed| feed.domain == host).and_then(|feed| feed.odd);
    match (path, odd) {
        ("/robots.txt", _) => typed("text/plain", ROBOTS.to_owned()),
        (odd::FEED, Some(odd)) => broken(material, odd),
        (odd::BEFORE, _) if host == odd::MOVED => {
            let to = format!("https://{host}{}", odd::FEED);
            (StatusCode::MOVED_PERMANENTLY, [(LOCATION, to)]).into_response()
        }
        (odd::FEED, None) => typed("application/feed+json", list(host, &material.of_host(host, second))),
        _ => match material.page(host, path, second) {
            Some(html) => typed("text/html; charset=utf-8", html),
            None => (StatusCode::NOT_FOUND, "There is no such page.").into_response(),
        },
    }
}

fn typed(kind: &'static str, body: String) -> Response {
    ([(CONTENT_TYPE, kind)], body).into_response()
}

fn broken(material: &Material, odd: Answer) -> Response {
    let feed = |items: Vec<Value>| {
        let feed = json!({"version": "https://jsonfeed.org/version/1.1", "title": "", "items": items});
        typed("application/feed+json", feed.to_string())
    };
    match odd {
        Answer::Gone => (StatusCode::GONE, "This feed is no more.").into_response(),
        Answer::Forbidden => (StatusCode::FORBIDDEN, "Not for machines.").into_response(),
        Answer::Login => typed("text/html; charset=utf-8", LOGIN.to_owned()),
        Answer::Failing => (StatusCode::INTERNAL_SERVER_ERROR, "Something broke.").into_response(),
        Answer::Empty => feed(Vec::new()),
        Answer::Undated => {
            let pages = material.pages.iter().filter(|page| page.second == 0);
            feed(
                pages
                    .map(|page| json!({"id": page.address, "url": page.address, "title": page.entry.title}))
                    .collect(),
            )
        }
        Answer::Silent => {
            let oldest = material.pages.iter().min_by_key(|page| page.entry.published.clone());
            let long_ago = oldest.and_then(|page| page.entry.published.clone());
            feed(oldest.map(|page| item(page, long_ago)).into_iter().collect())
        }
    }
}

/// A host's feed as JSON Feed.
fn list(host: &str, pages: &[Page]) -> String {
    let items: Vec<Value> = pages.iter().map(|page| item(page, Some(listed(page)))).collect();
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "home_page_url": format!("https://{host}/"),
        "feed_url": format!("https://{host}{}", odd::FEED),
        "items": items,
    })
    .to_string()
}

/// When a page comes out in the played time. The page itself keeps its own day; a feed that gave that would look as
/// if nothing had been added for a month.
fn listed(page: &Page) -> String {
    let before = if page.second == 0 { 600 } else { 0 };
    let at = BEGIN / 1000 + i64::try_from(page.second).unwrap_or(0) - before;
    jiff::Timestamp::from_second(at).map_or_else(|_| String::new(), |at| at.to_string())
}

fn item(page: &Page, published: Option<String>) -> Value {
    let entry = &page.entry;
    json!({
        "id": page.address,
        "url": page.address,
        "title": entry.title,
        "summary": entry.summary,
        "date_published": published,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_out_one_after_another_and_feeds_answer_each_in_its_way() {
        let material = Material::read();
        let status = |host: &str, path: &str, second| say(&material, host, path, second).status().as_u16();
        let inquiry = "/transport/2026-03-12/inquiry-opens-halden-star";
        for (host, path, second, expected) in [
            ("dailysextant.example", "/feed.json", 0, 200),
            ("dailysextant.example", inquiry, 0, 404),
            ("dailysextant.example", inquiry, 60, 200),
            ("meridianwire.example", inquiry, 60, 404),
            ("tidewaterradio.example", "/rss", 0, 301),
            ("brackwaterbugle.example", "/feed.json", 0, 410),
            ("oxmoorexaminer.example", "/feed.json", 0, 403),
            ("saltreachtimes.example", "/feed.json", 0, 500),
            ("fennickdispatch.example", "/feed.json", 0, 200),
            ("nobody.example", "/", 0, 404),
        ] {
            assert_eq!(status(host, path, second), expected, "{host}{path} at {second}");
        }
        let pages = |second| {
            desk::read::feed::parse(
                list("dailysextant.example", &material.of_host("dailysextant.example", second)).as_bytes(),
                "",
            )
        };
        assert_eq!(pages(0).expect("a feed").entries.len(), 1);
        assert_eq!(pages(60).expect("a feed").entries.len(), 2);
    }
}
