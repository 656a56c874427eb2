//! The readers' site as a reader meets it: addresses asked of the whole router, on a store filled from the
//! repository's invented stories and with the most hostile words an outlet can send.

mod asked;
mod feeds;
mod hidden;
mod hostile;
mod markup;
mod pace;
mod pages;
mod seed;
mod warm;
