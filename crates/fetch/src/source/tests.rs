//! Files and folders as users have them.

use std::io::Write as _;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

/// A folder that is removed at the end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("nutgraf-fetch-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> &Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
        self
    }

    /// What comes of one source below the place, with the place's own path left out.
    fn read(&self, source: &str, limits: &Limits) -> Vec<String> {
        let source = if source.is_empty() { self.0.clone() } else { self.0.join(source) };
        let mut found = Vec::new();
        let result = documents(&source.to_string_lossy(), limits, &mut io::empty(), &mut |result| {
            found.push(match result {
                Ok(document) => format!("{}: {} bytes", document.name, document.bytes.len()),
                Err(refusal) => format!("{} [{}]", refusal.name, refusal.code),
            });
        });
        found.extend(result.err().map(|error| error.to_string()));
        let root = format!("{}/", self.0.display());
        found.iter().map(|line| line.replace(&root, "").replace(root.trim_end_matches('/'), ".")).collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("a Vec takes all");
    encoder.finish().expect("a Vec takes all")
}

#[test]
fn one_file_is_one_document_or_an_error_in_words() {
    let place = Place::new("file");
    let packed = gzip(b"<p>Rain fell.");
    place
        .file("a.html", b"<p>x")
        .file("page", b"<!doctype html>")
        .file("r.jsonl", b"{\"id\": 1}\n{\"id\": 2}\n")
        .file("p.html.gz", &packed)
        .file("cut.html.gz", &packed[..packed.len() - 9])
        .file("twice.gz", &gzip(&packed))
        .file("broken.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff")
        .file("bomb.html.gz", &gzip(&[b"<p>".to_vec(), vec![b' '; 2_000_000]].concat()))
        .file("x.bin", b"\x7fELF\x02")
        .file("zero.html", b"")
        .file("big.html", &[b"<p>".to_vec(), vec![b' '; 3 << 20]].concat());
    let limits = Limits { page_bytes: 1 << 20, ..Limits::default() };
    for (source, expected) in [
        ("a.html", "a.html: 4 bytes"),
        ("page", "page: 15 bytes"),
        ("r.jsonl", "r.jsonl: 20 bytes"),
        ("p.html.gz", "p.html.gz: 13 bytes"),
        ("cut.html.gz", "cut.html.gz: the gzip data is cut off. Fetch or copy it again."),
        ("twice.gz", "twice.gz: it is packed twice. Unpack it once and give the result."),
        ("broken.gz", "broken.gz: the gzip data is broken. Fetch or copy it again."),
        (
            "bomb.html.gz",
            "bomb.html.gz: it is over the limit of 1 MB for a page. Raise it with --max-page-bytes.",
        ),
        (
            "x.bin",
            "x.bin: not a page, feed, record file, mail or archive (it starts with the bytes 7f 45 4c 46). Give an HTML, RSS, Atom, JSON Lines, EML, MHTML, mbox or WARC file.",
        ),
        ("zero.html", "zero.html: it is empty. Give one that has content."),
        ("big.html", "big.html: 3 MB is over the limit of 1 MB for a page. Raise it with --max-page-bytes."),
        ("none", "none: no such file or folder. Check the spelling, or give an http(s) address."),
        ("a.html/b", "a.html/b: no such file or folder. Check the spelling, or give an http(s) address."),
    ] {
        assert_eq!(place.read(source, &limits), [expected], "{source}");
    }
}

#[test]
fn a_folder_gives_all_its_files_in_the_order_of_their_paths() {
    let place = Place::new("folder");
    let answer = b"HTTP/1.1 200 OK\r\n\r\n<p>x";
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.test/\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    );
    let record = [head.as_bytes(), answer, b"\r\n\r\n"].concat();
    place
        .file("b/2.html", b"<p>2")
        .file("b-1.html", b"<p>1")
        .file("a.txt", b"words")
        .file(".hidden.html", b"<p>h")
        .file(".git/x.html", b"<p>h")
        .file("c.warc.gz", &[gzip(&record), gzip(&record), gzip(&record)[..9].to_vec()].concat())
        .file("d.xml", b"<rss>");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&place.0, place.0.join("b/loop")).expect("a link");
        std::os::unix::fs::symlink(place.0.join("gone"), place.0.join("e.html")).expect("a link");
    }
    let expected = [
        "a.txt [unrecognised]",
        "b-1.html: 4 bytes",
        "b/2.html: 4 bytes",
        "c.warc.gz#1: 4 bytes",
        "c.warc.gz#2: 4 bytes",
        "c.warc.gz [gzip-cut]",
        "d.xml: 5 bytes",
        "e.html [unreadable]",
    ];
    let shown = if cfg!(unix) { &expected[..] } else { &expected[..7] };
    assert_eq!(place.read("", &Limits::default()), shown);
    let few = Limits { files: 2, ..Limits::default() };
    assert_eq!(
        place.read("", &few),
        [
            ".: the folder holds more than 2 files. Give a smaller folder, or raise the limit with --max-files."
        ]
    );
    fs::create_dir(place.0.join("empty")).expect("a folder");
    assert_eq!(
        place.read("empty", &Limits::default()),
        [
            "empty: the folder holds no files (hidden ones are not read). Give one that holds pages, feeds or records."
        ]
    );
}

