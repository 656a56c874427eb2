//! The citation styles by their CSL sheets.
//!
//! The sheets are rendered by hayagriva, which gets stand-ins for title, outlet and address. What the outlet
//! wrote is put in afterwards, so that no style's text rules touch its spelling.

use std::sync::LazyLock;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::{FontStyle, IndependentStyle, Locale, LocaleCode, Style as Sheet};
use hayagriva::types::{Date as DayOf, EntryType, FormatString, Person, QualifiedUrl};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, Entry,
    Formatted,
};
use jiff::civil::Date;

use super::repair::{Around, curled, months, sealed};
use super::source::{Author, Source};
use super::style::{Part, Style, linked};
use language::title::entry_case;

const TITLE: char = '\u{e000}';
const OUTLET: char = '\u{e001}';
const ADDRESS: &str = "https://address.invalid/";

/// The entry by the style's sheet; nothing for a style that has none.
pub(super) fn parts(source: &Source, style: Style) -> Option<Vec<Part>> {
    let (_, sheet) = SHEETS.iter().find(|(named, _)| *named == style)?;
    Some(filled(rendered(source, style, sheet)?, source, style))
}

/// The parsed sheets: reading one costs more than rendering a thousand entries.
static SHEETS: LazyLock<Vec<(Style, IndependentStyle)>> = LazyLock::new(|| {
    let parsed = |style: Style| match archived(style)?.get() {
        Sheet::Independent(sheet) => Some((style, sheet)),
        Sheet::Dependent(_) => None,
    };
    Style::ALL.into_iter().filter_map(parsed).collect()
});

static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(|| {
    let english = |locale: &Locale| locale.lang.as_ref().is_some_and(|lang| lang.0.starts_with("en"));
    locales().into_iter().filter(english).collect()
});

fn archived(style: Style) -> Option<ArchivedStyle> {
    let id = match style {
        Style::Specimen => return None,
        Style::Mla => "modern-language-association",
        Style::Apa => "apa",
        Style::Chicago => "chicago-notes",
        Style::Harvard => "harvard-cite-them-right",
        Style::Ieee => "ieee",
    };
    ArchivedStyle::by_name(id)
}

/// A piece of a rendered entry in which the stand-ins still stand.
struct Piece {
    text: String,
    italic: bool,
}

fn rendered(source: &Source, style: Style, sheet: &IndependentStyle) -> Option<Vec<Piece>> {
    let entry = entry(source, style);
    let mut driver = BibliographyDriver::new();
    // The Harvard sheet names no locale of its own, but it is British.
    let locale = (style == Style::Harvard).then(|| LocaleCode("en-GB".to_owned()));
    let items = vec![CitationItem::with_entry(&entry)];
    driver.citation(CitationRequest::new(items, sheet, locale.clone(), &LOCALES, None));
    let list = driver.finish(BibliographyRequest::new(sheet, locale, &LOCALES)).bibliography?;
    let mut pieces = Vec::new();
    collect(&list.items.first()?.content, &mut pieces);
    Some(pieces)
}

fn collect(children: &ElemChildren, pieces: &mut Vec<Piece>) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) | ElemChild::Link { text, .. } => pieces.push(piece(text)),
            ElemChild::Elem(elem) => collect(&elem.children, pieces),
            ElemChild::Markup(text) => pieces.push(Piece { text: text.clone(), italic: false }),
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn piece(text: &Formatted) -> Piece {
    Piece { text: text.text.clone(), italic: text.formatting.font_style == FontStyle::Italic }
}

/// The source as a newspaper article with stand-ins.
fn entry(source: &Source, style: Style) -> Entry {
    let mut entry = Entry::new("source", EntryType::Article);
    if !source.title.is_empty() {
        entry.set_title(FormatString::with_value(TITLE));
    }
    if !source.authors.is_empty() {
        entry.set_authors(source.authors.iter().map(|author| person(author, style)).collect());
    }
    if let Some(date) = source.published {
        entry.set_date(day_of(date));
    }
    if let (Some(_), Ok(address)) = (&source.url, ADDRESS.parse::<QualifiedUrl>()) {
        entry.set_url(QualifiedUrl::new(address.value, source.accessed.map(day_of)));
    }
    let mut newspaper = Entry::new("outlet", EntryType::Newspaper);
    if !source.outlet.is_empty() {
        newspaper.set_title(FormatString::with_value(OUTLET));
    }
    entry.set_parents(vec![newspaper]);
    entry
}

