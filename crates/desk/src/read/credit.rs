//! The line in which an article says whose report it is: “— Reuters”, “Reporting by …; editing by …”, “© AFP”.

use crate::article::{Block, Role};
use crate::families::Families;

/// Parts of the text, from its end, in which such a line stands.
const LAST: usize = 3;
/// Characters of the longest such line: what is longer tells something else.
const LONGEST: usize = 240;
/// What stands between the words of a copyright line and the name.
const COPYRIGHT: [&str; 3] = ["©", "(c)", "copyright"];
/// After these an agency only helped.
const HELPED: [&str; 8] = [
    "with inputs from",
    "with input from",
    "inputs from",
    "with reporting by",
    "with reporting from",
    "additional reporting by",
    "with files from",
    "with material from",
];

/// The agency that a text credits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Its name as it is printed.
    pub agency: String,
    /// Whether it wrote the report; else it only contributed, and the report counts for its own outlet.
    pub wrote: bool,
}

/// The credit in the last parts of a text. What says that an agency wrote it goes before what says that one helped.
#[must_use]
pub fn credit(text: &str, blocks: &[Block], families: &Families) -> Option<Credit> {
    let body = blocks.iter().rev().filter(|block| !matches!(block.role, Role::Headline | Role::Caption));
    let lines = body.take(LAST).filter_map(|block| text.get(block.span.start..block.span.end));
    let found: Vec<Credit> = lines.filter_map(|line| of_line(last_line(line), families)).collect();
    found.iter().find(|credit| credit.wrote).or(found.first()).cloned()
}

/// The credit that a line is.
fn of_line(line: &str, families: &Families) -> Option<Credit> {
    if line.len() > LONGEST {
        return None;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let lower = bare.to_lowercase();
    let wrote = |agency: String| Some(Credit { agency, wrote: true });
    if let Some(agency) = families.form(&lower) {
        return wrote(agency);
    }
    if let Some(rest) = HELPED.iter().find_map(|words| after(bare, &lower, words)) {
        return known_at(rest, families).map(|agency| Credit { agency, wrote: false });
    }
    if let Some(at) = lower.find(" contributed") {
        let agency = named(bare.get(..at)?, families)?;
        return Some(Credit { agency, wrote: false });
    }
    if let Some(rest) =
        COPYRIGHT.iter().find_map(|sign| lower.strip_prefix(sign).map(|_| bare.get(sign.len()..)))
    {
        let rest = rest?.trim_start_matches(|c: char| !c.is_alphabetic());
        return known_at(rest, families).and_then(wrote);
    }
    // A name alone is one only behind a dash, in brackets, or as a part of its own.
    named(bare, families).and_then(wrote)
}

/// The last sentence of a part, where a dash or a bracket sets it off; else the whole part.
fn last_line(part: &str) -> &str {
    let part = part.trim();
    let from = part.char_indices().rev().take(LONGEST).find(|&(at, c)| {
        matches!(c, '(' | '—' | '–' | '-' | '©' | '[')
            && part[..at].trim_end().ends_with(['.', '!', '?', '”', '"', '’'])
    });
    from.map_or(part, |(at, _)| &part[at..])
}

/// The agency with whose name a text begins, its longest.
fn known_at(text: &str, families: &Families) -> Option<String> {
    let ends = text.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at);
    let ends: Vec<usize> = ends.chain([text.len()]).take(12).collect();
    ends.into_iter().rev().find_map(|end| named(&text[..end], families))
}

/// A name, if it is an agency's; of several parted by strokes or commas the first.
fn named(name: &str, families: &Families) -> Option<String> {
    let parts = name.split(['/', ',']).map(|part| part.trim().trim_matches(['(', ')', '.']).trim());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let all = parts.iter().all(|part| families.is_agency(part));
    // “Ani” may be a person's, “pa” anything: what is written small is no name.
    let first = parts.first().filter(|part| part.starts_with(char::is_uppercase) || part.len() == 3)?;
    all.then(|| (*first).to_owned())
}

fn after<'t>(text: &'t str, lower: &str, words: &str) -> Option<&'t str> {
    let at = lower.find(words)? + words.len();
    Some(text.get(at..)?.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    #[test]
    fn a_credit_says_who_wrote_and_who_helped() {
        let check = |last: &str, wanted: Option<(&str, bool)>| {
            let parts =
                ["A ferry ran aground.", "Nobody was hurt.", last].map(|part| (Role::Paragraph, part));
            let (text, blocks) = Article::compose("The ferry", parts);
            let found = credit(&text, &blocks, &Families::starter());
            let found = found.as_ref().map(|credit| (credit.agency.as_str(), credit.wrote));
            assert_eq!(found, wanted, "{last}");
        };
        check("— Reuters", Some(("Reuters", true)));
        check("The coast guard is asking why. — AFP", Some(("AFP", true)));
        check("The coast guard is asking why. (AP)", Some(("AP", true)));
        check("(Reporting by Ada Quill in Selwick; Editing by Ola Vik)", Some(("Reuters", true)));
        check("Reporting by Ada Quill", None);
        check("The Associated Press contributed to this report.", Some(("The Associated Press", false)));
        check("(With inputs from PTI)", Some(("PTI", false)));
        check("With inputs from agencies", None);
        check("© 2026 AFP", Some(("AFP", true)));
        check(
            "Copyright 2026 The Associated Press. All rights reserved.",
            Some(("The Associated Press", true)),
        );
        check("© 2026 The Selwick Courier", None);
        check("PTI", Some(("PTI", true)));
        check("AP/AFP", Some(("AP", true)));
        check("He told Reuters that he had seen nothing.", None);
        check("The line has been asked by Reuters - it did not answer.", None);
        check("İ©", None);
    }

    #[test]
    fn a_families_file_adds_agencies_that_credits_name() {
        let mut families = Families::starter();
        families.extend("Meridian Wire\tagency:meridian\n");
        let parts = ["A ferry ran aground.", "— Meridian Wire"].map(|part| (Role::Paragraph, part));
        let (text, blocks) = Article::compose("The ferry", parts);
        assert_eq!(
            credit(&text, &blocks, &families).map(|credit| credit.agency).as_deref(),
            Some("Meridian Wire")
        );
    }
}
