//! A reader reports an error in a sentence.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::receipt::{Line, Receipt};
use store::NewReport;

use super::fields::Fields;
use super::frame::{self, page};
use super::pace::{HOUR, people};
use super::sender::Sender;
use super::trap::{self, FormFields, form_fields};
use super::{post, words};
use crate::plain::plain;
use crate::server::{Fault, Site};

/// The most characters of what is wrong.
const LENGTH: usize = 2000;
/// The most characters of a way to be reached.
const CONTACT: usize = 200;
/// How many reports one sender may leave in an hour.
const PER_HOUR: i64 = 10;

/// The form again, with what was typed and why it was not taken; or the thanks.
#[derive(Template)]
#[template(path = "talk/report.html")]
struct Page<'p> {
    site: &'p str,
    lang: &'p str,
    style: &'static str,
    title: &'static str,
    story: String,
    headline: String,
    refusal: &'p str,
    form: Option<Typed>,
}

/// What was typed into the form.
struct Typed {
    version: i64,
    sentence: i64,
    quoted: String,
    words: String,
    contact: String,
    length: usize,
    fields: FormFields,
}

/// Takes a report. The sentence's words come from the stored version, never from the form.
pub(super) async fn report(
    State(site): State<Site>,
    Path(id): Path<String>,
    sender: Sender,
    fields: Fields,
) -> Result<Response, Fault> {
    let story = post::public(&site, &id).await?;
    let version = fields.number("version").or(story.version).unwrap_or_default();
    let digest = site.store.digest(&story.id, version).await?.filter(|digest| digest.row.published.is_some());
    let digest = digest.ok_or(Fault::Bad(
        "There is no such version of this story. Go back and choose the sentence again.",
    ))?;
    let number = fields.number("sentence").unwrap_or(-1);
    let line = sentence(&digest.receipt, number);
    let quoted =
        line.ok_or(Fault::Bad("There is no such sentence. Go back and choose the sentence again."))?;
    let typed = Typed {
        version,
        sentence: number,
        quoted: plain(&quoted),
        words: words::several(fields.get("words")),
        contact: words::line(fields.get("contact"), CONTACT),
        length: LENGTH,
        fields: form_fields(&site, &story.id),
    };
    if let Err((status, why)) = admit(&site, &story.id, &typed, &fields, &sender).await? {
        let again = Page {
            site: &site.settings.name,
            lang: &site.settings.lang,
            style: frame::style_address(),
            title: "Your report was not taken",
            headline: plain(&story.headline),
            story: story.id,
            refusal: &why,
            form: Some(typed),
        };
        return Ok(page(status, &again));
    }
    let report = NewReport {
        story: story.id.clone(),
        version,
        sentence: number,
        quoted: typed.quoted,
        words: typed.words,
        contact: typed.contact,
        sender: sender.hash,
    };
    site.store.put_report(&report, site.clock.now()).await?;
    Ok(Redirect::to(&format!("/story/{}/reported", story.id)).into_response())
}

/// The thanks, which promise what will happen.
pub(super) async fn thanks(State(site): State<Site>, Path(id): Path<String>) -> Result<Response, Fault> {
    let story = post::public(&site, &id).await?;
    let thanks = Page {
        site: &site.settings.name,
        lang: &site.settings.lang,
        style: frame::style_address(),
        title: "Thank you",
        headline: plain(&story.headline),
        story: story.id,
        refusal: "",
        form: None,
    };
    Ok(page(StatusCode::OK, &thanks))
}

async fn admit(
    site: &Site,
    story: &str,
    typed: &Typed,
    fields: &Fields,
    sender: &Sender,
) -> Result<Result<(), (StatusCode, String)>, Fault> {
    if let Err(odd) = trap::check(site, story, fields.get(trap::TOKEN), fields.get(trap::TRAP)) {
        return Ok(Err((StatusCode::BAD_REQUEST, odd.words().to_owned())));
    }
    let length = typed.words.chars().count();
    if length == 0 || length > LENGTH {
        let why =
            format!("Say in 1 to {LENGTH} characters what is wrong with the sentence; these are {length}.");
        return Ok(Err((StatusCode::BAD_REQUEST, why)));
    }
    let since = site.clock.now().saturating_sub(people(&site.clock, HOUR));
    if site.store.reports_by(&sender.hash, since).await? >= PER_HOUR {
        let why = "Many reports came from your network within an hour. Your words are still here: send them again later.";
        return Ok(Err((StatusCode::TOO_MANY_REQUESTS, why.to_owned())));
    }
    Ok(Ok(()))
}

/// The words of a sentence: 0 is the headline.
fn sentence(receipt: &str, number: i64) -> Option<String> {
    let receipt: Receipt = serde_json::from_str(receipt).ok()?;
    let number = usize::try_from(number).ok()?;
    lines(&receipt).nth(number).map(|line| line.text.clone())
}

/// The sentences of a receipt in reading order, the headline first.
pub(crate) fn lines(receipt: &Receipt) -> impl Iterator<Item = &Line> {
    std::iter::once(&receipt.headline).chain(receipt.paragraphs.iter().flatten())
}
