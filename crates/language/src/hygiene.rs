//! Clean text with the way back to its source.
//!
//! Publishers' texts carry what no reader sees: soft hyphens, zero-width characters, marks of direction, content
//! credentials spelled in variation selectors, bytes once read in the wrong encoding. They break the comparison of
//! quotations and the count of characters. [`clean`] takes them out, counts them by kind, and keeps a [`Map`], so that
//! a span of the clean text can be found in the source and the other way round. What a script needs stays: joiners
//! inside Arabic and Indic words, the parts of an emoji, the selector of an ideograph.
//!
//! The text is brought to Unicode's composed form (NFC). Quotation marks stay as they were printed: [`pairs`] says which
//! belong together, and only [`compare`] makes a form in which typographic and straight marks are equal.

mod compare;
mod fate;
mod map;
mod mojibake;
mod normal;
pub mod pairs;
mod tally;

#[cfg(test)]
mod tests;

pub use compare::compare;
pub use map::Map;
pub use tally::{Kind, Tally};

/// How often text that was misread several times over is looked at again.
const LAYERS: usize = 8;

/// A text made clean, the way back to where it came from, and what was done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// The clean text.
    pub text: String,
    /// From spans of the clean text to spans of the source and back, in bytes.
    pub map: Map,
    /// What was taken out or changed, by kind.
    pub tally: Tally,
}

/// What becomes of line breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Breaks {
    /// They are white space like any other.
    Joined,
    /// One stays one, two or more become an empty line.
    Kept,
}

/// Whether letters are composed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letters {
    Composed,
    AsWritten,
}

/// How a text is cleaned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Manner {
    breaks: Breaks,
    letters: Letters,
}

/// One paragraph made clean: invisible characters out, white space single and none at the ends, misread bytes repaired
/// where that is certain, composed form. Cleaning what is clean changes nothing.
#[must_use]
pub fn clean(source: &str) -> Cleaned {
    layered(source, Manner { breaks: Breaks::Joined, letters: Letters::Composed })
}

/// The same for a text of several lines: a line break stays one, and two or more become an empty line.
#[must_use]
pub fn clean_lines(source: &str) -> Cleaned {
    layered(source, Manner { breaks: Breaks::Kept, letters: Letters::Composed })
}

/// The same as [`clean`], with letters and marks left as the publisher wrote them, composed or not.
#[must_use]
pub fn visible(source: &str) -> Cleaned {
    layered(source, Manner { breaks: Breaks::Joined, letters: Letters::AsWritten })
}

/// Whether the character has no width and says nothing outside of the scripts and emoji that are written with it.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    fate::invisible(c).is_some()
}

fn layered(source: &str, manner: Manner) -> Cleaned {
    // Most paragraphs are clean as they come.
    if normal::run(source.as_bytes()) == source.len() {
        return Cleaned { text: source.to_owned(), map: Map::same(source.len()), tally: Tally::default() };
    }
    let mut tally = Tally::default();
    let mut done = pass(source, manner, &mut tally);
    // What was taken out may have stood between the parts of a misread character.
    for _ in 0..LAYERS {
        if !mojibake::is_certain(&done.text) {
            break;
        }
        let again = pass(&done.text, manner, &mut tally);
        done = Step { map: done.map.then(&again.map), text: again.text };
    }
    tally.add(Kind::Suspect, mojibake::suspects(&done.text));
    tally.add(Kind::Lost, done.text.matches('\u{fffd}').count());
    Cleaned { text: done.text, map: done.map, tally }
}

/// A text and the way back to the one it was made from.
struct Step {
    text: String,
    map: Map,
}

fn pass(source: &str, manner: Manner, tally: &mut Tally) -> Step {
    let mut repaired: Option<Step> = None;
    for _ in 0..LAYERS {
        let text = repaired.as_ref().map_or(source, |step| step.text.as_str());
        let Some(next) = mojibake::repair(text, tally) else { break };
        repaired = Some(match repaired {
            Some(step) => Step { map: step.map.then(&next.map), text: next.text },
            None => next,
        });
    }
    match repaired {
        Some(step) => {
            let plain = normal::normal(&step.text, manner, tally);
            Step { map: step.map.then(&plain.map), text: plain.text }
        }
        None => normal::normal(source, manner, tally),
    }
}
