//! Which language a text is written in, for texts whose publisher does not say.

use whichlang::{Lang, detect_language};

/// Fewer letters than this say too little about their language.
const ENOUGH_LETTERS: usize = 20;
/// More bytes than this add nothing to the guess.
const ENOUGH_BYTES: usize = 480;
/// Words that English texts have, and no other language that is told here; so many of them leave nothing to guess.
const ENGLISH: [&str; 7] = ["the", "and", "that", "with", "from", "were", "said"];
const ENOUGH_ENGLISH: usize = 4;

/// The BCP 47 code of the text's language; nothing for texts of fewer than twenty letters.
#[must_use]
pub fn tongue(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(ENOUGH_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    if sample.chars().filter(|c| c.is_alphabetic()).take(ENOUGH_LETTERS).count() < ENOUGH_LETTERS {
        return None;
    }
    let english = sample.split(' ').filter(|word| ENGLISH.contains(word));
    if english.take(ENOUGH_ENGLISH).count() == ENOUGH_ENGLISH {
        return Some("en");
    }
    Some(code(detect_language(sample)))
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_have_a_tongue_and_short_ones_none() {
        for (text, expected) in [
            ("The council voted to close the ferry terminal before the winter.", Some("en")),
            ("Der Stadtrat hat beschlossen, die Fähre vor dem Winter zu schließen.", Some("de")),
            (
                "Der Sender zeigte „The Day and the Night“ aus Port Elm und die Wiederholung am Montag.",
                Some("de"),
            ),
            ("Le conseil municipal a décidé de fermer la gare maritime avant l’hiver.", Some("fr")),
            ("市議会は冬の前にフェリー乗り場を閉鎖することを決めました。", Some("ja")),
            ("Ferry closed", None),
            ("", None),
            ("12 345 678 901 234 567 890", None),
        ] {
            assert_eq!(tongue(text), expected, "{text}");
        }
    }
}
