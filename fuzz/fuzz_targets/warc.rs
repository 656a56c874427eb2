//! Any bytes behind the beginning of a web archive, plain and as Zstandard, are pages or refusals, without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

const HEAD: &[u8] = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://outlet.example/\r\n";
const FRAME: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

fuzz_target!(|bytes: &[u8]| {
    let limits = fetch::Limits { page_bytes: 1 << 20, feed_bytes: 1 << 20, records_bytes: 1 << 20, ..Default::default() };
    for head in [HEAD, FRAME] {
        let whole = [head, bytes].concat();
        let _ = fetch::documents("-", &limits, &mut &whole[..], &mut |_| {});
    }
});
