//! Mails as newsletters and browsers make them, and as nobody should.

use super::*;

const TEXT: &str = "The council of Vell voted on Tuesday to repair the old harbour wall, which a storm had broken in \
January. The work will cost 4.2 million crowns and is to end before the winter, said the mayor, Ines Okoro.";

fn articles(mail: &str) -> Vec<Article> {
    read(mail.as_bytes(), &Families::default()).0
}

fn one(mail: &str) -> Article {
    let mut found = articles(mail);
    assert_eq!(found.len(), 1, "{mail}");
    found.remove(0)
}

#[test]
fn a_newsletter_is_an_article_of_its_sender() {
    let mail = format!(
        "From: =?utf-8?q?The_Vell_Morning_=E2=80=94_Post?= <news@mail.vellpost.example>\r\n\
         Subject: Fwd: =?iso-8859-1?q?Caf=E9s_and_walls?=\r\n\
         Date: Tue, 10 Mar 2026 23:30:00 -0500\r\n\
         Message-ID: <1@vellpost.example>\r\n\
         Archived-At: <https://vellpost.example/letters/1>\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/alternative; boundary=\"=_b\"\r\n\r\n\
         --=_b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nRead this letter in a browser.\r\n\
         --=_b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
         <html><body><table><tr><td><p>{TEXT}</p><p>Caf=C3=A9s along the wall =\r\nwill stay open. {TEXT}</p></td></tr></table>\r\n\
         --=_b--\r\n"
    );
    let article = one(&mail);
    assert_eq!(article.title, "Cafés and walls");
    assert_eq!(article.outlet, "The Vell Morning — Post");
    assert_eq!(
        article.published.map(|stamp| stamp.to_string()).as_deref(),
        Some("2026-03-10T23:30:00-05:00")
    );
    assert_eq!(article.url.as_deref(), Some("https://vellpost.example/letters/1"));
    assert!(article.text.contains("Cafés along the wall will stay open."), "{}", article.text);
    assert!(!article.text.contains("in a browser"));
}

#[test]
fn plain_letters_and_other_charsets_are_read() {
    let plain = format!(
        "From: desk@orrin.example\nSubject: Wall\nDate: Tue, 10 Mar 2026 09:00 +0100\n\nHello,\n\n{TEXT}\n\n-- \nThe desk"
    );
    let article = one(&plain);
    assert_eq!(
        (article.outlet.as_str(), article.domain.as_deref()),
        ("orrin.example", Some("orrin.example"))
    );
    assert!(!article.text.contains("The desk"));
    let packed = "From: a@b.example\nSubject: x\nContent-Type: text/html; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n";
    let body = "PHA+5NLV2tjRLCDQz8fP0sTQICEg5NLV2tjRLCDQz8fP0sTQICEgZM9jIM/EyM4gxNfBIA==";
    let (found, _) = read(format!("{packed}{body}").as_bytes(), &Families::default());
    assert!(found.iter().all(|article| article.text.contains('Д')), "{found:?}");
}

#[test]
fn a_page_saved_as_mhtml_is_that_page() {
    let mail = format!(
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://orrin.example/wall\r\nSubject: Wall | Orrin\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/html\r\nContent-Location: https://orrin.example/wall\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
         <html><head><meta charset=3D\"windows-1252\"><title>Wall</title></head><body><article><h1>Caf=E9 wall</h1><p>{TEXT}</p><p>{TEXT}</p></article>\r\n\
         --b\r\nContent-Type: image/png\r\nContent-Location: https://orrin.example/i.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
    );
    let article = one(&mail);
    assert_eq!(article.url.as_deref(), Some("https://orrin.example/wall"));
    assert_eq!(article.title, "Café wall");
    assert_eq!(article.domain.as_deref(), Some("orrin.example"));
}

#[test]
fn forwarded_letters_are_articles_of_their_own_senders() {
    let inner = |name: &str| {
        format!(
            "From: {name} <n@{name}.example>\nSubject: {name}\nContent-Type: text/plain\n\n{TEXT} {name}.\n"
        )
    };
    let mail = format!(
        "From: me@home.example\nSubject: Two\nContent-Type: multipart/digest; boundary=b\n\n--b\n\n{}\n--b\nContent-Type: message/rfc822\n\n{}\n--b--\n",
        inner("orrin"),
        inner("tarrow")
    );
    let outlets: Vec<String> = articles(&mail).into_iter().map(|article| article.outlet).collect();
    assert_eq!(outlets, ["orrin", "tarrow"]);
}

