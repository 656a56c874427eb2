//! Stories are written, checked, and published as a new version when that differs from what readers see.

mod input;
mod version;

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, ensure};
use desk::article::Article;
use desk::edit::{Dropped, Edited, edit_without};
use desk::families::Families;
use desk::group::{self, Story};
use desk::receipt::{self, Receipt};
use desk::write;
use language::Span;
use store::{DigestRow, DigestState, Job, Stage, VersionRow};
use tracing::Instrument as _;

use super::Room;
use super::crew::{Done, Rest, Work, aside};

/// With what a withdrawal begins that the newsroom decided by itself, so that it can take it back by itself.
const NOT_ENOUGH: &str = "Its sources no longer suffice";
/// How many articles of one story the writer reads: the newest of each family, then the newest.
const MOST_ARTICLES: usize = 120;

/// A story with everything that its digest is made from.
struct Desk {
    story: store::Story,
    articles: Vec<Article>,
    group: Story,
    dropped: Vec<Dropped>,
    input: String,
}

impl Room {
    /// Takes stories that are to be written.
    pub(super) async fn writing(self: &Arc<Self>, free: usize) -> Result<Vec<Work>> {
        let jobs = self.lease(Stage::Write, free).await?;
        Ok(jobs.into_iter().map(|job| self.write(job)).collect())
    }

    fn write(self: &Arc<Self>, job: Job) -> Work {
        let room = Arc::clone(self);
        let span = tracing::info_span!("job", stage = "write", key = %job.key);
        let within = span.clone();
        let work = async move {
            let begun = Instant::now();
            let prepared = room.prepare(&job.key).await;
            let rest = async move {
                let done = match prepared {
                    Ok(Some((desk, edited))) => room.publish(&desk, edited).await,
                    Ok(None) => Ok(()),
                    Err(error) => Err(error),
                };
                tracing::debug!(ms = begun.elapsed().as_millis(), ?done, "written");
                room.settle(&job, done.map(|()| Done::Finished)).await;
            };
            Rest::new(rest.instrument(within))
        };
        Box::pin(work.instrument(span))
    }

    /// Gathers a story and writes it; nothing where it is written already or can't be now.
    async fn prepare(&self, id: &str) -> Result<Option<(Desk, Edited)>> {
        let Some(story) = self.store.story(id).await? else { return Ok(None) };
        let desk = self.gather(story).await?;
        let least = self.settings.least_families.max(1);
        if desk.story.articles == 0 {
            self.leave(&desk, "its articles are told in another story now").await?;
            return Ok(None);
        }
        let families = desk.group.families();
        if families < least {
            let carried = if families == 1 { "1 family".to_owned() } else { format!("{families} families") };
            self.leave(&desk, &format!("carried by {carried} so far; {least} are needed")).await?;
            return Ok(None);
        }
        if self.store.has_input(id, &desk.input).await? {
            self.take_back(id).await?;
            return Ok(None);
        }
        let settings = write::Settings { words: self.settings.words, ..write::Settings::default() };
        let (group, articles, dropped) = (desk.group.clone(), desk.articles.clone(), desk.dropped.clone());
        let edited = aside(move || edit_without(&group, &articles, settings, &dropped)).await?;
        Ok(Some((desk, edited)))
    }

    /// A story's articles with their families; what is known of the members is written down.
    async fn gather(&self, story: store::Story) -> Result<Desk> {
        let held = self.store.members_whole(&story.id).await?;
        let mut families = self.settings.families.clone();
        families.extend(&self.families_by_hand(held.iter().map(|held| &held.article)).await?);
        let revisions: Vec<i64> = held.iter().map(|held| held.revision).collect();
        let articles: Vec<Article> = held.into_iter().map(|held| held.article).collect();
        let (story_id, least) = (story.id.clone(), self.settings.least_families);
        let (articles, group) = aside(move || {
            let group = grouped(&articles, &story_id, &families);
            (articles, group)
        })
        .await?;
        let member = |member: &group::Member| {
            let copied = member.copy_of.map(|first| articles[first].id.clone());
            (articles[member.article].id.clone(), member.family.clone(), copied, member.background)
        };
        let members: Vec<_> = group.members.iter().map(member).collect();
        let count = i64::try_from(group.families()).unwrap_or(i64::MAX);
        self.store.set_members(&story.id, &members, count).await?;
        let dropped = self.store.dropped(&story.id).await?.into_iter().map(dropped).collect::<Vec<_>>();
        let input = input::hash(&articles, &revisions, &members, &dropped, (self.settings.words, least));
        Ok(Desk { story, articles, group, dropped, input })
    }

