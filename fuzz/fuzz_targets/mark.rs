//! Any text can be marked, and every span stands on character boundaries.
#![no_main]

use libfuzzer_sys::fuzz_target;

use language::{dates, names, numbers, quotations, sentences, words};

fuzz_target!(|text: &str| {
    let anchor = "2026-03-11".parse().ok();
    let mut spans: Vec<language::Span> = sentences::sentences(text, "en");
    spans.extend(words::words(text).iter().map(|word| word.span));
    spans.extend(dates::dates(text, anchor).iter().map(|mark| mark.span));
    spans.extend(numbers::numbers(text).iter().map(|mark| mark.span));
    spans.extend(names::names(text).iter().map(|name| name.span));
    spans.extend(quotations::quotations(text).iter().map(|quote| quote.span));
    for span in spans {
        let _ = span.of(text);
    }
});
