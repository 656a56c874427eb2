//! The reference list: what a mark in a digest leads to, in the styles that writers use.

pub mod export;
pub mod marks;
pub mod parse;
mod repair;
mod sheet;
pub mod source;
pub mod style;

pub use export::{bibtex, csl, ris};
pub use marks::Marks;
pub use parse::{Parsed, parse_reference};
pub use source::{Author, Source};
pub use style::{Part, Style, reference, reference_parts};
pub use language::title::title_case;

use serde_json::{Value, json};

/// Reads an item of CSL-JSON, or a record `{csl, accessed?}` around one.
#[must_use]
pub fn from_csl(record: &Value) -> Source {
    Source::from_csl(record)
}

/// The output record of the `cite` command: the entry without and with the day of access.
#[must_use]
pub fn record(source: &Source, style: Style) -> Value {
    let bare = Source { accessed: None, ..source.clone() };
    json!({"id": source.id, "text": reference(&bare, style), "text_accessed": reference(source, style)})
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Strings of the characters that mean something to any part of the stage, in a fixed order that looks
    /// like chance.
    fn odd(seed: &mut u64) -> String {
        const BITS: [&str; 32] = [
            "'",
            "\"",
            "“",
            "”",
            "‘",
            "’",
            " ",
            ".",
            ",",
            "?",
            ":",
            "-",
            "(",
            ")",
            "[",
            "]",
            "http://",
            "a",
            "The",
            "van",
            "Jr.",
            "é",
            "\u{301}",
            "日",
            "1",
            "2026",
            "Mar",
            "\u{e000}",
            "\u{e001}",
            "\\",
            "{",
            "Accessed ",
        ];
        let mut next = |below: u64| {
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((*seed >> 33) % below).expect("a remainder is small")
        };
        (0..next(12)).map(|_| BITS[next(32)]).collect()
    }

    #[test]
    fn no_input_breaks_the_stage() {
        let mut seed = 7;
        for round in 0..300_i16 {
            let source = Source {
                id: odd(&mut seed),
                title: odd(&mut seed),
                outlet: odd(&mut seed),
                authors: (0..round % 5).filter_map(|_| Author::from_name(&odd(&mut seed))).collect(),
                published: jiff::civil::Date::new(round * 66 - 9999, 2, 3).ok(),
                url: Some(odd(&mut seed)),
                accessed: None,
            };
            for style in Style::ALL {
                let _ = parse_reference(&reference(&source, style));
            }
            let list = [source.clone(), source];
            let _ = (bibtex(&list), ris(&list), from_csl(&csl(&list)[0]));
            let _ = (title_case(&odd(&mut seed)), parse_reference(&odd(&mut seed)));
        }
    }

    #[test]
    fn long_input_takes_time_in_proportion() {
        for bit in ["'", "\" ", ")", "a ", ". ", "-", "“a”", "(http://a)", "[", "1 "] {
            let text = bit.repeat(100_000);
            let source = Source { title: text.clone(), outlet: text.clone(), ..Source::default() };
            let _ = (reference(&source, Style::Mla), title_case(&text), Author::from_name(&text));
            let _ = (parse_reference(&text), parse_reference(&format!("http://a{text}")), bibtex(&[source]));
        }
    }
}
