use super::*;

fn article(id: usize, words: &str) -> Article {
    let mut article = Article::bare(&format!("a{id}"));
    article.title = words.to_owned();
    article.text = format!("{words}\n\nIt was {words}, and {words} again.");
    article.lang = "en".to_owned();
    article
}

/// Events that take turns, each with its own names and figures.
fn articles(many: usize) -> Vec<Article> {
    let event = |at: usize| {
        ["Selwick ferry aground 1907", "Tessaly lithium royalty 52", "Orrin school roof 340"][at % 3]
    };
    (0..many).map(|at| article(at, &format!("{} {at}", event(at)))).collect()
}

fn held(most: usize) -> Settings {
    Settings { window: Window { most, ..Window::default() }, ..Settings::default() }
}

#[test]
fn articles_as_they_come_join_their_story_and_name_it_after_its_first() {
    let mut stream = Stream::new(Settings::default());
    let placed: Vec<Placed> = articles(9).iter().map(|article| stream.place(article)).collect();
    for (at, placed) in placed.iter().enumerate() {
        assert_eq!(placed.story, story_id(&format!("a{}", at % 3)), "article {at}");
        assert_eq!(placed.is_new, at < 3, "article {at}");
    }
}

#[test]
fn what_is_like_a_story_but_a_month_apart_is_another() {
    for (day, joins) in [("2026-04-10", true), ("2026-03-09", false), ("2026-05-20", false), ("", true)] {
        let mut stream = Stream::new(Settings::default());
        let mut first =
            article(1, "Averland parliament votes on lithium royalty, Tessaly licence, Korvat wells");
        first.published = Stamp::parse("2026-04-11");
        // Some of its words are those of the first.
        let mut other = article(
            2,
            "Averland mends school roofs, harbour walls, toll bridges, lamps, parks, benches, gardens, kerbs, hedges, Orrin quays and the Tamsin",
        );
        other.published = Stamp::parse(day);
        stream.place(&first);
        let placed = stream.place(&other);
        assert_eq!(!placed.is_new, joins, "{day}: {placed:?}");
    }
}

#[test]
fn a_link_to_a_report_speaks_for_one_event() {
    let odds = |links: &[&str]| {
        let mut stream = Stream::new(Settings::default());
        let mut first =
            article(1, "Averland parliament votes on lithium royalty, Tessaly licence, Korvat wells");
        first.url = Some("https://www.herald.example/lithium".to_owned());
        let mut other =
            article(2, "Lithium wells stay shut as Korvat miners walk out over pay, fuel, lamps, boots");
        other.url = Some("https://bell.example/miners".to_owned());
        other.links = links.iter().map(|link| (*link).to_owned()).collect();
        stream.place(&first);
        let placed = stream.place(&other);
        let likely = if placed.is_new { placed.next.map_or(0.0, |next| next.1) } else { placed.likeness };
        likely / (1.0 - likely)
    };
    let (bare, linked) = (odds(&[]), odds(&["https://herald.example/lithium?utm_source=bell"]));
    assert!(linked > 2.0 * bare, "{bare} without, {linked} with");
    assert!(odds(&["https://tide.example/lithium"]) <= bare);
}

#[test]
fn a_stream_that_was_restored_goes_on_as_if_nothing_had_happened() {
    let settings = held(12);
    let all = articles(12);
    let mut whole = Stream::new(settings);
    let wanted: Vec<Placed> = all.iter().map(|article| whole.place(article)).collect();
    for cut in 0..all.len() {
        let mut after = Stream::new(settings);
        all[..cut].iter().zip(&wanted).for_each(|(article, placed)| after.restore(article, &placed.story));
        let rest: Vec<Placed> = all[cut..].iter().map(|article| after.place(article)).collect();
        assert_eq!(rest, wanted[cut..], "restored after {cut}");
    }
}

#[test]
fn what_left_the_window_is_forgotten_to_the_last_term() {
    let mut stream = Stream::new(held(4));
    for round in 0..50 {
        stream.place(&article(round, &format!("Only{round}word and Name{round} stand here {round}")));
    }
    assert!(stream.places.len() <= 4 && stream.stories.len() <= 5, "{:?}", stream.places);
    assert!(stream.vocabulary.size() < 100, "{}", stream.vocabulary.size());
    let again = stream.place(&article(99, "Only1word and Name1 stand here 1"));
    assert!(again.story != story_id("a1"), "a closed story does not open again");
}

#[test]
fn articles_leave_by_their_age_once_there_are_enough() {
    let window = Window { days: 7, least: 3, most: 100 };
    let mut stream = Stream::new(Settings { window, ..Settings::default() });
    let days = [
        "2026-03-01",
        "2026-03-02",
        "2025-03-02",
        "2026-03-08",
        "2026-03-09",
        "2026-03-20",
        "",
        "2026-03-21",
    ];
    let mut left = Vec::new();
    for (at, day) in days.iter().enumerate() {
        let mut article = article(at, &format!("Only{at}word and Name{at} stand here {at}"));
        article.published = Stamp::parse(day);
        stream.place(&article);
        left.push(stream.window().count());
    }
    // On the 9th the first leaves. What has the date of another year came on the 2nd and leaves with that day's.
    assert_eq!(left, [1, 2, 3, 4, 4, 3, 3, 3]);
}

#[test]
fn what_belongs_to_a_large_story_is_merged_with_it_when_all_is_settled() {
    let mut stream = Stream::new(Settings::default());
    let ferry = |at: usize| article(at, &format!("Selwick ferry aground 1907 {at}"));
    (0..40).for_each(|at| stream.restore(&ferry(at), "large"));
    (40..43).for_each(|at| stream.restore(&ferry(at), "small"));
    stream.restore(&article(50, "Tessaly lithium royalty 52"), "other");
    let moved = stream.settle();
    let wanted: Vec<Moved> = (40..43)
        .map(|at| Moved { article: format!("a{at}"), from: "small".to_owned(), to: "large".to_owned() })
        .collect();
    assert_eq!(moved, wanted);
    assert_eq!(stream.window().filter(|(_, story)| *story == "large").count(), 43);
    assert!(stream.settle().is_empty(), "what was settled stays");
}
