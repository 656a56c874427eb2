//! Markup as it comes → elements: quick-xml cuts it into tags and texts, and what is broken is mended here.
//!
//! Bare ampersands, unknown entities, tags that are never closed, junk before and after, and files that end in
//! the middle are all met daily. An entry counts when its end tag has come, or when the next one begins; one
//! that is cut off by the end of the file is left out, since half a summary misleads.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::builder::{Builder, Sink};
use super::outcome::Outcome;

/// How many times the length of the file may be read in vain, for tags that are never closed.
const WASTE: usize = 16;

/// Reads a document and hands out its entries, at most `most`.
pub(super) fn read<'a>(text: &'a str, base: &str, most: usize, sink: Sink<'_>) -> Outcome<'a> {
    let mut builder = Builder::new(text.len(), base, most, sink);
    tokens(text, &mut builder);
    builder.finish()
}

/// Cuts the text into tags and texts; after something unreadable it goes on at the next tag.
fn tokens<'a>(text: &'a str, builder: &mut Builder<'a, '_>) {
    let mut from = 0;
    let mut waste = 0;
    while let Some(again) = scan(text, from, builder) {
        from = again.from;
        waste += again.waste;
        if waste / WASTE > text.len() {
            builder.outcome.cut = true;
            return;
        }
    }
}

/// Where to start again, and how many bytes were read in vain.
struct Again {
    from: usize,
    waste: usize,
}

/// Reads on from `from`; where to start again after something that can't be read, or none at the end.
fn scan<'a>(text: &'a str, from: usize, builder: &mut Builder<'a, '_>) -> Option<Again> {
    let mut reader = Reader::from_str(&text[from..]);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut before = from;
    let mut words = from..from;
    loop {
        let event = reader.read_event();
        let after = from + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX - from);
        let whole = text.get(before..after).unwrap_or_default();
        if let Ok(Event::Text(_) | Event::GeneralRef(_)) = event {
            words = if words.is_empty() { before..after } else { words.start..after };
            before = after;
            continue;
        }
        builder.text(text.get(words.clone()).unwrap_or_default());
        words = after..after;
        if matches!(event, Ok(Event::Start(_) | Event::Empty(_))) && !is_tag(whole) {
            // "1 < 2": a sign, not a tag.
            return Some(Again { from: signs(text, before, builder), waste: whole.len() });
        }
        match event {
            Ok(Event::Start(_)) => builder.start(whole.trim_start_matches('<').trim_end_matches('>')),
            Ok(Event::Empty(_)) => {
                builder.start(whole.trim_start_matches('<').trim_end_matches("/>"));
                builder.close();
            }
            Ok(Event::End(end)) => builder.end(end.name().0.trim()),
            Ok(Event::CData(data)) => builder.characters(data.into_inner()),
            Ok(Event::DocType(kind)) => builder.define(&kind.into_inner()),
            Ok(Event::Eof) => return None,
            Ok(_) => {}
            Err(_) => return restart(text, before, builder),
        }
        if builder.outcome.stopped {
            return None;
        }
        before = after;
    }
}

/// Where to go on after the broken markup that begins at or after `at`.
fn restart<'a>(text: &'a str, at: usize, builder: &mut Builder<'a, '_>) -> Option<Again> {
    builder.outcome.broken = true;
    let open = at + text.get(at..)?.find('<')?;
    if let Some(data) = text[open..].strip_prefix("<![CDATA[") {
        builder.characters(Cow::Borrowed(data));
        return None;
    }
    let waste = text.len() - open;
    if !is_tag(&text[open..]) && !text[open..].starts_with("<!") {
        return Some(Again { from: signs(text, open, builder), waste });
    }
    let from = open + 1 + text[open + 1..].find('<')?;
    Some(Again { from, waste })
}

/// Takes the signs at `at` that begin no tag for text; where they end.
fn signs<'a>(text: &'a str, at: usize, builder: &mut Builder<'a, '_>) -> usize {
    let mut end = at;
    while text[end..].starts_with('<')
        && (end == at || !text[end..].starts_with("<!") && !is_tag(&text[end..]))
    {
        end += 1;
    }
    builder.characters(Cow::Borrowed(&text[at..end]));
    end
}

/// Whether text that begins with `<` goes on as a tag does.
fn is_tag(text: &str) -> bool {
    text[1..].starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '/' | ':' | '?'))
}
