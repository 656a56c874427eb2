//! What a setting may be: its kinds, how each is written, and what is said of a wrong one.

use std::fmt;
use std::time::Duration;

use jiff::SignedDuration;
use url::Url;

/// What kind of value a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Any text of one line.
    Text,
    /// Text that must not be empty.
    Name,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A folder or file, from the folder the program is started in; may be empty.
    Path,
    /// `true` or `false`.
    Switch,
    /// A whole number between two bounds.
    Count(u64, u64),
    /// A length of time, at most that many seconds.
    Time(u64),
    /// A number of bytes.
    Bytes,
    /// A list of names, each once.
    List,
    /// `HOST:PORT`.
    Listen,
    /// The number and port of a server; may be empty.
    Server,
    /// An http or https address without anything after the host and path; may be empty.
    Base,
    /// `sqlite:PATH` or `postgres://…`; may be empty.
    Database,
}

/// A value of one of the kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// What is written as text.
    Text(String),
    /// On or off.
    Switch(bool),
    /// A number.
    Count(u64),
    /// A length of time.
    Time(Duration),
    /// A number of bytes.
    Bytes(u64),
    /// Names.
    List(Vec<String>),
}

impl Kind {
    /// Reads a value as it is typed in the environment or on the command line; nothing where it is none of this kind.
    pub(crate) fn read(self, text: &str) -> Option<Value> {
        let text = text.trim();
        match self {
            Self::Switch => text.parse().ok().map(Value::Switch),
            Self::Count(least, most) => {
                let number = text.parse().ok()?;
                (least..=most).contains(&number).then_some(Value::Count(number))
            }
            Self::Time(most) => {
                let time: SignedDuration = text.parse().ok()?;
                let time = Duration::try_from(time).ok()?;
                (time <= Duration::from_secs(most)).then_some(Value::Time(time))
            }
            Self::Bytes => bytes(text).map(Value::Bytes),
            Self::List => {
                let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
                Self::list(names.map(str::to_owned).collect())
            }
            _ => self.is_text(text).then(|| Value::Text(text.trim_end_matches(self.end()).to_owned())),
        }
    }

    /// A list of names, unless one stands twice or is empty.
    pub(crate) fn list(names: Vec<String>) -> Option<Value> {
        let fit = names.iter().enumerate().all(|(at, name)| {
            !name.trim().is_empty() && !name.contains(char::is_control) && !names[..at].contains(name)
        });
        fit.then_some(Value::List(names))
    }

    /// What an address may end with and is written without.
    fn end(self) -> &'static [char] {
        if self == Self::Base { &['/'] } else { &[] }
    }

    fn is_text(self, text: &str) -> bool {
        if text.contains(char::is_control) {
            return false;
        }
        match self {
            Self::Name => !text.is_empty(),
            Self::Choice(words) => words.contains(&text),
            Self::Listen => {
                let parts = text.rsplit_once(':');
                parts.is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok())
            }
            Self::Server => text.is_empty() || text.parse::<std::net::SocketAddr>().is_ok(),
            Self::Base => text.is_empty() || is_base(text),
            Self::Database => {
                let kinds = ["sqlite:", "postgres://", "postgresql://"];
                text.is_empty() || kinds.iter().any(|kind| text.len() > kind.len() && text.starts_with(kind))
            }
            _ => true,
        }
    }
}

impl fmt::Display for Kind {
    /// What may be given, for a message: `it takes …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text | Self::Path => f.write_str("a text of one line"),
            Self::Name => f.write_str("a text of one line that is not empty"),
            Self::Choice(words) => write!(f, "one of {}", words.join(", ")),
            Self::Switch => f.write_str("true or false"),
            Self::Count(least, most) => write!(f, "a whole number from {least} to {most}"),
            Self::Time(most) => {
                write!(
                    f,
                    "a time such as \"500ms\", \"20s\", \"5m\" or \"2h\", at most {}",
                    time(*most * 1000)
                )
            }
            Self::Bytes => f.write_str("a number of bytes such as \"500KiB\" or \"16MiB\""),
            Self::List => f.write_str("a list of names, each once"),
            Self::Listen => f.write_str("HOST:PORT, such as 127.0.0.1:8080"),
            Self::Server => f.write_str("a number and port, such as 127.0.0.1:8088, or nothing"),
            Self::Base => f.write_str("an address such as https://news.example, without a query"),
            Self::Database => f.write_str("sqlite:PATH or postgres://USER@HOST/NAME"),
        }
    }
}

