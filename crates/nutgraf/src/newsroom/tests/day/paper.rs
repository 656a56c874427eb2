//! The papers of a simulated day: how each behaves, what it prints and when, and how its feed is in the evening.

use desk::article::sha256;
use desk::read::feed::Health;

use crate::newsroom::{DAY, MINUTE};

/// 2026-03-11 00:00 UTC.
pub(super) const MORNING: i64 = 1_773_187_200_000;

/// How many articles a feed lists at once.
const LISTED: i64 = 6;

/// A temper: its name, how many papers have it, and how their feeds are in the evening.
pub(super) type Temper = (&'static str, usize, Health);

/// All papers. A name says what is odd; those that print pages behind teasers are the ones whose number is a
/// multiple of three.
pub(super) const PAPERS: [Temper; 48] = [
    ("well", 40, Health::Well),
    ("shared", 9, Health::Well),
    ("event", 4, Health::Well),
    ("edits", 12, Health::Well),
    ("renamed", 6, Health::Well),
    ("twice", 6, Health::Well),
    ("twin", 3, Health::Well),
    ("etag", 6, Health::Well),
    ("oddtag", 4, Health::Well),
    ("broken", 6, Health::Well),
    ("cut", 4, Health::Well),
    ("short", 3, Health::Well),
    ("slow", 4, Health::Well),
    ("flaky", 6, Health::Well),
    ("down", 3, Health::Well),
    ("busy", 4, Health::Well),
    ("curt", 3, Health::Well),
    ("closed", 3, Health::Well),
    ("moving", 5, Health::Well),
    ("leaving", 3, Health::Well),
    ("passing", 4, Health::Well),
    ("mended", 3, Health::Well),
    ("lying", 4, Health::Well),
    ("delay", 3, Health::Well),
    ("walled", 3, Health::Well),
    ("secret", 3, Health::Well),
    ("dead", 3, Health::Well),
    ("wobbly", 3, Health::Well),
    ("jumpy", 3, Health::Well),
    ("atom", 4, Health::Well),
    ("json", 4, Health::Well),
    ("future", 3, Health::Undated),
    ("ancient", 2, Health::Undated),
    ("undated", 4, Health::Undated),
    ("empty", 4, Health::Empty),
    ("blank", 2, Health::NotFeed),
    ("silent", 3, Health::Silent),
    ("missing", 3, Health::Gone),
    ("gone", 3, Health::Gone),
    ("login", 4, Health::NotFeed),
    ("forbidden", 3, Health::Blocked),
    ("robots", 3, Health::Blocked),
    ("long", 3, Health::Failing),
    ("loop", 3, Health::Failing),
    ("lost", 2, Health::Failing),
    ("unasked", 2, Health::Failing),
    ("garbage", 2, Health::NotFeed),
    ("hangup", 2, Health::Failing),
];

/// One paper and its feed.
#[derive(Clone, Debug)]
pub(super) struct Paper {
    pub(super) temper: &'static str,
    pub(super) number: i64,
    pub(super) health: Health,
}

/// An article at one moment.
#[derive(Clone, Debug)]
pub(super) struct Print {
    pub(super) number: i64,
    /// Where it is; the first one stays its address in the newsroom.
    pub(super) address: String,
    pub(super) title: String,
    /// Its paragraphs.
    pub(super) text: Vec<String>,
    /// The day that the feed gives; none for none.
    pub(super) day: Option<i64>,
    /// What tells this version from every other text of the town.
    pub(super) mark: String,
}

impl Paper {
    /// All papers of a temper.
    pub(super) fn all(&(temper, count, health): &Temper) -> Vec<Self> {
        (0..count as i64).map(|number| Self { temper, number, health }).collect()
    }

    pub(super) fn host(&self) -> String {
        match self.temper {
            "shared" => format!("s{}.shared.example", self.number),
            // Two feeds of one paper list the same articles.
            "twice" => format!("www.twice{}.example", self.number / 2),
            temper => format!("www.{temper}{}.example", self.number),
        }
    }

    /// The path of its feed.
    pub(super) fn path(&self) -> String {
        if self.temper == "twice" { format!("/feed{}", self.number % 2) } else { "/feed".to_owned() }
    }

    pub(super) fn feed(&self) -> String {
        format!("https://{}{}", self.host(), self.path())
    }

    /// The address that its feed has in the evening.
    pub(super) fn evening(&self) -> String {
        match self.temper {
            "moving" => format!("https://{}/new", self.host()),
            "leaving" => format!("https://www.arrived{}.example/feed", self.number),
            _ => self.feed(),
        }
    }

    /// Whether its feed gives teasers only.
    pub(super) fn has_pages(&self) -> bool {
        match self.temper {
            "walled" | "secret" | "dead" | "wobbly" | "jumpy" | "delay" => true,
            "event" | "twin" | "cut" | "short" => false,
            _ => self.number % 3 == 0,
        }
    }

    /// Whether what it lists can be had as an article.
    pub(super) fn has_articles(&self) -> bool {
        !matches!(self.temper, "secret" | "dead")
    }

    pub(super) fn article(&self, number: i64) -> String {
        format!("https://{}/news/{number}", self.host())
    }

    /// How far apart its articles are.
    fn gap(&self) -> i64 {
        match self.temper {
            "event" => 240 * MINUTE,
            "edits" | "renamed" => 180 * MINUTE,
            "cut" | "short" => 100 * MINUTE,
            _ => [90, 120, 180, 240][usize::try_from(self.number % 4).unwrap()] * MINUTE,
        }
    }

    /// The articles that it lists by then, the newest first.
    pub(super) fn list(&self, now: i64) -> Vec<Print> {
        if self.temper == "silent" {
            return (0..LISTED).map(|number| self.print(number, now)).collect();
        }
        let newest = (now - MORNING).div_euclid(self.gap()) + LISTED;
        (newest - LISTED + 1..=newest).rev().map(|number| self.print(number, now)).collect()
    }

    /// One article as it is printed by then.
    pub(super) fn print(&self, number: i64, now: i64) -> Print {
        let out = MORNING + (number - LISTED) * self.gap();
        let is_late = now >= out + 100 * MINUTE;
        // A new address comes with new words or without.
        let is_edited = is_late && (self.temper == "edits" || self.temper == "renamed" && number % 2 == 0);
        let address = match self.temper {
            "renamed" if is_late => format!("{}/after", self.article(number)),
            _ => self.article(number),
        };
        let host = self.host();
        let mark = format!("mark{}", &sha256(format!("{host} {number} {is_edited}").as_bytes())[..12]);
        let seed = match self.temper {
            "event" => format!("event {number}"),
            _ => format!("{host} {number}"),
        };
        let mut text: Vec<String> = (0..6).map(|line| sentence(&format!("{seed} {line}"))).collect();
        if self.temper == "event" {
            let by = usize::try_from(self.number).unwrap();
            text[by] = sentence(&format!("{host} {number} own"));
            text.rotate_left(by);
        }
        text.push(format!("The desk filed it as {mark} under its usual rules for the day."));
        let retitled = if is_edited && number % 2 == 0 { " after all" } else { "" };
        let title = format!("{} {}{retitled}", name(&seed, 90), words(&seed, 91, 4).join(" "));
        let day = match self.temper {
            "future" => Some(out + 400 * DAY),
            "ancient" => Some(0),
            "undated" => None,
            "silent" => Some(MORNING - 60 * DAY + number * DAY),
            "lying" => Some(now),
            _ => Some(out),
        };
        Print { number, address, title, text, day, mark }
    }
}

/// The mark in a stored text; what is cut before it has none.
pub(super) fn mark_of(text: &str) -> String {
    text.find("mark").and_then(|at| text.get(at..at + 16)).unwrap_or("no mark").to_owned()
}

/// A sentence of words that nobody else uses.
fn sentence(seed: &str) -> String {
    let w = words(seed, 0, 9);
    format!(
        "The {} {} in {} has said that the {} {} would {} a new {} before the {} of {} {}.",
        w[0],
        w[1],
        name(seed, 20),
        w[2],
        w[3],
        w[4],
        w[5],
        w[6],
        name(seed, 21),
        w[7],
    )
}

fn name(seed: &str, at: usize) -> String {
    let word = words(seed, at, 1).remove(0);
    format!("{}{}", word[..1].to_uppercase(), &word[1..])
}

/// Invented words.
fn words(seed: &str, from: usize, count: usize) -> Vec<String> {
    const SYLLABLES: [&str; 16] = [
        "bra", "cel", "dor", "fen", "gul", "har", "jin", "kem", "lor", "mip", "nav", "pol", "rus", "tam",
        "vek", "wos",
    ];
    let word = |at: usize| {
        let hash = sha256(format!("{seed} {at}").as_bytes());
        let digit = |at: usize| usize::from_str_radix(&hash[at..=at], 16).unwrap();
        (0..4).map(|at| SYLLABLES[digit(at)]).collect::<String>()
    };
    (from..from + count).map(word).collect()
}
