//! The editorial work, from an article's bytes to a checked and cited digest.
//!
//! The folders are the stages, in the order of the working day: `read` → `group` → `write` → `verify` →
//! `cite`. A stage takes values and gives a new value and never uses a later one; what stands above the
//! stages ([`edit`], [`receipt`], [`change`], [`audit`]) runs them. Nothing here opens a file, a socket or a clock.

mod address;
pub mod article;
pub mod families;
pub mod stamp;

pub mod cite;
pub mod group;
pub mod read;
pub mod verify;
pub mod write;

pub mod audit;
pub mod change;
pub mod edit;
pub mod print;
pub mod receipt;
pub mod section;
