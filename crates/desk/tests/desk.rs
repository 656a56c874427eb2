//! The desk as a whole, on invented stories: what is grouped, what is written, what the check refuses.

use desk::article::sha256;
use desk::article::{Article, Passage, Role};
use desk::edit::{Dropped, edit, edit_without};
use desk::families::Families;
use desk::group::{Origins, Settings, Story, group};
use desk::print::{self, Form};
use desk::receipt::{check, receipt};
use desk::stamp::Stamp;
use desk::verify::verify;
use desk::write::draft::{Draft, Edit, EditKind, Sentence};
use desk::write::{self, Refused};
use language::Span;

fn article(id: &str, day: &str, title: &str, paragraphs: &[&str]) -> Article {
    let (text, blocks) = Article::compose(title, paragraphs.iter().map(|part| (Role::Paragraph, *part)));
    Article {
        outlet: format!("The {id}"),
        domain: Some(format!("{}.example", id.to_lowercase())),
        url: Some(format!("https://{}.example/news", id.to_lowercase())),
        title: title.into(),
        published: Stamp::parse(day),
        lang: "en".into(),
        text,
        blocks,
        ..Article::bare(id)
    }
}

fn bridge() -> Vec<Article> {
    vec![
        article(
            "Gazette",
            "2026-05-13",
            "Bridge over the Tessel closed after crack is found",
            &[
                "Engineers closed the Marrow Bridge on Tuesday after finding a crack in its eastern pylon, the city of Ostrava Bay said.",
                "No one was hurt, and 14,000 cars a day will be sent over the old harbour road.",
                "“We will not open it until every bolt has been looked at,” said Lena Abbot, the city engineer.",
                "The bridge was built in 1974 and was last repaired in 2011, according to city records.",
            ],
        ),
        article(
            "Beacon",
            "2026-05-13",
            "Marrow Bridge closed after crack found in pylon",
            &[
                "The Marrow Bridge in Ostrava Bay was closed on Tuesday after engineers found a crack in the eastern pylon.",
                "Repairs may cost 9 million crowns, the transport office said.",
                "“We will not open it until every bolt has been looked at,” said Lena Abbot, the city engineer.",
            ],
        ),
        article(
            "Courier",
            "2026-05-14",
            "Ferry added while Marrow Bridge stays closed",
            &[
                "The harbour ferry will run every ten minutes while the Marrow Bridge stays closed, the operator said on Wednesday.",
                "The crack in the eastern pylon is 40 centimetres long, the transport office said.",
            ],
        ),
        article(
            "Ledger",
            "2026-05-13",
            "Bakers' strike enters second week in Norling",
            &[
                "Bakers in Norling stayed on strike for a second week, and the union said that talks over wages had failed again.",
            ],
        ),
    ]
}

fn story(articles: &[Article]) -> Story {
    let stories = group(articles, &Origins::new(articles, &Families::default()), Settings::default());
    stories.into_iter().max_by_key(|story| story.members.len()).expect("there are articles")
}

#[test]
fn articles_of_one_event_become_one_story_and_others_stay_out() {
    let articles = bridge();
    let members: Vec<usize> = story(&articles).members.iter().map(|member| member.article).collect();
    assert_eq!(members, [0, 1, 2]);
}

#[test]
fn a_digest_cites_every_sentence_and_says_whose_day_tuesday_is() {
    let articles = bridge();
    let story = story(&articles);
    let edited = edit(&story, &articles, write::Settings::default());
    let digest = edited.digest.expect("the story can be written");
    assert!(digest.sentences().count() >= 4, "{}", print::text(&digest, Form::default()));
    assert!(digest.sentences().all(|sentence| !sentence.passages().is_empty()));
    let text = print::text(&digest, Form::default());
    assert!(text.contains("May 12, 2026"), "{text}");
    assert!(!text.contains("Tuesday"), "{text}");
    assert!(
        text.contains(
            "“We will not open it until every bolt has been looked at,” said Lena Abbot, the city engineer.["
        ),
        "{text}"
    );
}

#[test]
fn the_same_articles_give_the_same_bytes() {
    let articles = bridge();
    let once = |articles: &[Article]| {
        let story = story(articles);
        let edited = edit(&story, articles, write::Settings::default());
        receipt(&edited.digest.expect("the story can be written"), Form::default()).to_json()
    };
    assert_eq!(once(&articles), once(&articles));
}

