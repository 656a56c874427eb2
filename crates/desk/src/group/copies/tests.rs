//! What is a copy and what is none, on invented reports.

use language::Span;

use super::*;
use crate::article::Role;

/// An article of an outlet, its paragraphs parted by lines.
fn article(outlet: &str, text: &str) -> Article {
    let mut article = Article::bare(outlet);
    let parts = text.lines().map(str::trim).filter(|part| !part.is_empty());
    (article.text, article.blocks) =
        Article::compose(&format!("{outlet} has a headline"), parts.map(|part| (Role::Paragraph, part)));
    article.title = format!("{outlet} has a headline");
    article.domain = Some(outlet.to_owned());
    article.lang = "en".to_owned();
    article
}

/// Places the texts one after another, each by an outlet of its own, and says what the last copies.
fn last(texts: &[&str]) -> Option<usize> {
    let mut copies = Copies::new(100);
    let placed = texts
        .iter()
        .enumerate()
        .map(|(at, text)| copies.place(&article(&format!("o{at}.example"), text)).map(|copy| copy.of));
    placed.last().flatten()
}

const FERRY: &str = "A ferry with 212 people on board ran aground off Port Selwick early on Wednesday after its steering failed in heavy fog, the coast guard said.
All passengers were brought ashore by lifeboats before noon, and eleven of them were treated for cuts and bruises in the town's hospital.
The ferry Marigold had left Norling at five in the morning and was due to reach the islands two hours later when it drifted onto a sandbank known as the Old Shelf.
Divers examined the hull in the afternoon and found a tear of four metres below the waterline, but no fuel had leaked into the bay.
The company that runs the line said a second vessel would take over from Friday, and promised to pay back all fares.
Investigators have taken the voyage recorder ashore and expect to present a first account of what went wrong within a month.
The Old Shelf has claimed three ships since the lighthouse there was switched off, and fishermen in Selwick have long asked for a buoy.";

const STATEMENT: &str = "We deeply regret what our guests went through this morning, and we will do everything in our power to find out why a system that was inspected only nine weeks ago could fail without any warning to the bridge, because nobody who boards one of our ships should ever have to be afraid.";

#[test]
fn a_copy_is_found_however_it_was_changed() {
    let lines: Vec<&str> = FERRY.lines().collect();
    let check = |what: &str, text: String| {
        assert_eq!(last(&[FERRY, &text]), Some(0), "{what}");
    };
    check("the same", FERRY.to_owned());
    check("first paragraphs", lines[..2].join("\n"));
    check("a brief from the middle", lines[2..4].join("\n"));
    check("paragraphs reordered", [3, 0, 5, 2, 6, 1, 4].map(|at| lines[at]).join("\n"));
    check(
        "furniture around it",
        format!(
            "Sign up for our morning letter and never miss what moves the coast.\n{}\nThis report may have been shortened for space. Follow us for more news from the islands, or write to the desk.",
            lines[..3].join("\n")
        ),
    );
    check(
        "one word in eight replaced or dropped",
        lines[..5]
            .join("\n")
            .split(' ')
            .enumerate()
            .filter_map(|(at, word)| match at % 16 {
                7 => None,
                15 => Some("whatever"),
                _ => Some(word),
            })
            .collect::<Vec<_>>()
            .join(" "),
    );
    check(
        "a sentence rewritten",
        format!(
            "Lifeboats carried everybody to the shore by midday; eleven persons went to hospital with slight injuries.\n{}\n{}",
            lines[0], lines[3]
        ),
    );
}

#[test]
fn a_copy_of_a_copy_is_a_copy_of_the_original() {
    let lines: Vec<&str> = FERRY.lines().collect();
    let two = format!(
        "{}\nThe mayor of Selwick opened the sports hall for those who could not travel on, and bakers brought bread and soup through the evening hours.",
        lines[..4].join("\n")
    );
    let three = two.lines().skip(1).collect::<Vec<_>>().join("\n");
    assert_eq!(last(&[FERRY, &two, &three]), Some(0));
    assert_eq!(last(&[FERRY, FERRY, &two, FERRY]), Some(0));
}

