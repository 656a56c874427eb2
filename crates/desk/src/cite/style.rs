//! The printed forms of a reference: the specimen's own, and the citation styles by their CSL sheets.
//!
//! The sheets are rendered by hayagriva, which gets stand-ins for title, outlet and address. What the outlet
//! wrote is put in afterwards, so that no style's text rules touch its spelling.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::{FontStyle, IndependentStyle, Locale, Style as Sheet};
use hayagriva::types::{Date as DayOf, EntryType, FormatString, Person, QualifiedUrl};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, Entry, Formatted,
};
use jiff::civil::Date;

use super::repair::{Around, curled, months, sealed};
use super::source::{Author, Source};
use language::title::entry_case;

const TITLE: char = '\u{e000}';
const OUTLET: char = '\u{e001}';
const ADDRESS: &str = "https://address.invalid/";

/// A form of the reference list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// The digest's own: `“Title” Outlet, 23 Feb. 2023, https://…`.
    #[default]
    Specimen,
    /// Modern Language Association, 9th edition.
    Mla,
    /// American Psychological Association, 7th edition.
    Apa,
    /// Chicago Manual of Style, notes and bibliography.
    Chicago,
    /// Harvard, as in Cite Them Right.
    Harvard,
    /// Institute of Electrical and Electronics Engineers.
    Ieee,
    /// Vancouver, as in medicine.
    Vancouver,
}

/// A name that is none of [`Style::names`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownStyle(String);

impl fmt::Display for UnknownStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no reference style “{}”; choose one of {}", self.0, Style::names().join(", "))
    }
}

impl std::error::Error for UnknownStyle {}

impl Style {
    /// Every style, in the order of [`Style::names`].
    pub const ALL: [Self; 7] =
        [Self::Specimen, Self::Mla, Self::Apa, Self::Chicago, Self::Harvard, Self::Ieee, Self::Vancouver];

    /// The name used in settings and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Specimen => "specimen",
            Self::Mla => "mla",
            Self::Apa => "apa",
            Self::Chicago => "chicago",
            Self::Harvard => "harvard",
            Self::Ieee => "ieee",
            Self::Vancouver => "vancouver",
        }
    }

    /// The names of all styles.
    #[must_use]
    pub fn names() -> [&'static str; 7] {
        Self::ALL.map(Self::name)
    }

    /// Whether titles get English headline capitals.
    fn capitalises(self) -> bool {
        matches!(self, Self::Mla | Self::Chicago)
    }

    fn archived(self) -> Option<ArchivedStyle> {
        let id = match self {
            Self::Specimen => return None,
            Self::Mla => "modern-language-association",
            Self::Apa => "apa",
            Self::Chicago => "chicago-notes-bibliography",
            Self::Harvard => "harvard-cite-them-right",
            Self::Ieee => "ieee",
            Self::Vancouver => "vancouver",
        };
        ArchivedStyle::by_name(id)
    }
}

impl FromStr for Style {
    type Err = UnknownStyle;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let wanted = name.trim().to_lowercase();
        Self::ALL.into_iter().find(|style| style.name() == wanted).ok_or_else(|| UnknownStyle(name.to_owned()))
    }
}

/// A stretch of a reference with the look it has on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Upright text.
    Text(String),
    /// Text in italics, such as the outlet's name in most styles.
    Italic(String),
    /// An address that may be followed: always `http` or `https`.
    Link(String),
}

impl Part {
    /// The words, whatever their look.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Italic(text) | Self::Link(text) => text,
        }
    }
}

/// One entry of the reference list as plain text. In the MLA style a day of access is printed only where the
/// day of publication is not known, as its sheet has it.
#[must_use]
pub fn reference(source: &Source, style: Style) -> String {
    reference_parts(source, style).iter().map(Part::text).collect()
}

/// One entry of the reference list in parts, so that a page can set italics and links without inline styles.
#[must_use]
pub fn reference_parts(source: &Source, style: Style) -> Vec<Part> {
    let rendered = SHEETS.iter().find(|(named, _)| *named == style).and_then(|(_, sheet)| rendered(source, style, sheet));
    match rendered {
        Some(pieces) => filled(pieces, source, style),
        None => specimen(source),
    }
}

