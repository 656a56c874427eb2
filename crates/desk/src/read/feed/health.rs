//! How a feed is: what a newsroom tells of each, so that none stops in silence.

/// How a feed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Health {
    /// Never fetched yet.
    #[default]
    New,
    /// It lists dated articles.
    Well,
    /// It answers and lists nothing.
    Empty,
    /// It lists articles without days.
    Undated,
    /// It has listed nothing new for far longer than its rhythm.
    Silent,
    /// The server or its robots.txt does not let us read it.
    Blocked,
    /// It moved for good; the new address is followed.
    Moved,
    /// It is gone: 404 or 410, again and again.
    Gone,
    /// What comes is no feed.
    NotFeed,
    /// It can't be had at the moment: timeouts, server errors, broken answers.
    Failing,
}

impl Health {
    /// Every health there is.
    pub const ALL: [Self; 10] = [
        Self::New,
        Self::Well,
        Self::Empty,
        Self::Undated,
        Self::Silent,
        Self::Blocked,
        Self::Moved,
        Self::Gone,
        Self::NotFeed,
        Self::Failing,
    ];

    /// The name used in records and on the desk.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Well => "well",
            Self::Empty => "empty",
            Self::Undated => "undated",
            Self::Silent => "silent",
            Self::Blocked => "blocked",
            Self::Moved => "moved",
            Self::Gone => "gone",
            Self::NotFeed => "not a feed",
            Self::Failing => "failing",
        }
    }

    /// The health of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|health| health.name() == name)
    }
}

/// What was seen when a feed was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight<'a> {
    /// A feed came.
    Listed(Listed<'a>),
    /// The server or its robots.txt said no.
    Denied {
        /// How, as a sentence without its stop.
        cause: &'a str,
    },
    /// The server says that there is no such feed (404 or 410).
    Missing {
        /// How, as a sentence without its stop.
        cause: &'a str,
        /// How often it said so in a row by now; 410 says so once and for all.
        times: i64,
        /// The status.
        status: u16,
    },
    /// Something came that is no feed.
    Strange {
        /// What it is.
        what: &'a str,
    },
    /// Nothing came that could be read.
    Failed {
        /// Why, as a sentence without its stop.
        cause: &'a str,
    },
}

/// What a feed that came listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listed<'a> {
    /// How many items it has.
    pub items: usize,
    /// How many of them lead to an article.
    pub articles: usize,
    /// How many of those have a day that can be believed.
    pub dated: usize,
    /// For how long it has listed nothing new, in milliseconds, where that is known.
    pub idle: Option<i64>,
    /// For how long a feed of its rhythm may do so, in milliseconds.
    pub patience: i64,
    /// The address it moved to for good.
    pub moved_to: Option<&'a str>,
}

/// A missing feed counts as gone when it was missing so often in a row.
const GONE_AFTER: i64 = 3;

/// Tells from what was seen how a feed is, and says so in words: the cause and the next step. Nothing is said of
/// one that is well.
#[must_use]
pub fn judge(sight: &Sight<'_>) -> (Health, String) {
    match *sight {
        Sight::Listed(listed) => weigh(&listed),
        Sight::Denied { cause } => (
            Health::Blocked,
            format!("{}. Ask the outlet for leave to read its feed, or pause it.", capital(cause)),
        ),
        Sight::Missing { cause, times, status } if status == 410 || times >= GONE_AFTER => (
            Health::Gone,
            format!("{}. Look for the outlet's new feed and add that, or remove this one.", capital(cause)),
        ),
        Sight::Missing { cause, .. } => (
            Health::Failing,
            format!(
                "{}. It is asked again, and counts as gone after {GONE_AFTER} times in a row; check the address.",
                capital(cause)
            ),
        ),
        Sight::Strange { what } => (
            Health::NotFeed,
            format!(
                "What comes is {what}. Open the address in a browser to see what it is, and give the address of the feed itself."
            ),
        ),
        Sight::Failed { cause } => (
            Health::Failing,
            format!("{}. It is asked again by itself; check the address if this goes on.", capital(cause)),
        ),
    }
}

fn weigh(listed: &Listed<'_>) -> (Health, String) {
    if let Some(address) = listed.moved_to {
        return (
            Health::Moved,
            format!("It moved for good to {address}, which is asked from now on. Nothing needs to be done."),
        );
    }
    if listed.articles == 0 {
        let note = match listed.items {
            0 => "It answers and lists nothing. Leave it if it is new; else look whether the outlet has another feed.".to_owned(),
            items => format!(
                "It lists {items} items, and none leads to an article. Look whether the outlet has another feed."
            ),
        };
        return (Health::Empty, note);
    }
    if listed.dated == 0 {
        let note = format!(
            "None of the {} articles it lists has a day that can be believed. Their pages are asked for theirs; look whether the outlet has another feed.",
            listed.articles
        );
        return (Health::Undated, note);
    }
    match listed.idle {
        Some(idle) if idle > listed.patience => {
            let days = idle / 86_400_000;
            let note = format!(
                "It has listed nothing new for {days} days, far longer than its rhythm. Look on the outlet's site whether it is still kept up, and replace it if not."
            );
            (Health::Silent, note)
        }
        _ => (Health::Well, String::new()),
    }
}

/// A cause as the beginning of a sentence.
fn capital(cause: &str) -> String {
    let mut letters = cause.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sight_has_its_health_and_words() {
        let well = Listed { items: 9, articles: 9, dated: 5, idle: Some(5), patience: 10, moved_to: None };
        for (sight, health, words) in [
            (Sight::Listed(well), Health::Well, ""),
            (
                Sight::Listed(Listed { idle: Some(20 * 86_400_000), ..well }),
                Health::Silent,
                "nothing new for 20 days",
            ),
            (Sight::Listed(Listed { idle: None, ..well }), Health::Well, ""),
            (Sight::Listed(Listed { dated: 0, ..well }), Health::Undated, "None of the 9 articles"),
            (Sight::Listed(Listed { articles: 0, ..well }), Health::Empty, "9 items, and none leads to"),
            (Sight::Listed(Listed::default()), Health::Empty, "lists nothing"),
            (
                Sight::Listed(Listed { moved_to: Some("https://paper.example/feed"), ..well }),
                Health::Moved,
                "to https://paper.example/feed, which",
            ),
            (
                Sight::Denied { cause: "it asks for a password" },
                Health::Blocked,
                "It asks for a password. Ask the",
            ),
            (
                Sight::Missing { cause: "no page", times: 2, status: 404 },
                Health::Failing,
                "gone after 3 times",
            ),
            (Sight::Missing { cause: "no page", times: 3, status: 404 }, Health::Gone, "add that, or remove"),
            (Sight::Missing { cause: "no page", times: 1, status: 410 }, Health::Gone, "add that, or remove"),
            (Sight::Strange { what: "an HTML page" }, Health::NotFeed, "What comes is an HTML page. Open"),
            (Sight::Failed { cause: "" }, Health::Failing, ". It is asked again"),
        ] {
            let (found, note) = judge(&sight);
            assert_eq!(found, health, "{sight:?}");
            assert!(note.contains(words) && note.is_empty() == words.is_empty(), "{note}");
        }
    }
}
