//! Bytes → [`Article`](crate::article::Article): pages, feeds and records.

pub mod page;
pub mod feed;
pub mod record;
