//! Text that means ill: every mark of it takes time in proportion, and every span stands on character boundaries.

use std::time::{Duration, Instant};

use language::{Span, dates, grammar, hygiene, names, numbers, quotations, sentences, words};

/// What is repeated without end.
const UNITS: &[&str] = &[
    "1 ",
    "\"",
    "“",
    "a ",
    "Mr. ",
    "(",
    "- ",
    "12 ",
    "1,",
    "million ",
    "January ",
    "last ",
    "Monday, ",
    "... ",
    "A.B.",
    "“a”, ",
    "x",
    "渡し船",
    "e\u{301}",
    "“a” \"b\" ‘c’ ",
    "he said “",
    "He said. ",
    "said ",
    "said, ",
    "1. ",
    "a. ",
    ". . . . A",
    "[5] ",
    ".[5]",
    "A ",
    "A of ",
    " ",
    "\u{a0}",
    "\n",
    "May ",
    "May 3 ",
    "1-",
    "one ",
    "one and ",
    "half ",
    "half a ",
    "$",
    "A.",
    "?",
    "」",
    "’",
    "1.1",
    "said that ",
    "really ",
    "according to ",
    ", said A ",
    "2016 ",
    "the first anniversary of ",
    "said “A” ",
    "A: b ",
    "more than ",
    "\u{200d}",
    "12:",
    "from 3 to ",
    "between ",
    "two days ",
    "“a\n",
    "said A, ",
    "A, b, ",
    "A,\na",
    "‘a ",
    "14:30 ",
    "fiscal ",
    "FY2025 ",
    "one in ",
    "°C ",
    "“He said ‘a’ ",
    "«",
    "„a“ ",
    "‘a,’ ",
    "'a ",
];

/// What stands before it, as long again.
const HEADS: &[&str] = &[" ", ", ", "\n", "(", "“", "A"];
const TAILS: &[&str] =
    &["A: and so it went on\n", "a,\na", ", said A", "said A that b c d ", "1. ", "May 3 ", "A. "];

const LONG: usize = 1 << 16;
/// What is done in less is not looked at twice.
const QUICK: Duration = Duration::from_millis(100);
const SLOW: Duration = Duration::from_secs(2);

/// The spans that a mark finds.
type Marks = fn(&str) -> Vec<Span>;

const MARKS: &[(&str, Marks)] = &[
    ("sentences", |text| sentences::sentences(text, "en")),
    ("words", |text| words::words(text).iter().map(|word| word.span).collect()),
    ("content", |text| words::content(text, "en").iter().map(|(span, _)| *span).collect()),
    ("dates", |text| dates::dates(text, "2026-03-11".parse().ok()).iter().map(|mark| mark.span).collect()),
    ("numbers", |text| numbers::quantities(text).iter().map(|found| found.span).collect()),
    ("names", |text| names::names(text).iter().map(|name| name.span).collect()),
    ("quotations", |text| {
        let found = quotations::quotations(text);
        found.iter().flat_map(|quote| [Some(quote.span), quote.speaker, quote.cue]).flatten().collect()
    }),
    ("pairs", |text| hygiene::pairs::pairs(text).pairs.iter().map(|pair| pair.open).collect()),
];

fn time(mark: Marks, text: &str) -> Duration {
    let begun = Instant::now();
    for span in mark(text) {
        assert!(text.get(span.start..span.end).is_some(), "{span:?} cuts a character");
    }
    begun.elapsed()
}

/// Four times the text may take some more than four times as long, never sixteen times. The machine may be busy
/// with something else: what holds once holds.
fn is_linear(mark: Marks, whole: &str, quarter: &str) -> bool {
    (0..4).any(|_| {
        let long = time(mark, whole);
        long < QUICK || (long < SLOW && long < time(mark, quarter) * 10)
    })
}

fn check(name: &str, text: impl Fn(usize) -> String) {
    let (whole, quarter) = (text(LONG), text(LONG / 4));
    for (kind, mark) in MARKS {
        assert!(is_linear(*mark, &whole, &quarter), "{kind} of {name} take too long");
    }
}

#[test]
fn one_thing_without_end_is_marked_in_time() {
    for unit in UNITS {
        check(&format!("{unit:?}"), |length| unit.repeat(length / unit.len()));
    }
}

#[test]
fn one_thing_behind_another_is_marked_in_time() {
    for head in HEADS {
        for tail in TAILS {
            check(&format!("{head:?} and {tail:?}"), |length| {
                head.repeat(length / head.len()) + "Lind was there, " + &tail.repeat(length / tail.len())
            });
        }
    }
}

/// Pieces at whose edges the marks look.
const PIECES: &[&str] = &[
    "é",
    "°",
    " °C",
    "-",
    "−",
    "minus ",
    "one in ",
    "out of ",
    "tens of ",
    "thousands",
    "\u{a0}",
    "’",
    "‘",
    "'",
    "”",
    "»",
    "of ",
    " and ",
    "to ",
    "FY",
    "24",
    "between ",
    "the 3rd anniversary",
    " of May 3, 2020",
    "Lind ",
    "a dit ",
    "sagte ",
    "so-called ",
    ".",
    ",",
    ":",
    "…",
    "\u{301}",
    "😀",
    "years old",
    "-year-old",
];

#[test]
fn what_stands_beside_what_does_no_harm() {
    let pieces: Vec<&str> = UNITS.iter().chain(PIECES).copied().collect();
    // The numbers of Lehmer's generator: the same in every run.
    let mut seed: u64 = 20_260_311;
    let mut next = |below: usize| {
        seed = seed * 48_271 % 0x7fff_ffff;
        usize::try_from(seed).map_or(0, |number| number % below)
    };
    for _ in 0..4000 {
        let text: String = (0..=next(9)).map(|_| pieces[next(pieces.len())]).collect();
        for (_, mark) in MARKS {
            time(*mark, &text);
        }
        let anchor = jiff::civil::date(2026, 3, 11);
        for mark in dates::dates(&text, Some(anchor)) {
            let written = dates::absolute(&text, &mark, anchor);
            assert!(written.is_none_or(|(span, _)| text.get(span.start..span.end).is_some()), "{text}");
        }
    }
}

/// With the trees at hand, quotations take time in proportion too.
#[test]
fn speech_in_trees_is_found_in_time() {
    for unit in
        ["said that ", "“a” said ", ", he said, ", "Ada, who said ", "according to ", "told A that b "]
    {
        let found = |length: usize| {
            let text = unit.repeat(length / unit.len());
            let trees = grammar::read(grammar::Model::english(), &text);
            let begun = Instant::now();
            let found = quotations::read(&text, &trees);
            assert!(found.iter().all(|quote| text.get(quote.span.start..quote.span.end).is_some()), "{unit}");
            begun.elapsed()
        };
        let is_linear = (0..4).any(|_| {
            let long = found(LONG / 4);
            long < QUICK || (long < SLOW && long < found(LONG / 16) * 10)
        });
        assert!(is_linear, "speech of {unit} takes too long");
    }
}
