//! Reads mailboxes (mbox) as a stream: each mail in one is a document.

use std::io::{BufRead, BufReader, Read};

use desk::read::mail::looks_like_mail;

use crate::kind::Kind;
use crate::refusal::{self, Cause, Packing, Refusal};
use crate::{Document, Limits};

/// How much of a line is read at once.
const PIECE: u64 = 64 << 10;

/// Whether bytes begin as a mailbox does: with a line `From sender day`, and a mail's head behind it.
pub(crate) fn is_mbox(head: &[u8]) -> bool {
    head.starts_with(b"From ")
        && head.iter().position(|byte| *byte == b'\n').is_some_and(|end| looks_like_mail(&head[end + 1..]))
}

/// Hands over every mail; one that is too large is refused, and the next is read.
pub(crate) fn read(
    input: impl Read,
    name: &str,
    packing: Option<Packing>,
    limits: &Limits,
    each: &mut dyn FnMut(Result<Document, Refusal>),
) {
    let (limit, what, flag) = Kind::Mail.limit(limits);
    let mut input = BufReader::with_capacity(1 << 16, input);
    let (mut number, mut size) = (0u64, 0u64);
    let mut mail: Vec<u8> = Vec::new();
    let mut give = |number: u64, size: u64, bytes: Vec<u8>| {
        let name = format!("{name}#{number}");
        each(if size > limit {
            Err(Refusal::new(&name, &Cause::TooLarge { size: Some(size), limit, what, flag }))
        } else {
            let content_type = Some("message/rfc822".to_owned());
            Ok(Document { name, url: None, content_type, fetched: None, bytes, reserved: false })
        });
    };
    let (mut piece, mut fresh, mut empty) = (Vec::new(), true, true);
    loop {
        piece.clear();
        match input.by_ref().take(PIECE).read_until(b'\n', &mut piece) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                // What came of the last mail is not the whole of it.
                let cause = refusal::reading(&error, packing);
                each(Err(Refusal::new(&format!("{name}#{}", number.max(1)), &cause)));
                return;
            }
        }
        if fresh && empty && piece.starts_with(b"From ") && (number == 0 || is_border(&piece)) {
            if number > 0 {
                give(number, size, std::mem::take(&mut mail));
            }
            (number, size, empty) = (number + 1, 0, false);
        } else {
            empty = fresh && piece.trim_ascii().is_empty();
            let kept = if fresh { unquoted(&piece) } else { &piece };
            size += kept.len() as u64;
            if size <= limit {
                mail.extend_from_slice(kept);
            }
        }
        fresh = piece.last() == Some(&b'\n');
    }
    if number > 0 {
        give(number, size, mail);
    }
}

/// Whether a line that begins with `From ` parts two mails, and is no sentence: it names a year and a time.
fn is_border(line: &[u8]) -> bool {
    let words = || line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let year = |word: &[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    let time = |word: &[u8]| word.contains(&b':') && word.iter().all(|b| b.is_ascii_digit() || *b == b':');
    words().any(year) && words().any(time)
}

/// A line without the sign that keeps a text's own `From ` from parting mails.
fn unquoted(line: &[u8]) -> &[u8] {
    let bare = line.iter().position(|byte| *byte != b'>').unwrap_or(0);
    if bare > 0 && line[bare..].starts_with(b"From ") { &line[1..] } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: &str = "From ada@orrin.example Tue Mar 10 09:00:00 2026\nFrom: a@orrin.example\nSubject: one\n\nRain.\n\
>From now on it rains.\n\nFrom the hills it came.\n\n\
From bo@orrin.example Wed Mar 11 09:00:00 2026\r\nFrom: b@orrin.example\r\nSubject: two\r\n\r\nWind.\r\n";

    fn check(bytes: &[u8], limits: &Limits, expected: &[&str]) {
        let mut found = Vec::new();
        read(bytes, "x.mbox", None, limits, &mut |result| {
            found.push(match result {
                Ok(document) => format!("{} {}", document.name, String::from_utf8_lossy(&document.bytes)),
                Err(refusal) => format!("{} {}", refusal.name, refusal.code),
            });
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn each_mail_is_given() {
        assert!(is_mbox(BOX.as_bytes()));
        assert!(!is_mbox(b"From the hills it came.\nAnd went."));
        check(
            BOX.as_bytes(),
            &Limits::default(),
            &[
                "x.mbox#1 From: a@orrin.example\nSubject: one\n\nRain.\nFrom now on it rains.\n\nFrom the hills it came.\n\n",
                "x.mbox#2 From: b@orrin.example\r\nSubject: two\r\n\r\nWind.\r\n",
            ],
        );
        let small = Limits { page_bytes: 60, ..Limits::default() };
        check(
            BOX.as_bytes(),
            &small,
            &["x.mbox#1 too-large", "x.mbox#2 From: b@orrin.example\r\nSubject: two\r\n\r\nWind.\r\n"],
        );
    }

    #[test]
    fn no_prefix_panics_and_endless_lines_are_refused() {
        for end in 0..BOX.len() {
            read(&BOX.as_bytes()[..end], "x", None, &Limits::default(), &mut |_| ());
        }
        let small = Limits { page_bytes: 1000, ..Limits::default() };
        let long = [&BOX.as_bytes()[..48], &vec![b'a'; 1 << 20]].concat();
        check(&long, &small, &["x.mbox#1 too-large"]);
    }
}
