//! What a text says of itself: sentences, words, dates, numbers, quotations, names.
//!
//! Everything here is pure: text in, values out; no clock, no files, no environment. Spans are byte ranges
//! of the text given; [`text::CodePoints`] turns them into the code points that records and receipts count.

pub mod text;
pub mod sentences;
pub mod words;
pub mod dates;
pub mod numbers;
pub mod quotations;
pub mod names;
pub mod title;
pub mod tongue;

pub use text::Span;
