//! Any bytes are a receipt that holds or has faults, without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = desk::receipt::check(bytes);
});