    /// The families that were set by hand for the outlets of these articles, as lines of a families file.
    async fn families_by_hand(&self, articles: impl Iterator<Item = &Article>) -> Result<String> {
        let domains: std::collections::BTreeSet<&str> =
            articles.filter_map(|article| article.domain.as_deref()).collect();
        let mut lines = String::new();
        for domain in domains {
            let family = self.store.outlet(domain).await?.map(|outlet| outlet.family).unwrap_or_default();
            let family = family.split_whitespace().collect::<Vec<_>>().join(" ");
            if !family.is_empty() {
                lines.push_str(&format!("{domain}\t{family}\n"));
            }
        }
        Ok(lines)
    }

    /// Keeps what was written, if readers would see a difference.
    async fn publish(&self, desk: &Desk, edited: Edited) -> Result<()> {
        let id = &desk.story.id;
        let Some(digest) = &edited.digest else { return self.leave(desk, &edited.reason).await };
        let receipt = receipt::receipt(digest, desk::print::Form::default());
        let json = receipt.to_json();
        let faults = receipt::check(json.as_bytes());
        ensure!(
            faults.is_empty(),
            "the receipt of story {id} does not hold ({:?}); nothing was published",
            faults[0]
        );
        self.store.set_reason(id, "").await?;
        let published = self.store.published(id).await?;
        let newest = self.store.versions(id).await?.into_iter().next();
        if self.is_shown(id, &receipt, published.as_ref(), newest.as_ref()).await? {
            return Ok(());
        }
        // The same words from other sources than those that did not suffice: they are shown again, not told as news.
        if let Some(row) = newest.as_ref().filter(|row| ended_by_itself(row))
            && let Some(last) = self.store.digest(id, row.version).await?
            && parsed(&last.receipt).is_some_and(|last| last.text == receipt.text)
        {
            return self.take_back(id).await;
        }
        let before = published.as_ref().and_then(|row| parsed(&row.receipt));
        let publish = self.may_publish(&desk.story, newest.as_ref());
        let version =
            version::Version { desk, digest, receipt: &receipt, before: before.as_ref(), edited: &edited };
        let now = self.clock.now();
        let new = version.row(json, publish, now);
        let Some(number) = self.store.put_digest_by(&new, "nutgraf", now).await? else {
            return self.take_back(id).await;
        };
        let object = format!("story {id} version {number}");
        tracing::info!(
            object,
            publish,
            headline = new.headline,
            change = new.change,
            "a version was written"
        );
        Ok(())
    }

    /// Whether what was written is what readers, or editors who are to decide, see already.
    async fn is_shown(
        &self,
        id: &str,
        receipt: &Receipt,
        published: Option<&DigestRow>,
        newest: Option<&VersionRow>,
    ) -> Result<bool> {
        let same = |row: &DigestRow| parsed(&row.receipt).is_some_and(|shown| shown.text == receipt.text);
        let Some(newest) = newest else { return Ok(false) };
        Ok(match newest.state {
            DigestState::Published => published.is_some_and(same),
            // A version that waits differs from what is published; if it is written again it goes on waiting.
            DigestState::Held => self.store.digest(id, newest.version).await?.as_ref().is_some_and(same),
            DigestState::Withdrawn | DigestState::Passed => false,
        })
    }

