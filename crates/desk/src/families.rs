//! Who publishes with whom: outlets with one owner, or with one origin for what they copy, count once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use url::Url;

use crate::article::Article;

static SHIPPED: &str = include_str!("../data/outlets.tsv");
static AGENCIES: &str = include_str!("../data/agencies.tsv");
/// What the families of news agencies begin with.
const AGENCY: &str = "agency:";
static STARTER: LazyLock<Families> = LazyLock::new(|| {
    let mut families = Families::default();
    for row in rows(SHIPPED) {
        if let [domain, name, family] = row[..] {
            families.outlets.insert(domain.to_owned(), (name.to_owned(), family.to_owned()));
        }
    }
    families
});

/// The families of news agencies that ship, by their names as bylines print them, in lower case.
static NAMED: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| rows(AGENCIES).filter_map(|row| Some((row[0], *row.get(1)?))).collect());
/// Forms of credits: with what a line begins, what stands in the rest of it, and the agency's name.
static FORMS: LazyLock<Vec<(&str, &str, &str)>> = LazyLock::new(|| {
    let form = |row: Vec<&'static str>| {
        let (begin, middle) = row[0].split_once(" * ")?;
        Some((begin, middle, *row.get(2)?))
    };
    rows(AGENCIES).filter_map(form).collect()
});

/// What is known of outlets: their printed names and their families, by domain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Families {
    outlets: BTreeMap<String, (String, String)>,
    /// Families of news agencies by their names as bylines print them, in lower case, beside those that ship.
    agencies: BTreeMap<String, String>,
}

impl Families {
    /// The families that ship with the program.
    #[must_use]
    pub fn starter() -> Self {
        STARTER.clone()
    }

    /// Adds the lines of a families file: `domain<TAB>family` for an outlet, `name<TAB>agency:family` for a news agency
    /// as bylines, datelines and credits print it; `#` opens a comment. Lines of another form are returned by number,
    /// from 1.
    pub fn extend(&mut self, file: &str) -> Vec<usize> {
        let mut odd = Vec::new();
        for (number, line) in file.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split('\t').map(str::trim).collect::<Vec<_>>()[..] {
                [name, family] if is_agency_line(name, family) => {
                    self.agencies.insert(name.to_lowercase(), family.to_lowercase());
                }
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
        if let Some(family) = self.agency_of(article) {
            return family;
        }
        match self.owner(article) {
            Some(family) if !family.is_empty() => format!("owner:{}", family.to_lowercase()),
            _ => article.domain.clone().unwrap_or_else(|| article.outlet.to_lowercase()),
        }
    }

    /// The family of the agency that wrote an article: the one it names, or the one that publishes it.
    #[must_use]
    pub fn agency_of(&self, article: &Article) -> Option<String> {
        let named = article.agency.as_deref().map(|name| self.agency_family(name));
        let owner = || self.owner(article).filter(|family| family.starts_with(AGENCY)).map(str::to_lowercase);
        named.or_else(owner).or_else(|| self.known_agency(&article.outlet).map(str::to_owned))
    }

    /// The family of a news agency: a known one by its short name, any other by its own.
    #[must_use]
    pub fn agency_family(&self, name: &str) -> String {
        let known = self.known_agency(name).map(str::to_owned);
        known.unwrap_or_else(|| format!("{AGENCY}{}", name.trim().to_lowercase()))
    }

    /// Whether `name` is a news agency's as bylines, datelines and credits print it.
    #[must_use]
    pub fn is_agency(&self, name: &str) -> bool {
        self.known_agency(name).is_some()
    }

    /// The agency whose credits have the form of this line, which is given in lower case.
    pub(crate) fn form(&self, line: &str) -> Option<String> {
        let holds = |(begin, middle, _): &&(&str, &str, &str)| {
            line.strip_prefix(begin).is_some_and(|rest| rest.contains(middle))
        };
        FORMS.iter().find(holds).map(|(.., name)| (*name).to_owned())
    }

    fn known_agency(&self, name: &str) -> Option<&str> {
        let name = name.trim().to_lowercase();
        let own = self.agencies.get(&name).map(String::as_str);
        own.or_else(|| NAMED.get(name.as_str()).copied())
    }

    /// Who owns the outlet of an article, where that is known.
    fn owner(&self, article: &Article) -> Option<&str> {
        let host = article.url.as_deref().and_then(host);
        let known = host.as_deref().or(article.domain.as_deref()).and_then(|host| self.entry(host));
        known.map(|(_, family)| family.as_str())
    }

    fn entry(&self, host: &str) -> Option<&(String, String)> {
        let host = host.trim_start_matches("www.");
        self.outlets.get(host).or_else(|| self.outlets.get(&registrable(host)?))
    }
}

/// Whether a line of a families file tells of an agency: its name is no domain, and its family is an agency's.
fn is_agency_line(name: &str, family: &str) -> bool {
    let is_domain = name.contains('.') && !name.contains(' ') && !name.ends_with('.');
    !name.is_empty() && !is_domain && family.len() > AGENCY.len() && family.starts_with(AGENCY)
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

    #[test]
    fn a_families_file_tells_of_agencies_too() {
        let mut families = Families::starter();
        let file = "Meridian Wire\tagency:meridian\nM.W.\tagency:meridian\nwire.example\tagency:meridian\nNo Owner\tNorthgate\n";
        assert_eq!(families.extend(file), [4]);
        let check = |agency: Option<&str>, outlet: &str, domain: Option<&str>, wanted: &str| {
            let mut article = Article::bare("a1");
            (article.agency, article.outlet) = (agency.map(str::to_owned), outlet.to_owned());
            article.domain = domain.map(str::to_owned);
            assert_eq!(families.of(&article), wanted);
        };
        check(Some("meridian wire"), "The Mill", None, "agency:meridian");
        check(Some("m.w."), "The Mill", None, "agency:meridian");
        check(None, "Meridian Wire", None, "agency:meridian");
        check(None, "The Wire", Some("wire.example"), "agency:meridian");
        check(None, "The Associated Press", Some("ap.example"), "agency:ap");
        check(Some("Ravel Press"), "", None, "agency:ravel press");
    }
}
