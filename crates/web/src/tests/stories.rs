//! The page of stories, made of hostile text and of ordinary.

use desk::stamp::Stamp;

use super::HOSTILE;
use super::markup::check_page;
use crate::{StoriesView, StoryArticle, StoryDay, StoryName, StoryNear, StoryView, stories_page};

fn hostile() -> String {
    HOSTILE.to_owned()
}

fn article(headline: &str) -> StoryArticle {
    StoryArticle {
        headline: headline.to_owned(),
        lang: "en".to_owned(),
        outlet: "Sample Press".to_owned(),
        url: Some("https://press.example/a?b=1&c=2".to_owned()),
        published: Stamp::parse("2026-03-11T07:40Z"),
        reason: "opened a story; the next likely one was s2 with 0.31".to_owned(),
        next: Some(("s2".to_owned(), "Bakers on strike".to_owned())),
        ..StoryArticle::default()
    }
}

fn hostile_article() -> StoryArticle {
    StoryArticle {
        headline: hostile(),
        lang: hostile(),
        outlet: hostile(),
        url: Some("javascript:alert(1)".to_owned()),
        published: None,
        copy_of: Some(hostile()),
        background: true,
        reason: format!("before {HOSTILE} behind"),
        next: Some((hostile(), hostile())),
    }
}

fn hostile_story() -> StoryView {
    let day = |day: &str, so_far| StoryDay {
        day: day.parse().expect("a day"),
        articles: 3,
        families: usize::MAX,
        so_far,
        headline: hostile(),
    };
    let near =
        |likelihood| StoryNear { id: hostile(), title: hostile(), likelihood, article: Some(hostile()) };
    StoryView {
        id: hostile(),
        title: hostile(),
        lang: hostile(),
        named: vec![(hostile(), vec![StoryName { name: hostile(), articles: 2 }]), (hostile(), Vec::new())],
        // Counts that fit nowhere.
        days: vec![day("2026-03-10", 0), day("2026-03-11", 9), day("2026-03-12", 4)],
        articles: vec![hostile_article(), hostile_article()],
        near: vec![near(f64::NAN), near(7.0), near(-1.0)],
        ..StoryView::default()
    }
}

#[test]
fn hostile_stories_are_shown_and_nothing_of_them_runs() {
    let single = StoryView { articles: vec![hostile_article()], ..hostile_story() };
    let view = StoriesView {
        stories: vec![hostile_story(), single, hostile_story()],
        generator: hostile(),
        ..StoriesView::default()
    };
    let page = stories_page(&view);
    check_page(&page);
    assert!(page.contains("&#60;script&#62;alert(1)") && !page.contains("<script"));
    check_page(&stories_page(&StoriesView::default()));
}

#[test]
fn what_nearly_joined_leads_to_the_other_story() {
    let near = |id: &str, title: &str| StoryNear {
        id: id.to_owned(),
        title: title.to_owned(),
        likelihood: 0.314,
        article: None,
    };
    let story = |id: &str, title: &str, near| StoryView {
        id: id.to_owned(),
        title: title.to_owned(),
        families: 1,
        articles: vec![article(title), article("Another headline")],
        near,
        ..StoryView::default()
    };
    let stories = vec![
        story("s1", "Ferry aground", vec![near("s2", "Bakers on strike"), near("s9", "Far away")]),
        StoryView { articles: vec![article("Bakers on strike")], ..story("s2", "", Vec::new()) },
    ];
    let view = StoriesView { day: "2026-03-11".parse().ok(), stories, others: 1, ..StoriesView::default() };
    let page = stories_page(&view);
    check_page(&page);
    for expected in [
        "<h1>Stories of March 11, 2026</h1>",
        "3 articles · 1 story of several · 1 of one · 1 story of other days not shown",
        "<span class=\"number\">0.31</span> <p><a href=\"#story-2\" dir=\"auto\">Bakers on strike</a>",
        "<span class=\"number\">0.31</span> <p><span dir=\"auto\">Far away</span>",
        "the next likely one was “<a href=\"#story-2\" dir=\"auto\">Bakers on strike</a>” with 0.31",
        "<li id=\"story-2\">",
        "<time datetime=\"2026-03-11T07:40:00+00:00\">March 11, 2026, 07:40</time>",
        "href=\"https://press.example/a?b=1&#38;c=2\"",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    assert_eq!(page, stories_page(&view));
}
