//! The digest page in a real browser: headless Chromium, named in `CHROMIUM` or found under its usual name.
//! Where there is none the tests say so and pass; `cargo xtask test` installs it or counts them as skipped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::command::run_in;
use crate::place::{Place, repository};

/// A desk's screen and a phone's.
const WIDTHS: [u32; 2] = [1280, 390];

#[test]
fn the_page_of_a_digest_opens_as_it_should() {
    let Some(browser) = browser() else { return };
    let place = Place::new("the-page-of-a-digest");
    let page = page(&place);
    let html = fs::read_to_string(&page).expect("the page was written");
    for width in WIDTHS {
        let view = open(&browser, &place, &page, width);
        assert!(
            !view.said.contains("Content Security Policy"),
            "the page breaks its own policy:\n{}",
            view.said
        );
        assert!(!view.said.contains("Uncaught"), "the page runs something that fails:\n{}", view.said);
        let headline =
            |page: &str| between(page, "<h1", "</h1>").map(spoken).expect("the page has a headline");
        assert_eq!(headline(&view.dom), headline(&html), "the browser shows another headline");
        let (marks, cards) = (targets(&view.dom), cards(&view.dom));
        assert!(marks.len() >= 5, "there are only {} marks", marks.len());
        for mark in &marks {
            assert!(cards.contains(mark), "the mark that opens {mark} has no card; there are {cards:?}");
        }
        assert!(view.picture > 10_000, "the picture at {width} pixels has only {} bytes", view.picture);
    }
}

/// The test above would be worth nothing if the browser kept silent.
#[test]
fn a_page_that_breaks_its_policy_is_noticed() {
    let Some(browser) = browser() else { return };
    let place = Place::new("a-page-that-breaks-its-policy");
    let page = page(&place);
    let html = fs::read_to_string(&page).expect("the page was written");
    let broken = html.replacen("</main>", "<script>document.title = 'run'</script></main>", 1);
    assert_ne!(html, broken, "the page has a main part");
    place.file("broken.html", broken);
    let view = open(&browser, &place, &place.path().join("broken.html"), WIDTHS[0]);
    assert!(view.said.contains("Content Security Policy"), "the browser said only:\n{}", view.said);
    assert!(!view.dom.contains("<title>run"), "the script ran");
}

/// What the browser made of a page.
struct View {
    dom: String,
    said: String,
    picture: u64,
}

pub(crate) fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let usual =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from);
    let found = named.into_iter().chain(usual).find(|path| path.is_file());
    if found.is_none() {
        eprintln!("skipped: no browser. Install chromium, or name one in CHROMIUM");
    }
    found
}

/// The page of the example's digest.
fn page(place: &Place) -> PathBuf {
    let example = repository().join("examples/ferry");
    let example = example.to_str().expect("the repository's path is UTF-8");
    run_in(place.path(), &["digest", example, "--format", "html", "--out", "pages"]).code(0);
    let folder = fs::read_dir(place.path().join("pages")).expect("the folder was made");
    let mut pages: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).collect();
    assert_eq!(pages.len(), 1, "one story, one page");
    pages.remove(0)
}

/// Opens a page once for its tree and once for a picture: the browser does only one of both at a time.
fn open(browser: &Path, place: &Place, page: &Path, width: u32) -> View {
    let picture = place.path().join(format!("{width}.png"));
    let address = format!("file://{}", page.display());
    let size = format!("--window-size={width},1600");
    let chromium = |wish: &str| {
        let output = Command::new(browser)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
            ])
            .args(["--no-first-run", "--disable-extensions", "--disable-background-networking"])
            .args(["--enable-logging=stderr", "--v=0", "--timeout=30000"])
            .arg(format!("--user-data-dir={}", place.path().join("profile").display()))
            .args([&size, wish, &address])
            .stdin(Stdio::null())
            .output()
            .expect("the browser starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (text(output.stdout), text(output.stderr))
    };
    let (dom, mut said) = chromium("--dump-dom");
    said += &chromium(&format!("--screenshot={}", picture.display())).1;
    let picture = fs::metadata(&picture).map_or(0, |file| file.len());
    View { dom, said, picture }
}

/// The ids of the cards that marks open.
fn targets(dom: &str) -> Vec<&str> {
    dom.split("popovertarget=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The ids of all cards: elements that are popovers.
fn cards(dom: &str) -> Vec<&str> {
    let tags = dom.split('<').filter_map(|tag| tag.split_once('>')).map(|(tag, _)| tag);
    let cards = tags.filter(|tag| {
        tag.split_whitespace().any(|part| part.starts_with("popover") && !part.starts_with("popovert"))
    });
    cards.filter_map(|tag| between(tag, "id=\"", "\"")).collect()
}

/// A text without the escapes that a page needs and a browser writes otherwise.
fn spoken(html: &str) -> String {
    let escapes =
        [("&#39;", "'"), ("&#34;", "\""), ("&quot;", "\""), ("&#x27;", "'"), ("&#38;", "&"), ("&amp;", "&")];
    escapes.iter().fold(html.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
}

/// The text between two signs; where the first is an open tag, after its end.
fn between<'t>(text: &'t str, from: &str, to: &str) -> Option<&'t str> {
    let rest = &text[text.find(from)? + from.len()..];
    let rest = if from.starts_with('<') { &rest[rest.find('>')? + 1..] } else { rest };
    rest.find(to).map(|end| rest[..end].trim())
}
