//! Who wrote it: the elements that name authors, and the ways in which RSS packs a name and an address in one.

use super::Person;
use super::name::Vocabulary;
use super::xml::Element;

impl Person {
    /// Reads `mail (Name)`, `Name <mail>`, a mail address alone, or a name alone.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_edge = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | ',' | ';' | '"');
        let email = text
            .split(is_edge)
            .map(|word| word.strip_prefix("mailto:").unwrap_or(word))
            .find(|word| word.find('@').is_some_and(|at| at > 0 && word[at..].contains('.')));
        let name = match email {
            None => text.to_owned(),
            Some(email) => {
                let rest = text
                    .replacen("mailto:", "", 1)
                    .replacen(email, "", 1)
                    .replace("()", "")
                    .replace("<>", "");
                let rest = rest.trim();
                let inner = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest);
                inner.trim_matches(is_edge).to_owned()
            }
        };
        let person = Self { name: some(&name), email: email.map(str::to_owned), uri: None };
        (person.name.is_some() || person.email.is_some()).then_some(person)
    }

    /// Reads an element with `name`, `email` and an address in it, or with text alone.
    pub(super) fn read(element: Element<'_>) -> Option<Self> {
        let field = |names: &[&str]| {
            names.iter().find_map(|name| element.children().find(|child| child.local() == *name)?.text())
        };
        let base = element.base();
        let uri = field(&["uri", "url", "homepage"]).and_then(|uri| base.resolve(&uri));
        let person = Self { name: field(&["name"]), email: field(&["email"]), uri };
        if person == Self::default() {
            return Self::parse(&element.text()?);
        }
        Some(person)
    }
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// All authors that an entry or a feed names, in order, each once.
pub(super) fn authors(element: Element<'_>) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for child in element.children() {
        let names_author = matches!(
            (child.vocabulary(), child.local()),
            (Vocabulary::Plain | Vocabulary::Atom, "author" | "managingeditor")
                | (Vocabulary::Dc, "creator" | "author")
                | (Vocabulary::Itunes, "author")
        );
        let Some(person) = names_author.then(|| Person::read(child)).flatten() else { continue };
        let same = |other: &Person| {
            *other == person || person.name.is_some() && person.name == other.name && person.email.is_none()
        };
        if people.len() < 1000 && !people.iter().any(same) {
            people.push(person);
        }
    }
    people
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_told_apart() {
        let check = |text: &str, name: Option<&str>, email: Option<&str>| {
            let person = Person::parse(text).unwrap_or_default();
            assert_eq!((person.name.as_deref(), person.email.as_deref()), (name, email), "{text}");
        };
        check("ida@paper.example (Ida Berg)", Some("Ida Berg"), Some("ida@paper.example"));
        check("Ida Berg <ida@paper.example>", Some("Ida Berg"), Some("ida@paper.example"));
        check("ida@paper.example", None, Some("ida@paper.example"));
        check("Ida Berg", Some("Ida Berg"), None);
        check("Ida @ the Paper", Some("Ida @ the Paper"), None);
        check(" () ", Some("()"), None);
        check("", None, None);
    }
}
