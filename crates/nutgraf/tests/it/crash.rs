//! A newsroom that is killed again and again in the middle of its work loses nothing, and nothing of it shows twice:
//! in the end it is what one is that was never killed.
//!
//! `NUTGRAF_KILLS` sets how often it is killed (50), `NUTGRAF_SEED` when.

mod news;
mod press;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use desk::receipt::{Receipt, check};
use store::{
    ArticleFilter, CommentState, DigestState, JobState, NewFeed, NewOutlet, Stage, Store, StoryFilter,
};

use crate::command::{program, run_in};
use crate::place::Place;
use crate::web::{get, post};
use press::{LAST, Press};

/// How long the newsroom may take to come to rest.
const PATIENCE: Duration = Duration::from_secs(60);
/// Forms are not taken sooner.
const TYPING: Duration = Duration::from_millis(3_100);

/// A newsroom's process.
struct Life {
    child: Child,
    site: Receiver<String>,
}

/// What readers do meanwhile: the forms they have open, and the comments that were taken.
#[derive(Default)]
struct Readers {
    forms: Vec<(String, String, Instant)>,
    sent: usize,
    taken: BTreeSet<String>,
}

/// Numbers by chance that can be had again.
struct Chance(u64);

/// What readers see of a story: its articles, headline and text.
type Shown = (BTreeSet<String>, String, String);

#[test]
fn fifty_kills_lose_nothing_and_show_nothing_twice() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let kills = usize::try_from(number("NUTGRAF_KILLS").unwrap_or(50)).expect("a small number");
    let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    let seed = number("NUTGRAF_SEED").unwrap_or(u64::from(clock.subsec_nanos()));
    eprintln!("NUTGRAF_SEED={seed} NUTGRAF_KILLS={kills}");
    let begun = Instant::now();
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    let calm = Place::new("never-killed");
    let expected = runtime.block_on(untroubled(calm.path()));

    let place = Place::new("often-killed");
    let press = Press::open();
    runtime.block_on(subscribe(place.path()));
    let (mut chance, readers) = (Chance(seed), Arc::new(Mutex::new(Readers::default())));
    let mut open = 0;
    for kill in 0..kills {
        press.tick(kill * LAST / kills.max(1));
        open += usize::from(live_and_die(place.path(), &press, &mut chance, &readers, kill % 3 == 0));
    }
    press.tick(LAST);
    let mut life = Life::start(place.path(), &press);
    let (shown, figures) = runtime.block_on(async {
        let store = opened(place.path()).await;
        rest(&store).await;
        look(&life.at(), &readers);
        (compare(&store, place.path()).await, figures(&store, &readers).await)
    });
    life.kill();
    assert_eq!(shown.len(), expected.len(), "not as many stories as without a kill");
    for (killed, calm) in shown.iter().zip(&expected) {
        assert_eq!(killed, calm);
    }
    eprintln!("{kills} kills, {open} of an open site, {:.1} s: {figures}", begun.elapsed().as_secs_f64());
}

