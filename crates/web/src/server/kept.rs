//! Rendered pages kept in memory for readers without cookies: a story is laid out once, not for everybody.
//!
//! A kept page of a story is shown as long as the story's row is what it was; the row is looked at again
//! after a moment. Other pages are made anew after two seconds, and all are when something was sent to this
//! process (a comment approved, a digest withdrawn). Nobody sees what was taken back for longer than that.
//!
//! Pages are kept compressed, which is how browsers ask for them; those asked for lately by readers that take
//! nothing compressed are kept as they are too.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use store::Story;

use super::Site;
use super::answer::{gunzip, gzip, is_known, is_worth, takes_gzip};
use super::shelf::Shelf;

/// The most bytes of all kept pages together: some ten thousand stories.
const ROOM: usize = 96 << 20;
/// The most bytes of all pages that are kept as they are.
const OPEN: usize = 16 << 20;
/// What a page weighs beside its body.
const BESIDE: usize = 1200;
/// The most bytes of one page.
const LARGEST: usize = 4 << 20;
/// How long a page is shown without another look at its story.
const MOMENT: Duration = Duration::from_millis(250);
/// How long a page that is of no one story is kept.
const BRIEFLY: Duration = Duration::from_secs(2);
/// How long a page of a story is kept at most: its comment form must not grow too old.
const LONGEST: Duration = Duration::from_secs(600);

/// The kept pages.
#[derive(Debug)]
pub(crate) struct Kept {
    pages: Shelf<Arc<Row>>,
    /// Bodies as they are, with the time at which their page was made.
    open: Shelf<(Instant, Bytes)>,
    epoch: AtomicU64,
}

#[derive(Debug)]
struct Row {
    headers: HeaderMap,
    words: Words,
    story: Option<Story>,
    epoch: u64,
    made: Instant,
    /// When the story's row was looked at last, in milliseconds after `made`.
    checked: AtomicU64,
}

/// What is kept of a page's bytes.
#[derive(Debug)]
enum Words {
    Plain(Bytes),
    Packed(Bytes),
}

/// Counts what was sent to this process, so that kept pages are made anew after it.
pub(crate) async fn noticed(State(kept): State<Arc<Kept>>, request: Request, next: Next) -> Response {
    // What a hub sends only makes a feed due; nothing that is shown changes by it.
    let hub = request.uri().path().starts_with("/websub/");
    let sent = !hub && !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let response = next.run(request).await;
    if sent && (response.status().is_success() || response.status().is_redirection()) {
        kept.epoch.fetch_add(1, Ordering::SeqCst);
    }
    response
}

/// Shows a kept page, or keeps the one that is made.
pub(crate) async fn kept(
    State((site, kept)): State<(Site, Arc<Kept>)>,
    request: Request,
    next: Next,
) -> Response {
    let plain = matches!(*request.method(), Method::GET | Method::HEAD);
    if !plain {
        return next.run(request).await;
    }
    let asked = request.headers().clone();
    if asked.contains_key(header::COOKIE) {
        return personal(next.run(request).await);
    }
    let key = request.uri().path_and_query().map_or("/", |address| address.as_str()).to_owned();
    if let Some(row) = kept.current(&site, &key).await {
        return kept.response(&key, &row, &asked);
    }
    let (epoch, whole) = (kept.epoch.load(Ordering::SeqCst), *request.method() == Method::GET);
    let story = match story_of(request.uri().path()) {
        Some(id) => site.store.story(&id).await.ok().flatten(),
        None => None,
    };
    let response = next.run(request).await;
    if response.status() != StatusCode::OK || !whole {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let row = Arc::new(Row::new(parts.headers, &body, story, epoch));
    kept.open.put(&key, (row.made, body.clone()), body.len());
    kept.pages.put(&key, Arc::clone(&row), row.weight());
    kept.response(&key, &row, &asked)
}

/// What was made for one reader is for nobody else, and is not compressed.
fn personal(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.remove(header::ETAG);
    headers.remove(header::LAST_MODIFIED);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}

/// The id of the story that an address is about.
fn story_of(path: &str) -> Option<String> {
    let id = path.strip_prefix("/story/")?.split('/').next()?;
    Some(id.to_owned()).filter(|id| !id.is_empty() && !id.contains('%'))
}

impl Default for Kept {
    fn default() -> Self {
        Self { pages: Shelf::new(ROOM), open: Shelf::new(OPEN), epoch: AtomicU64::new(0) }
    }
}

impl Kept {
    async fn current(&self, site: &Site, key: &str) -> Option<Arc<Row>> {
        let row = self.pages.get(key)?;
        if row.epoch != self.epoch.load(Ordering::SeqCst) {
            return None;
        }
        let age = row.made.elapsed();
        let Some(story) = &row.story else { return (age < BRIEFLY).then_some(row) };
        let age_now = u64::try_from(age.as_millis()).unwrap_or(u64::MAX);
        let since = age_now.saturating_sub(row.checked.load(Ordering::Relaxed));
        if u128::from(since) < MOMENT.as_millis() {
            return Some(row);
        }
        if age > LONGEST || site.store.story(&story.id).await.ok().flatten().as_ref() != Some(story) {
            return None;
        }
        row.checked.store(age_now, Ordering::Relaxed);
        Some(row)
    }

    fn response(&self, key: &str, row: &Row, asked: &HeaderMap) -> Response {
        let mut response = Response::new(Body::empty());
        response.headers_mut().clone_from(&row.headers);
        if is_known(asked, &row.headers) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        let body = match &row.words {
            Words::Plain(words) => words.clone(),
            Words::Packed(words) if takes_gzip(asked) => {
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                words.clone()
            }
            Words::Packed(words) => self.unpacked(key, row.made, words),
        };
        *response.body_mut() = Body::from(body);
        response
    }

    fn unpacked(&self, key: &str, made: Instant, words: &Bytes) -> Bytes {
        if let Some((_, open)) = self.open.get(key).filter(|(of, _)| *of == made) {
            return open;
        }
        let open = Bytes::from(gunzip(words, LARGEST));
        self.open.put(key, (made, open.clone()), open.len());
        open
    }
}

impl Row {
    fn new(mut headers: HeaderMap, body: &Bytes, story: Option<Story>, epoch: u64) -> Self {
        headers.remove(header::CONTENT_LENGTH);
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let packed =
            if kind.is_some_and(|kind| is_worth(body.len(), kind)) { gzip(body) } else { Vec::new() };
        let words = if packed.is_empty() {
            Words::Plain(body.clone())
        } else {
            Words::Packed(Bytes::from(packed.into_boxed_slice()))
        };
        Self { headers, words, story, epoch, made: Instant::now(), checked: AtomicU64::new(0) }
    }

    fn weight(&self) -> usize {
        let (Words::Plain(words) | Words::Packed(words)) = &self.words;
        words.len() + BESIDE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_under_a_story_are_about_it() {
        assert_eq!(story_of("/story/s1/version/2").as_deref(), Some("s1"));
        assert_eq!(story_of("/story/"), None);
        assert_eq!(story_of("/stories/s1"), None);
    }
}
