//! Any text can be marked, and every span stands on character boundaries.
#![no_main]

use libfuzzer_sys::fuzz_target;

use language::{Span, dates, hygiene, names, numbers, quotations, sentences, words};

fuzz_target!(|text: &str| {
    let anchor = "2026-03-11".parse().ok();
    let mut spans: Vec<Span> = sentences::sentences(text, "en");
    spans.extend(sentences::sentences(text, "de"));
    spans.extend(words::words(text).iter().map(|word| word.span));
    spans.extend(words::content(text, "en").iter().map(|(span, _)| *span));
    spans.extend(names::names(text).iter().flat_map(|name| [Some(name.span), name.title]).flatten());
    for mark in dates::dates(text, anchor) {
        spans.push(mark.span);
        spans.extend(anchor.and_then(|anchor| dates::absolute(text, &mark, anchor)).map(|(span, _)| span));
    }
    for mark in numbers::numbers(text) {
        spans.extend([Some(mark.span), mark.noun].into_iter().flatten());
    }
    spans.extend(numbers::quantities(text).iter().map(|quantity| quantity.span));
    for quote in quotations::quotations(text) {
        spans.extend([Some(quote.span), quote.speaker, quote.mention, quote.cue].into_iter().flatten());
    }
    let pairs = hygiene::pairs::pairs(text);
    spans.extend(pairs.pairs.iter().flat_map(|pair| [Some(pair.open), pair.close]).flatten());
    spans.extend(pairs.faults.iter().map(|(span, _)| *span));
    for span in spans {
        let _ = span.of(text);
    }
});