#[test]
fn a_receipt_holds_and_fails_on_any_changed_byte() {
    let articles = bridge();
    let story = story(&articles);
    let digest =
        edit(&story, &articles, write::Settings::default()).digest.expect("the story can be written");
    for first_mark in [0, 1] {
        let bytes = receipt(&digest, Form { first_mark, ..Form::default() }).to_json().into_bytes();
        assert_eq!(check(&bytes), []);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(!check(&changed).is_empty(), "byte {at} can be changed unseen");
        }
        assert!(!check(&bytes[..bytes.len() - 1]).is_empty());
    }
}

/// A draft of one sentence: `text` is said to come from the passage by `edits`.
fn draft(articles: &[Article], passage: &str, text: &str, edits: &[(EditKind, &str, &str)]) -> Draft {
    let place = |article: &Article, words: &str| {
        article.text.find(words).map(|start| Span::new(start, start + words.len()))
    };
    let (at, span) = (0..articles.len())
        .find_map(|at| place(&articles[at], passage).map(|span| (at, span)))
        .expect("the passage stands in an article");
    let edits = edits.iter().map(|&(kind, old, new)| {
        let start = passage.find(old).expect("the edit's words stand in the passage");
        Edit { kind, span: Span::new(start, start + old.len()), text: new.to_owned() }
    });
    let sentence = Sentence {
        text: text.to_owned(),
        passages: vec![Passage { article: at, span }],
        edits: edits.collect(),
    };
    let headline = articles[at].blocks[0].span;
    let headline = Sentence {
        text: headline.of(&articles[at].text).to_owned(),
        passages: vec![Passage { article: at, span: headline }],
        edits: Vec::new(),
    };
    Draft { story: "s".into(), headline, paragraphs: vec![vec![sentence]] }
}

#[test]
fn the_check_refuses_what_its_passage_does_not_say() {
    use EditKind::{Attribution, Case, Date, Drop, Name, Punctuation};
    let articles = bridge();
    let story = story(&articles);
    let hurt = "No one was hurt, and 14,000 cars a day will be sent over the old harbour road.";
    let cost = "Repairs may cost 9 million crowns, the transport office said.";
    let ferry = "The harbour ferry will run every ten minutes while the Marrow Bridge stays closed, the operator said on Wednesday.";
    let quote =
        "“We will not open it until every bolt has been looked at,” said Lena Abbot, the city engineer.";
    type Row<'r> = (&'r str, &'r str, &'r [(EditKind, &'r str, &'r str)], &'r str);
    let table: &[Row] = &[
        (hurt, hurt, &[], ""),
        (
            hurt,
            "No one was hurt, and 15,000 cars a day will be sent over the old harbour road.",
            &[],
            "edit-unsound",
        ),
        (
            hurt,
            "No one was hurt, and 15,000 cars a day will be sent over the old harbour road.",
            &[(Punctuation, "14,000", "15,000")],
            "edit-unsound",
        ),
        (
            cost,
            "Repairs cost 9 million crowns, the transport office said.",
            &[(Drop, "may ", "")],
            "edit-unsound",
        ),
        (
            cost,
            "Repairs may cost 9 million crowns.",
            &[(Drop, ", the transport office said", "")],
            "edit-unsound",
        ),
        (
            ferry,
            "The harbour ferry will run every ten minutes while the Marrow Bridge stays closed, the operator said on May 13, 2026.",
            &[(Date, "on Wednesday", "on May 13, 2026")],
            "",
        ),
        (
            ferry,
            "The harbour ferry will run every ten minutes while the Marrow Bridge stays closed, the operator said on May 12, 2026.",
            &[(Date, "on Wednesday", "on May 12, 2026")],
            "edit-unsound",
        ),
        (
            quote,
            "“We will not open it until every bolt has been looked at,” said Ada Quill, the city engineer.",
            &[(Name, "Lena Abbot", "Ada Quill")],
            "edit-unsound",
        ),
        (
            quote,
            "“We will not open it until every nut has been looked at,” said Lena Abbot, the city engineer.",
            &[(Case, "bolt", "nut")],
            "edit-unsound",
        ),
        (
            cost,
            "Repairs may cost 9 million crowns, the transport office said, the Courier reported.",
            &[(Attribution, ".", ", the Courier reported.")],
            "edit-unsound",
        ),
    ];
    for (passage, text, edits, wanted) in table {
        let found = verify(&draft(&articles, passage, text, edits), &story, &articles);
        let code = found
            .as_ref()
            .err()
            .and_then(|all| all.first())
            .map_or("", |refusal| refusal.finding.code.name());
        assert_eq!(code, *wanted, "{text}\n{found:?}");
    }
}

