//! Which headline is the article's, and without the site's name, which pages put at its end or start.
//!
//! A page gives its headline in many places and not always in the same words: what search engines shall find
//! stands in `<title>`, what editors wrote in JSON-LD, in `og:title` or above the text. Places that agree vote
//! together; the words of `<title>` lose against others that JSON-LD or `og:title` give.

pub(super) use super::suffix::same;
use super::suffix::{is_site, letters, strip};

/// Where a page gives its headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Linked,
    Shared,
    Named,
    Heading,
    Other,
    Page,
}

/// What the places of one page say.
#[derive(Debug, Default)]
pub(super) struct Sources<'s> {
    /// JSON-LD's headline.
    pub(super) linked: Option<&'s str>,
    /// `og:title`.
    pub(super) shared: Option<&'s str>,
    /// The microdata headline.
    pub(super) named: Option<&'s str>,
    /// Headings of the first level in order.
    pub(super) headings: &'s [String],
    /// Titles in other meta tags.
    pub(super) other: Option<&'s str>,
    /// The page's `<title>`.
    pub(super) page: Option<&'s str>,
    /// Names that the site goes by.
    pub(super) sites: &'s [&'s str],
    /// Names of the section.
    pub(super) sections: &'s [&'s str],
}

/// One headline with the place that gives it.
#[derive(Debug)]
struct Candidate {
    place: Place,
    text: String,
    letters: String,
}

/// The article's headline; empty where no place gives any.
pub(super) fn choose(sources: &Sources) -> String {
    let given = given(sources);
    let candidates = candidates(&given, sources);
    let page = candidates.iter().find(|candidate| candidate.place == Place::Page);
    let mut best: Option<(i32, &Candidate)> = None;
    for candidate in &candidates {
        let score = score(candidate, &candidates, page, sources.sites);
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.text.clone()).unwrap_or_default()
}

/// All that is given, in order of trust, with headlines that were cut at a length limit completed.
fn given<'s>(sources: &Sources<'s>) -> Vec<(Place, &'s str)> {
    let headings = sources.headings.iter().map(|heading| (Place::Heading, Some(heading.as_str())));
    let all =
        [(Place::Linked, sources.linked), (Place::Shared, sources.shared), (Place::Named, sources.named)];
    let rest = [(Place::Other, sources.other), (Place::Page, sources.page)];
    let all: Vec<(Place, &str)> = all
        .into_iter()
        .chain(headings)
        .chain(rest)
        .filter_map(|(place, text)| Some((place, text?.trim())))
        .filter(|(_, text)| !text.is_empty())
        .take(24)
        .collect();
    let whole = |text: &'s str| {
        let cut = text.ends_with('…') || text.ends_with("...");
        let stem = text.trim_end_matches(['…', '.', ' ']);
        let longer = |other: &&(Place, &'s str)| other.1.len() > text.len() && other.1.starts_with(stem);
        if cut { all.iter().find(longer).map_or(text, |other| other.1) } else { text }
    };
    all.iter().map(|&(place, text)| (place, whole(text))).collect()
}

/// The candidates without site and section; of the headings only the one that may be the headline.
fn candidates(given: &[(Place, &str)], sources: &Sources) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    for &(place, text) in given.iter().filter(|(place, _)| *place != Place::Heading) {
        let text = strip(text, place, given, sources);
        out.push(Candidate { place, letters: letters(&text), text });
    }
    if let Some(at) = heading(given, &out, sources) {
        let text = strip(given[at].1, Place::Heading, given, sources);
        let place = out.iter().position(|other| matches!(other.place, Place::Other | Place::Page));
        let candidate = Candidate { place: Place::Heading, letters: letters(&text), text };
        out.insert(place.unwrap_or(out.len()), candidate);
    }
    // What is only the site's name is nobody's headline. What names the site and has no word of any other headline
    // speaks of the site.
    let site = |text: &str| is_site(text, sources.sites);
    if !out.iter().any(|c| c.place != Place::Page && c.place != Place::Linked && !site(&c.text)) {
        return out;
    }
    let linked = given.first().filter(|(place, text)| *place == Place::Linked && names(text, sources.sites));
    let stranger = linked.is_some() && !out[1..].iter().any(|other| share(&out[0].text, &other.text));
    if stranger {
        out.remove(0);
    }
    out.retain(|c| !site(&c.text));
    out
}

