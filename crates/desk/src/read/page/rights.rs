//! What a page says of its readers' and machines' rights: who may read it whole, and what may be done with it.

use super::jsonld::Linked;
use super::tags::Tags;

/// Words of a robots tag that say something about reuse. Those of the first group reserve the text against
/// machines that learn from it; the others ask for restraint and are kept for whoever shows the text.
const ROBOTS: [(&str, bool); 8] = [
    ("noai", true),
    ("noimageai", true),
    ("noml", true),
    ("noarchive", false),
    ("nocache", false),
    ("nosnippet", false),
    ("max-snippet:0", false),
    ("noindex", false),
];

/// Names of meta tags that speak to robots.
const SPOKEN: [&str; 5] = ["robots", "googlebot", "bingbot", "googlebot-news", "robots-ai"];

/// What a page says about reuse.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Reuse {
    /// Whether it reserves its text against reuse by machines.
    pub(super) reserved: bool,
    /// What it says, each as `robots: noai` or `licence: https://…`.
    pub(super) said: Vec<String>,
}

/// Whether only subscribers may read the article whole: JSON-LD first, for the article and for parts of it,
/// then meta tags.
pub(super) fn paywalled(tags: &Tags, linked: &Linked) -> bool {
    if let Some(free) = linked.free {
        return !free;
    }
    let tier = tags.get(&["article:content_tier", "content_tier", "article:content-tier"]);
    let locked = |tier: &str| ["locked", "metered-locked", "premium", "paid"].contains(&tier);
    tier.is_some_and(|tier| locked(&tier.trim().to_ascii_lowercase()))
        || tags.get(&["isaccessibleforfree"]).is_some_and(|value| value.trim().eq_ignore_ascii_case("false"))
}

/// What robots tags, the TDM reservation protocol and licences say.
pub(super) fn reuse(tags: &Tags, linked: &Linked) -> Reuse {
    let mut out = Reuse::default();
    for name in SPOKEN {
        for value in tags.all(name) {
            let value = value.to_ascii_lowercase();
            for word in value.split([',', ' ']).map(str::trim) {
                let Some((word, reserves)) = ROBOTS.iter().find(|(known, _)| *known == word) else {
                    continue;
                };
                out.reserved |= reserves;
                out.say(name, word);
            }
        }
    }
    for value in tags.all("tdm-reservation") {
        // Only 1 reserves; 0 says that nothing is reserved.
        out.reserved |= value.trim() == "1";
        out.say("tdm-reservation", value.trim());
    }
    for value in tags.all("tdm-policy") {
        out.say("tdm-policy", value.trim());
    }
    let licence = linked.licence.as_deref().or(tags.licence.as_deref());
    let licence = licence.or(tags.get(&["dcterms.license", "dc.rights.license", "license"]));
    if let Some(licence) = licence {
        out.say("licence", licence);
    }
    out
}

impl Reuse {
    fn say(&mut self, who: &str, what: &str) {
        let line = format!("{who}: {}", super::source::shorten(what, 300));
        if !what.is_empty() && self.said.len() < 20 && !self.said.contains(&line) {
            self.said.push(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::*;

    #[test]
    fn what_is_said_about_reuse_is_kept_as_it_is_said() {
        for (html, reserved, said) in [
            (
                "<meta name=robots content='index, NOAI, noarchive'>",
                true,
                vec!["robots: noai", "robots: noarchive"],
            ),
            ("<meta name=robots content='index,follow,max-snippet:-1'>", false, vec![]),
            (
                "<meta name=tdm-reservation content=1><meta name=tdm-policy content=https://post.example/tdm.json>",
                true,
                vec!["tdm-reservation: 1", "tdm-policy: https://post.example/tdm.json"],
            ),
            ("<meta name=tdm-reservation content=0>", false, vec!["tdm-reservation: 0"]),
            (
                "<p><a rel='license noopener' href=https://licences.example/by/4.0>Some rights</a>",
                false,
                vec!["licence: https://licences.example/by/4.0"],
            ),
            ("<meta name=googlebot content=nosnippet>", false, vec!["googlebot: nosnippet"]),
            ("", false, vec![]),
        ] {
            let tags = Tags::read(&Tree::parse(html.to_owned()));
            let reuse = reuse(&tags, &Linked::default());
            assert_eq!(
                (reuse.reserved, reuse.said),
                (reserved, said.into_iter().map(str::to_owned).collect()),
                "{html}"
            );
        }
    }

    #[test]
    fn a_wall_is_told_by_linked_data_or_meta_tags() {
        for (html, free, paywalled) in [
            ("<meta property=article:content_tier content=locked>", None, true),
            ("<meta property=article:content_tier content=locked>", Some(true), false),
            ("<meta property=article:content_tier content=free>", Some(false), true),
            ("<meta itemprop=isAccessibleForFree content=False>", None, true),
            ("<meta property=article:content_tier content=metered>", None, false),
            ("", None, false),
        ] {
            let tags = Tags::read(&Tree::parse(html.to_owned()));
            let linked = Linked { free, ..Linked::default() };
            assert_eq!(super::paywalled(&tags, &linked), paywalled, "{html} {free:?}");
        }
    }
}
