//! What editors do: log in, read the comments that wait, hold a story, take a sentence out, see how feeds are.

use super::Visit;

#[test]
fn a_comment_waits_until_it_is_approved_and_is_answered() {
    let Some(visit) = Visit::new("a-comment") else { return };
    let words = "Which *lighthouse* was it? <b>Nobody</b> says.";
    let shown = "Which lighthouse was it? <b>Nobody</b> says.";
    let browser = visit.go(&visit.ferry);
    browser.one("#name").write("Hester Vane");
    browser.one("#words").write(words);
    visit.type_as_people_do();
    browser.one("form.write button").click();
    let thanks = browser.wait("main.talk .note", 10).text();
    assert!(thanks.contains("waits for an editor"), "{thanks}");
    visit.look("comment", browser.address().trim_start_matches(&*visit.newsroom.site));
    assert!(visit.go(&visit.ferry).one(".thread").text().contains(shown), "its author does not see it");
    let of_others = |words: &str| visit.newsroom.get(&visit.ferry).body.contains(words);
    assert!(!of_others("lighthouse"), "others see a comment that nobody approved");

    visit.log_in();
    visit.look("desk-comments", "/desk/comments");
    let browser = visit.go("/desk/comments");
    let ours = browser.all("article.item").into_iter().find(|item| item.text().contains("Hester Vane"));
    let ours = ours.unwrap_or_else(|| panic!("it does not wait: {}", browser.one("main").text()));
    assert!(ours.text().contains(shown), "{}", ours.text());
    ours.one("summary").click();
    ours.one("textarea").write("The one on Gull Skerry.");
    ours.one("details button").click();
    browser.wait(".notice", 10);
    assert!(of_others("<em>lighthouse</em>"), "approved, and not shown");
    assert!(of_others("Gull Skerry"), "answered, and the answer is not shown");
    let thread = visit.go(&visit.ferry).one(".thread").text();
    assert!(thread.contains("Editor"), "the answer is not marked as an editor's: {thread}");
    visit.look("story-with-comments", &visit.ferry);
    let log = visit.go("/desk/log").one("main").text();
    assert!(log.contains("answer") || log.contains("approve"), "{log}");
}

#[test]
fn a_held_story_waits_and_a_dropped_sentence_is_corrected() {
    let Some(visit) = Visit::new("a-held-story") else { return };
    visit.log_in();
    let story = format!("/desk{}", visit.ferry);
    let browser = visit.go(&story);
    browser.one("form[action$=\"/hold\"] input[name=reason]").write("One count is disputed.");
    browser.one("form[action$=\"/hold\"] button").click();
    browser.wait("form[action$=\"/resume\"]", 10);
    visit.look("desk-story", &story);

    let browser = visit.go(&story);
    let sentence = browser.all(".sentences li .text p").pop().expect("a digest has sentences").text();
    let sentence = sentence.rsplit_once(" [").map_or(&*sentence, |(words, _)| words).to_owned();
    browser.all("form[action$=\"/drop\"] button").pop().expect("every sentence can be dropped").click();
    browser.wait(".notice", 10);
    let shown = |visit: &Visit| visit.go(&visit.ferry).one(".body").text().contains(&*sentence);
    assert!(shown(&visit), "a story that is held changed by itself");
    // Another version may wait, from articles that came in between.
    let waiting = visit.browser.until(|_| {
        let browser = visit.go("/desk/waiting");
        let corrects = browser.one("main").text().contains("Correction:");
        let all = if corrects { browser.all("article.item h2 a") } else { Vec::new() };
        let mut links =
            all.into_iter().filter_map(|link| link.attribute("href")).collect::<Vec<_>>().into_iter();
        links.find(|link| {
            link.starts_with(&*story) && !visit.go(link).one(".sentences").text().contains(&*sentence)
        })
    });
    let waiting = waiting.expect("a version without the sentence waits");
    visit.look("desk-waiting", "/desk/waiting");
    visit.go(&waiting).one("form[action$=\"/publish\"] button.main").click();
    visit.browser.wait(".notice", 10);
    assert!(!shown(&visit), "the sentence was dropped and the new version published, and it still shows");
    let page = visit.browser.one("article").text();
    assert!(page.contains("Correction"), "the story does not say that it was corrected: {page}");
    let corrections = visit.go("/corrections").one("main").text();
    assert!(corrections.contains("Correction") && corrections.len() > 100, "{corrections}");

    visit.go(&story).one("form[action$=\"/withdraw\"] input[name=reason]").write("The count was wrong.");
    visit.browser.one("form[action$=\"/withdraw\"] button").click();
    visit.browser.wait(".notice", 10);
    let gone = visit.newsroom.get(&visit.ferry);
    assert!(gone.body.contains("The count was wrong."), "readers are not told why: {}", gone.body);
    let log = visit.go("/desk/log").one("main").text();
    for done in ["hold", "drop", "publish", "withdraw"] {
        assert!(log.contains(done), "the log does not say {done}: {log}");
    }
    visit.look("desk-log", "/desk/log");
}

#[test]
fn editors_see_how_everything_is_and_change_feeds() {
    let Some(visit) = Visit::new("an-editor") else { return };
    let guest = visit.newsroom.get("/desk");
    assert_eq!((guest.status, guest.header("location").is_some()), (303, true), "the desk stands open");
    visit.log_in();
    assert!(visit.browser.title().contains("desk"), "{}", visit.browser.title());
    for (name, path) in [
        ("desk", "/desk"),
        ("desk-stories", "/desk/stories"),
        ("desk-feeds", "/desk/feeds"),
        ("desk-outlets", "/desk/outlets"),
        ("desk-jobs", "/desk/jobs"),
        ("desk-editors", "/desk/editors"),
    ] {
        visit.look(name, path);
    }
    let feeds = visit.go("/desk/feeds").one("main").text().to_lowercase();
    for health in ["well", "gone", "blocked", "not a feed", "failing", "undated"] {
        assert!(feeds.contains(health), "no feed is {health}:\n{feeds}");
    }
    let browser = &visit.browser;
    browser.one("details.adding summary").click();
    browser.one("#address").write("https://quarrytimes.example/feed.xml");
    browser.one("details.adding button").click();
    browser.wait(".notice", 10);
    let ours = |state: &str| {
        let all = visit.go(&format!("/desk/feeds?q=quarrytimes{state}")).all("article.item");
        all.into_iter().next()
    };
    ours("").expect("the new feed is listed").one("form[action$=\"/pause\"] button").click();
    browser.wait(".notice", 10);
    let paused = ours("&health=paused").expect("it is listed as paused");
    assert!(paused.text().contains("paused"), "{}", paused.text());
    paused.one("form[action$=\"/remove\"] button").click();
    browser.wait(".notice", 10);
    assert!(ours("").is_none(), "a removed feed is still listed as in use");

    browser.one("form[action=\"/desk/logout\"] button").click();
    let left = browser.until(|browser| (!browser.address().contains("/desk/feeds")).then_some(()));
    assert!(left.is_some(), "logging out leads nowhere");
    browser.go(&format!("{}/desk", visit.newsroom.site));
    assert!(
        browser.address().contains("/desk/login"),
        "logged out, and the desk shows {}",
        browser.address()
    );
}
