//! Asking the router for an address, and what came back.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use tower::ServiceExt as _;

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The same, after making sure that it went well.
    pub(crate) fn fine(self) -> Self {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        self
    }
}

/// Asks for an address with further headers.
pub(crate) async fn get_with(site: &Router, address: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::builder().uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(site, request.body(Body::empty()).expect("the address is one")).await
}

/// Asks for an address.
pub(crate) async fn get(site: &Router, address: &str) -> Reply {
    get_with(site, address, &[]).await
}

/// Sends a form.
pub(crate) async fn post(site: &Router, address: &str, form: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request =
        Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(site, request.body(Body::from(form.to_owned())).expect("the form is one")).await
}

pub(crate) async fn send(site: &Router, request: Request<Body>) -> Reply {
    let response = site.clone().oneshot(request).await.expect("a router always answers");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 64 << 20).await.expect("the body is whole").to_vec();
    Reply { status: parts.status, headers: parts.headers, bytes }
}
