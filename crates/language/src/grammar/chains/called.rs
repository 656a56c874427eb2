//! What a name says: titles before it, given name and surname, or the words of a body's name.

use super::traits::{self, Gender};
use super::tree::Tree;
use crate::grammar::{Class, Kind, Relation, Sentence, lexicon};
use crate::names;

/// A name taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Called {
    /// Its words in small letters without stops, without titles, article and legal form.
    pub(super) words: Vec<String>,
    /// Titles and roles before it in small letters: “secretary of state”.
    pub(super) titles: Vec<String>,
    /// As it is written, without titles, article and possessive ending.
    pub(super) shown: String,
    /// Whether it may be a person's.
    pub(super) is_person: bool,
    /// Whether an article stood before it.
    pub(super) article: bool,
    /// Who bears it.
    pub(super) gender: Option<Gender>,
}

/// Words in small letters inside the names of persons.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "bin",
    "ibn", "al", "el", "ten", "ter", "y", "e", "af", "zu",
];
/// What stands behind names of persons and of bodies and is left out.
const ENDS: &[&str] = &[
    "jr",
    "sr",
    "ii",
    "iii",
    "iv",
    "inc",
    "corp",
    "corporation",
    "co",
    "ltd",
    "llc",
    "plc",
    "limited",
    "gmbh",
    "ag",
    "sa",
];
/// What before a title makes it another.
pub(super) const LESSER: &[&str] = &["vice", "deputy"];
/// By which half of a country may be called.
pub(super) const DIRECTIONS: &[&str] = &["north", "south", "east", "west"];
/// The possessive ending inside a name.
const POSSESSIVE: &str = "'s";
/// Words of a name that are looked at.
const MOST: usize = 16;

/// Takes the name from the first to the last word apart, which hangs on `head`.
pub(super) fn called(
    text: &str,
    sentence: &Sentence<'_>,
    tree: &Tree,
    (first, head, last): (usize, usize, usize),
    kind: Option<Kind>,
) -> Called {
    let form = |at: usize| sentence.words[at].span.of(text);
    let mut called = Called::default();
    let last = end(text, sentence, head, last);
    let first = first.max(head.saturating_sub(MOST));
    called.article = sentence.words[first].class == Class::Det && first < head;
    let first = first + usize::from(called.article);
    called.is_person = kind.is_none_or(|kind| kind == Kind::Person);
    let from =
        if called.is_person { titles(text, sentence, tree, (first, last), &mut called) } else { first };
    let is_name = |at: &usize| form(*at).starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let Some(from) = (from..=last).find(is_name) else { return called };
    let stays = |at: &usize| {
        let word = form(*at);
        is_name(at)
            || PARTICLES.contains(&word)
            || word.starts_with(['-', '.', '\'', '\u{2019}'])
            || !called.is_person
    };
    let to = (from..=last).take(MOST).take_while(stays).last().unwrap_or(from);
    called.shown =
        text.get(sentence.words[from].span.start..sentence.words[to].span.end).unwrap_or_default().to_owned();
    called.words = (from..=to).map(|at| small(form(at))).filter(|word| !word.is_empty()).collect();
    while called.words.len() > 1 && called.words.last().is_some_and(|word| ENDS.contains(&word.as_str())) {
        called.words.pop();
    }
    let told = called.words.first().filter(|first| called.words.len() > 1 || lexicon::named(first) & 2 == 0);
    if called.is_person && called.gender.is_none() {
        called.gender = told.and_then(|first| traits::given(first));
    }
    called
}

