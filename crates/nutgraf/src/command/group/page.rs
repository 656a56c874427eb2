//! `nutgraf group --format html`: the stories of a day, and what nearly joined.

use std::collections::BTreeMap;

use desk::article::Article;
use desk::group::{About, Member, Named, Story, about, reason, title};
use jiff::civil::Date;
use rayon::prelude::*;
use web::{StoriesView, StoryArticle, StoryDay, StoryName, StoryNear, StoryView, stories_page};

/// What is less likely isn't near.
const NEAR: f64 = 0.05;

/// The page of the stories that are shown: those that most families report first.
pub(super) fn page(articles: &[Article], stories: &[Story], shown: &[&Story], day: Option<Date>) -> String {
    let mut shown = shown.to_vec();
    shown.sort_by_key(|story| std::cmp::Reverse((story.families(), story.members.len())));
    let told: Vec<About> = shown.par_iter().map(|story| about(story, articles)).collect();
    let all: Vec<(&str, String)> =
        stories.par_iter().map(|story| (&*story.id, title(story, articles))).collect();
    let titles = Titles { articles, titles: all.into_iter().collect() };
    let views = shown.iter().zip(told).map(|(story, about)| view(story, about, &titles)).collect();
    stories_page(&StoriesView {
        day,
        stories: views,
        others: stories.len() - shown.len(),
        generator: format!("Grouped with Nutgraf {}.", env!("CARGO_PKG_VERSION")),
    })
}

/// The titles of all stories by their ids.
struct Titles<'s> {
    articles: &'s [Article],
    titles: BTreeMap<&'s str, String>,
}

impl Titles<'_> {
    /// The title of a story; nothing where it was taken up by another one.
    fn of(&self, id: &str) -> Option<String> {
        self.titles.get(id).cloned()
    }
}

fn view(story: &Story, about: About, titles: &Titles<'_>) -> StoryView {
    let articles = titles.articles;
    let mut members = story.members.iter().map(|member| &articles[member.article]);
    let lang = members.find(|article| article.title == about.title).map(|article| article.lang.clone());
    let names = |kind: &str, all: Vec<Named>| {
        let name = |named: Named| StoryName { name: named.name, articles: named.articles };
        (kind.to_owned(), all.into_iter().map(name).collect())
    };
    let day = |day: desk::group::Day| StoryDay {
        day: day.day,
        articles: day.articles,
        families: day.families,
        so_far: day.articles_so_far,
        headline: day.headline,
    };
    StoryView {
        id: story.id.clone(),
        title: about.title,
        lang: lang.unwrap_or_default(),
        families: about.families,
        copies: about.copies,
        background: about.background,
        span: about.first.zip(about.last),
        named: vec![
            names("People", about.people),
            names("Organisations", about.organisations),
            names("Places", about.places),
        ],
        days: about.days.into_iter().map(day).collect(),
        articles: story.members.iter().map(|member| article(story, member, titles)).collect(),
        near: near(story, titles),
    }
}

fn article(story: &Story, member: &Member, titles: &Titles<'_>) -> StoryArticle {
    let article = &titles.articles[member.article];
    let next = member.placed.next.as_ref().map(|(id, _)| id).filter(|id| **id != story.id);
    StoryArticle {
        headline: article.title.clone(),
        lang: article.lang.clone(),
        outlet: article.outlet.clone(),
        url: article.url.clone(),
        published: article.published,
        copy_of: member.copy_of.map(|of| titles.articles[of].outlet.clone()),
        background: member.background,
        reason: reason(&member.placed),
        next: next.and_then(|id| Some((id.clone(), titles.of(id)?))),
    }
}

/// The stories that are nearly one with a story now, or were likely ones for an article when that came; each once.
fn near(story: &Story, titles: &Titles<'_>) -> Vec<StoryNear> {
    let mut near: BTreeMap<&str, (f64, Option<&Member>)> = BTreeMap::new();
    let whole = story.near.iter().map(|near| (near, None));
    let single = story.members.iter().filter_map(|member| Some((member.placed.next.as_ref()?, Some(member))));
    for ((id, likelihood), member) in whole.chain(single) {
        if *likelihood < NEAR || *id == story.id {
            continue;
        }
        let known = near.entry(id).or_insert((*likelihood, member));
        if known.0 < *likelihood {
            *known = (*likelihood, member);
        }
    }
    let mut near: Vec<StoryNear> = near
        .into_iter()
        .filter_map(|(id, (likelihood, member))| {
            // The one article of a story is the story.
            let member = member.filter(|_| story.members.len() > 1);
            let article = member.map(|member| titles.articles[member.article].title.clone());
            Some(StoryNear { id: id.to_owned(), title: titles.of(id)?, likelihood, article })
        })
        .collect();
    near.sort_by(|a, b| b.likelihood.total_cmp(&a.likelihood));
    near
}
