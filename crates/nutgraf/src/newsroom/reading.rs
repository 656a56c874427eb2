//! Offers become articles: from the feed where it carries the text, else from the page if we may read it.

use std::sync::{Arc, PoisonError};

use anyhow::Result;
use desk::article::Article;
use desk::families::{Families, host, registrable};
use desk::read::apart::{apart, is_item};
use desk::read::{page, record};
use desk::section;
use desk::stamp::Stamp;
use fetch::pace::Permit;
use fetch::{Document, Refusal};
use store::{Job, Millis, NewOutlet, OfferRow, Put, Stage, State};
use tracing::Instrument as _;

use super::crew::{Done, Rest, Work, aside, failures};
use super::item::{self, Carried};
use super::{DAY, HOUR, MOST_FAILURES, Room, pace};

/// What the key of a job begins with that reads an article again to catch its edits; the article's id follows.
const AGAIN: &str = "article:";
/// How long after an article came it is read again.
const READ_AGAIN: [Millis; 2] = [2 * HOUR, 12 * HOUR];
/// Pages published before that are thought to have no date.
const OLDEST_YEAR: i16 = 1990;

/// What is to be read.
enum Task {
    /// What a feed offered.
    Offer { row: Box<OfferRow> },
    /// An article of a live story, again.
    Again { article: Box<Article>, added: Millis },
}

/// What came of it.
enum Found {
    /// An article; whether it came from its page, which may be edited later.
    Article { article: Box<Article>, is_page: bool },
    /// None, and why.
    Nothing(String),
}

impl Room {
    /// Takes offers that are to be read.
    pub(super) async fn reading(self: &Arc<Self>, free: usize) -> Result<Vec<Work>> {
        let jobs = self.lease(Stage::Read, free).await?;
        Ok(jobs.into_iter().map(|job| self.read(job)).collect())
    }

    fn read(self: &Arc<Self>, job: Job) -> Work {
        let room = Arc::clone(self);
        let span = tracing::info_span!("job", stage = "read", key = %job.key);
        let within = span.clone();
        let work = async move {
            let begun = std::time::Instant::now();
            let found = room.task(&job).await;
            let found = match found {
                Ok(Some(task)) => {
                    room.bring(&task, failures(&job.error)).await.map(|brought| Some((task, brought)))
                }
                Ok(None) => Ok(None),
                Err(error) => Err(error),
            };
            let rest = async move {
                let done = match found {
                    Ok(Some((task, Brought::Found(found)))) => room.keep(&task, found).await,
                    Ok(Some((_, Brought::Not(done)))) => Ok(done),
                    Ok(None) => Ok(Done::Finished),
                    Err(error) => Err(error),
                };
                tracing::debug!(ms = begun.elapsed().as_millis(), ?done, "read");
                room.settle(&job, done).await;
            };
            Rest::new(rest.instrument(within))
        };
        Box::pin(work.instrument(span))
    }

    /// What a job asks for; nothing where it is done already.
    async fn task(&self, job: &Job) -> Result<Option<Task>> {
        if let Some(id) = job.key.strip_prefix(AGAIN) {
            let Some(held) = self.store.article(id).await?.filter(|held| !held.withdrawn) else {
                return Ok(None);
            };
            let story = match &held.story {
                Some(story) => self.store.story(story).await?,
                None => None,
            };
            let is_live = story.is_some_and(|story| story.articles > 1 || story.version.is_some());
            return Ok(is_live.then(|| Task::Again { article: Box::new(held.article), added: held.added }));
        }
        let Ok(id) = job.key.parse() else { return Ok(None) };
        Ok(self.store.offer(id).await?.map(|row| Task::Offer { row: Box::new(row) }))
    }

    /// Brings the article in: the part that asks others and takes time. `tries` says how often that failed.
    async fn bring(self: &Arc<Self>, task: &Task, tries: u32) -> Result<Brought> {
        let (address, offer) = match task {
            Task::Offer { row } => (row.offer.address.clone(), Some(row.offer.clone())),
            Task::Again { article, .. } => (article.url.clone().unwrap_or_default(), None),
        };
        let domain = pace::domain(&address);
        let outlet = self.store.outlet(&domain).await?;
        if outlet.is_some_and(|outlet| outlet.state == State::Removed) {
            return Ok(Brought::nothing(format!("{domain} was taken out of this newsroom")));
        }
        let room = Arc::clone(self);
        let carried =
            aside(move || offer.and_then(|offer| item::carried(&offer, &room.settings.families))).await?;
        if let Some(Carried { article, .. }) =
            carried.as_ref().filter(|carried| carried.is_whole || !self.settings.full_text)
        {
            return Ok(Brought::article(article.clone(), false));
        }
        if !self.settings.full_text {
            return Ok(Brought::nothing(
                "the feed gives no text, and pages are not fetched here (fetch.full_text)",
            ));
        }
        let permit = match self.turn(&domain) {
            Ok(permit) => permit,
            Err(later) => return Ok(Brought::Not(later)),
        };
        let room = Arc::clone(self);
        let asked = address.clone();
        let page = aside(move || {
            let document = room.client.get(&asked)?;
            Ok(read(&document, &room.settings.families, room.clock.now()))
        })
        .await;
        self.slow(&domain, &address);
        permit.finish(self.clock.now());
        Ok(match page? {
            Ok(page) => Brought::of_page(&address, page, carried),
            Err(refusal) => self.refused(&domain, refusal, carried, tries),
        })
    }

