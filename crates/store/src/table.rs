//! The tables as a snapshot knows them: columns, keys, and what a public snapshot leaves out.
//!
//! What is derived (the search index, the list of domains on show) is in none; it is made anew on the way back.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// A number with a fraction.
    Real,
    /// A text in packed form.
    Packed,
}

/// A table.
pub(crate) struct Table {
    /// Its name.
    pub(crate) name: &'static str,
    /// The columns by which its rows are told apart and ordered.
    pub(crate) key: &'static [&'static str],
    /// The column that the database numbers; empty for none.
    pub(crate) serial: &'static str,
    /// Whether a public snapshot leaves it out.
    pub(crate) private: bool,
    /// Its columns: `#` marks a number, `~` a fraction, `*` a packed text, `!` a text left out of public snapshots.
    columns: &'static str,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) holds: Holds,
    /// Whether a public snapshot has it empty.
    pub(crate) private: bool,
}

impl Table {
    /// The table of that name.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// Its columns.
    pub(crate) fn columns(&self) -> Vec<Column> {
        let column = |word: &'static str| {
            let name = word.trim_end_matches(['#', '~', '*', '!']);
            let (holds, private) = match &word[name.len()..] {
                "#" => (Holds::Number, false),
                "~" => (Holds::Real, false),
                "*" => (Holds::Packed, false),
                mark => (Holds::Text, mark == "!"),
            };
            Column { name, holds, private }
        };
        self.columns.split_whitespace().map(column).collect()
    }
}

const fn table(
    name: &'static str,
    key: &'static [&'static str],
    serial: &'static str,
    columns: &'static str,
) -> Table {
    Table { name, key, serial, private: false, columns }
}

const fn private(
    name: &'static str,
    key: &'static [&'static str],
    serial: &'static str,
    columns: &'static str,
) -> Table {
    Table { name, key, serial, private: true, columns }
}

/// All tables, each after those that it refers to.
pub(crate) const TABLES: [Table; 18] = [
    private("meta", &["key"], "", "key value"),
    table("outlets", &["id"], "id", "id# domain name family country paywalled# state added#"),
    table(
        "feeds",
        &["id"],
        "id",
        "id# address outlet# title section state health note etag modified rhythm# next# fetched# succeeded# \
         failures# newest# fresh# moved_from hub topic secret! lease# offered# added#",
    ),
    table("moves", &["address"], "", "address feed#"),
    table(
        "offers",
        &["id"],
        "id",
        "id# address feed# guid title published# item* hash first_seen# article reason",
    ),
    table("texts", &["hash"], "", "hash length# body*"),
    table(
        "articles",
        &["number"],
        "number",
        "number# id address domain outlet title published# paywalled# revision# story likeness~ withdrawn# grouped# \
         added#",
    ),
    table("revisions", &["article", "number"], "", "article# number# hash title record at#"),
    table(
        "stories",
        &["number"],
        "number",
        "number# id headline lead section created# touched# written# published# updated# version# articles# \
         families# words# held# reason comments#",
    ),
    table("members", &["article"], "", "story article family copy_of background# likeness~"),
    table("dropped", &["id"], "id", "id# story article first# past# hash at#"),
    table(
        "digests",
        &["story", "version"],
        "",
        "story version# state input seal headline lead words# sentences# families# domains refused# change \
         correction reason created# published# receipt*",
    ),
    table(
        "comments",
        &["id"],
        "id",
        "id# story parent# author words state shown# editor# created# edited# token! sender!",
    ),
    table(
        "reports",
        &["id"],
        "id",
        "id# story version# sentence# quoted words! contact! sender! created# closed# answer",
    ),
    table("jobs", &["id"], "id", "id# stage key state attempts# due# since# error created# asked#"),
    private("editors", &["id"], "id", "id# name password added#"),
    private("sessions", &["token"], "", "token editor# until# opened#"),
    private("log", &["id"], "id", "id# at# who action object detail"),
];
