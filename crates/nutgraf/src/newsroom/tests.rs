//! The newsroom on invented outlets: from feeds to versions, with a clock that stands still until it is moved.

mod day;
mod inside;
mod press;

use std::collections::BTreeSet;
use std::path::PathBuf;

use desk::families::Families;
use desk::receipt::{Receipt, check};
use store::{Clock, DigestState, NewFeed, NewOutlet, State, Store, Story, StoryFilter};

use super::{HOUR, MINUTE, Newsroom, Settings};
use press::{Press, Printed, example};

/// Saturday 14 March 2026, noon.
const NOON: i64 = 1_773_489_600_000;

/// A newsroom in a folder of its own.
struct Room {
    press: Press,
    clock: Clock,
    store: Store,
    newsroom: Newsroom,
    settings: Settings,
    folder: PathBuf,
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Room {
    async fn open(name: &str, change: impl FnOnce(&mut Settings)) -> Self {
        let folder = std::env::temp_dir().join(format!("nutgraf-newsroom-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let press = Press::open();
        let mut families = Families::starter();
        let owners = format!("{}/../../examples/ferry/families.tsv", env!("CARGO_MANIFEST_DIR"));
        families.extend(&std::fs::read_to_string(owners).unwrap());
        let mut settings = Settings { families, gap_ms: 0, settle_ms: 2_000, ..Settings::default() };
        settings.limits.stand_in = Some(press.address);
        change(&mut settings);
        let clock = Clock::held(NOON);
        let store = opened(&folder).await;
        let newsroom = Newsroom::new(store.clone(), clock.clone(), settings.clone());
        newsroom.open().await.unwrap();
        Self { press, clock, store, newsroom, settings, folder }
    }

    /// Closes everything and opens it again, as after a crash: nothing but the database stays.
    async fn restart(&mut self) {
        self.store = opened(&self.folder).await;
        self.newsroom = Newsroom::new(self.store.clone(), self.clock.clone(), self.settings.clone());
        self.newsroom.open().await.unwrap();
    }

    /// Subscribes to what the outlets print.
    async fn take(&self, pages: &[Printed]) {
        for address in self.press.issue(pages) {
            let domain = super::pace::domain(&address);
            let outlet = NewOutlet { domain, ..NewOutlet::default() };
            let outlet = self.store.put_outlet(&outlet, self.clock.now()).await.unwrap();
            let feed = NewFeed { address, outlet, ..NewFeed::default() };
            self.store.add_feed(&feed, self.clock.now()).await.unwrap();
        }
    }

    /// Lets that much time pass, in steps.
    async fn pass(&self, time: i64, step: i64) {
        self.newsroom.drain().await.unwrap();
        for _ in 0..time / step {
            self.clock.advance(step);
            self.newsroom.drain().await.unwrap();
        }
    }

    async fn published(&self) -> Vec<Story> {
        let filter = StoryFilter { published: true, limit: 100, ..StoryFilter::default() };
        self.store.stories(&filter).await.unwrap()
    }

    async fn all(&self) -> Vec<Story> {
        self.store.stories(&StoryFilter { limit: 100, ..StoryFilter::default() }).await.unwrap()
    }

    /// The receipt that readers of the largest story see.
    async fn receipt(&self) -> (Story, Receipt) {
        let story = self.published().await.into_iter().max_by_key(|story| story.articles).unwrap();
        let row = self.store.published(&story.id).await.unwrap().unwrap();
        assert!(check(row.receipt.as_bytes()).is_empty());
        (story, serde_json::from_str(&row.receipt).unwrap())
    }

    /// Every article and its story, by address.
    async fn places(&self) -> BTreeSet<(String, String)> {
        let filter = store::ArticleFilter { limit: 1000, ..store::ArticleFilter::default() };
        let rows = self.store.articles(&filter).await.unwrap();
        rows.into_iter().map(|row| (row.url.unwrap_or_default(), row.story.unwrap_or_default())).collect()
    }
}

async fn opened(folder: &std::path::Path) -> Store {
    Store::open(&format!("sqlite:{}", folder.join("news.db").display())).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_become_a_digest_that_is_published_once() {
    let room = Room::open("once", |_| ()).await;
    room.take(&example("ferry")).await;
    room.pass(10_000, 500).await;
    let (story, receipt) = room.receipt().await;
    assert!(story.families >= 5, "{story:?}");
    assert!(receipt.paragraphs.iter().flatten().count() >= 6, "{}", receipt.text);
    assert!(receipt.sources.iter().all(|source| source.outlet != "westerbyreview.example"), "opinion spoke");
    let versions = room.store.versions(&story.id).await.unwrap();
    assert_eq!(versions.len(), 1, "{versions:?}");
    assert_eq!((versions[0].state, versions[0].change.as_str()), (DigestState::Published, ""));
    assert_eq!(room.places().await.len(), 13, "every page is one article");
    let all = room.all().await;
    let alone = all.iter().find(|story| story.families == 1).unwrap_or_else(|| panic!("{all:?}"));
    assert_eq!(alone.reason, "carried by 1 family so far; 2 are needed");
    // Nothing changes any more, however long and often it is looked at.
    room.pass(26 * HOUR, HOUR).await;
    assert_eq!(room.store.versions(&story.id).await.unwrap().len(), 1);
    assert_eq!(room.store.story(&story.id).await.unwrap().unwrap().updated, story.updated);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_articles_and_edited_ones_make_a_new_version_that_says_so() {
    let room = Room::open("versions", |_| ()).await;
    let pages = example("ferry");
    room.take(&pages[..3]).await;
    room.pass(6_000, 500).await;
    let (story, before) = room.receipt().await;
    room.take(&pages).await;
    room.pass(10 * MINUTE, MINUTE).await;
    for feed in room.store.feeds().await.unwrap() {
        room.store.nudge_feed(feed.id, room.clock.now()).await.unwrap();
    }
    room.pass(10_000, 500).await;
    let (_, second) = room.receipt().await;
    let versions = room.store.versions(&story.id).await.unwrap();
    assert!(versions.len() > 1 && versions[0].change.contains("new"), "{versions:?}");
    assert_eq!(versions[0].correction, "", "better sentences are no correction");
    assert_ne!(before.text, second.text);

    // An outlet changes a sentence that was published.
    let line = second.paragraphs.iter().flatten().find(|line| line.edits.is_empty()).unwrap();
    let source = second.sources.iter().find(|source| source.number == line.passages[0].source).unwrap();
    let page = pages.iter().find(|page| Some(&page.url) == source.url.as_ref()).unwrap();
    let words = &line.passages[0].text;
    assert!(page.html.contains(words.as_str()), "the example prints {words:?} in one piece");
    room.press.print(
        &page.url,
        200,
        &page.html.replace(words.as_str(), "Nothing more is known of that for now."),
    );
    room.pass(3 * HOUR, 20 * MINUTE).await;
    let (_, third) = room.receipt().await;
    let newest = room.store.versions(&story.id).await.unwrap().remove(0);
    assert!(!third.text.contains(words.as_str()), "the sentence went with its source");
    assert!(newest.correction.starts_with("Correction, 14 March 2026: “"), "{newest:?}");
    assert!(newest.correction.contains("changed its report"), "{newest:?}");
    let article = room.store.article_by_address(&page.url).await.unwrap().unwrap();
    assert_eq!(room.store.revisions(&article).await.unwrap().len(), 2, "both revisions are kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_that_needs_approval_waits_for_it() {
    let room = Room::open("approval", |settings| {
        settings.approval =
            ["World", "Politics", "Business", "Science", "Culture", "Health", "Technology", "Sport"]
                .map(str::to_owned)
                .into();
    })
    .await;
    room.take(&example("ferry")).await;
    room.pass(6_000, 500).await;
    assert!(room.published().await.is_empty());
    let waiting = room.store.waiting_digests(10).await.unwrap();
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    let (story, version) = (waiting[0].story.clone(), waiting[0].version);
    let now = room.clock.now();
    room.store.set_digest_state(&story, version, DigestState::Published, "", now).await.unwrap();
    assert_eq!(room.published().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outlet_that_is_taken_out_is_cited_no_more() {
    let room = Room::open("outlet", |_| ()).await;
    room.take(&example("ferry")).await;
    room.pass(6_000, 500).await;
    let (story, before) = room.receipt().await;
    let gone = super::pace::domain(before.sources[0].url.as_deref().unwrap());
    let outlet = room.store.outlet(&gone).await.unwrap().unwrap();
    room.store.set_outlet_state(outlet.id, State::Removed, room.clock.now()).await.unwrap();
    room.pass(6_000, 500).await;
    let (_, after) = room.receipt().await;
    assert!(after.sources.iter().all(|source| !source.url.as_deref().unwrap_or_default().contains(&gone)));
    let newest = room.store.versions(&story.id).await.unwrap().remove(0);
    assert!(newest.correction.contains("is no longer used"), "{newest:?}");

    // Without all of them nothing can stand: what was published is withdrawn, and the page says why.
    for outlet in room.store.outlets().await.unwrap() {
        room.store.set_outlet_state(outlet.id, State::Removed, room.clock.now()).await.unwrap();
    }
    room.pass(6_000, 500).await;
    assert!(room.published().await.is_empty());
    let versions = room.store.versions(&story.id).await.unwrap();
    assert_eq!(versions[0].state, DigestState::Withdrawn);
    assert!(
        versions[0].reason.starts_with("Its sources no longer suffice: carried by 0 families"),
        "{versions:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_sentence_is_gone_in_the_next_version() {
    let room = Room::open("dropped", |_| ()).await;
    room.take(&example("ferry")).await;
    room.pass(6_000, 500).await;
    let (story, before) = room.receipt().await;
    let line = &before.paragraphs[0][0];
    let passage = &line.passages[0];
    let origin = before.sources.iter().find(|source| source.number == passage.source).unwrap();
    let text = room.store.article(&origin.article).await.unwrap().unwrap().article.text;
    let start = text.find(&passage.text).unwrap();
    let (from, to) = (start as i64, (start + passage.text.len()) as i64);
    let now = room.clock.now();
    room.store.drop_passage(&story.id, &origin.article, from, to, &passage.hash, now).await.unwrap();
    room.store.enqueue(store::Stage::Write, &story.id, now, now).await.unwrap();
    room.pass(6_000, 500).await;
    let (_, after) = room.receipt().await;
    assert!(!after.text.contains(&line.text), "{}", after.text);
    let newest = room.store.versions(&story.id).await.unwrap().remove(0);
    assert!(newest.correction.contains("an editor took it back"), "{newest:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_the_middle_gives_the_same_stories() {
    let pages: Vec<Printed> = example("ferry").into_iter().chain(example("lithium")).collect();
    let mut places = Vec::new();
    for restarts in [false, true] {
        let mut room =
            Room::open(if restarts { "restarted" } else { "whole" }, |settings| settings.fetchers = 1).await;
        for part in pages.chunks(5) {
            room.take(part).await;
            room.pass(1_000, 500).await;
            if restarts {
                // What was begun and never ended is given back.
                room.store.lease(store::Stage::Write, room.clock.now() + HOUR, HOUR, 1).await.unwrap();
                room.restart().await;
            }
        }
        room.pass(6_000, 500).await;
        let filter = StoryFilter { published: true, limit: 100, ..StoryFilter::default() };
        let stories = room.store.stories(&filter).await.unwrap();
        let texts: BTreeSet<String> =
            stories.into_iter().map(|story| format!("{} {}", story.id, story.headline)).collect();
        places.push((room.places().await, texts));
    }
    assert!(places[0].1.len() >= 2, "both examples are published: {:?}", places[0].1);
    assert_eq!(places[0], places[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_refused_leaves_the_feeds_text_and_one_that_fails_comes_again() {
    let room = Room::open("refused", |_| ()).await;
    let text = "The harbour office of Port Selwick closed its northern pier on Monday after a crane had leaned against it. ".repeat(3);
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Pier</title>\
         <item><title>Pier closed</title><link>https://pier.example/news/closed</link><description>{text}</description></item>\
         <item><title>Crane stands</title><link>https://pier.example/news/crane</link><description>Short.</description></item>\
         <item><title>Gone</title><link>https://pier.example/news/gone</link><description>Short.</description></item>\
         </channel></rss>"
    );
    room.press.print("https://pier.example/feed.xml", 200, &feed);
    room.press.print("https://pier.example/news/closed", 403, "no");
    room.press.print("https://pier.example/news/crane", 503, "later");
    let outlet =
        NewOutlet { domain: "pier.example".to_owned(), name: "The Pier".to_owned(), ..NewOutlet::default() };
    let outlet = room.store.put_outlet(&outlet, NOON).await.unwrap();
    let address = "https://pier.example/feed.xml".to_owned();
    room.store.add_feed(&NewFeed { address, outlet, ..NewFeed::default() }, NOON).await.unwrap();
    room.pass(5_000, 500).await;
    let id = room.store.article_by_address("https://pier.example/news/closed").await.unwrap().unwrap();
    let held = room.store.article(&id).await.unwrap().unwrap();
    assert_eq!((held.article.outlet.as_str(), held.article.title.as_str()), ("The Pier", "Pier closed"));
    assert_eq!(held.article.published, None, "nobody said when");
    assert!(room.store.article_by_address("https://pier.example/news/gone").await.unwrap().is_none());
    let jobs = room.store.jobs(10).await.unwrap();
    let failed: Vec<&str> =
        jobs.iter().map(|job| job.error.as_str()).filter(|error| !error.is_empty()).collect();
    assert!(failed.len() == 1 && failed[0].starts_with("failed 1 times: "), "{jobs:?}");
    let before = room.press.asked("https://pier.example/news/crane");
    room.pass(2 * MINUTE, 10_000).await;
    assert!(room.press.asked("https://pier.example/news/crane") > before, "it comes again");
    let page = example("ferry").remove(0).html.replace("www.selwickcourier.example", "pier.example");
    room.press.print("https://pier.example/news/crane", 200, &page);
    room.pass(10 * MINUTE, MINUTE).await;
    assert_eq!(room.places().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_after_an_article_was_kept_does_not_lose_its_second_reading() {
    let room = Room::open("again", |_| ()).await;
    room.take(&example("ferry")[..2]).await;
    room.pass(6_000, 500).await;
    let again = |jobs: Vec<store::Job>| {
        jobs.into_iter().filter(|job| job.key.starts_with("article:")).collect::<Vec<_>>()
    };
    let jobs = again(room.store.jobs(20).await.unwrap());
    assert_eq!(jobs.len(), 2);
    // As if the process had ended between the two: the offer's job comes again, and finds the article kept.
    for job in &jobs {
        room.store.finish(job, room.clock.now()).await.unwrap();
    }
    for offer in ["1", "2"] {
        room.store.enqueue(store::Stage::Read, offer, room.clock.now(), room.clock.now()).await.unwrap();
    }
    room.pass(6_000, 500).await;
    let due =
        |jobs: &[store::Job]| jobs.iter().map(|job| (job.key.clone(), job.due)).collect::<BTreeSet<_>>();
    assert_eq!(due(&again(room.store.jobs(20).await.unwrap())), due(&jobs));
    assert_eq!(room.places().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_cannot_speak_for_another_site() {
    let room = Room::open("stolen", |_| ()).await;
    let stolen = example("ferry").remove(0);
    let url = "https://thief.example/news/aground".to_owned();
    room.take(&[Printed { url: url.clone(), html: stolen.html }]).await;
    room.pass(2_000, 500).await;
    assert!(room.store.article_by_address(&stolen.url).await.unwrap().is_none());
    let id = room.store.article_by_address(&url).await.unwrap().unwrap();
    let held = room.store.article(&id).await.unwrap().unwrap();
    assert_eq!(held.article.domain.as_deref(), Some("thief.example"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_newsroom_publishes_and_stops_when_told() {
    let room = Room::open("running", |settings| settings.settle_ms = 200).await;
    room.take(&example("ferry")).await;
    let newsroom = Newsroom::new(room.store.clone(), Clock::System, room.settings.clone());
    let (tell, stop) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(async move { newsroom.run(stop).await });
    let begun = std::time::Instant::now();
    while room.published().await.is_empty() {
        assert!(begun.elapsed().as_secs() < 60, "nothing was published in a minute");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    tell.send(true).unwrap();
    tokio::time::timeout(std::time::Duration::from_secs(15), running).await.unwrap().unwrap().unwrap();
}
