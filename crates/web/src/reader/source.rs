//! The articles of a story as its page lists them: cited or not, with family, paywall mark and what they copy.

use desk::receipt::Receipt;
use store::MemberRow;

use crate::day::Day;
use crate::link;
use crate::plain::{plain, titled};
use crate::server::frame::Link;

/// An article of a story, cited or not.
pub(super) struct Source {
    pub(super) marks: Option<u32>,
    pub(super) title: String,
    pub(super) outlet: Link,
    pub(super) record: String,
    pub(super) day: Option<Day>,
    pub(super) family: String,
    pub(super) copies: String,
    pub(super) paywalled: bool,
    pub(super) background: bool,
    pub(super) withdrawn: bool,
}

impl Source {
    /// A story's articles in their order; `receipt` says which of them are cited, and as what.
    pub(super) fn all(members: &[MemberRow], receipt: Option<&Receipt>) -> Vec<Self> {
        members.iter().map(|member| Self::new(member, members, receipt)).collect()
    }

    fn new(member: &MemberRow, members: &[MemberRow], receipt: Option<&Receipt>) -> Self {
        let article = &member.article;
        let cited =
            receipt.and_then(|receipt| receipt.sources.iter().find(|source| source.article == article.id));
        let first =
            member.copy_of.as_ref().and_then(|id| members.iter().find(|other| other.article.id == *id));
        Self {
            marks: cited.map(|source| source.number),
            title: titled(&article.title),
            outlet: Link::new(&article.outlet, link::outlet(&article.domain)),
            record: link::article(&article.id),
            day: article.published.map(Day::at),
            family: family(&member.family, &article.domain),
            copies: match (&member.copy_of, first) {
                (None, _) => String::new(),
                (Some(_), Some(first)) => plain(&first.article.outlet),
                (Some(_), None) => "another article".to_owned(),
            },
            paywalled: article.paywalled,
            background: member.background,
            withdrawn: article.withdrawn,
        }
    }
}

/// The family of an outlet in words: whose it is, not how it is written down.
pub(super) fn family(name: &str, domain: &str) -> String {
    match name.split_once(':') {
        _ if name == domain => "its own".to_owned(),
        Some(("owner", owner)) => format!("owner {}", plain(owner)),
        Some(("agency", agency)) => format!("agency {}", plain(agency)),
        _ => plain(name),
    }
}

#[cfg(test)]
mod tests {
    use super::family;

    #[test]
    fn a_family_is_named_in_words() {
        for (name, expected) in [
            ("owner:northgate media", "owner northgate media"),
            ("agency:ap", "agency ap"),
            ("post.example", "its own"),
            ("lantern.example", "lantern.example"),
        ] {
            assert_eq!(family(name, "post.example"), expected);
        }
    }
}
