//! The printed forms of a reference: the specimen's own, and the citation styles by their CSL sheets.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::sheet;
use super::source::Source;

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
    pub const ALL: [Self; 6] =
        [Self::Specimen, Self::Mla, Self::Apa, Self::Chicago, Self::Harvard, Self::Ieee];

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
        }
    }

    /// The names of all styles.
    #[must_use]
    pub fn names() -> [&'static str; 6] {
        Self::ALL.map(Self::name)
    }

    /// Whether titles get English headline capitals.
    pub(super) fn capitalises(self) -> bool {
        matches!(self, Self::Mla | Self::Chicago)
    }
}

impl FromStr for Style {
    type Err = UnknownStyle;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let wanted = name.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|style| style.name() == wanted)
            .ok_or_else(|| UnknownStyle(name.to_owned()))
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
    sheet::parts(source, style).unwrap_or_else(|| specimen(source))
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
    let rest = [Some(source.outlet.clone()), printed].into_iter().flatten().filter(|part| !part.is_empty());
    let rest = rest.collect::<Vec<_>>().join(", ");
    if !text.is_empty() && !rest.is_empty() {
        text.push(' ');
    }
    text.push_str(&rest);
    let Some(url) = source.url.clone().filter(|url| !url.is_empty()) else { return vec![Part::Text(text)] };
    if !text.is_empty() {
        text.push_str(if rest.is_empty() { " " } else { ", " });
    }
    [Part::Text(text), linked(url)].into_iter().filter(|part| !part.text().is_empty()).collect()
}

/// An address as a link, or as text where a browser must not follow it.
pub(super) fn linked(url: String) -> Part {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    if matches!(scheme.as_deref(), Some("http" | "https")) { Part::Link(url) } else { Part::Text(url) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::Author;

    fn source() -> Source {
        Source {
            id: "n1".into(),
            title: "mayor's \"no\" to 'new' quay: what next?".into(),
            outlet: "The Lantern".into(),
            authors: ["Ben Quill Jr.", "The Harbour News Agency"]
                .iter()
                .filter_map(|name| Author::from_name(name))
                .collect(),
            published: Some(jiff::civil::date(2026, 9, 1)),
            url: Some("https://lantern.example/a".into()),
            accessed: Some(jiff::civil::date(2026, 7, 4)),
        }
    }

    #[test]
    fn the_specimen_leaves_out_what_is_missing_with_its_comma() {
        let check = |change: fn(&mut Source), expected: &str| {
            let mut source = source();
            source.title = "Quay 'lost'".into();
            change(&mut source);
            assert_eq!(reference(&source, Style::Specimen), expected);
        };
        check(|_| {}, "“Quay 'lost'” The Lantern, 1 Sept. 2026, https://lantern.example/a");
        check(|s| s.published = None, "“Quay 'lost'” The Lantern, https://lantern.example/a");
        check(|s| s.url = None, "“Quay 'lost'” The Lantern, 1 Sept. 2026");
        check(|s| s.title.clear(), "The Lantern, 1 Sept. 2026, https://lantern.example/a");
        check(|s| (s.outlet.clear(), s.published = None).0, "“Quay 'lost'” https://lantern.example/a");
        check(|s| *s = Source::default(), "");
    }

    #[test]
    fn each_style_prints_the_same_source_its_own_way() {
        for (style, expected) in [
            (
                Style::Mla,
                "Quill, Ben, Jr., and Harbour News Agency. “Mayor’s ‘No’ to ‘new’ Quay: What Next?” The Lantern, 1 Sept. 2026, https://lantern.example/a.",
            ),
            (
                Style::Apa,
                "Quill, B., Jr., & The Harbour News Agency. (2026, September 1). mayor’s “no” to “new” quay: what next? The Lantern. https://lantern.example/a",
            ),
        ] {
            assert_eq!(reference(&source(), style), expected);
        }
        for style in Style::ALL {
            assert_eq!(style.name().parse(), Ok(style));
            let _ = reference(&Source::default(), style);
        }
        assert!("latin".parse::<Style>().is_err());
    }

    #[test]
    fn an_undated_source_shows_when_it_was_read() {
        let undated = Source { published: None, authors: Vec::new(), title: "Quay".into(), ..source() };
        assert_eq!(
            reference(&undated, Style::Mla),
            "“Quay.” The Lantern, https://lantern.example/a. Accessed 4 July 2026."
        );
    }

    #[test]
    fn parts_carry_italics_and_only_safe_links() {
        let parts = reference_parts(&source(), Style::Mla);
        assert!(parts.contains(&Part::Italic("The Lantern".into())), "{parts:?}");
        assert!(parts.contains(&Part::Link("https://lantern.example/a".into())), "{parts:?}");
        let hostile = Source { url: Some("javascript:alert(1)".into()), ..source() };
        for style in Style::ALL {
            assert!(!reference_parts(&hostile, style).iter().any(|part| matches!(part, Part::Link(_))));
        }
    }
}