    /// Leave to ask a site now, or when to come again: jobs that wait for one site come one after another.
    fn turn(&self, domain: &str) -> Result<Permit, Done> {
        let now = self.clock.now();
        self.pace.take(domain, now).map_err(|until| {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            Done::Later { at: turns.after(domain, until, self.settings.gap_ms, now) }
        })
    }

    /// Keeps to the gap that the site's robots.txt asks for.
    pub(super) fn slow(&self, domain: &str, address: &str) {
        if let Some(delay) = self.client.crawl_delay(address) {
            self.pace.slow(domain, delay);
        }
    }

    /// What to make of a refusal. One that may pass is tried again; in the end the feed's own text is kept, if it has
    /// any.
    fn refused(&self, domain: &str, refusal: Refusal, carried: Option<Carried>, tries: u32) -> Brought {
        if is_passing(refusal.code) && tries + 1 < MOST_FAILURES {
            let after = refusal.wait.map(|wait| wait.until(self.clock.now()));
            if let Some(until) = after {
                self.pace.rest(domain, until);
            }
            return Brought::Not(Done::Failed { reason: refusal.reason, after });
        }
        match carried {
            Some(carried) => Brought::article(carried.article, false),
            None => Brought::nothing(refusal.reason),
        }
    }

    /// Keeps the article, or those of a page that holds several: for each, one transaction that also asks for its
    /// grouping.
    async fn keep(&self, task: &Task, found: Found) -> Result<Done> {
        let now = self.clock.now();
        let (mut article, is_page) = match (found, task) {
            (Found::Article { article, is_page }, _) => (*article, is_page),
            (Found::Nothing(reason), Task::Offer { row }) => {
                tracing::info!(address = %row.offer.address, reason, "an offer became no article");
                self.store.refuse_offer(row.id, &reason).await?;
                return Ok(Done::Finished);
            }
            (Found::Nothing(_), Task::Again { .. }) => return Ok(Done::Finished),
        };
        let known = match task {
            Task::Again { article, .. } => Some((**article).clone()),
            Task::Offer { row } => match &row.article {
                Some(id) => self.store.article(id).await?.map(|held| held.article),
                None => None,
            },
        };
        let offer = match task {
            Task::Offer { row } => Some(&**row),
            Task::Again { .. } => None,
        };
        // One that is an item of its page is found again by its address, once the page has been taken apart.
        let known = known.filter(|known| !known.url.as_deref().is_some_and(is_item));
        complete(&mut article, offer, known.as_ref(), now);
        if let Some(row) = offer {
            let feed = self.store.feed(row.feed).await?.map(|feed| feed.section).unwrap_or_default();
            article.section = Some(section::of(&feed, article.section.as_deref(), article.url.as_deref()));
        }
        self.name_outlet(&mut article, now).await?;
        let items = apart(article);
        for (index, article) in items.iter().enumerate() {
            let offer = offer.filter(|_| index == 0).map(|row| row.id);
            let put = self.store.put_article(article, offer, now).await?;
            tracing::info!(?put, url = article.url, "an article was kept");
            // A page of several items is printed once.
            if is_page && items.len() == 1 {
                self.read_again(task, &put, now).await?;
            }
        }
        Ok(Done::Finished)
    }

    /// Prints the outlet under the name that the newsroom knows it by, and writes a new one down.
    async fn name_outlet(&self, article: &mut Article, now: Millis) -> Result<()> {
        let Some(domain) = article.domain.clone() else { return Ok(()) };
        let known = self.settings.families.name(&domain).map(str::to_owned);
        let Some(outlet) = self.store.outlet(&domain).await? else {
            article.outlet = known.unwrap_or_else(|| std::mem::take(&mut article.outlet));
            let outlet = NewOutlet { domain, name: article.outlet.clone(), ..NewOutlet::default() };
            self.store.put_outlet(&outlet, now).await?;
            return Ok(());
        };
        if !outlet.name.is_empty() && outlet.name != outlet.domain {
            article.outlet = outlet.name;
        }
        article.paywalled |= outlet.paywalled;
        Ok(())
    }

