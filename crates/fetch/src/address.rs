//! Addresses in one form, so that an article that several feeds list is one, and the site that each belongs to.

use url::{Host, Url};

/// The longest address that is kept.
const LONGEST: usize = 2048;

/// Parameters that say where a reader came from and not what is read. Names of parameters only, in lower case:
/// what a site means by its other parameters is its own affair.
const TRACKING: [&str; 33] = [
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "at_campaign",
    "at_custom1",
    "at_custom2",
    "at_custom3",
    "at_custom4",
    "at_medium",
    "cmpid",
    "dclid",
    "fb_action_ids",
    "fb_action_types",
    "fb_source",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ns_campaign",
    "ns_mchannel",
    "ns_source",
    "twclid",
    "wbraid",
    "wt.mc_id",
    "xtor",
    "yclid",
    "ymclid",
];

/// Beginnings of such names.
const TRACKING_STARTS: [&str; 4] = ["utm_", "mtm_", "pk_", "piwik_"];

/// The address in its normal form: host in lower case, no default port, no fragment, no parameters that only
/// track (`utm_*`, `fbclid`, `gclid` …); the others stay in their order. None for what is no http(s) address,
/// carries a password, or is longer than 2,048 characters.
#[must_use]
pub fn normal(address: &str) -> Option<String> {
    let address = address.trim();
    if address.len() > LONGEST {
        return None;
    }
    let mut url = Url::parse(address).ok()?;
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    url.set_fragment(None);
    if let Some(query) = url.query() {
        let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !tracks(pair)).collect();
        let kept = (!kept.is_empty()).then(|| kept.join("&"));
        url.set_query(kept.as_deref());
    }
    let normal = String::from(url);
    (normal.len() <= LONGEST).then_some(normal)
}

fn tracks(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    TRACKING.contains(&name.as_str()) || TRACKING_STARTS.iter().any(|start| name.starts_with(start))
}

/// The site that an address belongs to: its registrable domain (`news.paper.co.uk` → `paper.co.uk`), or its host
/// where that is a number or a public suffix itself. The pace is kept for each of these.
#[must_use]
pub fn site(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    Some(match url.host()? {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            psl::domain_str(&name).map_or(name.clone(), str::to_owned)
        }
        number => number.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_form() {
        for (written, expected) in [
            (" HTTPS://Paper.Example:443/A?b=1#c ", Some("https://paper.example/A?b=1")),
            ("http://paper.example:80", Some("http://paper.example/")),
            (
                "https://paper.example/a?utm_source=x&id=2&fbclid=y&a=1",
                Some("https://paper.example/a?id=2&a=1"),
            ),
            ("https://paper.example/a?UTM_Medium=x", Some("https://paper.example/a")),
            ("https://paper.example/a?utmost=1", Some("https://paper.example/a?utmost=1")),
            ("https://paper.example/a?", Some("https://paper.example/a")),
            ("https://paper.example/a?ref=1&&x=%20", Some("https://paper.example/a?ref=1&x=%20")),
            (
                "https://paper.example/a\r\nHost: evil.example",
                Some("https://paper.example/aHost:%20evil.example"),
            ),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("mailto:a@paper.example", None),
            ("https://me:pw@paper.example/", None),
            ("/relative", None),
            ("", None),
        ] {
            assert_eq!(normal(written).as_deref(), expected, "{written}");
        }
        assert_eq!(normal(&format!("https://paper.example/{}", "a".repeat(3000))), None);
    }

    #[test]
    fn a_site_is_a_registrable_domain() {
        for (address, expected) in [
            ("https://www.news.paper.co.uk/a", Some("paper.co.uk")),
            ("https://a.paper.example./", Some("paper.example")),
            ("https://PAPER.example/", Some("paper.example")),
            ("http://127.0.0.1:80/", Some("127.0.0.1")),
            ("http://[::1]/", Some("[::1]")),
            ("http://localhost/", Some("localhost")),
            ("nothing", None),
        ] {
            assert_eq!(site(address).as_deref(), expected, "{address}");
        }
    }
}
