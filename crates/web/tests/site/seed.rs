//! A newsroom to ask: the invented stories of the repository, read, grouped, written and published.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use desk::article::Article;
use desk::cite::Style;
use desk::edit::{Edited, edit};
use desk::families::Families;
use desk::group::{Origins, Settings as Grouping, Story, group};
use desk::print::Form;
use desk::read::{page, record};
use desk::receipt::receipt;
use desk::write::Settings as Writing;
use store::{Assigned, Clock, Millis, NewDigest, NewFeed, NewOutlet, Store};
use web::{Settings, Site};

/// 2026-03-14T08:00:00Z, the morning after the last report of the ferry.
pub(crate) const NOW: Millis = 1_773_475_200_000;

/// A newsroom, and the folder that goes with it when it is dropped.
pub(crate) struct Room {
    pub(crate) site: Site,
    folder: PathBuf,
    lender: std::sync::OnceLock<desk::receipt::Receipt>,
}

impl Drop for Room {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Room {
    /// An empty newsroom.
    pub(crate) async fn empty() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let folder = std::env::temp_dir().join(format!("nutgraf-site-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        let store =
            Store::open(&format!("sqlite:{}", folder.join("room.db").display())).await.expect("a store");
        let settings = Settings {
            name: "The Morning Sheet".to_owned(),
            base: "https://sheet.example".to_owned(),
            contact: "desk@sheet.example".to_owned(),
            ..Settings::default()
        };
        let site =
            Site { store, clock: Clock::held(NOW), settings: Arc::new(settings), key: Arc::new([7; 32]) };
        Self { site, folder, lender: std::sync::OnceLock::new() }
    }

    /// A newsroom with the invented stories of the repository.
    pub(crate) async fn filled() -> Self {
        let room = Self::empty().await;
        for (name, section) in [("ferry", "World"), ("lithium", "Business")] {
            let (articles, families) = example(name);
            room.take(&articles, &families, section, NOW).await;
        }
        room
    }

    pub(crate) fn router(&self) -> axum::Router {
        web::router(self.site.clone())
    }

    /// Keeps articles, groups them, and publishes a digest of every story that gives one; their ids.
    pub(crate) async fn take(
        &self,
        articles: &[Article],
        families: &Families,
        section: &str,
        now: Millis,
    ) -> Vec<String> {
        let store = &self.site.store;
        for article in articles {
            self.outlet(article, families, section, now).await;
            store.put_article(article, None, now).await.expect("the article is kept");
        }
        let mut published = Vec::new();
        for story in group(articles, &Origins::new(articles, families), Grouping::default()) {
            self.assign(&story, articles, section, now).await;
            let edited = edit(&story, articles, Writing::default());
            if self.publish(&story.id, &edited, "", now).await.is_some() {
                published.push(story.id);
            }
        }
        published
    }

    async fn outlet(&self, article: &Article, families: &Families, section: &str, now: Millis) {
        let domain = article.domain.clone().unwrap_or_default();
        if domain.is_empty() {
            return;
        }
        let outlet = NewOutlet {
            domain: domain.clone(),
            name: article.outlet.clone(),
            family: families.of(&Article { agency: None, ..article.clone() }),
            ..NewOutlet::default()
        };
        let outlet = self.site.store.put_outlet(&outlet, now).await.expect("the outlet is kept");
        let feed = NewFeed {
            address: format!("https://{domain}/feed.xml"),
            outlet,
            title: format!("{}: news", article.outlet),
            section: section.to_owned(),
        };
        self.site.store.add_feed(&feed, now).await.expect("the feed is kept");
    }

    async fn assign(&self, story: &Story, articles: &[Article], section: &str, now: Millis) {
        let store = &self.site.store;
        for member in &story.members {
            let assigned = Assigned {
                article: articles[member.article].id.clone(),
                story: story.id.clone(),
                likeness: member.placed.likeness,
                section: section.to_owned(),
            };
            store.assign(&assigned, now, now).await.expect("the article is put into its story");
        }
        let members = story.members.iter().map(|member| {
            let copy_of = member.copy_of.map(|first| articles[first].id.clone());
            (articles[member.article].id.clone(), member.family.clone(), copy_of, member.background)
        });
        let members: Vec<_> = members.collect();
        let families = i64::try_from(story.families()).expect("a small number");
        store.set_members(&story.id, &members, families).await.expect("the members are known");
    }

    /// Publishes what an edit gave; the version's number where it gave a digest.
    pub(crate) async fn publish(
        &self,
        story: &str,
        edited: &Edited,
        change: &str,
        now: Millis,
    ) -> Option<i64> {
        let digest = edited.digest.as_ref()?;
        let receipt = receipt(digest, Form { first_mark: 0, style: Style::Mla });
        let lead: Vec<&str> = receipt.paragraphs[0].iter().map(|line| line.text.as_str()).collect();
        let domains =
            digest.sources().iter().filter_map(|source| desk::families::host(source.url.as_deref()?));
        let mut domains: Vec<String> =
            domains.map(|host| desk::families::registrable(&host).unwrap_or(host)).collect();
        domains.sort();
        domains.dedup();
        let counted = |count: usize| i64::try_from(count).expect("a small number");
        let new = NewDigest {
            story: story.to_owned(),
            input: format!("{story} {now}"),
            headline: receipt.headline.text.clone(),
            lead: lead.join(" "),
            words: counted(receipt.text.split_whitespace().count()),
            sentences: counted(digest.sentences().count()),
            families: counted(digest.families()),
            domains,
            refused: counted(edited.refused.iter().filter(|refusal| refusal.passage.is_none()).count()),
            change: change.to_owned(),
            correction: String::new(),
            publish: true,
            receipt: receipt.to_json(),
        };
        self.site.store.put_digest(&new, now).await.expect("the digest is kept")
    }
}

/// The articles of an invented story, in the order of their files, and who belongs to whom.
pub(crate) fn example(name: &str) -> (Vec<Article>, Families) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    let mut families = Families::starter();
    families
        .extend(&std::fs::read_to_string(folder.join("families.tsv")).expect("the families of the example"));
    let mut pages: Vec<PathBuf> = std::fs::read_dir(folder.join("pages"))
        .expect("the pages of the example")
        .map(|entry| entry.expect("a page").path())
        .collect();
    pages.sort();
    let read = |path: &PathBuf| {
        let (page, _) = page::read(&std::fs::read(path).expect("a page"), None);
        record::from_page(page, None, None, &families)
    };
    (pages.iter().filter_map(read).collect(), families)
}

/// Invented headlines with their sections, for looking at full pages: section, headline, first paragraph.
const INVENTED: [(&str, &str, &str); 14] = [
    (
        "World",
        "Mountain Pass Reopens after Three Weeks of Snow",
        "Lorries crossed the Karn Pass again on March 14 after ploughs cleared the last of eleven slides, the road office said. Some 400 drivers had waited in the valley.",
    ),
    (
        "World",
        "Port Selwick Council Votes for a Second Pilot Station",
        "The council voted 21 to 14 for a pilot station on the north mole. It is to open before the winter.",
    ),
    (
        "Politics",
        "Coalition Agrees on a Smaller Budget for Roads",
        "The three parties of the coalition agreed late on March 13 to cut the road budget by 4 percent, their leaders said.",
    ),
    (
        "Politics",
        "Minister Doyle Refuses to Resign over Ferry Contract",
        "Marsh Doyle told parliament that she would not resign. The opposition asked for an inquiry into the contract of 2023.",
    ),
    (
        "Politics",
        "Electoral Court Orders a Recount in Two Districts",
        "The court ordered a recount in Orrin and Lowmoor, where 212 votes part the first two candidates.",
    ),
    (
        "Business",
        "Central Bank Leaves Its Rate at 3.25 Percent",
        "The bank left its rate where it has been since October. Prices rose by 2.1 percent in the year to February.",
    ),
    (
        "Business",
        "Tessaly Mining Delays Its Second Well",
        "The company said that the second well will not begin before July, three months later than planned.",
    ),
    (
        "Technology",
        "Regulator Fines Map Service for Keeping Old Positions",
        "The data office fined the service 4.2 million crowns because it kept the positions of users for longer than it had said.",
    ),
    (
        "Technology",
        "Small Satellites Will Watch the Sandbanks of the Coast",
        "Two satellites the size of a suitcase are to measure the banks off Selwick every six days from May on.",
    ),
    (
        "Science",
        "A Glacier’s Lake Drained in Nine Hours, Scientists Say",
        "Sensors under the ice showed how the lake emptied through a single channel, researchers of Veldhaven University reported.",
    ),
    (
        "Health",
        "Measles Cases Double in a Month, Clinics Say",
        "Clinics counted 64 cases in February, twice as many as in January. Most of the sick are under five.",
    ),
    (
        "Culture",
        "The Old Customs House Becomes a Museum of the Sea",
        "The house, where the inquiry sits until April, is to open as a museum in the summer of 2027.",
    ),
    (
        "Sport",
        "Gullhaven Win the Cup after Extra Time",
        "Gullhaven beat Westerby 3–2 before 18,000 people. The winning goal came in the 119th minute.",
    ),
    (
        "Sport",
        "Marathon Moves Its Start because of the Harbour Works",
        "The start moves to the Customs Square. The course stays as long as it was.",
    ),
];

impl Room {
    /// Fills the pages with invented stories for the eye. They borrow the receipt of a real one.
    pub(crate) async fn populate(&self) {
        for (number, (section, headline, lead)) in INVENTED.iter().enumerate() {
            let at = NOW - i64::try_from(number).expect("small") * 5_400_000;
            let families = i64::try_from(2 + number * 5 % 4).expect("small");
            self.borrowed(&format!("sinvented{number:03}"), section, headline, lead, families, at).await;
        }
    }

