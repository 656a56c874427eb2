//! What a user named, turned into documents: a file, a folder, an address, or standard input.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::body::Body;
use crate::folder;
use crate::http::Client;
use crate::kind::Kind;
use crate::mbox;
use crate::refusal::{self, Cause, Refusal};
use crate::warc;
use crate::{Document, Error, Limits};

/// Hands over the documents of `source` one after another, in a fixed order: a file (HTML, XML, JSON, JSON
/// Lines, a mail, MHTML, WARC, a mailbox, or one of them packed with gzip or Zstandard) is one document, an archive
/// or mailbox one for each page or mail in it, a folder those of all its files, an address (`http://`, `https://`) the page or feed there, `-` what comes from `stdin`.
///
/// # Errors
/// When the source as a whole can't be read. What is broken within a folder or an archive goes to `each` as a
/// [`Refusal`], and the rest is still read.
pub fn documents(
    source: &str,
    limits: &Limits,
    stdin: &mut dyn Read,
    each: &mut dyn FnMut(Result<Document, Refusal>),
) -> Result<(), Error> {
    if source == "-" {
        return Ok(one(stdin, "standard input", None, limits, each)?);
    }
    let path = Path::new(source);
    if is_address(source) && !path.exists() {
        each(Ok(Client::new(limits).get(source)?));
        return Ok(());
    }
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => whole(source, limits, each),
        // A file named by itself may be a pipe.
        Ok(_) => Ok(file(path, source, limits, each)?),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Err(Error::Missing(refusal::plain(source)))
        }
        Err(error) => Err(Refusal::new(source, &refusal::reading(&error, None)).into()),
    }
}

fn is_address(source: &str) -> bool {
    source.split_once("://").is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

fn whole(
    source: &str,
    limits: &Limits,
    each: &mut dyn FnMut(Result<Document, Refusal>),
) -> Result<(), Error> {
    for (path, cause) in folder::files(source, limits.files)? {
        let result = match cause {
            Some(cause) => Err(folder::refusal(&path, &cause)),
            None => file(&path, &path.to_string_lossy(), limits, each),
        };
        if let Err(refusal) = result {
            each(Err(refusal));
        }
    }
    Ok(())
}

fn file(
    path: &Path,
    name: &str,
    limits: &Limits,
    each: &mut dyn FnMut(Result<Document, Refusal>),
) -> Result<(), Refusal> {
    let refuse = |error: io::Error| Refusal::new(name, &refusal::reading(&error, None));
    let file = File::open(path).map_err(refuse)?;
    let size = file.metadata().ok().filter(fs::Metadata::is_file).map(|meta| meta.len());
    one(file, name, size, limits, each)
}

fn one(
    reader: impl Read,
    name: &str,
    size: Option<u64>,
    limits: &Limits,
    each: &mut dyn FnMut(Result<Document, Refusal>),
) -> Result<(), Refusal> {
    let refuse = |cause: Cause| Refusal::new(name, &cause);
    let fault = |error: io::Error, packed| refusal::reading(&error, packed);
    let body = Body::open(reader, Kind::of_path(name), &fault).map_err(refuse)?;
    if body.kind == Kind::Warc {
        warc::read(body.reader, name, body.packing, limits, each);
        return Ok(());
    }
    if body.kind == Kind::Mbox {
        mbox::read(body.reader, name, body.packing, limits, each);
        return Ok(());
    }
    let limit = body.kind.limit(limits);
    let bytes = body.bytes(limit, size, &fault).map_err(refuse)?;
    let name = name.to_owned();
    each(Ok(Document { name, url: None, content_type: None, fetched: None, bytes, reserved: false }));
    Ok(())
}

#[cfg(test)]
mod tests;