/// A day as the MLA Handbook writes it: `23 Feb. 2023`, `4 July 2026`.
#[must_use]
pub fn day(date: Date) -> String {
    let month = match date.month() {
        1 => "Jan.",
        2 => "Feb.",
        3 => "Mar.",
        4 => "Apr.",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "Aug.",
        9 => "Sept.",
        10 => "Oct.",
        11 => "Nov.",
        _ => "Dec.",
    };
    format!("{} {month} {}", date.day(), date.year())
}

fn specimen(source: &Source) -> Vec<Part> {
    let mut text = String::new();
    if !source.title.is_empty() {
        text = format!("“{}”", source.title);
    }
    let printed = source.published.map(day);
    let (outlet, url) = (Some(source.outlet.clone()), source.url.clone());
    let mut rest = [outlet, printed].into_iter().flatten().filter(|part| !part.is_empty()).peekable();
    if !text.is_empty() && rest.peek().is_some() {
        text.push(' ');
    }
    text.push_str(&rest.collect::<Vec<_>>().join(", "));
    let Some(url) = url.filter(|url| !url.is_empty()) else { return vec![Part::Text(text)] };
    if !text.is_empty() {
        text.push_str(if text.ends_with('”') { " " } else { ", " });
    }
    [Part::Text(text), linked(url)].into_iter().filter(|part| !part.text().is_empty()).collect()
}

/// An address as a link, or as text where a browser must not follow it.
fn linked(url: String) -> Part {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    if matches!(scheme.as_deref(), Some("http" | "https")) { Part::Link(url) } else { Part::Text(url) }
}

/// The parsed sheets: reading one costs more than rendering a thousand entries.
static SHEETS: LazyLock<Vec<(Style, IndependentStyle)>> = LazyLock::new(|| {
    let parsed = |style: Style| match style.archived()?.get() {
        Sheet::Independent(sheet) => Some((style, sheet)),
        Sheet::Dependent(_) => None,
    };
    Style::ALL.into_iter().filter_map(parsed).collect()
});

static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(|| {
    let english = |locale: &Locale| locale.lang.as_ref().is_some_and(|lang| lang.0.starts_with("en"));
    locales().into_iter().filter(english).collect()
});

/// A piece of a rendered entry in which the stand-ins still stand.
struct Piece {
    text: String,
    italic: bool,
}

fn rendered(source: &Source, style: Style, sheet: &IndependentStyle) -> Option<Vec<Piece>> {
    let entry = entry(source, style);
    let mut driver = BibliographyDriver::new();
    driver.citation(CitationRequest::from_items(vec![CitationItem::with_entry(&entry)], sheet, &LOCALES));
    let list = driver.finish(BibliographyRequest::new(sheet, None, &LOCALES)).bibliography?;
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
        Author::Organisation(name) if style == Style::Mla => (plain(name.strip_prefix("The ").unwrap_or(name)), None, None),
        Author::Organisation(name) => (plain(name), None, None),
    };
    Person { name, given_name, prefix: None, comma_suffix: suffix.is_some(), suffix, alias: None }
}

fn day_of(date: Date) -> DayOf {
    let place = |value: i8| u8::try_from(value - 1).ok();
    DayOf { year: date.year().into(), month: place(date.month()), day: place(date.day()), approximate: false, season: None }
}

/// The rendered pieces with title, outlet and address put in.
fn filled(pieces: Vec<Piece>, source: &Source, style: Style) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut owed: Option<Owed> = None;
    for piece in pieces {
        let text = if style == Style::Mla { months(&piece.text) } else { piece.text };
        for bit in bits(&text) {
            let (before, words) = (owed.take(), bit);
            let words = before.map_or(words, |owed| owed.pay(words, &mut parts));
            if words.starts_with(TITLE) {
                owed = Some(Owed { title: title(source, style, &parts), italic: piece.italic });
            } else if words.starts_with(OUTLET) {
                push(&mut parts, &outlet(source, style), piece.italic);
            } else if words == ADDRESS {
                parts.extend(source.url.clone().map(linked));
            } else {
                let doubled = words.starts_with('.') && parts.last().is_some_and(|part| part.text().ends_with('.'));
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
/// headline capitals ask for.
fn outlet(source: &Source, style: Style) -> String {
    let first_word = source.outlet.split(' ').next().unwrap_or_default();
    let mut chars = source.outlet.chars();
    match chars.next() {
        Some(first) if style.capitalises() && !first_word.chars().any(char::is_uppercase) => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => source.outlet.clone(),
    }
}
