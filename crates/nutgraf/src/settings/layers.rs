//! Where settings come from: the defaults, the file, the environment, the command line; the later goes before.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::key::{self, KEYS, Key};
use super::value::{Kind, Value};

/// What environment variables that set something begin with.
const PREFIX: &str = "NUTGRAF_";

/// The most bytes of a settings file.
const MOST: u64 = 1 << 20;

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody said anything.
    Default,
    /// A line of the file.
    File(PathBuf, usize),
    /// A variable of the environment.
    Environment(String),
    /// The command line.
    Line(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path, line) => write!(f, "{}:{line}", path.display()),
            Self::Environment(name) => write!(f, "environment {name}"),
            Self::Line(option) => write!(f, "command line {option}"),
        }
    }
}

/// Every setting with its value and where that comes from.
#[derive(Clone, Debug)]
pub(crate) struct Layers(BTreeMap<&'static str, (Value, Origin)>);

impl Layers {
    /// What holds where nobody says anything.
    pub(crate) fn defaults() -> Self {
        let value = |key: &Key| key.kind.read(key.default).expect("a test holds every default to its kind");
        Self(KEYS.iter().map(|key| (key.name, (value(key), Origin::Default))).collect())
    }

    /// Puts what a file says over what holds so far.
    pub(crate) fn file(&mut self, path: &Path) -> Result<()> {
        let name = path.display();
        let file = File::open(path).with_context(|| {
            format!("{name}: the settings can't be read. Check the path given with --config")
        })?;
        let mut text = String::new();
        file.take(MOST + 1)
            .read_to_string(&mut text)
            .with_context(|| format!("{name}: the settings can't be read. The file must be text in UTF-8"))?;
        if text.len() as u64 > MOST {
            bail!(
                "{name}: this is too long for a file of settings. nutgraf config --example prints how one looks"
            );
        }
        self.text(path, &text)
    }

    fn text(&mut self, path: &Path, text: &str) -> Result<()> {
        let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(1, |span| line(span.start));
            let cause = error.message().lines().next().unwrap_or_default().to_owned();
            anyhow!(
                "{} line {at}: this is not TOML ({cause}). Texts stand in quotation marks",
                path.display()
            )
        })?;
        for (name, value) in table.get_ref() {
            let at = Origin::File(path.to_path_buf(), line(name.span().start));
            match value.get_ref() {
                DeValue::Table(section) if key::find(name.get_ref()).is_none() => {
                    for (last, value) in section {
                        let at = Origin::File(path.to_path_buf(), line(last.span().start));
                        self.put_toml(&format!("{}.{}", name.get_ref(), last.get_ref()), value, at)?;
                    }
                }
                _ => self.put_toml(name.get_ref(), value, at)?,
            }
        }
        Ok(())
    }

    fn put_toml(&mut self, name: &str, value: &Spanned<DeValue<'_>>, origin: Origin) -> Result<()> {
        let key = known(name, &origin)?;
        let number = |text: &str| text.replace('_', "");
        let (value, given) = match value.get_ref() {
            DeValue::String(text) => {
                let is_text = !matches!(key.kind, Kind::Switch | Kind::Count(..) | Kind::List);
                (key.kind.read(text).filter(|_| is_text), format!("{text:?}"))
            }
            DeValue::Boolean(on) => {
                ((key.kind == Kind::Switch).then_some(Value::Switch(*on)), on.to_string())
            }
            DeValue::Integer(count) => {
                let is_number = matches!(key.kind, Kind::Count(..) | Kind::Bytes);
                let count = number(count.as_str());
                (key.kind.read(&count).filter(|_| is_number), count)
            }
            DeValue::Array(items) => {
                let names = items.iter().map(|item| item.get_ref().as_str().map(str::to_owned));
                let names: Option<Vec<String>> = names.collect();
                (names.filter(|_| key.kind == Kind::List).and_then(Kind::list), "this list".to_owned())
            }
            DeValue::Table(_) => (None, "a table".to_owned()),
            DeValue::Float(_) => (None, "a number with a point".to_owned()),
            DeValue::Datetime(_) => (None, "a date".to_owned()),
        };
        self.put(key, value, &given, origin)
    }

    /// Puts what the environment says over what holds so far. Only variables that begin with `NUTGRAF_` are looked at.
    pub(crate) fn environment(&mut self, variables: impl Iterator<Item = (String, String)>) -> Result<()> {
        let mut ours: Vec<(String, String)> =
            variables.filter(|(variable, _)| variable.starts_with(PREFIX)).collect();
        ours.sort();
        for (variable, value) in ours {
            let key = KEYS.iter().find(|key| variable_of(key.name) == variable);
            let key = key.ok_or_else(|| {
                let name = variable[PREFIX.len()..].to_lowercase().replacen('_', ".", 1);
                let near = key::nearest(&name).map(variable_of);
                unknown("the environment", &variable, near.as_deref())
            })?;
            let read = key.kind.read(&value);
            self.put(key, read, &format!("{value:?}"), Origin::Environment(variable))?;
        }
        Ok(())
    }

    /// Puts one `KEY=VALUE` of the command line over what holds so far.
    pub(crate) fn line(&mut self, option: &str, name: &str, value: &str) -> Result<()> {
        let origin = Origin::Line(option.to_owned());
        let key = known(name, &origin)?;
        self.put(key, key.kind.read(value), &format!("{value:?}"), origin)
    }

    fn put(&mut self, key: &'static Key, value: Option<Value>, given: &str, origin: Origin) -> Result<()> {
        let Some(value) = value else {
            let given = if key.kind == Kind::Database { "something else" } else { given };
            bail!("{}: {} takes {}, and was given {given}", place(&origin), key.name, key.kind);
        };
        self.0.insert(key.name, (value, origin));
        Ok(())
    }

    /// A value and where it comes from.
    pub(super) fn get(&self, name: &str) -> &(Value, Origin) {
        self.0.get(name).expect("every key of the table has a default, and a test asks for each")
    }
}

