//! Any bytes on standard input are documents or refusals, without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut input = bytes;
    let limits = fetch::Limits { page_bytes: 1 << 20, feed_bytes: 1 << 20, records_bytes: 1 << 20, ..Default::default() };
    let _ = fetch::documents("-", &limits, &mut input, &mut |_| {});
});
