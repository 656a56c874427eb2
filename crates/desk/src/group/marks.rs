//! What reports on one event have in common beside words: the days that they speak of, and what is quoted letter for letter.

use language::{calendar, dates};

use super::terms::{Kind, marked};
use crate::address;
use crate::article::Article;

/// In how many bytes, headline and lead, days are looked for: an event's day is told there.
const DAYS_IN: usize = 1_000;
/// How many words in a row make a piece of a quotation, and of how many pieces one is kept, by its hash alone: two reports
/// keep the same.
const PIECE: usize = 5;
const ONE_IN: u64 = 3;
/// How many pieces of an article are kept.
const MOST: usize = 24;

/// How many bytes before and behind a year a day is read in: `Wednesday, the 10th of September, 2026`.
const ROUND: (usize, usize) = (48, 16);

/// The days that the beginning of an article names with their year, each once; those that are told from the day of
/// publication are left out, for that is often wrong. English only.
pub(super) fn days(article: &Article) -> Vec<u32> {
    if !(article.lang.is_empty() || article.lang.starts_with("en")) {
        return Vec::new();
    }
    let text = &article.text[..article.text.floor_char_boundary(DAYS_IN)];
    let mut days: Vec<u32> = round_years(text)
        .flat_map(|part| dates::dates(part, None))
        .filter(|mark| !mark.relative)
        .filter_map(|mark| mark.days)
        .filter(|(first, last)| first == last)
        .map(|(day, _)| marked(Kind::Day, format!("{day}").as_bytes()))
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The parts of a text in which a day may stand: those round a year of four digits with the name of a month or a number before
/// it. Most texts have none, and reading dates costs more than all else that is read of a text.
fn round_years(text: &str) -> impl Iterator<Item = &str> {
    let digits = text.as_bytes();
    let years = (0..digits.len().saturating_sub(3)).filter(|&at| {
        matches!(digits[at], b'1' | b'2')
            && digits[at..at + 4].iter().all(u8::is_ascii_digit)
            && !(at > 0 && digits[at - 1].is_ascii_digit())
            && !digits.get(at + 4).is_some_and(u8::is_ascii_digit)
    });
    years.filter_map(|at| {
        // A number that is cut in two would be another.
        let from = text.floor_char_boundary(at.saturating_sub(ROUND.0));
        let from = if from == 0 { 0 } else { from + text[from..at].find(' ').unwrap_or(0) };
        let to = text.ceil_char_boundary((at + 4 + ROUND.1).min(text.len()));
        let to = to - text[at..to].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        let part = &text[from..to.max(at + 4)];
        let numeric = part.contains(['/', '-']);
        let named = || calendar::MONTHS.iter().any(|month| part.contains(&month[..3]));
        (numeric || named()).then_some(part)
    })
}

/// The address of an article and those that it links to, each once. What a page of the same site lists, as one on a subject
/// does, is no article: of these only what looks like one counts.
pub(super) fn links(article: &Article) -> Vec<u32> {
    let own = article.url.as_deref().map(address::canonical);
    let site = |address: &str| address.split('/').next().unwrap_or_default().to_owned();
    let home = own.as_deref().map(site);
    let linked = article
        .links
        .iter()
        .take(MOST)
        .map(|link| address::canonical(link))
        .filter(|link| link.contains('/') && (Some(site(link)) != home || address::is_article(link)));
    let mut links: Vec<u32> =
        own.iter().cloned().chain(linked).map(|link| marked(Kind::Link, link.as_bytes())).collect();
    links.sort_unstable();
    links.dedup();
    links
}

/// Pieces of what stands between quotation marks, each once.
pub(super) fn quotations(text: &str) -> Vec<u32> {
    let mut pieces = Vec::new();
    let mut words: Vec<u64> = Vec::new();
    let mut open = false;
    let mut rest = text;
    while let Some((at, mark)) = next_mark(rest) {
        if open {
            words.clear();
            words.extend(
                rest[..at].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(word),
            );
            for run in words.windows(PIECE) {
                let hash =
                    run.iter().fold(0_u64, |hash, word| (hash.rotate_left(21) ^ word).wrapping_mul(FACTOR));
                if (hash >> 40).is_multiple_of(ONE_IN) {
                    pieces.push(marked(Kind::Quotation, &hash.to_le_bytes()));
                }
            }
        }
        open = match mark {
            '“' => true,
            '”' => false,
            _ => !open,
        };
        rest = &rest[at + mark.len_utf8()..];
    }
    pieces.sort_unstable();
    pieces.dedup();
    pieces.truncate(MOST);
    pieces
}

/// The next quotation mark, and where it stands.
fn next_mark(text: &str) -> Option<(usize, char)> {
    // The bytes with which they begin in UTF-8.
    let mut places = text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'"' | 0xe2));
    places.find_map(|(at, _)| {
        let mark = text[at..].chars().next().filter(|mark| matches!(mark, '"' | '“' | '”'))?;
        Some((at, mark))
    })
}

