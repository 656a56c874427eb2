//! WebSub: a feed's hub tells us when it changes. Polling goes on beside it, so a hub that falls silent costs only time.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Sha256, Sha384, Sha512};
use url::Url;

use crate::http::{Client, refused};
use crate::refusal::{Cause, Refusal};

/// The longest `Link` header that is read.
const LONGEST: usize = 8192;

/// The hub of a feed, and what it is called there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The hub's address.
    pub hub: Option<String>,
    /// The feed's address at the hub.
    pub topic: Option<String>,
}

impl Links {
    /// Reads `Link` headers.
    #[must_use]
    pub fn of_headers<'a>(headers: impl Iterator<Item = &'a str>, base: &Url) -> Self {
        let mut links = Self::default();
        for header in headers.filter(|header| header.len() <= LONGEST) {
            for (address, rel) in entries(header) {
                links.note(&rel, address, base);
            }
        }
        links
    }

    /// Takes one link in; the first of each kind counts.
    pub fn note(&mut self, rel: &str, address: &str, base: &Url) {
        for word in rel.split_ascii_whitespace() {
            let place = match word.to_ascii_lowercase().as_str() {
                "hub" => &mut self.hub,
                "self" => &mut self.topic,
                _ => continue,
            };
            let joined =
                base.join(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
            if let (None, Some(url)) = (&place, joined) {
                *place = Some(url.into());
            }
        }
    }

    /// These links, and the others' where these lack one.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self { hub: self.hub.or(others.hub), topic: self.topic.or(others.topic) }
    }
}

/// The addresses and relations of one `Link` header.
fn entries(header: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut rest = header;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((address, after)) = after.split_once('>') else { break };
        // Parameters run to the next comma outside of quotes.
        let mut quoted = false;
        let end = after.find(|c: char| {
            quoted ^= c == '"';
            c == ',' && !quoted
        });
        let (parameters, next) = after.split_at(end.unwrap_or(after.len()));
        let rel = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
        let rel = rel.filter(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
        found.extend(rel.map(|(_, value)| (address, value.trim().trim_matches('"').to_owned())));
        rest = next;
    }
    found
}

/// What a hub is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subscription<'a> {
    /// The hub's address.
    pub hub: &'a str,
    /// The feed's address there.
    pub topic: &'a str,
    /// Where the hub shall tell us.
    pub callback: &'a str,
    /// The secret that it signs with, of less than 200 bytes.
    pub secret: &'a str,
    /// For how long, in seconds.
    pub lease: u64,
}

/// Asks a hub to tell us when a feed changes. The hub then asks the callback whether that was meant.
///
/// # Errors
/// When the hub may not be asked (its address comes from outside, so the rules for addresses hold), can't be
/// reached, or says no.
pub fn subscribe(client: &Client, ask: &Subscription<'_>) -> Result<(), Refusal> {
    let lease = ask.lease.to_string();
    let form = [
        ("hub.mode", "subscribe"),
        ("hub.topic", ask.topic),
        ("hub.callback", ask.callback),
        ("hub.secret", ask.secret),
        ("hub.lease_seconds", &lease),
    ];
    let answer = match client.post(ask.hub, &form) {
        Ok(200..300) => return Ok(()),
        Ok(status) => Cause::Hub { status },
        Err(cause) => cause,
    };
    Err(refused(ask.hub, &answer))
}

/// Whether a hub's message was signed with the secret: `header` is its `X-Hub-Signature`, such as `sha256=…`.
/// SHA-256, -384 and -512 count; SHA-1 does not. The time it takes tells nothing of the signature.
#[must_use]
pub fn verify_signature(secret: &str, header: &str, body: &[u8]) -> bool {
    let Some((method, digits)) = header.trim().split_once('=') else { return false };
    let Some(signature) = bytes(digits) else { return false };
    // Without a secret anybody could sign.
    if secret.is_empty() {
        return false;
    }
    macro_rules! signed {
        ($hash:ty) => {
            Hmac::<$hash>::new_from_slice(secret.as_bytes())
                .is_ok_and(|mac| mac.chain_update(body).verify_slice(&signature).is_ok())
        };
    }
    match method.trim().to_ascii_lowercase().as_str() {
        "sha256" => signed!(Sha256),
        "sha384" => signed!(Sha384),
        "sha512" => signed!(Sha512),
        _ => false,
    }
}

