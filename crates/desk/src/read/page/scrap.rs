//! Lines that speak to the reader about the page: walls, affiliate notes, pointers, counters, bare addresses.
//!
//! Each rule asks for two signs at once where one could stand in a report.

use super::tree::{Tree, is_block};

/// How a line that points elsewhere or asks for something starts, in lower case; for short lines only.
const STARTS: [&str; 30] = [
    "you may also like",
    "you might also like",
    "don't miss",
    "don’t miss",
    "see more:",
    "recommended from",
    "recommended for you",
    "recommended stories",
    "related post",
    "sharing is caring",
    "have a tip?",
    "got a tip?",
    "view all (",
    "mehr themen auf",
    "empfohlener redaktioneller inhalt",
    "empfohlener externer inhalt",
    "player wird geladen",
    "video |",
    "weitere videos",
    "tempo de leitura",
    "temps de lecture",
    "tiempo de lectura",
    "tempo di lettura",
    "vous aimerez aussi",
    "à voir aussi",
    "te puede interesar",
    "también te puede",
    "potrebbe interessarti",
    "leia também",
    "leia mais",
];

/// Whether the line is a scrap; `lower` is its start in lower case.
pub(super) fn is_scrap(text: &str, lower: &str, words: usize) -> bool {
    words <= 30 && (STARTS.iter().any(|start| lower.starts_with(start)) || is_pointer(text))
        || is_account(lower, words)
        || is_affiliate(lower, words)
        || is_contact(lower, words)
        || is_reading_time(lower, words)
        || is_counter(text)
        || is_trail(text)
        || is_address(text)
        || ["advert", "embed", "ad"].contains(&lower.trim_end_matches(':'))
        || words <= 60 && has(lower, &["bookmark"]) && has(lower, &["newsletter", "homepage"])
        || words <= 60 && has(lower, OLD_BROWSER)
}

const OLD_BROWSER: &[&str] =
    &["ihr browser ist veraltet", "your browser is out of date", "browser is not supported"];

fn has(lower: &str, any: &[&str]) -> bool {
    any.iter().any(|word| lower.contains(word))
}

/// Whether the line asks the reader to register: what is asked and what it is for.
pub(super) fn is_account(lower: &str, words: usize) -> bool {
    const ASKED: &[&str] = &["sign in", "log in", "login", "create an account", "create account", "register"];
    const FOR: &[&str] = &[
        "to unlock",
        "continue with your reading",
        "to continue reading",
        "to keep reading",
        "to read more",
        "to read this",
        "create an account",
        "have an account?",
        "a subscriber?",
        "a member?",
    ];
    words <= 25 && has(lower, ASKED) && has(lower, FOR)
        || words <= 30
            && has(lower, &["sie haben kein aktives abo", "already a subscriber?", "already a member?"])
}

/// Whether the line says that the outlet earns on its links.
fn is_affiliate(lower: &str, words: usize) -> bool {
    words <= 70
        && lower.contains("affiliate")
        && has(
            lower,
            &["we may", "may earn", "we earn", "we receive", "erhalten wir", "-links", "commission if you"],
        )
}

/// Whether the line says how to reach who wrote it.
fn is_contact(lower: &str, words: usize) -> bool {
    words <= 40
        && lower.contains('@')
        && (has(lower, &["be reached at", "follow her on", "follow him on", "follow them on", "or follow "])
            || lower.starts_with("follow "))
}

/// Whether the line is a stamp that ends with how long the reading takes.
fn is_reading_time(lower: &str, words: usize) -> bool {
    words <= 14
        && lower.chars().any(|c| c.is_ascii_digit())
        && has(lower, &["lesedauer:", "lesezeit:", "reading time:", "read time:"])
}

/// Whether the line points elsewhere with an arrow, as a pointer between paragraphs does.
fn is_pointer(text: &str) -> bool {
    [">> ", "» ", "→ ", "► ", "➔ ", "➡ ", "▶ ", "👉"].iter().any(|arrow| text.starts_with(arrow))
        && !text.contains(['«', '”'])
}

/// Whether the line is the way to the page: `News » Harbour » Ferries`.
fn is_trail(text: &str) -> bool {
    ["»", "›", ">"].iter().any(|sign| {
        let parts = text.split(sign);
        let short = |part: &str| (1..=5).contains(&part.split_whitespace().count());
        parts.clone().count() >= 3 && parts.take(12).all(short) && !text.contains(['«', '‹', '<'])
    }) && !text.ends_with(['.', '!', '?'])
}

