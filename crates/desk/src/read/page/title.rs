//! The headline without the site's name, which pages put at its end or start.

/// Signs that part a headline from the site's name.
const PARTERS: [&str; 12] =
    [" | ", " - ", " – ", " — ", " :: ", " • ", " » ", " · ", " « ", " / ", " ― ", " ∙ "];

/// The most trusted candidate, its site suffix taken off with the help of the others.
pub(super) fn choose(candidates: &[Option<String>], names: &[&str]) -> String {
    let given: Vec<&str> =
        candidates.iter().flatten().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    let Some(first) = given.first() else { return String::new() };
    // A title that was cut at a length limit is completed by a longer candidate.
    let stem = first.trim_end_matches(['…', '.', ' ']);
    let cut = first.ends_with('…') || first.ends_with("...");
    let whole = given
        .iter()
        .find(|other| cut && other.len() > first.len() && other.starts_with(stem))
        .unwrap_or(first);
    strip(whole, &given, names)
}

fn strip(title: &str, given: &[&str], names: &[&str]) -> String {
    let mut title = title;
    for _ in 0..3 {
        let Some(shorter) = once(title, given, names) else { break };
        title = shorter;
    }
    title.trim().to_owned()
}

fn once<'t>(title: &'t str, given: &[&str], names: &[&str]) -> Option<&'t str> {
    let parted = PARTERS.iter().filter_map(|sign| title.rfind(sign).map(|at| (at, sign.len()))).max();
    if let Some((at, width)) = parted {
        let (left, right) = (&title[..at], &title[at + width..]);
        if is_site(right, names) || given.iter().any(|other| *other != title && same(other, left)) {
            return Some(left).filter(|left| !left.trim().is_empty());
        }
    }
    let parted = PARTERS.iter().filter_map(|sign| title.find(sign).map(|at| (at, sign.len()))).min();
    if let Some((at, width)) = parted
        && is_site(&title[..at], names)
    {
        return Some(&title[at + width..]).filter(|right| !right.trim().is_empty());
    }
    None
}

fn is_site(part: &str, names: &[&str]) -> bool {
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

/// Whether a printed heading ends with the title: before it stands only a kicker.
pub(super) fn ends(heading: &str, title: &str) -> bool {
    let title = letters(title);
    !title.is_empty() && letters(heading).ends_with(&title)
}

fn letters(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_taken_off_the_headline() {
        for (candidates, expected) in [
            (vec!["Ferry stopped | The Vell Post"], "Ferry stopped"),
            (vec!["Ferry stopped - again - Vell Post"], "Ferry stopped - again"),
            (vec!["Vell Post: Ferry stopped"], "Vell Post: Ferry stopped"),
            (vec!["Ferry stopped – Home News", "Ferry stopped"], "Ferry stopped"),
            (vec!["Ferry – a history"], "Ferry – a history"),
            (vec!["The ferry that sto…", "The ferry that stopped"], "The ferry that stopped"),
            (vec!["Ferry stopped | VP | 11.03.2026", "Ferry stopped | VP"], "Ferry stopped | VP"),
            (vec![], ""),
            (vec![" | "], "|"),
        ] {
            let candidates: Vec<_> = candidates.into_iter().map(|c| Some(c.to_owned())).collect();
            assert_eq!(choose(&candidates, &["The Vell Post", "vellpost"]), expected);
        }
    }
}
