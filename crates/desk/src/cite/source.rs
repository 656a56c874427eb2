//! What a reference needs to know of an article: who published what, when, where, by whom.

use jiff::civil::Date;
use serde_json::Value;

use crate::article::Article;

/// One entry of the reference list before it has a style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The article's id.
    pub id: String,
    /// The headline as the outlet wrote it; empty where there is none.
    pub title: String,
    /// The outlet's name in its own spelling; empty where it is not known.
    pub outlet: String,
    /// People and organisations of the byline, in order.
    pub authors: Vec<Author>,
    /// The day of publication.
    pub published: Option<Date>,
    /// Where it was published.
    pub url: Option<String>,
    /// The day it was read, where that is known.
    pub accessed: Option<Date>,
}

/// Somebody who is named as author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// A person.
    Person {
        /// Given names and initials; empty for a person of one name.
        given: String,
        /// The family name with its particles (`van der Meer`).
        family: String,
        /// `Jr.`, `III`; empty for most.
        suffix: String,
    },
    /// An agency, a desk, a newsroom: never turned round.
    Organisation(String),
}

/// Words that only organisations carry in their names.
const ORGANISATION_WORDS: &[&str] = &[
    "agency",
    "agencies",
    "association",
    "board",
    "broadcasting",
    "bureau",
    "committee",
    "correspondents",
    "desk",
    "editorial",
    "editors",
    "foundation",
    "institute",
    "magazine",
    "media",
    "ministry",
    "network",
    "news",
    "newspaper",
    "newsroom",
    "office",
    "press",
    "radio",
    "reporters",
    "service",
    "services",
    "staff",
    "team",
    "television",
    "times",
    "university",
    "wire",
    "writers",
    "wires",
];

/// Particles that belong to the family name that follows them.
const PARTICLES: &[&str] = &[
    "af", "al", "ap", "av", "bin", "bint", "da", "dal", "de", "del", "della", "den", "der", "di", "do",
    "dos", "du", "el", "ibn", "la", "le", "op", "ten", "ter", "van", "von", "zu", "zum", "zur",
];

impl Source {
    /// The source that an article is.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let fetched = article.fetched.as_deref().and_then(|at| at.get(..10));
        Self {
            id: article.id.clone(),
            title: spaced(&article.title),
            outlet: spaced(&article.outlet),
            authors: article.authors.iter().filter_map(|name| Author::from_name(name)).collect(),
            published: article.published.map(|at| at.day),
            url: article.url.clone(),
            accessed: fetched.and_then(|day| day.parse().ok()),
        }
    }

    /// Reads an item of CSL-JSON, or a record `{csl, accessed?}` around one. What is missing or of the wrong
    /// kind is left empty; a date without month or day is left out, because a source has whole days only.
    #[must_use]
    pub fn from_csl(record: &Value) -> Self {
        let item = record.get("csl").unwrap_or(record);
        let field = |name: &str| item.get(name).and_then(Value::as_str).map(spaced).unwrap_or_default();
        let authors = item.get("author").and_then(Value::as_array);
        Self {
            id: item.get("id").map(plain).unwrap_or_default(),
            title: field("title"),
            outlet: [field("container-title"), field("publisher")]
                .into_iter()
                .find(|o| !o.is_empty())
                .unwrap_or_default(),
            authors: authors.into_iter().flatten().filter_map(csl_author).collect(),
            published: item.get("issued").and_then(csl_date),
            url: Some(field("URL")).filter(|url| !url.is_empty()),
            accessed: record.get("accessed").or_else(|| item.get("accessed")).and_then(csl_date),
        }
    }
}

impl Author {
    /// Tells people from organisations and family from given names: `Ada B. Quill`, `Quill, Ada`,
    /// `Ada van der Quill Jr.`, `Harbour News Agency`, `HNA`. Nothing for an empty name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = spaced(name);
        if name.is_empty() {
            return None;
        }
        if is_organisation(&name) {
            return Some(Self::Organisation(name));
        }
        let mut parts = name.split(',').map(str::trim).filter(|part| !part.is_empty());
        let first = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        let (given, family, suffix) = match rest.as_slice() {
            [] => turned(first, ""),
            [only] if is_suffix(only) => turned(first, only),
            [given] => (*given, first, ""),
            [given, suffix] if is_suffix(suffix) => (*given, first, *suffix),
            [suffix, given] if is_suffix(suffix) => (*given, first, *suffix),
            _ => return Some(Self::Organisation(name)),
        };
        Some(Self::Person { given: given.to_owned(), family: family.to_owned(), suffix: suffix.to_owned() })
    }

    /// The name in reading order.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Organisation(name) => name.clone(),
            Self::Person { given, family, suffix } => {
                let parts = [given.as_str(), family, suffix];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// Given, family and suffix of a name in reading order.
fn turned<'n>(name: &'n str, suffix: &'n str) -> (&'n str, &'n str, &'n str) {
    let (name, suffix) = match name.rsplit_once(' ') {
        Some((before, last)) if suffix.is_empty() && is_suffix(last) && before.contains(' ') => {
            (before, last)
        }
        _ => (name, suffix),
    };
    let Some((mut given, _)) = name.rsplit_once(' ') else { return ("", name, suffix) };
    while let Some((before, last)) = given.rsplit_once(' ') {
        if !PARTICLES.contains(&last.to_lowercase().as_str()) {
            break;
        }
        given = before;
    }
    (given, name[given.len()..].trim_start(), suffix)
}

