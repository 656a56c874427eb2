//! Any text can be cleaned; every character of the result is found in the source and found again from there.
#![no_main]

use libfuzzer_sys::fuzz_target;

use language::Span;
use language::hygiene::{clean, clean_lines, compare, pairs};

fuzz_target!(|text: &str| {
    for make in [clean, clean_lines, compare] {
        let cleaned = make(text);
        for (at, c) in cleaned.text.char_indices() {
            let span = Span::new(at, at + c.len_utf8());
            let there = cleaned.map.source(span);
            assert!(!there.of(text).is_empty(), "a character came from nowhere");
            assert!(cleaned.map.clean(there).contains(span), "a character was not found again");
        }
        for (at, c) in text.char_indices() {
            let _ = cleaned.map.clean(Span::new(at, at + c.len_utf8())).of(&cleaned.text);
        }
    }
    for pair in pairs::pairs(text).pairs {
        assert!(pair.close.is_none_or(|close| pair.open.end <= close.start));
    }
});
