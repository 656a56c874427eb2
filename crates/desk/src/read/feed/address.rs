//! Links: resolved against the base in force, and only of kinds that are safe to follow.

use url::Url;

/// The longest address that is kept; longer ones are data in disguise.
const LONGEST: usize = 8192;

/// What relative links are resolved against.
#[derive(Clone, Debug)]
pub(super) struct Base {
    url: Option<Url>,
}

impl Base {
    /// The base at an address; one that can't be read leaves relative links as they are.
    pub(super) fn new(address: &str) -> Self {
        Self { url: (address.len() <= LONGEST).then(|| Url::parse(address.trim()).ok()).flatten() }
    }

    /// The base that `xml:base` makes of this one. One that can't be followed changes nothing.
    pub(super) fn join(&self, address: &str) -> Self {
        match self.resolve(address) {
            Some(address) => Self { url: Url::parse(&address).ok().or_else(|| self.url.clone()) },
            None => self.clone(),
        }
    }

    /// An absolute address from one as written; none for an empty one, one that runs code, and other misuse.
    /// Addresses that are absolute already stay as they are written.
    pub(super) fn resolve(&self, written: &str) -> Option<String> {
        let written = written.trim();
        if written.is_empty() || written.len() > LONGEST {
            return None;
        }
        let address: String = written.chars().filter(|c| !c.is_control()).collect();
        match scheme(&address) {
            Some(scheme) if SAFE.contains(&scheme.as_str()) => Some(address),
            Some(_) => None,
            None => match &self.url {
                Some(base) => base.join(&address).ok().map(String::from),
                None => Some(address),
            },
        }
    }
}

/// The schemes that links may have.
const SAFE: [&str; 9] = ["http", "https", "mailto", "ftp", "tel", "tag", "urn", "feed", "magnet"];

/// The scheme before the first colon, in lower case. White space counts as part of it, so that a name broken
/// up by blanks is not taken for a relative path.
fn scheme(address: &str) -> Option<String> {
    let end = address.find([':', '/', '?', '#'])?;
    let (name, rest) = address.split_at(end);
    let name: String = name.chars().filter(|c| c.is_ascii() && !c.is_whitespace()).collect();
    (rest.starts_with(':') && !name.is_empty()).then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_become_absolute_or_nothing() {
        let base = Base::new("https://paper.example/news/feed.xml");
        let check = |written: &str, expected: Option<&str>| {
            assert_eq!(base.resolve(written).as_deref(), expected, "{written}");
        };
        check(" /a?b=1 ", Some("https://paper.example/a?b=1"));
        check("story.html", Some("https://paper.example/news/story.html"));
        check("//other.example/x", Some("https://other.example/x"));
        check("http://paper.example", Some("http://paper.example"));
        check("java\nscript:alert(1)", None);
        check("  JaVaScRiPt :x", None);
        check("data:text/html,x", None);
        check("", None);
        assert_eq!(Base::new("").resolve("a/b").as_deref(), Some("a/b"));
        assert_eq!(base.join("../x/").resolve("y").as_deref(), Some("https://paper.example/x/y"));
    }
}