#[test]
fn standard_input_and_addresses_are_sources_too() {
    let read = |source: &str, input: &[u8]| {
        let mut found = String::new();
        let mut input = input;
        let result = documents(source, &Limits::default(), &mut input, &mut |result| {
            found = result.map_or_else(|refusal| refusal.to_string(), |document| document.name);
        });
        result.err().map_or(found, |error| error.to_string())
    };
    assert_eq!(read("-", b"<p>x"), "standard input");
    assert_eq!(read("-", b""), "standard input: it is empty. Give one that has content.");
    assert_eq!(
        read("ftp://news.test/", b""),
        "ftp://news.test/: \"ftp\" is not http or https. Give an http(s) address, or the path of a file."
    );
    assert_eq!(
        read("http://10.0.0.1/", b""),
        "http://10.0.0.1/: the address is in a private network (10.0.0.0/8), which is refused. Use --allow-private for a server of your own."
    );
}

#[test]
fn damaged_bytes_give_a_document_or_a_refusal_and_never_a_panic() {
    let answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: deflate\r\n\r\n4\r\n<p>x\r\n0\r\n\r\n";
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.test/\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    );
    let archive = [head.as_bytes(), answer, b"\r\n\r\n"].concat().repeat(2);
    let mut state = 1u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for sample in [gzip(&archive), archive, b"<html><p>x".to_vec()] {
        for _ in 0..2000 {
            let mut bytes = sample.clone();
            for _ in 0..=next(3) {
                let at = next(bytes.len());
                bytes[at] = u8::try_from(next(256)).expect("it is below 256");
            }
            bytes.truncate(next(2 * sample.len()));
            let _ = documents("-", &Limits::default(), &mut &bytes[..], &mut |_| ());
        }
    }
}

#[test]
fn mails_and_archives_in_other_packings_are_opened() {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    let pack = |bytes: &[u8]| compress_to_vec(bytes, CompressionLevel::Fastest);
    let place = Place::new("mails");
    let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Rain fell.";
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.test/\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    );
    let mail = "From: a@b.example\nSubject: x\n\nRain fell.\n";
    let crate_of = |mail: &str| format!("From a@b.example Tue Mar 10 09:00:00 2026\n{mail}\n");
    let packed = pack(record.as_bytes());
    place
        .file("a.warc.zst", &[packed.clone(), packed.clone()].concat())
        .file("b.eml", mail.as_bytes())
        .file("c.mbox", [crate_of(mail), crate_of(mail)].concat().as_bytes())
        .file("d.mbox.gz", &gzip(crate_of(mail).as_bytes()))
        .file("e.jsonl.zst", &pack(b"{\"id\": 1}\n"))
        .file("f.html", b"<p>x")
        .file("f_files/frame.html", b"<p>x")
        .file("g_files/page.html", b"<p>x")
        .file("h.html.zst", &packed[..packed.len() - 9])
        .file("i.html.zst", &pack(&[b"<p>".to_vec(), vec![b' '; 2_000_000]].concat()))
        .file("j.gz", &gzip(&packed));
    let limits = Limits { page_bytes: 1 << 20, ..Limits::default() };
    let expected = [
        "a.warc.zst#1: 13 bytes",
        "a.warc.zst#2: 13 bytes",
        "b.eml: 41 bytes",
        "c.mbox#1: 42 bytes",
        "c.mbox#2: 42 bytes",
        "d.mbox.gz#1: 42 bytes",
        "e.jsonl.zst: 10 bytes",
        "f.html: 4 bytes",
        "g_files/page.html: 4 bytes",
        "h.html.zst [zstd-cut]",
        "i.html.zst [too-large]",
        "j.gz [nested-gzip]",
    ];
    assert_eq!(place.read("", &limits), expected);
}
