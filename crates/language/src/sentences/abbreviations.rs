//! Abbreviations, and whether the stop after one also ends a sentence.

use super::stops::word_before;

/// Never end a sentence: a name or a number follows.
const BEFORE_NAMES: &[&str] = &[
    "adm",
    "amb",
    "asst",
    "atty",
    "brig",
    "capt",
    "cmdr",
    "col",
    "comdr",
    "cpl",
    "det",
    "dr",
    "drs",
    "esp",
    "fr",
    "ft",
    "gen",
    "gov",
    "govs",
    "hon",
    "insp",
    "lt",
    "maj",
    "messrs",
    "mlle",
    "mme",
    "mr",
    "mrs",
    "ms",
    "msgr",
    "mt",
    "mx",
    "pfc",
    "ph",
    "pres",
    "prof",
    "profs",
    "pvt",
    "rep",
    "reps",
    "rev",
    "sen",
    "sens",
    "sgt",
    "sr.a",
    "st",
    "ste",
    "supt",
    "viz",
    "vs",
    "cf",
    "e.g",
    "i.e",
    "eg",
    "ie",
    "al",
    "ca",
    "approx",
    "asst.prof",
    "lieut",
    "v",
    "sra",
    "srta",
    "lic",
    "herr",
    "frau",
];

/// Never end a sentence before a number.
const BEFORE_NUMBERS: &[&str] = &[
    "no", "nos", "n°", "nr", "núm", "num", "p", "pp", "pg", "art", "arts", "sec", "secs", "fig", "figs",
    "eq", "ch", "chap", "vol", "vols", "par", "para", "paras", "op", "ver", "ext", "tel", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed",
    "thu", "thur", "thurs", "fri", "sat", "sun", "c", "s", "abs", "párrf", "cap", "pág", "págs", "lun",
];

/// End a sentence only when the next word is one that sentences begin with.
const EITHER: &[&str] = &[
    "inc", "corp", "co", "cos", "ltd", "llc", "plc", "bros", "jr", "sr", "etc", "esq", "ave", "blvd", "rd",
    "hwy", "dept", "univ", "assn", "est", "min", "max", "a.m", "p.m", "am", "pm", "d.c", "u.s", "u.k", "u.n",
    "e.u", "u.s.a", "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan",
    "ky", "la", "md", "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa",
    "tenn", "tex", "vt", "va", "wash", "wis", "wyo", "ont", "que", "ph.d", "m.d", "b.a", "m.a", "b.sc",
    "r.i", "n.y", "n.j", "n.h", "n.c", "s.c", "s.d", "n.d", "w.va", "n.m", "lb", "lbs", "oz", "ft.lb", "mph",
    "sq", "hrs", "yrs", "ed", "eds",
];

const GERMAN: &[&str] = &[
    "bzw", "ca", "d.h", "dipl", "ing", "kath", "evang", "med", "jur", "phil", "rer", "nat", "str", "u.a",
    "z.b", "z.t", "usf", "vgl", "inkl", "exkl", "ggf", "evtl", "geb", "gest", "hl", "hr", "fr", "jh", "jhd",
    "mio", "mrd", "nr", "sog", "std", "tsd", "zzgl", "abs", "abt", "bd",
];

const OTHERS: &[&str] = &[
    "sr", "sra", "srta", "sres", "dr", "dra", "lic", "ing", "admón", "ee", "uu", "ud", "uds", "av", "avda",
    "gral", "tel", "hs", "kg", "mm", "mgr", "sig", "sig.ra", "dott", "on", "prof", "cra", "ago", "dic",
    "ene", "abr",
];

/// Words that sentences begin with and that seldom follow an abbreviation inside one.
const STARTERS: &[&str] = &[
    "a",
    "about",
    "after",
    "again",
    "all",
    "also",
    "although",
    "among",
    "an",
    "and",
    "another",
    "any",
    "are",
    "as",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "can",
    "could",
    "critics",
    "despite",
    "did",
    "do",
    "does",
    "during",
    "each",
    "earlier",
    "even",
    "every",
    "few",
    "for",
    "from",
    "given",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "instead",
    "is",
    "it",
    "it's",
    "its",
    "last",
    "later",
    "like",
    "many",
    "meanwhile",
    "more",
    "most",
    "much",
    "my",
    "no",
    "none",
    "nor",
    "not",
    "now",
    "of",
    "officials",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "our",
    "over",
    "people",
    "perhaps",
    "police",
    "she",
    "should",
    "since",
    "so",
    "some",
    "still",
    "such",
    "that",
    "that's",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "to",
    "today",
    "two",
    "under",
    "unlike",
    "until",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "why",
    "will",
    "with",
    "without",
    "would",
    "yes",
    "yet",
    "you",
    "your",
];

