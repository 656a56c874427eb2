//! Bytes → [`Article`](crate::article::Article): pages, feeds, mails and records.

pub mod apart;
pub mod credit;
pub mod discover;
pub mod feed;
pub mod mail;
pub mod page;
pub mod parts;
pub mod places;
pub mod record;
