//! A reader's comment comes in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use store::{CommentState, NewComment, Story};

use super::fields::Fields;
use super::frame::{self, page};
use super::markdown::{Markdown, markdown};
use super::pace::{HOUR, people};
use super::sender::Sender;
use super::trap::{self, FormFields, form_fields};
use super::{own, seal, thread, words};
use crate::plain::plain;
use crate::server::{Fault, Site};

/// The longest name.
pub(super) const NAME: usize = 60;
/// Who gives no name.
const NOBODY: &str = "A reader";

/// The form for a comment, empty or with what was typed.
pub(crate) struct Form {
    pub(super) action: String,
    pub(super) name: String,
    pub(super) words: String,
    pub(super) parent: Option<i64>,
    pub(super) fields: FormFields,
    pub(super) length: usize,
    pub(super) approve: bool,
}

/// A page with the form: an answer to be written, or what was refused with the words kept.
#[derive(Template)]
#[template(path = "talk/write.html")]
struct Write<'p> {
    site: &'p str,
    lang: &'p str,
    style: &'static str,
    title: &'static str,
    story: String,
    headline: String,
    refusal: &'p str,
    answered: Option<(String, Markdown)>,
    form: Option<Form>,
}

impl Form {
    /// The empty form under a story.
    pub(super) fn fresh(site: &Site, story: &Story) -> Self {
        Self {
            action: format!("/story/{}/comment", story.id),
            name: String::new(),
            words: String::new(),
            parent: None,
            fields: form_fields(site, &story.id),
            length: site.settings.comments.length,
            approve: site.settings.comments.approve,
        }
    }
}

