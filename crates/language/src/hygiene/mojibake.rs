//! UTF-8 that somebody read as Windows-1252: `â€™` for `’`, `Ã©` for `é`.
//!
//! Such a character shows as two to four odd ones in a row. Some of these rows nobody writes on purpose; others stand
//! in good texts (`café…”`, `AMANHÃ”`). Only the first are repaired, and those beside which the first were found.

use std::ops::Range;

use super::Step;
use super::fate::byte;
use super::map::Map;
use super::tally::{Kind, Tally};
use crate::Span;

/// A row of characters that could be one misread one.
#[derive(Clone, Copy, Debug)]
struct Row {
    span: Span,
    /// The first of them.
    lead: char,
    /// The second of them.
    second: char,
    /// What they would be.
    meant: char,
    /// What stands before them.
    before: Option<char>,
}

/// So many rows one behind the other are no chance.
const CHAIN: usize = 3;

/// Repairs what is certainly misread, one layer of it. Nothing where nothing is.
pub(super) fn repair(text: &str, tally: &mut Tally) -> Option<Step> {
    let rows = certain(text);
    if rows.is_empty() {
        return None;
    }
    tally.add(Kind::Misread, rows.len());
    let mut out = Step { text: String::with_capacity(text.len()), map: Map::default() };
    let mut done = 0;
    for row in rows {
        let good = Span::new(done, row.span.start);
        out.text.push_str(good.of(text));
        out.map.push(good, good.end - good.start, true);
        out.text.push(row.meant);
        out.map.push(row.span, row.meant.len_utf8(), false);
        done = row.span.end;
    }
    out.text.push_str(&text[done..]);
    out.map.push(Span::new(done, text.len()), text.len() - done, true);
    out.map.finish(text.len());
    Some(out)
}

/// Whether something in the text is certainly misread.
pub(super) fn is_certain(text: &str) -> bool {
    !certain(text).is_empty()
}

/// How many places look misread but are left: no good text has them often.
pub(super) fn suspects(text: &str) -> usize {
    let rows = rows(text);
    let doubtful = rows.iter().filter(|row| matches!(row.lead, 'Â' | 'Ã')).count();
    // The third part of a closing quotation mark is a character that many programs drop.
    let torn =
        text.match_indices("â€").filter(|(at, _)| !rows.iter().any(|row| row.span.start == *at)).count();
    doubtful + torn
}

fn certain(text: &str) -> Vec<Row> {
    let all = rows(text);
    if all.is_empty() {
        return all;
    }
    let mut sure: Vec<bool> = all.iter().map(is_sure).collect();
    for chain in chains(&all).into_iter().filter(|chain| chain.len() >= CHAIN) {
        sure[chain].fill(true);
    }
    let evidence = sure.contains(&true);
    let also = |row: &Row| evidence && matches!(row.lead, 'Â' | 'Ã');
    all.into_iter().zip(sure).filter(|(row, sure)| *sure || also(row)).map(|(row, _)| row).collect()
}

/// Rows that follow each other without anything between.
fn chains(rows: &[Row]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        match out.last_mut().filter(|_| at > 0 && rows[at - 1].span.end == row.span.start) {
            Some(chain) => chain.end = at + 1,
            None => out.push(at..at + 1),
        }
    }
    out
}

/// All rows, from left to right.
fn rows(text: &str) -> Vec<Row> {
    let mut out = Vec::new();
    // With this byte each lead begins in UTF-8.
    if !text.as_bytes().contains(&0xc3) {
        return out;
    }
    let mut before = None;
    let mut chars = text.char_indices();
    while let Some((at, lead)) = chars.next() {
        let row = if ('\u{c2}'..='\u{f4}').contains(&lead) { row(text, at, lead, before) } else { None };
        before = Some(lead);
        if let Some(row) = row {
            while chars.as_str().len() > text.len() - row.span.end {
                before = chars.next().map(|(_, c)| c);
            }
            out.push(row);
        }
    }
    out
}

fn row(text: &str, at: usize, lead: char, before: Option<char>) -> Option<Row> {
    let first = byte(lead)?;
    let more = match first {
        0xc2..=0xdf => 1,
        0xe0..=0xef => 2,
        _ => 3,
    };
    let mut bytes = [first, 0, 0, 0];
    let mut end = at + lead.len_utf8();
    let mut rest = text[end..].chars();
    let second = rest.clone().next()?;
    for place in bytes.get_mut(1..=more)? {
        let c = rest.next()?;
        *place = byte(c).filter(|byte| (0x80..=0xbf).contains(byte))?;
        end += c.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes[..=more]).ok()?.chars().next()?;
    Some(Row { span: Span::new(at, end), lead, second, meant, before })
}

/// Whether the row alone is enough.
fn is_sure(row: &Row) -> bool {
    match row.lead {
        'Â' | 'Ã' | 'Ä' | 'Å' | 'Î' | 'Ï' | 'Ð' | 'Ñ' => {
            let letter = row.lead == 'Â' || row.meant.is_alphabetic();
            let lower = row.before.is_some_and(char::is_lowercase);
            let upper = row.before.is_some_and(char::is_uppercase);
            // Nobody writes `Â` or `Ã` alone, and none of the letters behind a small one.
            let odd = lower || matches!(row.lead, 'Â' | 'Ã') && !upper;
            letter && odd || never_joined(row.second)
        }
        'â' | 'ï' => matches!(row.meant,
            '\u{2000}'..='\u{206f}' | '\u{20a0}'..='\u{20bf}' | '™' | '\u{2190}'..='\u{2193}' | '−'
            | '\u{fb00}'..='\u{fb06}' | '\u{feff}' | '\u{fffd}'),
        'ð' => matches!(row.meant, '\u{1f000}'..='\u{1faff}'),
        _ => false,
    }
}

/// Signs that never follow a letter without a blank between.
fn never_joined(c: char) -> bool {
    matches!(
        c,
        '¡' | '¢'
            | '£'
            | '¤'
            | '¥'
            | '¦'
            | '§'
            | '¨'
            | '©'
            | '¬'
            | '¯'
            | '±'
            | '´'
            | 'µ'
            | '¶'
            | '¸'
            | '¼'
            | '½'
            | '¾'
            | '¿'
            | 'ƒ'
            | 'ˆ'
            | '‰'
            | '˜'
            | '€'
            | '†'
            | '‡'
    )
}
