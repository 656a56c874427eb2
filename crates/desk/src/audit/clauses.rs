//! The clauses of a sentence: a sentence half of which stands in its source is supported in part.

use std::sync::LazyLock;

use language::Span;
use language::words::words;
use regex::Regex;

use super::quotes;

/// A shorter piece says too little to be judged alone.
const WORDS: usize = 4;

/// How many seams are cut; each clause is judged by itself.
const SEAMS: usize = 20;

static SEAM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:;|, (?:and|but|while|whereas|although|though|yet)) ")
        .expect("the pattern is constant and valid")
});

/// The clauses that can be judged alone; fewer than two where the sentence is one piece. Nothing is cut inside
/// quotation marks.
pub(super) fn clauses(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut quoted = quotes::openness(text);
    for seam in SEAM.find_iter(text).take(SEAMS) {
        if !quoted(seam.start()) {
            out.push(Span::new(from, seam.start()));
            from = seam.end();
        }
    }
    out.push(Span::new(from, text.len()));
    if out.iter().any(|clause| words(clause.of(text)).len() < WORDS) {
        out.clear();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_part_at_their_seams() {
        for (text, expected) in [
            ("The bridge closed on Friday, and the mayor left the town.", 2),
            ("The bridge closed, and the mayor left.", 0),
            ("“The bridge is closed now, and we will go home,” she said.", 1),
            ("The bridge closed on Friday.", 1),
        ] {
            assert_eq!(clauses(text).len(), expected, "{text}");
        }
    }
}
