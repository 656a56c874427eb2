//! A headline without the site's name and the section, which pages put at its end or start.

use super::title::{Place, Sources};

/// Signs that part a headline from the site's name.
const PARTERS: [&str; 13] =
    [" | ", " - ", " – ", " — ", " :: ", " • ", " » ", " · ", " « ", " / ", " ― ", " ∙ ", " * "];

/// Signs that part them without spaces, where what follows is surely the site's name or the section's.
const TIGHT: [&str; 8] = ["ㅣ", "｜", "|", "：", "＿", "_", "-", ", "];

/// The headline without site and section at its ends.
pub(super) fn strip(title: &str, place: Place, given: &[(Place, &str)], sources: &Sources) -> String {
    let mut title = title;
    for _ in 0..3 {
        let Some(shorter) = once(title, place, given, sources) else { break };
        title = shorter;
    }
    title.trim().to_owned()
}

fn once<'t>(title: &'t str, place: Place, given: &[(Place, &str)], sources: &Sources) -> Option<&'t str> {
    let kept = |part: &'t str| Some(part).filter(|part| part.chars().any(char::is_alphanumeric));
    let last = PARTERS.iter().filter_map(|sign| title.rfind(sign).map(|at| (at, sign.len()))).max();
    if let Some((at, width)) = last {
        let (left, right) = (&title[..at], &title[at + width..]);
        let label =
            is_site(right, sources.sites) || sources.sections.iter().any(|section| same(section, right));
        if label || goes_without(title, left, place, given) {
            return kept(left);
        }
    }
    let first = PARTERS.iter().filter_map(|sign| title.find(sign).map(|at| (at, sign.len()))).min();
    if let Some((at, width)) = first
        && is_site(&title[..at], sources.sites)
    {
        return kept(&title[at + width..]);
    }
    let tight = TIGHT.iter().filter_map(|sign| title.rfind(sign).map(|at| (at, sign.len()))).max();
    let (at, width) = tight?;
    let right = &title[at + width..];
    let label = sources
        .sites
        .iter()
        .chain(sources.sections)
        .any(|name| name.chars().count() > 1 && same(name, right))
        || given.iter().any(|(_, other)| same(other, &title[..at])) && is_site(right, sources.sites);
    if label { kept(&title[..at]) } else { None }
}

/// Whether another place gives the headline without its tail. A heading alone does not outvote JSON-LD and
/// `og:title` that both have it.
fn goes_without(title: &str, left: &str, place: Place, given: &[(Place, &str)]) -> bool {
    let has = |place: Place| given.iter().any(|(at, other)| *at == place && same(other, title));
    let firm = has(Place::Linked) && has(Place::Shared);
    given.iter().any(|(at, other)| {
        *other != title && same(other, left) && (*at != Place::Heading || !firm || place == Place::Page)
    })
}

/// Whether a part of a headline is the site's name, or a bare date.
pub(super) fn is_site(part: &str, names: &[&str]) -> bool {
    // A bare date at the end is the site's doing too.
    if part.len() < 24 && super::moment::parse(part).is_some() {
        return true;
    }
    let part = letters(part);
    if part.is_empty() {
        return false;
    }
    names.iter().any(|name| {
        let name = letters(name);
        name.chars().count() > 2
            && (name == part || part.contains(&name) && part.chars().count() < name.chars().count() + 12)
            || part.chars().count() > 3 && name.contains(&part)
    })
}

/// The site's name as it stands behind the headline in the page's title, where another place gives the headline.
pub(super) fn site(page: &str, headlines: &[String]) -> Option<String> {
    let (at, width) = PARTERS.iter().filter_map(|sign| page.rfind(sign).map(|at| (at, sign.len()))).max()?;
    let (left, right) = (&page[..at], page[at + width..].trim());
    let fits = (2..=40).contains(&right.chars().count()) && super::moment::parse(right).is_none();
    (fits && headlines.iter().any(|headline| same(headline, left))).then(|| right.to_owned())
}

/// Whether two titles have the same letters.
pub(super) fn same(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

/// The letters and digits of a text in lower case.
pub(super) fn letters(text: &str) -> String {
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    }
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}