#[test]
fn what_is_no_letter_says_so() {
    for (mail, word) in [
        ("", "no head"),
        ("From: a@b.example\nSubject: x\n\n", "no running text"),
        ("From: a@b.example\nSubject: x\nContent-Type: image/png\n\n\u{1}", "no running text"),
    ] {
        let (found, notes) = read(mail.as_bytes(), &Families::default());
        assert!(found.is_empty() && notes.join(" ").contains(word), "{mail:?} {notes:?}");
    }
    let many =
        format!("From: a@b.example\nSubject: x\n{}", "Content-Type: message/rfc822\n\n".repeat(PARTS + 1));
    assert!(read(many.as_bytes(), &Families::default()).1[0].contains("more than"));
}

#[test]
fn bombs_of_parts_are_read_within_bounds() {
    let nested = "Content-Type: message/rfc822\n\n".repeat(PARTS);
    let mixed: String =
        (0..PARTS).map(|at| format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n")).collect();
    let unclosed = "Content-Type: multipart/mixed; boundary=b\n\n".to_owned()
        + &"--b\nContent-Transfer-Encoding: base64\n\n".repeat(20_000);
    let fields = "X-A: b\n".repeat(200_000);
    let words = format!("Subject: {}\n\nx", "=?utf-8?q?a?= ".repeat(50_000));
    let names = format!("From: {}\n\nx", "(".repeat(500_000));
    let list = format!("From: {}\n\nx", "\"a\" <a@b.example>, ".repeat(50_000));
    let kinds = format!("Content-Type: text/html; {}\n\nx", "a*0=b; ".repeat(50_000));
    for (name, body) in [
        ("nested", nested),
        ("mixed", mixed),
        ("unclosed", unclosed),
        ("fields", fields),
        ("words", words),
        ("names", names),
        ("list", list),
        ("kinds", kinds),
    ] {
        let mail = format!("From: a@b.example\nSubject: x\n{body}");
        let begun = std::time::Instant::now();
        // A small stack, as threads have it.
        let work = std::thread::Builder::new().stack_size(1 << 21);
        let done = work.spawn(move || read(mail.as_bytes(), &Families::default()).0.len());
        done.expect("a thread").join().expect("no overflow");
        assert!(begun.elapsed().as_secs() < 5, "{name} took {:?}", begun.elapsed());
    }
}

#[test]
fn no_prefix_of_a_mail_panics() {
    let mail = format!(
        "From: a@b.example\nSubject: =?utf-8?b?4oKs?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>{TEXT}\n--b--"
    );
    for end in 0..mail.len() {
        let _ = read(&mail.as_bytes()[..end], &Families::default());
        let _ = looks_like_mail(&mail.as_bytes()[end..]);
    }
}

#[test]
fn mutated_mails_never_panic() {
    let seed = format!(
        "From: =?koi8-r?b?4OHi?= \"Q\" (c) <a@b.example>, g: x@y.example;\r\nSubject: =?utf-8?q?a_=E2=82=AC?= =?x?z?a?=\r\nDate: Tue, 10 Mar 2026 25:61:00 -9999\r\n\
         Archived-At: <https://b.example/1>\r\nMessage-ID: <1@b>\r\nContent-Type: multipart/mixed; boundary=\"a b\"; x*0*=utf-8'en'%41; x*1=b\r\n\r\n\
         --a b\r\nContent-Type: text/plain; format=flowed; charset=utf-7\r\n\r\n+AGE-{TEXT} \r\n> q\r\n-- \r\n\
         --a b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nRnJvbTogYUBiCgp4\r\n\
         --a b\r\nContent-Type: multipart/related; boundary=c\r\n\r\n--c\r\nContent-Location: https://b.example/\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C3=A9{TEXT}=\r\n</p>\r\n--c--\r\n--a b--\r\n"
    );
    let mut chance = 12345u64;
    let mut next = |most: usize| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) as usize % most
    };
    let rounds = std::env::var("NUTGRAF_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(400);
    for _ in 0..rounds {
        let mut mail = seed.clone().into_bytes();
        for _ in 0..=next(8) {
            let (at, byte) = (next(mail.len()), next(256) as u8);
            match next(5) {
                0 => mail[at] = byte,
                1 => mail.insert(at, byte),
                2 => mail.truncate(at.max(1)),
                3 => {
                    let end = at + next(40).min(mail.len() - at);
                    let piece = mail[at..end].to_vec();
                    let to = next(mail.len());
                    mail.splice(to..to, piece);
                }
                _ => {
                    let end = at + next(20).min(mail.len() - at);
                    mail.drain(at..end);
                    mail.push(b'\n');
                }
            }
        }
        let _ = read(&mail, &Families::default());
    }
}
