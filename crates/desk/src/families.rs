//! Who publishes with whom: outlets with one owner, or with one origin for what they copy, count once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use url::Url;

use crate::article::Article;

static SHIPPED: &str = include_str!("../data/outlets.tsv");
static AGENCIES: &str = include_str!("../data/agencies.tsv");
static STARTER: LazyLock<Families> = LazyLock::new(|| {
    let mut families = Families::default();
    for row in rows(SHIPPED) {
        if let [domain, name, family] = row[..] {
            families.outlets.insert(domain.to_owned(), (name.to_owned(), family.to_owned()));
        }
    }
    families
});

/// What is known of outlets: their printed names and their families, by domain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Families {
    outlets: BTreeMap<String, (String, String)>,
}

impl Families {
    /// The families that ship with the program.
    #[must_use]
    pub fn starter() -> Self {
        STARTER.clone()
    }

    /// Adds the lines of a families file: `domain<TAB>family`, `#` opens a comment. Lines of another form are
    /// returned by number, from 1.
    pub fn extend(&mut self, file: &str) -> Vec<usize> {
        let mut odd = Vec::new();
        for (number, line) in file.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split('\t').map(str::trim).collect::<Vec<_>>()[..] {
                [domain, family] if domain.contains('.') && !family.is_empty() => {
                    let entry = self.outlets.entry(domain.to_lowercase()).or_default();
                    entry.1 = family.to_owned();
                }
                _ => odd.push(number + 1),
            }
        }
        odd
    }

    /// The name under which the outlet at `host` is printed, where one is known.
    #[must_use]
    pub fn name(&self, host: &str) -> Option<&str> {
        self.entry(host).map(|(name, _)| name.as_str()).filter(|name| !name.is_empty())
    }

    /// The family that an article counts for: its agency, else its outlet's owner, else its registrable
    /// domain, else its outlet's name.
    #[must_use]
    pub fn of(&self, article: &Article) -> String {
        if let Some(family) = article.agency.as_deref().map(agency_family) {
            return family;
        }
        let host = article.url.as_deref().and_then(host);
        let owner = host.as_deref().or(article.domain.as_deref()).and_then(|host| self.entry(host));
        match owner {
            Some((_, family)) if !family.is_empty() => format!("owner:{}", family.to_lowercase()),
            _ => article.domain.clone().unwrap_or_else(|| article.outlet.to_lowercase()),
        }
    }

    fn entry(&self, host: &str) -> Option<&(String, String)> {
        let host = host.trim_start_matches("www.");
        self.outlets.get(host).or_else(|| self.outlets.get(&registrable(host)?))
    }
}

/// The family of a news agency: a known one by its short name, any other by its own.
#[must_use]
pub fn agency_family(name: &str) -> String {
    let name = name.trim().to_lowercase();
    rows(AGENCIES)
        .find(|row| row[0] == name)
        .and_then(|row| row.get(1).map(|family| (*family).to_owned()))
        .unwrap_or_else(|| format!("agency:{name}"))
}

/// Whether `name` is a news agency's as bylines and datelines print it.
#[must_use]
pub fn is_agency(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    rows(AGENCIES).any(|row| row[0] == name)
}

/// The host of an address, lower case.
#[must_use]
pub fn host(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_lowercase)
}

/// The registrable domain of a host (`news.example.co.uk` → `example.co.uk`).
#[must_use]
pub fn registrable(host: &str) -> Option<String> {
    psl::domain_str(host).map(str::to_owned)
}

fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_goes_before_an_owner_before_a_domain() {
        let mut families = Families::starter();
        assert_eq!(families.extend("# owners\nold-mill.example\tNorthgate\nnonsense\n"), [3]);
        let mut article = Article::bare("a1");
        article.outlet = "The Old Mill".into();
        assert_eq!(families.of(&article), "the old mill");
        article.domain = Some("mill-race.example".into());
        assert_eq!(families.of(&article), "mill-race.example");
        article.url = Some("https://www.old-mill.example/news/1".into());
        assert_eq!(families.of(&article), "owner:northgate");
        article.agency = Some("The Associated Press".into());
        assert_eq!(families.of(&article), "agency:ap");
    }
}
