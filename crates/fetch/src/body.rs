//! Reads a document's bytes from whatever they come through: tells the kind, unpacks, holds it to its limit.

use std::io::{self, BufReader, Cursor, Read};

use flate2::read::MultiGzDecoder;

use crate::kind::{HEAD, Kind};
use crate::refusal::{Cause, Packing};
use crate::zstd;

/// Says in words what an error of reading means, and whether it came up while unpacking something.
pub(crate) type Fault<'f> = &'f dyn Fn(io::Error, Option<Packing>) -> Cause;

/// A document whose kind is known and whose bytes are still to come.
pub(crate) struct Body<'r> {
    pub(crate) kind: Kind,
    /// How it is packed, where it is unpacked on the way.
    pub(crate) packing: Option<Packing>,
    /// All of its bytes from the first on.
    pub(crate) reader: Box<dyn Read + 'r>,
}

impl<'r> Body<'r> {
    /// Looks at the first bytes, and within what is packed at the first unpacked ones.
    pub(crate) fn open(
        mut reader: impl Read + 'r,
        hint: Option<Kind>,
        fault: Fault<'_>,
    ) -> Result<Self, Cause> {
        let head = Head::read(&mut reader);
        let (kind, head) = head.kind(hint, |error| fault(error, None))?;
        let whole = head.chain(reader);
        let Kind::Packed(packing) = kind else {
            return Ok(Self { kind, packing: None, reader: Box::new(whole) });
        };
        let whole = BufReader::with_capacity(1 << 16, whole);
        let mut unpacked: Box<dyn Read + 'r> = match packing {
            Packing::Gzip => Box::new(MultiGzDecoder::new(whole)),
            Packing::Zstd => Box::new(zstd::Unpacked::new(whole)),
        };
        let head = Head::read(&mut unpacked);
        let (kind, head) = head.kind(hint, |error| fault(error, Some(packing)))?;
        if matches!(kind, Kind::Packed(_)) {
            return Err(Cause::Nested {});
        }
        Ok(Self { kind, packing: Some(packing), reader: Box::new(head.chain(unpacked)) })
    }

    /// The bytes, if they are no more than the limit for what this is. `size` is what is known beforehand.
    pub(crate) fn bytes(
        self,
        (limit, what, flag): (u64, &'static str, &'static str),
        size: Option<u64>,
        fault: Fault<'_>,
    ) -> Result<Vec<u8>, Cause> {
        let too_large = |size| Cause::TooLarge { size, limit, what, flag };
        let known = size.filter(|_| self.packing.is_none());
        if known.is_some_and(|size| size > limit) {
            return Err(too_large(known));
        }
        let mut bytes = Vec::new();
        let most = limit.saturating_add(1);
        self.reader.take(most).read_to_end(&mut bytes).map_err(|error| fault(error, self.packing))?;
        if bytes.len() as u64 > limit { Err(too_large(None)) } else { Ok(bytes) }
    }
}

/// The first bytes of a document, to be read again, and the error that came after them, if one did: what came
/// before it is still good for an archive.
struct Head {
    bytes: Cursor<Vec<u8>>,
    error: Option<io::Error>,
}

impl Head {
    fn read(reader: &mut impl Read) -> Self {
        let mut bytes = Vec::with_capacity(HEAD);
        let error = reader.take(HEAD as u64).read_to_end(&mut bytes).err();
        Self { bytes: Cursor::new(bytes), error }
    }

    fn kind(mut self, hint: Option<Kind>, fault: impl Fn(io::Error) -> Cause) -> Result<(Kind, Self), Cause> {
        match Kind::of(self.bytes.get_ref(), hint) {
            Ok(kind) => Ok((kind, self)),
            Err(cause) => Err(self.error.take().map_or(cause, fault)),
        }
    }
}

impl Read for Head {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.bytes.read(buffer)? {
            0 if !buffer.is_empty() => self.error.take().map_or(Ok(0), Err),
            read => Ok(read),
        }
    }
}