const FACTOR: u64 = 0xff51_afd7_ed55_8ccd;

/// A word, whatever its capitals.
fn word(word: &str) -> u64 {
    let add = |hash: u64, c: char| (hash ^ u64::from(c)).wrapping_mul(FACTOR).rotate_left(17);
    if word.is_ascii() {
        return word.bytes().fold(0, |hash, byte| add(hash, char::from(byte.to_ascii_lowercase())));
    }
    word.chars().flat_map(char::to_lowercase).fold(0, add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stamp::Stamp;

    #[test]
    fn a_quotation_is_known_however_it_is_cut_and_marked() {
        let whole = quotations(
            "He said: “There was a long scrape, like a chair being dragged across the whole ship, and then everything stopped.”",
        );
        let cut = quotations(
            "\"there was a long scrape, like a chair being dragged across the whole ship\", she told us, \"and\"",
        );
        assert!(cut.len() >= 2 && cut.iter().all(|piece| whole.contains(piece)), "{whole:?} {cut:?}");
        assert!(
            quotations("There was a long scrape, like a chair being dragged across the whole ship")
                .is_empty()
        );
        assert!(quotations("“No comment at all” “ \" ” ““”").is_empty());
    }

    #[test]
    fn a_link_is_the_address_that_it_leads_to() {
        let links = |url: &str, linked: &[&str]| {
            let mut article = Article::bare("a");
            article.url = Some(url.to_owned());
            article.links = linked.iter().map(|link| (*link).to_owned()).collect();
            links(&article)
        };
        let (herald, bell) = ("https://www.herald.example/ferry", "https://bell.example/news/1");
        let own = links(herald, &[]);
        assert_eq!(own.len(), 1);
        assert!(links(bell, &["http://herald.example/ferry/?utm_source=bell#top"]).contains(&own[0]));
        assert_eq!(links(bell, &["https://herald.example/"]).len(), 1, "a front page is no article");
        assert_eq!(
            links(bell, &["https://bell.example/topic/ferries"]).len(),
            1,
            "nor is a list of one's own"
        );
        assert_eq!(links(bell, &["https://bell.example/news/ferry-aground-off-port-elm"]).len(), 2);
        assert_eq!(links(bell, &[herald, herald]).len(), 2);
    }

    #[test]
    fn days_are_one_however_they_are_written() {
        let days = |text: &str| {
            let mut article = Article::bare("a");
            article.text = text.to_owned();
            article.lang = "en".to_owned();
            article.published = Stamp::parse("2026-03-11");
            days(&article)
        };
        let day = days("On March 10, 2026, it ran aground.");
        assert_eq!(day.len(), 1);
        assert_eq!(day, days("It ran aground at 7 p.m. on 10 March 2026."));
        assert_ne!(day, days("It ran aground on 11 March 2026."));
        assert!(days("It ran aground on Tuesday, as it did yesterday.").is_empty());
        assert!(days("It ran aground in 2026.").is_empty());
        assert_eq!(day, days("The harbour, 120 years old, closed on 2026-03-10 after 11,2026 complaints."));
        assert_eq!(
            day,
            days("Es lief am Dienstag – “dem zehnten” – auf Grund, on Tuesday, the 10th of March, 2026.")
        );
        assert_eq!(days("From March 10, 2026, to April 2, 2026, and then in May 2026.").len(), 2);
    }
}