#[test]
fn two_reports_that_quote_the_same_statement_are_no_copies() {
    let quoted = |before: &str, after: &str| format!("{before}\n“{STATEMENT}”\n{after}");
    let one = quoted(
        "The head of the ferry line apologised on Wednesday to those who spent six hours on a stranded ship outside Port Selwick.",
        "Marta Lind spoke at the quay, where families were waiting, and took no questions from reporters.",
    );
    let two = quoted(
        "Shares of Norling Lines fell by a tenth in the first hour of trading, before its chief tried to calm investors.",
        "Analysts doubt that the insurers will cover more than half of the damage; the vessel was the newest of the fleet.",
    );
    assert_eq!(last(&[&one, &two]), None);
    assert_eq!(last(&[&one.replace(['“', '”'], "\""), &two.replace(['“', '”'], "\"")]), None);
}

#[test]
fn reports_of_one_form_that_differ_in_names_and_figures_are_no_copies() {
    let quake = |size: &str, place: &str, depth: &str, day: &str| {
        format!(
            "A magnitude {size} earthquake struck near the town of {place} on {day}, the national survey said.
            The quake was at a depth of {depth} km, and its centre lay off the coast of {place}, the survey said.
            There were no immediate reports of damage or casualties. No tsunami warning was issued.
            Residents of {place} said that they had felt strong shaking for several seconds and ran into the streets."
        )
    };
    let market = |index: &str, share: &str, day: &str, firm: &str| {
        format!(
            "Shares on the exchange closed {share} percent higher on {day}, led by gains of banks and miners.
            The main index rose to {index} points, its highest close since the beginning of the year.
            {firm} gained the most among the large companies, while trading was thin before the holiday."
        )
    };
    assert_eq!(
        last(&[&quake("5.6", "Tarnby", "10", "Monday"), &quake("6.1", "Vellburg", "33", "Thursday")]),
        None
    );
    assert_eq!(
        last(&[
            &market("4,512.20", "0.8", "Monday", "Ravel Bank"),
            &market("4,530.75", "0.4", "Tuesday", "Orrin Ore")
        ]),
        None
    );
    assert_eq!(
        last(&[&quake("5.6", "Tarnby", "10", "Monday"), &quake("5.6", "Tarnby", "10", "Monday")]),
        Some(0)
    );
}

#[test]
fn an_outlets_own_background_makes_no_copy() {
    let background = "The dispute over the harbour began in March, when the council leased the eastern quay to a container company for thirty years without asking the fishermen, who had moored there since the war. A court has stopped the work twice, most recently in June, and the company has threatened to leave the town if the quay is not handed over by the end of the year.";
    let one = format!(
        "Fishermen blocked the eastern quay with forty boats on Tuesday, and police towed three away after dark.\nNobody was hurt, but a crane was damaged when a mooring line broke and swept across the deck of a barge.\n{background}"
    );
    let two = format!(
        "The council will vote again on the lease next week after two of its members changed sides.\nThe mayor called for calm.\n{background}"
    );
    let mut copies = Copies::new(10);
    assert_eq!(copies.place(&article("mill.example", &one)), None);
    assert_eq!(copies.place(&article("mill.example", &two)), None);
    let grown = format!("A third vote was announced late on Tuesday.\n{one}");
    assert_eq!(copies.place(&article("mill.example", &grown)).map(|copy| copy.of), Some(0));
}

#[test]
fn a_story_that_forty_print_and_a_hundred_more_is_still_known() {
    let mut copies = Copies::new(1000);
    let lines: Vec<&str> = FERRY.lines().collect();
    for at in 0..150 {
        let text = match at {
            0 => FERRY.to_owned(),
            _ => lines[at % 4..].join("\n"),
        };
        let copy = copies.place(&article(&format!("o{at}.example"), &text));
        assert_eq!(copy.map(|copy| copy.of), (at > 0).then_some(0), "{at}");
    }
    assert!(copies.prints.size().0 < 200);
}

#[test]
fn what_left_the_window_or_was_forgotten_is_nobodys_original() {
    let other = |at: usize| {
        let words = (0..60).map(|word| format!("{}{word}", char::from(b'a' + (at % 26) as u8)));
        words.collect::<Vec<_>>().join(" ")
    };
    let mut copies = Copies::new(5);
    assert_eq!(copies.place(&article("a.example", FERRY)), None);
    copies.forget(0);
    copies.forget(77);
    assert_eq!(copies.place(&article("b.example", FERRY)), None);
    assert_eq!(copies.place(&article("c.example", FERRY)).map(|copy| copy.of), Some(1));
    (0..5).for_each(|at| assert_eq!(copies.place(&article("d.example", &other(at))), None));
    assert_eq!(copies.place(&article("e.example", FERRY)), None);
    (5..400).for_each(|at| drop(copies.place(&article("f.example", &other(at)))));
    let (held, places) = copies.prints.size();
    assert!(copies.kept.len() <= 5 && held < 150 && places < 300, "{held} {places}");
}

