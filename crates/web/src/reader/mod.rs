//! The readers' site: the edition of a day, stories with their sources, outlets, search, feeds.

mod archive;
mod article;
mod edition;
mod export;
mod feed;
mod hide;
mod how;
mod item;
mod list;
mod map;
mod outlet;
mod plain;
mod report;
mod search;
mod source;
mod story;
mod version;
mod waiting;

use axum::Router;
use axum::routing::{get, post};

use crate::server::Site;

pub(crate) fn routes() -> Router<Site> {
    let mut router = Router::new()
        .route("/", get(edition::front))
        .route("/day/{day}", get(edition::day))
        .route("/archive", get(archive::archive))
        .route("/section/{name}", get(list::section))
        .route("/story/{id}", get(story::story))
        .route("/story/{id}/version/{number}", get(version::version))
        .route("/story/{id}/receipt.json", get(export::receipt))
        .route("/story/{id}/digest.txt", get(export::text))
        .route("/story/{id}/digest.md", get(export::markdown))
        .route("/story/{id}/report", get(report::form))
        .route("/story/{id}/comments.atom", get(feed::comments))
        .route("/outlets", get(outlet::outlets))
        .route("/outlets.opml", get(export::outlets))
        .route("/outlet/{domain}", get(outlet::outlet))
        .route("/article/{id}", get(article::article))
        .route("/hide", post(hide::hide))
        .route("/search", get(search::search))
        .route("/how", get(how::how))
        .route("/corrections", get(how::corrections))
        .route("/about", get(plain::about))
        .route("/sitemap.xml", get(map::first))
        .route("/sitemap/{page}", get(map::page))
        .route("/robots.txt", get(plain::robots))
        .route("/favicon.svg", get(plain::favicon))
        .route("/favicon.ico", get(plain::favicon))
        .route("/site.webmanifest", get(plain::manifest));
    for format in feed::Format::ALL {
        let ending = format.ending();
        router = router
            .route(&format!("/feed.{ending}"), get(move |site| feed::all(site, format)))
            .route(
                &format!("/section/{{name}}/feed.{ending}"),
                get(move |site, at| feed::section(site, at, format)),
            )
            .route(
                &format!("/story/{{id}}/feed.{ending}"),
                get(move |site, at| feed::story(site, at, format)),
            )
            .route(
                &format!("/search/feed.{ending}"),
                get(move |site, asked| feed::search(site, asked, format)),
            );
    }
    router
}
