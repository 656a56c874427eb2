//! Any bytes are a mail with articles in it or without, and any mailbox is parted into mails, without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let families = desk::families::Families::default();
    let _ = desk::read::mail::looks_like_mail(bytes);
    let _ = desk::read::mail::read(bytes, &families);
    let mailbox = [b"From a@b.example Tue Mar 10 09:00:00 2026\nFrom: a\nDate: b\n", bytes].concat();
    let limits = fetch::Limits { page_bytes: 1 << 20, ..Default::default() };
    let _ = fetch::documents("-", &limits, &mut &mailbox[..], &mut |_| {});
});
