//! Search over stories and articles.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use store::{Found, Millis, Search};

use super::hide::Hidden;
use super::list::{PAGE, Pager, number};
use crate::day::{self, Day};
use crate::link;
use crate::plain::{plain, titled};
use crate::server::answer::Answer;
use crate::server::frame::Frame;
use crate::server::{Fault, Site};

/// The most characters that are searched for.
const LONGEST: usize = 200;
/// What stands around the words found in an excerpt.
const MARKS: [char; 2] = ['\u{2}', '\u{3}'];

/// What the form says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) q: String,
    #[serde(rename = "in")]
    place: String,
    section: String,
    outlet: String,
    from: String,
    to: String,
    sort: String,
    page: String,
}

#[derive(Template)]
#[template(path = "reader/search.html")]
struct Page {
    frame: Frame,
    asked: Asked,
    articles: bool,
    newest: bool,
    sections: Vec<String>,
    searched: bool,
    total: String,
    rows: Vec<Row>,
    pager: Pager,
    why: String,
    feed: String,
}

struct Row {
    href: String,
    title: String,
    /// Stretches of the excerpt, and whether each is a word found.
    excerpt: Vec<(bool, String)>,
    place: String,
    day: Option<Day>,
    story: Option<String>,
    link: Option<String>,
}

/// The form and what was found.
pub(super) async fn search(
    State(site): State<Site>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Answer, Fault> {
    let asked = asked.bounded();
    let page = number(&asked.page);
    let articles = asked.place == "articles";
    let searched = !asked.q.is_empty();
    let search = asked.search(page)?;
    let (found, total) = match (searched, articles) {
        (false, _) => (Vec::new(), 0),
        (true, false) => site.store.search_stories(&search).await?,
        (true, true) => site.store.search_articles(&search).await?,
    };
    let hidden = Hidden::of(&headers);
    let title = if searched { format!("Search: {}", asked.q) } else { "Search".to_owned() };
    let query = asked.query();
    let mut frame = Frame::new(&site, &title, "/search").at("Search").unlisted().hiding(hidden.len());
    if searched {
        frame.feeds.truncate(1);
    }
    let why = if searched && found.is_empty() {
        "Nothing holds all these words. Try fewer words, or other filters."
    } else {
        ""
    };
    Ok(Answer::page(&Page {
        frame,
        articles,
        newest: asked.sort == "newest",
        sections: site.settings.sections.iter().map(|section| plain(section)).collect(),
        searched,
        total: if total >= 10_000 { "more than 10,000".to_owned() } else { total.to_string() },
        rows: found.iter().map(|found| Row::new(found, articles)).collect(),
        pager: Pager::new(page, total, &format!("/search?{query}&")),
        why: why.to_owned(),
        feed: format!("/search/feed.atom?q={}", link::segment(&asked.q)),
        asked,
    }))
}

impl Asked {
    /// The same without what is too long, invisible or turns the reading direction.
    fn bounded(self) -> Self {
        let short = |text: String| plain(&text).chars().take(LONGEST).collect::<String>();
        Self {
            q: short(self.q),
            place: short(self.place),
            section: short(self.section),
            outlet: short(self.outlet).to_lowercase(),
            from: short(self.from),
            to: short(self.to),
            sort: short(self.sort),
            page: self.page,
        }
    }

    fn search(&self, page: i64) -> Result<Search, Fault> {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Ok(Search {
            words: self.q.clone(),
            section: given(&self.section).filter(|_| self.place != "articles"),
            domain: given(&self.outlet),
            from: moment(&self.from)?.map(|(from, _)| from),
            until: moment(&self.to)?.map(|(_, until)| until),
            newest: self.sort == "newest",
            offset: (page - 1) * PAGE,
            limit: PAGE,
        })
    }

    /// The address of the same search, without the page.
    fn query(&self) -> String {
        let fields = [
            ("q", &self.q),
            ("in", &self.place),
            ("section", &self.section),
            ("outlet", &self.outlet),
            ("from", &self.from),
            ("to", &self.to),
            ("sort", &self.sort),
        ];
        let given = fields.iter().filter(|(_, value)| !value.is_empty());
        given.map(|(name, value)| format!("{name}={}", link::segment(value))).collect::<Vec<_>>().join("&")
    }
}

/// The first and one past the last moment of a day as a form writes it.
fn moment(day: &str) -> Result<Option<(Millis, Millis)>, Fault> {
    if day.is_empty() {
        return Ok(None);
    }
    let day = day.parse().map_err(|_| {
        Fault::Bad("A day is written as 2026-03-11. Go back and write it so, or leave it empty.")
    })?;
    Ok(Some(day::bounds(day)))
}

impl Row {
    fn new(found: &Found, articles: bool) -> Self {
        Self {
            href: if articles { link::article(&found.id) } else { link::story(&found.id) },
            title: titled(&found.title),
            excerpt: excerpt(&found.excerpt),
            place: plain(&found.place),
            day: found.published.map(Day::at),
            story: found.story.as_deref().filter(|_| articles).map(link::story),
            link: found.url.as_deref().and_then(link::web),
        }
    }
}

/// The stretches of an excerpt: those between the marks are words found.
fn excerpt(text: &str) -> Vec<(bool, String)> {
    let mut out = Vec::new();
    for (at, part) in text.split(MARKS).enumerate() {
        let blank = |yes: bool| if yes { " " } else { "" };
        let words = plain(part);
        if words.is_empty() && part.is_empty() {
            continue;
        }
        let before = blank(part.starts_with(char::is_whitespace) && !words.is_empty());
        let after = blank(part.ends_with(char::is_whitespace));
        out.push((at % 2 == 1, format!("{before}{words}{after}")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_cut_at_its_marks() {
        let row = |found, words: &str| (found, words.to_owned());
        let expected = vec![row(false, "the "), row(true, "ferry"), row(false, " sank <b>")];
        assert_eq!(excerpt("the \u{2}ferry\u{3} sank\n<b>"), expected);
        assert_eq!(excerpt(""), []);
    }

    #[test]
    fn a_search_is_bounded_and_can_be_linked_to() {
        let asked = Asked {
            q: format!("a&b \u{202E}{}", "x".repeat(500)),
            sort: "newest".into(),
            ..Asked::default()
        };
        let asked = asked.bounded();
        assert_eq!(asked.q.chars().count(), LONGEST);
        assert!(asked.query().starts_with("q=a%26b%20xx") && asked.query().ends_with("&sort=newest"));
        assert!(moment("yesterday").is_err() && moment("").is_ok());
    }
}
