//! Lines that only say when: `Freitag, 22. Oktober 2010 um 20:13 Uhr`, `Updated at 1:23 p.m.`

/// The most words of such a line.
const WORDS: usize = 16;

/// Words that stand in such a line beside numbers, months and days of the week.
const BESIDE: &[&str] = &[
    "a", "m", "p", "am", "pm", "at", "on", "the", "of", "and", "st", "nd", "rd", "th", "h", "hs", "hrs",
    "hours", "min", "s", "t", "z", "utc", "gmt", "est", "edt", "et", "cst", "cdt", "pst", "pdt", "bst",
    "cet", "cest", "ist", "jst", "kst", "sast", "aest", "aedt", "wib", "msk", "um", "uhr", "vom", "den",
    "der", "am", "de", "del", "di", "da", "do", "das", "las", "los", "la", "le", "les", "el", "il", "à",
    "às", "a", "ore", "alle", "h", "kl", "klokken", "klockan", "om", "o", "godz", "r", "г", "в", "от",
    "saat", "i", "el", "op", "den", "uur", "y", "ora", "local", "time",
];

/// Words that say that something was published or changed.
const TOLD: &[&str] = &[
    "published",
    "updated",
    "update",
    "last",
    "posted",
    "modified",
    "first",
    "created",
    "veröffentlicht",
    "aktualisiert",
    "stand",
    "erstellt",
    "zuletzt",
    "actualizado",
    "actualizada",
    "publicado",
    "publicada",
    "atualizado",
    "atualizada",
    "publié",
    "mis",
    "jour",
    "pubblicato",
    "aggiornato",
    "modifica",
    "modificato",
    "publicerad",
    "uppdaterad",
    "publisert",
    "oppdatert",
    "opublikowano",
    "aktualizacja",
    "gepubliceerd",
    "bijgewerkt",
];

/// Months by names that are words in another language, and so are no months elsewhere.
const MONTHS: &[&str] = &[
    "set",
    "setembro",
    "out",
    "outubro",
    "settembre",
    "ott",
    "ottobre",
    "wrz",
    "września",
    "paź",
    "października",
    "lis",
    "listopada",
    "gru",
    "grudnia",
    "czerwca",
    "lipca",
    "ağustos",
    "eyl",
    "eylül",
    "eki",
    "ekim",
    "kasım",
    "kas",
    "ara",
    "aralık",
    "ocak",
    "haziran",
    "temmuz",
];

/// The days of the week.
const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "segunda",
    "terça",
    "quarta",
    "quinta",
    "sexta",
    "feira",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "mandag",
    "lørdag",
    "lördag",
];

/// Whether the line is a moment and nothing else.
pub(super) fn is_one(text: &str) -> bool {
    let lower = super::source::shorten(text, 160).to_lowercase();
    if text.len() > 160 || lower.ends_with(['?', '!', '"', '”']) {
        return false;
    }
    let (mut words, mut numbers, mut signs) = (0, 0, 0);
    for word in pieces(&lower) {
        words += 1;
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        if number && word.len() <= 4 {
            numbers += 1;
        } else if super::moment::is_month(word) && word.chars().count() <= 10
            || TOLD.contains(&word)
            || MONTHS.contains(&word)
            || is_day(word)
        {
            signs += 1;
        } else if !BESIDE.contains(&word) {
            return false;
        }
    }
    // A clock or a date in figures is a sign too.
    let figures = [':', '/', '.'].iter().any(|sign| {
        lower.split(|c: char| c.is_whitespace()).any(|word| {
            word.split(*sign).filter(|part| part.starts_with(|c: char| c.is_ascii_digit())).count() >= 2
        })
    });
    words <= WORDS && numbers >= 2 && (signs >= 1 || figures && numbers >= 3)
}

fn is_day(word: &str) -> bool {
    word.chars().count() >= 3
        && DAYS.iter().any(|day| *day == word || day.starts_with(word) && word.len() <= 4)
}

/// Runs of digits and runs of letters.
fn pieces(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !c.is_alphanumeric()).flat_map(|word| {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        [&word[..digits], &word[digits..]].into_iter().filter(|piece| !piece.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_only_say_when_are_told_from_the_report() {
        for text in [
            "sexta-feira, 22 de outubro de 2010 às 20:13",
            "02/12/2024 Actualizado a las 20:56h.",
            "5 gennaio 2025 ( modifica il 6 gennaio 2025 | 15:24)",
            "17:41 JST, October 13, 2024",
            "Updated at 1:23 p.m.",
            "Donnerstag, 5. März 2026, 14:02 Uhr",
        ] {
            assert!(is_one(text), "{text}");
        }
        for text in [
            "On 5 March the ferry sank.",
            "May 5",
            "14:02",
            "The ferry left at 14:02 on Thursday, 5 March 2026",
            "1987",
            "2:1",
            "12 points, 14 points",
            "",
        ] {
            assert!(!is_one(text), "{text}");
        }
    }
}
