//! Who sits at the desk: a session for every page, and a signed form for everything that changes something.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use desk::article::sha256;

use crate::server::{Fault, Site};
use crate::talk::{self, Fields};

/// The name of the session's cookie.
pub(super) const COOKIE: &str = "desk";

/// Somebody who has logged in.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    /// The editor's number.
    pub(super) editor: i64,
    /// The editor's name.
    pub(super) name: String,
    /// The hash of the session's token.
    pub(super) session: String,
    /// What every form of this session must send back.
    pub(super) csrf: String,
}

/// A form that was sent by a page of this desk to somebody who has logged in.
#[derive(Clone, Debug)]
pub(super) struct Posted {
    /// Who sent it.
    pub(super) seat: Seat,
    /// Its fields.
    pub(super) fields: Fields,
}

/// Why there is no seat.
#[derive(Debug)]
pub(super) enum Denied {
    /// Nobody is logged in; where to go on after logging in.
    Login(String),
    /// Something else.
    Fault(Fault),
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        match self {
            Self::Login(to) if to == "/desk" => Redirect::to("/desk/login").into_response(),
            Self::Login(to) => Redirect::to(&format!("/desk/login?to={to}")).into_response(),
            Self::Fault(fault) => fault.into_response(),
        }
    }
}

impl FromRequestParts<Site> for Seat {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Denied> {
        let to = local(parts.uri.path()).unwrap_or("/desk").to_owned();
        let token = session_hash(&parts.headers).ok_or_else(|| Denied::Login(to.clone()))?;
        let session = site
            .store
            .session(&token, site.clock.now())
            .await
            .map_err(|error| Denied::Fault(error.into()))?;
        let session = session.ok_or(Denied::Login(to))?;
        let csrf = csrf(site, &session.token);
        Ok(Self { editor: session.editor, name: session.name, session: session.token, csrf })
    }
}

impl FromRequest<Site> for Posted {
    type Rejection = Denied;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Denied> {
        let (mut parts, body) = request.into_parts();
        let seat = Seat::from_request_parts(&mut parts, site).await.map_err(|denied| match denied {
            // An action can't be gone back to; the page that offers it can be found from the overview.
            Denied::Login(_) => Denied::Login("/desk".to_owned()),
            fault @ Denied::Fault(_) => fault,
        })?;
        let fields =
            Fields::from_request(Request::from_parts(parts, body), site).await.map_err(Denied::Fault)?;
        if !talk::same(fields.get("csrf"), &seat.csrf) {
            let words = "This form is from an earlier session. Nothing was changed: go back, load the page again and repeat it.";
            return Err(Denied::Fault(Fault::Forbidden(words)));
        }
        Ok(Self { seat, fields })
    }
}

/// The hash of the session's token in the cookie.
pub(super) fn session_hash(headers: &HeaderMap) -> Option<String> {
    let token = talk::cookie(headers, COOKIE)?;
    (token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .then(|| sha256(token.as_bytes()))
}

/// What the forms of a session must send back.
pub(super) fn csrf(site: &Site, session: &str) -> String {
    talk::mac(&*site.key, "desk form", session)
}

/// The path, if it is one of the desk's that can be gone back to.
pub(super) fn local(path: &str) -> Option<&str> {
    let ours = path == "/desk" || path.starts_with("/desk/");
    let plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte));
    let loops = matches!(path, "/desk/login" | "/desk/logout");
    (ours && plain && !loops && path.len() <= 200 && !path.contains("//") && !path.contains(".."))
        .then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_desk_are_gone_back_to() {
        for (path, good) in [
            ("/desk", true),
            ("/desk/story/s1a2", true),
            ("/desk/login", false),
            ("//evil.example", false),
            ("/desk//evil.example", false),
            ("/deskevil", false),
            ("https://evil.example/desk", false),
            ("/desk/\r\nSet-Cookie:a=b", false),
            ("/desk/../x", false),
            ("/desk?to=x", false),
        ] {
            assert_eq!(local(path).is_some(), good, "{path:?}");
        }
    }
}
