//! Search over stories and articles.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Found, Search};

use super::answer::{self, Answer, maybe};
use crate::link;
use crate::server::{Fault, Site};
use crate::talk;

/// How many results a page has, as a rule and at most.
const PAGE: (i64, i64) = (20, 100);
/// The last page that is looked up.
const LAST: i64 = 500;
/// The most characters of words.
const WORDS: usize = 200;

/// What is asked for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    r#in: String,
    section: String,
    outlet: String,
    from: String,
    to: String,
    sort: String,
    page: String,
    limit: String,
}

pub(super) async fn search(
    State(site): State<Site>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Answer {
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let words = talk::line(&asked.q, WORDS);
    if words.is_empty() {
        return Err(Fault::Bad("`q` is empty. Say what to look for.").into());
    }
    let limit = answer::limit(&asked.limit, PAGE.0, PAGE.1)?;
    let page = asked.page.parse().unwrap_or(1i64).clamp(1, LAST);
    let search = Search {
        words: words.clone(),
        section: some(asked.section),
        domain: some(asked.outlet),
        from: answer::asked(&asked.from)?,
        until: answer::asked(&asked.to)?,
        newest: asked.sort == "new",
        offset: (page - 1) * limit,
        limit,
    };
    let articles = match asked.r#in.as_str() {
        "" | "stories" => false,
        "articles" => true,
        _ => return Err(Fault::Bad("`in` is `stories` or `articles`.").into()),
    };
    let (found, total) = if articles {
        site.store.search_articles(&search).await?
    } else {
        site.store.search_stories(&search).await?
    };
    let rows: Vec<Value> = found.iter().map(|found| row(&site, found, articles)).collect();
    let kind = if articles { "articles" } else { "stories" };
    Ok(answer::json(
        &headers,
        &json!({ "q": words, "in": kind, "total": total, "page": page, "results": rows }),
    ))
}

fn row(site: &Site, found: &Found, article: bool) -> Value {
    let (excerpt, marks) = excerpt(&found.excerpt);
    let url = if article {
        found.url.as_deref().and_then(link::web)
    } else {
        Some(format!("{}/story/{}", site.settings.base, found.id))
    };
    json!({
        "id": found.id,
        "title": found.title,
        "excerpt": excerpt,
        "marks": marks,
        "place": found.place,
        "published": maybe(found.published),
        "story": if article { found.story.clone() } else { Some(found.id.clone()) },
        "url": url,
    })
}

/// The excerpt as plain text, and the code points from and to which it matches.
fn excerpt(marked: &str) -> (String, Vec<[usize; 2]>) {
    let (mut text, mut marks, mut open, mut at) = (String::new(), Vec::new(), None, 0);
    for c in marked.chars() {
        match c {
            '\u{2}' => open = Some(at),
            '\u{3}' => marks.extend(open.take().map(|start| [start, at])),
            _ => {
                text.push(c);
                at += 1;
            }
        }
    }
    (text, marks)
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn matches_are_named_by_code_points() {
        let (text, marks) = excerpt("The “\u{2}ferry\u{3}” to \u{2}Nordholm\u{3}\u{3}");
        assert_eq!(text, "The “ferry” to Nordholm");
        assert_eq!(marks, [[5, 10], [15, 23]]);
    }
}
