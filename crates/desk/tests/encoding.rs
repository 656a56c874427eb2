//! Pages in many encodings: the byte order mark goes before the header, the header before the page's own word, and that
//! before a guess; but bytes that can only be UTF-8 go before all that is said.

use desk::read::page;
use encoding_rs::Encoding;

const GREEK: &str = "Το πλοίο προσάραξε στο λιμάνι το βράδυ και όλοι οι επιβάτες είναι καλά στην υγεία τους.";
const RUSSIAN: &str =
    "Паром сел на мель у входа в гавань поздно вечером, но никто из пассажиров не пострадал.";
const POLISH: &str =
    "Prom osiadł na mieliźnie u wejścia do portu, lecz nikt z pasażerów nie został ranny, mówią władze.";
const JAPANESE: &str = "フェリーは夜遅く港の入り口で座礁したが、乗客にけがはなかったと町の当局は発表した。";
const CHINESE: &str = "渡轮深夜在港口入口处搁浅，但没有乘客受伤，镇政府表示，船只将于星期一恢复运行。";
const KOREAN: &str = "여객선이 밤늦게 항구 입구에서 좌초했지만 다친 승객은 없다고 시 당국이 밝혔다.";
const FRENCH: &str =
    "Le traversier s’est échoué à l’entrée du port, mais aucun passager n’a été blessé, a déclaré la mairie.";
const ENGLISH: &str =
    "The ferry ran aground at the mouth of the harbour late at night, but none of the passengers was hurt.";

/// How a page comes.
#[derive(Default)]
struct Sent<'s> {
    /// The encoding of its bytes.
    is: &'s str,
    /// What the header says.
    header: Option<&'s str>,
    /// What the page says.
    meta: &'s str,
    /// A byte order mark.
    mark: bool,
    /// The top of its domain.
    country: &'s str,
}

fn bytes(html: &str, label: &str, mark: bool) -> Vec<u8> {
    let units = |bytes: fn(u16) -> [u8; 2]| {
        let start = mark.then_some(0xfeff);
        start.into_iter().chain(html.encode_utf16()).flat_map(bytes).collect()
    };
    match label {
        "utf-16le" => units(u16::to_le_bytes),
        "utf-16be" => units(u16::to_be_bytes),
        _ => {
            let encoding = Encoding::for_label(label.as_bytes()).expect("the test names real encodings");
            let (encoded, _, broken) = encoding.encode(html);
            assert!(!broken, "{label} can't write the test's sentence");
            let start: &[u8] = if mark { b"\xef\xbb\xbf" } else { b"" };
            [start, &encoded].concat()
        }
    }
}

/// Reads a page that holds the sentence and gives back what was read, and the notes.
fn read(sentence: &str, sent: &Sent<'_>) -> (String, Vec<String>) {
    let html = format!(
        "<!doctype html><html><head>{}<title>Harbour</title></head><body><article><h1>Harbour</h1><p>{sentence}</p>\
         <p>{sentence} 2</p><p>{sentence} 3</p></article></body></html>",
        sent.meta
    );
    let url = format!("https://post.{}/a", if sent.country.is_empty() { "example" } else { sent.country });
    let (page, notes) = page::read_sent(&bytes(&html, sent.is, sent.mark), Some(&url), sent.header);
    (page.blocks.into_iter().map(|(_, text)| text).next().unwrap_or_default(), notes)
}

fn check(sentence: &str, sent: &Sent<'_>) {
    let (text, notes) = read(sentence, sent);
    let how = format!("{} sent as {:?}, says {:?}", sent.is, sent.header, sent.meta);
    assert_eq!(text, sentence, "{how}: {notes:?}");
    assert!(!notes.iter().any(|note| note.contains("could not be read")), "{how}: {notes:?}");
}

#[test]
fn what_the_page_says_is_believed() {
    for (sentence, is) in [
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (JAPANESE, "iso-2022-jp"),
        (CHINESE, "gb18030"),
        (CHINESE, "gb2312"),
        (KOREAN, "euc-kr"),
        (POLISH, "iso-8859-2"),
        (GREEK, "iso-8859-7"),
        (FRENCH, "windows-1252"),
        // What calls itself Latin-1 on the web is Windows-1252.
        (FRENCH, "iso-8859-1"),
        (RUSSIAN, "utf-8"),
    ] {
        let short = format!("<meta charset=\"{is}\">");
        check(sentence, &Sent { is, meta: &short, ..Sent::default() });
        let long =
            format!("<META http-equiv=Content-Type content='text/html; charset={}'>", is.to_uppercase());
        check(sentence, &Sent { is, meta: &long, ..Sent::default() });
    }
}