fn is_suffix(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "Jr" | "Sr" | "Junior" | "Senior" | "II" | "III" | "IV" | "MD" | "PhD" | "Ph.D"
    )
}

fn is_organisation(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let marked = |word: &&str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        ORGANISATION_WORDS.contains(&bare.as_str())
    };
    // A family name may be one of these words (`Ada Press`): with a comma the name says itself that it is a person's.
    let people = name.contains(", ") && words.len() <= 3;
    let acronym = words.len() == 1
        && name.chars().count() > 1
        && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    let leads = words.len() > 1 && matches!(words[0], "The" | "the");
    acronym
        || leads
        || name.contains(" of the ")
        || name.contains('.') && words.len() == 1
        || (!people && words.iter().any(marked))
}

fn csl_author(author: &Value) -> Option<Author> {
    let part = |name: &str| author.get(name).and_then(Value::as_str).map(spaced).unwrap_or_default();
    let literal = part("literal");
    if !literal.is_empty() {
        return Some(Author::Organisation(literal));
    }
    let particles = [part("dropping-particle"), part("non-dropping-particle"), part("family")];
    let family = particles.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
    let (given, suffix) = (part("given"), part("suffix"));
    match (family.is_empty(), given.is_empty()) {
        (true, true) => None,
        (true, false) => Some(Author::Person { given: String::new(), family: given, suffix }),
        _ => Some(Author::Person { given, family, suffix }),
    }
}

fn csl_date(value: &Value) -> Option<Date> {
    if let Some(text) = value.as_str().or_else(|| value.get("raw").and_then(Value::as_str)) {
        return text.get(..10)?.parse().ok();
    }
    let parts = value.get("date-parts")?.get(0)?;
    let part = |at: usize| match parts.get(at)? {
        Value::String(digits) => digits.trim().parse().ok(),
        number => number.as_i64(),
    };
    Date::new(part(0)?.try_into().ok()?, part(1)?.try_into().ok()?, part(2)?.try_into().ok()?).ok()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Runs of white space made one space, none at the ends.
pub(super) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_split_and_organisations_kept_whole() {
        let person = |given: &str, family: &str, suffix: &str| Author::Person {
            given: given.into(),
            family: family.into(),
            suffix: suffix.into(),
        };
        let body = |name: &str| Author::Organisation(name.into());
        for (name, expected) in [
            ("Ada B. Quill", person("Ada B.", "Quill", "")),
            ("Quill, Ada", person("Ada", "Quill", "")),
            ("Ada van der Quill", person("Ada", "van der Quill", "")),
            ("Ben Quill Jr.", person("Ben", "Quill", "Jr.")),
            ("Ben Quill, Jr.", person("Ben", "Quill", "Jr.")),
            ("Quill, Ben, III", person("Ben", "Quill", "III")),
            ("Ludmila", person("", "Ludmila", "")),
            ("Press, Ada", person("Ada", "Press", "")),
            ("Harbour News Agency", body("Harbour News Agency")),
            ("HNA", body("HNA")),
            ("The Lantern", body("The Lantern")),
            ("Lantern Staff", body("Lantern Staff")),
        ] {
            assert_eq!(Author::from_name(name), Some(expected), "{name}");
        }
        assert_eq!(Author::from_name("  "), None);
    }

    #[test]
    fn an_item_of_csl_is_read_and_bad_parts_are_left_out() {
        let record = serde_json::json!({
            "csl": {"id": 7, "title": " Ferry  sinks ", "container-title": "The Lantern", "issued": {"date-parts": [["2026", 3, 11]]},
                    "author": [{"literal": "HNA"}, {"family": "Quill", "given": "Ada", "non-dropping-particle": "van"}, {}]},
            "accessed": {"date-parts": [[2026]]}
        });
        let source = Source::from_csl(&record);
        assert_eq!((source.id.as_str(), source.title.as_str()), ("7", "Ferry sinks"));
        assert_eq!(source.published, Some(jiff::civil::date(2026, 3, 11)));
        assert_eq!(source.authors.iter().map(Author::name).collect::<Vec<_>>(), ["HNA", "Ada van Quill"]);
        assert_eq!((source.url, source.accessed), (None, None));
        assert_eq!(Source::from_csl(&serde_json::json!([1])), Source::default());
    }
}
