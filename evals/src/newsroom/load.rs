//! Readers of a site: threads that ask over kept connections and time each answer.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// How many readers ask at once.
const READERS: usize = 8;

/// What the readers saw.
pub(super) struct Seen {
    /// Answers a second.
    pub(super) rate: f64,
    /// The bytes of the last answer's body.
    pub(super) size: usize,
    /// The time of each answer, sorted.
    times: Vec<Duration>,
}

impl Seen {
    /// The time within which that share of the answers came, in milliseconds.
    pub(super) fn quantile(&self, share: f64) -> f64 {
        let last = self.times.len().saturating_sub(1);
        let at = (last as f64 * share).round() as usize;
        self.times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}

/// Has readers ask for `paths`, each in an order of its own, for a while. Any answer but 200 is an error.
pub(super) fn read(address: &str, paths: &[String], how_long: Duration) -> Result<Seen> {
    let begun = Instant::now();
    let work = |reader: usize| -> Result<(Vec<Duration>, usize)> {
        let (mut times, mut size) = (Vec::new(), 0);
        let mut line = Line::open(address)?;
        let mut at = reader * 7919;
        while begun.elapsed() < how_long {
            let asked = Instant::now();
            size = line.ask(&paths[at % paths.len()])?;
            times.push(asked.elapsed());
            at += 104_729;
        }
        Ok((times, size))
    };
    let results: Vec<Result<(Vec<Duration>, usize)>> = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS).map(|reader| scope.spawn(move || work(reader))).collect();
        readers.into_iter().map(|reader| reader.join().expect("a reader does not panic")).collect()
    });
    let seconds = begun.elapsed().as_secs_f64();
    let (mut times, mut size) = (Vec::new(), 0);
    for result in results {
        let (more, last) = result?;
        times.extend(more);
        size = last;
    }
    times.sort_unstable();
    Ok(Seen { rate: times.len() as f64 / seconds, size, times })
}

/// One kept connection.
pub(super) struct Line {
    stream: BufReader<TcpStream>,
    address: String,
    body: Vec<u8>,
}

impl Line {
    /// Connects.
    pub(super) fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("{address} can't be reached"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self {
            stream: BufReader::with_capacity(64 << 10, stream),
            address: address.to_owned(),
            body: Vec::new(),
        })
    }

    /// Asks for a path and reads the whole answer; the size of its body.
    pub(super) fn ask(&mut self, path: &str) -> Result<usize> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (mut first, mut length) = (true, None);
        let mut line = String::new();
        loop {
            line.clear();
            if self.stream.read_line(&mut line)? == 0 {
                bail!("{path}: the connection ended");
            }
            let text = line.trim_end();
            if first && !text.contains(" 200 ") {
                bail!("{path}: {text}");
            }
            first = false;
            if text.is_empty() {
                break;
            }
            if let Some((name, value)) = text.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse::<usize>().ok();
            }
        }
        let length = length.with_context(|| format!("{path}: an answer without a length"))?;
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body)?;
        Ok(length)
    }
}