    /// Asks for the page again later, for publishers edit what they printed.
    async fn read_again(&self, task: &Task, put: &Put, now: Millis) -> Result<()> {
        // What is kept already may be so because a crash came before this: the job for it is asked for once more.
        let (Put::New { id } | Put::Revised { id, .. } | Put::Same { id }) = put;
        let added = match task {
            Task::Again { added, .. } => *added,
            Task::Offer { .. } => self.store.article(id).await?.map_or(now, |held| held.added),
        };
        if let Some(due) = READ_AGAIN.iter().map(|wait| added + wait).find(|&due| due > now) {
            self.store.enqueue(Stage::Read, &format!("{AGAIN}{id}"), due, now).await?;
        }
        Ok(())
    }
}

/// What came of asking.
enum Brought {
    Found(Found),
    Not(Done),
}

impl Brought {
    fn article(article: Article, is_page: bool) -> Self {
        Self::Found(Found::Article { article: Box::new(article), is_page })
    }

    /// What to make of a page: a wall or a notice in its place says less than the feed does.
    fn of_page(address: &str, page: Option<Article>, carried: Option<Carried>) -> Self {
        match (page, carried) {
            (Some(page), Some(Carried { mut article, .. })) if page.text.len() < article.text.len() => {
                article.paywalled |= page.paywalled;
                article.reserved |= page.reserved;
                Self::article(article, false)
            }
            (Some(page), _) => Self::article(page, true),
            (None, Some(carried)) => Self::article(carried.article, false),
            (None, None) => Self::nothing(format!(
                "no article was found at {address}. It may be a video, a front page, or text that only scripts show"
            )),
        }
    }

    fn nothing(reason: impl Into<String>) -> Self {
        Self::Found(Found::Nothing(reason.into()))
    }
}

/// Whether a refusal may pass: what can't be had now may be had later.
fn is_passing(code: &str) -> bool {
    const PASSING: [&str; 9] = [
        "timeout",
        "no-connection",
        "no-host",
        "cut-off",
        "bad-answer",
        "too-many-requests",
        "server-error",
        "robots-unknown",
        "tls",
    ];
    PASSING.contains(&code)
}

/// The article on a page. A page that calls an address of somebody else its own is not believed, nor one that calls
/// its site's front page so.
fn read(document: &Document, families: &Families, now: Millis) -> Option<Article> {
    let url = document.url.as_deref();
    let (mut page, _) = page::read_sent(&document.bytes, url, document.content_type.as_deref());
    page.canonical = page.canonical.filter(|canonical| is_own(canonical, url));
    let future = |stamp: &Stamp| stamp.seconds() > (now + DAY) / 1000 || stamp.day.year() < OLDEST_YEAR;
    page.published = page.published.filter(|stamp| !future(stamp));
    page.modified = page.modified.filter(|stamp| !future(stamp));
    let mut article = record::from_page(page, url, None, families)?;
    article.reserved |= document.reserved;
    Some(article)
}

fn is_own(canonical: &str, url: Option<&str>) -> bool {
    let site = |address: &str| host(address).map(|host| registrable(&host).unwrap_or(host));
    let has_path = |address: &str| url::Url::parse(address).is_ok_and(|url| url.path().len() > 1);
    url.is_some_and(|url| site(canonical) == site(url) && (has_path(canonical) || !has_path(url)))
}

/// Fills what the article lacks from what the feed says, and gives one that is known its own id and address, so that
/// an edit is a revision and never a second article.
fn complete(article: &mut Article, offer: Option<&OfferRow>, known: Option<&Article>, now: Millis) {
    if let Some(OfferRow { offer, .. }) = offer {
        if article.title.is_empty() && !offer.title.is_empty() {
            let parts: Vec<_> =
                article.blocks.iter().map(|block| (block.role, block.span.of(&article.text))).collect();
            let (text, blocks) = Article::compose(&offer.title, parts);
            article.title.clone_from(&offer.title);
            (article.text, article.blocks) = (text, blocks);
        }
        article.published = article.published.or_else(|| item::published(offer, None));
        let url = article.url.as_deref().unwrap_or(&offer.address);
        article.url = Some(fetch::address::normal(url).unwrap_or_else(|| offer.address.clone()));
        article.id = record::made_id(article.url.as_deref(), &article.text);
    }
    if let Some(known) = known {
        article.id.clone_from(&known.id);
        article.url.clone_from(&known.url);
        article.published = article.published.or(known.published);
        article.section.clone_from(&known.section);
    }
    let site = article.url.as_deref().and_then(host);
    article.domain = site.map(|site| registrable(&site).unwrap_or(site));
    let at = jiff::Timestamp::from_millisecond(now).unwrap_or_default();
    article.fetched = Some(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
}
