//! What a text says of itself: sentences, words, dates, numbers, quotations, names.
//!
//! Everything here is pure: text in, values out; no clock, no files, no environment. Spans are byte ranges
//! of the text given; [`text::CodePoints`] turns them into the code points that records and receipts count.

pub mod calendar;
pub mod dates;
pub mod grammar;
pub mod hygiene;
pub mod names;
pub mod numbers;
pub mod numerals;
pub mod quotations;
pub mod sentences;
pub mod text;
pub mod title;
pub mod tongue;
pub mod words;

pub use text::Span;
