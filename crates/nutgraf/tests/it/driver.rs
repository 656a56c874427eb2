//! A browser that tests drive: headless Chromium by WebDriver, spoken over a plain socket to chromedriver, which is
//! named in `CHROMEDRIVER` or found under its usual name.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::place::Place;
use crate::web;

/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The rules of axe that pages are held to.
const RULES: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// A browser with one window.
pub(crate) struct Browser {
    child: Child,
    session: String,
}

/// Something on a page.
pub(crate) struct Element<'b> {
    browser: &'b Browser,
    id: String,
}

/// Whether the page shows itself as by day or by night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

impl Browser {
    /// Opens a browser with a profile in that place; nothing, and said why, where there is none on this machine.
    pub(crate) fn open(place: &Place) -> Option<Self> {
        let browser = crate::browser::browser()?;
        let Some(driver) = driver() else {
            eprintln!("skipped: no chromedriver. Install chromium-driver, or name one in CHROMEDRIVER");
            return None;
        };
        let mut child = Command::new(driver)
            .args(["--port=0", "--allowed-ips=127.0.0.1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let rest = line.split("started successfully on port ").nth(1)?;
            rest.trim_end_matches('.').parse::<u16>().ok()
        });
        let port = port.expect("chromedriver says its port");
        // What else it prints must go somewhere.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let profile = place.path().join("browser");
        let options = json!({
            "binary": browser,
            "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage",
                "--hide-scrollbars", "--no-first-run", "--disable-extensions", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
                // A machine without a mouse would say that nothing can be pointed at.
                "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4", format!("--user-data-dir={}", profile.display()),
            ],
        });
        let wish = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
            "timeouts": {"pageLoad": 30_000, "script": 60_000, "implicit": 0},
        }}});
        let mut browser = Self { child, session: format!("http://127.0.0.1:{port}/session") };
        let session = browser.tell("", &wish)["sessionId"].as_str().expect("a session has an id").to_owned();
        browser.session = format!("{}/{session}", browser.session);
        Some(browser)
    }

    #[track_caller]
    fn tell(&self, path: &str, body: &Value) -> Value {
        match self.try_tell(path, body) {
            Ok(told) => told,
            Err(error) => panic!("{path}: {error}"),
        }
    }

    fn try_tell(&self, path: &str, body: &Value) -> Result<Value, String> {
        let address = format!("{}{path}", self.session);
        take(&web::post(&address, "application/json", &body.to_string())?)
    }

    #[track_caller]
    fn ask(&self, path: &str) -> Value {
        let answer = web::get(&format!("{}{path}", self.session)).and_then(|answer| take(&answer));
        answer.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Opens an address.
    #[track_caller]
    pub(crate) fn go(&self, address: &str) -> &Self {
        self.tell("/url", &json!({"url": address}));
        self
    }

    /// The address of the page.
    pub(crate) fn address(&self) -> String {
        self.ask("/url").as_str().unwrap_or_default().to_owned()
    }

    /// The page's title.
    pub(crate) fn title(&self) -> String {
        self.ask("/title").as_str().unwrap_or_default().to_owned()
    }

    /// The first element that a selector finds.
    pub(crate) fn find(&self, selector: &str) -> Option<Element<'_>> {
        self.all(selector).into_iter().next()
    }

    /// The first element that a selector finds, which must be there.
    #[track_caller]
    pub(crate) fn one(&self, selector: &str) -> Element<'_> {
        let found = self.find(selector);
        found.unwrap_or_else(|| panic!("{} has no {selector}", self.address()))
    }

    /// All elements that a selector finds.
    #[track_caller]
    pub(crate) fn all(&self, selector: &str) -> Vec<Element<'_>> {
        let found = self.tell("/elements", &json!({"using": "css selector", "value": selector}));
        let ids = found.as_array().into_iter().flatten().filter_map(|element| element[ELEMENT].as_str());
        ids.map(|id| Element { browser: self, id: id.to_owned() }).collect()
    }

    /// Asks until a selector finds something.
    #[track_caller]
    pub(crate) fn wait(&self, selector: &str, seconds: u64) -> Element<'_> {
        let begun = Instant::now();
        loop {
            if let Some(element) = self.find(selector) {
                return element;
            }
            let late = begun.elapsed() > Duration::from_secs(seconds);
            assert!(!late, "{} has no {selector} after {seconds} s", self.address());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Looks until there is something to see, for half a minute.
    pub(crate) fn until<T>(&self, look: impl Fn(&Self) -> Option<T>) -> Option<T> {
        let begun = Instant::now();
        loop {
            let seen = look(self);
            if seen.is_some() || begun.elapsed() > Duration::from_secs(30) {
                return seen;
            }
            std::thread::sleep(Duration::from_millis(250));
        }
    }

    /// Runs a script in the page and gives what it returns. The page's own policy does not hold for it.
    #[track_caller]
    pub(crate) fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.tell("/execute/sync", &json!({"script": script, "args": arguments}))
    }

    /// Makes the window as large as that.
    #[track_caller]
    pub(crate) fn size(&self, width: u32, height: u32) -> &Self {
        let screen = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.protocol("Emulation.setDeviceMetricsOverride", &screen);
        self
    }

    /// Shows pages as by day or by night.
    #[track_caller]
    pub(crate) fn scheme(&self, scheme: Scheme) -> &Self {
        let value = if scheme == Scheme::Dark { "dark" } else { "light" };
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": value}]});
        self.protocol("Emulation.setEmulatedMedia", &features);
        self
    }

    /// Says something to the browser itself.
    #[track_caller]
    fn protocol(&self, command: &str, parameters: &Value) -> Value {
        self.tell("/goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    /// Takes a picture of the whole page into a file.
    #[track_caller]
    pub(crate) fn picture(&self, file: &Path) -> &Self {
        let whole = json!({"format": "png", "captureBeyondViewport": true});
        let picture = self.protocol("Page.captureScreenshot", &whole);
        let bytes = base64(picture["data"].as_str().unwrap_or_default());
        assert!(bytes.len() > 5_000, "the picture of {} has only {} bytes", self.address(), bytes.len());
        std::fs::write(file, bytes).expect("the folder can be written");
        self
    }

    /// What the page complained of since the last time: broken policies, failed requests, errors of scripts.
    #[track_caller]
    pub(crate) fn complaints(&self) -> Vec<String> {
        let lines = self.tell("/se/log", &json!({"type": "browser"}));
        let lines = lines.as_array().into_iter().flatten();
        lines.filter_map(|line| line["message"].as_str().map(str::to_owned)).collect()
    }

    /// Holds the page to the rules for people who see, hear or move otherwise. Nothing where axe is not there.
    #[track_caller]
    pub(crate) fn accessible(&self, axe: Option<&str>) -> &Self {
        let Some(axe) = axe else { return self };
        self.run(axe, &[]);
        let script = "const done = arguments[arguments.length - 1]; \
            axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}}).then( \
            found => done(found.violations.map(fault => fault.id + ': ' + fault.help + ' ' + \
            fault.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(' | '))), \
            error => done(['axe failed: ' + error]));";
        let faults = self.tell("/execute/async", &json!({"script": script, "args": [RULES]}));
        assert_eq!(faults, json!([]), "{} is not for everybody", self.address());
        self
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The session ends the browser; where that fails ending its parent does.
        let _ = web::ask("DELETE", &self.session, "", "");
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Element<'_> {
    #[track_caller]
    fn tell(&self, what: &str, body: &Value) -> Value {
        self.browser.tell(&format!("/element/{}/{what}", self.id), body)
    }

    /// The first element inside it that a selector finds, which must be there.
    #[track_caller]
    pub(crate) fn one(&self, selector: &str) -> Element<'_> {
        let found = self.tell("elements", &json!({"using": "css selector", "value": selector}));
        let id = found[0][ELEMENT].as_str();
        let id = id.unwrap_or_else(|| panic!("{} has there no {selector}", self.browser.address()));
        Element { browser: self.browser, id: id.to_owned() }
    }

    /// Clicks on it as soon as it can be clicked on, for ten seconds: what opens takes a moment. On a narrow window
    /// that is a tap.
    #[track_caller]
    pub(crate) fn click(&self) {
        let begun = Instant::now();
        while let Err(error) = self.browser.try_tell(&format!("/element/{}/click", self.id), &json!({})) {
            let passes = error.contains("not interactable") || error.contains("click intercepted");
            let late = begun.elapsed() > Duration::from_secs(10);
            assert!(passes && !late, "{} on {}: {error}", self.id, self.browser.address());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Types into it.
    #[track_caller]
    pub(crate) fn write(&self, text: &str) {
        self.tell("value", &json!({"text": text}));
    }

    /// Moves the pointer over it and lets it rest there.
    #[track_caller]
    pub(crate) fn hover(&self) {
        self.browser.run("arguments[0].scrollIntoView({block: 'center'})", &[self.value()]);
        let to = json!({"type": "pointerMove", "duration": 50, "x": 0, "y": 0, "origin": self.value()});
        let pointer = json!({"type": "pointer", "id": "pointer", "parameters": {"pointerType": "mouse"},
            "actions": [to, {"type": "pause", "duration": 300}]});
        self.browser.tell("/actions", &json!({"actions": [pointer]}));
    }

    /// The words that are seen.
    #[track_caller]
    pub(crate) fn text(&self) -> String {
        self.browser.ask(&format!("/element/{}/text", self.id)).as_str().unwrap_or_default().to_owned()
    }

    /// An attribute as it stands in the page.
    #[track_caller]
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        self.browser.ask(&format!("/element/{}/attribute/{name}", self.id)).as_str().map(str::to_owned)
    }

    /// Whether it is seen.
    #[track_caller]
    pub(crate) fn is_shown(&self) -> bool {
        let shown = "const box = arguments[0].getBoundingClientRect(); \
            return arguments[0].checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && box.width > 0;";
        self.browser.run(shown, &[self.value()]) == Value::Bool(true)
    }

    /// Whether it comes to be seen within two seconds: what opens may take a moment.
    #[track_caller]
    pub(crate) fn shows(&self) -> bool {
        let begun = Instant::now();
        while !self.is_shown() {
            if begun.elapsed() > Duration::from_secs(2) {
                return false;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        true
    }

    fn value(&self) -> Value {
        json!({ ELEMENT: self.id })
    }
}

fn driver() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMEDRIVER").map(PathBuf::from);
    let usual = ["/usr/bin/chromedriver", "/usr/local/bin/chromedriver"].map(PathBuf::from);
    named.into_iter().chain(usual).find(|path| path.is_file())
}

/// What an answer of WebDriver holds, or the error that it tells.
fn take(answer: &web::Answer) -> Result<Value, String> {
    let value: Value =
        serde_json::from_str(&answer.body).map_err(|error| format!("{error}: {}", answer.body))?;
    match value.get("value") {
        Some(value) if answer.status < 400 => Ok(value.clone()),
        Some(value) => Err(value["message"].as_str().unwrap_or("an error without words").to_owned()),
        None => Err(answer.body.clone()),
    }
}

/// The source of axe, which judges pages: had once by npm into the build folder. Nothing where that can't be.
pub(crate) fn axe() -> Option<String> {
    static ONCE: std::sync::OnceLock<Option<String>> = std::sync::OnceLock::new();
    ONCE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("axe");
        let file = folder.join("node_modules/axe-core/axe.min.js");
        if !file.is_file() {
            std::fs::create_dir_all(&folder).ok()?;
            let npm = Command::new("npm")
                .args(["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
                .arg(&folder)
                .arg("axe-core@4")
                .stdin(Stdio::null())
                .output();
            if !npm.is_ok_and(|output| output.status.success()) {
                eprintln!("skipped: no axe. Install npm, with a way to its registry, to have pages judged");
                return None;
            }
        }
        std::fs::read_to_string(file).ok()
    })
    .clone()
}

/// Bytes from their letters; letters that are none are passed over.
fn base64(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for six in text.bytes().filter_map(value) {
        held = held << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    bytes
}

#[test]
fn letters_become_bytes() {
    assert_eq!(base64("TnV0Z3JhZg=="), b"Nutgraf");
}