#[test]
fn a_further_passage_must_say_the_same() {
    let articles = bridge();
    let story = story(&articles);
    let text = "No one was hurt, and 14,000 cars a day will be sent over the old harbour road.";
    let mut draft = draft(&articles, text, text, &[]);
    let other = articles[2].blocks[2].span;
    draft.paragraphs[0][0].passages.push(Passage { article: 2, span: other });
    let refused = verify(&draft, &story, &articles).expect_err("the crack's length says nothing of cars");
    assert_eq!(refused[0].passage, Some(Passage { article: 2, span: other }));
}

#[test]
fn a_passage_is_at_most_three_sentences_of_one_part() {
    let articles = bridge();
    let story = story(&articles);
    let text = "No one was hurt, and 14,000 cars a day will be sent over the old harbour road.";
    let mut draft = draft(&articles, text, text, &[]);
    draft.paragraphs[0][0].passages[0].span = Span::new(0, articles[0].text.len());
    let refused = verify(&draft, &story, &articles).expect_err("the span runs over every part");
    assert_eq!(refused[0].finding.code.name(), "passage-unsound");
}

#[test]
fn copies_count_for_the_family_of_their_first() {
    let mut articles = bridge();
    let copied: Vec<&str> =
        articles[0].blocks[1..].iter().map(|block| block.span.of(&articles[0].text)).collect();
    let copy = article("Mirror", "2026-05-14", "City shuts its bridge", &copied);
    articles.push(copy);
    let story = story(&articles);
    let copy = story.members.iter().find(|member| member.article == 4).expect("the copy joins");
    assert_eq!(copy.copy_of, Some(0));
    assert_eq!(copy.family, "gazette.example");
    assert_eq!(story.families(), 3);
}

#[test]
fn an_old_report_is_background_and_opinion_never_speaks() {
    let mut articles = bridge();
    let old = article(
        "Almanac",
        "2024-01-05",
        "How the Marrow Bridge is kept",
        &[
            "The Marrow Bridge in Ostrava Bay has an eastern pylon that engineers have looked after for years.",
        ],
    );
    articles.push(old);
    articles[2].kind = desk::article::Kind::Opinion;
    let story = story(&articles);
    assert!(story.members.iter().any(|member| member.article == 4 && member.background));
    let draft = write::write(&story, &articles, write::Settings::default(), &Refused::new())
        .expect("it can be written");
    let cited: Vec<usize> =
        draft.sentences().flat_map(|s| &s.passages).map(|passage| passage.article).collect();
    assert!(!cited.contains(&4) && !cited.contains(&2), "{cited:?}");
}

#[test]
fn a_dropped_passage_is_not_written_again_wherever_it_stands() {
    let articles = bridge();
    let story = story(&articles);
    let before = edit(&story, &articles, write::Settings::default()).digest.expect("the bridge is written");
    for cited in before.sentences().chain([before.headline()]) {
        let base = &cited.passages()[0];
        let source = &before.sources()[base.source];
        let dropped =
            Dropped { article: source.article.clone(), span: base.span, hash: sha256(base.text.as_bytes()) };
        let without = edit_without(&story, &articles, write::Settings::default(), &[dropped]);
        let after = without.digest.expect("the rest is enough");
        let bases =
            after.sentences().chain([after.headline()]).map(|cited| cited.passages()[0].text.as_str());
        assert!(!bases.collect::<Vec<_>>().contains(&base.text.as_str()), "{} came back", base.text);
        assert!(check(receipt(&after, Form::default()).to_json().as_bytes()).is_empty());
    }
}
