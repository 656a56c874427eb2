//! Where hubs tell that a feed changed (W3C WebSub). What they send is taken as a nudge and nothing else: the feed
//! is asked itself, and polling goes on as it was.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use sha2::Sha256;

use crate::server::{Fault, Site};
use crate::talk::{self, DAY, HOUR};

/// The longest challenge that is echoed.
const CHALLENGE: usize = 512;

/// What a hub asks before it believes a subscription.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Intent {
    #[serde(rename = "hub.mode")]
    mode: String,
    #[serde(rename = "hub.topic")]
    topic: String,
    #[serde(rename = "hub.challenge")]
    challenge: String,
    #[serde(rename = "hub.lease_seconds")]
    lease: String,
}

/// Confirms a subscription that we asked for, and the end of one that we no longer want.
pub(super) async fn verify(
    State(site): State<Site>,
    Path(id): Path<i64>,
    Query(intent): Query<Intent>,
) -> Result<Response, Fault> {
    let feed = site.store.feed(id).await?.ok_or(Fault::Missing)?;
    let ours = !feed.topic.is_empty() && feed.topic == intent.topic;
    let wanted = feed.state == store::State::Active && !feed.secret.is_empty();
    let sound = !intent.challenge.is_empty() && intent.challenge.len() <= CHALLENGE;
    match intent.mode.as_str() {
        "subscribe" if ours && wanted && sound => {
            let now = site.clock.now();
            let seconds: i64 = intent.lease.parse().unwrap_or(DAY / 1000);
            let lease = seconds.saturating_mul(1000).clamp(HOUR, 30 * DAY);
            site.store.set_lease(id, &feed.secret, Some(now.saturating_add(lease))).await?;
        }
        "unsubscribe" if ours && !wanted && sound => site.store.set_lease(id, "", None).await?,
        // Anybody can say that a hub denied us, so nothing follows from it; the lease ends by itself.
        "denied" if ours => return Ok(StatusCode::OK.into_response()),
        _ => return Err(Fault::Missing),
    }
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    Ok((headers, intent.challenge).into_response())
}

/// Takes a push. The answer says nothing of whether it was believed, as the standard asks.
pub(super) async fn push(
    State(site): State<Site>,
    Path(id): Path<i64>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Fault> {
    let feed = site.store.feed(id).await?.ok_or(Fault::Missing)?;
    let signature = headers.get("x-hub-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if feed.state == store::State::Active && is_signed(&feed.secret, &body, signature) {
        site.store.nudge_feed(id, site.clock.now()).await?;
    } else {
        tracing::warn!(feed = id, "a push without our signature was not believed");
    }
    Ok(StatusCode::ACCEPTED)
}

/// Whether a body is signed with our secret by HMAC-SHA256; older methods are not believed.
fn is_signed(secret: &str, body: &[u8], signature: &str) -> bool {
    let Some(digits) = signature.trim().strip_prefix("sha256=") else { return false };
    if secret.is_empty() {
        return false;
    }
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(body);
    talk::same(&talk::hex(&mac.finalize().into_bytes()), &digits.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_signature_is_believed() {
        // RFC 4231, test case 2.
        let right = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let body = b"what do ya want for nothing?";
        assert!(is_signed("Jefe", body, right));
        assert!(is_signed("Jefe", body, &right.to_uppercase().replace("SHA256", "sha256")));
        for (secret, body, signature) in [
            ("Jefa", &body[..], right),
            ("Jefe", b"other", right),
            ("Jefe", body, "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
            ("Jefe", body, ""),
            ("", body, right),
            ("Jefe", body, "sha256="),
        ] {
            assert!(!is_signed(secret, body, signature), "{secret} {signature}");
        }
    }
}
