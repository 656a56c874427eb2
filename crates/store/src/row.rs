//! Small things that all tables need: reading a row by column names, cleaning text at intake, packing long texts.

use std::borrow::Cow;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use sqlx::any::AnyRow;
use sqlx::{Any, Decode, Row as _, Type};

use crate::{Error, Result};

/// What a packed text may unpack to at most: more than any article or receipt has.
const UNPACKED_LIMIT: u64 = 64 << 20;

/// A column of a row.
pub(crate) fn get<'r, T: Decode<'r, Any> + Type<Any>>(row: &'r AnyRow, column: &str) -> Result<T> {
    Ok(row.try_get(column)?)
}

/// A column that holds a flag.
pub(crate) fn flag(row: &AnyRow, column: &str) -> Result<bool> {
    Ok(get::<i64>(row, column)? != 0)
}

/// A column that holds a packed text.
pub(crate) fn packed(row: &AnyRow, column: &str, what: &str) -> Result<String> {
    unpack(&get::<Vec<u8>>(row, column)?, what)
}

/// A text without U+0000, which PostgreSQL can't hold.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "")) } else { Cow::Borrowed(text) }
}

/// The same of a text that may be missing.
pub(crate) fn clean_some(text: Option<&str>) -> Option<String> {
    text.map(|text| clean(text).into_owned())
}

/// A text in fewer bytes.
pub(crate) fn pack(text: &str) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(text.len() / 2), Compression::default());
    encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish())
        .expect("writing to memory does not fail")
}

/// The text that was packed.
pub(crate) fn unpack(bytes: &[u8], what: &str) -> Result<String> {
    let mut text = String::with_capacity(bytes.len() * 3);
    match DeflateDecoder::new(bytes).take(UNPACKED_LIMIT).read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(cause) => Err(corrupt(what, cause)),
    }
}

/// The error for a row that this program never writes.
pub(crate) fn corrupt(what: &str, cause: impl ToString) -> Error {
    Error::Corrupt { what: what.to_owned(), cause: cause.to_string() }
}

/// Gives a closed enum the names under which the tables know it.
macro_rules! names {
    ($kind:ty { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $kind {
            /// The name used in tables and records.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What a column says.
            pub(crate) fn read(row: &sqlx::any::AnyRow, column: &str) -> $crate::Result<Self> {
                let name: String = $crate::row::get(row, column)?;
                match name.as_str() {
                    $($name => Ok(Self::$variant),)+
                    _ => Err($crate::row::corrupt(&format!("the column {column}"), format!("it says {name:?}"))),
                }
            }
        }
    };
}
pub(crate) use names;
