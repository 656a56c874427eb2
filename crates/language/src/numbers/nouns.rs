//! What a number counts: the noun behind it, where it surely is one.

use crate::words::{self, Word};
use crate::{Span, numerals};

/// How far behind its number, in bytes, a noun is looked for.
const REACH: usize = 60;
/// And how many words.
const WORDS: usize = 5;

/// Words between a number and the noun it counts.
const SKIPPED: &[&str] = &[
    "more",
    "other",
    "of",
    "the",
    "its",
    "his",
    "her",
    "their",
    "these",
    "those",
    "new",
    "additional",
    "extra",
    "such",
];

/// Plurals that do not end as plurals do, short units of measure, and what is counted without a noun (`12 dead`).
const PLURALS: &[&str] = &[
    "people",
    "children",
    "police",
    "feet",
    "teeth",
    "mice",
    "geese",
    "cattle",
    "sheep",
    "fish",
    "folk",
    "aircraft",
    "personnel",
    "staff",
    "crew",
    "yen",
    "yuan",
    "rand",
    "baht",
    "hectare",
    "km",
    "kg",
    "ft",
    "lb",
    "mi",
    "cm",
    "mm",
    "mph",
    "kph",
    "kmh",
    "mw",
    "gw",
    "kw",
    "kwh",
    "mwh",
    "gwh",
    "gb",
    "tb",
    "mb",
    "ha",
    "hp",
    "bpd",
];
const CASUALTIES: &[&str] = &["dead", "killed", "injured", "wounded", "missing", "hurt"];

/// Words that end in `s` and are no nouns, or verbs more often than nouns.
const SINGULARS: &[&str] = &[
    "says",
    "sometimes",
    "always",
    "perhaps",
    "besides",
    "afterwards",
    "towards",
    "upwards",
    "downwards",
    "overseas",
    "indoors",
    "outdoors",
    "thus",
    "across",
    "unless",
    "previous",
    "various",
    "serious",
    "dangerous",
    "famous",
    "less",
    "as",
    "us",
    "plus",
    "versus",
    "whereas",
    "nevertheless",
    "nonetheless",
    "regardless",
    "likes",
    "goes",
    "seems",
    "becomes",
    "remains",
    "lies",
    "means",
];

/// Verbs that begin what is said of a number (`half a million left`).
const VERBS: &[&str] = &[
    "left", "said", "say", "fled", "went", "came", "took", "lost", "won", "fell", "rose", "ran", "sat",
    "stood", "made", "got", "gave", "saw", "told", "knew", "felt", "kept", "met", "led", "paid", "held",
    "found", "brought", "broke", "began", "spoke", "wrote", "sought", "taught", "caught", "fought", "bought",
    "thought", "hit", "put", "set", "cast", "quit", "grew", "drew", "flew", "threw", "sank", "swam", "chose",
    "froze", "drove", "rode", "hid", "slept", "swept", "lay", "became", "become", "remain", "live", "work",
    "want", "need", "think", "believe", "agree", "support", "oppose", "face", "die", "leave", "go", "come",
    "take", "get", "stay", "see", "seem",
];

/// Participles that stand before nouns as adjectives do.
const PARTICIPLES: &[&str] = &[
    "armed",
    "unarmed",
    "masked",
    "hooded",
    "trained",
    "registered",
    "detained",
    "displaced",
    "undocumented",
    "elected",
    "convicted",
    "uniformed",
    "retired",
    "unnamed",
    "alleged",
    "suspected",
    "accused",
    "scheduled",
    "planned",
    "proposed",
    "required",
    "related",
    "licensed",
    "abandoned",
    "damaged",
    "destroyed",
    "injured",
    "wounded",
    "killed",
    "married",
    "skilled",
    "unskilled",
    "stranded",
    "combined",
    "mixed",
    "red",
    "sacred",
];

/// How long something takes.
const TIMES: &[&str] =
    &["seconds", "minutes", "hours", "days", "nights", "weeks", "months", "years", "decades", "centuries"];

/// Whether a word, lower-cased, names a length of time.
pub(super) fn is_time(word: &str) -> bool {
    TIMES.contains(&word) || TIMES.iter().any(|time| time.strip_suffix('s') == Some(word))
}

/// The stem of the noun that a number counts with its place, or `years old` for an age. A word counts as a noun
/// where its form says so: a plural, behind adjectives perhaps, or what is joined by a hyphen (`a 40-page report`).
/// Of one thing or a part of it, the noun is the next word.
pub(super) fn noun(text: &str, end: usize, value: f64) -> (Option<String>, Option<Span>) {
    let mut stop = text.len().min(end + REACH);
    while !text.is_char_boundary(stop) {
        stop -= 1;
    }
    let rest = &text[end..stop];
    if !rest.starts_with([' ', '-', '\u{a0}', '‑']) {
        return (None, None);
    }
    // A figure comes next: nothing is counted with this one.
    if rest.trim_start_matches([' ', '-']).starts_with(|c: char| c.is_ascii_digit()) {
        return (None, None);
    }
    if is_age(rest) {
        return (Some("years old".to_owned()), None);
    }
    let clause =
        &rest[..rest.find(['.', ',', ';', ':', '(', '\n', '”', '"', '—', '–']).unwrap_or(rest.len())];
    let joined = rest.starts_with(['-', '‑']);
    match counted(clause, joined, value < 2.0) {
        Some(word) => (Some(words::stem(&word.text, "en")), Some(word.span.shifted(end))),
        None => (None, None),
    }
}

fn counted(clause: &str, joined: bool, single: bool) -> Option<Word> {
    let mut casualty: Option<Word> = None;
    for (at, word) in
        words::each(clause).filter(|word| !SKIPPED.contains(&word.text.as_str())).take(WORDS).enumerate()
    {
        let said = word.text.as_str();
        let plain = said.chars().all(char::is_alphabetic);
        if !plain || words::is_stop(said) && word.span.of(clause) != "US" || VERBS.contains(&said) && !joined
        {
            break;
        }
        let first = at == 0 && said != "strong";
        // A capital further on begins a name: `The 91 Harvest Las Vegas fair`.
        let is_common = at == 0 || !word.span.of(clause).starts_with(char::is_uppercase);
        let is_noun = is_common && is_plural(said) && (casualty.is_none() || !TIMES.contains(&said));
        let is_joined = first && joined && numerals::multiple(said).is_none();
        if is_noun || is_joined || first && single && is_nominal(said) {
            return Some(word);
        }
        if first && CASUALTIES.contains(&said) {
            casualty = Some(word);
        } else if said.ends_with("ed") && !PARTICIPLES.contains(&said) {
            break;
        }
    }
    casualty
}

/// Whether the form of a word is that of a plural.
fn is_plural(word: &str) -> bool {
    let ends = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("ous");
    PLURALS.contains(&word) || word.ends_with("men") || (ends && !SINGULARS.contains(&word))
}

/// Whether nothing speaks against a word's being a noun.
fn is_nominal(word: &str) -> bool {
    !(word.ends_with("ed") || word.ends_with("ly") || VERBS.contains(&word))
}

/// Whether an age goes on behind its number: ` years old`, `-year-old`.
fn is_age(rest: &str) -> bool {
    let mut words = rest.split([' ', '-', '‑', '\u{a0}']).filter(|word| !word.is_empty());
    let years =
        words.next().is_some_and(|word| ["year", "years"].iter().any(|unit| word.eq_ignore_ascii_case(unit)));
    years
        && words.next().is_some_and(|word| word.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("old")))
}