/// A word in small letters without stops and possessive ending.
fn small(form: &str) -> String {
    if matches!(form, "'s" | "\u{2019}s") {
        return POSSESSIVE.to_owned();
    }
    let form = form.strip_suffix("'s").or_else(|| form.strip_suffix("\u{2019}s")).unwrap_or(form);
    form.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Where the name itself ends: before a comma or bracket, a relative clause, the possessive ending.
fn end(text: &str, sentence: &Sentence<'_>, head: usize, last: usize) -> usize {
    let ends = |at: &usize| {
        let word = &sentence.words[*at];
        let form = word.span.of(text);
        word.class == Class::Pron
            || word.relation == Relation::AclRelcl
            || word.class == Class::Punct && !matches!(form, "-" | "\u{2013}" | "." | "&")
            || word.class == Class::Part && form.ends_with(['s', '\'', '\u{2019}'])
    };
    (head + 1..=last).find(ends).map_or(last, |at| at - 1)
}

/// Reads the titles before a person's name; gives where the name begins.
fn titles(
    text: &str,
    sentence: &Sentence<'_>,
    tree: &Tree,
    (first, last): (usize, usize),
    called: &mut Called,
) -> usize {
    let form = |at: usize| sentence.words[at].span.of(text);
    let mut from = first;
    for at in first..last {
        let word = &sentence.words[at];
        if at < from || !matches!(word.class, Class::Noun | Class::Propn) {
            continue;
        }
        let small = form(at).to_lowercase();
        let is_title = names::known(&small) & 1 == 1
            || traits::is_person(&small) && (word.class == Class::Noun || lexicon::named(&small) & 1 == 0);
        if !is_title {
            // A capital opens the name itself; a noun may still be part of the title.
            if word.class == Class::Propn && !matches!(word.relation, Relation::Compound | Relation::NmodDesc)
            {
                break;
            }
            continue;
        }
        let mut to = at;
        if at + 2 < last && matches!(form(at + 1), "of" | "for" | "to") {
            let below = tree.children.get(at).into_iter().flatten();
            let reach = below.filter(|child| **child > at + 1).map(|child| tree.spans[*child].1);
            to = reach.filter(|to| *to < last).max().unwrap_or(at + 2);
        }
        called.gender = called.gender.or_else(|| traits::gender(&small));
        let title = (at..=to).map(|at| form(at).to_lowercase()).collect::<Vec<_>>().join(" ");
        match called.titles.last_mut().filter(|last| from == at && LESSER.contains(&last.as_str())) {
            Some(last) => *last = format!("{last} {title}"),
            None => called.titles.push(title),
        }
        from = to + 1;
    }
    from
}

/// Whether a short name in capitals is made of the first letters of another.
fn is_acronym(short: &Called, long: &Called) -> bool {
    short.words.len() == 1
        && long.words.len() > 1
        && is_capitals(short)
        && initials(long).contains(&short.words[0])
}

/// Whether a name is written in capitals only, as abbreviations are.
pub(super) fn is_capitals(called: &Called) -> bool {
    let letters = called.shown.chars().filter(|c| c.is_alphabetic());
    (2..=7).contains(&letters.clone().count()) && letters.clone().all(char::is_uppercase)
}

/// The first letters of a name's words, without and with small ones.
pub(super) fn initials(called: &Called) -> [String; 2] {
    let of = |skip: &[&str]| {
        let words = called.words.iter().filter(|word| !skip.contains(&word.as_str()));
        words.filter_map(|word| word.chars().next()).collect()
    };
    [of(&["of", "the", "for", "and", "in", "on", "at", POSSESSIVE, "de"]), of(&[])]
}

/// Whether two names may be those of one person: one is the other's surname or given name alone, or the given names
/// agree, be it by their first letter.
pub(super) fn same_person(one: &Called, two: &Called) -> bool {
    let (short, long) = if one.words.len() <= two.words.len() { (one, two) } else { (two, one) };
    if one.gender.is_some() && two.gender.is_some() && one.gender != two.gender {
        return false;
    }
    let (Some(first), Some(last)) = (long.words.first(), long.words.last()) else { return false };
    match short.words.as_slice() {
        [] => false,
        [word] => {
            word == last
                || word == first && short.titles.is_empty()
                || long.words.len() > 2 && long.words.ends_with(&short.words)
        }
        [given, .., surname] => {
            let agree = |one: &str, two: &str| {
                one == two
                    || one.chars().count() == 1 && two.starts_with(one)
                    || two.chars().count() == 1 && one.starts_with(two)
            };
            surname == last && agree(given, first)
                || long.words.ends_with(&short.words)
                || long.words.starts_with(&short.words)
        }
    }
}

/// Whether two names may be those of one body or place: abbreviated, or cut short.
pub(super) fn same_body(one: &Called, two: &Called, are_bodies: bool) -> bool {
    if one.words == two.words || is_acronym(one, two) || is_acronym(two, one) {
        return true;
    }
    let (short, long) = if one.words.len() <= two.words.len() { (one, two) } else { (two, one) };
    if let [word] = short.words.as_slice()
        && let [first, _] = long.words.as_slice()
        && short.article
        && DIRECTIONS.contains(&word.as_str())
    {
        return word == first;
    }
    if !are_bodies || short.words.len() == long.words.len() {
        return false;
    }
    let is_place = short.words.len() == 1 && lexicon::named(&short.words[0]) & 0b1_1111_1100 != 0;
    // What follows “of” isn't what the name is of.
    let head = |called: &Called| {
        let of = called.words.iter().position(|word| matches!(word.as_str(), "of" | "for"));
        called.words.get(of.unwrap_or(called.words.len()).saturating_sub(1)).cloned()
    };
    let ends = head(short) == head(long) && short.words.iter().all(|word| long.words.contains(word));
    let opens = long.words.starts_with(&short.words) && long.words[short.words.len()] != POSSESSIVE;
    ends || opens && !is_place
}

/// Takes a chain's name as it is shown apart again.
pub(super) fn of_text(shown: &str, chain: &super::Chain) -> Called {
    let mut words: Vec<String> =
        shown.split_whitespace().take(MOST).map(small).filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|word| ENDS.contains(&word.as_str())) {
        words.pop();
    }
    Called {
        words,
        titles: chain.titles.clone(),
        shown: shown.to_owned(),
        is_person: chain.kind == Some(Kind::Person),
        article: false,
        gender: chain.gender,
    }
}
