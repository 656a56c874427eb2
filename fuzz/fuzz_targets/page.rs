//! Any bytes are read as a page, without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (page, _) = desk::read::page::read(bytes, Some("https://outlet.example/a"));
    let families = desk::families::Families::starter();
    let _ = desk::read::record::from_page(page, None, None, &families);
});
