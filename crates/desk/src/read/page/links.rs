//! What the running text links to.

use url::Url;

use super::image::resolve;

/// The most links that are kept of one page, and how long one may be, in bytes.
const LIMIT: usize = 24;
const LONGEST: usize = 2_048;

/// The links of a page at `address`, whole and without what opens a place inside a page, each once; those to the page itself
/// are left out.
pub(super) fn resolved(links: Vec<String>, address: Option<&str>) -> Vec<String> {
    let base = address.and_then(|address| Url::parse(address).ok());
    let bare = |link: &str| link.split('#').next().unwrap_or(link).to_owned();
    let own = base.as_ref().map(|base| bare(base.as_str()));
    let mut out: Vec<String> = Vec::new();
    for link in links.iter().filter(|link| link.len() <= LONGEST) {
        let Some(link) = resolve(link, base.as_ref()).map(|link| bare(&link)) else { continue };
        if out.len() < LIMIT && Some(&link) != own.as_ref() && !out.contains(&link) {
            out.push(link);
        }
    }
    out
}
