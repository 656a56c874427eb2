//! Takes readers' connections and bounds each of them, so that nobody holds the house by holding its doors: so many at
//! once, a time for the head of a request, a longest life. How long a body may take is the site's own affair.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::guests::Guests;

/// What bounds the connections.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// How many are open at once; more wait in the system's own queue.
    pub(super) most: usize,
    /// How many of them one address may hold; whoever wants more is turned away.
    pub(super) each: usize,
    /// How long the head of a request may take, and how long a connection may lie idle between two.
    pub(super) head: Duration,
    /// How long a connection lives before it is asked to end after the answer that is under way.
    pub(super) life: Duration,
    /// How long it may take to end: a reader who doesn't read is left.
    pub(super) grace: Duration,
    /// The most bytes of a request's head.
    pub(super) bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            most: 1024,
            each: 128,
            head: seconds(10),
            life: seconds(300),
            grace: seconds(30),
            bytes: 64 << 10,
        }
    }
}

/// Serves until told to stop, and then until the answers that are under way are sent.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    bounds: Bounds,
    mut stopped: watch::Receiver<bool>,
) {
    let room = Arc::new(Semaphore::new(bounds.most));
    let guests = Guests::default();
    let mut open = JoinSet::new();
    loop {
        let permit = tokio::select! {
            permit = Arc::clone(&room).acquire_owned() => permit.expect("nobody closes the semaphore"),
            _ = stopped.changed() => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.changed() => break,
        };
        while open.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                let Some(place) = guests.place(peer.ip(), bounds.each) else { continue };
                let (router, stopped) = (router.clone(), stopped.clone());
                open.spawn(async move {
                    connection(stream, peer, router, bounds, stopped).await;
                    drop((permit, place));
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                // Where the system has no more files to give, asking again at once would only burn its time.
                sleep(Duration::from_millis(200)).await;
            }
        }
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    bounds: Bounds,
    mut stopped: watch::Receiver<bool>,
) {
    // Small answers go out at once; where that can't be set they only come a little later.
    let _ = stream.set_nodelay(true);
    let site = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        site.call(request)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(bounds.head).max_buf_size(bounds.bytes);
    let mut served = std::pin::pin!(builder.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = served.as_mut() => Some(ended),
        () = sleep(bounds.life) => None,
        _ = stopped.changed() => None,
    };
    let ended = match ended {
        Some(ended) => Ok(ended),
        None => {
            served.as_mut().graceful_shutdown();
            timeout(bounds.grace, served).await
        }
    };
    if !matches!(ended, Ok(Ok(()))) {
        tracing::debug!(?ended, "a connection was broken off");
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;
    use std::time::Instant;

    use axum::routing::get;

    use super::*;

    const SHORT: Bounds = Bounds {
        most: 3,
        each: 3,
        head: Duration::from_millis(400),
        life: Duration::from_millis(1500),
        grace: Duration::from_millis(300),
        bytes: 16 << 10,
    };

    fn open() -> (SocketAddr, watch::Sender<bool>, tokio::runtime::Runtime) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads");
        let (stop, stopped) = watch::channel(false);
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let at = listener.local_addr().expect("it is bound");
        let router = Router::new()
            .route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }))
            .route("/large", get(async || "x".repeat(32 << 20)));
        runtime.spawn(serve(listener, router, SHORT, stopped));
        (at, stop, runtime)
    }

    fn connect(at: SocketAddr, first: &str) -> TcpStream {
        let mut stream = TcpStream::connect(at).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a time");
        stream.write_all(first.as_bytes()).expect("it takes bytes");
        stream
    }

    /// Reads until the other side closes; what came and how long that took.
    fn rest(stream: &mut TcpStream) -> (String, Duration) {
        let (begun, mut bytes) = (Instant::now(), Vec::new());
        // A reset is an end as well.
        let _ = stream.read_to_end(&mut bytes);
        (String::from_utf8_lossy(&bytes).into_owned(), begun.elapsed())
    }

    const WHOLE: &str = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    #[test]
    fn a_head_that_does_not_come_is_not_waited_for() {
        let (at, _stop, _runtime) = open();
        for first in ["", "GET / HTTP/1.1\r\nX: "] {
            let (_, took) = rest(&mut connect(at, first));
            assert!(took < Duration::from_secs(3), "{first:?} took {took:?}");
        }
        let mut drip = connect(at, "GET / HTTP/1.1\r\n");
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(3) && drip.write_all(b"X-A: b\r\n").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(begun.elapsed() < Duration::from_secs(3), "a head that drips in is waited for");
    }

    #[test]
    fn so_many_are_served_at_once_and_the_next_get_their_turn() {
        let (at, _stop, _runtime) = open();
        let held: Vec<TcpStream> = (0..SHORT.most).map(|_| connect(at, "GET ")).collect();
        let (answer, took) = rest(&mut connect(at, WHOLE));
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains("127.0.0.1:"), "the peer is known: {answer}");
        assert!(took > Duration::from_millis(200), "more than {} were served at once", SHORT.most);
        drop(held);
    }

    #[test]
    fn a_reader_who_does_not_read_is_left() {
        let (at, _stop, _runtime) = open();
        let held: Vec<TcpStream> =
            (0..SHORT.most).map(|_| connect(at, "GET /large HTTP/1.1\r\nHost: a\r\n\r\n")).collect();
        std::thread::sleep(Duration::from_millis(300));
        let (answer, took) = rest(&mut connect(at, WHOLE));
        assert!(answer.starts_with("HTTP/1.1 200") && took < Duration::from_secs(5), "{took:?} {answer}");
        drop(held);
    }

    #[test]
    fn a_head_without_end_is_refused() {
        let (at, _stop, _runtime) = open();
        let mut stream = connect(at, "GET / HTTP/1.1\r\nHost: a\r\n");
        let mut sent = 0;
        while sent < 1 << 20
            && stream.write_all(format!("X-{sent}: {}\r\n", "x".repeat(990)).as_bytes()).is_ok()
        {
            sent += 1000;
        }
        let (answer, took) = rest(&mut stream);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
        assert!(took < Duration::from_secs(3), "{took:?}");
    }

    #[test]
    fn it_ends_when_told_and_the_answer_under_way_is_sent() {
        let (at, stop, runtime) = open();
        let mut idle = connect(at, "");
        let mut busy = connect(at, WHOLE);
        std::thread::sleep(Duration::from_millis(100));
        stop.send(true).expect("it runs");
        assert!(rest(&mut busy).0.starts_with("HTTP/1.1 200"));
        assert!(rest(&mut idle).1 < Duration::from_secs(3));
        runtime.shutdown_timeout(Duration::from_secs(1));
        assert!(TcpStream::connect(at).is_err(), "it still listens");
    }
}