#[test]
fn the_header_goes_before_the_page() {
    for (sentence, is, header, meta) in [
        (RUSSIAN, "windows-1251", "text/html; charset=windows-1251", "<meta charset=iso-8859-1>"),
        (RUSSIAN, "koi8-r", "text/html;charset=\"KOI8-R\"", "<meta charset=windows-1251>"),
        (JAPANESE, "shift_jis", "text/html; charset=Shift_JIS", "<meta charset=euc-jp>"),
        (CHINESE, "gb18030", "text/html; version=1; charset=gb18030", ""),
        (POLISH, "iso-8859-2", "text/html; charset=iso-8859-2", "<meta charset=windows-1252>"),
    ] {
        check(sentence, &Sent { is, header: Some(header), meta, ..Sent::default() });
    }
    // A header that names nothing, or nonsense, leaves the word to the page.
    for header in ["text/html", "text/html; charset=", "text/html; charset=none"] {
        let meta = "<meta charset=windows-1251>";
        check(RUSSIAN, &Sent { is: "windows-1251", header: Some(header), meta, ..Sent::default() });
    }
}

#[test]
fn the_byte_order_mark_goes_before_all() {
    let header = Some("text/html; charset=windows-1252");
    let meta = "<meta charset=koi8-r>";
    for is in ["utf-8", "utf-16le", "utf-16be"] {
        for sentence in [RUSSIAN, JAPANESE, FRENCH] {
            check(sentence, &Sent { is, header, meta, mark: true, ..Sent::default() });
        }
    }
}

#[test]
fn utf_16_without_a_mark_shows_by_its_zeros() {
    for is in ["utf-16le", "utf-16be"] {
        check(FRENCH, &Sent { is, ..Sent::default() });
        let header = format!("text/html; charset={is}");
        check(RUSSIAN, &Sent { is, header: Some(&header), ..Sent::default() });
        check(JAPANESE, &Sent { is, header: Some("text/html; charset=utf-16"), ..Sent::default() });
    }
    // Said, but not so.
    for meta in ["<meta charset=utf-16>", "<meta charset=utf-16le>"] {
        check(RUSSIAN, &Sent { is: "utf-8", meta, ..Sent::default() });
        check(ENGLISH, &Sent { is: "utf-8", meta, ..Sent::default() });
    }
}

#[test]
fn utf_8_is_known_whatever_is_said() {
    for label in ["iso-8859-1", "windows-1251", "gb2312", "shift_jis", "euc-kr"] {
        let (header, meta) = (format!("text/html; charset={label}"), format!("<meta charset={label}>"));
        for sentence in [RUSSIAN, JAPANESE, FRENCH] {
            check(sentence, &Sent { is: "utf-8", meta: &meta, ..Sent::default() });
            check(sentence, &Sent { is: "utf-8", header: Some(&header), meta: &meta, ..Sent::default() });
        }
    }
}

#[test]
fn where_nothing_is_said_it_is_guessed() {
    for (sentence, is, country) in [
        (RUSSIAN, "windows-1251", ""),
        (RUSSIAN, "koi8-r", ""),
        (JAPANESE, "shift_jis", ""),
        (JAPANESE, "euc-jp", ""),
        (CHINESE, "gb18030", ""),
        (CHINESE, "gb18030", "cn"),
        (KOREAN, "euc-kr", ""),
        (POLISH, "iso-8859-2", "pl"),
        (POLISH, "windows-1250", ""),
        (GREEK, "windows-1253", ""),
        (FRENCH, "windows-1252", ""),
        (FRENCH, "windows-1252", "fr"),
        (RUSSIAN, "utf-8", ""),
    ] {
        check(sentence, &Sent { is, country, ..Sent::default() });
    }
}

#[test]
fn a_page_that_lies_about_utf_8_is_read_and_the_note_says_so() {
    for (sentence, is, name) in [
        (RUSSIAN, "windows-1251", "windows-1251"),
        (FRENCH, "windows-1252", "windows-1252"),
        (CHINESE, "gb18030", "GBK"),
    ] {
        let sent = Sent { is, meta: "<meta charset=utf-8>", ..Sent::default() };
        let (text, notes) = read(sentence, &sent);
        assert_eq!(text, sentence);
        assert_eq!(notes, [format!("the page calls itself UTF-8 and was read as {name}")]);
    }
}

#[test]
fn a_stray_byte_does_not_change_the_encoding() {
    let html = format!("<meta charset=utf-8><p>{RUSSIAN}</p><p>{RUSSIAN} 2</p><p>a\u{1}b</p>");
    let html: Vec<u8> = html.bytes().map(|byte| if byte == 1 { 0xff } else { byte }).collect();
    let (page, notes) = page::read(&html, None);
    assert_eq!(page.blocks.first().map(|(_, text)| text.as_str()), Some(RUSSIAN));
    assert_eq!(notes, ["some characters could not be read as UTF-8"]);
}

#[test]
fn any_bytes_are_read() {
    let mut state = 5_u32;
    for round in 0..300 {
        let bytes: Vec<u8> = (0..round * 7)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect();
        for header in [
            None,
            Some("charset=utf-16"),
            Some("charset=iso-2022-jp"),
            Some("charset=gb18030"),
            Some("charset"),
        ] {
            let _ = page::read_sent(&bytes, Some("https://a.example.jp/"), header);
        }
    }
}
