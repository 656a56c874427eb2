//! How fast a story's page is, beside a file of the same size from the same process. Not run by default:
//! `cargo test -p web --test site pace -- --ignored --nocapture`; `STORIES` says how many stories are stored.

use std::time::{Duration, Instant};

use axum::routing::get as route;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::asked::get;
use crate::seed::Room;

const CONNECTIONS: usize = 16;
const SPAN: Duration = Duration::from_secs(4);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a minute and measures instead of judging"]
async fn pace_of_a_story_beside_a_file() {
    let count = std::env::var("STORIES").ok().and_then(|count| count.parse().ok()).unwrap_or(10_000);
    let room = Room::filled().await;
    let began = Instant::now();
    let ids = room.many(count).await;
    println!("{} stories stored in {:?}", ids.len(), began.elapsed());
    let page = get(&room.router(), &format!("/story/{}", ids[0])).await.fine();
    let file = axum::body::Bytes::from(page.bytes.clone());
    let site = axum::Router::new().route("/file", route(async move || file.clone())).merge(room.router());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, site).await });
    println!("the page has {} bytes", page.bytes.len());
    let one = vec![format!("/story/{}", ids[0])];
    let some: Vec<String> = ids.iter().take(500).map(|id| format!("/story/{id}")).collect();
    let all: Vec<String> = ids.iter().map(|id| format!("/story/{id}")).collect();
    let files = vec!["/file".to_owned()];
    for path in &all {
        get_once(address, path).await;
    }
    for (name, paths, packed) in [
        ("file", &files, false),
        ("one story", &one, false),
        ("one story, packed", &one, true),
        ("500 stories", &some, false),
        ("all stories", &all, false),
        ("all stories, packed", &all, true),
        ("file", &files, false),
    ] {
        let (rate, middle, slow) = measured(address, paths, packed).await;
        println!("{name}: {rate:.0} requests a second, median {middle:?}, 99th percentile {slow:?}");
    }
    for path in [
        "/",
        "/search?q=ferry",
        "/search?q=ferry&in=articles",
        "/feed.atom",
        "/section/World",
        "/sitemap.xml",
    ] {
        let (rate, middle, slow) = measured(address, &[path.to_owned()], false).await;
        println!("{path}: {rate:.0} requests a second, median {middle:?}, 99th percentile {slow:?}");
    }
    let memory = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{}", memory.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default());
}

async fn get_once(address: std::net::SocketAddr, path: &str) {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    asked(&mut stream, path, false, &mut Vec::new()).await;
}

/// Requests a second, the median and the 99th percentile of the time to the last byte.
async fn measured(
    address: std::net::SocketAddr,
    paths: &[String],
    packed: bool,
) -> (f64, Duration, Duration) {
    let began = Instant::now();
    let readers = (0..CONNECTIONS).map(|number| {
        let paths = paths.to_vec();
        tokio::spawn(async move {
            let mut stream = TcpStream::connect(address).await.expect("a connection");
            let (mut times, mut buffer, mut at) = (Vec::new(), Vec::new(), number * 7919);
            while began.elapsed() < SPAN {
                at = at.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                let asked_at = Instant::now();
                asked(&mut stream, &paths[(at >> 8) % paths.len()], packed, &mut buffer).await;
                times.push(asked_at.elapsed());
            }
            times
        })
    });
    let mut times = Vec::new();
    for reader in readers.collect::<Vec<_>>() {
        times.extend(reader.await.expect("a reader"));
    }
    let span = began.elapsed().as_secs_f64();
    times.sort_unstable();
    (times.len() as f64 / span, times[times.len() / 2], times[times.len() * 99 / 100])
}

/// Asks once and reads the answer whole, by its length.
async fn asked(stream: &mut TcpStream, path: &str, packed: bool, buffer: &mut Vec<u8>) {
    let accepted = if packed { "accept-encoding: gzip\r\n" } else { "" };
    let request = format!("GET {path} HTTP/1.1\r\nhost: sheet.example\r\n{accepted}\r\n");
    stream.write_all(request.as_bytes()).await.expect("asked");
    buffer.clear();
    let mut chunk = [0_u8; 65_536];
    let mut whole = usize::MAX;
    while buffer.len() < whole {
        let read = stream.read(&mut chunk).await.expect("an answer");
        assert!(read > 0, "{path}: the connection was closed");
        buffer.extend_from_slice(&chunk[..read]);
        if whole == usize::MAX
            && let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n")
        {
            let head = String::from_utf8_lossy(&buffer[..end]).to_lowercase();
            assert!(head.starts_with("http/1.1 200"), "{path}: {head}");
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
            whole =
                end + 4 + length.and_then(|length| length.trim().parse::<usize>().ok()).expect("a length");
        }
    }
}
