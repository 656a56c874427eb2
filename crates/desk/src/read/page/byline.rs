//! Bylines as lists of names: `By Mira Okpara and Jon Vell, Political Editor` is two people.

use language::calendar::WEEKDAYS;

use super::bywords::{FROM, JOINERS, OPENERS, PLAIN, ROLES};

/// The names of one or more printed bylines, in order, each once.
pub(super) fn names<S: AsRef<str>>(lines: &[S]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        for name in split(line.as_ref()) {
            if !out.iter().any(|other| other.to_lowercase() == name.to_lowercase()) && out.len() < 30 {
                out.push(name);
            }
        }
    }
    out
}

fn split(line: &str) -> Vec<String> {
    let line = super::tree::squeeze(super::source::shorten(line, 600));
    let mut line = opener(&line).to_owned();
    for joiner in JOINERS {
        line = line.replace(joiner, "|");
    }
    if line.split('/').count() > 1 && line.split('/').all(is_person) {
        line = line.replace('/', "|");
    }
    let mut out = Vec::new();
    for (index, part) in line.split(['|', ';', ',', '•', '·', '\n', '+', '、', '，', '；']).enumerate()
    {
        let part = tidy(part);
        if part.is_empty() || is_noise(&part) {
            continue;
        }
        // What follows a name after a comma is often a job or a place.
        if index > 0 && is_role(&part) {
            continue;
        }
        out.extend(agency_apart(&part));
    }
    out
}

/// `Mira Okpara Associated Press` is a person and an agency.
fn agency_apart(part: &str) -> Vec<String> {
    let words: Vec<&str> = part.split_whitespace().collect();
    for tail in (1..=3).rev().filter(|tail| words.len() >= tail + 2) {
        let (person, agency) = words.split_at(words.len() - tail);
        let agency = agency.join(" ");
        // A short name in capitals may be anybody's initials; only whole names are told apart.
        if agency.len() > 4 && super::agency::named(&agency).is_some() {
            return vec![person.join(" "), agency];
        }
    }
    vec![part.to_owned()]
}

/// The names of a short line of the text that is nothing but a byline: `By Mira Okpara`.
pub(super) fn line(text: &str) -> Option<Vec<String>> {
    let words = text.split_whitespace().count();
    let lower = text.to_lowercase();
    let opened = ["by", "von", "par", "por", "written by"]
        .iter()
        .any(|start| lower.strip_prefix(start).is_some_and(|rest| rest.starts_with([' ', ':'])));
    if !opened || !(3..=14).contains(&words) || text.ends_with(['.', '!', '?', ':', '"', '”']) {
        return None;
    }
    let names = names(&[text]);
    (!names.is_empty() && names.iter().all(|name| is_person(name))).then_some(names)
}

/// The names of a line above the text that has nothing but names: `Mira Okpara/Jon Vell`.
pub(super) fn bare(text: &str) -> Option<Vec<String>> {
    let words = text.split_whitespace().count();
    let told = |word: &str| PLAIN.contains(&word.to_lowercase().as_str());
    let letters = |c: char| c.is_alphabetic() || " .-'’/,&".contains(c);
    if !(2..=12).contains(&words) || !text.chars().all(letters) || text.split([' ', '/']).any(told) {
        return None;
    }
    let names = names(&[text]);
    let whole =
        |name: &String| is_person(name) && name.split_whitespace().all(|w| w.starts_with(char::is_uppercase));
    (!names.is_empty() && names.iter().all(whole)).then_some(names)
}

/// Whether this looks like a person's name: two to four words, capitals before all but short ones.
pub(super) fn is_person(name: &str) -> bool {
    (2..=4).contains(&name.split_whitespace().count())
        && name.trim().starts_with(char::is_uppercase)
        && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || word.len() <= 3)
}

/// The line without `By` and the like.
fn opener(line: &str) -> &str {
    let lower = line.to_lowercase();
    for word in OPENERS {
        // Lower-casing may change lengths, so the cut is checked against the line itself.
        if let Some(rest) = lower.strip_prefix(word)
            && rest.starts_with([' ', ':'])
            && line.is_char_boundary(word.len())
            && line.len() > word.len()
        {
            return opener(line[word.len()..].trim_start_matches([':', ' ']));
        }
    }
    line
}

fn tidy(part: &str) -> String {
    let mut part = opener(part.trim());
    for sign in ["(", " - ", " – ", " — ", " [", " for ", " / ", " @"] {
        if let Some(at) = part.find(sign).filter(|at| *at > 0) {
            part = &part[..at];
        }
    }
    for job in [" 기자", " 記者", " 기자 외"] {
        part = part.strip_suffix(job).unwrap_or(part);
    }
    if let Some(at) = FROM
        .iter()
        .filter_map(|word| part.find(word).map(|at| (at, word.len())))
        .find_map(|(at, width)| (at > 0 && part[at + width..].starts_with(char::is_uppercase)).then_some(at))
    {
        part = &part[..at];
    }
    let part = undated(part);
    let kept: Vec<&str> =
        part.split_whitespace().filter(|word| !(word.contains('@') || word.contains("://"))).collect();
    kept.join(" ").trim_matches(|c: char| !(c.is_alphanumeric() || ".)“”\"'’".contains(c))).to_owned()
}

