//! Addresses of articles as what tells one from another.

use url::Url;

/// Parameters of an address that only say where the reader came from.
const TRACKING: [&str; 14] = [
    "fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_cid", "mc_eid", "ref", "ref_src", "cmp", "cmpid",
    "smid", "ocid", "ncid",
];

/// An address freed of what does not tell articles apart: scheme, `www.`, fragment, closing slash, tracking.
#[must_use]
pub(crate) fn canonical(address: &str) -> String {
    let address = address.trim();
    let Ok(url) = Url::parse(address) else {
        return address.trim_end_matches('/').to_lowercase();
    };
    let host = url.host_str().unwrap_or_default().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let kept: Vec<String> = (url.query_pairs())
        .filter(|(name, _)| {
            let name = name.to_lowercase();
            !name.starts_with("utm_") && !TRACKING.contains(&name.as_str())
        })
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    format!("{host}{port}{}{query}", url.path().trim_end_matches('/'))
}

/// Whether the end of an address looks like an article's: a headline in at least four words, or a number that no list has.
pub(crate) fn is_article(address: &str) -> bool {
    let path = address.split('?').next().unwrap_or(address);
    let end = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
    let words = end.split(['-', '_']).filter(|word| word.chars().any(char::is_alphabetic)).count();
    let longest = path.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    words >= 4 || longest >= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_and_long_numbers_make_an_article_and_subjects_do_not() {
        for (address, is) in [
            ("harbor.example/news/ferry-sinks-off-port-elm", true),
            ("harbor.example/world-12345678", true),
            ("harbor.example/2026/03/11/ferry.html?id=7", false),
            ("harbor.example/topic/port-elm", false),
            ("harbor.example", false),
            ("", false),
        ] {
            assert_eq!(is_article(address), is, "{address}");
        }
    }
}
