//! What lies on the disk: who can read it, links laid in its way, settings that are hostile.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use crate::command::run_in;
use crate::newsroom::Newsroom;
use crate::place::Place;

fn rights(path: &Path) -> u32 {
    let about = fs::symlink_metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    about.permissions().mode() & 0o777
}

#[test]
fn only_its_owner_can_read_a_newsroom_and_its_backups() {
    let place = Place::new("guard-files");
    let newsroom = Newsroom::start(place.path(), &["--demo", "--data", "deep/data"]);
    newsroom.get("/");
    let data = place.path().join("deep/data");
    assert_eq!(rights(&data), 0o700, "the folder");
    let files: Vec<_> = fs::read_dir(&data).expect("readable").flatten().map(|file| file.path()).collect();
    assert!(files.len() >= 3, "database, its log and the lock: {files:?}");
    for file in &files {
        assert_eq!(rights(file), 0o600, "{}", file.display());
    }
    place.file("victim", "untouched");
    symlink(place.path().join("victim"), place.path().join("one.gz")).expect("a link can be laid");
    run_in(place.path(), &["backup", "one.gz", "--data", "deep/data"]).code(0);
    assert_eq!(
        fs::read_to_string(place.path().join("victim")).expect("readable"),
        "untouched",
        "a link was followed"
    );
    let backup = place.path().join("one.gz");
    assert!(fs::symlink_metadata(&backup).expect("there").is_file(), "the backup is a link");
    assert_eq!(rights(&backup), 0o600, "the backup");
    newsroom.end();
    run_in(place.path(), &["restore", "one.gz", "--data", "other"]).code(0);
    assert_eq!(
        (rights(&place.path().join("other")), rights(&place.path().join("other/nutgraf.db"))),
        (0o700, 0o600)
    );
    let public = run_in(place.path(), &["export", "--public", "--data", "other"]).code(0);
    let all = run_in(place.path(), &["export", "--data", "other"]).code(0);
    let secret =
        all.printed().lines().find(|line| line.contains("\"key\":\"secret\"")).expect("the newsroom's key");
    let secret = secret.split("\"value\":\"").nth(1).and_then(|rest| rest.get(..64)).expect("64 letters");
    for private in [secret, "argon2", "\"table\":\"editors\"", "\"table\":\"sessions\""] {
        assert!(!public.printed().contains(private), "{private} is in the public copy");
    }
    let left = fs::read_dir(place.path()).expect("readable").flatten();
    assert!(
        !left.map(|file| file.file_name()).any(|name| name.to_string_lossy().ends_with(".part")),
        "half a backup lies about"
    );
}

#[test]
fn hostile_settings_are_refused_in_words() {
    let place = Place::new("guard-settings");
    let deep = format!("a = {}", "[".repeat(200_000));
    let tables = "{a=".repeat(100_000);
    let dotted = format!("{} = 1", vec!["a"; 100_000].join("."));
    for (name, text, words) in [
        ("deep lists", &*deep, ""),
        ("deep tables", &*format!("a = {tables}"), ""),
        ("a key of many parts", &*dotted, ""),
        ("zeros", "\0\0\0\0", ""),
        ("an address that runs", "[site]\nbase = \"javascript:alert(1)\"\n", "site.base"),
        ("an address with a header", "[site]\nbase = \"https://news.example/\\r\\nX: y\"\n", "site.base"),
        ("an address with a password", "[site]\nbase = \"https://a:b@news.example\"\n", "site.base"),
        ("a name with control characters", "[site]\nname = \"a\\u001b[31m\"\n", "site.name"),
        ("a number too large", "[fetch]\nfetchers = 99999999999999999999999\n", ""),
        ("a time too long", "[fetch]\ntimeout = \"999999999h\"\n", "fetch.timeout"),
        ("bytes beyond counting", "[fetch]\npage_bytes = \"99999999999GiB\"\n", "fetch.page_bytes"),
        ("a level with a filter of its own", "[log]\nlevel = \"trace,sqlx=trace\"\n", "log.level"),
        ("families from elsewhere", "[write]\nfamilies_file = \"/etc/passwd\"\n", "/etc/passwd"),
        ("families in a folder", "[write]\nfamilies_file = \"/\"\n", "families"),
    ] {
        place.file("nutgraf.toml", text);
        run_in(place.path(), &["config"]).code(3).silent().clear().err(words).within(10);
        assert!(!run_in(place.path(), &["config"]).said().contains('\u{1b}'), "{name} steers the terminal");
    }
}

#[test]
fn what_stands_in_the_settings_is_escaped_too() {
    let place = Place::new("guard-site");
    let evil = "\"><script>alert(1)</script>";
    let mut wish = vec!["--no-fetch".to_owned()];
    for key in ["name", "tagline", "lang", "contact", "sections"] {
        wish.extend(["--set".to_owned(), format!("site.{key}={evil}")]);
    }
    let wish: Vec<&str> = wish.iter().map(String::as_str).collect();
    let newsroom = Newsroom::start(place.path(), &wish);
    for path in [
        "/",
        "/about",
        "/how",
        "/outlets",
        "/nowhere",
        "/desk/login",
        "/search?q=a",
        "/feed.atom",
        "/feed.rss",
        "/site.webmanifest",
        "/story/s0/comment",
    ] {
        let page = newsroom.get(path);
        assert!(page.status < 500, "{path}: {}", page.body);
        let is_data = page.header("content-type").is_some_and(|kind| kind.contains("json"));
        assert!(is_data || !page.body.contains("<script>"), "{path}: {}", page.body);
    }
}
