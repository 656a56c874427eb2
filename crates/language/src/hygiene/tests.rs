//! What cleaning does, case by case, and what holds for any text: the map, idempotence, the composed form.

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::{Cleaned, clean, clean_lines, compare, visible};
use crate::Span;

mod random;

fn counts(cleaned: &Cleaned) -> String {
    let told: Vec<String> =
        cleaned.tally.iter().map(|(kind, count)| format!("{} {count}", kind.name())).collect();
    told.join(", ")
}

fn check(source: &str, text: &str, told: &str) {
    let cleaned = clean(source);
    assert_eq!((cleaned.text.as_str(), counts(&cleaned).as_str()), (text, told), "{source:?}");
    holds(source, &cleaned);
}

#[test]
fn what_no_reader_sees_is_taken_out_and_counted() {
    for (source, text, told) in [
        ("", "", ""),
        (" \n ", "", ""),
        ("The ferry ran aground.", "The ferry ran aground.", ""),
        ("The  ferry\r\n\tran ", "The ferry ran", ""),
        ("cap\u{ad}tain", "captain", "soft-hyphen 1"),
        ("\u{feff}A ferry\u{200b} ran", "A ferry ran", "zero-width 1, byte-order-mark 1"),
        ("a \u{200b} b", "a b", "zero-width 1"),
        ("pay\u{202e}lap\u{2066} now\u{200f}", "paylap now", "direction 3"),
        ("a\u{0}b\u{7}c\u{81}", "abc", "control 3"),
        ("Tagged\u{e0041}\u{e0042}", "Tagged", "tag 2"),
        ("a\u{fff9}b\u{fffa}c", "abc", "format 2"),
        ("\u{a0}five\u{202f}000\u{3000}km\u{2009}", "five 000 km", "space 4"),
        ("a\u{2028}b\u{85}c", "a b c", "space 2"),
        ("lost \u{fffd} letter", "lost \u{fffd} letter", "lost 1"),
    ] {
        check(source, text, told);
    }
}

#[test]
fn what_a_script_needs_stays() {
    for text in [
        // A joiner between Persian letters, one behind a virama, one that ends an abbreviation.
        "می\u{200c}خواهم",
        "ന\u{d4d}\u{200d} ക",
        "١٤٤٧ ه\u{200d}",
        // Emoji: a family, a coloured heart, a keycap, the flag of a region.
        "👩\u{200d}👩\u{200d}👧",
        "❤\u{fe0f}",
        "1\u{fe0f}\u{20e3}",
        "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        // The form of an ideograph in a name.
        "葛\u{e0100}城",
    ] {
        check(text, text, "");
    }
    check("a\u{200d}b\u{200c}c", "abc", "zero-width 2");
    check("ferry\u{fe0f}", "ferry", "selector 1");
    check("😀\u{fe0f}\u{e0105}\u{e0150}", "😀", "selector 3");
    check("🏴\u{e0067}x", "🏴x", "tag 1");
}

#[test]
fn content_credentials_are_told() {
    let selector = |byte: u8| match byte {
        0..=15 => char::from_u32(0xfe00 + u32::from(byte)),
        _ => char::from_u32(0xe0100 - 16 + u32::from(byte)),
    };
    let hidden: String = b"C2PATXT\0\x01\0\0\0\x02ok".iter().filter_map(|&byte| selector(byte)).collect();
    check(
        &format!("The harbour opens on Monday.\u{feff}{hidden}"),
        "The harbour opens on Monday.",
        "byte-order-mark 1, selector 15, credential 1",
    );
}

#[test]
fn letters_are_composed() {
    for (source, text, told) in [
        ("Cafe\u{301}", "Café", "composed 1"),
        ("e\u{200b}\u{301}", "é", "zero-width 1, composed 1"),
        ("\u{212b}ngstro\u{308}m", "Ångström", "composed 2"),
        ("\u{1112}\u{1161}\u{11ab}", "한", "composed 1"),
        ("q\u{307}\u{323}", "q\u{323}\u{307}", "composed 1"),
        ("x\u{301}", "x\u{301}", ""),
        (" \u{301}", "\u{301}", ""),
        ("a \u{301}", "a \u{301}", ""),
        ("Cafe\u{301} and more", "Café and more", "composed 1"),
    ] {
        check(source, text, told);
    }
}

