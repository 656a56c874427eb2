//! The way in: sessions that somebody else chose, guessing, what the time of an answer tells, what the log keeps.

use std::time::Duration;

use super::{Said, form, look};
use crate::command::run_in;
use crate::newsroom::Newsroom;
use crate::place::Place;

/// The cookie that an answer sets, as a browser sends it back.
fn cookie(said: &Said) -> String {
    let set = said.headers("set-cookie");
    set.first().and_then(|set| set.split(';').next()).unwrap_or_default().to_owned()
}

#[test]
fn a_session_is_fresh_flagged_and_not_in_the_log() {
    let place = Place::new("guard-session");
    let more = [
        "--no-fetch",
        "--set",
        "log.level=trace",
        "--set",
        "log.format=json",
        "--set",
        "site.secure_cookies=true",
    ];
    let newsroom = Newsroom::start(place.path(), &more);
    let password = newsroom.password.clone().expect("a new newsroom says it");
    let chosen = format!("desk={}", "a".repeat(64));
    let said =
        form(&newsroom, "/desk/login", &[("Cookie", &chosen)], &format!("name=editor&password={password}"));
    assert_eq!(said.status(), 303, "{}", said.text);
    let own = cookie(&said);
    assert!(own.starts_with("desk=") && own.len() == 69 && own != chosen, "{own}");
    let set = said.headers("set-cookie").concat();
    for part in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/desk", "Max-Age="] {
        assert!(set.contains(part), "{set}");
    }
    assert!(!set.contains("Domain="), "{set}");
    assert_eq!(
        look(&newsroom, "/desk", &[("Cookie", &chosen)]).status(),
        303,
        "the chosen session is nobody's"
    );
    let desk = look(&newsroom, "/desk", &[("Cookie", &own)]);
    assert_eq!(desk.status(), 200);
    assert_eq!(desk.headers("cache-control"), ["no-store"], "the desk is kept by a browser");
    let csrf =
        desk.text.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.get(..64)).unwrap_or_default();
    let said = form(&newsroom, "/desk/logout", &[("Cookie", &own)], &format!("csrf={csrf}"));
    assert_eq!(said.status(), 303, "{}", said.text);
    assert_eq!(look(&newsroom, "/desk", &[("Cookie", &own)]).status(), 303, "the session outlives its end");
    form(&newsroom, "/desk/login", &[], "name=editor&password=a-mistyped-passw0rd");
    form(&newsroom, "/desk/login", &[], "name=my-passw0rd-by-mistake&password=x");
    let log = newsroom.log(place.path());
    newsroom.end();
    assert!(log.contains("a login at the desk failed"), "failures are logged");
    for secret in [&*password, own.trim_start_matches("desk="), csrf, "passw0rd", "argon2"] {
        assert!(secret.is_empty() || !log.contains(secret), "{secret} is in the log");
    }
}

#[test]
fn guessing_is_stopped_and_tells_nothing() {
    let place = Place::new("guard-guessing");
    let newsroom = Newsroom::start(place.path(), &["--no-fetch"]);
    let password = newsroom.password.clone().expect("a new newsroom says it");
    let guess = |name: &str, number: usize| {
        let forged = format!("203.0.113.{number}");
        let headers = [("X-Forwarded-For", &*forged), ("X-Real-IP", &*forged), ("Forwarded", &*forged)];
        form(&newsroom, "/desk/login", &headers, &format!("name={name}&password=wrong"))
    };
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..3 {
        for (name, times) in [("editor", &mut known), ("nobody", &mut unknown)] {
            let said = guess(name, number);
            assert_eq!(said.status(), 403, "{}", said.text);
            times.push((
                said.took,
                said.text.replace(name, "NAME").split("\r\n\r\n").nth(1).map(str::to_owned),
            ));
        }
    }
    assert_eq!(known[0].1, unknown[0].1, "the answer tells whether the name is one");
    let least =
        |times: &[(Duration, Option<String>)]| times.iter().map(|one| one.0).min().unwrap_or_default();
    let (known, unknown) = (least(&known), least(&unknown));
    assert!(unknown * 3 > known && known * 3 > unknown, "the time tells it: {known:?} and {unknown:?}");
    guess("editor", 90);
    guess("nobody", 91);
    for number in 100..110 {
        assert_eq!(guess("editor", number).status(), 429, "one may go on guessing");
    }
    let said = form(&newsroom, "/desk/login", &[], &format!("name=editor&password={password}"));
    assert_eq!(said.status(), 429, "the right one among the guesses is told");
    assert!(cookie(&said).is_empty());
}

#[test]
fn the_password_of_a_database_is_not_told() {
    let place = Place::new("guard-database");
    for address in [
        "postgres://nia:s3cret-word@127.0.0.1:1/news",
        "postgres://nia:s3cret-word@127.0.0.1:99999/news",
        "postgres://127.0.0.1:99999/news?user=nia&password=s3cret-word",
        "mysql://nia:s3cret-word@127.0.0.1/news",
        "postgres://nia:s3cret@word@127.0.0.1:99999/news",
    ] {
        let wish = [
            "serve",
            "--no-fetch",
            "--listen",
            "127.0.0.1:0",
            "--set",
            "log.level=trace",
            "--database",
            address,
        ];
        let run = run_in(place.path(), &wish).code(3).silent();
        for part in ["s3cret", "word@"] {
            assert!(!run.said().contains(part), "{address}: {}", run.said());
        }
    }
}
