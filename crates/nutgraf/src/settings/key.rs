//! The table of all settings (data: one row a setting), from which the example file, the messages and the values come.

use super::value::Kind;

/// One setting.
#[derive(Debug)]
pub(crate) struct Key {
    /// Its name: `section.key`, or `key` for those that stand before all sections.
    pub(crate) name: &'static str,
    /// What it takes.
    pub(crate) kind: Kind,
    /// What holds where nobody says otherwise, as it would be typed on the command line.
    pub(crate) default: &'static str,
    /// What it means, for people.
    pub(crate) meaning: &'static str,
}

const fn key(name: &'static str, kind: Kind, default: &'static str, meaning: &'static str) -> Key {
    Key { name, kind, default, meaning }
}

/// What is said of each section in the example file.
pub(crate) const SECTIONS: [(&str, &str); 6] = [
    ("site", "What readers see."),
    ("comments", "What holds for comments under a digest."),
    ("fetch", "How feeds and pages are fetched."),
    ("group", "Which articles tell one event."),
    ("write", "When and how digests are written."),
    ("log", "What is written to standard error."),
];

/// Every setting, in the order of the example file.
pub(crate) const KEYS: [Key; 36] = [
    key(
        "data",
        Kind::Path,
        "nutgraf-data",
        "The folder that everything is kept in; made where it is missing.",
    ),
    key(
        "database",
        Kind::Database,
        "",
        "The database: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME. Empty: SQLite in the data folder.",
    ),
    key(
        "listen",
        Kind::Listen,
        "127.0.0.1:8080",
        "Where the site is served. Put a proxy with https before it.",
    ),
    key("site.name", Kind::Name, "Nutgraf", "The name over every page."),
    key(
        "site.tagline",
        Kind::Text,
        "The day’s news, every sentence with its source",
        "A line under the name.",
    ),
    key(
        "site.base",
        Kind::Base,
        "",
        "The address under which readers reach the site (https://news.example). Feeds, sitemap and WebSub need \
         it. Empty: http:// and where the site is served.",
    ),
    key("site.lang", Kind::Name, "en", "The language of the pages, as BCP 47 writes it."),
    key(
        "site.contact",
        Kind::Text,
        "",
        "How readers reach you, shown on the page about the site; empty: not.",
    ),
    key(
        "site.sections",
        Kind::List,
        "World,Politics,Business,Technology,Science,Health,Culture,Sport",
        "The sections in the order of the front page.",
    ),
    key(
        "site.trusted_hops",
        Kind::Count(0, 10),
        "0",
        "How many proxies before this program may be believed about where a reader comes from.",
    ),
    key(
        "site.files",
        Kind::Path,
        "",
        "A folder whose files are served under /files/ (a logo, a photograph); empty: none.",
    ),
    key(
        "site.secure_cookies",
        Kind::Switch,
        "false",
        "Whether cookies are for https only; set it behind a proxy.",
    ),
    key("comments.open", Kind::Switch, "true", "Whether readers may comment."),
    key(
        "comments.approve",
        Kind::Switch,
        "true",
        "Whether an editor must approve a comment before it shows.",
    ),
    key(
        "comments.days",
        Kind::Count(0, 36_500),
        "30",
        "For how many days a digest may be commented on; 0: for ever.",
    ),
    key(
        "comments.edit_minutes",
        Kind::Count(0, 10_080),
        "15",
        "For how many minutes one may change one’s comment.",
    ),
    key(
        "comments.per_hour",
        Kind::Count(1, 10_000),
        "6",
        "How many comments one sender may leave in an hour.",
    ),
    key("comments.length", Kind::Count(1, 50_000), "4000", "The most characters of a comment."),
    key("fetch.fetchers", Kind::Count(1, 64), "8", "How many addresses are asked at the same time."),
    key("fetch.timeout", Kind::Time(300), "20s", "The time for one address, redirects and all."),
    key("fetch.page_bytes", Kind::Bytes, "16MiB", "The most bytes of a page."),
    key("fetch.feed_bytes", Kind::Bytes, "32MiB", "The most bytes of a feed."),
    key("fetch.gap", Kind::Time(3600), "2s", "The time between two questions to the same site."),
    key("fetch.min_interval", Kind::Time(86_400), "5m", "The shortest time between two fetches of a feed."),
    key("fetch.max_interval", Kind::Time(604_800), "24h", "The longest time between two fetches of a feed."),
    key(
        "fetch.full_text",
        Kind::Switch,
        "true",
        "Whether an article’s page is fetched where the feed has only a teaser.",
    ),
    key(
        "fetch.allow_private",
        Kind::Switch,
        "false",
        "Whether addresses in private networks may be asked. Only for feeds on machines of your own.",
    ),
    key(
        "fetch.stand_in",
        Kind::Server,
        "",
        "For tests: a server on this machine that answers for every host under .example. Empty: none.",
    ),
    key(
        "group.days",
        Kind::Count(1, 365),
        "7",
        "How many days back an article is compared with others; of the newest articles 10,000 always are.",
    ),
    key("write.families", Kind::Count(1, 50), "2", "How many independent families must carry a story."),
    key("write.words", Kind::Count(60, 3000), "380", "About how many words a digest has."),
    key(
        "write.settle",
        Kind::Time(86_400),
        "1m",
        "How long a story rests after a change before it is written anew.",
    ),
    key(
        "write.approval",
        Kind::List,
        "",
        "The sections whose digests wait for an editor; the others appear by themselves.",
    ),
    key(
        "write.families_file",
        Kind::Path,
        "",
        "A file of outlets that are one voice: domain, tab, family. It goes before the list that ships.",
    ),
    key(
        "log.format",
        Kind::Choice(&["text", "json"]),
        "text",
        "The form of the log: for people, or one JSON object a line.",
    ),
    key(
        "log.level",
        Kind::Choice(&["error", "warn", "info", "debug", "trace"]),
        "info",
        "How much is logged.",
    ),
];

