//! What words tell of whom they speak: man or woman, person or body, one or several.

use crate::grammar::{Kind, lexicon};

/// Man or woman, as far as words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gender {
    /// Spoken of as “he”.
    Male,
    /// Spoken of as “she”.
    Female,
}

impl Gender {
    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }
}

/// One or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Number {
    One,
    Several,
}

/// Fields of the dictionary: a group, a person.
const GROUP: u8 = 12;
const PERSON: u8 = 16;

/// Nouns and titles of men and of women.
#[rustfmt::skip]
const MALE: &[&str] = &[
    "mr", "mister", "sir", "lord", "king", "prince", "duke", "father", "brother", "son", "husband", "uncle", "nephew",
    "grandfather", "grandson", "stepfather", "stepson", "boyfriend", "widower", "groom", "man", "boy", "gentleman", "guy",
    "spokesman", "chairman", "businessman", "policeman", "fireman", "congressman", "councilman", "salesman", "sportsman",
    "statesman", "actor", "waiter", "monk", "priest", "pope", "emperor", "dad", "fisherman", "nobleman", "baron", "count",
    "earl", "frontman", "cameraman", "gunman", "bishop", "father-in-law", "son-in-law", "brother-in-law",
];
#[rustfmt::skip]
const FEMALE: &[&str] = &[
    "ms", "mrs", "miss", "lady", "dame", "madam", "queen", "princess", "duchess", "mother", "sister", "daughter", "wife",
    "aunt", "niece", "grandmother", "granddaughter", "stepmother", "stepdaughter", "girlfriend", "widow", "bride", "woman",
    "girl", "spokeswoman", "chairwoman", "businesswoman", "policewoman", "congresswoman", "councilwoman", "actress",
    "waitress", "nun", "empress", "mom", "mum", "goddess", "heroine", "baroness", "countess", "mother-in-law",
    "daughter-in-law", "sister-in-law", "schoolgirl", "ballerina",
];

/// Nouns of bodies that the dictionary has under something else, or first as something else.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "company", "firm", "agency", "ministry", "department", "bureau", "council", "committee", "commission", "court", "party",
    "police", "association", "union", "federation", "foundation", "corporation", "group", "bank", "club", "church",
    "hospital", "senate", "congress", "parliament", "army", "navy", "force", "team", "university", "college", "school",
    "institute", "government", "administration", "organization", "organisation", "newspaper", "network", "airline",
    "manufacturer", "carrier", "operator", "regulator", "studio", "startup", "charity", "military", "board", "league",
    "society", "authority", "office", "band", "coalition", "alliance", "regime", "publisher", "retailer", "broadcaster",
    "developer", "museum", "band", "label", "brand", "museum", "magazine", "publication", "store", "restaurant",
];

/// Nouns of a group that is spoken of as persons, not as a body.
#[rustfmt::skip]
const PEOPLE: &[&str] = &[
    "people", "family", "couple", "crowd", "public", "population", "audience", "youth", "staff", "crew", "crews", "folk",
    "pair", "duo", "trio", "generation", "majority", "minority", "troop", "refugee", "victim", "survivor", "resident",
    "police", "official", "expert", "member", "other", "one", "individual", "human", "anyone", "someone", "everyone",
    "nobody", "everybody", "somebody", "anybody", "those", "who",
];

/// Groups of things.
#[rustfmt::skip]
const THINGS: &[&str] = &[
    "series", "set", "collection", "array", "system", "list", "range", "variety", "data", "world", "market", "economy",
    "class", "section", "species", "genus", "kind", "sort", "type", "biology", "body", "fleet", "constellation", "program",
    "page", "line", "string", "sequence", "chain", "race", "pack", "batch", "bunch", "culture", "civilization", "industry",
];

/// The gender that a noun or title in small letters tells.
pub(super) fn gender(small: &str) -> Option<Gender> {
    let small = small.strip_suffix('.').unwrap_or(small);
    if MALE.contains(&small) {
        Some(Gender::Male)
    } else if FEMALE.contains(&small) {
        Some(Gender::Female)
    } else {
        None
    }
}

/// The gender of who bears a given name in small letters.
pub(super) fn given(small: &str) -> Option<Gender> {
    lexicon::is_mans(small).map(|is_mans| if is_mans { Gender::Male } else { Gender::Female })
}

/// What kind of thing a noun speaks of, if a person or a body.
pub(super) fn kind(lemma: &str) -> Option<Kind> {
    if PEOPLE.contains(&lemma) && lemma != "police" || gender(lemma).is_some() {
        return Some(Kind::Person);
    }
    if BODIES.contains(&lemma) {
        return Some(Kind::Organization);
    }
    if THINGS.contains(&lemma) {
        return None;
    }
    let (entry, _) = lexicon::entry(lemma)?;
    match entry.noun() {
        PERSON => Some(Kind::Person),
        GROUP => Some(Kind::Organization),
        _ => None,
    }
}

/// Whether a noun in small letters speaks of a person and isn't a name of some.
pub(super) fn is_person(small: &str) -> bool {
    let small = small.strip_suffix('.').unwrap_or(small);
    let is_name = lexicon::entry(small).is_some_and(|(entry, _)| entry.names() & 1 == 1);
    kind(small) == Some(Kind::Person) && (!is_name || gender(small).is_some())
}
