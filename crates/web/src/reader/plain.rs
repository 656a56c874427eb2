//! Pages and files that say the same to everybody: about us, robots.txt, the icon.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::json;

use super::hide::Hidden;
use crate::digest::rendered;
use crate::plain::plain;
use crate::server::Site;
use crate::server::answer::Answer;
use crate::server::frame::Frame;

#[derive(Template)]
#[template(path = "reader/about.html")]
struct About {
    frame: Frame,
    name: String,
    contact: String,
    comments: bool,
    days: u32,
}

#[derive(Template)]
#[template(path = "reader/favicon.svg", escape = "html")]
struct Icon {
    letter: String,
}

#[derive(Template)]
#[template(path = "reader/robots.txt")]
struct Robots {
    base: String,
}

/// Who is behind it, and what is kept of readers.
pub(super) async fn about(State(site): State<Site>, headers: HeaderMap) -> Answer {
    let frame = Frame::new(&site, "About", "/about").at("About").hiding(Hidden::of(&headers).len());
    let settings = &site.settings;
    Answer::page(&About {
        frame: frame.described("Who is behind this site, and what it keeps of its readers: next to nothing."),
        name: plain(&settings.name),
        contact: plain(&settings.contact),
        comments: settings.comments.open,
        days: settings.comments.days,
    })
}

/// What programs may read.
pub(super) async fn robots(State(site): State<Site>) -> Answer {
    Answer::new("text/plain; charset=utf-8", rendered(&Robots { base: site.settings.base.clone() }))
}

/// The first letter of the name.
pub(super) async fn favicon(State(site): State<Site>) -> Answer {
    let name = plain(&site.settings.name);
    let name = name.strip_prefix("The ").unwrap_or(&name);
    let letter = name.chars().next().map(String::from).unwrap_or_default();
    Answer::new("image/svg+xml", rendered(&Icon { letter }))
}

/// For those who put the site on a telephone's first screen.
pub(super) async fn manifest(State(site): State<Site>) -> Answer {
    let name = plain(&site.settings.name);
    let icon = json!({"src": "/favicon.svg", "type": "image/svg+xml", "sizes": "any"});
    let manifest =
        json!({"name": name, "short_name": name, "start_url": "/", "display": "browser", "icons": [icon]});
    Answer::new("application/manifest+json", manifest.to_string())
}
