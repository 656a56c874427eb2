//! A form of a text for comparing quotations: what typesetting alone decides is made equal.

use super::map::Map;
use super::{Cleaned, Step, clean};
use crate::Span;

/// The form in which two texts are equal when they differ only in how they were set: clean, quotation marks and
/// apostrophes straight, hyphens and dashes one sign, `…` three points, ligatures and full-width letters plain, joiners
/// and selectors out. Case and punctuation stay. It is for looking up, never for keeping: its map leads to the source.
#[must_use]
pub fn compare(source: &str) -> Cleaned {
    let first = clean(source);
    let Some(folded) = fold(&first.text) else { return first };
    let map = first.map.then(&folded.map);
    // A plain letter may join a mark that the full-width one did not.
    let last = clean(&folded.text);
    Cleaned { map: map.then(&last.map), text: last.text, tally: first.tally }
}

/// The text with every sign in its plain form; nothing where all are.
fn fold(text: &str) -> Option<Step> {
    if text.is_ascii() && !text.contains("''") && !text.contains('`') {
        return None;
    }
    let mut out = Step { text: String::with_capacity(text.len()), map: Map::default() };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        let start = out.text.len();
        match plain(c) {
            // Two single ones are how a typewriter, and some wires, make a double one.
            Some("'") if chars.peek().is_some_and(|(_, next)| plain(*next) == Some("'")) => {
                chars.next().inspect(|(at, next)| end = at + next.len_utf8());
                out.text.push('"');
            }
            Some(plain) => out.text.push_str(plain),
            None if ('\u{ff01}'..='\u{ff5e}').contains(&c) => out.text.push(narrow(c)),
            None => out.text.push(c),
        }
        let same = out.text[start..] == text[at..end];
        out.map.push(Span::new(at, end), out.text.len() - start, same);
    }
    out.map.finish(text.len());
    Some(out)
}

/// The ASCII character that a full-width one is.
fn narrow(c: char) -> char {
    u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c)
}

fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‶' | '〝' | '〞' | '〟' | '＂' | '「' | '」' | '『'
        | '』' => "\"",
        '\'' | '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '‵' | '´' | '`' | 'ʼ' | 'ʻ' | '＇' | '｀' => {
            "'"
        }
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' => "-",
        '…' => "...",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        '\u{200c}'
        | '\u{200d}'
        | '\u{180b}'..='\u{180f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}' => "",
        _ => return None,
    })
}
