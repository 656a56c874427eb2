//! Signing, chance and cookies: what the forms of the site and the desk share.

use axum::http::{HeaderMap, HeaderValue, header};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The most bytes of cookies that are looked at.
const LONGEST: usize = 8 * 1024;

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half & 15)]);
    bytes.iter().flat_map(|&byte| [digit(byte >> 4), digit(byte)]).collect()
}

/// 32 bytes of chance as 64 hexadecimal digits.
pub(crate) fn random() -> String {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("an operating system without chance can serve nobody");
    hex(&bytes)
}

/// The keyed hash of words for one purpose, so that what is signed for one form is worth nothing in another.
pub(crate) fn mac(key: &[u8], purpose: &str, words: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in [purpose, words] {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    hex(&mac.finalize().into_bytes())
}

/// Whether two texts are equal, in a time that does not tell where they differ.
pub(crate) fn same(left: &str, right: &str) -> bool {
    let pairs = left.bytes().zip(right.bytes());
    left.len() == right.len() && pairs.fold(0, |odd, (a, b)| odd | (a ^ b)) == 0
}

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .filter(|line| line.len() <= LONGEST)
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// The header that sets a cookie. `value` and `rest` are our own; anything else gives none.
pub(crate) fn set_cookie(name: &str, value: &str, rest: &str, secure: bool) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; {rest}; HttpOnly{secure}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_bound_to_key_purpose_and_words() {
        let first = mac(b"key", "a", "bc");
        assert_eq!(first.len(), 64);
        assert_eq!(first, mac(b"key", "a", "bc"));
        for other in [mac(b"kez", "a", "bc"), mac(b"key", "ab", "c"), mac(b"key", "a", "bd")] {
            assert_ne!(first, other);
        }
        assert!(same("ab", "ab") && !same("ab", "ac") && !same("ab", "a") && same("", ""));
        assert_ne!(random(), random());
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("xdesk=1; desk=2;b=3"));
        headers.append(header::COOKIE, HeaderValue::from_static("c=4"));
        assert_eq!(cookie(&headers, "desk"), Some("2"));
        assert_eq!(cookie(&headers, "c"), Some("4"));
        assert_eq!(cookie(&headers, "d"), None);
    }
}