/// The bytes that hexadecimal digits stand for.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.trim().as_bytes();
    if digits.len() > 128 || !digits.len().is_multiple_of(2) {
        return None;
    }
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    digits.chunks(2).map(|pair| Some(value(pair[0])? * 16 + value(pair[1])?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::server::{Server, http};

    #[test]
    fn a_hub_is_asked_with_a_form_and_never_inside() {
        let server = Server::start(|request| match request.path.as_str() {
            "/" => http("202 Accepted", b""),
            _ => http("403 No", b"no"),
        });
        let client = Client::new(&Limits { stand_in: Some(server.address), ..Limits::default() });
        let mut ask = Subscription {
            hub: "https://hub.example/",
            topic: "https://paper.example/feed?a=1&b=2",
            callback: "https://news.example/hub/1",
            secret: "s&cret",
            lease: 864_000,
        };
        subscribe(&client, &ask).expect("the hub says yes");
        let asked = server.asked().pop().expect("it was asked");
        assert_eq!((asked.method.as_str(), asked.place().as_str()), ("POST", "hub.example/"));
        assert_eq!(
            asked.body,
            "hub.mode=subscribe&hub.topic=https%3A%2F%2Fpaper.example%2Ffeed%3Fa%3D1%26b%3D2&hub.callback=https%3A%2F%2Fnews.example%2Fhub%2F1&hub.secret=s%26cret&hub.lease_seconds=864000"
        );
        for (hub, code) in [
            ("https://hub.example/no", "hub"),
            ("http://127.0.0.1/", "private-address"),
            ("http://localhost/", "private-address"),
            ("file:///etc/hosts", "not-http"),
        ] {
            ask.hub = hub;
            assert_eq!(subscribe(&client, &ask).expect_err("it is refused").code, code, "{hub}");
        }
    }

    #[test]
    fn link_headers_name_hub_and_topic() {
        let base = Url::parse("https://paper.example/feed").expect("an address");
        let check = |headers: &[&str], hub: Option<&str>, topic: Option<&str>| {
            let links = Links::of_headers(headers.iter().copied(), &base);
            assert_eq!((links.hub.as_deref(), links.topic.as_deref()), (hub, topic), "{headers:?}");
        };
        check(
            &["<https://hub.example/>; rel=\"hub\", </feed>; title=\"a, b; rel=hub\"; REL=self"],
            Some("https://hub.example/"),
            Some("https://paper.example/feed"),
        );
        check(
            &["<https://hub.example/>; rel=\"alternate hub\"", "<https://x.example/>; rel=hub"],
            Some("https://hub.example/"),
            None,
        );
        check(&["<javascript:alert(1)>; rel=hub", "<", "<a", ">;rel=hub", ""], None, None);
    }

    #[test]
    fn only_what_was_signed_with_the_secret_counts() {
        // RFC 4231, test case 2.
        let (key, body) = ("Jefe", &b"what do ya want for nothing?"[..]);
        let right = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert!(verify_signature(key, right, body));
        assert!(verify_signature(key, &right.to_uppercase(), body));
        assert!(verify_signature(
            key,
            "sha384=af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
            body
        ));
        for wrong in [
            "",
            "sha256=",
            "sha256=00",
            &right[..69],
            &right.replace('5', "6"),
            "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
            "sha256=éé",
        ] {
            assert!(!verify_signature(key, wrong, body), "{wrong}");
        }
        assert!(!verify_signature(key, right, b"else"));
        assert!(!verify_signature("", right, body));
    }
}
