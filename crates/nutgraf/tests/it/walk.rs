//! A real browser walks the newsroom: what readers do and what editors do, by day and by night, on a desk and on a
//! phone.

mod editing;
mod reading;
mod source;

use std::path::PathBuf;
use std::time::Duration;

use crate::driver::{Browser, Scheme, axe};
use crate::newcomer::story;
use crate::newsroom::Newsroom;
use crate::place::Place;

/// A desk's screen and a phone's.
const SIZES: [(&str, u32, u32); 2] = [("wide", 1280, 1600), ("narrow", 390, 844)];

/// What stands out of the window on the right, if the page is wider than it.
const WIDE: &str = "const width = window.innerWidth; \
    if (document.documentElement.scrollWidth <= width) return []; \
    return [...document.querySelectorAll('body *')].filter(node => node.getBoundingClientRect().right > width) \
    .slice(0, 6).map(node => node.outerHTML.slice(0, 160));";

/// A running demonstration with both stories on its front page, and a browser before it.
struct Visit {
    browser: Browser,
    newsroom: Newsroom,
    /// Goes last: the browser writes into it until it ends.
    _place: Place,
    /// The path of the ferry's story.
    ferry: String,
}

impl Visit {
    fn new(name: &str) -> Option<Self> {
        let place = Place::new(name);
        let browser = Browser::open(&place)?;
        let newsroom = Newsroom::start(place.path(), &["--demo"]);
        let both = |html: &str| story(html, "Ferry").is_some() && story(html, "Lithium").is_some();
        let front = newsroom.until("/", 60, |page| both(&page.body));
        let ferry = story(&front.body, "Ferry").expect("it was just there");
        Some(Self { browser, newsroom, _place: place, ferry })
    }

    /// Opens a page of the site.
    #[track_caller]
    fn go(&self, path: &str) -> &Browser {
        self.browser.go(&format!("{}{path}", self.newsroom.site))
    }

    /// Looks at a page in both sizes, by day and by night: nothing is complained of, everybody can use it, nothing
    /// is wider than the window.
    #[track_caller]
    fn look(&self, name: &str, path: &str) {
        let axe = axe();
        for (size, width, height) in SIZES {
            for scheme in [Scheme::Light, Scheme::Dark] {
                self.browser.size(width, height).scheme(scheme);
                let browser = self.go(path);
                browser.accessible(axe.as_deref());
                let wide = browser.run(WIDE, &[]);
                assert_eq!(wide, serde_json::json!([]), "{path} is wider than {width}");
                let file = pictures().join(format!("{name}-{size}-{scheme:?}.png").to_lowercase());
                browser.picture(&file);
            }
        }
        let complaints = self.browser.complaints();
        assert!(complaints.is_empty(), "{path}: {complaints:?}");
        self.browser.size(SIZES[0].1, SIZES[0].2).scheme(Scheme::Light);
    }
}

impl Visit {
    /// Lets the time pass that a person needs to fill a form; sooner it is not taken.
    fn type_as_people_do(&self) {
        std::thread::sleep(Duration::from_millis(3_200));
    }

    /// Logs in to the desk with the password that the first start printed.
    #[track_caller]
    fn log_in(&self) {
        let password = self.newsroom.password.clone().expect("the first start says the password");
        let browser = self.go("/desk");
        browser.one("[name=name]").write("editor");
        browser.one("[name=password]").write(&password);
        browser.one("button.main").click();
        browser.wait("a[href=\"/desk/feeds\"]", 10);
    }
}

/// Where the pictures stay, for people to look at.
fn pictures() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).expect("the build folder can be written");
    folder
}
