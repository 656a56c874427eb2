//! The settings of the newsroom: one table of keys, one typed value, decided in one place.

mod key;
mod layers;
mod value;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use desk::families::Families;

use crate::cli;
use key::{KEYS, SECTIONS};
use layers::Layers;
use value::Value;

/// The name of the settings file.
const FILE: &str = "nutgraf.toml";

/// What the owner of a newsroom decided.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The folder that everything is kept in.
    pub(crate) data: PathBuf,
    /// The database's address.
    pub(crate) database: String,
    /// Where the site is served.
    pub(crate) listen: String,
    /// The site; `base` is empty where nobody gave one.
    pub(crate) site: web::Settings,
    /// How feeds and pages are fetched.
    pub(crate) fetch: Fetch,
    /// How many days back grouping looks.
    pub(crate) days: u16,
    /// When and how digests are written.
    pub(crate) write: Write,
    /// Whether the log is JSON.
    pub(crate) json_log: bool,
    /// How much is logged.
    pub(crate) level: String,
}

/// How feeds and pages are fetched.
#[derive(Clone, Debug)]
pub(crate) struct Fetch {
    /// How many addresses are asked at the same time.
    pub(crate) fetchers: usize,
    /// What bounds one address.
    pub(crate) limits: fetch::Limits,
    /// The time between two questions to one site.
    pub(crate) gap: Duration,
    /// The shortest time between two fetches of a feed.
    pub(crate) least: Duration,
    /// The longest time between two fetches of a feed.
    pub(crate) most: Duration,
    /// Whether pages are fetched where a feed has only teasers.
    pub(crate) full_text: bool,
}

/// When and how digests are written.
#[derive(Clone, Debug)]
pub(crate) struct Write {
    /// Who counts as one voice.
    pub(crate) families: Families,
    /// How many families must carry a story.
    pub(crate) least: usize,
    /// About how many words a digest has.
    pub(crate) words: usize,
    /// How long a story rests after a change.
    pub(crate) settle: Duration,
    /// The sections whose digests wait for an editor.
    pub(crate) approval: BTreeSet<String>,
}

/// The settings in force, and for each where it comes from.
pub(crate) struct InForce {
    /// Typed.
    pub(crate) settings: Settings,
    layers: Layers,
    /// The file that was read.
    pub(crate) file: Option<PathBuf>,
}

/// Decides what is in force: the command line goes before the environment, that before the file, that before the
/// defaults.
pub(crate) fn in_force(options: &cli::Options) -> Result<InForce> {
    let mut layers = Layers::defaults();
    let file = options.config.clone().or_else(found);
    if let Some(file) = &file {
        layers.file(file)?;
    }
    let variables = std::env::vars_os();
    layers.environment(
        variables.filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))),
    )?;
    let folder = options.data.as_ref().map(|path| path.display().to_string());
    for (option, name, value) in [
        ("--data", "data", folder.as_deref()),
        ("--database", "database", options.database.as_deref()),
        ("--listen", "listen", options.listen.as_deref()),
        ("--base", "site.base", options.base.as_deref()),
    ] {
        if let Some(value) = value {
            layers.line(option, name, value)?;
        }
    }
    for (name, value) in &options.set {
        layers.line("--set", name, value)?;
    }
    Ok(InForce { settings: typed(&layers)?, layers, file })
}

/// The settings file that is there without being named.
fn found() -> Option<PathBuf> {
    let here = PathBuf::from(FILE);
    let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".config"));
    let folder = std::env::var_os("XDG_CONFIG_HOME").filter(|path| !path.is_empty()).map(PathBuf::from);
    let elsewhere = folder.or_else(home).map(|folder| folder.join("nutgraf").join(FILE));
    std::iter::once(here).chain(elsewhere).find(|path| path.is_file())
}

/// Makes one typed value of all.
fn typed(layers: &Layers) -> Result<Settings> {
    let given = Given(layers);
    let data = PathBuf::from(given.text("data"));
    let database = match given.text("database") {
        "" => format!("sqlite:{}", data.join("nutgraf.db").display()),
        named => named.to_owned(),
    };
    let site = site(&given);
    let write = write(&given)?;
    if let Some(odd) = write.approval.iter().find(|section| !site.sections.contains(section)) {
        let all = site.sections.join(", ");
        bail!("write.approval names the section {odd:?}, which site.sections does not have; it has {all}");
    }
    let fetch = fetching(&given);
    if fetch.least > fetch.most {
        bail!("fetch.min_interval is longer than fetch.max_interval. Lower the first or raise the second");
    }
    let json_log = given.text("log.format") == "json";
    let (listen, level) = (given.text("listen").to_owned(), given.text("log.level").to_owned());
    let days = u16::try_from(given.count("group.days")).unwrap_or(u16::MAX);
    Ok(Settings { data, database, listen, site, fetch, days, write, json_log, level })
}

