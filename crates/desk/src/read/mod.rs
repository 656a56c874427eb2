//! Bytes → [`Article`](crate::article::Article): pages, feeds and records.

pub mod feed;
pub mod page;
pub mod parts;
pub mod record;