#[test]
fn letters_may_stay_as_they_were_written() {
    let source = " Cafe\u{301} \u{f9e1}\u{ad} e\u{200b}\u{301}";
    let cleaned = visible(source);
    assert_eq!(cleaned.text, "Cafe\u{301} \u{f9e1} e\u{301}");
    assert_eq!(counts(&cleaned), "zero-width 1, soft-hyphen 1");
    holds(source, &cleaned);
    assert_eq!(compare(source).text, compare("Café 李 é").text);
}

#[test]
fn misread_bytes_are_repaired_where_that_is_certain() {
    for (source, text, told) in [
        ("It wasnâ€™t", "It wasn’t", "misread 1"),
        ("â€œYes,â€\u{9d} she said", "“Yes,” she said", "misread 2"),
        ("It wasn\u{e2}\u{80}\u{99}t", "It wasn’t", "misread 1"),
        ("It wasn\u{92}t \u{93}so\u{94}", "It wasn’t “so”", "misread 3"),
        ("the cafÃ© at ÃŽle", "the café at Île", "misread 2"),
        ("10Â\u{a0}km at 5Â°C for Â£3", "10 km at 5°C for £3", "space 1, misread 3"),
        ("doubly wasnÃ¢â‚¬â„¢t", "doubly wasn’t", "misread 4"),
        ("ï»¿The", "The", "byte-order-mark 1, misread 1"),
        ("fine ðŸ™‚", "fine 🙂", "misread 1"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет", "misread 6"),
        ("zamkniÄ™ty", "zamknięty", "misread 1"),
        ("lost ï¿½ here", "lost \u{fffd} here", "misread 1, lost 1"),
        // Only found when what stands between is out.
        ("It wasnâ\u{200b}€™t", "It wasn’t", "zero-width 1, misread 1"),
    ] {
        check(source, text, told);
    }
}

#[test]
fn good_texts_that_look_misread_are_left() {
    for (text, told) in [
        ("Il va au café…” dit-elle.", ""),
        ("“AMANHÃ”", "suspect 1"),
        ("voilà»", ""),
        ("Ärger, Straße…, Öl", ""),
        ("SÃO PAULO, IRMÃ E MÃE", ""),
        ("Ça va », Ångström, Îles", ""),
        ("3×½ und Ø±2", ""),
        ("«Ñandú» É…", ""),
        ("Größe: 5 €, § 3, ½", ""),
    ] {
        check(text, text, told);
    }
    check("voilà\u{a0}»", "voilà »", "space 1");
}

#[test]
fn lines_stay_where_they_are_wanted() {
    for (source, text) in [
        ("One. \r\nTwo.\n\n\n Three.\n", "One.\nTwo.\n\nThree."),
        ("\n\nOne.\u{2029}Two.", "One.\nTwo."),
        ("One \t two\u{200b}\n", "One two"),
    ] {
        let cleaned = clean_lines(source);
        assert_eq!(cleaned.text, text, "{source:?}");
        holds(source, &cleaned);
    }
}

#[test]
fn texts_that_differ_in_typesetting_compare_equal() {
    let check = |one: &str, other: &str| assert_eq!(compare(one).text, compare(other).text);
    check("“We won’t,” she said", "\"We won't,\" she said");
    check("``We won't,'' she said", "„We won’t,“ she said");
    check("the well\u{2010}known ﬁrm — Lund…", "the well-known firm - Lund...");
    check("ｆｅｒｒｙ１", "ferry1");
    check("ａ\u{301}", "á");
    check("می\u{200c}خواهم", "میخواهم");
    check("cap\u{ad}tain", "captain");
    assert_ne!(compare("Ferry").text, compare("ferry").text);
    assert_eq!(clean("“We won’t”").text, "“We won’t”", "the stored text keeps its marks");
    let source = "He said: “We\u{ad} won’t… go”";
    let form = compare(source);
    let at = form.text.find("won't... go").expect("the words stand there");
    assert_eq!(form.map.source(Span::new(at, at + 11)).of(source), "won’t… go");
}

#[test]
fn spans_lead_to_the_source_and_back() {
    let source = "\u{feff} The cap\u{ad}tain\u{a0} of  the “Cafe\u{301}” \u{200b}";
    let cleaned = clean(source);
    assert_eq!(cleaned.text, "The captain of the “Café”");
    let check = |words: &str, there: &str| {
        let at = cleaned.text.find(words).expect("the words stand there");
        let span = Span::new(at, at + words.len());
        let source_span = cleaned.map.source(span);
        assert_eq!(source_span.of(source), there);
        assert_eq!(cleaned.map.clean(source_span), span);
    };
    check("captain", "cap\u{ad}tain");
    check("cap", "cap");
    check("tain", "tain");
    check("captain of", "cap\u{ad}tain\u{a0} of");
    check("é", "e\u{301}");
    check("The", "The");
    check("“Café”", "“Cafe\u{301}”");
    // A span that was taken out is an empty one here.
    assert_eq!(cleaned.map.clean(Span::new(0, 3)), Span::new(0, 0));
    // Half of a letter is all of it; what lies beyond the end is the end.
    let accent = source.find('\u{301}').expect("it stands there");
    assert_eq!(cleaned.map.clean(Span::new(accent, accent + 2)).of(&cleaned.text), "é");
    assert_eq!(cleaned.map.source(Span::new(900, 999)), Span::new(source.len() - 4, source.len() - 4));
}

/// What must hold of any text and what became of it.
fn holds(source: &str, cleaned: &Cleaned) {
    let Cleaned { text, map, .. } = cleaned;
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        let there = map.source(span);
        assert!(source.get(there.start..there.end).is_some(), "off a boundary: {source:?}");
        assert!(there.start < there.end, "{c:?} came from nowhere: {source:?}");
        assert!(there.start >= last, "the order changed: {source:?}");
        last = there.start;
        let back = map.clean(there);
        assert!(back.contains(span), "{c:?} is not found again: {source:?}");
        // A changed part goes over as a whole, and comes back as the same whole.
        assert_eq!(map.source(back), there, "{source:?}");
    }
    for (at, c) in source.char_indices() {
        let here = map.clean(Span::new(at, at + c.len_utf8()));
        assert!(text.get(here.start..here.end).is_some(), "off a boundary: {source:?}");
    }
    let whole = map.source(Span::new(0, text.len()));
    assert_eq!(map.clean(whole), Span::new(0, text.len()), "{source:?}");
}

