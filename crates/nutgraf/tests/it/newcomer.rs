//! As a newcomer: one command, and within a minute a page with a digest of the example stories.

use crate::newsroom::Newsroom;
use crate::place::Place;

#[test]
fn one_command_shows_digests_of_the_examples_and_keeps_them_current() {
    let place = Place::new("a-newcomer");
    let newsroom = Newsroom::start(place.path(), &["--demo"]);
    let front = newsroom.until("/", 60, |page| {
        story(&page.body, "Ferry").is_some() && story(&page.body, "Lithium").is_some()
    });
    assert!(front.body.to_lowercase().contains("demonstration"), "the page does not say what it is");
    let ferry = story(&front.body, "Ferry").expect("it was just there");
    let page = newsroom.get(&ferry);
    assert_eq!(page.status, 200);
    for part in ["popovertarget", "Meridian Wire", "application/ld+json", "nurse who was on"] {
        assert!(page.body.contains(part), "{part} is not on the story's page");
    }
    let receipt = newsroom.get(&format!("{ferry}/receipt.json"));
    let faults = desk::receipt::check(receipt.body.as_bytes());
    assert!(faults.is_empty(), "the receipt does not hold: {faults:?}");
    newsroom.until(&format!("{ferry}/version/2"), 90, |page| page.status == 200);
    assert!(!place.path().join("nutgraf-data").exists(), "a demonstration keeps nothing");
    newsroom.end();
}

/// The address of the first story whose headline holds a word.
pub(crate) fn story(html: &str, word: &str) -> Option<String> {
    html.split("<a ").skip(1).find_map(|link| {
        let (tag, rest) = link.split_once('>')?;
        let address = tag.split("href=\"").nth(1)?.split('"').next()?;
        let words = rest.split("</a>").next()?;
        let is_story = address.starts_with("/story/") && address.matches('/').count() == 2;
        (is_story && !address.contains('#') && words.contains(word)).then(|| address.to_owned())
    })
}