fn site(given: &Given<'_>) -> web::Settings {
    web::Settings {
        name: given.text("site.name").to_owned(),
        tagline: given.text("site.tagline").to_owned(),
        base: given.text("site.base").to_owned(),
        lang: given.text("site.lang").to_owned(),
        contact: given.text("site.contact").to_owned(),
        sections: given.list("site.sections").to_vec(),
        comments: web::Comments {
            open: given.switch("comments.open"),
            approve: given.switch("comments.approve"),
            days: given.small("comments.days"),
            edit_minutes: given.small("comments.edit_minutes"),
            per_hour: given.small("comments.per_hour"),
            length: given.count("comments.length"),
        },
        trusted_hops: given.count("site.trusted_hops"),
        files: Some(given.text("site.files")).filter(|folder| !folder.is_empty()).map(PathBuf::from),
        secure_cookies: given.switch("site.secure_cookies"),
        ..web::Settings::default()
    }
}

fn fetching(given: &Given<'_>) -> Fetch {
    Fetch {
        fetchers: given.count("fetch.fetchers"),
        limits: fetch::Limits {
            page_bytes: given.bytes("fetch.page_bytes"),
            feed_bytes: given.bytes("fetch.feed_bytes"),
            timeout: given.time("fetch.timeout").max(Duration::from_secs(1)),
            allow_private: given.switch("fetch.allow_private"),
            // Nothing, or what is no address, stands in for nobody.
            stand_in: given.text("fetch.stand_in").parse().ok(),
            ..fetch::Limits::default()
        },
        gap: given.time("fetch.gap"),
        least: given.time("fetch.min_interval"),
        most: given.time("fetch.max_interval"),
        full_text: given.switch("fetch.full_text"),
    }
}

fn write(given: &Given<'_>) -> Result<Write> {
    let mut families = Families::starter();
    let file = given.text("write.families_file");
    if !file.is_empty() {
        let text = std::fs::read_to_string(file).with_context(|| {
            format!(
                "{file}: the families can't be read. write.families_file names it ({})",
                given.0.get("write.families_file").1
            )
        })?;
        if let Some(line) = families.extend(&text).first() {
            bail!("{file} line {line}: a line is a domain, a tab and a family; # opens a comment");
        }
    }
    Ok(Write {
        families,
        least: given.count("write.families"),
        words: given.count("write.words"),
        settle: given.time("write.settle"),
        approval: given.list("write.approval").iter().cloned().collect(),
    })
}

/// The layers as typed values. Every key is asked for by the kind that the table gives it, which a test holds.
struct Given<'l>(&'l Layers);

const KINDS: &str = "the table gives the key this kind, and a test reads every setting";

impl<'l> Given<'l> {
    fn text(&self, name: &str) -> &'l str {
        let Value::Text(text) = &self.0.get(name).0 else { unreachable!("{KINDS}") };
        text
    }

    fn switch(&self, name: &str) -> bool {
        self.0.get(name).0 == Value::Switch(true)
    }

    fn number(&self, name: &str) -> u64 {
        let Value::Count(number) = self.0.get(name).0 else { unreachable!("{KINDS}") };
        number
    }

    fn count(&self, name: &str) -> usize {
        usize::try_from(self.number(name)).unwrap_or(usize::MAX)
    }

    fn small(&self, name: &str) -> u32 {
        u32::try_from(self.number(name)).unwrap_or(u32::MAX)
    }

    fn bytes(&self, name: &str) -> u64 {
        let Value::Bytes(bytes) = self.0.get(name).0 else { unreachable!("{KINDS}") };
        bytes
    }

    fn time(&self, name: &str) -> Duration {
        let Value::Time(time) = self.0.get(name).0 else { unreachable!("{KINDS}") };
        time
    }

    fn list(&self, name: &str) -> &'l [String] {
        let Value::List(names) = &self.0.get(name).0 else { unreachable!("{KINDS}") };
        names
    }
}