/// Whether a last line says who else worked on the text, where there is more of it, or how comments are handled.
pub(super) fn is_colophon(text: &str, words: usize) -> bool {
    const MADE: [&str; 8] = [
        "reporting by ",
        "additional reporting by ",
        "additional reporting from ",
        "writing by ",
        "editing by ",
        "compiled by ",
        "with reporting by ",
        "with additional reporting",
    ];
    const HELPED: [&str; 5] = [
        "contributed to this report",
        "contributed to this story",
        "contributed to this article",
        "contributed reporting",
        "contributed additional reporting",
    ];
    let lower = super::source::shorten(text, 600).to_lowercase();
    let begun = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let ended = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    let more = || {
        let last = text.split_whitespace().next_back().is_some_and(is_address);
        last && ["more ", "follow ", "read ", "see ", "full coverage"]
            .iter()
            .any(|start| begun.starts_with(start))
    };
    let moderated = || {
        has(&lower, &["comment", "coment", "kommentar"]) && has(&lower, &["moderat", "moderier", "moderad"])
    };
    words <= 60 && MADE.iter().any(|start| begun.starts_with(start))
        || words <= 40 && HELPED.iter().any(|end| ended.contains(end)) && !text.starts_with(['"', '“'])
        || words <= 25 && (more() || moderated())
}

/// Whether the line counts pictures: `1/12`.
fn is_counter(text: &str) -> bool {
    text.len() <= 9
        && text.split_once('/').is_some_and(|(at, of)| {
            let number =
                |side: &str| !side.trim().is_empty() && side.trim().bytes().all(|b| b.is_ascii_digit());
            number(at) && number(of)
        })
}

/// Whether the line is one address and nothing else.
fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(' ')
}

/// How high a heading stands, 1 the highest; 7 for a paragraph in bold that serves as one.
pub(super) fn level(tree: &Tree, owner: usize) -> u8 {
    let mut node = owner;
    for _ in 0..4 {
        let here = &tree.nodes[node];
        let digit = here.name.strip_prefix('h').and_then(|rest| rest.parse::<u8>().ok());
        if let Some(level) = digit.filter(|level| (1..=6).contains(level)) {
            return level;
        }
        if here.is("article") || node == 0 || !is_block(&here.name) {
            break;
        }
        node = here.parent;
    }
    7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_about_the_page_are_told_from_the_report() {
        let check = |text: &str| {
            let words = text.split_whitespace().count();
            is_scrap(text, &text.to_lowercase(), words)
        };
        for text in [
            "REGISTER / SIGN IN TO UNLOCK MORE ARTICLES",
            "Create an account or sign in to continue with your reading experience.",
            "Sign In or Create an Account",
            "The Vell Post may earn an affiliate commission if you buy through a link.",
            "Email Ana Ruiz at ana@post.example or follow her on Chirp.",
            "15.04.2026 - 15:48 UhrLesedauer: 2 Min.",
            "1/12",
            "https://p.example/4abc",
            "→ Teilen und weiterempfehlen",
            "News » Harbour » Ferries of the north",
            ">> Alle Termine im Überblick",
        ] {
            assert!(check(text), "{text}");
        }
        for text in [
            "Residents must register before Friday to vote, the mayor said.",
            "The affiliate in Norling lost its licence in May.",
            "He asked readers to follow the rules.",
            "9/11 changed the port for good.",
            "» Wir gehen «, sagte sie.",
            "The advert was withdrawn.",
            "5 > 3 > 1 is how they rank the ferries of the north today.",
            "Voters could sign in at the town hall until noon.",
        ] {
            assert!(!check(text), "{text}");
        }
    }

    #[test]
    fn what_stands_below_a_text_about_it_is_told_from_its_end() {
        let check = |text: &str| is_colophon(text, text.split_whitespace().count());
        for text in [
            "(Reporting by Mira Okpara in Port Vell; Editing by Jon Vell)",
            "— Vell Wire writer Ana Ruiz in Norling contributed to this report.",
            "Follow all of our ferry coverage at https://post.example/ferry",
            "Note: comments are moderated for now.",
        ] {
            assert!(check(text), "{text}");
        }
        for text in [
            "Reporting of the crack was late, the harbour said.",
            "The crew had contributed to the harbour for years.",
            "\"I contributed to this report,\" the engineer said.",
            "Moderate winds were expected on Thursday.",
        ] {
            assert!(!check(text), "{text}");
        }
    }
}