/// Whether a headline has the site's name anywhere.
fn names(text: &str, sites: &[&str]) -> bool {
    let text = letters(text);
    sites.iter().map(|name| letters(name)).any(|name| name.chars().count() > 5 && text.contains(&name))
}

/// The first-level heading that repeats another place's headline, else that ends with it, else that shares a
/// word with it.
fn heading(given: &[(Place, &str)], others: &[Candidate], sources: &Sources) -> Option<usize> {
    let usable = |&at: &usize| given[at].0 == Place::Heading && !is_site(given[at].1, sources.sites);
    let all = || (0..given.len()).filter(usable);
    let equal = |&at: &usize| {
        let heading = letters(given[at].1);
        others.iter().any(|other| other.letters == heading)
    };
    let ends = |&at: &usize| others.iter().any(|other| ends(given[at].1, &other.text));
    let alone = others.iter().all(|other| is_site(&other.text, sources.sites));
    let shares = |&at: &usize| alone || others.iter().any(|other| share(given[at].1, &other.text));
    all().find(equal).or_else(|| all().find(ends)).or_else(|| all().find(shares))
}

/// How much speaks for a candidate's words.
fn score(one: &Candidate, all: &[Candidate], page: Option<&Candidate>, sites: &[&str]) -> i32 {
    let has = |place: Place, words: &str| all.iter().any(|c| c.place == place && c.letters == words);
    let stated = has(Place::Linked, &one.letters) || has(Place::Heading, &one.letters);
    let shared = has(Place::Shared, &one.letters);
    let alone = !stated && !shared;
    let mut score = 0;
    for other in all {
        // A heading with a kicker before the headline speaks for the headline, where no place repeats it whole.
        let kicked = other.place == Place::Heading
            && ends(&other.text, &one.text)
            && !all.iter().any(|c| c.place != Place::Heading && c.letters == other.letters);
        if other.letters != one.letters && !kicked {
            continue;
        }
        score += match other.place {
            Place::Linked => 6,
            // A question that nobody else asks is there to be clicked on.
            Place::Shared if !stated && one.text.ends_with(['?', '？']) => 1,
            Place::Shared => 6,
            Place::Heading => 4,
            // Microdata often is the heading itself, and other tags repeat these.
            Place::Named | Place::Other | Place::Page => i32::from(alone),
        };
    }
    let searched = page.is_some_and(|page| covers(page, one, sites));
    if searched && score > 2 { (score - 6).max(2) } else { score }
}

/// Whether the page's `<title>` has these words, and behind them at most the site's name.
fn covers(page: &Candidate, one: &Candidate, sites: &[&str]) -> bool {
    page.letters == one.letters
        || page.letters.strip_prefix(&one.letters).is_some_and(|rest| {
            sites.iter().map(|name| letters(name)).any(|name| name.len() > 2 && rest.contains(&name))
        })
}

/// Whether two headlines have a longer word in common, or three signs of an unspaced script in a row.
fn share(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let lower = super::source::shorten(text, 400).to_lowercase();
        let spaced = lower.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
        let signs: Vec<char> = lower.chars().filter(|c| u32::from(*c) >= 0x2e80).collect();
        spaced
            .filter(|word| word.chars().count() > 3)
            .chain(signs.windows(3).map(|three| three.iter().collect()))
            .collect()
    };
    let known = words(other);
    words(one).iter().any(|word| known.contains(word))
}