impl InForce {
    /// Every setting as `key = value` with where it comes from; a password in the database's address is masked.
    pub(crate) fn rows(&self) -> Vec<(String, String)> {
        let row = |key: &key::Key| {
            let (value, origin) = self.layers.get(key.name);
            let value = match value {
                Value::Text(text) if key.name == "database" => Value::Text(masked(text)),
                value => value.clone(),
            };
            (format!("{} = {value}", key.name), origin.to_string())
        };
        KEYS.iter().map(row).collect()
    }
}

/// The example file: every key with its meaning and its default.
pub(crate) fn example() -> String {
    let mut out = String::from(
        "# The settings of a newsroom, each with its default. `nutgraf serve` reads the file named with --config, else\n\
         # nutgraf.toml in the folder it is started in, else nutgraf/nutgraf.toml in ~/.config (or $XDG_CONFIG_HOME).\n\
         # The environment goes before the file (NUTGRAF_SITE_NAME for site.name), the command line before both\n\
         # (--set site.name=…). `nutgraf config` prints what is in force and where it comes from.\n",
    );
    let defaults = Layers::defaults();
    let mut section = "";
    for key in &KEYS {
        let (own, name) = key.name.split_once('.').unwrap_or(("", key.name));
        if own != section {
            section = own;
            let about = SECTIONS.iter().find(|(name, _)| *name == own).map_or("", |(_, about)| about);
            out += &format!("\n# {about}\n[{own}]\n");
        }
        let value = &defaults.get(key.name).0;
        out += &format!("\n{}{name} = {value}\n", comment(key.meaning));
    }
    out
}

/// A text as comment lines of at most 110 letters.
fn comment(text: &str) -> String {
    let (mut lines, mut line) = (String::new(), String::from("#"));
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() >= 110 {
            lines += &format!("{line}\n");
            line = String::from("#");
        }
        line += &format!(" {word}");
    }
    lines + &line + "\n"
}

/// A database's address without its password.
pub(crate) fn masked(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let (rest, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    if parameters.contains('@') {
        // A password with a question mark in it looks like this: it can't be told where it ends.
        return format!("{scheme}://•••");
    }
    let parameters = if parameters.is_empty() { "" } else { "?•••" };
    let Some((user, place)) = rest.rsplit_once('@') else { return format!("{scheme}://{rest}{parameters}") };
    match user.split_once(':') {
        Some((name, _)) => format!("{scheme}://{name}:•••@{place}{parameters}"),
        None => format!("{scheme}://{user}@{place}{parameters}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_those_of_the_site() {
        let settings = typed(&Layers::defaults()).expect("the defaults fit together");
        let expected = web::Settings { base: String::new(), ..web::Settings::default() };
        assert_eq!(settings.site, expected);
        assert_eq!(settings.database, "sqlite:nutgraf-data/nutgraf.db");
        assert_eq!(settings.fetch.limits.page_bytes, fetch::Limits::default().page_bytes);
        assert!(settings.write.approval.is_empty());
    }

    #[test]
    fn settings_that_do_not_fit_together_are_refused() {
        for (name, value, word) in [
            ("write.approval", "Weather", "which site.sections does not have"),
            ("fetch.min_interval", "48h", "fetch.min_interval takes"),
            ("fetch.max_interval", "1s", "longer than fetch.max_interval"),
            ("write.families_file", "nowhere.tsv", "nowhere.tsv: the families can't be read"),
        ] {
            let mut layers = Layers::defaults();
            let error = layers.line("--set", name, value).and_then(|()| typed(&layers)).expect_err(name);
            assert!(format!("{error:#}").contains(word), "{error:#}");
        }
    }

    #[test]
    fn passwords_are_masked() {
        for (address, expected) in [
            ("postgres://desk:s3c:r@t@db.example/news", "postgres://desk:•••@db.example/news"),
            ("postgres://desk@db.example/news", "postgres://desk@db.example/news"),
            ("sqlite:a:b@c.db", "sqlite:a:b@c.db"),
            ("postgres://db.example/news?user=desk&password=s3cret", "postgres://db.example/news?•••"),
            ("postgres://desk:s3c?r@t@db.example/news", "postgres://•••"),
        ] {
            assert_eq!(masked(address), expected);
        }
    }

    #[test]
    fn the_example_file_is_read_as_the_defaults() {
        let table: toml::Table = example().parse().expect("the example is TOML");
        let count: usize = table.values().map(|value| value.as_table().map_or(1, toml::Table::len)).sum();
        assert_eq!(count, KEYS.len());
    }
}