/// What a newsroom shows in the end that is never killed.
async fn untroubled(folder: &Path) -> Vec<Shown> {
    let press = Press::open();
    subscribe(folder).await;
    let mut life = Life::start(folder, &press);
    for tick in 0..=LAST {
        press.tick(tick);
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
    let store = opened(folder).await;
    rest(&store).await;
    life.kill();
    compare(&store, folder).await
}

async fn opened(folder: &Path) -> Store {
    Store::open(&format!("sqlite:{}", folder.join("data/nutgraf.db").display())).await.expect("a database")
}

async fn subscribe(folder: &Path) {
    std::fs::create_dir_all(folder.join("data")).expect("the folder can be written");
    let store = opened(folder).await;
    for (domain, address) in press::feeds() {
        let outlet = NewOutlet { domain, ..NewOutlet::default() };
        let outlet = store.put_outlet(&outlet, 1).await.expect("kept");
        let section = "World".to_owned();
        let feed = NewFeed { address, outlet, section, ..NewFeed::default() };
        store.add_feed(&feed, 1).await.expect("kept");
    }
    store.close().await;
}

/// Starts the newsroom, has readers use it, and kills it at some moment; whether its site was open by then.
fn live_and_die(
    folder: &Path,
    press: &Press,
    chance: &mut Chance,
    readers: &Arc<Mutex<Readers>>,
    at_start: bool,
) -> bool {
    let mut life = Life::start(folder, press);
    let moment = Duration::from_millis(50 + chance.next() % 850);
    if at_start {
        thread::sleep(moment);
        let is_open = life.site.try_recv().is_ok();
        life.kill();
        return is_open;
    }
    let site = life.at();
    let reading = Arc::clone(readers);
    let people = thread::spawn(move || while look(&site, &reading) {});
    thread::sleep(moment);
    life.kill();
    people.join().expect("readers don't break");
    true
}

/// Readers open forms and send those that they had open long enough; whether the site still answers.
fn look(site: &str, readers: &Mutex<Readers>) -> bool {
    let Ok(front) = get(&format!("{site}/")) else { return false };
    let stories: BTreeSet<&str> = front
        .body
        .split("\"/story/")
        .skip(1)
        .filter_map(|at| at.split(['"', '/', '#', '?']).next())
        .collect();
    for story in stories {
        let Ok(page) = get(&format!("{site}/story/{story}")) else { return false };
        let token = page.body.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let mut readers = readers.lock().expect("readers don't break");
        if let Some(token) = token {
            readers.forms.push((story.to_owned(), token.to_owned(), Instant::now()));
        }
        let ripe = readers.forms.iter().position(|(_, _, since)| since.elapsed() > TYPING);
        let Some((story, token, _)) = ripe.map(|at| readers.forms.swap_remove(at)) else { continue };
        readers.sent += 1;
        let words = format!("comment-{:05}", readers.sent);
        let form = format!("token={token}&website=&name=A+reader&words={words}");
        match post(&format!("{site}/story/{story}/comment"), "application/x-www-form-urlencoded", &form) {
            Ok(answer) if (300..400).contains(&answer.status) => _ = readers.taken.insert(words),
            // The digest was taken back meanwhile: the words are handed back.
            Ok(answer) if answer.status == 410 && answer.body.contains(&words) => {}
            Ok(answer) => panic!("{words} was not taken: {} {}", answer.head, answer.body),
            Err(_) => return false,
        }
    }
    true
}

/// Waits until every feed was asked once more and nothing is left to do.
async fn rest(store: &Store) {
    let since = jiff::Timestamp::now().as_millisecond();
    let begun = Instant::now();
    loop {
        let feeds = store.feeds().await.expect("feeds");
        let jobs = store.jobs(1000).await.expect("jobs");
        // Pages of live stories are read again hours later.
        let left: Vec<_> =
            jobs.iter().filter(|job| job.stage != Stage::Read || !job.key.starts_with("article:")).collect();
        assert!(jobs.iter().all(|job| job.state != JobState::Dead), "a job is dead: {jobs:?}");
        let asked = feeds.iter().filter(|feed| feed.fetched > Some(since + 100)).count();
        if asked == feeds.len() && left.is_empty() {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "it found no rest: {asked} feeds asked, left {left:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Compares what is kept with what the outlets printed and with itself; what readers see.
async fn compare(store: &Store, folder: &Path) -> Vec<Shown> {
    assert_eq!(store.sound().await.expect("it answers"), Ok(()));
    let filter = ArticleFilter { limit: 10_000, ..ArticleFilter::default() };
    let rows = store.articles(&filter).await.expect("articles");
    let ending = press::ending();
    let addresses: BTreeSet<String> = rows.iter().filter_map(|row| row.url.clone()).collect();
    assert_eq!(rows.len(), ending.len(), "not every article is there once");
    assert_eq!(addresses, ending.keys().cloned().collect(), "not every article is there once");
    for row in &rows {
        let text = store.article(&row.id).await.expect("an answer").expect("an article").article.text;
        let printed = &ending[row.url.as_deref().expect("it was just looked at")];
        assert!(
            text.ends_with(printed.as_str()),
            "{:?}: an old text is kept:\n{text}\n---\n{printed}",
            row.url
        );
        assert!(row.story.is_some(), "{:?} is in no story", row.url);
    }
    let all = StoryFilter { limit: 1000, ..StoryFilter::default() };
    let mut shown = Vec::new();
    let mut placed = 0;
    for story in store.stories(&all).await.expect("stories") {
        let members = store.members(&story.id).await.expect("members");
        assert_eq!(i64::try_from(members.len()).ok(), Some(story.articles), "{}", story.headline);
        placed += members.len();
        let members = members.into_iter().filter_map(|member| member.article.url).collect();
        let text = versions(store, folder, &story.id, story.version).await;
        shown.push((members, story.headline, text));
    }
    assert_eq!(placed, rows.len(), "an article is in two stories");
    shown.sort();
    shown
}

/// Checks all versions of a story; the text of the one that readers see.
async fn versions(store: &Store, folder: &Path, story: &str, shown: Option<i64>) -> String {
    let rows = store.versions(story).await.expect("versions");
    let mut before = String::new();
    let mut text = String::new();
    for (row, number) in rows.iter().rev().zip(1..) {
        assert_eq!(row.version, number, "{story}: a version is missing");
        let receipt = store.digest(story, number).await.expect("an answer").expect("a version").receipt;
        assert!(check(receipt.as_bytes()).is_empty(), "{story} {number}: the receipt does not hold");
        let parsed: Receipt = serde_json::from_str(&receipt).expect("a receipt");
        assert_ne!(parsed.text, before, "{story}: version {number} says what the one before says");
        if shown == Some(number) {
            assert_eq!(row.state, DigestState::Published);
            std::fs::write(folder.join("receipt.json"), &receipt).expect("the folder can be written");
            run_in(folder, &["receipt", "receipt.json"]).code(0).out("holds");
            text.clone_from(&parsed.text);
        }
        before = parsed.text;
    }
    assert!(shown.is_none_or(|shown| shown == rows[0].version), "{story}: an old version is shown");
    // The day on which a source was read is the one thing that may differ.
    text.lines().map(|line| line.split(" Accessed").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Every comment that was taken is there once. Figures for people.
async fn figures(store: &Store, readers: &Mutex<Readers>) -> String {
    let kept = store.comments_in(CommentState::Approved, 100_000).await.expect("comments");
    let (taken, sent) = {
        let readers = readers.lock().expect("readers don't break");
        (readers.taken.clone(), readers.sent)
    };
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    kept.iter().for_each(|comment| *times.entry(comment.words.as_str()).or_default() += 1);
    for words in &taken {
        assert_eq!(times.get(words.as_str()), Some(&1), "{words} was taken and is not there once");
    }
    assert!(times.values().all(|&times| times == 1), "a comment is there twice");
    let all = StoryFilter { limit: 1000, ..StoryFilter::default() };
    let (mut versions, mut revisions) = (0, 0);
    let stories = store.stories(&all).await.expect("stories");
    for story in &stories {
        versions += store.versions(&story.id).await.expect("versions").len();
        let under = kept.iter().filter(|comment| comment.story == story.id).count();
        assert_eq!(i64::try_from(under).ok(), Some(story.comments), "comments are miscounted");
    }
    let filter = ArticleFilter { limit: 10_000, ..ArticleFilter::default() };
    let articles = store.articles(&filter).await.expect("articles");
    articles.iter().for_each(|row| revisions += row.revisions);
    let entries = store.entries(None, 10_000).await.expect("the log");
    let noted = entries.iter().filter(|entry| entry.action == "publish").count();
    let published = stories.iter().filter(|story| story.version.is_some()).count();
    format!(
        "{} feeds, {} articles in {revisions} revisions, {} stories, {published} published in {versions} versions \
         ({noted} noted in the log), {sent} comments sent, {} taken, {} kept",
        press::feeds().len(),
        articles.len(),
        stories.len(),
        taken.len(),
        kept.len(),
    )
}

impl Life {
    fn start(folder: &Path, press: &Press) -> Self {
        let log = std::fs::File::options().create(true).append(true).open(folder.join("serve.log"));
        let mut command = program(folder);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data", "data"]);
        command.args(["--set", &format!("fetch.stand_in={}", press.address)]);
        for setting in [
            "fetch.gap=10ms",
            "fetch.min_interval=200ms",
            "fetch.max_interval=1s",
            "write.settle=150ms",
            "comments.approve=false",
            "comments.per_hour=10000",
            "log.level=warn",
        ] {
            command.args(["--set", setting]);
        }
        let log = log.expect("the folder can be written");
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn();
        let mut child = child.expect("the program is built with its tests");
        let out = BufReader::new(child.stdout.take().expect("it is piped"));
        let (send, site) = channel();
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if let Some(at) = line.trim().strip_prefix("Site ") {
                    // Nobody may be waiting for it.
                    let _ = send.send(at.trim().trim_end_matches('/').to_owned());
                }
            }
        });
        Self { child, site }
    }

    /// Where its site is, once it is open.
    fn at(&self) -> String {
        self.site.recv_timeout(Duration::from_secs(60)).expect("it opens; serve.log says why not")
    }

    /// Ends it as a power cut does.
    fn kill(&mut self) {
        self.child.kill().expect("it is our child");
        self.child.wait().expect("it is our child");
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        // It has ended already where nothing went wrong.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Chance {
    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