/// Whether a printed heading ends with the title: before it stands only a kicker.
fn ends(heading: &str, title: &str) -> bool {
    let title = letters(title);
    !title.is_empty() && letters(heading).ends_with(&title)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITES: [&str; 2] = ["The Vell Post", "vellpost"];

    #[test]
    fn the_site_is_taken_off_the_headline() {
        for (page, heading, expected) in [
            ("Ferry stopped | The Vell Post", "", "Ferry stopped"),
            ("Ferry stopped - again - Vell Post", "", "Ferry stopped - again"),
            ("Vell Post: Ferry stopped", "", "Vell Post: Ferry stopped"),
            ("Ferry stopped – Home News", "Ferry stopped", "Ferry stopped"),
            ("Ferry – a history", "", "Ferry – a history"),
            ("The ferry that sto…", "The ferry that stopped", "The ferry that stopped"),
            ("Ferry stopped | VP | 11.03.2026", "Ferry stopped | VP", "Ferry stopped | VP"),
            ("Ferry stopped-HarborㅣThe Vell Post", "", "Ferry stopped"),
            ("Ferry stopped, The Vell Post", "", "Ferry stopped"),
            ("Ferry stopped-again", "", "Ferry stopped-again"),
            ("The Vell Post", "Ferry stopped", "Ferry stopped"),
            ("", "", ""),
            (" | ", "", "|"),
        ] {
            let headings = [heading.to_owned()];
            let sources = Sources {
                page: Some(page),
                headings: &headings,
                sites: &SITES,
                sections: &["Harbor"],
                ..Sources::default()
            };
            assert_eq!(choose(&sources), expected, "{page}");
        }
    }

    /// Headlines in JSON-LD, in `og:title`, above the text and in `<title>`, and the one that is the article's.
    #[test]
    fn of_several_headlines_the_editors_own_is_taken() {
        for (linked, shared, heading, page, expected) in [
            // The words for search engines lose, wherever they are repeated.
            (
                "Vell ferry: crack found",
                "Crack stops ferry",
                "Vell ferry: crack found",
                "Vell ferry: crack found | The Vell Post",
                "Crack stops ferry",
            ),
            (
                "Crack stops ferry",
                "Vell ferry: crack found",
                "Vell ferry: crack found",
                "Vell ferry: crack found",
                "Crack stops ferry",
            ),
            (
                "Vell ferry: crack found",
                "Crack stops ferry",
                "Crack stops ferry",
                "Vell ferry: crack found",
                "Crack stops ferry",
            ),
            (
                "",
                "Crack stops ferry",
                "Vell ferry: crack found",
                "Vell ferry: crack found",
                "Crack stops ferry",
            ),
            (
                "",
                "Vell ferry: crack found",
                "Crack stops ferry",
                "Vell ferry: crack found",
                "Crack stops ferry",
            ),
            // Two places that agree win, whatever is made for searching or for sharing.
            (
                "Crack stops ferry",
                "You should see this ferry",
                "Crack stops ferry",
                "Ferry crack latest",
                "Crack stops ferry",
            ),
            // A heading alone does not win against all others.
            (
                "Port Vell: Crack stops ferry",
                "Port Vell: Crack stops ferry",
                "Crack stops ferry",
                "Port Vell: Crack stops ferry",
                "Port Vell: Crack stops ferry",
            ),
            (
                "Crack stops ferry - Now",
                "Crack stops ferry - Now",
                "Crack stops ferry",
                "Crack stops ferry - Now",
                "Crack stops ferry - Now",
            ),
            // A question is there to be clicked on.
            (
                "Crack stops ferry",
                "Why did the ferry stop?",
                "Crack stops ferry",
                "Crack stops ferry",
                "Crack stops ferry",
            ),
            // What names the site is the site's.
            (
                "The Vell Post – news from the coast",
                "Crack stops ferry",
                "Crack stops ferry",
                "Crack stops ferry",
                "Crack stops ferry",
            ),
            // A heading that has nothing to do with the rest is the site's furniture.
            ("", "", "Latest headlines", "Crack stops ferry - The Vell Post", "Crack stops ferry"),
            (
                "",
                "Crack stops ferry",
                "Port Vell Crack stops ferry",
                "Ferry crack: all we know",
                "Crack stops ferry",
            ),
        ] {
            let headings = [heading.to_owned()];
            let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
            let sources = Sources {
                linked: some(linked),
                shared: some(shared),
                headings: &headings,
                page: some(page),
                sites: &SITES,
                ..Sources::default()
            };
            assert_eq!(choose(&sources), expected, "{linked} / {shared} / {heading} / {page}");
        }
    }
}