    /// Fills the store with so many stories; their ids.
    pub(crate) async fn many(&self, count: usize) -> Vec<String> {
        let mut ids = Vec::with_capacity(count);
        for number in 0..count {
            let (section, headline, lead) = INVENTED[number % INVENTED.len()];
            let at = NOW - i64::try_from(number).expect("small") * 600_000;
            let id = format!("smany{number:06}");
            self.borrowed(&id, section, &format!("{headline} ({number})"), lead, 3, at).await;
            ids.push(id);
        }
        ids
    }

    async fn borrowed(&self, id: &str, section: &str, headline: &str, lead: &str, families: i64, at: Millis) {
        let store = &self.site.store;
        let filter = store::StoryFilter {
            published: true,
            limit: 1,
            section: Some("World".into()),
            ..Default::default()
        };
        let lender = match self.lender.get() {
            Some(lender) => lender,
            None => {
                let lender = store.stories(&filter).await.expect("stories").remove(0);
                let receipt = store.published(&lender.id).await.expect("asked").expect("published").receipt;
                self.lender.get_or_init(|| serde_json::from_str(&receipt).expect("a receipt"))
            }
        };
        let mut article = Article::bare(&format!("{id}-a"));
        (article.text, article.blocks) = Article::compose(headline, [(desk::article::Role::Paragraph, lead)]);
        article.title = headline.to_owned();
        article.outlet = "The Old Mill".to_owned();
        article.domain = Some("old-mill.example".to_owned());
        article.url = Some(format!("https://old-mill.example/{id}"));
        store.put_article(&article, None, at).await.expect("kept");
        let assigned = Assigned {
            article: article.id.clone(),
            story: id.to_owned(),
            likeness: 1.0,
            section: section.to_owned(),
        };
        store.assign(&assigned, at, at).await.expect("assigned");
        store
            .set_members(id, &[(article.id, "old-mill.example".into(), None, false)], families)
            .await
            .expect("members");
        let mut receipt = lender.clone();
        receipt.story = id.to_owned();
        receipt.headline.text = headline.to_owned();
        let new = NewDigest {
            story: id.to_owned(),
            input: id.to_owned(),
            receipt: receipt.to_json(),
            headline: headline.to_owned(),
            lead: lead.to_owned(),
            words: 300,
            sentences: 12,
            families,
            domains: vec!["old-mill.example".to_owned()],
            refused: 1,
            change: String::new(),
            correction: String::new(),
            publish: true,
        };
        store.put_digest(&new, at).await.expect("kept");
    }
}
