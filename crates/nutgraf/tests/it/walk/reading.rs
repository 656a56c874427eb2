//! What readers do: read, touch a mark, open a source at its passage, search, hide an outlet, say that something is
//! wrong.

use super::source::Sources;
use super::{SIZES, Visit};

/// How much of the page's window lies above the first place where these words stand, between 0 and 1; outside of that
/// when it is not in the window, null where the words are not on the page.
const SEEN: &str = "const range = document.createRange(); \
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); \
    for (let node = walk.nextNode(); node; node = walk.nextNode()) { \
        const at = node.data.indexOf(arguments[0]); \
        if (at < 0) continue; \
        range.setStart(node, at); range.setEnd(node, at + arguments[0].length); \
        return range.getBoundingClientRect().top / window.innerHeight; } \
    return null;";

#[test]
fn readers_read_touch_marks_and_open_a_source_at_its_passage() {
    let Some(visit) = Visit::new("a-reader") else { return };
    visit.look("front", "/");
    visit.look("story", &visit.ferry);
    let browser = visit.go("/");
    browser.one(&format!("a[href=\"{}\"]", visit.ferry)).click();
    let led = browser.until(|browser| browser.address().ends_with(&visit.ferry).then_some(()));
    assert!(led.is_some(), "the headline led to {}", browser.address());
    let mark = browser.one(".body [popovertarget]");
    let card = mark.attribute("popovertarget").expect("it has one");
    let card = browser.one(&format!("[id=\"{card}\"]"));
    assert!(!card.is_shown(), "a card is shown before anybody asked");
    mark.hover();
    assert!(card.shows(), "the card does not show under the pointer");

    browser.size(SIZES[1].1, SIZES[1].2);
    let browser = visit.go(&visit.ferry);
    let mark = browser.one(".body [popovertarget]");
    let id = mark.attribute("popovertarget").expect("it has one");
    mark.click();
    let card = browser.one(&format!("[id=\"{id}\"]"));
    assert!(card.shows() && !card.text().is_empty(), "the card does not show at a tap");

    let passage = browser.one(&format!("[id=\"{id}\"] blockquote")).text();
    let link = browser.one(&format!("[id=\"{id}\"] .open a")).attribute("href").expect("a link has one");
    assert!(link.contains("#:~:text="), "{link} does not lead to a passage");
    let complaints = browser.complaints();
    assert!(complaints.is_empty(), "{complaints:?}");
    let sources = Sources::open();
    browser.size(SIZES[1].1, 300).go(&sources.here(&link));
    let words: String = passage.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    let seen = browser.until(|browser| {
        browser.run(SEEN, &[words.clone().into()]).as_f64().filter(|top| (0.0..1.0).contains(top))
    });
    assert!(seen.is_some(), "the page does not open where “{words}” stands: {link}");
}

#[test]
fn readers_find_hide_and_report() {
    let Some(visit) = Visit::new("a-seeker") else { return };
    let browser = visit.go("/search");
    browser.one("#q").write("ferry aground");
    browser.one("form.search button").click();
    let found = browser.wait(".rows article h3 a", 10);
    assert_eq!(found.attribute("href").as_deref(), Some(&*visit.ferry), "{}", browser.one("main").text());
    visit.look("search", "/search?q=ferry");
    visit.look("search-nothing", "/search?q=zeppelin");
    visit.look("search-articles", "/search?q=ferry&in=articles");

    let browser = visit.go(&visit.ferry);
    browser.one(".all a[href^=\"/outlet/\"]").click();
    browser.wait("form[action=\"/hide\"]", 10);
    let outlet = browser.address();
    let name = browser.one("h1").text();
    visit.look("outlet", outlet.trim_start_matches(&*visit.newsroom.site));
    visit.go(outlet.trim_start_matches(&*visit.newsroom.site)).one("form[action=\"/hide\"] button").click();
    browser.wait("aside.hiding", 10);
    assert_eq!(browser.address(), outlet, "hiding an outlet leads away from its page");
    // A new version may come while one looks: the same one must stand before and after.
    let whole = || visit.newsroom.get(&visit.ferry).body.matches("class=\"s\"").count();
    let seen = browser.until(|browser| {
        let before = whole();
        let left = visit.go(&visit.ferry).all(".body .s").len();
        let note = browser.find(".withheld").map(|note| note.text()).unwrap_or_default();
        (before == whole()).then_some((before, left, note))
    });
    let (before, left, note) = seen.expect("a version stands for a moment");
    assert!(before > 5 && left <= before, "{name} is hidden: {left} of {before} sentences are left");
    assert_eq!(left < before, !note.is_empty(), "{left} of {before} sentences are left: {note}");
    visit.look("story-with-an-outlet-hidden", &visit.ferry);
    visit.go("/outlets").one("aside.hiding a");
    visit.go(outlet.trim_start_matches(&*visit.newsroom.site)).one("button.on").click();
    let shown = browser.until(|browser| browser.find("aside.hiding").is_none().then_some(()));
    assert!(shown.is_some(), "{name} is shown again and the page says otherwise");

    let browser = visit.go(&visit.ferry);
    browser.one(".body [popovertarget]").click();
    browser.wait(":popover-open .wrong a", 10).click();
    browser.wait("form[action$=\"/report\"]", 10);
    let quoted = browser.one("main blockquote").text();
    browser.one("textarea[name=words]").write("The hour is wrong: it was later.");
    visit.type_as_people_do();
    browser.one("form[action$=\"/report\"] button").click();
    let sent = browser.until(|browser| browser.address().contains("/reported").then_some(()));
    assert!(sent.is_some(), "the report led to {}: {}", browser.address(), browser.one("main").text());
    visit.log_in();
    let reports = visit.go("/desk/reports").one("main").text();
    assert!(reports.contains("it was later") && reports.contains(&*quoted), "{reports}");
    visit.look("desk-reports", "/desk/reports");
}

#[test]
fn every_kind_of_page_is_for_everybody() {
    let Some(visit) = Visit::new("every-page") else { return };
    visit.newsroom.until(&format!("{}/version/2", visit.ferry), 90, |page| page.status == 200);
    let browser = visit.go(&visit.ferry);
    let record = browser.one(".all a[href^=\"/article/\"]").attribute("href").expect("a link has one");
    for (name, path) in [
        ("version", &*format!("{}/version/1", visit.ferry)),
        ("report", &*format!("{}/report?sentence=1", visit.ferry)),
        ("article", &*record),
        ("archive", "/archive"),
        ("day", "/day/2026-04-18"),
        ("section", "/section/World"),
        ("outlets", "/outlets"),
        ("how", "/how"),
        ("corrections", "/corrections"),
        ("about", "/about"),
        ("login", "/desk/login"),
    ] {
        visit.look(name, path);
    }
    // A page that is not there is one too; the browser notes its status.
    visit.go("/story/nothing").accessible(crate::driver::axe().as_deref());
    assert!(!browser.complaints().is_empty(), "the browser does not notice a missing page");
}