const GERMAN_MONTHS: &[&str] = &[
    "januar",
    "jänner",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "jahrhundert",
    "jahrhunderts",
];

/// Whether `word` (without its stop) is an abbreviation in the language.
pub(super) fn is_known(word: &str, lang: &str) -> bool {
    let word = word.to_lowercase();
    let word = word.as_str();
    [BEFORE_NAMES, BEFORE_NUMBERS, EITHER].iter().any(|list| list.contains(&word))
        || is_dotted(word)
        || (lang == "de" && GERMAN.contains(&word))
}

/// Whether a single stop at `stop` ends a sentence, when `after` follows it in upper case or as a number.
pub(super) fn stop_ends(body: &str, stop: usize, after: &str, lang: &str) -> bool {
    let whole = word_before(body, stop);
    // Where a space was lost (`Tuesday.Mr. Lind`) the title is the last piece.
    let word = whole.rsplit('.').next().filter(|piece| is_title(piece)).unwrap_or(whole);
    let lower = word.to_lowercase();
    let lower = lower.as_str();
    let number_follows = after.starts_with(|c: char| c.is_ascii_digit());
    let starter = is_starter(after);
    if lower.is_empty() || lower == "n°" {
        return !number_follows;
    }
    if BEFORE_NAMES.contains(&lower) && !(matches!(lower, "st" | "al") && starter) {
        return false;
    }
    if number_follows && BEFORE_NUMBERS.contains(&lower) {
        return false;
    }
    if is_initial(word) {
        return initial_ends(body, stop, word, after, lang);
    }
    if lang == "de" && (GERMAN.contains(&lower) || german_ordinal(word, after)) {
        return lower == "usw";
    }
    if matches!(lang, "es" | "fr" | "it" | "pt") && OTHERS.contains(&lower) {
        return false;
    }
    if (EITHER.contains(&lower) && !is_plain_word(word, lower)) || is_dotted(lower) {
        return starter && !(number_follows);
    }
    true
}

/// A short word that is also an abbreviation (`ill`, `mass`, `am`) counts as one only as it is written.
fn is_plain_word(word: &str, lower: &str) -> bool {
    const ALSO_WORDS: &[&str] = &[
        "ill", "mass", "miss", "wash", "am", "pm", "ind", "del", "conn", "ed", "max", "min", "co", "est",
        "la",
    ];
    word == lower && ALSO_WORDS.contains(&lower) && lower != "co"
}

fn is_title(piece: &str) -> bool {
    matches!(piece, "Mr" | "Mrs" | "Ms" | "Dr" | "Gov" | "Sen" | "Rep" | "Gen" | "Prof")
}

fn is_starter(after: &str) -> bool {
    let word: String = after
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '\'' | '’'))
        .take(14)
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect();
    STARTERS.contains(&word.as_str())
}

/// `u.s`, `a.m`, `j.k`: single letters with stops between.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
        })
}

fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// A letter with a stop is an initial, but for the pronoun and for names like `Plan B`.
fn initial_ends(body: &str, stop: usize, word: &str, after: &str, lang: &str) -> bool {
    if lang == "de" || !word.starts_with(char::is_uppercase) {
        return false;
    }
    let head = body[..stop - word.len()].trim_end();
    let previous = word_before(head, head.len());
    let inside_name =
        previous.starts_with(char::is_uppercase) && !matches!(previous, "Plan" | "Vitamin" | "Group");
    let article = after.starts_with("A ") || after.starts_with("I ");
    is_starter(after) && !article && (!inside_name || word == "I" || after.starts_with("The "))
}

fn german_ordinal(word: &str, after: &str) -> bool {
    let month = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) && GERMAN_MONTHS.contains(&month.as_str())
}
