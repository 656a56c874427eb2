//! Which news agency's copy an article is: told by its byline or by the dateline of its first paragraph.

/// Agencies as bylines and datelines write them, and the name that stands for each.
const AGENCIES: [(&str, &str); 44] = [
    ("reuters", "Reuters"),
    ("thomson reuters", "Reuters"),
    ("reuters staff", "Reuters"),
    ("ap", "Associated Press"),
    ("associated press", "Associated Press"),
    ("the associated press", "Associated Press"),
    ("ap news", "Associated Press"),
    ("afp", "AFP"),
    ("agence france-presse", "AFP"),
    ("agence france presse", "AFP"),
    ("dpa", "dpa"),
    ("deutsche presse-agentur", "dpa"),
    ("dpa-infocom", "dpa"),
    ("upi", "UPI"),
    ("united press international", "UPI"),
    ("pa", "PA Media"),
    ("pa media", "PA Media"),
    ("press association", "PA Media"),
    ("ansa", "ANSA"),
    ("efe", "EFE"),
    ("agencia efe", "EFE"),
    ("europa press", "Europa Press"),
    ("ap/dpa", "dpa"),
    ("apa", "APA"),
    ("sda", "Keystone-SDA"),
    ("keystone-sda", "Keystone-SDA"),
    ("xinhua", "Xinhua"),
    ("tass", "TASS"),
    ("interfax", "Interfax"),
    ("kyodo", "Kyodo"),
    ("kyodo news", "Kyodo"),
    ("jiji press", "Jiji"),
    ("yonhap", "Yonhap"),
    ("anadolu agency", "Anadolu"),
    ("anadolu ajansı", "Anadolu"),
    ("aa", "Anadolu"),
    ("bloomberg", "Bloomberg"),
    ("ians", "IANS"),
    ("ani", "ANI"),
    ("pti", "PTI"),
    ("press trust of india", "PTI"),
    ("aap", "AAP"),
    ("bernama", "Bernama"),
    ("the canadian press", "The Canadian Press"),
];

/// The agency whose name this is.
pub(super) fn named(name: &str) -> Option<&'static str> {
    let name = name.trim().trim_matches(['(', ')', '.', '-', '–', '—']).trim().to_lowercase();
    AGENCIES.iter().find(|(written, _)| *written == name).map(|(_, agency)| *agency)
}

/// The agency of an article: by its byline's names, else by the dateline of its first paragraphs.
pub(super) fn find<'t>(
    authors: &[String],
    outlet: Option<&str>,
    first: impl Iterator<Item = &'t str>,
) -> Option<String> {
    let byline = authors.iter().find_map(|author| {
        named(author).or_else(|| author.split(['/', ',', '|', '–']).map(str::trim).find_map(named)).or_else(
            || {
                let words: Vec<&str> = author.split_whitespace().collect();
                let joined = words.iter().position(|w| ["and", "und", "et", "with", "mit"].contains(w));
                joined.and_then(|at| named(&words[at + 1..].join(" ")))
            },
        )
    });
    let found = byline.or_else(|| first.take(2).find_map(dateline))?;
    // An agency's own site does not copy itself, but it is still the agency's text.
    Some(outlet.and_then(named).unwrap_or(found).to_owned())
}

/// `CITY, March 11 (NAME) —`, `CITY (NAME) -`, `(NAME) -` at the start of a paragraph.
fn dateline(paragraph: &str) -> Option<&'static str> {
    let head = super::source::shorten(paragraph, 120);
    let open = head.find('(')?;
    let close = open + head[open..].find(')')?;
    let place = head[..open].trim();
    let upper = place.split_whitespace().next().is_none_or(|word| word.starts_with(char::is_uppercase));
    if !upper || place.split_whitespace().count() > 8 || place.contains(". ") {
        return None;
    }
    let inside = &head[open + 1..close];
    let agency = named(inside).or_else(|| inside.split(['/', ',']).find_map(named))?;
    let after = head[close + 1..].trim_start();
    let dashed = after.starts_with(['-', '–', '—', '―', ':', '.']);
    (dashed || place.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)).then_some(agency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_is_known_by_byline_or_dateline() {
        for (author, paragraph, expected) in [
            ("Associated Press", "", Some("Associated Press")),
            ("Mira Okpara and AFP", "", Some("AFP")),
            ("Mira Okpara", "PORT VELL, March 11 (Reuters) - A ferry stopped.", Some("Reuters")),
            ("", "VELLBURG (AP) — A ferry stopped.", Some("Associated Press")),
            ("", "(dpa) – Eine Fähre hielt.", Some("dpa")),
            ("", "Vellburg (dpa/lno) - Eine Fähre hielt.", Some("dpa")),
            ("Mira Okpara", "The group (AP) said nothing.", None),
            ("Apa Reuter", "A ferry stopped (it was old) — again.", None),
            ("", "((((", None),
        ] {
            let found = find(&[author.to_owned()], None, std::iter::once(paragraph));
            assert_eq!(found.as_deref(), expected, "{author} / {paragraph}");
        }
    }
}
