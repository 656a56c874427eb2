//! What an editor does to a story: hold it, publish or withdraw a version, drop a sentence, take an article out.

use axum::extract::{Path, State};
use axum::response::Response;
use desk::article::sha256;
use desk::receipt::Receipt;
use store::{DigestState, Stage, Story};

use super::frame::back;
use super::seat::Posted;
use crate::server::{Fault, Site};
use crate::talk;

/// The most characters of a reason.
const REASON: usize = 500;

pub(super) async fn hold(
    State(site): State<Site>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Fault> {
    let story = story(&site, &id).await?;
    site.store.set_held(&story.id, true).await?;
    log(&site, &posted, "hold", &format!("story {}", story.id), &reason(&posted)).await?;
    Ok(there(&story, "hold"))
}

pub(super) async fn resume(
    State(site): State<Site>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Fault> {
    let story = story(&site, &id).await?;
    site.store.set_held(&story.id, false).await?;
    log(&site, &posted, "resume", &format!("story {}", story.id), "").await?;
    Ok(there(&story, "resume"))
}

pub(super) async fn section(
    State(site): State<Site>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Fault> {
    let story = story(&site, &id).await?;
    let wanted = posted.fields.get("section");
    let section = site.settings.sections.iter().find(|name| *name == wanted);
    let section =
        section.ok_or(Fault::Bad("There is no such section. Go back and choose one of the list."))?;
    site.store.set_section(&story.id, section).await?;
    let detail = format!("from {} to {section}", talk::line(&story.section, 60));
    log(&site, &posted, "section", &format!("story {}", story.id), &detail).await?;
    Ok(there(&story, "section"))
}

pub(super) async fn publish(
    State(site): State<Site>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Fault> {
    let story = story(&site, &id).await?;
    let version = version(&site, &story, &posted).await?;
    let now = site.clock.now();
    site.store.set_digest_state(&story.id, version, DigestState::Published, "", now).await?;
    log(&site, &posted, "publish", &format!("story {} version {version}", story.id), "").await?;
    Ok(onward(&story, &posted, "publish"))
}

/// Takes a version back, or turns one away that waits. Readers of a withdrawn one are told why, so the reason is
/// asked for.
pub(super) async fn withdraw(
    State(site): State<Site>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Fault> {
    let story = story(&site, &id).await?;
    let version = version(&site, &story, &posted).await?;
    let reason = reason(&posted);
    if reason.is_empty() {
        return Err(Fault::Bad(
            "Say why the version is withdrawn: readers are told. Go back and fill in the reason.",
        ));
    }
    let now = site.clock.now();
    site.store.set_digest_state(&story.id, version, DigestState::Withdrawn, &reason, now).await?;
    log(&site, &posted, "withdraw", &format!("story {} version {version}", story.id), &reason).await?;
    Ok(onward(&story, &posted, if story.version == Some(version) { "withdraw" } else { "pass" }))
}

/// Forbids the passage that a sentence was made of, and has the story written again without it.
pub(super) async fn drop_sentence(
    State(site): State<Site>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Fault> {
    let story = story(&site, &id).await?;
    let version = version(&site, &story, &posted).await?;
    let digest = site.store.digest(&story.id, version).await?.ok_or(Fault::Missing)?;
    let number = posted.fields.number("sentence").and_then(|number| usize::try_from(number).ok());
    let base = number.and_then(|number| base(&digest.receipt, number));
    let base =
        base.ok_or(Fault::Bad("There is no such sentence in this version. Go back and choose it again."))?;
    let texts = site.store.texts(std::slice::from_ref(&base.text)).await?;
    let span = texts.get(&base.text).and_then(|text| {
        bytes(text, base.start, base.end)
            .filter(|(start, end)| sha256(&text.as_bytes()[*start..*end]) == base.hash)
    });
    let (start, end) = span.ok_or(Fault::Bad("The article of that sentence is no longer kept, so its passage can’t be found. Withdraw the version instead."))?;
    let now = site.clock.now();
    let [start, end] = [start, end].map(|at| i64::try_from(at).unwrap_or(i64::MAX));
    site.store.drop_passage(&story.id, &base.article, start, end, &base.hash, now).await?;
    site.store.enqueue(Stage::Write, &story.id, now, now).await?;
    let object = format!("story {} version {version}", story.id);
    log(
        &site,
        &posted,
        "drop",
        &object,
        &format!("sentence {}: {}", number.unwrap_or_default(), base.sentence),
    )
    .await?;
    Ok(there(&story, "drop"))
}

/// Takes an article out of the story, or back in.
pub(super) async fn article(
    State(site): State<Site>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Fault> {
    let story = story(&site, &id).await?;
    let wanted = posted.fields.get("article");
    let out = posted.fields.get("do") != "restore";
    let members = site.store.members(&story.id).await?;
    let member = members.iter().find(|member| member.article.id == wanted);
    let member = member.ok_or(Fault::Bad("That article is not in this story. Load the page again."))?;
    site.store.withdraw_article(&member.article.id, out, site.clock.now()).await?;
    let action = if out { "withdraw article" } else { "restore article" };
    let detail = talk::line(&format!("{}: {}", member.article.outlet, member.article.title), REASON);
    log(&site, &posted, action, &format!("story {} article {}", story.id, member.article.id), &detail)
        .await?;
    Ok(there(&story, if out { "article-out" } else { "article-in" }))
}

/// Writes a line of the audit log.
pub(super) async fn log(
    site: &Site,
    posted: &Posted,
    action: &str,
    object: &str,
    detail: &str,
) -> Result<(), Fault> {
    Ok(site.store.log(&posted.seat.name, action, object, detail, site.clock.now()).await?)
}

async fn story(site: &Site, id: &str) -> Result<Story, Fault> {
    site.store.story(id).await?.ok_or(Fault::Missing)
}

async fn version(site: &Site, story: &Story, posted: &Posted) -> Result<i64, Fault> {
    let missing = Fault::Bad("There is no such version of this story. Load the page again.");
    let Some(number) = posted.fields.number("version") else { return Err(missing) };
    let versions = site.store.versions(&story.id).await?;
    if versions.iter().any(|row| row.version == number) { Ok(number) } else { Err(missing) }
}

fn reason(posted: &Posted) -> String {
    talk::line(posted.fields.get("reason"), REASON)
}

fn there(story: &Story, done: &str) -> Response {
    back(&format!("/desk/story/{}", story.id), done)
}

/// Back to the list of waiting versions, if the decision was taken there.
fn onward(story: &Story, posted: &Posted, done: &str) -> Response {
    if posted.fields.get("from") == "waiting" { back("/desk/waiting", done) } else { there(story, done) }
}

/// The passage that a sentence was made of.
struct Base {
    article: String,
    /// The hash of the article's text.
    text: String,
    start: usize,
    end: usize,
    hash: String,
    sentence: String,
}

fn base(receipt: &str, number: usize) -> Option<Base> {
    let receipt: Receipt = serde_json::from_str(receipt).ok()?;
    let line = talk::lines(&receipt).nth(number)?;
    let passage = line.passages.first()?;
    let source = receipt.sources.iter().find(|source| source.number == passage.source)?;
    Some(Base {
        article: source.article.clone(),
        text: source.hash.clone(),
        start: passage.start,
        end: passage.end,
        hash: passage.hash.clone(),
        sentence: talk::line(&line.text, REASON),
    })
}

/// The bytes between two code points of a text.
fn bytes(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let mut starts = text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len()));
    let first = starts.nth(start)?;
    let last = match end.checked_sub(start)? {
        0 => first,
        gap => starts.nth(gap - 1)?,
    };
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn code_points_become_bytes() {
        for (start, end, expected) in [
            (0, 2, Some((0, 3))),
            (1, 3, Some((1, 6))),
            (0, 4, Some((0, 7))),
            (2, 2, Some((3, 3))),
            (0, 5, None),
            (3, 2, None),
        ] {
            assert_eq!(
                bytes("aé€b", start, end),
                expected.map(|(a, b): (usize, usize)| (a, b)),
                "{start} {end}"
            );
        }
    }
}
