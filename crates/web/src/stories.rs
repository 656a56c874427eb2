//! The page that shows stories: who reports each, how it grew, why each article is in it, and what nearly joined.

use std::collections::BTreeMap;

use askama::Template;
use desk::stamp::Stamp;
use jiff::civil::{Date, Time};

use crate::day::{self, Day};
use crate::digest::{language, rendered};
use crate::link;
use crate::plain::{plain, titled};
use crate::policy::policy;

/// Stories as plain values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoriesView {
    /// The day whose stories they are; nothing where all are shown.
    pub day: Option<Date>,
    /// The stories in the order in which they are shown.
    pub stories: Vec<StoryView>,
    /// How many stories of other days are not shown.
    pub others: usize,
    /// The line at the foot of the page.
    pub generator: String,
}

/// A story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoryView {
    /// Its id.
    pub id: String,
    /// The headline that stands for it.
    pub title: String,
    /// BCP 47 language of that headline.
    pub lang: String,
    /// How many independent families report it.
    pub families: usize,
    /// How many of its articles copy another.
    pub copies: usize,
    /// How many of its articles tell the background.
    pub background: usize,
    /// When its first and its last article were published.
    pub span: Option<(Stamp, Stamp)>,
    /// Whom and what it names, by what they are called: people, organisations, places.
    pub named: Vec<(String, Vec<StoryName>)>,
    /// The days on which it grew, in order.
    pub days: Vec<StoryDay>,
    /// Its articles in order.
    pub articles: Vec<StoryArticle>,
    /// The stories that are nearly one with it, the likeliest first.
    pub near: Vec<StoryNear>,
}

/// Somebody or something that a story names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryName {
    /// The name.
    pub name: String,
    /// How many of its articles do so.
    pub articles: usize,
}

/// A day of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryDay {
    /// The day.
    pub day: Date,
    /// How many articles were published on it.
    pub articles: usize,
    /// How many families first reported the story on it.
    pub families: usize,
    /// How many articles there were at its end.
    pub so_far: usize,
    /// The first headline of the day.
    pub headline: String,
}

/// An article of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryArticle {
    /// Its headline.
    pub headline: String,
    /// BCP 47 language of the headline.
    pub lang: String,
    /// Who published it.
    pub outlet: String,
    /// Where.
    pub url: Option<String>,
    /// When.
    pub published: Option<Stamp>,
    /// Whose article it copies.
    pub copy_of: Option<String>,
    /// Whether it tells the background.
    pub background: bool,
    /// How it came into the story.
    pub reason: String,
    /// The story of which the reason speaks, by its id, and its title.
    pub next: Option<(String, String)>,
}

/// A story that is nearly one with another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoryNear {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How likely it is, from 0 to 1.
    pub likelihood: f64,
    /// The headline of the article that might have come there; nothing where the stories as a whole are alike.
    pub article: Option<String>,
}

#[derive(Template)]
#[template(path = "stories.html")]
struct Page {
    policy: String,
    css: String,
    title: String,
    generator: String,
    note: Vec<String>,
    stories: Vec<Story>,
    /// Stories of one article.
    singles: Vec<Single>,
}

#[derive(Template)]
#[template(path = "stories.css", escape = "none")]
struct Style;

struct Story {
    number: usize,
    id: String,
    title: String,
    lang: String,
    families: String,
    facts: Vec<String>,
    named: Vec<(String, Vec<(String, usize)>)>,
    days: Vec<Row>,
    articles: Vec<Article>,
    near: Vec<Near>,
}

struct Single {
    number: usize,
    article: Article,
    near: Vec<Near>,
}

/// A line of the table that tells how a story grew.
struct Row {
    iso: String,
    day: String,
    /// What was there before, and what came on the day, as shapes.
    before: String,
    came: String,
    told: String,
    headline: String,
}

struct Article {
    headline: String,
    lang: String,
    outlet: String,
    link: Option<String>,
    published: Option<Day>,
    copy_of: Option<String>,
    background: bool,
    /// The reason, cut where it names a story.
    reason: (String, String),
    next: Option<Target>,
}

/// Another story: its title, and its number where it is on the page.
struct Target {
    title: String,
    number: Option<usize>,
}

struct Near {
    target: Target,
    likelihood: String,
    bar: String,
    article: Option<String>,
}

/// How wide a full bar is, in the units of its drawing.
const WIDE: usize = 120;
/// How wide the bar of what is sure would be.
const SURE: f64 = 48.0;

