//! One file a command: what was asked for, turned into calls of the stages, and printed.

pub(crate) mod audit;
pub(crate) mod check;
pub(crate) mod cite;
pub(crate) mod digest;
pub(crate) mod feed;
pub(crate) mod group;
pub(crate) mod mark;
pub(crate) mod read;
pub(crate) mod receipt;
