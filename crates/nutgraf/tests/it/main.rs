//! The program from outside, as a user meets it: what it prints, what it says, and how it ends.
//!
//! A case is one line in a language of its own: `run(&["digest", "nope.html"]).code(3).err("no such file")`.
//! No test needs the internet.

mod browser;
mod command;
mod input;
mod place;
mod purity;
mod readme;
mod receipt_stranger;
mod refusals;
