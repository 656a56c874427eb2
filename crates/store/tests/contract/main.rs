//! One contract, held to by both databases: every test runs on SQLite, and on a PostgreSQL that the tests start.

#![expect(clippy::unwrap_used, reason = "a test that panics says where")]
#![expect(clippy::print_stdout, reason = "what is skipped and measured is told to who runs the tests")]

mod articles;
mod comments;
mod desk;
mod digests;
mod feeds;
mod figures;
mod jobs;
mod migration;
mod sample;
mod search;
mod server;
mod snapshots;
mod stories;
mod way;
