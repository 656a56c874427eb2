//! (in work)
pub mod draft;