fn person(author: &Author, style: Style) -> Person {
    let plain = |text: &str| text.replace([TITLE, OUTLET], "");
    let filled = |text: &str| Some(plain(text)).filter(|text| !text.is_empty());
    let (name, given_name, suffix) = match author {
        Author::Person { given, family, suffix } => (plain(family), filled(given), filled(suffix)),
        // The handbook leaves an organisation's first article out.
        Author::Organisation(name) if style == Style::Mla => {
            (plain(name.strip_prefix("The ").unwrap_or(name)), None, None)
        }
        Author::Organisation(name) => (plain(name), None, None),
    };
    Person { name, given_name, prefix: None, comma_suffix: suffix.is_some(), suffix, alias: None }
}

fn day_of(date: Date) -> DayOf {
    let place = |value: i8| u8::try_from(value - 1).ok();
    DayOf {
        year: date.year().into(),
        month: place(date.month()),
        day: place(date.day()),
        approximate: false,
        season: None,
    }
}

/// The rendered pieces with title, outlet and address put in.
fn filled(pieces: Vec<Piece>, source: &Source, style: Style) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut owed: Option<Owed> = None;
    for piece in pieces {
        let text = piece.text.replace("  ", " ");
        let text = if style == Style::Mla { months(&text) } else { text };
        for bit in bits(&text) {
            let words = owed.take().map_or(bit, |owed| owed.pay(bit, &mut parts));
            if words.starts_with(TITLE) {
                owed = Some(Owed { title: title(source, style, &parts), italic: piece.italic });
            } else if words.starts_with(OUTLET) {
                push(&mut parts, &outlet(source, style), piece.italic);
            } else if words == ADDRESS {
                parts.extend(source.url.clone().map(linked));
            } else {
                let doubled =
                    words.starts_with('.') && parts.last().is_some_and(|part| part.text().ends_with('.'));
                push(&mut parts, &words[usize::from(doubled)..], piece.italic);
            }
        }
    }
    if let Some(owed) = owed {
        push(&mut parts, &owed.title, owed.italic);
    }
    parts
}

/// A title that waits for the mark behind it.
struct Owed {
    title: String,
    italic: bool,
}

impl Owed {
    /// Prints the title with the mark that `next` starts with; what is left of `next`.
    fn pay<'t>(self, next: &'t str, parts: &mut Vec<Part>) -> &'t str {
        match next.chars().next() {
            Some(mark @ ('.' | ',')) => {
                push(parts, &sealed(&self.title, mark), self.italic);
                &next[1..]
            }
            _ => {
                push(parts, &self.title, self.italic);
                next
            }
        }
    }
}

/// A text cut at its stand-ins, each of which is a bit of its own.
fn bits(text: &str) -> Vec<&str> {
    let mut bits = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mark = rest.find([TITLE, OUTLET]).map(|at| (at, TITLE.len_utf8()));
        let address = rest.find(ADDRESS).map(|at| (at, ADDRESS.len()));
        let Some((at, len)) = mark.into_iter().chain(address).min() else { break };
        bits.extend([&rest[..at], &rest[at..at + len]]);
        rest = &rest[at + len..];
    }
    bits.push(rest);
    bits.retain(|bit| !bit.is_empty());
    bits
}

fn push(parts: &mut Vec<Part>, text: &str, italic: bool) {
    match parts.last_mut() {
        _ if text.is_empty() => {}
        Some(Part::Text(last)) if !italic => last.push_str(text),
        Some(Part::Italic(last)) if italic => last.push_str(text),
        _ if italic => parts.push(Part::Italic(text.to_owned())),
        _ => parts.push(Part::Text(text.to_owned())),
    }
}

fn title(source: &Source, style: Style, parts: &[Part]) -> String {
    let cased = if style.capitalises() { entry_case(&source.title) } else { source.title.clone() };
    let double = parts.last().is_some_and(|part| part.text().ends_with('“'));
    curled(&cased, if double { Around::Double } else { Around::Other })
}

/// The outlet's own spelling; a name that is wholly small gets the large first letter that styles with
/// headline capitals ask for, unless it is a domain.
fn outlet(source: &Source, style: Style) -> String {
    let first_word = source.outlet.split(' ').next().unwrap_or_default();
    let mut chars = source.outlet.chars();
    match chars.next() {
        Some(first)
            if style.capitalises()
                && !first_word.contains('.')
                && !first_word.chars().any(char::is_uppercase) =>
        {
            first.to_uppercase().chain(chars).collect()
        }
        _ => source.outlet.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_but_the_specimen_has_its_sheet() {
        let styles: Vec<Style> = SHEETS.iter().map(|(style, _)| *style).collect();
        assert_eq!(styles, Style::ALL[1..]);
    }
}