/// The setting of that name.
pub(crate) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// The setting whose name is most like that one, where one is like it at all.
pub(crate) fn nearest(name: &str) -> Option<&'static str> {
    let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    let near = |one: &str, other: &str| Some(steps(one, other)).filter(|steps| *steps <= 1 + one.len() / 5);
    let distance = |key: &Key| {
        let (whole, part) = (near(name, key.name), near(&last(name), &last(key.name)));
        whole.or(part.map(|steps| steps + 2))
    };
    KEYS.iter().filter_map(|key| Some((distance(key)?, key.name))).min().map(|near| near.1)
}

/// How many letters must be put in, taken out or changed to make one word the other; long words are cut.
fn steps(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().take(64).enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (to, &against) in other.iter().enumerate() {
            let changed = corner + usize::from(letter != against);
            corner = row[to + 1];
            row[to + 1] = changed.min(corner + 1).min(row[to] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_of_its_kind_and_every_section_is_described() {
        for key in &KEYS {
            assert!(key.kind.read(key.default).is_some(), "{}: {:?}", key.name, key.default);
            assert!(key.meaning.ends_with('.'), "{}", key.name);
            if let Some((section, _)) = key.name.split_once('.') {
                assert!(SECTIONS.iter().any(|(name, _)| *name == section), "{section}");
            }
        }
        let mut names: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), KEYS.len(), "a name stands twice");
    }

    #[test]
    fn a_misspelt_name_finds_its_neighbour() {
        for (name, expected) in [
            ("site.nmae", Some("site.name")),
            ("sitename", Some("site.name")),
            ("name", Some("site.name")),
            ("fetch.timeot", Some("fetch.timeout")),
            ("listten", Some("listen")),
            ("colour.of.the.moon", None),
        ] {
            assert_eq!(nearest(name), expected, "{name}");
        }
    }
}