/// Takes a comment, or shows the form again with what was typed and why it was not taken.
pub(super) async fn comment(
    State(site): State<Site>,
    Path(id): Path<String>,
    sender: Sender,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Fault> {
    let story = site.store.story(&id).await?.ok_or(Fault::Missing)?;
    let mut form = Form::fresh(&site, &story);
    form.name = words::line(fields.get("name"), NAME);
    form.words = words::several(fields.get("words"));
    form.parent = fields.number("parent");
    if story.version.is_none() {
        // What was typed under a digest is not lost when that is taken back before it is sent.
        if site.store.versions(&story.id).await?.is_empty() {
            return Err(Fault::Missing);
        }
        let why = "The digest was taken back while you wrote, so nothing can be said under it now. Your words are below: \
                   keep a copy if you need them.";
        return refuse(&site, &story, form, StatusCode::GONE, why).await;
    }
    if let Err((status, why)) = admit(&site, &story, &form, &fields, &sender).await? {
        return refuse(&site, &story, form, status, &why).await;
    }
    let secret = own::secret(&headers).unwrap_or_else(seal::random);
    let approve = site.settings.comments.approve;
    let comment = NewComment {
        story: story.id.clone(),
        parent: form.parent,
        author: if form.name.is_empty() { NOBODY.to_owned() } else { form.name },
        words: form.words,
        state: if approve { CommentState::Waiting } else { CommentState::Approved },
        editor: false,
        token: own::hash(&own::derive(&secret, &story.id)),
        sender: sender.hash,
    };
    let number = site.store.put_comment(&comment, site.clock.now()).await?;
    let kept = site.store.comment(number).await?;
    if kept.is_some_and(|kept| kept.token != comment.token) {
        return Ok(twice(&site, story));
    }
    let to =
        if approve { format!("/comment/{number}") } else { format!("/story/{}#comment-{number}", story.id) };
    let mut response = Redirect::to(&to).into_response();
    if let Some(cookie) = own::set_secret(&site, &secret) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The form to answer a comment with.
pub(super) async fn answer(State(site): State<Site>, Path(id): Path<i64>) -> Result<Response, Fault> {
    let comment = site.store.comment(id).await?.ok_or(Fault::Missing)?;
    if comment.state != CommentState::Approved {
        return Err(Fault::Missing);
    }
    let story = public(&site, &comment.story).await?;
    let mut form = Form::fresh(&site, &story);
    form.parent = Some(id);
    let closed = thread::is_open(&site, &story).err();
    let write = Write {
        site: &site.settings.name,
        lang: &site.settings.lang,
        style: frame::style_address(),
        title: "Answer a comment",
        headline: plain(&story.headline),
        story: story.id,
        refusal: closed.unwrap_or_default(),
        answered: Some((plain(&comment.author), markdown(&comment.words))),
        form: closed.is_none().then_some(form),
    };
    Ok(page(StatusCode::OK, &write))
}

/// The story, where readers can see it.
pub(super) async fn public(site: &Site, id: &str) -> Result<Story, Fault> {
    let story = site.store.story(id).await?.ok_or(Fault::Missing)?;
    if story.version.is_none() {
        return Err(Fault::Missing);
    }
    Ok(story)
}

/// Whether a comment may come in; why not, with the status of the answer.
async fn admit(
    site: &Site,
    story: &Story,
    form: &Form,
    fields: &Fields,
    sender: &Sender,
) -> Result<Result<(), (StatusCode, String)>, Fault> {
    let bad = |why: String| Ok(Err((StatusCode::BAD_REQUEST, why)));
    let rules = &site.settings.comments;
    if let Err(why) = thread::is_open(site, story) {
        return Ok(Err((StatusCode::FORBIDDEN, why.to_owned())));
    }
    if let Err(odd) = trap::check(site, &story.id, fields.get(trap::TOKEN), fields.get(trap::TRAP)) {
        return bad(odd.words().to_owned());
    }
    let length = form.words.chars().count();
    if length == 0 {
        return bad("The comment is empty. Write something and send it again.".to_owned());
    }
    if length > rules.length {
        return bad(format!(
            "The comment has {length} characters, and at most {} are taken. Shorten it and send it again.",
            rules.length
        ));
    }
    if let Some(parent) = form.parent {
        let parent = site.store.comment(parent).await?;
        let there = parent.is_some_and(|p| p.story == story.id && p.state == CommentState::Approved);
        if !there {
            return bad(
                "The comment that you answer is gone. Your words can stand for themselves: send them again."
                    .to_owned(),
            );
        }
    }
    let since = site.clock.now().saturating_sub(people(&site.clock, HOUR));
    if site.store.comments_by(&sender.hash, since).await? >= i64::from(rules.per_hour) {
        let why = "Many comments came from your network within an hour. Your words are still here: send them again later.";
        return Ok(Err((StatusCode::TOO_MANY_REQUESTS, why.to_owned())));
    }
    Ok(Ok(()))
}

/// The same words came from the same network a moment ago: a button pressed twice. Who sent them first owns them,
/// so this answer does not open the comment.
fn twice(site: &Site, story: Story) -> Response {
    let write = Write {
        site: &site.settings.name,
        lang: &site.settings.lang,
        style: frame::style_address(),
        title: "Your comment is here",
        headline: plain(&story.headline),
        story: story.id,
        refusal: "The same words came twice and were kept once. There is nothing more to do.",
        answered: None,
        form: None,
    };
    page(StatusCode::OK, &write)
}

async fn refuse(
    site: &Site,
    story: &Story,
    mut form: Form,
    status: StatusCode,
    why: &str,
) -> Result<Response, Fault> {
    let parent = match form.parent {
        Some(id) => site.store.comment(id).await?,
        None => None,
    };
    let parent = parent.filter(|p| p.story == story.id && p.state == CommentState::Approved);
    form.parent = parent.as_ref().map(|parent| parent.id);
    let write = Write {
        site: &site.settings.name,
        lang: &site.settings.lang,
        style: frame::style_address(),
        title: "Your comment was not taken",
        headline: plain(&story.headline),
        story: story.id.clone(),
        refusal: why,
        answered: parent.map(|parent| (plain(&parent.author), markdown(&parent.words))),
        form: Some(form),
    };
    Ok(page(status, &write))
}
