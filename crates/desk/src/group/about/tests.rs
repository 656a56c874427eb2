//! What is told of invented stories.

use super::*;
use crate::article::Role;
use crate::group::Place;

/// An article of an outlet, published then.
fn article(outlet: &str, published: &str, title: &str, body: &str) -> Article {
    let mut article = Article::bare(outlet);
    (article.text, article.blocks) = Article::compose(title, [(Role::Paragraph, body)]);
    article.title = title.to_owned();
    article.domain = Some(outlet.to_owned());
    article.lang = "en".to_owned();
    article.published = Stamp::parse(published);
    article
}

/// A story of all these articles, each of its own family.
fn story(articles: &[Article]) -> Story {
    let member = |(article, of): (usize, &Article)| Member {
        article,
        family: of.id.clone(),
        copy_of: None,
        background: false,
        placed: Place::default(),
    };
    let members = articles.iter().enumerate().map(member).collect();
    Story { id: "s".to_owned(), members, near: Vec::new() }
}

fn ferry() -> Vec<Article> {
    vec![
        article(
            "mill.example",
            "2026-03-10T22:10Z",
            "Fog and fear on the bay",
            "A ferry ran aground off Port Sorrel late on Tuesday. Ada Quill, the mayor, said that nobody was hurt.",
        ),
        article(
            "tide.example",
            "2026-03-11T07:00Z",
            "Ferry runs aground off Port Sorrel",
            "The ferry hit a sandbank off Port Sorrel in fog. Mayor Quill thanked the crew on Wednesday.",
        ),
        article(
            "post.example",
            "2026-03-11T09:30Z",
            "Port Sorrel ferry aground: what we know",
            "Bram Orne, who leads the line, said that the ferry would sail again. Ada Quill doubted it.",
        ),
        article(
            "post.example",
            "2026-03-13T09:30Z",
            "Divers examine the ferry",
            "Divers examined the hull of the ferry off Port Sorrel on Friday, Bram Orne said.",
        ),
    ]
}

#[test]
fn the_title_is_the_headline_that_most_share() {
    let articles = ferry();
    let mut story = story(&articles);
    assert_eq!(title(&story, &articles), "Ferry runs aground off Port Sorrel");
    story.members[1].copy_of = Some(0);
    assert_eq!(title(&story, &articles), "Port Sorrel ferry aground: what we know");
    story.members[2].background = true;
    assert_eq!(title(&story, &articles), "Divers examine the ferry");
}

#[test]
fn of_equal_headlines_the_first_is_taken_and_a_copy_only_where_nothing_else_is() {
    let alike = |outlet, title| article(outlet, "2026-03-10", title, "Bakers in Norling went on strike.");
    let articles =
        [alike("a.example", ""), alike("b.example", "Bakers strike"), alike("c.example", "Strike of bakers")];
    let mut story = story(&articles);
    assert_eq!(title(&story, &articles), "Bakers strike");
    story.members[1].copy_of = Some(0);
    assert_eq!(title(&story, &articles), "Strike of bakers");
    story.members[2].background = true;
    assert_eq!(title(&story, &articles), "Bakers strike");
    assert_eq!(title(&self::story(&articles[..1]), &articles), "");
}

#[test]
fn a_story_grows_by_days_and_background_is_no_part_of_that() {
    let mut articles = ferry();
    articles.push(article(
        "old.example",
        "2025-09-01",
        "Ferry line opens",
        "The line opened in Port Sorrel.",
    ));
    articles.push(article("late.example", "", "Ferry news", "The ferry is off Port Sorrel."));
    let mut story = story(&articles);
    story.members[2].copy_of = Some(1);
    story.members[2].family = "tide.example".to_owned();
    story.members[4].background = true;
    let about = about(&story, &articles);
    let grown: Vec<(String, [usize; 4])> = about
        .days
        .iter()
        .map(|day| {
            (day.day.to_string(), [day.articles, day.families, day.articles_so_far, day.families_so_far])
        })
        .collect();
    assert_eq!(
        grown,
        [
            ("2026-03-10".to_owned(), [1, 1, 1, 1]),
            ("2026-03-11".to_owned(), [2, 1, 3, 2]),
            ("2026-03-13".to_owned(), [1, 1, 4, 3]),
        ]
    );
    assert_eq!(about.days[1].headline, "Ferry runs aground off Port Sorrel");
    assert_eq!(about.first, Stamp::parse("2026-03-10T22:10Z"));
    assert_eq!(about.last, Stamp::parse("2026-03-13T09:30Z"));
    assert_eq!((about.families, about.copies, about.background), (4, 1, 1));
}

#[test]
fn who_is_named_by_most_comes_first_and_surnames_count_for_the_full_name() {
    let articles = ferry();
    let about = about(&story(&articles), &articles);
    let told = |named: &[Named]| -> Vec<(String, usize)> {
        named.iter().map(|named| (named.name.clone(), named.articles)).collect()
    };
    assert_eq!(told(&about.people), [("Ada Quill".to_owned(), 3), ("Bram Orne".to_owned(), 2)]);
    assert_eq!(told(&about.places), [("Port Sorrel".to_owned(), 4)]);
    assert!(about.organisations.is_empty(), "{:?}", about.organisations);
}

#[test]
fn names_of_several_languages_are_put_together() {
    let mut articles = ferry();
    articles[1].lang = "xx".to_owned();
    articles[1].text = "Mayor Quill thanked the crew. Mr. Quill spoke in Port Sorrel.".to_owned();
    articles[1].title = String::new();
    let about = about(&story(&articles), &articles);
    assert_eq!(about.people[0], Named { name: "Ada Quill".to_owned(), articles: 3 });
}

#[test]
fn the_opening_ends_with_a_sentence() {
    let long = "Ada Quill spoke for a long while. ".repeat(40);
    let article = article("a.example", "", "A title", &long);
    let opening = opening(&article);
    assert!(opening.len() < 620 && opening.ends_with("while."), "{opening}");
    let without = self::article("a.example", "", "", &"no end ".repeat(200));
    assert!(!super::opening(&without).is_empty());
}

#[test]
fn a_story_without_articles_says_nothing() {
    assert_eq!(about(&story(&[]), &[]), About::default());
}