/// The name without a day behind it: `Mira Okpara Monday`, `Reuters November 18`.
fn undated(part: &str) -> String {
    let words: Vec<&str> = part.split_whitespace().collect();
    let is_day = |at: usize| {
        let counted = words.get(at + 1).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        WEEKDAYS.iter().any(|day| day.eq_ignore_ascii_case(words[at]))
            || counted && super::moment::is_month(words[at])
    };
    let end = (0..words.len()).find(|&at| is_day(at)).unwrap_or(words.len());
    words[..end].join(" ")
}

fn is_noise(part: &str) -> bool {
    let lower = part.to_lowercase();
    let words = part.split_whitespace().count();
    !part.chars().any(char::is_alphabetic)
        || words > 6
        || part.len() > 80
        || part.chars().filter(char::is_ascii_digit).count() > 2
        || [
            "admin",
            "unknown",
            "null",
            "undefined",
            "anonymous",
            "guest",
            "гость",
            "true",
            "false",
            "http",
            "https",
            "www",
            "jr",
        ]
        .contains(&lower.as_str())
        || lower.starts_with("www.")
        || lower.starts_with("http")
        || ["updated", "published", "follow", "share", "comment", "image", "photo", "getty", "foto", "credit"]
            .iter()
            .any(|word| lower.starts_with(word))
}

fn is_role(part: &str) -> bool {
    let lower = part.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| ROLES.contains(&word))
        || part.starts_with(char::is_lowercase)
}

/// Whether a byline's name is a house (the outlet itself, a desk, a team) and not a person.
pub(super) fn is_house(name: &str, outlet: Option<&str>, url: Option<&str>) -> bool {
    let plain =
        |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let name_plain = plain(name);
    if name_plain.is_empty() {
        return true;
    }
    let same = |other: &str| {
        let other = plain(other);
        !other.is_empty() && (other.contains(&name_plain) || name_plain.contains(&other))
    };
    let host = url.and_then(|url| url.split("//").nth(1)).and_then(|rest| rest.split('/').next());
    outlet.is_some_and(same)
        || host.is_some_and(|host| plain(host).contains(&name_plain))
        || is_role(name)
        || super::agency::named(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_text_may_be_a_byline() {
        for (text, expected) in [
            ("By Mira Okpara", true),
            ("Von Mira Okpara und Jon Vell", true),
            ("By Wednesday the ferry was back", false),
            ("By Mira Okpara.", false),
            ("Mira Okpara", false),
        ] {
            assert_eq!(line(text).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn a_line_of_names_alone_is_told_from_a_heading() {
        for (text, expected) in [
            ("Mira Okpara", true),
            ("MIRA OKPARA", true),
            ("Mira Okpara/Jon Vell", true),
            ("Mira Okpara, Jon Vell and Ana Ruiz", true),
            ("What Happened", false),
            ("Key Points", false),
            ("Ferry stopped", false),
            ("Ferry", false),
            ("Mira Okpara said no.", false),
            ("", false),
        ] {
            assert_eq!(bare(text).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn a_byline_is_a_list_of_names() {
        for (line, expected) in [
            ("By Mira Okpara", vec!["Mira Okpara"]),
            ("BY MIRA OKPARA AND JON VELL", vec!["MIRA OKPARA", "JON VELL"]),
            ("Mira Okpara, Jon Vell & Ana Ruiz", vec!["Mira Okpara", "Jon Vell", "Ana Ruiz"]),
            ("Von Mira Okpara und Jon Vell", vec!["Mira Okpara", "Jon Vell"]),
            ("By Mira Okpara, Political Editor", vec!["Mira Okpara"]),
            ("Mira Okpara mira@outlet.example", vec!["Mira Okpara"]),
            ("Mira Okpara (Port Vell)", vec!["Mira Okpara"]),
            ("https://social.example/mira", vec![]),
            ("", vec![]),
            ("By", vec!["By"]),
            ("Byron Vell", vec!["Byron Vell"]),
            ("İ by", vec!["İ by"]),
            ("Associated Press", vec!["Associated Press"]),
            ("Mira Okpara Associated Press", vec!["Mira Okpara", "Associated Press"]),
            ("신미라 기자", vec!["신미라"]),
            ("Posted by Mira Okpara", vec!["Mira Okpara"]),
            ("Текст: Мира Окпара", vec!["Мира Окпара"]),
            ("Mira Okpara Monday, November 18", vec!["Mira Okpara"]),
            ("Wire November 18", vec!["Wire"]),
            ("April May", vec!["April May"]),
            ("Mira Okpara in Port Vell", vec!["Mira Okpara"]),
            ("Mira Okpara/Jon Vell", vec!["Mira Okpara", "Jon Vell"]),
            ("Mira Okpara y Jon Vell", vec!["Mira Okpara", "Jon Vell"]),
            ("Mira Okpara ve Jon Vell", vec!["Mira Okpara", "Jon Vell"]),
            ("岡大地、渡美咲", vec!["岡大地", "渡美咲"]),
        ] {
            assert_eq!(names(&[line]), expected, "{line}");
        }
    }
}