    /// Whether a new version is shown at once: not in a section that an editor approves, not while the story is
    /// held, and not after an editor took its last version back.
    fn may_publish(&self, story: &store::Story, newest: Option<&VersionRow>) -> bool {
        let taken_back =
            newest.is_some_and(|row| row.state == DigestState::Withdrawn && !ended_by_itself(row));
        !self.settings.approval.contains(&story.section) && !story.held && !taken_back
    }

    /// Leaves a story unwritten, with the reason; what is shown or waits of it is withdrawn.
    async fn leave(&self, desk: &Desk, reason: &str) -> Result<()> {
        let (id, now) = (&desk.story.id, self.clock.now());
        self.store.set_reason(id, reason).await?;
        let shown =
            |row: &VersionRow| Some(row.version) == desk.story.version || row.state == DigestState::Held;
        for row in self.store.versions(id).await?.iter().filter(|row| shown(row)) {
            let why = format!("{NOT_ENOUGH}: {reason}.");
            self.store.set_digest_state(id, row.version, DigestState::Withdrawn, &why, now).await?;
            let object = format!("story {id} version {}", row.version);
            tracing::info!(object, why, "a version was withdrawn");
            self.store.log("nutgraf", "withdraw", &object, &why, now).await?;
        }
        Ok(())
    }

    /// Shows the newest version again if it was withdrawn only because its sources did not suffice: they do again.
    async fn take_back(&self, id: &str) -> Result<()> {
        let Some(row) = self.store.versions(id).await?.into_iter().next() else { return Ok(()) };
        if !ended_by_itself(&row) {
            return Ok(());
        }
        let Some(story) = self.store.story(id).await? else { return Ok(()) };
        let publish = self.may_publish(&story, None);
        let state = if publish { DigestState::Published } else { DigestState::Held };
        let now = self.clock.now();
        self.store.set_digest_state(id, row.version, state, "", now).await?;
        self.store.set_reason(id, "").await?;
        let action = if publish { "publish" } else { "wait" };
        self.store
            .log(
                "nutgraf",
                action,
                &format!("story {id} version {}", row.version),
                "its sources are back",
                now,
            )
            .await?;
        Ok(())
    }
}

/// Whether a version was withdrawn by the newsroom itself, for want of sources.
fn ended_by_itself(row: &VersionRow) -> bool {
    row.state == DigestState::Withdrawn && row.reason.starts_with(NOT_ENOUGH)
}

/// The story that all these articles are, its members bounded: a story that hundreds report isn't told better by
/// reading all of them.
fn grouped(articles: &[Article], id: &str, families: &Families) -> Story {
    let labels = vec![id.to_owned(); articles.len()];
    let origins = group::Origins::new(articles, families);
    let mut story = group::by_label(articles, &labels, &origins).pop().unwrap_or(Story {
        id: id.to_owned(),
        members: Vec::new(),
        near: Vec::new(),
    });
    if story.members.len() > MOST_ARTICLES {
        let mut seen = std::collections::BTreeSet::new();
        let newest = story.members.iter().enumerate().rev();
        let mut ranked: Vec<(bool, usize)> = newest
            .map(|(at, member)| (member.copy_of.is_some() || !seen.insert(member.family.clone()), at))
            .collect();
        ranked.sort_by_key(|&(repeats, at)| (repeats, std::cmp::Reverse(at)));
        let kept: std::collections::BTreeSet<usize> =
            ranked.iter().take(MOST_ARTICLES).map(|&(_, at)| at).collect();
        let all = std::mem::take(&mut story.members);
        story.members =
            all.into_iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, m)| m).collect();
    }
    story
}

fn dropped((article, start, end, hash): (String, i64, i64, String)) -> Dropped {
    let byte = |at: i64| usize::try_from(at).unwrap_or_default();
    Dropped { article, span: Span::new(byte(start), byte(end).max(byte(start))), hash }
}

fn parsed(receipt: &str) -> Option<Receipt> {
    serde_json::from_str(receipt).ok()
}
