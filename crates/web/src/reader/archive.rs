//! Every edition there was, month by month.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;

use super::hide::Hidden;
use crate::day;
use crate::server::answer::Answer;
use crate::server::frame::{Frame, Link};
use crate::server::{Fault, Site};

/// The most days that are listed: more than ten years.
const DAYS: i64 = 4000;

#[derive(Template)]
#[template(path = "reader/archive.html")]
struct Page {
    frame: Frame,
    months: Vec<Month>,
    sections: Vec<Place>,
}

struct Month {
    name: String,
    id: String,
    days: Vec<Edition>,
}

struct Edition {
    link: Link,
    iso: String,
    stories: i64,
}

struct Place {
    link: Link,
    stories: i64,
}

/// Every edition there was.
pub(super) async fn archive(State(site): State<Site>, headers: HeaderMap) -> Result<Answer, Fault> {
    let mut months: Vec<Month> = Vec::new();
    for (number, stories) in site.store.days(DAYS).await? {
        let day = day::of_number(number);
        let name = day::month_of(day);
        let id = day.to_string().chars().take(7).collect::<String>();
        let edition = Edition {
            link: Link::new(&day::long(day), format!("/day/{day}")),
            iso: day.to_string(),
            stories,
        };
        match months.last_mut() {
            Some(month) if month.id == id => month.days.push(edition),
            _ => months.push(Month { name, id, days: vec![edition] }),
        }
    }
    let sections = site.store.sections().await?.into_iter();
    let sections = sections.map(|(name, stories)| Place { link: Link::section(&name), stories });
    let frame = Frame::new(&site, "Archive", "/archive").at("Archive").hiding(Hidden::of(&headers).len());
    let frame = frame.described("Every edition, day by day.");
    Ok(Answer::page(&Page { frame, months, sections: sections.collect() }))
}
