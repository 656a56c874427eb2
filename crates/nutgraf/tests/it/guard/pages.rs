//! Every page of a working newsroom: its policy, and whom it would have a browser ask.

use std::collections::{BTreeSet, VecDeque};

use super::{Said, form, look};
use crate::newcomer::story;
use crate::newsroom::Newsroom;
use crate::place::Place;

/// The most pages that are looked at.
const MOST: usize = 250;

#[test]
fn every_page_is_sealed_and_asks_nobody_else() {
    let place = Place::new("guard-pages");
    let newsroom = Newsroom::start(place.path(), &["--demo", "--data", "data"]);
    newsroom.until("/", 60, |page| story(&page.body, "Ferry").is_some());
    let password = newsroom.password.clone().expect("a new newsroom says it");
    let said = form(&newsroom, "/desk/login", &[], &format!("name=editor&password={password}"));
    let set = said.headers("set-cookie").concat();
    let cookie = set.split(';').next().expect("the first part is there").to_owned();
    let first = [
        "/",
        "/desk",
        "/nowhere",
        "/desk/login",
        "/desk/nowhere",
        "/story/none",
        "/search?q=%22%3E",
        "/day/2026-99-99",
        "/api/v1/stories",
        "/metrics",
        "/health",
    ];
    let mut next: VecDeque<String> = first.map(str::to_owned).into();
    let mut seen: BTreeSet<String> = next.iter().cloned().collect();
    let (mut pages, mut faults) = (0, 0);
    while let Some(path) = next.pop_front() {
        if pages >= MOST {
            break;
        }
        pages += 1;
        let headers: &[(&str, &str)] = if path.starts_with("/desk") { &[("Cookie", &cookie)] } else { &[] };
        let said = look(&newsroom, &path, headers);
        assert!(said.status() < 500 && said.status() > 0, "{path}: {}", said.text);
        faults += usize::from(said.status() >= 400);
        check(&path, &said);
        for to in addresses(&said.text, "a", "href") {
            let to = to.split('#').next().unwrap_or_default().replace("&amp;", "&").replace("&#38;", "&");
            let logs_out = to.contains("logout") || to.contains("/login?");
            if to.starts_with('/') && !logs_out && seen.len() < 4 * MOST && seen.insert(to.clone()) {
                next.push_back(to);
            }
        }
    }
    assert!(pages > 60 && faults >= 4, "only {pages} pages, {faults} of them faults, were looked at");
    for (path, status) in [("/", 405), ("/archive", 405), ("/desk/stories", 405), ("/hide", 400)] {
        let said = form(&newsroom, path, &[], "x=y");
        assert_eq!(said.status(), status, "{path}: {}", said.text);
        check(path, &said);
    }
}

fn check(path: &str, said: &Said) {
    let one = |name: &str| {
        let values = said.headers(name);
        assert_eq!(values.len(), 1, "{path}: {name}: {values:?}");
        values[0].to_owned()
    };
    let policy = one("content-security-policy");
    for part in ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{path}: {policy}");
    }
    for loose in ["unsafe", "*", "http:", "https:", "data:", "script-src"] {
        assert!(!policy.contains(loose), "{path}: {policy}");
    }
    assert_eq!(one("x-content-type-options"), "nosniff", "{path}");
    assert!(!one("referrer-policy").contains("unsafe"), "{path}");
    for name in ["server", "x-powered-by"] {
        assert!(said.headers(name).is_empty(), "{path} tells what serves it");
    }
    let is_page = said.headers("content-type").iter().any(|kind| kind.starts_with("text/html"));
    if !is_page {
        assert!(said.status() >= 300 || !said.headers("content-type").is_empty(), "{path} has no kind");
        return;
    }
    let loads = [
        ("link", "href"),
        ("img", "src"),
        ("script", "src"),
        ("iframe", "src"),
        ("source", "src"),
        ("source", "srcset"),
        ("img", "srcset"),
        ("video", "src"),
        ("object", "data"),
        ("embed", "src"),
        ("use", "href"),
        ("form", "action"),
        ("button", "formaction"),
        ("a", "ping"),
    ];
    for (tag, attribute) in loads {
        for to in addresses(&said.text, tag, attribute) {
            let ours = to.starts_with('/') && !to.starts_with("//");
            // A page names its own address in full to search engines, and loads nothing by that.
            let named = tag == "link" && to.starts_with("http://127.0.0.1:");
            assert!(ours || named, "{path}: <{tag} {attribute}={to}>");
        }
    }
    let lower = said.text.to_lowercase();
    for loose in [
        "<style",
        "<base",
        "<iframe",
        "<object",
        "<embed",
        "http-equiv",
        " style=\"",
        "javascript:",
        "@import",
        "fonts.g",
    ] {
        assert!(!lower.contains(loose), "{path}: {loose}");
    }
    for script in lower.split("<script").skip(1) {
        assert!(script.starts_with(" type=\"application/ld+json\">"), "{path}: a script");
    }
}

/// What the tags of a kind have for an attribute.
fn addresses(page: &str, tag: &str, attribute: &str) -> Vec<String> {
    let open = format!("<{tag} ");
    let tags = page.split(&open).skip(1).filter_map(|rest| rest.split('>').next());
    let value = |tag: &str| {
        let from = format!(" {attribute}=\"");
        let tag = format!(" {tag}");
        tag.split(&from).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
    };
    tags.filter_map(value).collect()
}
