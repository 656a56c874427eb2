//! The program from outside, as a user meets it: what it prints, what it says, and how it ends.
//!
//! A case is one line in a language of its own: `run(&["digest", "nope.html"]).code(3).err("no such file")`.
//! No test needs the internet.

mod archives;
mod browser;
mod command;
mod copies;
mod crash;
mod driver;
mod feeds;
mod guard;
mod input;
mod keep;
mod marking;
mod newcomer;
mod newsroom;
mod place;
mod purity;
mod readme;
mod reasons;
mod receipt_pages;
mod receipt_stranger;
mod refusals;
mod serving;
mod settings;
mod stories;
mod walk;
mod web;
