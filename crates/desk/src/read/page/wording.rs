//! What kind of article a page is by its wording, where it says so nowhere else.

use crate::article::{Kind, Role};

/// By a formula in the description: `A comment by …`.
pub(super) fn of_description(description: &str) -> Option<(Kind, String)> {
    const FORMULAS: [(&str, Kind); 14] = [
        ("ein kommentar von", Kind::Opinion),
        ("ein gastbeitrag von", Kind::Opinion),
        ("ein gastkommentar von", Kind::Opinion),
        ("eine kolumne von", Kind::Opinion),
        ("eine glosse von", Kind::Opinion),
        ("ein essay von", Kind::Opinion),
        ("eine analyse von", Kind::Analysis),
        ("ein nachruf", Kind::Obituary),
        ("ein interview mit", Kind::Interview),
        ("an interview with", Kind::Interview),
        ("writes in an op-ed", Kind::Opinion),
        ("entrevista con", Kind::Interview),
        ("entretien avec", Kind::Interview),
        ("un commento di", Kind::Opinion),
    ];
    let lower = super::source::shorten(description, 600).to_lowercase();
    let (formula, kind) = FORMULAS.iter().find(|(formula, _)| lower.contains(formula))?;
    Some((*kind, format!("description \"{formula}\"")))
}

/// By what the text itself says: a press office's formulas, questions with answers, a notice of payment.
pub(super) fn of_text(blocks: &[(Role, String)]) -> Option<(Kind, String)> {
    const RELEASE: [&str; 8] = [
        "for immediate release",
        "media contact:",
        "press contact:",
        "pressekontakt:",
        "contact presse",
        "notes to editors",
        "media contacts:",
        "contatto stampa",
    ];
    const PAID: [&str; 8] = [
        "sponsored content",
        "paid content",
        "advertorial",
        "this is a paid",
        "this content is sponsored",
        "this article is sponsored",
        "this post is sponsored",
        "dieser inhalt wurde bezahlt",
    ];
    let ends = blocks.iter().take(3).chain(blocks.iter().rev().take(6));
    for (_, text) in ends {
        let lower = super::source::shorten(text, 80).to_lowercase();
        let head = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
        let begins =
            |formulas: &[&'static str]| formulas.iter().copied().find(|formula| head.starts_with(formula));
        if let Some(formula) = begins(&RELEASE) {
            return Some((Kind::PressRelease, format!("wording \"{formula}\"")));
        }
        if let Some(formula) = begins(&PAID) {
            return Some((Kind::Sponsored, format!("wording \"{formula}\"")));
        }
    }
    let (asked, spoken) = questions(blocks);
    (asked >= 4 && asked * 4 >= blocks.len() && spoken * 2 >= asked)
        .then(|| (Kind::Interview, format!("{asked} questions with answers")))
}

/// Blocks that are a question with an answer behind it, and how many of these speak to somebody.
fn questions(blocks: &[(Role, String)]) -> (usize, usize) {
    const TO: [&str; 20] = [
        "you", "your", "sie", "ihr", "ihre", "ihnen", "du", "dich", "vous", "votre", "usted", "su", "tu",
        "lei", "suo", "você", "seu", "u", "jij", "ni",
    ];
    let asks = |text: &str| {
        let short = super::source::shorten(text, 400);
        short.len() == text.len()
            && text.trim_end_matches(['"', '”', '“', '«', '»', ' ']).ends_with(['?', '？'])
    };
    let speaks =
        |text: &str| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| TO.contains(&word));
    let answered = blocks
        .windows(2)
        .filter(|pair| asks(&pair[0].1) && !asks(&pair[1].1) && pair[1].0 == Role::Paragraph)
        .map(|pair| speaks(&pair[0].1));
    answered.fold((0, 0), |(asked, spoken), to| (asked + 1, spoken + usize::from(to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wording_tells_the_kind_where_nothing_else_does() {
        let line = |text: &str| (Role::Paragraph, text.to_owned());
        let talk: Vec<_> =
            (0..5).flat_map(|_| [line("Why did you stop the ferry?"), line("It had a crack.")]).collect();
        let list: Vec<_> =
            (0..5).flat_map(|_| [line("Why did the ferry stop?"), line("It had a crack.")]).collect();
        for (kind, blocks) in [
            (Kind::PressRelease, vec![line("The ferry is new."), line("Media contact: Jon Vell")]),
            (Kind::Sponsored, vec![line("Sponsored content"), line("The ferry is new.")]),
            (Kind::Interview, talk),
            (Kind::News, list),
            (Kind::News, vec![line("Why did the ferry stop?"), line("It had a crack.")]),
            (Kind::News, Vec::new()),
        ] {
            assert_eq!(of_text(&blocks).map(|(kind, _)| kind).unwrap_or_default(), kind, "{blocks:?}");
        }
    }
}
