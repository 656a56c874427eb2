//! What was done to a text, counted by kind.

use std::fmt::Write as _;

/// What cleaning takes out, changes, or only tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Zero-width spaces, joiners outside of the scripts that need them, fillers: taken out.
    ZeroWidth,
    /// Soft hyphens (U+00AD): taken out.
    SoftHyphen,
    /// Marks, embeddings, overrides and isolates of direction: taken out.
    Direction,
    /// Byte order marks (U+FEFF) inside the text: taken out.
    ByteOrderMark,
    /// Variation selectors that select nothing, as content credentials are spelled in them: taken out.
    Selector,
    /// Tag characters outside of flags, another hidden alphabet: taken out.
    Tag,
    /// C0 and C1 controls, noncharacters: taken out.
    Control,
    /// Other format characters, such as annotation anchors: taken out.
    Format,
    /// Whole content credentials (C2PA) found among the selectors.
    Credential,
    /// White space other than blank, tabulator and line break: made ordinary.
    Space,
    /// Characters that were brought to the composed form.
    Composed,
    /// UTF-8 that was read as Windows-1252 or Latin-1: repaired.
    Misread,
    /// What looks misread too, but may be meant: left.
    Suspect,
    /// Replacement characters (U+FFFD), where a character was lost before the text came to us: left.
    Lost,
}

impl Kind {
    /// All kinds, in the order in which they are told.
    pub const ALL: [Self; 14] = [
        Self::ZeroWidth,
        Self::SoftHyphen,
        Self::Direction,
        Self::ByteOrderMark,
        Self::Selector,
        Self::Tag,
        Self::Control,
        Self::Format,
        Self::Credential,
        Self::Space,
        Self::Composed,
        Self::Misread,
        Self::Suspect,
        Self::Lost,
    ];

    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// Whether it is a kind of invisible character, taken out.
    #[must_use]
    pub fn is_removed(self) -> bool {
        self < Self::Credential
    }

    /// The name, and how one and how several of it are called.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::ZeroWidth => ("zero-width", "zero-width character", "zero-width characters"),
            Self::SoftHyphen => ("soft-hyphen", "soft hyphen", "soft hyphens"),
            Self::Direction => ("direction", "mark of direction", "marks of direction"),
            Self::ByteOrderMark => ("byte-order-mark", "byte order mark", "byte order marks"),
            Self::Selector => ("selector", "variation selector", "variation selectors"),
            Self::Tag => ("tag", "tag character", "tag characters"),
            Self::Control => ("control", "control character", "control characters"),
            Self::Format => ("format", "format character", "format characters"),
            Self::Credential => ("credential", "content credential", "content credentials"),
            Self::Space => ("space", "odd space made ordinary", "odd spaces made ordinary"),
            Self::Composed => ("composed", "character composed", "characters composed"),
            Self::Misread => ("misread", "misread character repaired", "misread characters repaired"),
            Self::Suspect => {
                ("suspect", "character that looks misread left", "characters that look misread left")
            }
            Self::Lost => {
                ("lost", "character lost before it came here", "characters lost before they came here")
            }
        }
    }
}

/// Counts by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: [usize; Kind::ALL.len()],
}

impl Tally {
    /// How many of this kind.
    #[must_use]
    pub fn of(&self, kind: Kind) -> usize {
        self.counts[kind as usize]
    }

    /// How many invisible characters were taken out.
    #[must_use]
    pub fn removed(&self) -> usize {
        self.iter().filter(|(kind, _)| kind.is_removed()).map(|(_, count)| count).sum()
    }

    /// The kinds that were seen and how often, in the order of [`Kind::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Kind, usize)> {
        Kind::ALL.into_iter().map(|kind| (kind, self.of(kind))).filter(|(_, count)| *count > 0)
    }

    /// Counts more of a kind.
    pub fn add(&mut self, kind: Kind, count: usize) {
        self.counts[kind as usize] += count;
    }

    /// Takes in the counts of another text.
    pub fn merge(&mut self, other: &Self) {
        for (kind, count) in other.iter() {
            self.add(kind, count);
        }
    }

    /// A line for the notes of a reading; nothing where there is nothing worth telling. Spaces and composition are not:
    /// every other page has them, and nobody would see a difference.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let told = |kinds: &dyn Fn(Kind) -> bool| {
            let mut out = String::new();
            for (kind, count) in self.iter().filter(|(kind, _)| kinds(*kind)) {
                let (_, one, several) = kind.words();
                let comma = if out.is_empty() { "" } else { ", " };
                // Writing to a string can't fail.
                let _ = write!(out, "{comma}{count} {}", if count == 1 { one } else { several });
            }
            out
        };
        let removed = told(&Kind::is_removed);
        let rest = told(&|kind| !kind.is_removed() && !matches!(kind, Kind::Space | Kind::Composed));
        match (removed.is_empty(), rest.is_empty()) {
            (true, true) => None,
            (false, true) => Some(format!("taken out of the text: {removed}")),
            (true, false) => Some(format!("in the text: {rest}")),
            (false, false) => Some(format!("taken out of the text: {removed}; in it: {rest}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_place_and_name() {
        for (at, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, at, "{}", kind.name());
        }
    }

    #[test]
    fn the_note_tells_what_a_reader_would_want_to_know() {
        let check = |counts: &[(Kind, usize)], expected: Option<&str>| {
            let mut tally = Tally::default();
            counts.iter().for_each(|(kind, count)| tally.add(*kind, *count));
            assert_eq!(tally.note().as_deref(), expected);
        };
        check(&[], None);
        check(&[(Kind::Space, 9), (Kind::Composed, 2)], None);
        check(
            &[(Kind::SoftHyphen, 2), (Kind::ZeroWidth, 1)],
            Some("taken out of the text: 1 zero-width character, 2 soft hyphens"),
        );
        check(&[(Kind::Misread, 1)], Some("in the text: 1 misread character repaired"));
        check(
            &[(Kind::Selector, 40), (Kind::Credential, 1)],
            Some("taken out of the text: 40 variation selectors; in it: 1 content credential"),
        );
    }
}
