//! One file a command: what was asked for, turned into calls of the stages, and printed.

pub(crate) mod audit;
pub(crate) mod check;
mod check_feeds;
pub(crate) mod cite;
pub(crate) mod config;
pub(crate) mod digest;
pub(crate) mod feed;
pub(crate) mod feeds;
mod finding;
pub(crate) mod group;
pub(crate) mod keep;
pub(crate) mod mark;
mod office;
pub(crate) mod password;
pub(crate) mod read;
pub(crate) mod receipt;
pub(crate) mod serve;
mod starter;
