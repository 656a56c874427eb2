//! Quotations letter by letter: what stands between quotation marks must stand in the source.

use language::Span;

use super::finding::{Code, Finding};

/// Quotations of one claim that are looked up.
const MOST: usize = 8;

/// The parts of the claim in quotation marks that are long enough to be somebody's words.
pub(super) fn quoted(claim: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in claim.char_indices() {
        match (c, open) {
            ('“' | '«', _) => open = Some(at + c.len_utf8()),
            ('"', None) => open = Some(at + 1),
            ('"' | '”' | '»', Some(start)) => {
                out.push(Span::new(start, at));
                open = None;
            }
            _ => {}
        }
    }
    out.retain(|span| span.of(claim).split_whitespace().count() >= 3);
    out.truncate(MOST);
    out
}

/// Letters and digits in lower case, single spaces between: texts that differ only in how they were set come out
/// equal.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in language::hygiene::compare(text).text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if c != '\'' && !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Checks every quotation of the claim against the whole evidence; one finding for each that is not there.
pub(super) fn check(claim: &str, evidence: &[&str]) -> (usize, Vec<Finding>) {
    let spans = quoted(claim);
    if spans.is_empty() {
        return (0, Vec::new());
    }
    let source = format!(" {} ", plain(&evidence.join(" ")));
    let mut out = Vec::new();
    for span in &spans {
        for part in span.of(claim).split(['…', '[', ']']).flat_map(|part| part.split("...")) {
            let words = plain(part);
            let count = words.split(' ').count();
            if count < 2 || source.contains(&format!(" {words} ")) {
                continue;
            }
            let near = nearest(&words, evidence);
            out.push(match near {
                Some(sentence) => Finding::new(
                    Code::QuoteAltered,
                    Some(*span),
                    format!("the claim quotes “{}”; the source has: {}", part.trim(), clip(sentence)),
                ),
                None => Finding::new(
                    Code::QuoteMissing,
                    Some(*span),
                    format!("the words “{}” stand nowhere in the source", part.trim()),
                ),
            });
            break;
        }
    }
    (spans.len(), out)
}

/// The sentence that holds at least six tenths of the words of a quotation.
fn nearest<'a>(words: &str, evidence: &[&'a str]) -> Option<&'a str> {
    let wanted: Vec<&str> = words.split(' ').collect();
    let mut best = (0.6, None);
    for passage in evidence {
        for span in language::sentences::sentences(passage, "en") {
            let sentence = span.of(passage);
            let plain = plain(sentence);
            let has: std::collections::BTreeSet<&str> = plain.split(' ').collect();
            let share = wanted.iter().filter(|w| has.contains(*w)).count() as f64 / wanted.len() as f64;
            if share > best.0 {
                best = (share, Some(sentence));
            }
        }
    }
    best.1
}

/// A sentence cut to a length that a note can bear.
pub(super) fn clip(text: &str) -> String {
    const MOST: usize = 160;
    let text = text.trim();
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("“{}…”", text[..at].trim_end()),
        None => format!("“{text}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_quote(claim: &str, source: &str, expected: &[Code]) {
        let codes: Vec<Code> = check(claim, &[source]).1.into_iter().map(|f| f.code).collect();
        assert_eq!(codes, expected, "{claim}");
    }

    #[test]
    fn quotations_are_compared_letter_by_letter() {
        let source = "“We won’t close the tram depot this year,” Mayor Ada Quill said.";
        check_quote("Quill said: \"We won't close the tram depot\".", source, &[]);
        check_quote("Quill said: \"We will close the tram depot\".", source, &[Code::QuoteAltered]);
        check_quote("Quill said: \"Nobody reads budgets\".", source, &[Code::QuoteMissing]);
        check_quote("Quill said: «We won’t close the tram depot».", source, &[]);
        let set = "“We won\u{2019}t clo\u{ad}se the tram de\u{200b}pot at Cafe\u{301} Noir,” Quill said.";
        check_quote("Quill said: \"We won't close the tram depot at Café Noir\".", set, &[]);
    }
}