/// Stories as one HTML file that needs nothing else.
#[must_use]
pub fn stories_page(view: &StoriesView) -> String {
    let css = rendered(&Style);
    let numbered = view.stories.iter().enumerate().map(|(at, story)| (&*story.id, at + 1));
    let numbers: BTreeMap<&str, usize> = numbered.collect();
    let (mut stories, mut singles) = (Vec::new(), Vec::new());
    for (at, story) in view.stories.iter().enumerate() {
        let near = story.near.iter().map(|near| self::near(near, &numbers)).collect();
        match &*story.articles {
            [only] => singles.push(Single { number: at + 1, article: article(only, &numbers), near }),
            _ => stories.push(self::story(story, at + 1, near, &numbers)),
        }
    }
    rendered(&Page {
        policy: policy(&css),
        css,
        title: view.day.map_or_else(|| "Stories".to_owned(), |day| format!("Stories of {}", day::words(day))),
        generator: plain(&view.generator),
        note: note(view, stories.len(), singles.len()),
        stories,
        singles,
    })
}

/// What is on the page, in parts of a line.
fn note(view: &StoriesView, stories: usize, singles: usize) -> Vec<String> {
    let articles = view.stories.iter().map(|story| story.articles.len()).sum();
    let mut note = vec![
        counted(articles, "article", "articles"),
        format!("{} of several", counted(stories, "story", "stories")),
        format!("{singles} of one"),
    ];
    if view.others > 0 {
        note.push(format!("{} of other days not shown", counted(view.others, "story", "stories")));
    }
    note
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

fn story(view: &StoryView, number: usize, near: Vec<Near>, numbers: &BTreeMap<&str, usize>) -> Story {
    let mut facts = vec![counted(view.articles.len(), "article", "articles")];
    if view.copies > 0 {
        facts.push(counted(view.copies, "copy", "copies"));
    }
    if view.background > 0 {
        facts.push(format!("{} background", view.background));
    }
    facts.extend(view.span.as_ref().and_then(|(first, last)| day::range([first, last].into_iter())));
    let named = view.named.iter().filter(|(_, names)| !names.is_empty()).map(|(kind, names)| {
        (plain(kind), names.iter().map(|name| (plain(&name.name), name.articles)).collect())
    });
    Story {
        number,
        id: plain(&view.id),
        title: titled(&view.title),
        lang: language(&view.lang),
        families: counted(view.families, "family", "families"),
        facts,
        named: named.collect(),
        days: rows(&view.days),
        articles: view.articles.iter().map(|view| article(view, numbers)).collect(),
        near,
    }
}

/// The table of a story that grew on several days.
fn rows(days: &[StoryDay]) -> Vec<Row> {
    if days.len() < 2 {
        return Vec::new();
    }
    let all = days.last().map_or(1, |last| last.so_far.max(1));
    let row = |view: &StoryDay| {
        let end = (view.so_far * WIDE / all).min(WIDE);
        // What came is seen, however little it is.
        let begin = (view.so_far.saturating_sub(view.articles) * WIDE / all).min(end.saturating_sub(2));
        let mut told = counted(view.articles, "article", "articles");
        if view.families > 0 {
            told.push_str(&format!(", {}", counted(view.families, "new family", "new families")));
        }
        Row {
            iso: view.day.to_string(),
            day: day::words(view.day),
            before: format!("M0 0h{begin}v10h-{begin}z"),
            came: format!("M{begin} 0h{0}v10h-{0}z", end - begin),
            told,
            headline: titled(&view.headline),
        }
    };
    days.iter().map(row).collect()
}

fn article(view: &StoryArticle, numbers: &BTreeMap<&str, usize>) -> Article {
    let named = view.next.as_ref().and_then(|(id, title)| {
        let (before, after) = view.reason.split_once(id.as_str())?;
        Some(((plain(before), plain(after)), target(id, title, numbers)))
    });
    let (reason, next) = match named {
        Some((reason, next)) => (reason, Some(next)),
        None => ((plain(&view.reason), String::new()), None),
    };
    Article {
        headline: titled(&view.headline),
        lang: language(&view.lang),
        outlet: plain(&view.outlet),
        link: view.url.as_deref().and_then(link::web),
        published: view.published.as_ref().map(moment),
        copy_of: view.copy_of.as_deref().map(plain),
        background: view.background,
        reason,
        next,
    }
}

/// A day with its time, as the publisher prints them. Midnight stands for no time.
fn moment(stamp: &Stamp) -> Day {
    let Day { text, iso } = Day::of(stamp);
    let text = match stamp.time.filter(|time| *time != Time::midnight()) {
        Some(time) => format!("{text}, {:02}:{:02}", time.hour(), time.minute()),
        None => text,
    };
    Day { text, iso }
}

fn target(id: &str, title: &str, numbers: &BTreeMap<&str, usize>) -> Target {
    Target { title: titled(title), number: numbers.get(id).copied() }
}

fn near(view: &StoryNear, numbers: &BTreeMap<&str, usize>) -> Near {
    let share = view.likelihood.clamp(0.0, 1.0);
    Near {
        target: target(&view.id, &view.title, numbers),
        likelihood: format!("{share:.2}"),
        bar: format!("M0 0h{0:.1}v8h-{0:.1}z", share * SURE),
        article: view.article.as_deref().map(titled),
    }
}
