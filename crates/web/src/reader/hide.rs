//! Outlets that a reader hides: a cookie with their domains, no account.

use std::collections::BTreeSet;

use axum::extract::{Form, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::receipt::{Line, Receipt};
use serde::Deserialize;
use store::Story;

use crate::link;
use crate::server::{Fault, Site};

/// The most outlets that one reader hides.
const MOST: usize = 100;
/// The longest domain name there is.
const LONGEST: usize = 253;
/// A year, after which the cookie is forgotten.
const YEAR: u32 = 31_536_000;

/// The outlets that this reader hides, by registrable domain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hidden(BTreeSet<String>);

/// What the form says.
#[derive(Deserialize)]
pub(super) struct Wish {
    #[serde(default)]
    domain: String,
    /// `hide`, `show`, or `clear` to show all again.
    #[serde(default)]
    action: String,
    /// The page to go back to.
    #[serde(default)]
    back: String,
}

impl Hidden {
    /// Those that the request's cookie names.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let domains = pairs.filter(|(name, _)| *name == "hide").flat_map(|(_, value)| value.split('|'));
        Self(domains.filter(|domain| is_domain(domain)).take(MOST).map(str::to_owned).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn holds(&self, domain: &str) -> bool {
        self.0.contains(domain)
    }

    /// Whether a sentence rests on hidden outlets alone.
    pub(super) fn covers(&self, receipt: &Receipt, line: &Line) -> bool {
        let hidden = |number: u32| {
            let source = receipt.sources.iter().find(|source| source.number == number);
            let domain = source.and_then(|source| source.url.as_deref()).and_then(link::domain);
            domain.is_some_and(|domain| self.holds(&domain))
        };
        !self.is_empty() && line.passages.iter().all(|passage| hidden(passage.source))
    }

    /// Whether nothing of a digest is left.
    pub(super) fn covers_all(&self, receipt: &Receipt) -> bool {
        !self.is_empty() && receipt.paragraphs.iter().flatten().all(|line| self.covers(receipt, line))
    }

    /// The stories of which something is left for this reader.
    pub(super) async fn left(&self, site: &Site, stories: Vec<Story>) -> Result<Vec<Story>, Fault> {
        if self.is_empty() {
            return Ok(stories);
        }
        let mut left = Vec::with_capacity(stories.len());
        for story in stories {
            let digest = site.store.published(&story.id).await?;
            let receipt = digest.and_then(|digest| serde_json::from_str(&digest.receipt).ok());
            if !receipt.is_some_and(|receipt: Receipt| self.covers_all(&receipt)) {
                left.push(story);
            }
        }
        Ok(left)
    }

    fn cookie(&self, secure: bool) -> Option<HeaderValue> {
        let value: Vec<&str> = self.0.iter().map(String::as_str).collect();
        let age = if value.is_empty() { 0 } else { YEAR };
        let secure = if secure { "; Secure" } else { "" };
        let cookie =
            format!("hide={}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}", value.join("|"));
        HeaderValue::from_str(&cookie).ok()
    }
}

/// Hides an outlet or shows it again, and goes back.
pub(super) async fn hide(
    State(site): State<Site>,
    headers: HeaderMap,
    Form(wish): Form<Wish>,
) -> Result<Response, Fault> {
    let mut hidden = Hidden::of(&headers);
    let domain = wish.domain.trim().to_lowercase();
    match wish.action.as_str() {
        "clear" => hidden.0.clear(),
        "show" => _ = hidden.0.remove(&domain),
        "hide" if !is_domain(&domain) => {
            return Err(Fault::Bad("That is no outlet’s address. Choose one under “Outlets”."));
        }
        "hide" if hidden.len() >= MOST => {
            return Err(Fault::Bad(
                "You hide a hundred outlets already. Show one again before you hide another.",
            ));
        }
        "hide" => _ = hidden.0.insert(domain),
        _ => return Err(Fault::Bad("Nothing was chosen. Use the buttons under “Outlets”.")),
    }
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, back(&wish.back))]).into_response();
    if let Some(cookie) = hidden.cookie(site.settings.secure_cookies) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// A page of this site, never one elsewhere.
fn back(to: &str) -> HeaderValue {
    let local = to.starts_with('/') && !to[1..].starts_with(['/', '\\']) && to.len() <= 512;
    let sound = to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let value = if local && sound { HeaderValue::from_str(to).ok() } else { None };
    value.unwrap_or(HeaderValue::from_static("/outlets"))
}

fn is_domain(text: &str) -> bool {
    let letters =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'_');
    !text.is_empty() && text.len() <= LONGEST && text.bytes().all(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_stays_on_this_site() {
        for (to, expected) in [
            ("/day/2026-03-11?page=2", "/day/2026-03-11?page=2"),
            ("//evil.example/", "/outlets"),
            ("/\\evil.example", "/outlets"),
            ("https://evil.example/", "/outlets"),
            ("/a\r\nSet-Cookie: x=1", "/outlets"),
            ("", "/outlets"),
            ("/\u{202E}", "/outlets"),
        ] {
            assert_eq!(back(to).to_str().ok(), Some(expected), "{to:?}");
        }
    }

    #[test]
    fn a_cookie_holds_domains_and_nothing_else() {
        let mut headers = HeaderMap::new();
        let cookie = "a=1; hide=post.example|<script>|B.example|lantern.example; hide2=x.example";
        headers.insert(header::COOKIE, HeaderValue::from_static(cookie));
        let hidden = Hidden::of(&headers);
        assert_eq!(
            hidden.0.iter().map(String::as_str).collect::<Vec<_>>(),
            ["lantern.example", "post.example"]
        );
        let long = format!("hide={}", vec!["a.example"; 5000].join("|"));
        headers.insert(header::COOKIE, HeaderValue::from_str(&long).expect("plain text"));
        assert_eq!(Hidden::of(&headers).len(), 1);
    }
}
