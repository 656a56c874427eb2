//! Unpacks Zstandard as a stream: frame after frame, with the dictionary that a web archive may begin with.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

/// The most that a frame may ask to be held in memory while it is unpacked. The highest level of the usual program
/// asks for 128 MB only when told to; archives ask for 8 MB or less.
const WINDOW: u64 = 32 << 20;
/// The most bytes of a dictionary, and of a frame that is skipped to look for one.
const DICTIONARY: u64 = 16 << 20;
/// The magic number of the frame in which an archive keeps its dictionary.
const KEPT: u32 = 0x184D_2A5D;
/// How much is unpacked at once.
const STEP: usize = 1 << 16;

/// Whether bytes begin as Zstandard does, with a frame or with one to be skipped.
pub(crate) fn is_zstd(head: &[u8]) -> bool {
    head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
        || head.get(..4).is_some_and(|head| head[0] & 0xf0 == 0x50 && head[1..] == [0x2a, 0x4d, 0x18])
}

/// Reads what was packed.
pub(crate) struct Unpacked<R> {
    packed: R,
    frame: FrameDecoder,
    /// Whether a frame has begun whose bytes are not all given.
    open: bool,
}

impl<R: BufRead> Unpacked<R> {
    pub(crate) fn new(packed: R) -> Self {
        let mut frame = FrameDecoder::new();
        frame.set_max_window_size(WINDOW);
        Self { packed, frame, open: false }
    }

    /// Begins the next frame that holds something; false at the end.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.packed.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.frame.reset(&mut self.packed) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    magic_number,
                    length,
                })) => self.skip(magic_number, u64::from(length))?,
                Err(error) => return Err(broken(error)),
            }
        }
    }

    /// Passes over a frame, and keeps the dictionary in it if it holds one.
    fn skip(&mut self, magic: u32, length: u64) -> io::Result<()> {
        let mut part = self.packed.by_ref().take(length);
        if magic != KEPT || length > DICTIONARY {
            let skipped = io::copy(&mut part, &mut io::sink())?;
            return if skipped < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) };
        }
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        if (bytes.len() as u64) < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if is_zstd(&bytes) {
            bytes = unpacked_dictionary(&bytes)?;
        }
        let dictionary = Dictionary::decode_dict(&bytes).map_err(|_| io::ErrorKind::InvalidData)?;
        self.frame.add_dict(dictionary).map_err(broken)
    }
}

/// A dictionary that is itself packed, in one frame.
fn unpacked_dictionary(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut frame = FrameDecoder::new();
    frame.set_max_window_size(WINDOW);
    let mut rest = bytes;
    frame.reset(&mut rest).map_err(broken)?;
    let mut out = Vec::new();
    while !frame.is_finished() {
        frame.decode_blocks(&mut rest, BlockDecodingStrategy::UptoBytes(STEP)).map_err(broken)?;
        frame.collect_to_writer(&mut out)?;
        if out.len() as u64 > DICTIONARY {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
    frame.collect_to_writer(&mut out)?;
    Ok(out)
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.open {
                if !self.begin()? {
                    return Ok(0);
                }
                self.open = true;
            }
            let given = self.frame.read(buffer)?;
            if given > 0 {
                return Ok(given);
            }
            if self.frame.is_finished() {
                let (said, found) =
                    (self.frame.get_checksum_from_data(), self.frame.get_calculated_checksum());
                if said.is_some() && said != found {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                self.open = false;
            } else {
                self.frame
                    .decode_blocks(&mut self.packed, BlockDecodingStrategy::UptoBytes(STEP))
                    .map_err(broken)?;
            }
        }
    }
}

/// The error of a frame: cut off where its bytes ended, else broken. It carries no error of its own, by which errors
/// of unpacking are told from those of the network.
#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn broken(error: FrameDecoderError) -> io::Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(inner) = cause {
        if inner.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::UnexpectedEof) {
            return io::ErrorKind::UnexpectedEof.into();
        }
        cause = inner.source();
    }
    io::ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn pack(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        Unpacked::new(packed).take(10 << 20).read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn frames_follow_one_another_and_some_are_skipped() {
        let skipped = [&[0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
        let long = b"rain ".repeat(100_000);
        let packed = [pack(b"one "), skipped.clone(), pack(b""), pack(&long), skipped].concat();
        assert!(is_zstd(&packed));
        assert_eq!(unpack(&packed).expect("whole"), [b"one ".to_vec(), long].concat());
        assert_eq!(unpack(b"").expect("nothing"), b"");
    }

    #[test]
    fn what_is_cut_or_broken_is_an_error() {
        let packed = pack(&b"one two three ".repeat(1000));
        for end in 1..packed.len() {
            assert!(unpack(&packed[..end]).is_err(), "{end}");
        }
        let error = |bytes: &[u8]| unpack(bytes).expect_err("broken").kind();
        assert_eq!(error(&packed[..packed.len() - 5]), io::ErrorKind::UnexpectedEof);
        assert_eq!(error(&[&packed[..], b"junk"].concat()), io::ErrorKind::InvalidData);
        assert_eq!(error(&[0x5d, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]), io::ErrorKind::InvalidData);
        // A frame that asks for a window of 2 GB.
        assert_eq!(error(&[0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0, 0, 0]), io::ErrorKind::InvalidData);
        let mut odd = packed.clone();
        for at in 0..odd.len() {
            odd[at] ^= 0x55;
            let _ = unpack(&odd);
            odd[at] ^= 0x55;
        }
    }
}
