//! Any bytes are a feed or are refused, and as a page name feeds or none, without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = desk::read::feed::looks_like_feed(bytes);
    let _ = desk::read::feed::parse(bytes, "https://outlet.example/");
    let _ = desk::read::discover::feeds(bytes, "https://outlet.example/");
});