#[test]
fn a_copy_beside_its_original_shows_what_differs() {
    let lines: Vec<&str> = FERRY.lines().collect();
    let changed = lines[1].replace("brought ashore by lifeboats", "carried to the shore in lifeboats");
    let added = "A teacher who was on board told this newspaper that nobody had lost their head.";
    let copy = article("b.example", &format!("{}\n{added}\n{changed}\n{}", lines[3], lines[0]));
    let original = article("a.example", FERRY);
    let aligned = align(&original, &copy);
    let of = |article: &Article, spans: &[Span]| -> Vec<String> {
        spans.iter().map(|span| span.of(&article.text).to_owned()).collect()
    };
    assert_eq!(of(&copy, &aligned.added), [added]);
    assert_eq!(of(&original, &aligned.left_out), [lines[2], lines[4], lines[5], lines[6]]);
    let pairs = |pairs: &[(Span, Span)]| -> Vec<(String, String)> {
        let text = |&(here, there): &(Span, Span)| {
            (here.of(&copy.text).to_owned(), there.of(&original.text).to_owned())
        };
        pairs.iter().map(text).collect()
    };
    assert_eq!(pairs(&aligned.changed), [(changed.clone(), lines[1].to_owned())]);
    assert_eq!(pairs(&aligned.same).len(), 2);
    let at = |text: &str| {
        let start = copy.text.find(text).expect("it stands there");
        Span::new(start, start + text.len())
    };
    let origin = |span: Span| aligned.origin(span).map(|span| span.of(&original.text).to_owned());
    assert_eq!(origin(at(&changed)).as_deref(), Some(lines[1]));
    assert_eq!(origin(at("Divers examined the hull")).as_deref(), Some(lines[3]));
    assert_eq!(origin(at(added)), None);
    let last = Span::new(at(&changed).start, at(lines[0]).end);
    assert_eq!(origin(last), None, "they stand the other way round in the original");
}

#[test]
fn the_same_articles_in_the_same_order_give_the_same_answers() {
    let lines: Vec<&str> = FERRY.lines().collect();
    let run = || {
        let mut copies = Copies::new(7);
        let text = |at: usize| {
            lines.iter().cycle().skip(at * 3).take(2 + at % 4).copied().collect::<Vec<_>>().join("\n")
        };
        (0..60)
            .map(|at| copies.place(&article(&format!("o{}.example", at % 9), &text(at))))
            .collect::<Vec<_>>()
    };
    assert_eq!(run(), run());
}

#[test]
fn no_text_makes_it_panic_or_takes_long() {
    // A generator of its own, so that the same texts come every time.
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let pieces = [
        "a", "A", " ", "\n", "\u{0}", "“", "”", "\"", "„", "‘", "’", ".", "?", "1", ",", "5.6", "ß", "İ",
        "東", "\u{301}", "\u{202e}", "😀", "three ", "the ", "\u{e01}", "ﬁ", "Mr. ",
    ];
    let mut copies = Copies::new(20);
    let mut before = article("z.example", "");
    for at in 0..300 {
        let text: String = (0..random(800)).map(|_| pieces[random(pieces.len())]).collect();
        let text = if at % 3 == 0 { format!("{text}{}", before.text) } else { text };
        let mut now = article("y.example", &text);
        if at % 5 == 0 {
            now.blocks.clear();
        }
        copies.place(&now);
        let aligned = align(&before, &now);
        assert!(
            aligned.origin(Span::new(0, now.text.len())).is_none_or(|span| span.end <= before.text.len())
        );
        before = now;
    }
    let same = "word ".repeat(100_000);
    let names = (0..50_000).map(|at| format!("Name{at} and the ")).collect::<String>();
    for text in [&same, &same, &names, &names] {
        copies.place(&article("x.example", text));
    }
    assert!(align(&article("x.example", &same), &article("w.example", &names)).same.is_empty());
}