/// The variable that sets a key.
pub(crate) fn variable_of(name: &str) -> String {
    format!("{PREFIX}{}", name.to_uppercase().replace('.', "_"))
}

fn known(name: &str, origin: &Origin) -> Result<&'static Key> {
    key::find(name).ok_or_else(|| unknown(&place(origin), name, key::nearest(name)))
}

fn unknown(place: &str, name: &str, near: Option<&str>) -> anyhow::Error {
    let near = near.map_or_else(String::new, |near| format!(" Did you mean {near}?"));
    anyhow!("{place}: {name} is no setting.{near} nutgraf config prints all of them")
}

fn place(origin: &Origin) -> String {
    match origin {
        Origin::Default => "the defaults".to_owned(),
        Origin::File(path, line) => format!("{} line {line}", path.display()),
        Origin::Environment(name) => format!("the environment ({name})"),
        Origin::Line(option) => format!("the command line ({option})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Result<Layers> {
        let mut layers = Layers::defaults();
        layers.text(Path::new("nutgraf.toml"), text).map(|()| layers)
    }

    #[test]
    fn the_later_layer_goes_before() {
        let mut layers =
            file("listen = \"127.0.0.1:9\"\n\n[site]\nname = \"File\"\ntagline = \"File\"\n").expect("fine");
        let variables = [("NUTGRAF_SITE_NAME", "Environment"), ("HOME", "x"), ("NUTGRAF_WRITE_WORDS", "200")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        layers.environment(variables.into_iter()).expect("fine");
        layers.line("--set", "site.name", "Line").expect("fine");
        let shown = |name: &str| {
            let (value, origin) = layers.get(name);
            format!("{value} from {origin}")
        };
        assert_eq!(shown("listen"), "\"127.0.0.1:9\" from nutgraf.toml:1");
        assert_eq!(shown("site.tagline"), "\"File\" from nutgraf.toml:5");
        assert_eq!(shown("site.name"), "\"Line\" from command line --set");
        assert_eq!(shown("write.words"), "200 from environment NUTGRAF_WRITE_WORDS");
        assert_eq!(shown("site.lang"), "\"en\" from default");
    }

    #[test]
    fn what_is_wrong_is_named_with_what_is_allowed() {
        for (text, words) in [
            ("[site]\nnmae = \"x\"", &["nutgraf.toml line 2", "site.nmae", "Did you mean site.name?"][..]),
            ("[site]\nname = 4", &["line 2", "site.name takes a text", "was given 4"]),
            ("[comments]\n\nopen = \"yes\"", &["line 3", "comments.open takes true or false", "\"yes\""]),
            ("[fetch]\ntimeout = \"soon\"", &["fetch.timeout takes a time such as", "\"soon\""]),
            ("[fetch]\ntimeout = 20", &["fetch.timeout takes a time such as", "was given 20"]),
            ("[fetch]\nfetchers = 0", &["a whole number from 1 to 64", "was given 0"]),
            ("[site]\nsections = [1, 2]", &["site.sections takes a list of names"]),
            ("[weather]\nrain = true", &["line 2", "weather.rain is no setting"]),
            ("site = 3", &["line 1", "site is no setting"]),
            ("[site]\nname = Post", &["line 2", "not TOML"]),
            ("database = \"mysql://u:secret@h/n\"", &["database takes sqlite:PATH or postgres://"]),
        ] {
            let error = file(text).expect_err(text).to_string();
            for word in words {
                assert!(error.contains(word), "{word:?} is missing: {error}");
            }
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn a_misspelt_variable_is_named() {
        let wrong = [("NUTGRAF_SITE_NAEM".to_owned(), "x".to_owned())];
        let error = Layers::defaults().environment(wrong.into_iter()).expect_err("wrong").to_string();
        assert!(error.contains("NUTGRAF_SITE_NAEM") && error.contains("NUTGRAF_SITE_NAME?"), "{error}");
    }
}