impl fmt::Display for Value {
    /// As TOML writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        match self {
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Switch(on) => write!(f, "{on}"),
            Self::Count(number) => write!(f, "{number}"),
            Self::Time(time) => {
                write!(f, "\"{}\"", self::time(time.as_millis().try_into().unwrap_or(u64::MAX)))
            }
            Self::Bytes(bytes) => write!(f, "\"{}\"", size(*bytes)),
            Self::List(names) => {
                let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
                write!(f, "[{}]", names.join(", "))
            }
        }
    }
}

fn is_base(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.host().is_some()
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none()
    })
}

const UNITS: [(&str, u64); 4] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

fn bytes(text: &str) -> Option<u64> {
    let unit = UNITS.iter().find(|(unit, _)| text.ends_with(unit));
    let (unit, size) = unit.copied().unwrap_or(("", 1));
    text[..text.len() - unit.len()].trim().parse::<u64>().ok()?.checked_mul(size).filter(|bytes| *bytes > 0)
}

fn size(bytes: u64) -> String {
    let unit = UNITS.iter().find(|(_, size)| bytes >= *size && bytes.is_multiple_of(*size));
    unit.map_or_else(|| bytes.to_string(), |(unit, size)| format!("{}{unit}", bytes / size))
}

/// A length of time in the largest unit that gives a whole number.
fn time(millis: u64) -> String {
    let units = [("h", 3_600_000), ("m", 60_000), ("s", 1000)];
    let unit = units.iter().find(|(_, size)| millis > 0 && millis.is_multiple_of(*size));
    unit.map_or_else(|| format!("{millis}ms"), |(unit, size)| format!("{}{unit}", millis / size))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a text as a kind and prints it again; `-` where it is refused.
    fn check(kind: Kind, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let read = kind.read(text).map_or_else(|| "-".to_owned(), |value| value.to_string());
            assert_eq!(read, *expected, "{kind:?} {text:?}");
        }
    }

    #[test]
    fn values_are_read_as_people_type_them() {
        check(Kind::Switch, &[("true", "true"), (" false ", "false"), ("yes", "-"), ("1", "-")]);
        check(Kind::Count(1, 50), &[("7", "7"), ("0", "-"), ("51", "-"), ("-3", "-"), ("many", "-")]);
        check(
            Kind::Time(86_400),
            &[("20s", "\"20s\""), ("90 s", "\"90s\""), ("5 minutes", "\"5m\""), ("500ms", "\"500ms\"")],
        );
        check(
            Kind::Time(86_400),
            &[("24h", "\"24h\""), ("25h", "-"), ("-5s", "-"), ("soon", "-"), ("20", "-")],
        );
        check(
            Kind::Bytes,
            &[("16MiB", "\"16MiB\""), ("1024", "\"1KiB\""), ("0", "-"), ("99999999999GiB", "-")],
        );
        check(Kind::List, &[("World, Sport", "[\"World\", \"Sport\"]"), ("", "[]"), ("a,a", "-")]);
        check(
            Kind::Listen,
            &[("127.0.0.1:0", "\"127.0.0.1:0\""), ("[::1]:80", "\"[::1]:80\""), ("8080", "-")],
        );
        check(
            Kind::Base,
            &[("https://a.example/", "\"https://a.example\""), ("", "\"\""), ("a.example", "-")],
        );
        check(
            Kind::Base,
            &[("ftp://a.example", "-"), ("https://u:p@a.example", "-"), ("https://a.example?q", "-")],
        );
        check(Kind::Database, &[("sqlite:a.db", "\"sqlite:a.db\""), ("mysql://x", "-"), ("sqlite:", "-")]);
        check(Kind::Choice(&["text", "json"]), &[("json", "\"json\""), ("xml", "-")]);
        check(Kind::Name, &[("", "-"), ("A\u{7}b", "-"), ("The “Post”", "\"The “Post”\"")]);
    }
}