#[test]
fn any_text_is_cleaned_and_found_again() {
    let mut random = random::Random::new(7);
    for _ in 0..20_000 {
        let source = random.text(24);
        for (name, make) in
            [("clean", clean as fn(&str) -> Cleaned), ("lines", clean_lines), ("compare", compare)]
        {
            let cleaned = make(&source);
            holds(&source, &cleaned);
            assert!(is_nfc(&cleaned.text), "{name}: {source:?}");
            let again = make(&cleaned.text);
            assert_eq!(again.text, cleaned.text, "{name} twice: {source:?}");
            assert_eq!(again.map.runs(), usize::from(!again.text.is_empty()), "{name}: {source:?}");
            assert_eq!(again.tally.removed(), 0, "{name}: {source:?}");
        }
        let one_line = clean(&source).text;
        assert_eq!(one_line.split_whitespace().collect::<Vec<_>>().join(" "), one_line, "{source:?}");
    }
}

#[test]
fn ordinary_text_is_only_composed() {
    let mut random = random::Random::new(11);
    for _ in 0..5_000 {
        let source = random.letters(40);
        assert_eq!(clean(&source).text, source.nfc().collect::<String>(), "{source:?}");
    }
}

#[test]
fn two_steps_are_one() {
    let mut random = random::Random::new(13);
    for _ in 0..5_000 {
        let source = random.text(24);
        let first = clean_lines(&source);
        let second = compare(&first.text);
        let both = first.map.then(&second.map);
        holds(&source, &Cleaned { text: second.text.clone(), map: both.clone(), tally: second.tally });
        for (at, c) in second.text.char_indices() {
            let span = Span::new(at, at + c.len_utf8());
            let there = first.map.source(second.map.source(span));
            let direct = both.source(span);
            assert!(direct.contains(there), "{source:?}");
        }
    }
}

#[test]
fn no_text_takes_long() {
    for unit in [
        "a\u{301}",
        "\u{301}",
        "\u{ad}",
        "â€™",
        "Ã",
        "ÃƒÂ",
        " \u{200b}",
        "🏴\u{e0067}",
        "\u{e0143}",
        "\u{fe0f}",
    ] {
        let source = unit.repeat(300_000);
        let cleaned = clean(&source);
        assert!(cleaned.text.len() <= source.len(), "{unit:?}");
    }
    // Each layer hides the next.
    let mut nested = "’".to_owned();
    for _ in 0..1000 {
        nested = format!("â\u{200b}€{nested}");
    }
    assert!(clean(&nested).text.len() < nested.len());
}
